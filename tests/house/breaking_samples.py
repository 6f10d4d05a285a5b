"""For each constraint on samples: a row that breaks it. Some of these rows only the database's own functions write."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from tests.samples import build
from tests.samples.build import exercise_row, joint_row, list_row, member_row, replacement_row, sample_row
from tests.timeline.build import make_case, make_person

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.samples.models import ExerciseArea

NOW = timezone.now


def by() -> User:
    return make_person(Role.LINE_MANAGER)


def area_twice(case: Case) -> None:
    exercise = exercise_row(by())
    for _ in range(2):
        ExerciseArea.objects.create(exercise=exercise, area=case.area)


def member_twice(case: Case) -> None:
    who = by()
    exercise = exercise_row(who)
    for _ in range(2):
        member_row(who, exercise)


def joint_twice(case: Case) -> None:
    who = by()
    sample = sample_row(who)
    for _ in range(2):
        joint_row(who, sample)


def replaced_twice(changed: str) -> Callable[[Case], None]:
    def two(case: Case) -> None:
        who = by()
        sample = sample_row(who)
        for each in ("x", "y"):
            replacement_row(who, sample, **{changed: each})

    return two


def sampled(case: Case, **changed: object) -> None:
    build.sampled_row(case, by(), **changed)


def sampled_twice(changed: str) -> Callable[[Case], None]:
    def two(case: Case) -> None:
        who = by()
        sample = sample_row(who)
        build.sampled_row(case, who, sample)
        if changed == "key":
            build.sampled_row(make_case(), who, sample)
        else:
            build.sampled_row(case, who, sample, key="b")

    return two


def listed_twice(case: Case) -> None:
    who = by()
    case_list = list_row(who)
    for _ in range(2):
        build.listed_row(who, case_list)


def given_twice(case: Case) -> None:
    who = by()
    row = build.sampled_row(case, who)
    member = member_row(who, row.sample.exercise)
    for _ in range(2):
        build.gift_row(row, member)


BREAKS: dict[str, Callable[[Case], object]] = {
    "exercise_purpose_is_known": lambda case: exercise_row(by(), purpose="curiosity"),
    "exercise_ended_by_somebody": lambda case: exercise_row(by(), ended_at=NOW()),
    "exercise_area_once": area_twice,
    "exercise_member_once_at_a_time": member_twice,
    "exercise_member_removed_by_somebody": lambda case: member_row(by(), until_at=NOW()),
    "case_list_says_of_whom": lambda case: list_row(by(), whom="everybody"),
    "listed_case_once": listed_twice,
    "drawn_by_a_seed": lambda case: sample_row(by(), seed=""),
    "sampled_case_once": sampled_twice("case"),
    "sampled_key_once": sampled_twice("key"),
    "sampled_case_left_after_it_came": lambda case: sampled(case, left_at=NOW() - timedelta(days=1)),
    "sampled_case_given_once": given_twice,
    "replaced_case_goes_once": replaced_twice("into_key"),
    "reserve_comes_in_once": replaced_twice("out_key"),
    "replaced_on_a_known_ground": lambda case: replacement_row(by(), ground="whim"),
    "joint_work_named_once": joint_twice,
}
