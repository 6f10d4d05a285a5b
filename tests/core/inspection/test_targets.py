"""A count beside its target: met, near, below, or not to be told apart, and never more than the interval bears out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmappa.core.inspection.proportions import Proportion
from openmappa.core.inspection.targets import Aim, Light, light

AIMS = st.integers(1, 100).flatmap(lambda high: st.builds(Aim, st.just(high), st.integers(1, high)))
FOUND = st.integers(1, 3000).flatmap(lambda n: st.builds(Proportion, st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("k", "n", "percent", "near_from", "expected"),
    [
        (8, 9, 95, 90, Light.OPEN),  # 89% of nine says little: the interval goes from 56% to 98%
        (960, 1000, 95, 90, Light.OPEN),  # 96%, and from 94.6% chance alone could give it
        (980, 1000, 95, 90, Light.MET),
        (930, 1000, 95, 90, Light.NEAR),
        (900, 1000, 95, 90, Light.NEAR),  # the lower percentage itself is near
        (899, 1000, 95, 90, Light.BELOW),
        (930, 1000, 95, 95, Light.BELOW),  # with nothing near, all below is below
        (46, 46, 100, 95, Light.MET),  # of a target of all, all was met
        (45, 46, 100, 95, Light.NEAR),
        (0, 46, 100, 95, Light.BELOW),
        (46, 46, 95, 90, Light.OPEN),  # the interval begins at 92%
    ],
)
def test_a_count_stands_to_its_target_as_its_interval_bears_out(
    k: int, n: int, percent: int, near_from: int, expected: Light
) -> None:
    assert light(Proportion(k, n), Aim(percent, near_from)) is expected


def test_nothing_counted_is_neither_met_nor_missed() -> None:
    assert light(Proportion(0, 0), Aim(90, 80)) is None


@given(FOUND, AIMS)
def test_below_and_near_are_said_only_where_the_interval_leaves_the_target_out(found: Proportion, aim: Aim) -> None:
    said, interval = light(found, aim), found.interval
    assert interval is not None
    assert (said in (Light.NEAR, Light.BELOW)) == (interval.high < aim.percent / 100)
    if said is Light.OPEN:
        assert interval.holds(aim.percent / 100)
    if said is Light.MET:
        assert found.k * 100 >= aim.percent * found.n


@given(FOUND, AIMS)
def test_one_more_on_time_never_makes_it_worse(found: Proportion, aim: Aim) -> None:
    order = [Light.BELOW, Light.NEAR, Light.OPEN, Light.MET]
    if found.k < found.n:
        now, then = light(found, aim), light(Proportion(found.k + 1, found.n), aim)
        assert now is not None and then is not None
        assert order.index(then) >= order.index(now)


@pytest.mark.parametrize(("percent", "near_from"), [(0, 0), (101, 50), (50, 51), (50, 0)])
def test_a_target_that_makes_no_sense_is_refused_with_both_numbers(percent: int, near_from: int) -> None:
    with pytest.raises(ValueError, match=f"{percent}% that is near from {near_from}%"):
        Aim(percent, near_from)


def test_every_light_has_words_of_its_own() -> None:
    assert len({each.words for each in Light}) == len(Light)
