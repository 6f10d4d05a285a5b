"""What line managers do: say why a start was late, review a case, mark the quality of work. And: complete an action."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.cases.services import lock_case
from openmappa.core.access import Permission
from openmappa.core.compartments import Compartment
from openmappa.core.grading import Basis, Concern
from openmappa.core.line_management import ReviewAnswers, labels, problems_of
from openmappa.core.quality import Marked, missing_in
from openmappa.core.standards.words import in_full
from openmappa.line_management.errors import NotKept, NotTheirs
from openmappa.line_management.models import (
    LatenessReason,
    ManagementAction,
    ManagementReview,
    QualityMark,
    QualityMarking,
)
from openmappa.line_management.queries.rules import PACK, quality_rules, rules
from openmappa.line_management.queries.starts import is_late
from openmappa.line_management.queries.whose import (
    answers_for,
    author_of,
    may_complete,
    may_explain,
    may_mark,
    unit_of_work,
)
from openmappa.notes.errors import NotWritten
from openmappa.notes.models import Note
from openmappa.notes.services import Placed, write_note
from openmappa.notices.services import tell
from openmappa.timeline.models import Duty, Fact
from openmappa.timeline.queries.facts import core_fact
from openmappa.timeline.services import refuse_if_changed
from openmappa.ui.formats import joined, lower_first

OTHER = "other"


@dataclass(frozen=True)
class NewAction:
    """What a review asks of somebody, and by when."""

    what: str
    owner: User
    due_on: date


def explain_lateness(*, by: User, duty: Duty, reason: str, words: str = "") -> LatenessReason:
    """Record why a start came late or has not come, or correct what was said before, which the history keeps.

    Raises NotAllowed, NotTheirs (neither responsible nor their line manager), NotKept (not late, or no such reason).
    """
    require(by, Permission.EXPLAIN_LATENESS)
    if not may_explain(by, duty.of, duty.case):
        raise NotTheirs("Whoever is responsible for this says why it was late, or their line manager.")
    with transaction.atomic():
        lock_case(duty.case)
        _refuse_reason(duty, reason, words)
        natural = {name: getattr(duty, name) for name in ("case_id", "standard", "opened_on", "because_fact_id")}
        row = LatenessReason.objects.filter(**natural).first() or LatenessReason(**natural)
        corrects = row.pk is not None
        row.reason, row.words = reason, words.strip()
        row.given_by, row.given_at = by, timezone.now()
        row.save(update_fields=["reason", "words", "given_by", "given_at"] if corrects else None)
        about = {"reason": row.pk, "standard": duty.standard, "corrects": corrects}
        log(by=by, verb="explain lateness", case_id=duty.case_id, about=about)
        return row


def _refuse_reason(duty: Duty, reason: str, words: str) -> None:
    if duty.standard not in rules().starts.standards:
        raise NotKept({"": "Reasons are recorded for the start of a piece of work, and this is none."})
    if not is_late(duty, timezone.localdate()):
        raise NotKept({"": "This is not late, so there is nothing to explain."})
    if reason not in {one.id for one in rules().late_reasons}:
        raise NotKept({"reason": "Select the reason"})
    if reason == OTHER and not words.strip():
        raise NotKept({"words": "Say what the reason was"})


def review_case(
    *,
    by: User,
    case: Case,
    answers: ReviewAnswers,
    actions: Sequence[NewAction] = (),
    version: int | None = None,
    submission: uuid.UUID | None = None,
) -> ManagementReview:
    """Record a management review (9.13): the choices beside it, the words as a confidential note on the timeline.

    Whoever manages the case or was given an action is told. The same ``submission`` sent again returns the first
    review. Raises NotAllowed, NotTheirs, ChangedMeanwhile, NotKept. The note leaves an event of its own in the log.
    """
    require(by, Permission.OVERSEE_WORK)
    if not answers_for(by, case):
        raise NotTheirs("Only a line manager of a unit that is responsible for this case reviews it.")
    with transaction.atomic():
        locked = lock_case(case)
        earlier = ManagementReview.objects.filter(submission=submission).first() if submission else None
        if earlier is not None:
            if earlier.case_id != locked.pk:
                raise NotKept({"": "This form was sent for another case before. Open it again from this case."})
            return earlier
        refuse_if_changed(locked, version)
        _refuse_review(locked, answers, actions)
        review = ManagementReview.objects.create(
            case=locked,
            reviewed_on=answers.reviewed_on,
            reviewed_by=by,
            looked_at=list(answers.looked_at),
            outcomes=list(answers.outcomes),
            next_on=answers.next_on,
            note=_noted(by, locked, answers, actions),
            pack=PACK,
            submission=submission,
        )
        for one in actions:
            ManagementAction.objects.create(
                review=review, case=locked, what=one.what.strip(), owner=one.owner, due_on=one.due_on
            )
        log(by=by, verb="review case", case_id=locked.pk, about={"review": review.pk, "outcomes": review.outcomes})
        _tell_of_review(by, locked, actions)
        return review


def _refuse_review(case: Case, answers: ReviewAnswers, actions: Sequence[NewAction]) -> None:
    harm = case.standing.harm_level if hasattr(case, "standing") else ""
    found = problems_of(answers, rules(), harm=harm, today=timezone.localdate())
    for place, one in enumerate(actions):
        if not one.what.strip():
            found[f"what_{place}"] = "Say what is to be done"
        if one.due_on < answers.reviewed_on:
            found[f"due_on_{place}"] = "The day it must be done by cannot be before the review"
    if found:
        raise NotKept(found)


def _noted(by: User, case: Case, answers: ReviewAnswers, actions: Sequence[NewAction]) -> Note:
    """The note that says what the review came to, in the words that the timeline shows."""
    looked_at = [lower_first(one) for one in labels(answers.looked_at, rules().looked_at)]
    lines = [
        f"Management review: {joined([lower_first(one) for one in labels(answers.outcomes, rules().outcomes)])}.",
        f"Looked at: {joined(looked_at)}.",
        answers.reasons.strip(),
        *(f"Action for {one.owner.full_name}, by {in_full(one.due_on)}: {one.what.strip()}" for one in actions),
        f"Next review by {in_full(answers.next_on)}.",
    ]
    placed = Placed(Compartment.CONFIDENTIAL, Basis.OPINION, Concern.OFFENDER, answers.reviewed_on)
    try:
        return write_note(by=by, case=case, text="\n".join(lines), placed=placed)
    except NotWritten as refused:
        raise NotKept({"": str(refused)}) from refused


def _tell_of_review(by: User, case: Case, actions: Sequence[NewAction]) -> None:
    link = reverse("line_management:reviews", kwargs={"key": case.key})
    owners = {one.owner.pk: one.owner for one in actions}
    holders = [one for one in (case.case_manager, case.police_officer) if one is not None and one.pk not in owners]
    given = f"A management review of case {case.reference} gave you an action."
    reviewed = f"A line manager reviewed case {case.reference}. The case says what it came to."
    for people, words in ((owners.values(), given), (holders, reviewed)):
        told = [one for one in people if one.pk != by.pk]
        tell(people=told, kind="management review", words=words, case_id=case.pk, link=link)


def complete_action(*, by: User, action: ManagementAction, evidence: str) -> ManagementAction:
    """Say that an action of a management review is done, and how that can be seen.

    Raises NotTheirs (neither its owner nor a line manager of the case), NotKept (no evidence, or done before).
    """
    require(by, Permission.READ_RECORD)
    if not may_complete(by, action):
        raise NotTheirs("Whoever was given this action completes it, or a line manager of the case.")
    with transaction.atomic():
        row = ManagementAction.objects.select_for_update(of=("self",)).get(pk=action.pk)
        if row.done_on is not None:
            raise NotKept({"": "This action was completed before. The page shows by whom."})
        if not evidence.strip():
            raise NotKept({"evidence": "Say how it was done"})
        row.done_on, row.done_by, row.evidence = timezone.localdate(), by, evidence.strip()
        row.save(update_fields=["done_on", "done_by", "evidence"])
        log(by=by, verb="complete management action", case_id=row.case_id, about={"action": row.pk})
        return row


def mark_quality(
    *, by: User, fact: Fact, marks: Mapping[str, Marked], feedback: str = "", marked_on: date | None = None
) -> QualityMarking:
    """Mark the work that a fact recorded, criterion by criterion; marking it again replaces what one marked before.

    The author is told that there are marks, and nothing of the case. ``marked_on`` is today unless given. Raises
    NotAllowed, NotTheirs (not of one's units, or one's own work), NotKept.
    """
    require(by, Permission.OVERSEE_WORK)
    if not may_mark(by, fact):
        raise NotTheirs("Work is marked by a line manager of its author's unit, and never by its author.")
    with transaction.atomic():
        lock_case(fact.case)
        _refuse_marks(fact, marks)
        marking = QualityMarking.objects.filter(fact=fact, marked_by=by).first()
        again = marking is not None
        if marking is None:
            marking = QualityMarking(case=fact.case, fact=fact, author=author_of(fact), marked_by=by)
            marking.unit_id = unit_of_work(fact) or 0
        marking.marked_on = marked_on or timezone.localdate()
        marking.feedback, marking.pack = feedback.strip(), PACK
        marking.save(update_fields=["marked_on", "feedback", "pack"] if again else None)
        _keep_marks(marking, marks)
        about = {"marking": marking.pk, "fact": fact.pk, "again": again}
        log(by=by, verb="mark quality", case_id=fact.case_id, about=about)
        _tell_author(marking)
        return marking


def _refuse_marks(fact: Fact, marks: Mapping[str, Marked]) -> None:
    if fact.is_voided:
        raise NotKept({"": "This was found to be a mistake and was voided, so it is not marked."})
    stored = core_fact(fact)
    criteria = quality_rules().criteria_for(stored.kind, stored.details)
    if not criteria:
        raise NotKept({"": "The quality of this is not marked."})
    found = missing_in(marks, criteria)
    if found:
        raise NotKept(found)


def _keep_marks(marking: QualityMarking, marks: Mapping[str, Marked]) -> None:
    before = {row.criterion: row for row in marking.marks.all()}
    for criterion, marked in marks.items():
        row = before.get(criterion) or QualityMark(marking=marking, case_id=marking.case_id, criterion=criterion)
        said = (marked.mark.value, marked.comment.strip())
        if (row.mark, row.comment) != said:
            row.mark, row.comment = said
            row.save(update_fields=["mark", "comment"] if row.pk else None)


def _tell_author(marking: QualityMarking) -> None:
    if marking.author is None:
        return
    link = reverse("line_management:marks", kwargs={"key": marking.case.key, "fact": marking.fact_id})
    words = (
        f"{marking.marked_by.full_name} marked the quality of a piece of your work. Read the marks and what they say."
    )
    tell(people=[marking.author], kind="quality", words=words, case_id=marking.case_id, link=link)
