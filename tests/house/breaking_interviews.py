"""For each constraint on interviews: a row that breaks it."""

from collections.abc import Callable

from django.utils import timezone
from tests.interviews.build import interview_row, note_row, quote_row, theme_change_row, theme_row
from tests.samples.build import exercise_row
from tests.timeline.build import make_person

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role

NOW = timezone.now


def by() -> User:
    return make_person(Role.INSPECTOR)


def noted_twice(case: Case) -> None:
    who = by()
    interview = interview_row(who)
    for _ in range(2):
        note_row(who, interview)


def theme_twice(case: Case) -> None:
    who = by()
    exercise = exercise_row(who)
    for _ in range(2):
        theme_row(who, exercise)


BREAKS: dict[str, Callable[[Case], object]] = {
    "interview_says_whom": lambda case: interview_row(by(), whom=""),
    "interview_finished_by_somebody": lambda case: interview_row(by(), finished_at=NOW()),
    "interview_dropped_by_somebody_with_a_reason": lambda case: interview_row(by(), dropped_at=NOW(), dropped_by=by()),
    "interview_note_once_a_question": noted_twice,
    "interview_note_is_to_a_question": lambda case: note_row(by(), question=""),
    "theme_in_use_once": theme_twice,
    "theme_ended_by_somebody_with_a_reason": lambda case: theme_row(by(), ended_at=NOW(), ended_by=by()),
    "theme_published_goes_on": lambda case: theme_row(
        by(), ended_at=NOW(), ended_by=by(), ended_because="Twice", published_at=NOW()
    ),
    "theme_change_says_what_and_why": lambda case: theme_change_row(by(), because=""),
    "theme_has_a_title": lambda case: theme_row(by(), title=""),
    "quote_says_something": lambda case: quote_row(by(), words=""),
}
