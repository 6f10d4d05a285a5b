"""For each constraint on assessments: a row that breaks it."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from tests.assessing.build import answer_row, assessment_row, dealing_row, resolution_row
from tests.samples.build import exercise_row
from tests.timeline.build import make_person

from openmappa.accounts.models import User
from openmappa.assessing.models import ResolutionWords
from openmappa.cases.models import Case
from openmappa.core.access import Role

NOW = timezone.now


def by() -> User:
    return make_person(Role.INSPECTOR)


def place_twice(case: Case) -> None:
    who = by()
    exercise = exercise_row(who)
    for _ in range(2):
        assessment_row(by(), exercise)


def one_person_twice(case: Case) -> None:
    who = by()
    exercise = exercise_row(who)
    for place in (1, 2):
        assessment_row(who, exercise, place=place, blind=True)


def question_twice(case: Case) -> None:
    who = by()
    assessment = assessment_row(who)
    for _ in range(2):
        answer_row(who, assessment)


def resolved_twice(case: Case) -> None:
    who = by()
    exercise = exercise_row(who)
    for _ in range(2):
        resolution_row(who, exercise)


def agreed_by_oneself(case: Case) -> None:
    who = by()
    resolution_row(who, agreed_by=who, agreed_at=NOW())


BREAKS: dict[str, Callable[[Case], object]] = {
    "dealt_by_a_seed_and_a_share": lambda case: dealing_row(by(), percent=101),
    "assessed_once_at_a_place": place_twice,
    "assessed_by_two_different_people": one_person_twice,
    "second_assessment_is_blind": lambda case: assessment_row(by(), place=2),
    "assessment_withdrawn_by_somebody_before_it_is_signed": lambda case: assessment_row(by(), withdrawn_at=NOW()),
    "assessment_signed_after_it_was_given": lambda case: assessment_row(by(), signed_at=NOW() - timedelta(days=1)),
    "question_answered_once": question_twice,
    "answer_says_something": lambda case: answer_row(by(), answer=""),
    "difference_resolved_once": resolved_twice,
    "resolution_agreed_by_somebody_else": agreed_by_oneself,
    "resolution_says_something": lambda case: resolution_row(by(), answer=""),
    "resolution_has_a_reason": lambda case: ResolutionWords.objects.create(
        resolution=resolution_row(by()), case=case, reason=""
    ),
}
