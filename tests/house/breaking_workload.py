"""For each constraint on what-if questions: a row that breaks it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from tests.timeline.build import make_person
from tests.workload.build import a_question_row

from openmappa.cases.models import Case
from openmappa.core.access import Role


def question(case: Case, **changed: Any) -> None:
    a_question_row(make_person(Role.MAPPA_COORDINATOR), case.area, **changed)


def ended(**changed: Any) -> dict[str, Any]:
    now = timezone.now()
    return {"began_at": now, "finished_at": now, **changed}


BREAKS: dict[str, Callable[[Case], object]] = {
    "what_if_has_a_title": lambda case: question(case, title=""),
    "what_if_looks_ahead_some_months": lambda case: question(case, months=61),
    "what_if_finishes_after_it_begins": lambda case: question(
        case, **ended(answer={}, finished_at=timezone.now() - timedelta(days=1))
    ),
    "what_if_does_no_more_than_there_is": lambda case: question(case, done=1),
    "what_if_is_answered_or_says_why_not": lambda case: question(case, **ended()),
}
