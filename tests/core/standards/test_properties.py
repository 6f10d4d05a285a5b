"""What must hold for every case, whatever happened on it."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from openmappa.core.standards.duties import Duty, Outcome, duties
from openmappa.core.standards.facts import Fact
from openmappa.core.standards.state import state
from tests.core.standards.cases import FORCES, LATER, PACK, days, facts, histories, without_positions


def judged(given_facts: list[Fact], force: str, as_of: date = LATER, known_on: date | None = None) -> list[Duty]:
    return duties(given_facts, PACK, force=force, as_of=as_of, known_on=known_on)


@given(histories(), FORCES, st.randoms(use_true_random=False))
def test_the_order_in_which_facts_of_different_days_are_given_changes_nothing(
    history: list[Fact], force: str, random: st.DataObject
) -> None:
    one_a_day = list({fact.on: fact for fact in history}.values())
    shuffled = one_a_day.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert without_positions(judged(one_a_day, force), one_a_day) == without_positions(
        judged(shuffled, force), shuffled
    )


@given(histories(), FORCES, days(), facts(), st.integers(1, 40))
def test_a_fact_after_a_day_changes_no_duty_as_of_that_day(
    history: list[Fact], force: str, day: date, fact: Fact, later: int
) -> None:
    after = fact._replace(on=day + timedelta(days=later))
    assert judged([*history, after], force, day) == judged(history, force, day)


@given(histories(), FORCES, days())
def test_every_duty_has_exactly_one_outcome_and_days_that_fit_it(history: list[Fact], force: str, day: date) -> None:
    for duty in judged(history, force, day):
        outcome = duty.outcome(day)
        assert (outcome in (Outcome.MET, Outcome.MET_LATE)) == (duty.met_on is not None)
        assert (outcome in (Outcome.LAPSED, Outcome.MISSED)) == (duty.closed_on is not None)
        assert (outcome in (Outcome.DUE, Outcome.OVERDUE)) == (duty.met_on is None and duty.closed_on is None)
        assert all(duty.opened_on <= end <= day for end in (duty.met_on, duty.closed_on) if end is not None)


@settings(deadline=None)
@given(histories(12), FORCES, st.randoms(use_true_random=False))
def test_facts_recorded_one_at_a_time_in_any_order_leave_the_duties_of_all_at_once(
    history: list[Fact], force: str, random: st.DataObject
) -> None:
    one_a_day = list({fact.on: fact for fact in history}.values())
    recorded: list[Fact] = []
    order = one_a_day.copy()
    random.shuffle(order)  # type: ignore[attr-defined]
    found = judged(recorded, force)
    for fact in order:
        recorded.append(fact)
        found = judged(recorded, force)
    assert without_positions(found, recorded) == without_positions(judged(one_a_day, force), one_a_day)


@given(histories(), FORCES, days(), days())
def test_known_on_shows_nothing_that_was_written_down_later(
    history: list[Fact], force: str, as_of: date, known_on: date
) -> None:
    then = [fact for fact in history if fact.recorded_on <= known_on]
    found = judged(history, force, as_of, known_on)
    assert without_positions(found, history) == without_positions(judged(then, force, as_of), then)
    starts = [history[duty.because_position] for duty in found if duty.because_position is not None]
    assert all(fact.recorded_on <= known_on for fact in starts)
    assert all(fact.recorded_on <= known_on for fact in state(history, as_of, known_on).since.values())


@given(histories(), FORCES)
def test_duties_are_sorted_by_standard_opening_due_date_and_place_of_the_starting_fact(
    history: list[Fact], force: str
) -> None:
    places = [
        (duty.standard, duty.opened_on, duty.due_on, duty.because_position or 0) for duty in judged(history, force)
    ]
    assert places == sorted(places)


@given(histories(), FORCES)
def test_one_standard_has_one_cycle_open_at_a_time(history: list[Fact], force: str) -> None:
    cycles = {standard.id for standard in PACK.standards if standard.clock == "every"}
    open_now = [duty.standard for duty in judged(history, force) if duty.met_on is None and duty.closed_on is None]
    assert all(open_now.count(standard) <= 1 for standard in cycles)
