"""For each constraint on audits of cases: a row that breaks it."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from tests.case_audits.build import a_feedback_row, an_answer_row, an_audit_row, an_audited_row
from tests.timeline.build import make_person

from openmappa.accounts.models import User
from openmappa.case_audits.models.audits import AuditedCase
from openmappa.cases.models import Case
from openmappa.core.access import Role


def by() -> User:
    return make_person(Role.MAPPA_COORDINATOR)


def audited(case: Case, **changed: Any) -> AuditedCase:
    return an_audited_row(case, by(), **changed)


def answered_twice(case: Case) -> None:
    form = audited(case)
    an_answer_row(form, by())
    an_answer_row(form, by())


def told_twice(case: Case) -> None:
    form, person = audited(case), by()
    a_feedback_row(form, person)
    a_feedback_row(form, person)


BREAKS: dict[str, Callable[[Case], object]] = {
    "case_audit_has_a_title": lambda case: an_audit_row(by(), title=""),
    "case_audit_closed_by_somebody": lambda case: an_audit_row(by(), closed_at=timezone.now()),
    "audited_case_finished_with_words": lambda case: audited(case, finished_by=by(), finished_at=timezone.now()),
    "audit_answer_once": answered_twice,
    "audit_answer_is_on_the_scale": lambda case: an_answer_row(audited(case), by(), answer="good"),
    "audit_answer_cites_what_is_known": lambda case: an_answer_row(audited(case), by(), cites="hearsay"),
    "audit_feedback_once_to_a_person": told_twice,
    "audit_feedback_acknowledged_after_it_was_sent": lambda case: a_feedback_row(
        audited(case), by(), answer="Thank you."
    ),
}
