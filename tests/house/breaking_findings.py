"""For each constraint on findings: a row that breaks it."""

from collections.abc import Callable

from django.utils import timezone
from tests.findings.build import (
    feedback_row,
    finding_row,
    follow_up_row,
    recommendation_row,
    remark_row,
    report_row,
)
from tests.samples.build import exercise_row
from tests.timeline.build import make_person

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role


def by() -> User:
    return make_person(Role.INSPECTOR)


def feedback_twice(case: Case) -> None:
    who = by()
    exercise = exercise_row(who)
    for _ in range(2):
        feedback_row(who, exercise)


def number_twice(case: Case) -> None:
    who = by()
    exercise = exercise_row(who)
    for _ in range(2):
        recommendation_row(who, exercise)


def version_twice(case: Case) -> None:
    who = by()
    exercise = exercise_row(who)
    for _ in range(2):
        report_row(who, exercise)


BREAKS: dict[str, Callable[[Case], object]] = {
    "finding_says_what_and_on_what": lambda case: finding_row(by(), text=""),
    "finding_agreed_by_somebody": lambda case: finding_row(by(), agreed_at=timezone.now()),
    "feedback_once_an_area": feedback_twice,
    "remark_says_something": lambda case: remark_row(by(), words=""),
    "remark_answered_by_somebody_with_words": lambda case: remark_row(by(), accepted=True, answer=""),
    "recommendation_number_once": number_twice,
    "recommendation_has_one_owner": lambda case: recommendation_row(by(), area=None),
    "follow_up_says_what": lambda case: follow_up_row(by(), words=""),
    "report_version_once": version_twice,
    "report_correction_says_what": lambda case: report_row(by(), number=2),
}
