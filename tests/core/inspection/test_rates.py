"""Ratios of rates between groups, and how sure they are."""

from math import isclose, log, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmappa.core.inspection.proportions import Proportion
from openmappa.core.inspection.rates import Ratio, disproportion, published_ratio, ratio
from tests.core.inspection.library import GIVEN

SOME = st.integers(1, 200).flatmap(lambda n: st.builds(Proportion, st.integers(0, n), st.just(n)))


def found(group: tuple[int, int], against: tuple[int, int]) -> Ratio:
    """The ratio of two groups that have one."""
    made = ratio(Proportion(*group), Proportion(*against))
    assert made is not None
    return made


def test_koopmans_own_example_36_of_40_beside_16_of_80() -> None:
    """Koopman (1984): 4.5, from 2.94 to 7.15."""
    made = found((36, 40), (16, 80))
    assert made.high is not None
    assert (made.estimate, round(made.low, 2), round(made.high, 2)) == (4.5, 2.94, 7.15)
    assert made.words == ("4.5 times as often; the interval goes from 2.9 to 7.2: chance alone would hardly give this.")


@pytest.mark.parametrize("each", GIVEN["ratios"])
def test_the_interval_is_the_score_interval_of_statsmodels(each: dict[str, tuple[int, int]]) -> None:
    made = found(each["group"], each["against"])
    assert isclose(made.low, each["low"], rel_tol=1e-6)  # type: ignore[arg-type]  # a number
    assert isclose(made.high or 0, each["high"], rel_tol=1e-6)  # type: ignore[arg-type]  # a number


def test_where_a_group_has_none_the_interval_starts_at_0_and_where_the_other_has_none_it_has_no_end() -> None:
    none, endless = found((0, 20), (5, 200)), found((5, 20), (0, 50))
    assert (none.estimate, none.low, round(none.high or 0, 2)) == (0, 0, 6.93)
    assert none.words == "0.0 times as often; the interval goes from 0.0 to 6.9: this may be chance alone."
    assert (endless.estimate, round(endless.low, 2), endless.high, endless.is_clear) == (None, 3.41, None, True)
    assert (
        endless.words == "The other group has none, so there is no ratio; the interval goes from 3.4 to without limit."
    )


def test_where_all_of_both_are_counted_1_is_held_and_the_interval_ends_where_the_score_test_does() -> None:
    """By hand: if the ratio were 1.077, all 50 make 0.929 most likely; 1 less 1.077 is 1.96 deviations below nought."""
    made = found((20, 20), (50, 50))
    assert made.high is not None
    assert (made.estimate, round(made.low, 3), round(made.high, 3), made.is_clear) == (1, 0.839, 1.077, False)


def test_20_of_20_beside_30_of_50_starts_where_the_score_reaches_its_limit_and_not_before() -> None:
    found = ratio(Proportion(20, 20), Proportion(30, 50))
    assert found is not None
    assert isclose(_score(found.low, 20, 20, 30, 50), 1.959964, abs_tol=0.001)
    assert isclose(_score(1.40, 20, 20, 30, 50), 1.79, abs_tol=0.005)


def _score(ratio: float, k: int, n: int, against_k: int, against_n: int) -> float:
    """Koopman's score at a ratio, the likeliest rates looked for on a fine grid."""
    tried = ((part / 200_000) / max(ratio, 1.0) for part in range(1, 200_000))
    rate = max(tried, key=lambda q: _likelihood(k, n, ratio * q) + _likelihood(against_k, against_n, q))
    pairs = ((k, n, ratio * rate), (against_k, against_n, rate))
    return sqrt(sum((found - of * p) ** 2 / (of * p * (1 - p)) for found, of, p in pairs))


def _likelihood(k: int, n: int, rate: float) -> float:
    return k * log(rate) + (n - k) * log(1 - rate)


def test_of_nought_cases_or_where_neither_has_any_there_is_no_ratio() -> None:
    assert ratio(Proportion(0, 0), Proportion(1, 2)) is None
    assert ratio(Proportion(1, 2), Proportion(0, 0)) is None
    assert ratio(Proportion(0, 9), Proportion(0, 7)) is None


@given(SOME, SOME)
@settings(deadline=None)
def test_the_interval_holds_the_ratio_and_turns_over_with_its_two_sides(group: Proportion, against: Proportion) -> None:
    made, turned = ratio(group, against), ratio(against, group)
    if made is None or turned is None:
        assert group.k == against.k == 0
        return
    if made.estimate is not None:
        assert made.low <= made.estimate * (1 + 1e-9)
        assert made.high is not None
        assert made.estimate <= made.high * (1 + 1e-9)
    if made.low and turned.high is not None:
        assert isclose(made.low, 1 / turned.high, rel_tol=1e-6)
    assert (made.low == 0) == (turned.high is None) == (group.k == 0)


@given(SOME, SOME)
@settings(deadline=None)
def test_more_confidence_takes_a_wider_interval(group: Proportion, against: Proportion) -> None:
    narrow, wide = ratio(group, against, 0.9), ratio(group, against, 0.99)
    if narrow is not None and wide is not None:
        assert wide.low <= narrow.low
        assert (narrow.high is None) == (wide.high is None)
        assert narrow.high is None or wide.high is None or narrow.high <= wide.high


def test_every_group_is_set_against_the_one_that_is_named() -> None:
    groups = {
        "White": Proportion(30, 300),
        "Black": Proportion(12, 60),
        "Asian": Proportion(4, 40),
        "none": Proportion(0, 0),
    }
    made = disproportion(groups, "White")
    assert list(made) == ["Black", "Asian", "none"]
    assert [each.estimate if each else None for each in made.values()] == [2, 1, None]
    assert [each.is_clear if each else None for each in made.values()] == [True, False, None]


def test_a_group_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="There is no group “Mixed” to set the others against; there are White, Black"):
        disproportion({"White": Proportion(1, 2), "Black": Proportion(1, 2)}, "Mixed")


def test_a_ratio_with_a_count_under_five_behind_it_does_not_leave_the_service() -> None:
    assert published_ratio(Proportion(4, 40), Proportion(30, 300)) is None
    assert published_ratio(Proportion(12, 60), Proportion(297, 300)) is None
    assert published_ratio(Proportion(12, 60), Proportion(30, 300)) == found((12, 60), (30, 300))
