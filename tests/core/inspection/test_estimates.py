"""Percentages weighted to the sample design, and how sure they are."""

from math import inf, isclose
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmappa.core.inspection.estimates import (
    Scored,
    design_effect,
    difference_of,
    estimate,
    estimates,
)
from openmappa.core.inspection.precision import Part, expected_interval
from openmappa.core.inspection.proportions import Interval, Proportion, difference, wilson
from openmappa.core.inspection.scores import Answer

YES, NO, NOT_FOR_IT, OPEN = Answer.SUFFICIENT, Answer.POOR, Answer.NOT_APPLICABLE, Answer.NOT_ANSWERED
MANY = 1e12
"""A weight so large that what was drawn is nothing of the whole."""
SCORED = st.lists(st.builds(Scored, st.sampled_from(Answer), st.floats(1, 50)), max_size=40)


def test_5_of_20_drawn_from_very_many_have_wilsons_own_interval() -> None:
    found = estimate([Scored(YES, MANY)] * 5 + [Scored(NO, MANY)] * 15)
    assert (found.part, found.percentage) == (0.25, 25)
    assert found.interval is not None
    assert isclose(found.interval.low, wilson(5, 20).low, abs_tol=1e-9)
    assert isclose(found.interval.high, wilson(5, 20).high, abs_tol=1e-9)


def test_20_per_cent_of_400_and_80_of_40_are_25_of_all_not_50() -> None:
    large, small = 400 / 20, 40 / 20
    answers = [Scored(YES, large)] * 4 + [Scored(NO, large)] * 16 + [Scored(YES, small)] * 16 + [Scored(NO, small)] * 4
    found = estimate(answers)
    assert (found.percentage, found.tally.above_the_line.percentage) == (25, 50)
    assert (found.tally.words, round(found.effective, 1)) == ("20 of 40 judged", 25.3)
    effect = design_effect(found)
    assert effect is not None
    assert round(effect, 2) == 1.58


def test_a_sample_is_as_sure_afterwards_as_was_said_before() -> None:
    parts = [Part(400, 20), Part(40, 20)]
    answers = [Scored(YES if at % 2 else NO, part.weight) for part in parts for at in range(part.drawn)]
    assert estimate(answers).interval == expected_interval(parts, 0.5)


def test_a_question_of_licence_cases_is_estimated_of_those_alone() -> None:
    licence = [Scored(YES, 5.0)] * 6 + [Scored(NO, 5.0)] * 4
    found = estimate([*licence, *[Scored(NOT_FOR_IT, 5.0)] * 9, Scored(OPEN, 5.0)])
    assert (found.part, found.tally.words) == (0.6, "6 of 10 judged; 9 not applicable; 1 not answered")
    assert (found.effective, found.interval) == (12.5, estimate(licence).interval)


def test_where_every_case_was_seen_the_interval_is_the_proportion() -> None:
    found = estimate([Scored(YES)] * 2 + [Scored(NO)] * 6)
    assert (found.interval, found.effective, design_effect(found)) == (Interval(0.25, 0.25), inf, None)
    assert found.warning == ""


def test_nobody_judged_gives_no_number_and_says_so() -> None:
    found = estimate([Scored(NOT_FOR_IT, 3.0)])
    assert (found.part, found.percentage, found.interval, design_effect(found)) == (None, None, None, None)
    assert found.warning == "No case was judged, so there is no percentage."
    assert difference_of(found, estimate([Scored(YES)])) is None
    assert difference_of(estimate([Scored(YES)]), found) is None


def test_20_cases_deserve_a_warning_and_1000_none() -> None:
    by_area = estimates(
        {
            "Gwent": [Scored(YES, MANY)] * 8 + [Scored(NO, MANY)] * 12,
            "one": [Scored(YES, MANY)],
            "all": [Scored(YES, MANY)] * 400 + [Scored(NO, MANY)] * 600,
        }
    )
    assert by_area["Gwent"].warning == (
        "Only 20 cases: the interval is 39 points wide, from 22% to 61%. "
        "A difference from another area may be chance alone."
    )
    assert by_area["one"].warning.startswith("Only 1 case: the interval is 79 points wide, from 21% to 100%.")
    assert by_area["all"].warning == ""


def test_the_difference_of_two_unweighted_estimates_is_newcombes() -> None:
    one = estimate([Scored(YES, MANY)] * 56 + [Scored(NO, MANY)] * 14)
    other = estimate([Scored(YES, MANY)] * 48 + [Scored(NO, MANY)] * 32)
    found, plain = difference_of(one, other), difference(Proportion(56, 70), Proportion(48, 80))
    assert found is not None
    assert plain is not None
    assert isclose(found.interval.low, plain.interval.low, abs_tol=1e-9)
    assert isclose(found.interval.high, plain.interval.high, abs_tol=1e-9)
    assert found.is_clear


@given(SCORED)
def test_an_estimate_lies_within_its_interval_and_none_is_surer_than_a_look_at_all(scored: list[Scored]) -> None:
    found = estimate(scored)
    if found.part is None:
        assert not any(each.answer.is_judged for each in scored)
        return
    assert found.interval is not None
    assert 0 <= found.interval.low <= found.part + 1e-12
    assert found.part - 1e-12 <= found.interval.high <= 1


@given(SCORED)
def test_half_a_per_cent_is_rounded_up_as_the_counts_are(scored: list[Scored]) -> None:
    found = estimate(Scored(each.answer, 2.0) for each in scored)
    assert found.percentage == found.tally.above_the_line.percentage


@given(st.lists(st.sampled_from(Answer), min_size=1, max_size=40), st.floats(1, 50))
def test_with_equal_weights_the_estimate_is_the_plain_percentage(answers: list[Answer], weight: float) -> None:
    found = estimate(Scored(answer, weight) for answer in answers)
    plain = found.tally.above_the_line
    if plain.n:
        assert isclose(found.part or 0, plain.k / plain.n, abs_tol=1e-9)


@pytest.mark.parametrize(
    "shares",
    [
        (0.5, 0.5, 0.5, 0.5, 0.5),
        (0.2, 0.3, 0.4, 0.5, 0.6),
        (0.9, 0.85, 0.95, 0.9, 0.8),
        (0.1, 0.9, 0.1, 0.9, 0.5),
        (0.05,) * 5,
    ],
)
def test_of_1000_samples_of_five_areas_at_least_93_in_100_intervals_hold_the_truth(shares: tuple[float, ...]) -> None:
    sizes, chance = (40, 80, 160, 300, 420), Random(2005)
    areas = [
        [YES] * round(size * share) + [NO] * round(size * (1 - share))
        for size, share in zip(sizes, shares, strict=True)
    ]
    truth = sum(area.count(YES) for area in areas) / sum(map(len, areas))
    held = 0
    for _ in range(1000):
        found = estimate(Scored(answer, len(area) / 20) for area in areas for answer in chance.sample(area, 20))
        held += found.interval is not None and found.interval.holds(truth)
    assert held >= 930
