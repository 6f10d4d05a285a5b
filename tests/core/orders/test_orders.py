"""Civil orders: which could be made when and for how long, how one stands on a day, and what cannot follow."""

from datetime import date

import pytest

from openmappa.core.orders.breach import BreachDays, breach_problems, was_in_force
from openmappa.core.orders.kinds import KINDS
from openmappa.core.orders.life import Happened, Stands, Step, possible_next, step_problems, stood

SOPO, TRAVEL, NOTIFICATION = KINDS["sopo"], KINDS["foreign_travel_order"], KINDS["notification_order"]
TODAY = date(2012, 1, 1)
LINES = ("Not to be alone with a child.",)
APPLIED = Happened(Step.APPLIED, date(2005, 1, 10))
INTERIM = Happened(Step.INTERIM, date(2005, 2, 1), date(2005, 3, 31), lines=("Not to enter Sample Park.",))
MADE = Happened(Step.MADE, date(2005, 3, 14), date(2010, 3, 13), lines=LINES)
OPEN = Happened(Step.MADE, date(2005, 3, 14), open_ended=True, lines=LINES)


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        ("sex_offender_order", date(1998, 12, 1), date(2004, 4, 30)),
        ("restraining_order", date(2001, 6, 1), date(2004, 4, 30)),
        ("sopo", date(2004, 5, 1), date(2015, 3, 7)),
        ("rsho", date(2004, 5, 1), date(2015, 3, 7)),
        ("foreign_travel_order", date(2004, 5, 1), date(2015, 3, 7)),
        ("notification_order", date(2004, 5, 1), None),
        ("shpo", date(2015, 3, 8), None),
        ("sro", date(2015, 3, 8), None),
    ],
)
def test_each_kind_is_of_the_law_of_its_day(kind: str, first: date, last: date | None) -> None:
    found = KINDS[kind]
    assert (found.from_on, found.until_on) == (first, last)
    assert found.could_be_made_on(first) and not found.could_be_made_on(date(first.year - 1, 12, 31))
    assert found.could_be_made_on(date(2026, 1, 1)) is (last is None)


def test_every_kind_has_its_sources_and_says_which_were_checked() -> None:
    assert all(kind.law and kind.statements for kind in KINDS.values())
    assert all(said.words and said.source for kind in KINDS.values() for said in kind.statements)
    checked = {said.is_checked for said in SOPO.statements}
    assert checked == {True, False}, "the five years of section 107 are from general knowledge"


def test_a_sopo_applied_for_by_the_last_day_could_be_made_later() -> None:
    later = date(2015, 6, 1)
    assert SOPO.could_be_made_on(later, applied_on=date(2015, 3, 7))
    assert not SOPO.could_be_made_on(later, applied_on=date(2015, 3, 8))
    assert not SOPO.could_be_made_on(later)


def test_a_sopo_is_made_for_five_years_at_least_and_an_rsho_for_two() -> None:
    assert SOPO.earliest_end(date(2005, 3, 14)) == date(2010, 3, 13)
    assert KINDS["rsho"].earliest_end(date(2005, 3, 14)) == date(2007, 3, 13)
    assert (SOPO.latest_end(date(2005, 3, 14)), NOTIFICATION.earliest_end(date(2005, 3, 14))) == (None, None)


def test_a_foreign_travel_order_lasts_six_months_at_most_and_from_april_2010_five_years() -> None:
    assert TRAVEL.latest_end(date(2010, 3, 31)) == date(2010, 9, 30)
    assert TRAVEL.latest_end(date(2010, 4, 1)) == date(2015, 4, 1)


def test_an_order_goes_from_application_over_an_interim_one_to_its_end() -> None:
    steps = [APPLIED, INTERIM, MADE]
    stands = {
        date(2005, 1, 9): None,
        date(2005, 1, 10): Stands.APPLIED,
        date(2005, 2, 1): Stands.INTERIM,
        date(2005, 3, 14): Stands.IN_FORCE,
        date(2010, 3, 13): Stands.IN_FORCE,
        date(2010, 3, 14): Stands.ENDED,
    }
    assert {day: found.stands if (found := stood(steps, day)) else None for day in stands} == stands


def test_an_interim_order_that_ended_leaves_the_application() -> None:
    state = stood([APPLIED, INTERIM], date(2005, 4, 1))
    assert state is not None
    assert (state.stands, state.since, state.in_force) == (Stands.APPLIED, date(2005, 4, 1), False)
    discharged = stood([APPLIED, INTERIM, Happened(Step.DISCHARGED, date(2005, 2, 20))], date(2005, 2, 20))
    assert discharged is not None and discharged.stands is Stands.APPLIED


