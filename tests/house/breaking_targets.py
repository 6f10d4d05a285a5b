"""For each constraint on targets: a row that breaks it."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from tests.timeline.build import make_person, today

from openmappa.board.models.targets import Target
from openmappa.cases.models import Case
from openmappa.core.access import Role


def target(case: Case, **changed: Any) -> None:
    by = make_person(Role.MAPPA_COORDINATOR)
    plain = {"standard": "plan-review", "percent": 90, "near_from": 80, "from_on": today(), "reason": "The board"}
    Target.objects.create(area=case.area, set_by=by, set_at=timezone.now(), **(plain | changed))


BREAKS: dict[str, Callable[[Case], object]] = {
    "target_is_a_percentage_with_a_lower_one": lambda case: target(case, near_from=91),
    "target_is_of_a_standard": lambda case: target(case, standard=""),
    "target_has_a_reason": lambda case: target(case, reason=""),
}
