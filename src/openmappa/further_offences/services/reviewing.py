"""The review of a serious further offence: opened, notified, concluded; and the lessons recorded from it (7.18)."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import Agency, User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.cases.queries import coordinators_of, responsible_line_managers
from openmappa.cases.services import lock_case
from openmappa.core.access import Permission
from openmappa.core.compartments import Compartment
from openmappa.core.grading import Basis, Concern
from openmappa.core.mappa.further_offences import deadlines, identifying_words
from openmappa.further_offences.errors import ChangedSince, NotReviewed, NotTheirs
from openmappa.further_offences.models.lesson import Lesson, LessonKind
from openmappa.further_offences.models.review import Contribution, FurtherOffenceReview, Judgement
from openmappa.further_offences.queries.reviews import as_lines, own_agencies, stood_on
from openmappa.further_offences.queries.rules import rules
from openmappa.involved.queries import answers_for
from openmappa.notes.services import Placed, write_note
from openmappa.notices.services import tell
from openmappa.timeline.queries.who import people_who_must_know
from openmappa.ui.formats import day

KIND = "further_offence"
NEEDS = Permission.REVIEW_FURTHER_OFFENCE


@dataclass(frozen=True)
class Alleged:
    """What somebody is charged with: which offence, in words, when it is said to have happened, when charged."""

    offence: str
    words: str
    offence_on: date
    charged_on: date


@dataclass(frozen=True)
class Conclusion:
    """What the review comes to: was the level right, were plans carried out, each with reasons."""

    level_right: Judgement
    level_words: str
    plans_done: Judgement
    plans_words: str
    without_words: str = ""


def open_review(*, by: User, case: Case, alleged: Alleged, submission: uuid.UUID | None = None) -> FurtherOffenceReview:
    """Open the review, keep how the case stood as known on the day of the offence, and ask its own agencies.

    The same form sent again returns the first review. Raises NotAllowed, NotTheirs, NotReviewed.
    """
    require(by, NEEDS)
    if not answers_for(by, case):
        raise NotTheirs("Whoever answers for the case opens the review. You were given it for a time.")
    _refuse(alleged)
    with transaction.atomic():
        locked = lock_case(case)
        earlier = (
            FurtherOffenceReview.objects.filter(submission=submission, case=locked).first() if submission else None
        )
        if earlier is not None:
            return earlier
        same = {"case": locked, "charged_on": alleged.charged_on, "offence": alleged.offence}
        if FurtherOffenceReview.objects.filter(**same).exists():
            raise NotReviewed({"": "A review of this charge is open or concluded already. The list shows it."})
        stood, now = stood_on(locked, alleged.offence_on), timezone.now()
        due = deadlines(alleged.charged_on, timezone.localdate(now), rules())
        review = FurtherOffenceReview.objects.create(
            submission=submission,
            **same,
            alleged=alleged.words.strip(),
            offence_on=alleged.offence_on,
            opened_by=by,
            opened_at=now,
            level=stood.level,
            highest_level=stood.highest,
            category=stood.category,
            overdue=as_lines(stood),
            notify_by=due.notify_by,
            conclude_by=due.conclude_by,
        )
        for agency in own_agencies(locked):
            _ask(by, review, agency, None, due.contribute_by, "")
        about = {"review": review.pk, "overdue": len(stood.overdue)}
        log(by=by, verb="open further offence review", case_id=locked.pk, about=about, operation="collection")
        said = f"A review of a serious further offence was opened. Charged on {day(alleged.charged_on)}."
        _note(by, locked, f"{said} Notified by {day(due.notify_by)}, concluded by {day(due.conclude_by)}.")
        _tell_the_staff(by, locked, review)
        return review


def ask_to_contribute(
    *, by: User, review: FurtherOffenceReview, person: User, due_on: date, question: str = ""
) -> Contribution:
    """Ask a member of another agency to contribute; they read who it is about. Raises NotAllowed, NotReviewed."""
    require(by, NEEDS)
    with transaction.atomic():
        row = _locked(review, None)
        if due_on < timezone.localdate():
            raise NotReviewed({"due_on": "The day it is due must be today or later"})
        if Contribution.objects.filter(review=row, agency=person.agency_id).exists():
            raise NotReviewed({"person": "This agency was asked before"})
        made = _ask(by, row, person.agency, person, due_on, question.strip())
        recipient = f"{person.full_name}, {person.agency.name}"
        about = {"review": row.pk, "agency": person.agency_id}
        log(
            by=by,
            verb="ask to contribute",
            case_id=row.case_id,
            about=about,
            operation="disclosure",
            recipient=recipient,
        )
        words = "Your agency is asked to contribute to the review of a serious further offence."
        link = reverse("further_offences:write", kwargs={"contribution": made.key})
        tell(people=[person], kind=KIND, words=words, link=link, due_on=due_on)
        return made


def record_notified(
    *, by: User, review: FurtherOffenceReview, on: date, whom: str, version: int | None = None
) -> FurtherOffenceReview:
    """Record that the offence was notified: when, to whom. Raises NotAllowed, NotReviewed, ChangedSince."""
    require(by, NEEDS)
    if not whom.strip():
        raise NotReviewed({"whom": "Enter who was notified"})
    with transaction.atomic():
        row = _locked(review, version)
        if not row.charged_on <= on <= timezone.localdate():
            raise NotReviewed({"on": f"The day must be from {day(row.charged_on)}, the day of the charge, to today"})
        row.notified_on, row.notified_by, row.notified_whom = on, by, whom.strip()
        _save(row, "notified_on", "notified_by", "notified_whom")
        log(by=by, verb="record notification", case_id=row.case_id, about={"review": row.pk, "on": on})
        return row


def conclude_review(
    *, by: User, review: FurtherOffenceReview, conclusion: Conclusion, version: int | None = None
) -> FurtherOffenceReview:
    """Conclude a review: contributions close, and from now on the staff of the case read them.

    Raises NotAllowed, ChangedSince; NotReviewed when reasons are missing, or a contribution is and nobody says why.
    """
    require(by, NEEDS)
    with transaction.atomic():
        case = lock_case(review.case)
        row = _locked(review, version)
        waiting = list(Contribution.objects.select_for_update(of=("self",)).filter(review=row).order_by("pk"))
        _refuse_conclusion(conclusion, waiting=any(one.sent_at is None for one in waiting))
        row.concluded_by, row.concluded_at = by, timezone.now()
        row.level_right, row.level_words = conclusion.level_right, conclusion.level_words.strip()
        row.plans_done, row.plans_words = conclusion.plans_done, conclusion.plans_words.strip()
        row.without_words = conclusion.without_words.strip()
        fields = ("level_right", "level_words", "plans_done", "plans_words", "without_words")
        _save(row, "concluded_by", "concluded_at", *fields)
        Contribution.objects.filter(review=row).update(closed_at=row.concluded_at)
        log(by=by, verb="conclude further offence review", case_id=row.case_id, about={"review": row.pk})
        _note(by, case, "The review of a serious further offence was concluded. Its page has what it came to.")
        _tell_the_staff(by, case, row, concluded=True)
        return row


def record_lesson(
    *,
    by: User,
    review: FurtherOffenceReview,
    kind: LessonKind,
    sentence: str,
    audience: str,
    practice_area: str,
    submission: uuid.UUID | None = None,
) -> Lesson:
    """Record a lesson, or good practice, that stands by itself. One that would say whose case it was is refused.

    The same form sent again returns the first. Raises NotAllowed, NotReviewed.
    """
    require(by, NEEDS)
    said = " ".join(sentence.split())
    _refuse_lesson(review.case, said, audience, practice_area)
    with transaction.atomic():
        earlier = Lesson.objects.filter(submission=submission).first() if submission else None
        if earlier is not None:
            return earlier
        made = Lesson.objects.create(
            submission=submission,
            review=review.key,
            area=review.case.area,
            kind=kind,
            sentence=said,
            audience=audience,
            practice_area=practice_area,
            recorded_by=by,
            recorded_at=timezone.now(),
        )
        log(by=by, verb="record lesson", case_id=review.case_id, about={"lesson": made.pk, "kind": made.kind})
        return made


def _refuse(alleged: Alleged) -> None:
    problems = {}
    if alleged.offence not in {one.id for one in rules().offences}:
        problems["offence"] = "Select the offence"
    if not alleged.words.strip():
        problems["words"] = "Say what is alleged"
    if alleged.charged_on > timezone.localdate():
        problems["charged_on"] = "The day of the charge must be today or in the past"
    if alleged.offence_on > alleged.charged_on:
        problems["offence_on"] = "The day of the offence must not be after the charge"
    if problems:
        raise NotReviewed(problems)


def _refuse_conclusion(conclusion: Conclusion, *, waiting: bool) -> None:
    problems = {}
    if not conclusion.level_words.strip():
        problems["level_words"] = "Say why"
    if not conclusion.plans_words.strip():
        problems["plans_words"] = "Say how you know"
    if waiting and not conclusion.without_words.strip():
        problems["without_words"] = "Not every contribution has come. Say why you conclude without it, or wait for it"
    if problems:
        raise NotReviewed(problems)


def _refuse_lesson(case: Case, said: str, audience: str, practice_area: str) -> None:
    problems = {}
    if not said:
        problems["sentence"] = "Write the lesson in one sentence"
    found = identifying_words(said, _names(case), [case.reference, case.person.pnc_id, case.person.crn])
    if found:
        which = ", ".join(f"“{word}”" for word in found)
        problems["sentence"] = (
            f"{which} would say whose case this was. A lesson is read by people who must not know: write it without."
        )
    if audience not in {one.id for one in rules().audiences}:
        problems["audience"] = "Select for whom it is"
    if practice_area not in {one.id for one in rules().practice_areas}:
        problems["practice_area"] = "Select what it is about"
    if problems:
        raise NotReviewed(problems)


def _names(case: Case) -> list[str]:
    """Every name that would give the case away: the person's, their aliases', and those of who manages it."""
    aliases = [f"{alias.given_names} {alias.family_name}" for alias in case.person.aliases.all()]
    staff = [user.full_name.split()[-1] for user in (case.police_officer, case.case_manager) if user is not None]
    return [case.person.full_name, *aliases, *staff]


def _ask(
    by: User, review: FurtherOffenceReview, agency: Agency, person: User | None, due_on: date, question: str
) -> Contribution:
    about = review.case.person
    return Contribution.objects.create(
        review=review,
        case_id=review.case_id,
        agency=agency,
        person=person,
        about_name=about.full_name,
        about_born_on=about.born_on,
        question=question,
        asked_by=by,
        asked_at=timezone.now(),
        due_on=due_on,
    )


def _locked(review: FurtherOffenceReview, version: int | None) -> FurtherOffenceReview:
    """The review, locked, while it is open and as it was seen. Raises NotReviewed, ChangedSince."""
    rows = FurtherOffenceReview.objects.select_for_update(of=("self",)).select_related("case__person", "case__area")
    row = rows.get(pk=review.pk)
    if not row.is_open:
        raise NotReviewed({"": "This review was concluded meanwhile. Nothing was saved."})
    if version is not None and version != row.version:
        raise ChangedSince
    return row


def _save(row: FurtherOffenceReview, *fields: str) -> None:
    row.version = F("version") + 1
    row.save(update_fields=[*fields, "version"])
    row.refresh_from_db(fields=["version"])


def _tell_the_staff(by: User, case: Case, review: FurtherOffenceReview, *, concluded: bool = False) -> None:
    """Tell those who review of a link to the page, and the officers of the case where their agency writes."""
    reviewing = [] if case.restricted else [*responsible_line_managers(case), *coordinators_of(case)]
    people = {one.pk: one for one in [*people_who_must_know(case, compartment=Compartment.CONFIDENTIAL), *reviewing]}
    what = "was concluded" if concluded else "was opened"
    words = f"Case {case.reference}: the review of a serious further offence {what}."
    page = reverse("further_offences:show", kwargs={"key": case.key, "review": review.key})
    mine = reverse("further_offences:mine")
    for link, reviews in ((page, True), (mine, False)):
        told = [one for one in people.values() if one.pk != by.pk and (one.may(NEEDS) or concluded) is reviews]
        tell(people=told, kind=KIND, words=words, case_id=case.pk, link=link)


def _note(by: User, case: Case, text: str) -> None:
    placed = Placed(Compartment.CONFIDENTIAL, Basis.FACT, Concern.OFFENDER, timezone.localdate())
    write_note(by=by, case=case, text=text, placed=placed, submission=uuid.uuid4())
