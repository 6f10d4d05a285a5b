"""Who was responsible for a case when: a chain without gap or overlap, which the database writes itself."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.cases.models import Because, Case, Responsibility
from openmappa.cases.queries import responsibilities
from openmappa.cases.services import assign_case
from openmappa.core.access import Role
from tests.timeline.build import make_area, make_case, make_person, make_unit

Owner = Callable[[], AbstractContextManager["psycopg.Connection[Any]"]]
HOLDERS = ("area_id", "police_unit_id", "probation_unit_id", "police_officer_id", "case_manager_id")


def chain(case: Case) -> list[Responsibility]:
    return list(Responsibility.objects.filter(case=case).order_by("number"))


def assert_unbroken(case: Case) -> None:
    """From the first instant to now exactly one row holds at every instant, and the last says what the case says."""
    rows = chain(case)
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert [row.until_at for row in rows] == [row.from_at for row in rows[1:]] + [None]
    assert all(row.until_at is None or row.from_at < row.until_at for row in rows)
    case.refresh_from_db()
    assert [getattr(rows[-1], name) for name in HOLDERS] == [getattr(case, name) for name in HOLDERS]


@pytest.mark.django_db
def test_a_new_case_has_its_chain_from_the_instant_it_is_there_on_and_so_have_many_at_once() -> None:
    case = make_case()
    (row,) = chain(case)
    assert (row.number, row.until_at, row.because, row.area) == (1, None, Because.BEGAN, case.area)
    people = [make_case().person for _ in range(2)]
    Case.objects.filter(person__in=people).values_list("pk")
    assert {len(chain(person.case)) for person in people} == {1}
    assert_unbroken(case)


@pytest.mark.django_db
def test_handing_a_case_over_within_the_area_says_who_did_it_and_that_it_was_that() -> None:
    case = make_case()
    manager = make_person(Role.LINE_MANAGER, unit=make_unit(case.area, "police"))
    officer = make_person(Role.POLICE_OFFICER, unit=make_unit(case.area, "police"))
    with as_person(manager):
        assign_case(by=manager, case=case, to=officer, reason="He knows the family.")
        last, first = responsibilities(case)
    assert (last.because, last.by, last.police_officer, last.from_at) == ("assigned", manager, officer, first.until_at)
    assert first.police_officer is None
    assert_unbroken(case)


@pytest.mark.django_db
def test_what_changes_nothing_about_who_is_responsible_leaves_the_chain_as_it_is() -> None:
    case = make_case()
    Case.objects.filter(pk=case.pk).update(version=F("version") + 1, area_id=F("area_id"), force="B")
    assert len(chain(case)) == 1


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["area_id", *HOLDERS]), st.integers(0, 2), st.booleans()), min_size=1, max_size=8
    )
)
def test_whatever_is_changed_how_often_and_in_one_transaction_or_many_the_chain_is_unbroken(
    changes: list[tuple[str, int, bool]],
) -> None:
    case = make_case()
    areas = [make_area(code) for code in ("northshire", "eastmarch", "southdale")]
    units = [make_unit(area, "police") for area in areas]
    people: list[User] = [make_person(Role.POLICE_OFFICER, area=area) for area in areas]
    for column, which, apart in changes:
        rows = areas if column == "area_id" else units if column.endswith("unit_id") else people
        with transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**{column: rows[which].pk})
            if apart:
                transaction.set_rollback(False)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    assert_unbroken(case)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_responsibility SET until_at = now()",
        "DELETE FROM cases_responsibility",
        "INSERT INTO cases_responsibility (case_id, number, area_id, from_at, because) SELECT id, 9, area_id, now(), "
        "'began' FROM cases_case",
    ],
)
def test_the_application_cannot_write_it(statement: str) -> None:
    make_case()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


ADDED = (
    "INSERT INTO cases_responsibility (case_id, number, area_id, from_at, until_at, because) "
    "SELECT case_id, {number}, area_id, {begins}, {ends}, '{why}' FROM cases_responsibility WHERE number = 1"
)


def added(number: int, begins: str, ends: str, why: str = "changed") -> str:
    return ADDED.format(number=number, begins=begins, ends=ends, why=why)


BROKEN = "would have a gap or an overlap"
BREAKS = {
    "deleted": ("DELETE FROM cases_responsibility WHERE number = 2", "never deleted"),
    "changed": ("UPDATE cases_responsibility SET from_at = from_at - interval '1 day'", "never changed"),
    "another reason": ("UPDATE cases_responsibility SET because = 'changed' WHERE number = 1", "never changed"),
    "ended by itself": (
        "UPDATE cases_responsibility SET until_at = now() WHERE until_at IS NULL",
        BROKEN,
    ),
    "begun by itself": (added(3, "now()", "NULL"), "one_at_a_time"),
    "put in between": (added(3, "from_at", "until_at"), BROKEN),
    "twice": (added(2, "until_at", "NULL"), "number_once"),
    "no time at all": (added(3, "now()", "now()"), "ends_after_it_begins"),
    "no reason": (added(3, "now()", "NULL", "weather"), "reason_is_known"),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", sorted(BREAKS))
def test_not_even_the_owner_makes_a_gap_or_an_overlap(name: str, as_owner: Owner) -> None:
    case = make_case()
    Case.objects.filter(pk=case.pk).update(police_officer=make_person(Role.POLICE_OFFICER))
    statement, said = BREAKS[name]
    with as_owner() as owner, pytest.raises(psycopg.Error, match=said), owner.transaction():
        owner.execute("SELECT set_config('openmappa.job', 'test', true)")
        owner.execute(statement)
    assert_unbroken(case)


@pytest.mark.django_db(transaction=True)
def test_eight_hand_overs_at_once_come_one_after_the_other() -> None:
    case = make_case()
    officers = [make_person(Role.POLICE_OFFICER) for _ in range(8)]
    ready = threading.Barrier(8)

    def hand_over(officer: User) -> None:
        ready.wait()
        Case.objects.filter(pk=case.pk).update(police_officer=officer)
        connections.close_all()

    threads = [threading.Thread(target=hand_over, args=[officer]) for officer in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(chain(case)) == 9
    assert_unbroken(case)


@pytest.mark.django_db(transaction=True)
def test_a_hand_over_that_is_broken_off_leaves_the_chain_as_it_was() -> None:
    case = make_case()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(police_officer=make_person(Role.POLICE_OFFICER))
        assert Responsibility.objects.filter(case=case).count() == 2
        raise ZeroDivisionError
    assert len(chain(case)) == 1
    assert_unbroken(case)


@pytest.mark.django_db
def test_somebody_who_does_not_see_the_case_does_not_see_who_was_responsible_for_it() -> None:
    case = make_case()
    stranger = make_person(Role.LINE_MANAGER, area=make_area("eastmarch", "B"))
    with as_person(stranger):
        assert not Responsibility.objects.exists()
    with as_person(make_person(Role.LINE_MANAGER)):
        assert Responsibility.objects.filter(case=case).count() == 1
