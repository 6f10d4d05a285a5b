"""The four-point scale, and what is counted above the line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmappa.core.inspection.proportions import Proportion
from openmappa.core.inspection.scores import ABOVE_THE_LINE, SCALE, Answer, Tally, above_the_line, tallies, tally
from openmappa.core.packs.quality_rules import Mark

ANSWERS = st.lists(st.sampled_from(Answer), max_size=60)


def test_the_scale_has_four_points_from_excellent_to_poor_and_two_answers_judge_nothing() -> None:
    assert [answer.label for answer in SCALE] == ["Excellent", "Sufficient", "Not sufficient", "Poor"]
    assert [answer.point for answer in SCALE] == [4, 3, 2, 1]
    assert [answer for answer in Answer if not answer.is_judged] == [Answer.NOT_APPLICABLE, Answer.NOT_ANSWERED]
    assert Answer.NOT_APPLICABLE.point is None


def test_the_scale_is_the_one_that_line_managers_mark_on() -> None:
    assert {answer.value for answer in SCALE} == {mark.value for mark in Mark if mark.counts}
    assert {answer.value for answer in ABOVE_THE_LINE} == {mark.value for mark in Mark if mark.is_above_the_line}


def test_23_of_100_are_above_the_line_whatever_else_was_asked_of_cases_it_is_not_for() -> None:
    answers = [Answer.EXCELLENT] * 3 + [Answer.SUFFICIENT] * 20 + [Answer.NOT_SUFFICIENT] * 50 + [Answer.POOR] * 27
    assert above_the_line(answers) == Proportion(23, 100)
    assert above_the_line([*answers, *[Answer.NOT_APPLICABLE] * 40]) == Proportion(23, 100)


def test_three_not_applicable_and_two_not_answered_are_told_and_count_as_neither_yes_nor_no() -> None:
    found = tally([Answer.EXCELLENT, Answer.POOR, *[Answer.NOT_APPLICABLE] * 3, *[Answer.NOT_ANSWERED] * 2])
    assert (found.asked, found.applies, found.judged, found.above) == (7, 4, 2, 1)
    assert (found.of(Answer.NOT_APPLICABLE), found.is_complete) == (3, False)
    assert found.words == "1 of 2 judged; 3 not applicable; 2 not answered"


def test_nobody_judged_gives_no_percentage() -> None:
    found = tally([Answer.NOT_APPLICABLE])
    assert (found.above_the_line.percentage, found.words) == (None, "0 of 0 judged; 1 not applicable")
    assert found.is_complete


def test_a_count_below_nought_is_refused() -> None:
    with pytest.raises(ValueError, match="“Poor” was counted -1 times"):
        Tally({Answer.POOR: -1})


@given(ANSWERS)
def test_what_does_not_apply_and_what_is_not_answered_never_change_the_figure(answers: list[Answer]) -> None:
    assert above_the_line(answers) == above_the_line([answer for answer in answers if answer.is_judged])


@given(ANSWERS, ANSWERS)
def test_two_areas_together_are_counted_as_one(one: list[Answer], other: list[Answer]) -> None:
    both, whole = tally(one).plus(tally(other)), tally(one + other)
    assert all(both.of(answer) == whole.of(answer) for answer in Answer)
    assert both.above_the_line == above_the_line(one).plus(above_the_line(other))
    assert both.asked == len(one) + len(other)


def test_questions_are_counted_apart_in_the_order_they_come() -> None:
    found = tallies(
        [
            ("smart", Answer.POOR),
            ("isp", Answer.EXCELLENT),
            ("smart", Answer.SUFFICIENT),
            ("isp", Answer.NOT_APPLICABLE),
        ]
    )
    assert list(found) == ["smart", "isp"]
    assert [each.above_the_line for each in found.values()] == [Proportion(1, 2), Proportion(1, 1)]


def test_what_leaves_says_how_many_were_not_judged_only_where_these_are_five_or_more() -> None:
    answers = [Answer.EXCELLENT] * 6 + [Answer.POOR] * 5
    assert tally([*answers, *[Answer.NOT_ANSWERED] * 4]).leaving_words(5) == "6 of 11 judged"
    found = tally([*answers, *[Answer.NOT_APPLICABLE] * 4, Answer.NOT_ANSWERED])
    assert found.leaving_words(5) == "6 of 11 judged; 5 did not apply or had no answer"
