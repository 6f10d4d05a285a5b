"""Past days: each against the engine over facts picked by hand, in both readings; who asks, who sees, what is kept."""

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import product

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.board.queries.on_time import live_table
from openmappa.board.queries.rows import RowsBy
from openmappa.cases.models import Case
from openmappa.core.access import PERMISSIONS, Permission, Rank, Role
from openmappa.core.packs.load import packs_in_service
from openmappa.core.standards.duties import duties
from openmappa.core.standards.state import state
from openmappa.past.errors import NotPast
from openmappa.past.models import PastCase, PastDay, PastDuty
from openmappa.past.queries.days import Past, past
from openmappa.past.services import working_out
from openmappa.past.services.asking import ask_for_past_day
from openmappa.past.services.working_out import KEPT, work_out_past_days
from openmappa.timeline.derivation import derive
from openmappa.timeline.models import Fact, Standing
from openmappa.timeline.queries.facts import core_fact
from openmappa.timeline.services import void_fact
from tests.board.test_on_time import asked, table
from tests.past.build import a_life, a_past_day, past_rows, worked_out
from tests.timeline.build import ago, make_area, make_case, make_person, make_unit, today, write

pytestmark = pytest.mark.django_db
SEED = 20050401
BOTH = (True, False)
Clock = Callable[[int], None]


@pytest.fixture
def coordinator() -> User:
    return make_person(Role.MAPPA_COORDINATOR)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """``later(5)``: five days on, for everything that asks what day it is."""
    real = timezone.now
    return lambda days: monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(days=days))


def counts_then(case: Case, on: date, *, known: bool) -> list[Fact]:
    """The facts that exist on a day, picked one by one: by what is known now, or by what was known then."""
    end = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    rows = [row for row in Fact.objects.filter(case=case).order_by("on", "id") if row.on <= on]
    if not known:
        return [row for row in rows if row.voided_at is None]
    return [row for row in rows if row.recorded_on <= on and (row.voided_at is None or row.voided_at >= end)]


Dates = tuple[str, str, date, date, date | None, date | None]


def expected(case: Case, on: date, *, known: bool) -> list[Dates]:
    facts = [core_fact(row) for row in counts_then(case, on, known=known)]
    found = duties(facts, packs_in_service(), force=case.force, as_of=on)
    return sorted((d.standard, d.of, d.opened_on, d.due_on, d.met_on, d.closed_on) for d in found)  # type: ignore[type-var]


def stored(then: Past, case: Case) -> list[Dates]:
    rows = PastDuty.objects.filter(day__in=then.ids, case=case)
    return sorted(rows.values_list("standard", "of", "opened_on", "due_on", "met_on", "closed_on"))


def test_both_readings_are_what_the_engine_gives_of_the_facts_that_counted_then(coordinator: User) -> None:
    dice, area = random.Random(SEED), make_area()
    cases = [a_life(dice, area) for _ in range(25)]
    other = a_life(dice, make_area("eastmarch", "B"))
    differing = 0
    for on in (ago(1), ago(30), ago(100), ago(365), ago(600)):
        by_reading = []
        for known in BOTH:
            then = worked_out(coordinator, [area], on, known=known)
            assert then.is_ready
            for case in cases:
                assert stored(then, case) == expected(case, on, known=known), (case, on, known)
                facts = [core_fact(row) for row in counts_then(case, on, known=known)]
                row = PastCase.objects.filter(day__in=then.ids, case=case).first()
                assert (row is not None) == bool(facts), "a case of which nothing was known did not exist"
                if row is not None:
                    stood = state(facts, on)
                    fields = ("registered", "supervised", "in_custody", "closed", "mappa_level", "visit_months")
                    assert {name: getattr(row, name) for name in fields} == {n: getattr(stood, n) for n in fields}
                    assert (row.band, row.harm_level) == (stood.band or "", stood.harm or "")
            assert not PastCase.objects.filter(day__in=then.ids, case=other).exists()
            by_reading.append([stored(then, case) for case in cases])
        differing += by_reading[0] != by_reading[1]
    assert differing >= 3, "the two readings are not the same"


