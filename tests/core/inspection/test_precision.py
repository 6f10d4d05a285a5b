"""How sure a sample will be, and which differences it could show."""

from math import inf, isclose
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmappa.core.inspection.precision import (
    Part,
    Seen,
    effective_number,
    effective_of_weights,
    expected_interval,
    half_width,
    promise,
    smallest_difference,
)
from openmappa.core.inspection.proportions import Interval, wilson, wilson_of_part
from tests.core.inspection.library import GIVEN

FIVE_AREAS = [Part(size, 20) for size in (53, 40, 80, 34, 112)]
PARTS = st.integers(1, 500).flatmap(lambda size: st.builds(Part, st.just(size), st.integers(1, size)))


def test_20_of_very_many_at_50_per_cent_are_sure_to_within_20_points() -> None:
    assert round(100 * half_width([Part(1_000_000, 20)], 0.5)) == 20
    assert isclose(half_width([Part(1_000_000, 20)], 0.5), (wilson(10, 20).high - wilson(10, 20).low) / 2, abs_tol=1e-5)


def test_20_of_40_are_as_sure_as_40_of_very_many() -> None:
    assert effective_number([Part(40, 20)]) == 40
    assert expected_interval([Part(40, 20)], 0.5) == wilson(20, 40)


def test_a_promise_says_in_words_what_20_of_53_cases_buy() -> None:
    assert promise([Part(53, 20)]).words == (
        "20 of 53 cases: at 50%, give or take 16 points; at 80%, give or take 13 points; at 95%, give or take 9 points."
    )
    several = promise([Part(2000, 1000), Part(1000, 900)], [0.99])
    assert (several.size, several.drawn, several.words) == (
        3000,
        1900,
        "1900 of 3000 cases: at 99%, give or take 0 points.",
    )
    assert promise([Part(900, 300)], [0.99]).words.endswith("give or take 1 point.")


@pytest.mark.parametrize(("expected", "points"), [(0.5, 9), (0.8, 7), (0.95, 4)])
def test_100_cases_of_five_areas_are_sure_to_within_9_points_at_50_and_7_at_80_per_cent(
    expected: float, points: int
) -> None:
    assert round(100 * half_width(FIVE_AREAS, expected)) == points


def test_20_each_from_areas_of_40_and_of_400_are_fewer_than_40_by_plain_chance() -> None:
    unequal = [Part(40, 20), Part(400, 20)]
    assert round(effective_number(unequal), 1) == 25.3
    assert round(effective_number([Part(440, 40)]), 1) == 44.0


def test_where_every_case_is_drawn_nothing_is_left_to_chance() -> None:
    assert effective_number([Part(20, 20)]) == inf
    assert expected_interval([Part(20, 20)], 0.35) == Interval(0.35, 0.35)
    assert half_width([Part(20, 20), Part(7, 7)], 0.35) == 0


@given(st.lists(PARTS, min_size=1, max_size=6), st.floats(0, 1))
@settings(deadline=None)
def test_drawing_one_more_of_a_part_never_makes_all_parts_of_its_weight_less_sure(
    parts: list[Part], expected: float
) -> None:
    most = max(parts, key=lambda part: part.weight)
    if most.drawn < most.size:
        more = [part if part is not most else Part(part.size, part.drawn + 1) for part in parts]
        assert half_width(more, expected) <= half_width(parts, expected) + 1e-12


@pytest.mark.parametrize(("size", "drawn"), [(20, 0), (20, 21), (0, 0)])
def test_a_part_of_which_none_or_more_than_all_are_drawn_is_refused(size: int, drawn: int) -> None:
    with pytest.raises(ValueError, match=f"{drawn} of {size} cannot be drawn"):
        Part(size, drawn)


def test_no_case_and_a_weight_under_one_have_no_effective_number() -> None:
    with pytest.raises(ValueError, match="Of nought cases"):
        effective_number([])
    with pytest.raises(ValueError, match=r"A weight of 0.5 makes no sense"):
        effective_of_weights([2.0, 0.5])


@pytest.mark.parametrize("each", GIVEN["effective"])
def test_the_interval_of_an_effective_number_is_what_statsmodels_gives(each: dict[str, float]) -> None:
    found = wilson_of_part(each["part"], each["n"])
    assert isclose(found.low, each["low"], abs_tol=1e-11)
    assert isclose(found.high, each["high"], abs_tol=1e-11)