def test_what_is_prohibited_is_that_of_the_last_variation_and_a_renewal_keeps_it() -> None:
    varied = Happened(Step.VARIED, date(2006, 1, 1), lines=("Not to use the internet.",))
    renewed = Happened(Step.RENEWED, date(2009, 1, 1), open_ended=True)
    state = stood([MADE, varied, renewed], TODAY)
    assert state is not None
    assert (state.lines, state.until_on, state.open_ended) == (("Not to use the internet.",), None, True)
    assert (state.since, state.stands) == (date(2005, 3, 14), Stands.IN_FORCE)
    only_varied = stood([MADE, varied], date(2007, 1, 1))
    assert only_varied is not None and only_varied.until_on == date(2010, 3, 13)


@pytest.mark.parametrize(
    ("step", "stands"),
    [
        (Step.DISCHARGED, Stands.DISCHARGED),
        (Step.REFUSED, Stands.REFUSED),
        (Step.WITHDRAWN, Stands.WITHDRAWN),
    ],
)
def test_an_order_that_is_over_stays_so_and_nothing_follows(step: Step, stands: Stands) -> None:
    first = [MADE] if step is Step.DISCHARGED else [APPLIED]
    state = stood([*first, Happened(step, date(2006, 1, 1))], TODAY)
    assert state is not None
    assert (state.stands, state.in_force, possible_next(SOPO, state)) == (stands, False, ())


def test_an_order_ends_soon_within_three_months_of_its_last_day() -> None:
    def soon(steps: list[Happened], day: date) -> bool:
        state = stood(steps, day)
        return state is not None and state.ends_soon(day)

    assert not soon([MADE], date(2009, 12, 12))
    assert soon([MADE], date(2009, 12, 13)) and soon([MADE], date(2010, 3, 13))
    assert not soon([MADE], date(2010, 3, 14)), "it has ended"
    assert not soon([OPEN], date(2010, 3, 13)), "until further order"


def test_what_can_follow_depends_on_how_it_stands() -> None:
    assert possible_next(SOPO, None) == (Step.APPLIED, Step.MADE)
    applied = (Step.MADE, Step.INTERIM, Step.REFUSED, Step.WITHDRAWN)
    assert possible_next(SOPO, stood([APPLIED], TODAY)) == applied
    assert Step.INTERIM not in possible_next(TRAVEL, stood([APPLIED], TODAY))
    assert Step.RENEWED in possible_next(SOPO, stood([APPLIED, INTERIM], date(2005, 3, 1)))
    assert possible_next(SOPO, stood([OPEN], TODAY)) == (Step.VARIED, Step.RENEWED, Step.DISCHARGED)


def wrong(earlier: list[Happened], new: Happened, kind: str = "sopo") -> dict[str, str]:
    return step_problems(KINDS[kind], earlier, new, TODAY)


def test_a_right_step_has_no_problem() -> None:
    assert wrong([], APPLIED) == wrong([APPLIED], INTERIM) == wrong([APPLIED, INTERIM], MADE) == wrong([], OPEN) == {}
    notified = Happened(Step.MADE, date(2005, 3, 14), open_ended=True)
    assert wrong([], notified, "notification_order") == {}
    assert wrong([MADE], Happened(Step.RENEWED, date(2010, 1, 1), date(2011, 3, 13))) == {}
    assert wrong([APPLIED, INTERIM], Happened(Step.RENEWED, date(2005, 3, 30), date(2005, 4, 30))) == {}


