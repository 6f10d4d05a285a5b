"""Sharing a sample out over areas: exact sums, minima, never more than there is."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmappa.core.inspection.allocation import allocate
from openmappa.core.inspection.frame import SampleRefused

SIZES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 400), min_size=1)


def test_100_cases_with_20_at_least_from_each_of_five_areas_are_20_each() -> None:
    sizes = {"Norfolk": 140, "Gwent": 95, "Merseyside": 310, "Devon & Cornwall": 260, "West Yorkshire": 480}
    assert set(allocate(sizes, 100, 20).values()) == {20}


def test_100_cases_by_size_go_by_the_largest_fractions() -> None:
    sizes = {"a": 140, "b": 95, "c": 310, "d": 260, "e": 480}
    assert allocate(sizes, 100) == {"a": 11, "b": 8, "c": 24, "d": 20, "e": 37}
    assert [float(round(Fraction(100 * size, 1285), 2)) for size in sizes.values()] == [
        10.89,
        7.39,
        24.12,
        20.23,
        37.35,
    ]


def test_one_under_the_minimum_is_given_it_and_the_others_share_what_is_left_by_size() -> None:
    assert allocate({"small": 10, "large": 100, "larger": 200}, 30, 6) == {"small": 6, "large": 8, "larger": 16}


def test_an_area_with_fewer_than_the_minimum_gives_all_it_has() -> None:
    assert allocate({"small": 3, "large": 100}, 40, {"small": 20}) == {"small": 3, "large": 37}


def test_equal_fractions_go_to_the_larger_and_then_by_name() -> None:
    assert allocate({"b": 10, "a": 10}, 3) == {"b": 1, "a": 2}
    assert allocate({"a": 1, "b": 3}, 2) == {"a": 1, "b": 1}
    assert allocate({"a": 3, "b": 9}, 6) == {"a": 1, "b": 5}


@pytest.mark.parametrize(
    ("sizes", "total", "at_least", "said"),
    [
        ({"a": 3, "b": 4}, 8, 1, "8 cases cannot be drawn from 7"),
        ({"a": 30, "b": 40}, 30, 16, "The minima ask for 32 cases and 30 are to be drawn"),
        ({"a": 3, "b": 4, "c": 1}, 2, 1, "The minima ask for 3 cases and 2 are to be drawn"),
    ],
)
def test_what_cannot_be_shared_out_is_refused(sizes: dict[str, int], total: int, at_least: int, said: str) -> None:
    with pytest.raises(SampleRefused, match=said):
        allocate(sizes, total, at_least)


@given(SIZES, st.integers(0, 2000), st.integers(0, 60))
def test_the_sum_is_exact_each_minimum_is_kept_and_none_gives_more_than_it_has(
    sizes: dict[str, int], total: int, at_least: int
) -> None:
    lowest = {name: min(max(1, at_least), size) for name, size in sizes.items()}
    if not sum(lowest.values()) <= total <= sum(sizes.values()):
        with pytest.raises(SampleRefused):
            allocate(sizes, total, at_least)
        return
    given_out = allocate(sizes, total, at_least)
    assert sum(given_out.values()) == total
    assert all(lowest[name] <= given_out[name] <= sizes[name] for name in sizes)


@given(SIZES, st.integers(0, 2000))
def test_the_larger_never_gives_less_and_each_is_within_one_of_its_share(sizes: dict[str, int], total: int) -> None:
    whole = sum(sizes.values())
    if not sum(1 for size in sizes.values() if size) <= total <= whole:
        return
    given_out = allocate(sizes, total)
    by_size = sorted(sizes, key=lambda name: (sizes[name], given_out[name]))
    assert [given_out[name] for name in by_size] == sorted(given_out.values())
    if all(total * size >= whole for size in sizes.values() if size):
        assert all(abs(given_out[name] - Fraction(total * size, whole)) < 1 for name, size in sizes.items() if size)
