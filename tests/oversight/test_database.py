"""The database says no as well: what each of them gets by asking it directly, whatever the pages check."""

import pytest

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.oversight.models import UnusualReading
from openmappa.oversight.queries.cases import case_of_key
from openmappa.oversight.queries.log import Asked, events_of_case, events_of_person, readers_of_case
from tests.oversight.build import found, logged
from tests.timeline.build import make_area, make_case, make_person, make_unit

pytestmark = pytest.mark.django_db

EVERYTHING = Asked("everything")


@pytest.fixture
def officer() -> User:
    return make_person(Role.POLICE_OFFICER)


@pytest.fixture
def case(officer: User) -> Case:
    case = make_case(police_officer=officer)
    logged(officer, case_id=case.pk)
    return case


def elsewhere(role: Role) -> User:
    return make_person(role, unit=make_unit(make_area(), "police", 2))


@pytest.mark.parametrize("role", sorted(Role))
def test_only_auditors_and_the_cases_line_managers_get_its_log(role: Role, officer: User, case: Case) -> None:
    asker = make_person(role)
    gets = int(role in (Role.AUDITOR, Role.LINE_MANAGER))
    with as_person(asker):
        assert len(events_of_case(case.pk, EVERYTHING, at_most=10)) == gets
        assert len(readers_of_case(case.pk, EVERYTHING)) == gets
        assert len(events_of_person(officer.pk, EVERYTHING, at_most=10)) == gets
    with as_person(elsewhere(Role.LINE_MANAGER)):
        assert events_of_case(case.pk, EVERYTHING, at_most=10) == []
        assert readers_of_case(case.pk, EVERYTHING) == []
        assert events_of_person(officer.pk, EVERYTHING, at_most=10) == []


@pytest.mark.parametrize("role", sorted(Role))
def test_only_auditors_are_told_which_case_a_number_or_a_reference_is(role: Role, case: Case) -> None:
    statement = "SELECT id, key, reference, source FROM oversight_cases(NULL, %s, %s::bigint[])"
    squeezed = case.reference.replace("-", "")
    with as_person(make_person(role)):
        told = [row.reference for row in Case.objects.raw(statement, [squeezed, [case.pk]])]
    assert told == ([case.reference] if role is Role.AUDITOR else [])


def test_unusual_reading_is_seen_by_the_reader_their_line_manager_and_auditors(officer: User) -> None:
    found(officer)
    for person, sees in (
        (officer, 1),
        (make_person(Role.LINE_MANAGER), 1),
        (make_person(Role.AUDITOR), 1),
        (make_person(Role.POLICE_OFFICER), 0),
        (elsewhere(Role.LINE_MANAGER), 0),
        (make_person(Role.ADMINISTRATOR), 0),
    ):
        with as_person(person):
            assert UnusualReading.objects.count() == sees, person.role
    with as_person(None):
        assert UnusualReading.objects.count() == 0


def test_the_number_of_a_case_is_found_for_the_log_and_whoever_asked_is_stated_as_before(case: Case) -> None:
    unseen = make_case(make_area("eastmarch", "B"))
    with as_person(make_person(Role.POLICE_OFFICER)):
        assert case_of_key(unseen.key) == unseen.pk
        assert not Case.objects.filter(pk=unseen.pk).exists()
        assert Case.objects.filter(pk=case.pk).exists()


def test_the_log_asked_month_by_month_is_in_order_also_where_a_month_was_never_made(officer: User, case: Case) -> None:
    for days in (400, 70, 40, 1):
        logged(officer, case_id=case.pk, minutes=days * 24 * 60)
    with as_person(make_person(Role.AUDITOR)):
        times = [event.at for event in events_of_case(case.pk, EVERYTHING, at_most=10)]
        assert len(times) == 5 and times == sorted(times, reverse=True)
        assert [event.at for event in events_of_case(case.pk, EVERYTHING, at_most=3)] == times[:3]
        (reader,) = readers_of_case(case.pk, EVERYTHING)
        assert (reader.opened, reader.first_at, reader.last_at) == (5, times[-1], times[0])
