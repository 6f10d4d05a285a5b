"""For each constraint on posts of units: a row that breaks it."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from tests.timeline.build import make_person, make_unit, today

from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.people.models import Establishment


def posts(case: Case, **changed: Any) -> None:
    by = make_person(Role.ADMINISTRATOR)
    plain = {"role": "police_officer", "posts": 4, "from_on": today(), "reason": "The budget of the year"}
    unit = make_unit(case.area, "police")
    Establishment.objects.create(unit=unit, entered_by=by, entered_at=timezone.now(), **(plain | changed))


def twice(case: Case) -> None:
    posts(case)
    posts(case, posts=5)


BREAKS: dict[str, Callable[[Case], object]] = {
    "posts_are_more_than_none": lambda case: posts(case, posts=0),
    "posts_have_a_reason": lambda case: posts(case, reason=""),
    "posts_are_of_a_known_role": lambda case: posts(case, role="juggler"),
    "posts_are_voided_by_somebody_with_a_reason": lambda case: posts(case, voided_at=timezone.now()),
    "posts_of_a_day_are_entered_once": twice,
}
