"""Finding the case of somebody one is not involved with: exactly or not at all, and only with the right."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import PERMISSIONS, Permission, Role
from openmappa.core.names import name_parts
from openmappa.emergency.queries import exact_matches
from tests.emergency.scene import BORN, a_case
from tests.timeline.build import ago, make_area, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger() -> User:
    return make_person(Role.POLICE_OFFICER, area=make_area("eastmarch", "B"))


def found(by: User, number: str = "", name: str = "", born_on: object = None) -> list[int]:
    with as_person(by):
        assert not Case.objects.exists()
        matches = exact_matches(number=number, full_name=name, born_on=born_on)  # type: ignore[arg-type]
        assert not Case.objects.exists()
    return [case.pk for case in matches]


def test_a_case_of_another_area_is_found_by_each_of_its_numbers(stranger: User) -> None:
    case = a_case()
    for number in (case.reference, case.person.pnc_id, case.person.crn):
        assert found(stranger, number) == [case.pk]
        assert found(stranger, f" {number.lower().replace('-', ' ')} ") == [case.pk]


@pytest.mark.parametrize("part", [slice(0, -1), slice(1, None), slice(0, 3)])
def test_a_part_of_a_number_finds_nothing(stranger: User, part: slice) -> None:
    case = a_case()
    for number in (case.reference, case.person.pnc_id, case.person.crn):
        assert found(stranger, number[part]) == []


def test_people_without_a_number_are_not_found_by_an_empty_one(stranger: User) -> None:
    case = a_case()
    case.person.pnc_id = case.person.crn = ""
    case.person.save()
    assert found(stranger, "") == []
    assert found(stranger, " - ") == []


@pytest.mark.parametrize(
    "typed",
    ["Sample Invented O’Testcase-Nowhere", "sample invented o'testcase nowhere", "OTESTCASE-NOWHERE, Sample Invented"],
)
def test_a_full_name_fits_in_any_order_and_spelling_of_marks(stranger: User, typed: str) -> None:
    case = a_case("Sample Invented", "O'Testcase-Nowhere")
    assert found(stranger, name=typed, born_on=BORN) == [case.pk]


@pytest.mark.parametrize(
    "typed", ["Sample Testcase", "Sample Invented Testcas", "Testcase", "Sample Inventedd Testcase"]
)
def test_a_name_that_is_not_whole_or_only_nearly_right_finds_nothing(stranger: User, typed: str) -> None:
    a_case()
    assert found(stranger, name=typed, born_on=BORN) == []


def test_the_name_without_the_date_of_birth_or_with_another_finds_nothing(stranger: User) -> None:
    a_case()
    for born_on in (None, ago(1), BORN.replace(day=3)):
        assert found(stranger, name="Sample Invented Testcase", born_on=born_on) == []


def test_an_alias_is_a_name_and_halves_of_two_names_are_none(stranger: User) -> None:
    case = a_case(alias=("Specimen", "Elsewhere"))
    assert found(stranger, name="Specimen Elsewhere", born_on=BORN) == [case.pk]
    assert found(stranger, name="Specimen Testcase", born_on=BORN) == []


def test_two_who_fit_are_two_and_three_are_not_counted(stranger: User) -> None:
    cases = [a_case() for _ in range(3)]
    assert found(stranger, name="Sample Invented Testcase", born_on=BORN) == [case.pk for case in cases[:2]]


@pytest.mark.parametrize("role", list(Role))
def test_the_database_finds_only_for_roles_that_have_the_right(role: Role) -> None:
    case = a_case()
    person = make_person(role, area=make_area("eastmarch", "B"))
    expected = [case.pk] if role in PERMISSIONS[Permission.BREAK_GLASS] else []
    assert found(person, case.reference) == expected


def test_for_somebody_who_has_left_and_for_nobody_nothing_is_found(stranger: User) -> None:
    case = a_case()
    stranger.is_active = False
    stranger.save()
    assert found(stranger, case.reference) == []
    with as_person(None):
        assert exact_matches(number=case.reference, full_name="", born_on=None) == []


def test_looking_past_row_level_security_ends_with_the_function(stranger: User) -> None:
    case = a_case()
    with as_person(stranger), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, current_setting('openmappa.job') FROM emergency_find(%s, '{}', NULL)", [case.reference]
        )
        cursor.execute("SELECT coalesce(current_setting('openmappa.job', true), ''), access_person()")
        assert cursor.fetchone() == ("", stranger.pk)


LETTERS = st.text(alphabet="abcXYZéÉÅøØłßœÞñ -'’´ŉ.,/19ı", max_size=40)


@given(LETTERS)
@settings(max_examples=150, deadline=None)
def test_the_database_takes_a_name_apart_as_the_core_does(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT emergency_name_parts(%s)", [name])
        assert cursor.fetchone() == (sorted(name_parts(name)),)
