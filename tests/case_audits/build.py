"""Made-up audits of cases: rows as they stand in the tables, and whole ones by the services."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.case_audits.models.audits import AuditAnswer, AuditedCase, CaseAudit
from openmappa.case_audits.models.feedback import Feedback
from openmappa.case_audits.queries.cases import DrawnCase, drawn_case
from openmappa.case_audits.services.auditing import AnswerSaid, FormSaid
from openmappa.case_audits.services.beginning import DrawSaid, begin_audit, draw_for_audit
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.core.inspection.scores import Answer
from openmappa.core.inspection.traits import Whom
from openmappa.samples.models import SampledCase
from tests.samples.build import SEED, SEED_FROM, exercise_row, managed_case, sample_row, sampled_row
from tests.timeline.build import ago, make_person


def board_member(**more: Any) -> User:
    return make_person(Role.SMB_MEMBER, kind="partner", **more)


def cases_of_each_level(number: int = 2) -> list[Case]:
    """So many cases at each of the three levels, in the first area."""
    return [managed_case(level=level) for level in (1, 2, 3) for _ in range(number)]


def begun_audit(by: User, **more: Any) -> CaseAudit:
    said: dict[str, Any] = {"title": "Audit of spring", "why": "", "on": ago(0), "whom": Whom.MAPPA}
    assert by.area is not None
    with as_person(by):
        return begin_audit(by=by, area=by.area, **(said | more))


def drawn_audit(by: User, size: int = 3, **more: Any) -> CaseAudit:
    """An audit whose cases are drawn, at least one of each level."""
    audit = begun_audit(by, **more)
    with as_person(by):
        draw_for_audit(by=by, audit=audit, said=DrawSaid(size, 1, SEED, SEED_FROM))
    return audit


def keys_of(audit: CaseAudit) -> list[str]:
    rows = SampledCase.objects.filter(sample__exercise=audit.exercise_id, left_at__isnull=True)
    return list(rows.order_by("key").values_list("key", flat=True))


def each_drawn(by: User, audit: CaseAudit) -> list[DrawnCase]:
    """The drawn cases as somebody who works on it sees them."""
    with as_person(by):
        return [drawn_case(audit, key) for key in keys_of(audit)]


def answered(drawn: DrawnCase, answers: Sequence[Answer] = (Answer.SUFFICIENT,), **more: Any) -> FormSaid:
    """A whole form: the answers in turn, each with where it is from."""
    said = {
        one.id: AnswerSaid(answers[place % len(answers)], "minutes", "Minutes of May, item 4.")
        for place, one in enumerate(drawn.criteria)
    }
    return FormSaid(said, **({"strengths": "Well chaired.", "improvements": "Actions without a day."} | more))


# ---- rows by themselves


def an_audit_row(by: User, **changed: Any) -> CaseAudit:
    plain: dict[str, Any] = {"area": by.area, "title": "Audit", "form_version": "1", "begun_by": by}
    more = {"begun_at": timezone.now()}
    if "exercise" not in changed:
        more["exercise"] = exercise_row(by, purpose="audit")
    return CaseAudit.objects.create(**(plain | more | changed))


def an_audited_row(case: Case, by: User, **changed: Any) -> AuditedCase:
    audit = changed.pop("audit", None) or an_audit_row(by)
    sampled = changed.pop("sampled", None) or sampled_row(case, by, sample_row(by, audit.exercise))
    plain: dict[str, Any] = {"audit": audit, "sampled": sampled, "case": case, "stratum": "Level 2", "begun_by": by}
    return AuditedCase.objects.create(**(plain | {"begun_at": timezone.now()} | changed))


def an_answer_row(audited: AuditedCase, by: User, **changed: Any) -> AuditAnswer:
    plain: dict[str, Any] = {"audited": audited, "case": audited.case, "criterion": "level", "answer": "poor"}
    more = {"cites": "minutes", "evidence": "Item 4.", "answered_by": by, "answered_at": timezone.now()}
    return AuditAnswer.objects.create(**(plain | more | changed))


def a_feedback_row(audited: AuditedCase, by: User, **changed: Any) -> Feedback:
    plain: dict[str, Any] = {"audit": audited.audit, "audited": audited, "case": audited.case, "to": by}
    more = {"about": audited.audit.title, "sent_by": by, "sent_at": timezone.now()}
    return Feedback.objects.create(**(plain | more | changed))


def everything_of_an_audit(case: Case, by: User, secret: str) -> None:
    """A row in each table that leads to the case, each with a word that must never be left behind."""
    audited = an_audited_row(case, by, strengths=secret)
    AuditedCase.objects.filter(pk=audited.pk).update(improvements=secret)
    an_answer_row(audited, by, evidence=secret)
    row = a_feedback_row(audited, by)
    Feedback.objects.filter(pk=row.pk).update(acknowledged_at=timezone.now(), answer=secret)
