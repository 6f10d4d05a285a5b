"""The chart over time: where its points lie, where its line breaks, and that nothing overlaps or leaves the drawing."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from openmappa.core.inspection.on_time_chart import APART, HEIGHT, LABEL, TOP, trend_chart
from openmappa.core.inspection.proportions import Proportion

NOUGHT = Proportion(0, 0)
NAMES = [f"Q{number}" for number in range(1, 5)]


def test_all_on_time_is_at_the_top_and_none_at_the_bottom() -> None:
    chart = trend_chart(["a", "b"], [("All", [Proportion(9, 9), Proportion(0, 9)])], width=900)
    assert chart is not None
    first, second = chart.series[0].points
    assert (first.y, first.above, second.y, second.below) == (TOP, TOP, TOP + HEIGHT, TOP + HEIGHT)
    assert first.y < first.below < second.above + HEIGHT
    assert chart.series[0].path == f"M{first.x} {first.y}L{second.x} {second.y}"


def test_the_line_breaks_where_nothing_was_counted() -> None:
    chart = trend_chart(NAMES, [("All", [Proportion(5, 9), NOUGHT, Proportion(5, 9), Proportion(4, 9)])], width=900)
    assert chart is not None
    assert [char for char in chart.series[0].path if char.isalpha()] == ["M", "M", "L"]


def test_nothing_to_count_is_no_chart() -> None:
    assert trend_chart(NAMES, [("All", [NOUGHT] * 4)], width=900) is None


def test_two_lines_stand_beside_each_other() -> None:
    chart = trend_chart(["a"], [("One", [Proportion(5, 9)]), ("All the others", [Proportion(5, 9)])], width=900)
    assert chart is not None
    assert chart.series[1].points[0].x - chart.series[0].points[0].x == APART


@given(st.integers(1, 60), st.sampled_from([310, 900]))
def test_names_of_periods_never_run_into_each_other_and_the_last_is_named(periods: int, width: int) -> None:
    chart = trend_chart([str(each) for each in range(periods)], [("All", [Proportion(5, 9)] * periods)], width=width)
    assert chart is not None
    places = [tick.at for tick in chart.periods]
    assert all(other - one >= LABEL - 10 for one, other in pairwise(places))
    assert chart.periods[-1].label == str(periods - 1)
    assert all(chart.left <= point.x <= chart.right for point in chart.series[0].points)
