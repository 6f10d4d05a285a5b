"""What the examples do not show: several packs, keys, changes within a day, days without end."""

from dataclasses import replace
from datetime import date

import pytest

from openmappa.core.packs.model import Allowance, ClockKind, Match, Of, Pack, Standard, Unit
from openmappa.core.standards.clocks import UnknownForce
from openmappa.core.standards.duties import Duty, Outcome, duties
from openmappa.core.standards.facts import Fact
from openmappa.core.standards.state import state
from tests.core.standards.cases import PACK, on

NEW_YEAR = date(2005, 1, 1)


def later_pack(**weeks: int) -> Pack:
    """The same pack from 1 January 2005, with other numbers of weeks."""
    standards = tuple(
        replace(one, allowed=Allowance(Unit.WEEKS, weeks[one.id.replace("-", "_")]), source="new")
        if one.id.replace("-", "_") in weeks
        else one
        for one in PACK.standards
    )
    return replace(PACK, name="later", standards=standards, in_force_from=NEW_YEAR)


def earlier_pack() -> Pack:
    return replace(PACK, in_force_until=date(2004, 12, 31))


def of(
    standard: str, facts: list[Fact], pack: Pack | tuple[Pack, ...] = PACK, *, force: str = "A", as_of: date
) -> list[Duty]:
    found = duties(facts, pack, force=force, as_of=as_of)
    return [duty for duty in found if duty.standard == standard]


def test_a_cycle_keeps_the_standard_it_opened_under_and_the_next_is_judged_by_the_new_one() -> None:
    packs = (earlier_pack(), later_pack(plan_review=8))
    facts = [on("2004-12-01", "order_started", order="licence"), on("2005-02-01", "plan_reviewed")]
    first, second = of("plan-review", facts, packs, as_of=date(2005, 3, 1))
    assert (first.due_on, first.met_on, first.source) == (date(2005, 3, 23), date(2005, 2, 1), "6.7")
    assert (second.opened_on, second.due_on, second.source) == (date(2005, 2, 1), date(2005, 3, 29), "new")
    assert (second.because_kind, second.because_position) == ("plan_reviewed", 1)


def test_a_once_clock_is_judged_by_the_pack_in_force_when_it_starts() -> None:
    packs = (earlier_pack(), later_pack(isp_start=1))
    facts = [on("2004-12-31", "order_started", order="licence"), on("2005-01-01", "order_started", order="licence")]
    assert [duty.due_on for duty in of("isp-start", facts, packs, as_of=date(2005, 2, 1))] == [
        date(2005, 1, 24),
        date(2005, 1, 8),
    ]


def test_a_cycle_that_only_the_new_pack_asks_for_opens_on_its_first_day() -> None:
    old = replace(earlier_pack(), standards=tuple(one for one in PACK.standards if one.id != "plan-review"))
    facts = [on("2004-06-01", "order_started", order="licence")]
    (duty,) = of("plan-review", facts, (old, later_pack(plan_review=8)), as_of=date(2005, 3, 1))
    assert (duty.opened_on, duty.because_kind, duty.because_on) == (NEW_YEAR, "condition", NEW_YEAR)
    assert of("plan-review", facts, (old, later_pack(plan_review=8)), as_of=date(2004, 12, 31)) == []


def test_a_fact_on_the_first_day_of_a_pack_is_judged_by_it() -> None:
    facts = [on("2005-01-01", "order_started", order="licence"), on("2005-02-01", "plan_reviewed")]
    found = of("plan-review", facts, (earlier_pack(), later_pack(plan_review=8)), as_of=date(2005, 2, 2))
    assert [duty.source for duty in found] == ["new", "new"]


def test_nothing_starts_after_the_last_day_of_a_pack() -> None:
    facts = [on("2005-01-01", "order_started", order="licence"), on("2005-02-01", "registered")]
    assert duties(facts, (earlier_pack(),), force="A", as_of=date(2005, 3, 1)) == []


def test_one_pack_judges_everything_whatever_its_dates() -> None:
    facts = [on("2005-02-01", "order_started", order="licence")]
    assert len(of("plan-review", facts, earlier_pack(), as_of=date(2005, 3, 1))) == 1


def test_a_standard_may_be_met_by_one_kind_of_fact_in_two_ways() -> None:
    met_by = (
        Match("oasys_completed", (("stage", frozenset({"start"})),)),
        Match("oasys_completed", (("harm", frozenset({"low"})),)),
    )
    start = PACK.standard("oasys-start")
    pack = replace(PACK, standards=(replace(start, met_by=met_by),))
    facts = [on("2004-03-01", "order_started", order="licence"), on("2004-03-09", "oasys_completed", stage="start")]
    assert [duty.met_on for duty in of("oasys-start", facts, pack, as_of=date(2004, 4, 1))] == [date(2004, 3, 9)]


