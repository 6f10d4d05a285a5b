"""What whole numbers may stand behind printed percentages: held against trying every number."""

import pytest

from openmappa.core.inspection.proportions import Proportion
from openmappa.core.inspection.rounding import counts_for, counts_of_parts, nearest_count, possible_numbers, shared_out

PLANNED = (3, 22, 6, 26, 3, 0, 23, 0, 2, 2, 0, 0, 14)
MADE = (0, 15, 10, 30, 3, 3, 20, 2, 0, 2, 2, 2, 13)
LEVELS = (14, 73, 14)


def test_the_counts_of_a_percentage_are_those_that_round_to_it() -> None:
    for n in (1, 2, 7, 13, 61, 86, 100):
        for percentage in range(101):
            rounding = [k for k in range(n + 1) if Proportion(k, n).percentage == percentage]
            assert list(counts_for(percentage, n)) == rounding
            if rounding:
                assert nearest_count(percentage, n) in rounding


def test_of_86_cases_nothing_is_89_per_cent_and_of_62_nothing_is_59() -> None:
    assert (list(counts_for(89, 86)), nearest_count(89, 86)) == ([], 77)
    assert (list(counts_for(59, 62)), nearest_count(59, 62)) == ([], 37)
    assert list(counts_for(59, 61)) == [36]


def test_of_nought_cases_there_is_no_percentage() -> None:
    for asked in (counts_for, nearest_count):
        with pytest.raises(ValueError, match="Of 0 cases there is no percentage"):
            asked(50, 0)


def test_parts_round_to_their_percentages_and_are_together_the_whole() -> None:
    for percentages in (PLANNED, MADE, LEVELS, (25, 8, 32, 3, 32)):
        for n in possible_numbers(percentages):
            counts = counts_of_parts(percentages, n)
            assert counts is not None
            assert sum(counts) == n
            assert tuple(Proportion(k, n).percentage for k in counts) == percentages


def test_table_7_is_of_65_cases_planned_and_61_made_and_of_no_other_number() -> None:
    assert (sum(PLANNED), possible_numbers(PLANNED)) == (101, (65,))
    assert (sum(MADE), possible_numbers(MADE)) == (102, (61,))


def test_levels_of_14_73_and_14_per_cent_are_never_of_100_cases() -> None:
    assert possible_numbers(LEVELS) == (22, 37, 44, 51, 59, 66, 73, 74, 80, 81, 88, 95, 96)
    assert counts_of_parts(LEVELS, 96) == (13, 70, 13)


def test_parts_that_cannot_be_are_none() -> None:
    assert counts_of_parts(LEVELS, 100) is None
    assert counts_of_parts((40, 40), 100) is None
    assert counts_of_parts((1, 99), 10) is None


def test_parts_that_do_not_add_up_share_out_the_whole_in_their_proportions() -> None:
    assert shared_out((50, 50, 50), 96) == (32, 32, 32)
    assert shared_out((14, 73, 14), 100) == (14, 72, 14)
    assert shared_out((1, 1), 3) == (2, 1)
    with pytest.raises(ValueError, match="all 0% share nothing out"):
        shared_out((0, 0), 3)


def test_up_to_83_cases_only_65_give_the_whole_of_table_6() -> None:
    questions = [(25, 8, 32, 3, 32), (63, 37, 0), (32, 68), (92, 8), (74, 26)]
    numbers = set(range(1, 84)).intersection(*(possible_numbers(percentages) for percentages in questions))
    assert numbers == {65}


def test_52_is_one_of_nine_numbers_of_high_harm_cases_that_give_all_seven_figures() -> None:
    figures = (50, 42, 40, 21, 13, 73, 46)
    numbers = [n for n in range(1, 101) if all(counts_for(percentage, n) for percentage in figures)]
    assert numbers == [48, 52, 78, 84, 90, 92, 96, 98, 100]