@pytest.mark.parametrize(("part", "effective"), [(-0.1, 20.0), (1.1, 20.0), (0.5, 0.0)])
def test_what_is_no_part_of_cases_is_refused(part: float, effective: float) -> None:
    with pytest.raises(ValueError, match="is no proportion"):
        wilson_of_part(part, effective)


@pytest.mark.parametrize("each", GIVEN["powers"])
def test_a_difference_is_found_as_often_as_statsmodels_says(each: dict[str, float]) -> None:
    """statsmodels adds the chance to find one the other way round, which is next to nothing."""
    base, other = each["base"], each["other"]
    one_n, other_n = each["n"]  # type: ignore[misc]  # two numbers
    found = smallest_difference(base, one_n, other_n, power=each["power"])
    nearest = found.above if other > base else found.below
    assert nearest is not None
    assert isclose(nearest, other, abs_tol=0.002)


def test_two_areas_of_20_show_differences_of_40_points_and_two_inspections_of_100_of_20() -> None:
    twenty, hundred = smallest_difference(0.5, 20, 20), smallest_difference(0.5, 100, 100)
    assert [round(100 * each) for each in (twenty.below or 0, twenty.above or 0)] == [10, 90]
    assert [round(100 * each) for each in (hundred.below or 0, hundred.above or 0)] == [31, 69]


def test_from_5_per_cent_of_20_no_fall_can_be_seen_at_all() -> None:
    assert smallest_difference(0.05, 20, 20).below is None
    assert smallest_difference(0.0, 20, 20).below is None
    assert smallest_difference(0.5, 2, 2) == Seen(None, None)


def test_where_every_case_of_both_is_seen_any_difference_shows() -> None:
    assert smallest_difference(0.4, inf, inf) == Seen(0.4, 0.4)
    some = smallest_difference(0.4, inf, 20)
    assert some.above is not None
    assert some.above < (smallest_difference(0.4, 20, 20).above or 1)


@given(st.floats(0, 1), st.integers(2, 300), st.integers(2, 300))
@settings(deadline=None)
def test_more_cases_show_smaller_differences(base: float, one: int, other: int) -> None:
    few, many = smallest_difference(base, one, other), smallest_difference(base, 2 * one, 2 * other)
    if few.above is not None:
        assert base < (many.above or 0) <= few.above
    if few.below is not None:
        assert few.below <= (many.below if many.below is not None else -1) < base


@pytest.mark.parametrize(
    ("base", "one", "other", "power"), [(1.5, 20, 20, 0.8), (0.5, 0, 20, 0.8), (0.5, 20, 20, 0.4), (0.5, 20, 20, 1.0)]
)
def test_what_makes_no_sense_is_refused(base: float, one: int, other: int, power: float) -> None:
    with pytest.raises(ValueError, match="nothing can be worked out"):
        smallest_difference(base, one, other, power=power)


def test_the_page_on_statistics_gives_these_numbers() -> None:
    page = (Path(__file__).parents[3] / "docs" / "reference" / "inspection-statistics.md").read_text(encoding="utf-8")
    samples = {
        "20 of 50": [Part(50, 20)],
        "20 of 200": [Part(200, 20)],
        "20 of very many": [Part(10**9, 20)],
        "20 from each of five areas of 200": [Part(200, 20)] * 5,
        "20 from each of 50, 100, 150, 300 and 600": [Part(size, 20) for size in (50, 100, 150, 300, 600)],
    }
    for name, parts in samples.items():
        widths = " | ".join(f"{round(100 * half)} points" for half in promise(parts).half_widths.values())
        assert f"| {name} | {widths} |" in page
    for one, other in [(20, 20), (20, 80), (100, 100), (100, 400)]:
        seen = [smallest_difference(base, one, other) for base in (0.5, 0.8)]
        told = [
            f"down to {round(100 * (each.below or 0))} %"
            + (f", up to {round(100 * each.above)} %" if each.above else "; no rise could be seen")
            for each in seen
        ]
        assert f"| {one} | {other} | {' | '.join(told)} |" in page
