"""Made-up entries of the library, as they stand in the table."""

from typing import Any

from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.good_practice.models import Practice
from openmappa.good_practice.services import PracticeSaid, add_practice


def said(**more: Any) -> PracticeSaid:
    plain = {
        "title": "Joint visits in the first week",
        "text": "Police and probation visit together within a week of every release.",
        "shows": "Fewer people were missed.",
        "criterion": "joint_direction",
        "source": "Board of May",
    }
    return PracticeSaid(**(plain | more))


def added(by: User, **more: Any) -> Practice:
    with as_person(by):
        return add_practice(by=by, said=said(**more))


def a_practice_row(by: User, **changed: Any) -> Practice:
    plain: dict[str, Any] = {
        "area": by.area,
        "title": "Joint visits",
        "text": "They visit together.",
        "criterion": "joint_direction",
        "criterion_title": "Joint direction",
        "came_from": "board",
        "source": "Board of May",
        "added_by": by,
        "added_at": timezone.now(),
    }
    return Practice.objects.create(**(plain | changed))