@pytest.mark.parametrize(
    ("earlier", "new", "kind", "problems"),
    [
        ([], Happened(Step.APPLIED, date(2012, 1, 2)), "sopo", {"on": "The day must be today or in the past"}),
        (
            [APPLIED],
            Happened(Step.MADE, date(2005, 1, 9), open_ended=True, lines=LINES),
            "sopo",
            {"on": "The day must not be before 10 January 2005, the day of what came last: Applied for"},
        ),
        (
            [],
            Happened(Step.VARIED, date(2006, 1, 1), lines=LINES),
            "sopo",
            {"": "“Varied” cannot follow: on 1 January 2006 no step of it is recorded."},
        ),
        (
            [MADE],
            Happened(Step.RENEWED, date(2010, 3, 14), date(2015, 3, 14)),
            "sopo",
            {"": "“Renewed” cannot follow: on 14 March 2010 it stood as “Ended”."},
        ),
        (
            [],
            Happened(Step.APPLIED, date(2004, 4, 30)),
            "sopo",
            {"on": "The law has had this order only since 1 May 2004. Was it another kind?"},
        ),
        (
            [],
            Happened(Step.APPLIED, date(2004, 5, 1)),
            "sex_offender_order",
            {"on": "This order could be applied for until 30 April 2004. Was it another kind, or applied for earlier?"},
        ),
        (
            [],
            Happened(Step.MADE, date(2005, 3, 14), date(2010, 3, 12), lines=LINES),
            "sopo",
            {"until_on": "This order lasts at least 5 years: until 13 March 2010 or later"},
        ),
        (
            [],
            Happened(Step.MADE, date(2005, 3, 14), date(2005, 9, 15), lines=LINES),
            "foreign_travel_order",
            {"until_on": "Made on that day, this order lasts until 14 September 2005 at the latest"},
        ),
        (
            [],
            Happened(Step.MADE, date(2005, 3, 14), open_ended=True, lines=LINES),
            "foreign_travel_order",
            {"until_on": "This order has a last day: enter it"},
        ),
        (
            [],
            Happened(Step.MADE, date(2005, 3, 14), lines=LINES),
            "sopo",
            {"until_on": "Enter the last day of the order"},
        ),
        (
            [],
            Happened(Step.MADE, date(2005, 3, 14), date(2005, 3, 13), lines=LINES),
            "sopo",
            {"until_on": "The last day must not be before the day on which it was made"},
        ),
        (
            [APPLIED],
            Happened(Step.INTERIM, date(2005, 2, 1), open_ended=True, lines=LINES),
            "sopo",
            {"until_on": "An interim order has a last day: enter it"},
        ),
        (
            [MADE],
            Happened(Step.RENEWED, date(2009, 1, 1), date(2010, 3, 13)),
            "sopo",
            {"until_on": "A renewed order must end later than it did: after 13 March 2010"},
        ),
        (
            [],
            Happened(Step.MADE, date(2005, 3, 14), open_ended=True),
            "sopo",
            {"lines": "Enter what the order prohibits or requires, one to a line"},
        ),
    ],
)
def test_a_wrong_step_is_told_at_its_field(
    earlier: list[Happened], new: Happened, kind: str, problems: dict[str, str]
) -> None:
    assert wrong(earlier, new, kind) == problems


def test_an_order_is_in_force_on_the_day_that_it_ends() -> None:
    ended = [MADE, Happened(Step.DISCHARGED, date(2006, 5, 2))]
    assert was_in_force(ended, date(2006, 5, 2)) and not was_in_force(ended, date(2006, 5, 3))
    assert was_in_force([MADE], date(2010, 3, 13)) and not was_in_force([MADE], date(2010, 3, 14))
    assert not was_in_force([MADE], date(2005, 3, 13))


BREACH = BreachDays(date(2006, 5, 2), date(2006, 5, 4), date(2006, 6, 1), date(2006, 9, 1))


def test_a_breach_says_where_it_stands() -> None:
    on, told = date(2006, 5, 2), date(2006, 5, 4)
    assert [
        BreachDays(on, told).words,
        BreachDays(on, told, told).words,
        BreachDays(on, told, dropped_on=told).words,
        BREACH.words,
    ] == ["Reported", "Charged", "No further action", "Convicted"]
    assert breach_problems([MADE], BREACH, TODAY) == breach_problems([MADE], BreachDays(on, told), TODAY) == {}


@pytest.mark.parametrize(
    ("days", "problems"),
    [
        (
            BreachDays(date(2005, 3, 1), date(2005, 3, 2)),
            {"on": "The order was not in force on 1 March 2005"},
        ),
        (
            BreachDays(date(2006, 5, 2), date(2006, 5, 1)),
            {"reported_on": "It cannot have been reported before it happened"},
        ),
        (
            BreachDays(date(2006, 5, 2), date(2006, 5, 4), date(2006, 5, 3)),
            {"charged_on": "The charge must not be before the report"},
        ),
        (
            BreachDays(date(2006, 5, 2), date(2006, 5, 4), None, date(2006, 9, 1)),
            {"charged_on": "Enter the day of the charge as well"},
        ),
        (
            BreachDays(date(2006, 5, 2), date(2006, 5, 4), date(2006, 9, 2), date(2006, 9, 1)),
            {"convicted_on": "The conviction must not be before the charge"},
        ),
        (
            BreachDays(date(2006, 5, 2), date(2006, 5, 4), date(2006, 6, 1), date(2006, 9, 1), date(2006, 9, 1)),
            {"dropped_on": "It ended in a conviction or without further action, not in both"},
        ),
        (
            BreachDays(date(2006, 5, 2), date(2006, 5, 4), dropped_on=date(2006, 5, 3)),
            {"dropped_on": "It cannot have ended before it was reported"},
        ),
        (
            BreachDays(date(2006, 5, 2), date(2012, 1, 2)),
            {"reported_on": "The day must be today or in the past"},
        ),
    ],
)
def test_days_of_a_breach_that_cannot_be_are_told_at_their_fields(days: BreachDays, problems: dict[str, str]) -> None:
    assert breach_problems([MADE], days, TODAY) == problems
