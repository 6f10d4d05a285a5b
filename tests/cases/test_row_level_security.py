"""The database says who sees a case exactly as ``core.involvement`` does, row for row, for whatever happened."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Agency, Area, Cover, Managing, Unit, User
from openmappa.cases.models import Case, Involvement, held, reach_of
from openmappa.core.access import Role
from openmappa.core.compartments import Compartment, opens_intelligence
from openmappa.core.involvement import Covering, Given, InvolvementKind, Reach, Reader, reach
from tests.timeline.build import make_area, make_case, make_person, make_unit

pytestmark = pytest.mark.django_db

AREAS, UNITS, CASES = 2, 3, 4
PEOPLE = 14
INDEX = {"areas": AREAS, "units": UNITS, "cases": CASES, "people": PEOPLE}
HOURS = st.integers(-3, 3)
DAYS = st.integers(-2, 2)


def pick(what: str) -> st.SearchStrategy[int]:
    return st.integers(0, INDEX[what] - 1)


@dataclass(frozen=True)
class Cast:
    """Two areas, three units, fourteen people of all roles, four cases."""

    areas: list[Area]
    units: list[Unit]
    agencies: list[Agency]
    people: list[User]
    cases: list[Case]


@pytest.fixture
def cast() -> Cast:
    areas = [make_area("northshire"), make_area("eastmarch", "B")]
    units = [make_unit(areas[0], "police"), make_unit(areas[0], "police", 2), make_unit(areas[1], "probation")]
    roles = [*Role, Role.POLICE_OFFICER, Role.LINE_MANAGER, Role.MAPPA_COORDINATOR, Role.CASE_MANAGER]
    people = [make_person(role, area=areas[0], unit=units[0]) for role in roles]
    assert len(people) == PEOPLE
    cases = [make_case(areas[number % AREAS]) for number in range(CASES)]
    return Cast(areas, units, [unit.agency for unit in units], people, cases)


@st.composite
def histories(draw: st.DrawFn) -> dict[str, object]:
    """Who is where, who holds what, who covers for whom, what was given: all of it in small numbers that collide."""
    maybe = lambda what: st.none() | pick(what)  # noqa: E731
    return {
        "people": draw(
            st.lists(
                st.tuples(maybe("areas"), maybe("units"), st.integers(0, 9).map(bool)),
                min_size=PEOPLE,
                max_size=PEOPLE,
            )
        ),
        "cases": draw(
            st.lists(
                st.tuples(
                    pick("areas"), maybe("units"), maybe("units"), maybe("people"), maybe("people"), st.booleans()
                ),
                min_size=CASES,
                max_size=CASES,
            )
        ),
        "managing": draw(st.sets(st.tuples(pick("people"), pick("units")), max_size=4)),
        "covers": draw(st.lists(st.tuples(pick("people"), pick("people"), DAYS, DAYS, st.none() | DAYS), max_size=5)),
        "given": draw(
            st.lists(
                st.tuples(
                    pick("cases"),
                    st.sampled_from(list(InvolvementKind)),
                    st.sampled_from(["person", "unit", "agency"]),
                    st.integers(0, PEOPLE - 1),
                    HOURS,
                    st.none() | HOURS,
                    st.none() | HOURS,
                ),
                max_size=8,
            )
        ),
    }


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is undone afterwards, so that the next example starts anew."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def enact(cast: Cast, history: dict[str, list]) -> None:  # type: ignore[type-arg]  # rows of several shapes
    """Write a history down."""
    now, today = timezone.now(), timezone.localdate()
    place = lambda rows, number: None if number is None else rows[number]  # noqa: E731
    for person, (area, unit, active) in zip(cast.people, history["people"], strict=True):
        person.area, person.unit, person.is_active = place(cast.areas, area), place(cast.units, unit), active
        person.agency = person.unit.agency if person.unit else cast.agencies[0]
        person.save()
    for case, (area, police, probation, officer, manager, restricted) in zip(cast.cases, history["cases"], strict=True):
        case.area = cast.areas[area]
        case.police_unit, case.probation_unit = place(cast.units, police), place(cast.units, probation)
        case.police_officer, case.case_manager = place(cast.people, officer), place(cast.people, manager)
        case.restricted = restricted
        case.restricted_contact = cast.people[0] if restricted else None
        case.restricted_reason = "So generated" if restricted else ""
        case.save()
    for manager, unit in history["managing"]:
        Managing.objects.create(manager=cast.people[manager], unit=cast.units[unit])
    for absent, covering, start, length, ended in history["covers"]:
        if absent != covering and length >= 0:
            from_on = today + timedelta(days=start)
            ended_on = None if ended is None else today + timedelta(days=ended)
            Cover.objects.create(
                absent=cast.people[absent],
                covering=cast.people[covering],
                from_on=from_on,
                until_on=from_on + timedelta(days=length),
                reason="So generated",
                arranged_by=cast.people[0],
                ended_on=ended_on,
                ended_by=cast.people[0] if ended_on else None,
            )
    for case, kind, to, number, start, length, ended in history["given"]:
        rows = {"person": cast.people, "unit": cast.units, "agency": cast.agencies}[to]
        from_at = now + timedelta(hours=start)
        if length is None or length > 0:
            Involvement.objects.create(
                case=cast.cases[case],
                kind=kind,
                from_at=from_at,
                until_at=None if length is None else from_at + timedelta(hours=length),
                ended_at=None if ended is None else now + timedelta(hours=ended, minutes=30),
                reason="So generated",
                **{to: rows[number % len(rows)]},
            )


def by_the_core(user: User) -> Reach:
    """The reach by the core's rule, from every row there is: nothing is picked beforehand by a query."""

    def reader(one: User) -> Reader:
        manages = frozenset(Managing.objects.filter(manager=one).values_list("unit_id", flat=True))
        return Reader(one.pk, Role(one.role), one.agency_id, one.area_id, one.unit_id, manages, one.is_active)

    covers = [
        Covering(reader(cover.absent), cover.from_on, cover.until_on, cover.ended_on)
        for cover in Cover.objects.filter(covering=user).select_related("absent")
    ]
    given_ = [
        Given(
            row.case_id,
            InvolvementKind(row.kind),
            row.from_at,
            row.until_at,
            row.ended_at,
            row.person_id,
            row.unit_id,
            row.agency_id,
        )
        for row in Involvement.objects.all()
    ]
    return reach(reader(user), covers, given_, at=timezone.now(), today=timezone.localdate())