def test_a_change_that_is_taken_back_the_same_day_is_no_change() -> None:
    facts = [
        on("2004-03-01", "registered"),
        on("2004-04-01", "custody_started"),
        on("2004-04-01", "custody_ended"),
        on("2004-05-01", "harm_level_set", level="low"),
        on("2004-05-02", "harm_level_set", level="high"),
        on("2004-05-02", "harm_level_set", level="low"),
    ]
    assert len(of("initial-notification", facts, as_of=date(2004, 6, 1))) == 1
    assert of("risk-change-police", facts, as_of=date(2004, 6, 1)) == []


def test_a_change_is_put_down_to_the_last_fact_of_the_day_that_made_it() -> None:
    facts = [
        on("2004-05-01", "harm_level_set", level="low"),
        on("2004-05-02", "harm_level_set", level="high"),
        on("2004-05-02", "oasys_completed", stage="review"),
        on("2004-05-02", "oasys_completed", stage="review", harm="high"),
    ]
    (duty,) = of("risk-change-police", facts, as_of=date(2004, 6, 1))
    assert (duty.because_kind, duty.because_position) == ("harm_level_set", 1)


def test_an_action_due_before_it_was_agreed_is_overdue_at_once_and_late_when_done_the_same_day() -> None:
    agreed = on("2004-03-10", "action_agreed", action="A1", due_on=date(2004, 3, 1), service="police")
    (duty,) = of("mappa-action", [agreed], as_of=date(2004, 3, 10))
    assert (duty.of, duty.outcome(date(2004, 3, 10))) == ("police", Outcome.OVERDUE)
    done = [on("2004-03-10", "action_completed", action="A1"), agreed]
    (duty,) = of("mappa-action", done, as_of=date(2004, 3, 10))
    assert duty.outcome(date(2004, 3, 10)) is Outcome.MET_LATE


def test_a_standard_without_an_interval_where_it_starts_opens_nothing() -> None:
    once = Standard(
        "visit-once", "Visit", Of("police_officer"), ClockKind.ONCE, Allowance(Unit.TABLE, name="visit-interval"),
        (Match("home_visit"),), "Table 1", starts_on=Match("rm2000_completed"),
    )  # fmt: skip
    pack = replace(PACK, standards=(once,))
    scored = [on("2004-03-01", "rm2000_completed", band="low", rank="constable")]
    assert duties(scored, pack, force="B", as_of=date(2004, 6, 1)) == []
    assert [duty.due_on for duty in duties(scored, pack, force="E", as_of=date(2004, 6, 1))] == [date(2005, 3, 1)]


def test_a_force_that_the_table_does_not_know_is_refused_by_name() -> None:
    with pytest.raises(UnknownForce, match=r"The force 'Z' has no visit policy in this pack. It knows: A, B, C, D, E."):
        duties([], PACK, force="Z", as_of=NEW_YEAR)


def test_a_pack_without_tables_takes_any_force() -> None:
    pack = replace(
        PACK, tables={}, standards=tuple(one for one in PACK.standards if one.allowed.unit is not Unit.TABLE)
    )
    assert duties([], pack, force="Z", as_of=NEW_YEAR) == []


def test_the_last_day_there_is_can_be_judged_and_reached() -> None:
    facts = [
        on("9999-12-30", "order_started", order="licence"),
        on("9999-12-30", "registered"),
        on("9999-12-30", "rm2000_completed", band="low", rank="constable"),
        on("9999-12-30", "visit_interval_set", months=10**12),
    ]
    assert {duty.due_on for duty in duties(facts, PACK, force="A", as_of=date.max)} == {date.max}


def test_the_state_says_which_fact_left_each_field_as_it_is() -> None:
    facts = [
        on("2004-03-01", "order_started", order="licence", ends=date(2005, 3, 1)),
        on("2004-03-05", "oasys_completed", stage="start", harm="high"),
        on("2004-06-05", "oasys_completed", stage="review"),
        on("2004-07-01", "mappa_level_set", "2004-07-09", level=2, category=1),
    ]
    now = state(facts, date(2004, 12, 31))
    assert (now.supervised, now.order, now.order_ends, now.harm) == (True, "licence", date(2005, 3, 1), "high")
    assert (now.mappa_level, now.mappa_category, now.band) == (2, 1, None)
    assert now.since["harm"] is facts[1]
    assert state(facts, date(2004, 12, 31), known_on=date(2004, 7, 8)).mappa_level is None
    assert "band" not in now.since
