"""Wilson’s and Newcombe’s intervals against published examples and definitions, and what may leave the service."""

from fractions import Fraction
from math import isclose, sqrt
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmappa.core.inspection.proportions import (
    SMALLEST,
    Interval,
    Proportion,
    difference,
    is_small,
    normal_quantile,
    published,
    published_parts,
    wilson,
)

CLOSE = 0.00005
"""Published values are given to four places."""
COUNTS = st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
OF_SOME = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_values_that_newcombe_1998_published(k: int, n: int, low: float, high: float) -> None:
    found = wilson(k, n)
    assert abs(found.low - low) <= CLOSE
    assert abs(found.high - high) <= CLOSE


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_the_difference_gives_the_values_that_newcombe_1998_published(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    found = difference(Proportion(*first), Proportion(*second))
    assert found is not None
    assert abs(found.interval.low - low) <= CLOSE
    assert abs(found.interval.high - high) <= CLOSE


@pytest.mark.parametrize(
    ("k", "n", "confidence", "low", "high"),
    [
        (0, 1, 0.95, 0.000000000000, 0.793450685623),
        (0, 1, 0.9, 0.000000000000, 0.730134051216),
        (1, 1, 0.95, 0.206549314377, 1.000000000000),
        (1, 1, 0.9, 0.269865948784, 1.000000000000),
        (1, 2, 0.95, 0.094531205734, 0.905468794266),
        (1, 2, 0.9, 0.120866319422, 0.879133680578),
        (3, 7, 0.95, 0.158219855251, 0.749541635472),
        (3, 7, 0.9, 0.186443190364, 0.710522908986),
        (25, 100, 0.95, 0.175452113623, 0.343044635481),
        (25, 100, 0.9, 0.185997923959, 0.327173436432),
        (8, 100, 0.95, 0.041093461484, 0.149981077009),
        (8, 100, 0.9, 0.045663115882, 0.136464769575),
        (32, 100, 0.95, 0.236691473250, 0.416626186105),
        (32, 100, 0.9, 0.248882216608, 0.400601162874),
        (63, 100, 0.95, 0.532205295809, 0.718176394657),
        (63, 100, 0.9, 0.548139384550, 0.705011508047),
        (92, 100, 0.95, 0.850018922991, 0.958906538516),
        (92, 100, 0.9, 0.863535230425, 0.954336884118),
        (74, 100, 0.95, 0.646290105508, 0.815953015353),
        (74, 100, 0.9, 0.662205302241, 0.805150191783),
        (997, 1000, 0.95, 0.991216985946, 0.998979216119),
        (997, 1000, 0.9, 0.992517508698, 0.998800437522),
        (12345, 100000, 0.95, 0.121425617755, 0.125503311161),
        (12345, 100000, 0.9, 0.121749136372, 0.125171238525),
    ],
)
def test_wilson_gives_what_statsmodels_gives(k: int, n: int, confidence: float, low: float, high: float) -> None:
    """``proportion_confint(k, n, 1 - confidence, method="wilson")`` of statsmodels 0.15.0."""
    found = wilson(k, n, confidence)
    assert isclose(found.low, low, abs_tol=1e-11)
    assert isclose(found.high, high, abs_tol=1e-11)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((0, 1), (1, 1), -1.000000000000, 0.122108720682),
        ((3, 7), (5, 9), -0.499079595322, 0.304857911676),
        ((32, 100), (68, 100), -0.477816048391, -0.223349937131),
        ((92, 100), (74, 100), 0.076722646817, 0.281465575763),
        ((997, 1000), (990, 1000), -0.000364100187, 0.015541930072),
        ((12, 15), (14, 40), 0.154301749140, 0.632561311683),
    ],
)
def test_the_difference_gives_what_statsmodels_gives(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    """``confint_proportions_2indep(k, n, l, m, method="newcomb", compare="diff")`` of statsmodels 0.15.0."""
    found = difference(Proportion(*first), Proportion(*second))
    assert found is not None
    assert isclose(found.interval.low, low, abs_tol=1e-11)
    assert isclose(found.interval.high, high, abs_tol=1e-11)


@given(OF_SOME, st.floats(0.5, 0.999))
def test_an_end_of_the_interval_is_where_the_score_test_just_does_not_reject(
    counts: tuple[int, int], confidence: float
) -> None:
    k, n = counts
    z = normal_quantile(confidence)
    found = wilson(k, n, confidence)
    for end in (found.low, found.high):
        if 0 < end < 1:
            assert isclose(abs(k / n - end), z * sqrt(end * (1 - end) / n), rel_tol=1e-6, abs_tol=1e-9)


@given(OF_SOME)
def test_the_interval_holds_the_proportion_and_stays_between_nought_and_one(counts: tuple[int, int]) -> None:
    k, n = counts
    found = wilson(k, n)
    assert 0 <= found.low <= k / n <= found.high <= 1
    assert (found.low == 0) == (k == 0)
    assert (found.high == 1) == (k == n)


@given(OF_SOME)
def test_counting_the_others_turns_the_interval_round(counts: tuple[int, int]) -> None:
    k, n = counts
    found, turned = wilson(k, n), wilson(n - k, n)
    assert isclose(found.low, 1 - turned.high, abs_tol=1e-12)
    assert isclose(found.high, 1 - turned.low, abs_tol=1e-12)


@given(OF_SOME, st.integers(2, 20))
def test_the_same_proportion_of_more_cases_is_surer(counts: tuple[int, int], times: int) -> None:
    k, n = counts
    few, many = wilson(k, n), wilson(k * times, n * times)
    assert many.high - many.low < few.high - few.low


@given(OF_SOME)
def test_one_more_of_the_same_number_moves_both_ends_up(counts: tuple[int, int]) -> None:
    k, n = counts
    if k < n:
        assert wilson(k, n).low < wilson(k + 1, n).low
        assert wilson(k, n).high < wilson(k + 1, n).high


@given(OF_SOME)
def test_more_confidence_takes_a_wider_interval(counts: tuple[int, int]) -> None:
    narrow, wide = wilson(*counts, confidence=0.9), wilson(*counts, confidence=0.99)
    assert wide.low <= narrow.low
    assert narrow.high <= wide.high


@given(OF_SOME, OF_SOME)
def test_the_difference_turns_round_with_its_two_sides(one: tuple[int, int], other: tuple[int, int]) -> None:
    forward, back = difference(Proportion(*one), Proportion(*other)), difference(Proportion(*other), Proportion(*one))
    assert forward is not None
    assert back is not None
    assert isclose(forward.estimate, -back.estimate, abs_tol=1e-12)
    assert isclose(forward.interval.low, -back.interval.high, abs_tol=1e-12)
    assert -1 <= forward.interval.low <= forward.estimate <= forward.interval.high <= 1


@given(OF_SOME)
def test_two_proportions_that_are_the_same_do_not_clearly_differ(counts: tuple[int, int]) -> None:
    found = difference(Proportion(*counts), Proportion(*counts))
    assert found is not None
    assert found.estimate == 0
    assert not found.is_clear


def test_32_of_100_and_68_of_100_clearly_differ_by_36_points() -> None:
    found = difference(Proportion(68, 100), Proportion(32, 100))
    assert found is not None
    assert (found.points, found.is_clear, found.interval.per_cent) == (36, True, (22, 48))


def test_of_nought_cases_nothing_is_said() -> None:
    none = Proportion(0, 0)
    assert (none.percentage, none.interval) == (None, None)
    assert difference(none, Proportion(1, 2)) is None
    assert difference(Proportion(1, 2), none) is None
    with pytest.raises(ValueError, match="nought cases"):
        wilson(0, 0)


@pytest.mark.parametrize(("k", "n"), [(3, 2), (-1, 4), (0, -1)])
def test_more_than_there_are_is_refused(k: int, n: int) -> None:
    with pytest.raises(ValueError, match="is no proportion"):
        Proportion(k, n)
    with pytest.raises(ValueError, match="is no proportion"):
        wilson(k, n)


@pytest.mark.parametrize("confidence", [0.0, 1.0, 95.0])
def test_a_confidence_that_makes_no_sense_is_refused(confidence: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        normal_quantile(confidence)


def test_95_per_cent_lie_within_1_96_standard_deviations() -> None:
    assert isclose(normal_quantile(0.95), 1.959963984540054, rel_tol=1e-12)
    assert isclose(NormalDist().cdf(normal_quantile(0.95)), 0.975, rel_tol=1e-12)


@given(COUNTS)
def test_the_percentage_is_the_nearest_with_halves_up(counts: tuple[int, int]) -> None:
    k, n = counts
    found = Proportion(k, n).percentage
    if n == 0:
        assert found is None
    else:
        exact = Fraction(100 * k, n)
        assert found is not None
        assert -Fraction(1, 2) < found - exact <= Fraction(1, 2)


def test_23_of_72_is_32_per_cent_from_22_to_43() -> None:
    told = Proportion(23, 72)
    assert (told.percentage, told.others) == (32, 49)
    assert told.interval is not None
    assert told.interval.per_cent == (22, 43)
    assert told.interval.holds(0.32)
    assert not told.interval.holds(0.5)
    assert told.plus(Proportion(1, 8)) == Proportion(24, 80)


@given(COUNTS)
def test_what_leaves_the_service_has_no_count_under_five_on_either_side(counts: tuple[int, int]) -> None:
    whole = Proportion(*counts)
    given_out = published(whole)
    assert (given_out is None) == (is_small(whole.k) or is_small(whole.others))
    assert given_out in (None, whole)


def test_nought_four_and_all_but_four_are_hidden_and_five_is_not() -> None:
    assert [published(Proportion(k, 40)) for k in (0, 4, 36, 40)] == [None] * 4
    assert published(Proportion(5, 40)) == Proportion(5, 40)
    assert published(Proportion(35, 40)) == Proportion(35, 40)


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 30), max_size=8))
def test_no_hidden_part_follows_from_the_total_and_the_others(parts: dict[str, int]) -> None:
    shown = published_parts(parts)
    assert list(shown) == list(parts)
    assert all(count in (None, parts[name]) for name, count in shown.items())
    assert all(count is None or count >= SMALLEST for count in shown.values())
    hidden = [parts[name] for name, count in shown.items() if count is None]
    if hidden and len(hidden) < len(parts):
        assert len(hidden) > 1
        assert sum(hidden) >= SMALLEST


@given(st.dictionaries(st.text(max_size=3), st.integers(SMALLEST, 30), max_size=8))
def test_parts_that_are_all_large_enough_are_shown_as_they_are(parts: dict[str, int]) -> None:
    assert published_parts(parts) == parts


def test_one_small_part_of_table_6_takes_the_next_smallest_with_it() -> None:
    reviewed = {"none": 25, "monthly": 8, "quarterly": 32, "six_monthly": 3, "irregular": 32}
    shown = published_parts(reviewed)
    assert shown == {"none": 25, "monthly": None, "quarterly": 32, "six_monthly": None, "irregular": 32}


def test_the_ends_of_an_interval_are_given_to_the_nearest_per_cent() -> None:
    assert Interval(0.0349, 0.9951).per_cent == (3, 100)