def test_what_a_table_said_on_a_day_is_what_it_says_of_it_later_as_known_then(coordinator: User, later: Clock) -> None:
    dice, area = random.Random(SEED + 1), make_area()
    cases = [a_life(dice, area) for _ in range(20)]
    manager = make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT)
    day = today()
    questions = [asked([area], by) for by in RowsBy]
    before = [table(coordinator, question).table.cells for question in questions]
    later(5)
    is_open = Standing.objects.filter(case__in=cases, closed=False).values_list("case", flat=True)
    cases = [case for case in cases if case.pk in is_open]
    for case in cases[:8]:
        seen = {"service": "police", "outcome": "seen", "announced": False, "joint": False}
        for kind, details in (("plan_reviewed", {}), ("home_visit", seen), ("mappa_level_set", {"level": 3})):
            Fact.objects.create(case=case, kind=kind, on=day - timedelta(20), details=details, recorded_on=today())
        derive(case)
    for case in cases[8:14]:
        mistake = Fact.objects.filter(case=case, voided_at__isnull=True, kind="home_visit").first()
        if mistake is not None:
            with as_person(manager):
                void_fact(by=manager, fact=mistake, reason="Another person")
    after = {}
    for known in BOTH:
        then = worked_out(coordinator, [area], day, known=known)
        after[known] = [
            table(coordinator, asked([area], by, on=day, until=day, since=ago(705), live=False, past=then)).table.cells
            for by in RowsBy
        ]
    now = [table(coordinator, asked([area], by, on=day, until=day, since=ago(705))).table.cells for by in RowsBy]
    assert after[True] == before
    assert after[False] != before
    assert now != before


def test_a_case_counts_for_the_area_and_the_unit_that_answered_for_it_on_the_day(later: Clock) -> None:
    area, other = make_area(), make_area("eastmarch", "B")
    case = make_case()
    write(case, "registered", ago(400))
    moved = Case.objects.get(pk=case.pk)
    moved.area, moved.force = other, other.force
    moved.police_unit, moved.probation_unit = make_unit(other, "police"), make_unit(other, "probation")
    moved.save()
    derive(moved)
    inspector = make_person(Role.INSPECTOR)
    User.objects.filter(pk=inspector.pk).update(area=None)
    inspector, day = User.objects.get(pk=inspector.pk), today()
    later(1)
    for on, where, unit in ((day - timedelta(days=1), area, case.police_unit), (day, other, moved.police_unit)):
        then = worked_out(inspector, [area, other], on, known=False)
        rows = PastCase.objects.filter(day__in=then.ids, case=case).values_list("day__area", "force", "police_unit")
        assert list(rows) == [(where.pk, where.force, unit.pk if unit else None)], on


@pytest.mark.parametrize("role", sorted(Role))
def test_exactly_those_who_see_figures_of_an_area_ask_for_its_past_days_and_see_them(role: Role) -> None:
    area, other = make_area(), make_area("eastmarch", "B")
    user = make_person(role)
    if role not in PERMISSIONS[Permission.VIEW_FIGURES]:
        with as_person(user), pytest.raises(NotAllowed):
            ask_for_past_day(by=user, areas=[area], on=ago(2), known=True)
        a_past_day(area, on=ago(2))
    else:
        then = worked_out(user, [area, other], ago(2), known=True)
        assert [day.area for day in then.days] == [area]
        assert not then.is_ready, "not of an area whose figures they do not see"
        event = Event.objects.get(verb="ask for past day")
        assert event.about == {"areas": [area.code], "on": ago(2).isoformat(), "known": True}
    a_past_day(other, on=ago(2))
    with as_person(user):
        seen = list(PastDay.objects.values_list("area__code", flat=True))
    assert seen == ([area.code] if role in PERMISSIONS[Permission.VIEW_FIGURES] else [])


