"""Who has seen this case: for the auditor and the case's line managers, newest first, however many months it takes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.audit.queries import Looker, lookers, who_has_seen
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.core.involvement import InvolvementKind
from tests.audit.log import answer, as_application, past, run, write_event
from tests.timeline.build import give, make_area, make_case, make_person, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return make_case()


@pytest.fixture
def auditor() -> User:
    return make_person(Role.AUDITOR)


def hours_ago(hours: int) -> datetime:
    return timezone.now() - timedelta(hours=hours)


def looked(case: Case, *events: Event) -> list[int]:
    assert {event.pk for event in events}
    return [event.pk for event in who_has_seen(case.pk)]


def test_opened_or_shown_in_a_list_newest_first_and_no_other_case(case: Case, auditor: User) -> None:
    opened = write_event(hours_ago(3), case_id=case.pk)
    shown = write_event(hours_ago(2), case_ids=[case.pk, case.pk + 100])
    both = write_event(hours_ago(1), case_id=case.pk, case_ids=[case.pk])
    write_event(hours_ago(1), case_id=case.pk + 100, case_ids=[case.pk + 101])
    write_event(hours_ago(1))
    with as_person(auditor):
        assert [event.pk for event in who_has_seen(case.pk)] == [both.pk, shown.pk, opened.pk]
        assert who_has_seen(case.pk)[1].case_ids == [case.pk, case.pk + 100]


def test_pages_follow_one_another_over_months_without_gap_or_double(case: Case, auditor: User) -> None:
    months = [timezone.now() + timedelta(days=31 * number) for number in range(3)]
    same = hours_ago(5)
    events = [write_event(at - timedelta(hours=hour), case_id=case.pk) for at in months for hour in range(4)]
    events += [write_event(same, case_ids=[case.pk]) for _ in range(3)]
    right = [event.pk for event in sorted(events, key=lambda event: (event.at, event.pk), reverse=True)]
    found: list[int] = []
    with as_person(auditor):
        assert [event.pk for event in who_has_seen(case.pk, at_most=100)] == right
        page = who_has_seen(case.pk, at_most=4)
        while page:
            found += [event.pk for event in page]
            page = who_has_seen(case.pk, before=page[-1].at, before_id=page[-1].pk, at_most=4)
    assert found == right


def test_rows_without_a_month_of_their_own_stand_in_their_place(case: Case, auditor: User) -> None:
    old = write_event(datetime(2020, 1, 1, tzinfo=UTC), case_id=case.pk)
    far = write_event(datetime(2040, 1, 1, tzinfo=UTC), case_ids=[case.pk])
    now = write_event(hours_ago(0), case_id=case.pk)
    with as_person(auditor):
        assert [event.pk for event in who_has_seen(case.pk)] == [far.pk, now.pk, old.pk]
        assert [event.pk for event in who_has_seen(case.pk, at_most=1)] == [far.pk]


def test_everybody_who_saw_it_is_counted_once_for_each_role_and_agency(case: Case, auditor: User) -> None:
    first = write_event(past(2), case_id=case.pk, by_id=5, by_name="Old Name", agency="A", role="police_officer")
    last = write_event(past(1), case_ids=[case.pk], by_id=5, by_name="New Name", agency="A", role="police_officer")
    other = write_event(past(3), case_id=case.pk, by_id=6, by_name="Other", agency="B", role="case_manager")
    with as_person(auditor):
        assert lookers(case.pk) == [
            Looker(5, "New Name", "A", "police_officer", 1, 1, first.at, last.at),
            Looker(6, "Other", "B", "case_manager", 1, 0, other.at, other.at),
        ]


def test_only_an_auditor_and_a_line_manager_who_sees_the_case_are_told(auditor: User) -> None:
    area = make_area()
    case = make_case(area)
    restricted = make_case(area, restricted_contact=make_person(Role.LINE_MANAGER, area=area))
    named = make_person(Role.LINE_MANAGER, area=area)
    give(restricted, InvolvementKind.NAMED, person=named)
    elsewhere = make_person(Role.LINE_MANAGER, area=make_area("southshire", "B"))
    other_unit = make_person(Role.LINE_MANAGER, area=area, unit=make_unit(area, "police", 2))
    for each in (case, restricted):
        write_event(hours_ago(1), case_id=each.pk)

    def told(reader: User | None, about: Case) -> int:
        with as_person(reader):
            run("SET LOCAL ROLE openmappa_app")
            found = (len(who_has_seen(about.pk)), len(lookers(about.pk)))
            run("RESET ROLE")
        assert found[0] == found[1]
        return found[0]

    manager = make_person(Role.LINE_MANAGER, area=area)
    assert [told(reader, case) for reader in (auditor, manager, named)] == [1, 1, 1]
    assert [told(reader, restricted) for reader in (auditor, named)] == [1, 1]
    assert [told(reader, case) for reader in (elsewhere, other_unit, None)] == [0, 0, 0]
    assert told(manager, restricted) == 0
    for role in set(Role) - {Role.AUDITOR, Role.LINE_MANAGER}:
        assert told(make_person(role, area=area), case) == 0, role


def test_the_application_cannot_pretend_to_be_a_job(case: Case) -> None:
    write_event(hours_ago(1), case_id=case.pk)
    assert len(who_has_seen(case.pk)) == 1  # the tests are a job
    with as_application():
        run("SELECT set_config('openmappa.job', 'pretended', true)")
        assert answer("SELECT pg_has_role(session_user, 'openmappa_jobs', 'MEMBER')") == [(True,)]
        assert answer("SELECT count(*) FROM audit_event") == [(0,)]


def test_the_functions_question_and_the_policy_of_cases_agree_for_everybody() -> None:
    """One definition in two places: access_sees_case, and the policy of cases_case."""
    area, other = make_area(), make_area("southshire", "B")
    people = [make_person(role, area=each) for role in Role for each in (area, other)]
    contact = make_person(Role.LINE_MANAGER, area=area)
    cases = [make_case(area), make_case(other), make_case(area, restricted_contact=contact), make_case(other)]
    give(cases[2], InvolvementKind.NAMED, person=people[0])
    for person in people[:8]:
        give(cases[3], InvolvementKind.INVITED, person=person)
    numbers = [case.pk for case in cases]
    compared = []
    for person in people:
        with as_person(person):
            run("SET LOCAL ROLE openmappa_app")
            by_policy = {number for (number,) in answer("SELECT id FROM cases_case")}
            by_function = {number for number in numbers if answer("SELECT access_sees_case(%s)", [number]) == [(True,)]}
            run("RESET ROLE")
        assert by_function == by_policy, person.role
        compared.append(len(by_policy))
    assert set(compared) == {0, 2, 3}
