"""Figures beside benchmarks, and several comparisons at once."""

from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmappa.core.inspection.comparisons import (
    Benchmark,
    Compared,
    compare,
    holm,
    many,
    probability,
    words_of,
)
from openmappa.core.inspection.estimates import Estimate, Scored, estimate
from openmappa.core.inspection.proportions import Proportion, difference
from openmappa.core.inspection.scores import Answer
from tests.core.inspection.library import GIVEN

MANY = 1e12
CHANCES = st.dictionaries(st.text(max_size=3), st.floats(0, 1), max_size=8)


def found(k: int, n: int) -> Estimate:
    """k of n above the line, drawn from very many."""
    return estimate([Scored(Answer.SUFFICIENT, MANY)] * k + [Scored(Answer.POOR, MANY)] * (n - k))


def test_23_per_cent_beside_49_of_unknown_number_has_no_interval_and_says_so() -> None:
    """Table 3: ISP content and timing, 23 % of the 100 cases, 49 % in 29 areas inspected under ESI."""
    compared = compare(found(23, 100), Benchmark("ESI", 49))
    assert (compared.points, compared.difference, compared.is_clear, compared.probability) == (-26, None, None, None)
    assert compared.words == (
        "“ESI” gives no number of cases, so no interval can be drawn of the difference. "
        "Our own interval, 16% to 32%, does not hold its 49%."
    )


def test_67_per_cent_of_20_cases_does_not_leave_out_78() -> None:
    assert compare(found(13, 20), Benchmark("ESI", 78)).words.endswith("Our own interval, 43% to 82%, holds its 78%.")


def test_with_a_number_the_difference_has_newcombes_interval() -> None:
    compared, plain = (
        compare(found(23, 100), Benchmark("1998", 49, 200)),
        difference(Proportion(23, 100), Proportion(98, 200)),
    )
    assert compared.difference is not None
    assert plain is not None
    assert isclose(compared.difference.interval.low, plain.interval.low, abs_tol=1e-9)
    assert isclose(compared.difference.interval.high, plain.interval.high, abs_tol=1e-9)
    assert (compared.points, compared.is_clear) == (-26, True)
    assert compared.words == "-26 points, from -36 to -15: chance alone would hardly give this."
    assert (compared.probability or 1) < 0.0001


def test_a_difference_whose_interval_holds_nought_is_not_called_one() -> None:
    plain = difference(Proportion(9, 20), Proportion(7, 20))
    assert plain is not None
    assert words_of(plain) == "+10 points, from -19 to +37: this may be chance alone, and is not called a difference."


def test_where_nothing_was_judged_nothing_is_compared() -> None:
    compared = compare(estimate([]), Benchmark("ESI", 49, 20))
    assert compared == Compared(estimate([]), Benchmark("ESI", 49, 20), None)
    assert (compared.points, compared.probability) == (None, None)
    assert compared.words == "No case was judged, so nothing can be compared."


@pytest.mark.parametrize(("percent", "n"), [(-1.0, None), (101.0, None), (50.0, 0)])
def test_a_benchmark_that_makes_no_sense_is_refused(percent: float, n: int | None) -> None:
    with pytest.raises(ValueError, match="The benchmark “ESI” is"):
        Benchmark("ESI", percent, n)


@pytest.mark.parametrize("each", GIVEN["touching"])
def test_the_probability_is_where_the_interval_of_statsmodels_touches_nought(each: dict[str, tuple[int, int]]) -> None:
    (k, n), (other_k, other_n) = each["one"], each["other"]
    ours = probability(k / n, n, other_k / other_n, other_n)
    assert isclose(ours, each["chance"], rel_tol=1e-6, abs_tol=1e-12)  # type: ignore[arg-type]  # a number


@given(
    st.integers(1, 80).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.integers(1, 80).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
)
@settings(deadline=None)
def test_a_difference_is_clear_just_where_its_probability_is_under_5_per_cent(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    plain = difference(Proportion(*one), Proportion(*other))
    chance = probability(one[0] / one[1], one[1], other[0] / other[1], other[1])
    assert plain is not None
    if abs(chance - 0.05) > 1e-9:
        assert plain.is_clear == (chance < 0.05)


def test_proportions_that_are_the_same_are_always_as_far_apart_by_chance() -> None:
    assert probability(0.25, 20, 0.25, 8) == 1


@pytest.mark.parametrize("each", GIVEN["corrections"])
def test_holm_raises_probabilities_as_statsmodels_does(each: dict[str, list[float]]) -> None:
    raised = holm({str(place): chance for place, chance in enumerate(each["chances"])})
    assert all(isclose(*pair, abs_tol=1e-12) for pair in zip(raised.values(), each["raised"], strict=True))


@given(CHANCES)
@settings(deadline=None)
def test_holm_lowers_none_keeps_their_order_and_leaves_one_alone_as_it_is(chances: dict[str, float]) -> None:
    raised = holm(chances)
    assert list(raised) == list(chances)
    assert all(chances[name] <= raised[name] <= 1 for name in chances)
    by_chance = sorted(chances, key=lambda name: chances[name])
    assert [raised[name] for name in by_chance] == sorted(raised.values())
    if len(chances) == 1:
        assert raised == chances


def test_what_is_no_probability_is_refused() -> None:
    with pytest.raises(ValueError, match=r"“isp” has a probability of 1.2"):
        holm({"isp": 1.2})


def test_of_four_comparisons_two_are_clear_alone_and_one_with_all_in_view() -> None:
    judged = many({"isp": 0.001, "smart": 0.04, "rmp": 0.3, "visits": 0.9, "no number": None})
    assert (judged.made, judged.alone, judged.together) == (4, ("isp", "smart"), ("isp",))
    assert judged.words == (
        "4 comparisons are made here. Where nothing differs, one in twenty looks clear by chance. "
        "Looked at alone, 2 are clear; with all of them in view (Holm), 1."
    )


def test_one_comparison_needs_no_note() -> None:
    assert many({"isp": 0.2, "smart": None}).words == ""