def test_cases_and_duties_of_a_past_day_are_there_for_those_who_see_the_case() -> None:
    area = make_area()
    own = make_case()
    others = make_case(police_unit=make_unit(area, "police", 2), probation_unit=make_unit(area, "probation", 2))
    for case in (own, others):
        write(case, "registered", ago(100))
    sergeant, board = make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT), make_person(Role.SMB_MEMBER)
    worked_out(board, [area], ago(0) - timedelta(days=1), known=False)
    for user, cases in ((sergeant, {own.pk}), (board, set())):
        with as_person(user):
            assert set(PastCase.objects.values_list("case", flat=True)) == cases
            assert set(PastDuty.objects.values_list("case", flat=True)) == cases


def test_nobody_but_the_job_writes_what_a_past_day_was() -> None:
    past_rows(a_past_day(make_area()), make_case())
    for statement in (
        "DELETE FROM past_pastduty",
        "UPDATE past_pastcase SET closed = true",
        "DELETE FROM past_pastday",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE openmappa_app")
            cursor.execute(statement)


@pytest.mark.parametrize("days", [0, -1])
def test_a_day_that_is_not_over_cannot_be_asked_for(coordinator: User, days: int) -> None:
    with as_person(coordinator), pytest.raises(NotPast, match="yesterday or earlier"):
        ask_for_past_day(by=coordinator, areas=[make_area()], on=ago(days), known=True)
    assert not PastDay.objects.exists()


def test_asked_twice_it_waits_once_and_asked_again_later_it_is_worked_out_anew(coordinator: User) -> None:
    case, area = make_case(), make_area()
    write(case, "registered", ago(100))
    with as_person(coordinator):
        first, again = (ask_for_past_day(by=coordinator, areas=[area], on=ago(9), known=False)[0] for _ in range(2))
    assert first == again
    assert work_out_past_days() == 1
    assert work_out_past_days() == 0
    assert PastCase.objects.get().band == ""
    write(case, "rm2000_completed", ago(20), band="high", rank="constable")
    assert PastCase.objects.get().band == "", "worked out once, the record goes on"
    then = worked_out(coordinator, [area], ago(9), known=False)
    assert (PastDay.objects.count(), PastCase.objects.get().band) == (1, "high")
    assert (then.cases, then.done, then.waits) == (1, 1, False)


def test_stopped_half_way_it_begins_anew_and_until_then_no_table_is_counted_from_it(
    coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    area = make_area()
    for _ in range(3):
        write(make_case(), "registered", ago(400))
    monkeypatch.setattr(working_out, "AT_ONCE", 1)
    real, calls = working_out._write, []

    def stopped(day: PastDay, held: list[working_out.Held]) -> None:
        calls.append(held)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(day, held)

    monkeypatch.setattr(working_out, "_write", stopped)
    with pytest.raises(KeyboardInterrupt):
        worked_out(coordinator, [area], ago(3), known=False)
    with as_person(coordinator):
        then = past([area], ago(3), known=False)
        assert (then.is_asked, then.is_ready, then.done, then.cases) == (True, False, 1, 3)
        half = live_table(asked([area], on=ago(3), live=False, past=then))
    assert half.table.cells == {}
    assert work_out_past_days() == 1
    assert PastCase.objects.count() == 3


def test_what_was_kept_long_enough_is_deleted(coordinator: User, later: Clock) -> None:
    area = make_area()
    write(make_case(), "registered", ago(100))
    worked_out(coordinator, [area], ago(3), known=False)
    later(KEPT.days - 1)
    work_out_past_days()
    assert PastDuty.objects.exists()
    later(KEPT.days + 1)
    call_command("work_out_past_days")
    assert (PastDay.objects.count(), PastCase.objects.count(), PastDuty.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(("known", "on"), list(product(BOTH, [1, 400])))
def test_an_area_without_cases_then_has_a_day_with_none(coordinator: User, known: bool, on: int) -> None:
    then = worked_out(coordinator, [make_area()], ago(on), known=known)
    assert (then.is_ready, then.cases) == (True, 0)