def ids(statement: str) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {row[0] for row in cursor.fetchall()}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories())
def test_for_any_history_the_database_the_query_and_the_core_say_the_same(cast: Cast, history: dict) -> None:  # type: ignore[type-arg]
    with undone():
        enact(cast, history)
        cases = list(Case.objects.all())
        for user in User.objects.filter(pk__in=[one.pk for one in cast.people]):
            rule = by_the_core(user)
            expected = {case.pk for case in cases if rule.sees(held(case))}
            walls = {(case.pk, wall.value) for case in cases for wall in Compartment if rule.opens(held(case), wall)}
            assert reach_of(user) == rule
            with as_person(user):
                assert ids("SELECT id FROM cases_case") == expected, (user.role, history)
                assert set(Case.objects.visible_to(user).values_list("pk", flat=True)) == expected
                for wall in Compartment:
                    opened = ids(f"SELECT id FROM cases_case WHERE access_opens('{wall.value}', id)")
                    assert opened == {pk for pk, each in walls if each == wall.value}, (user.role, wall, history)


@pytest.mark.parametrize("kind", ["police", "probation", "prison", "partner"])
@pytest.mark.parametrize("code", [1, 2, 3, 4, 5])
def test_the_database_reads_handling_codes_as_the_core_does(code: int, kind: str) -> None:
    person = make_person(Role.POLICE_OFFICER, kind=kind)
    with as_person(person), connection.cursor() as cursor:
        for same_agency in (True, False):
            for is_author in (True, False):
                agency = person.agency_id if same_agency else person.agency_id + 1000
                author = person.pk if is_author else person.pk + 1000
                cursor.execute("SELECT access_intelligence(%s, %s, %s)", [code, agency, author])
                expected = opens_intelligence(code, kind, same_agency=same_agency, is_author=is_author)
                assert cursor.fetchone() == (expected,)
