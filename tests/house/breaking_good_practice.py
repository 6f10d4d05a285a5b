"""For each constraint on the library of good practice: a row that breaks it."""

from collections.abc import Callable

from django.utils import timezone
from tests.good_practice.build import a_practice_row
from tests.timeline.build import make_person

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role


def by() -> User:
    return make_person(Role.MAPPA_COORDINATOR)


BREAKS: dict[str, Callable[[Case], object]] = {
    "practice_says_what_and_for_which_criterion": lambda case: a_practice_row(by(), criterion=""),
    "practice_came_of_a_board_or_a_finding": lambda case: a_practice_row(by(), came_from="inspection"),
    "practice_withdrawn_for_a_reason": lambda case: a_practice_row(
        by(), withdrawn_at=timezone.now(), withdrawn_by=by()
    ),
}
