"""Chance from a seed, and quotas dealt like cards."""

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from openmappa.core.synthetic.days import Calendar
from openmappa.core.synthetic.dealing import Dice, deal, quota
from openmappa.core.synthetic.shape import Figure, Span
from tests.core.synthetic.samples import SHAPE

LEVELS = SHAPE.figures["mappa_level"]
DELAYS = SHAPE.figures["rm2000_delay"]


def no_room(hand: int) -> int:
    raise AssertionError("nobody asked for room")


def test_of_a_hundred_cases_fourteen_seventy_two_and_fourteen_get_the_levels_that_add_up_to_101() -> None:
    assert Counter(quota(LEVELS, 101, 0.5)) == {"1": 14, "2": 73, "3": 14}


@given(count=st.integers(1, 300), offset=st.floats(0, 1, exclude_max=True), figure=st.sampled_from([LEVELS, DELAYS]))
def test_every_answer_is_dealt_as_often_as_its_share_says_to_within_one(
    count: int, offset: float, figure: Figure
) -> None:
    dealt = Counter(quota(figure, count, offset))
    assert all(abs(dealt[answer] - share * count) <= 1 for answer, share in figure.shares)
    assert dealt.total() == count


@given(seed=st.integers(), count=st.integers(0, 60))
def test_every_hand_gets_one_answer(seed: int, count: int) -> None:
    dealt = deal(Dice(seed), LEVELS, 0.3, range(count), no_room)
    assert sorted(hand for hand, _ in dealt) == list(range(count))


def test_a_delay_of_over_three_months_goes_to_those_registered_for_285_days() -> None:
    registered_for = [10] * 50 + [300] * 50
    dealt = deal(Dice(1), DELAYS, 0.0, range(100), lambda hand: registered_for[hand])
    late = [hand for hand, answer in dealt if answer == "over_three_months"]
    assert len(late) == 18
    assert {registered_for[hand] for hand in late} == {300}


def test_where_nobody_has_room_the_answer_goes_to_whoever_has_most() -> None:
    dealt = deal(Dice(1), DELAYS, 0.0, range(10), lambda hand: hand)
    assert dict(dealt)[9] == "over_three_months"


def test_the_same_seed_rolls_the_same_and_another_does_not() -> None:
    assert [Dice(7, "a").roll(), Dice(7, "a").roll()] == [0.9733080591306875, 0.9733080591306875]
    assert Dice(7, "a").roll() != Dice(8, "a").roll()


def test_dice_keep_to_their_range() -> None:
    dice = Dice("range")
    assert {dice.between(3, 5) for _ in range(200)} == {3, 4, 5}
    assert {dice.within(Span(-1, 1, working=False)) for _ in range(200)} == {-1, 0, 1}
    assert {dice.one_of("abc") for _ in range(200)} == {"a", "b", "c"}
    assert {dice.answer(LEVELS) for _ in range(400)} == {"1", "2", "3"}
    assert sorted(dice.shuffled([3, 1, 2])) == [1, 2, 3]


def test_working_days_skip_good_friday_and_easter_monday_of_2005() -> None:
    calendar = Calendar(date(2005, 3, 1).toordinal(), date(2005, 4, 30).toordinal())
    thursday, saturday, tuesday = (date(2005, 3, day).toordinal() for day in (24, 26, 29))
    assert calendar.working_days_after(thursday, 1) == tuesday
    assert calendar.working_days_after(saturday, 0) == tuesday
    assert calendar.after(thursday, Span(1, 1, working=True), 1) == tuesday
    assert calendar.after(thursday, Span(1, 1, working=False), 1) == thursday + 1
    assert calendar.open_day(thursday) == thursday
    assert calendar.date(saturday) == date(2005, 3, 26)
