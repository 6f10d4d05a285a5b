"""Answering on a drawn case, finishing it with feedback to those who answer for it, closing the audit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.case_audits.errors import ChangedSince, NotAudited, NotTheirs
from openmappa.case_audits.models.audits import AuditAnswer, AuditedCase, CaseAudit, Cites
from openmappa.case_audits.models.feedback import Feedback
from openmappa.case_audits.queries.audits import answers_counted
from openmappa.case_audits.queries.cases import DrawnCase, is_concerned
from openmappa.case_audits.services.beginning import require_work
from openmappa.cases.models import Case
from openmappa.cases.queries import coordinators_of, responsible_line_managers
from openmappa.core.access import Permission
from openmappa.core.inspection.scores import Answer
from openmappa.notices.services import settle, tell
from openmappa.samples.models import SampledCase
from openmappa.samples.queries import drawn_of
from openmappa.samples.services.exercises import end_exercise

KIND = "case_audit"


@dataclass(frozen=True)
class AnswerSaid:
    """One answer with what it is taken from; for one that does not apply, ``evidence`` says why."""

    answer: Answer
    cites: str = ""
    evidence: str = ""

    @property
    def lacks(self) -> str:
        """What is missing before the form can be finished, as a sentence; nothing where it is whole."""
        if self.answer is Answer.NOT_APPLICABLE:
            return "" if self.evidence.strip() else "Say why it does not apply"
        if not self.cites:
            return "Select what the answer is taken from"
        if self.cites != Cites.NONE and not self.evidence.strip():
            return "Say where: which meeting, which day, which passage"
        return ""


@dataclass(frozen=True)
class FormSaid:
    """What a form says of a case: its answers by criterion, strengths, and what could be better."""

    answers: Mapping[str, AnswerSaid] = field(default_factory=dict)
    strengths: str = ""
    improvements: str = ""


def save_form(*, by: User, drawn: DrawnCase, said: FormSaid, version: int | None = None) -> AuditedCase:
    """Keep what was answered so far. Raises NotAllowed, NotTheirs, NotAudited, ChangedSince."""
    with transaction.atomic():
        row = _taken_up(by, drawn, version)
        _keep(by, drawn, row, said)
        about = {"audit": str(drawn.audit.key), "answers": len(said.answers)}
        log(by=by, verb="answer case audit", case_id=row.case_id, about=about)
        return row


def finish_form(
    *, by: User, drawn: DrawnCase, said: FormSaid, version: int | None = None, at: datetime | None = None
) -> AuditedCase:
    """Keep the answers, finish the form, and tell those who answer for the case. Raises as ``save_form``.

    ``at`` is when it was finished, of an audit that is entered later; now where it is left out.

    NotAudited while a criterion has no answer, or an answer does not say what it is taken from.
    """
    with transaction.atomic():
        row = _taken_up(by, drawn, version)
        _keep(by, drawn, row, said)
        _refuse_unfinished(drawn, said)
        row.finished_by, row.finished_at = by, at or timezone.now()
        row.save(update_fields=["finished_by", "finished_at"])
        people = _those_concerned(by, drawn.case)
        rows = [
            Feedback(
                audit=drawn.audit,
                audited=row,
                case=drawn.case,
                to=person,
                about=drawn.audit.title,
                sent_by=by,
                sent_at=row.finished_at,
            )
            for person in people
        ]
        Feedback.objects.bulk_create(rows)
        for each in rows:
            link = reverse("case_audits:feedback", kwargs={"feedback": each.key})
            words = f"Case {drawn.case.reference} was audited. Read what was good and what could be better."
            tell(people=[each.to], kind=KIND, words=words, case_id=drawn.case.pk, link=link, at=at)
        about = {"audit": str(drawn.audit.key), "told": sorted(person.pk for person in people)}
        log(by=by, verb="finish case audit", case_id=row.case_id, about=about)
        return row


def acknowledge_feedback(*, by: User, feedback: Feedback, answer: str = "") -> Feedback:
    """Say that one has read it, and answer if one likes; later words replace nothing. Raises NotTheirs, NotAudited."""
    require(by, Permission.READ_RECORD)
    if feedback.to_id != by.pk:
        raise NotTheirs("This feedback was sent to somebody else.")
    with transaction.atomic():
        row = Feedback.objects.select_for_update(of=("self",)).get(pk=feedback.pk)
        if row.acknowledged_at is not None:
            raise NotAudited({"": "You have acknowledged this already."})
        row.acknowledged_at, row.answer = timezone.now(), answer.strip()
        row.save(update_fields=["acknowledged_at", "answer"])
        settle(by=by, case_id=row.case_id, kind=KIND)
        log(by=by, verb="acknowledge audit feedback", case_id=row.case_id, about={"answered": bool(row.answer)})
        return row


def close_audit(*, by: User, audit: CaseAudit, strengths: str, improvements: str) -> CaseAudit:
    """Close an audit: results are kept, and what was opened for it closes. Raises NotAllowed, NotTheirs, NotAudited.

    Refused while a case that can be opened is not finished. One that cannot (restricted, disposed of) is left out.
    """
    require_work(by, audit)
    problems = {} if strengths.strip() else {"strengths": "Say what was good"}
    problems |= {} if improvements.strip() else {"improvements": "Say what could be better"}
    if problems:
        raise NotAudited(problems)
    with transaction.atomic():
        row = CaseAudit.objects.select_for_update(of=("self",)).select_related("exercise").get(pk=audit.pk)
        drawn = drawn_of(row.exercise)
        if row.closed_at is not None or drawn is None:
            raise NotAudited({"": "Only an audit whose cases are drawn, and that is open, is closed."})
        sampled = set(SampledCase.objects.filter(sample=drawn, left_at__isnull=True).values_list("pk", flat=True))
        forms = list(AuditedCase.objects.filter(audit=row, sampled__in=sampled))
        waiting = len(sampled) - sum(form.finished_at is not None for form in forms)
        if waiting:
            raise NotAudited(
                {"": f"{waiting} of the cases that can be opened are not finished. Finish or replace them."}
            )
        row.results, row.cases = answers_counted(forms), len(forms)
        row.strengths, row.improvements = strengths.strip(), improvements.strip()
        row.closed_by, row.closed_at = by, timezone.now()
        row.save(update_fields=["results", "cases", "strengths", "improvements", "closed_by", "closed_at"])
        end_exercise(by=by, exercise=row.exercise)
        log(by=by, verb="close case audit", about={"audit": str(row.key), "cases": row.cases})
        return row


def _taken_up(by: User, drawn: DrawnCase, version: int | None) -> AuditedCase:
    """The form of a drawn case, locked; begun where it is not. Refuses whoever did the work that is audited."""
    require_work(by, drawn.audit)
    if is_concerned(by, drawn.case):
        raise NotTheirs("You did or manage the work on this case. Somebody else audits it.")
    if not drawn.audit.is_open:
        raise NotAudited({"": "This audit is closed."})
    start: dict[str, object] = {"audit": drawn.audit, "case": drawn.case, "stratum": drawn.stratum, "begun_by": by}
    AuditedCase.objects.get_or_create(sampled=drawn.sampled, defaults={**start, "begun_at": timezone.now()})
    row = AuditedCase.objects.select_for_update(of=("self",)).get(sampled=drawn.sampled)
    if row.finished_at is not None:
        raise NotAudited({"": "This form is finished, and those concerned have been told."})
    if version is not None and version != row.version:
        raise ChangedSince
    return row


def _keep(by: User, drawn: DrawnCase, row: AuditedCase, said: FormSaid) -> None:
    asked = {one.id for one in drawn.criteria}
    for criterion, each in said.answers.items():
        if criterion in asked:
            kept: dict[str, object] = {
                "case": drawn.case,
                "answer": each.answer.value,
                "evidence": each.evidence.strip(),
            }
            kept |= {"cites": "" if each.answer is Answer.NOT_APPLICABLE else each.cites}
            kept |= {"answered_by": by, "answered_at": timezone.now()}
            AuditAnswer.objects.update_or_create(audited=row, criterion=criterion, defaults=kept)
    row.strengths, row.improvements, row.version = said.strengths.strip(), said.improvements.strip(), F("version") + 1
    row.save(update_fields=["strengths", "improvements", "version"])
    row.refresh_from_db(fields=["version"])


def _refuse_unfinished(drawn: DrawnCase, said: FormSaid) -> None:
    problems = {}
    for one in drawn.criteria:
        each = said.answers.get(one.id)
        if each is None:
            problems[f"answer_{one.id}"] = f"Answer this first: {one.question}"
        elif each.lacks:
            problems[f"evidence_{one.id}"] = f"{each.lacks}: {one.question}"
    if not said.strengths.strip() and not said.improvements.strip():
        problems["strengths"] = "Say what was good, or what could be better"
    if problems:
        raise NotAudited(problems)


def _those_concerned(by: User, case: Case) -> list[User]:
    """Who answers for the case: its officer and case manager, their line managers, the coordinator."""
    own = [one for one in (case.police_officer, case.case_manager) if one is not None and one.is_active]
    people = [*own, *responsible_line_managers(case), *coordinators_of(case)]
    return list({one.pk: one for one in people if one.pk != by.pk}.values())
