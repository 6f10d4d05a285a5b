"""For each constraint on inspections and their frameworks: a row that breaks it."""

from collections.abc import Callable

from django.utils import timezone
from tests.inspections.build import inspection_row, version_row
from tests.timeline.build import make_person

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role


def by() -> User:
    return make_person(Role.INSPECTOR)


def version_twice(case: Case) -> None:
    who = by()
    for _ in range(2):
        version_row(who)


BREAKS: dict[str, Callable[[Case], object]] = {
    "framework_version_once": version_twice,
    "framework_saved_by_somebody_with_a_note_or_shipped": lambda case: version_row(by(), note=""),
    "inspection_kind_is_known": lambda case: inspection_row(by(), kind="surprise"),
    "inspection_says_what_and_why": lambda case: inspection_row(by(), purpose=""),
    "inspection_published_by_somebody": lambda case: inspection_row(by(), published_at=timezone.now()),
}
