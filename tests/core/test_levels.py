"""Levels over time: what changed when, in words for those who do not see the chart, and where its lines lie."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from openmappa.core.levels import LevelChange, described, level_words, levels
from openmappa.core.levels_chart import LEFT, LevelsChart, levels_chart
from openmappa.core.standards.facts import Fact

UNTIL = date(2005, 6, 30)
MONTHS = ["Mar 2004", "May 2004", "Jul 2004", "Sep 2004", "Nov 2004", "Jan 2005", "Mar 2005", "May 2005"]


def fact(kind: str, on: date, **details: Any) -> Fact:
    return Fact(kind, on, details, on)


FACTS = [
    fact("registered", date(2004, 1, 5)),
    fact("rm2000_completed", date(2004, 1, 10), band="medium", rank="constable"),
    fact("oasys_completed", date(2004, 2, 2), stage="start", harm="medium"),
    fact("oasys_completed", date(2004, 6, 2), stage="review"),
    fact("harm_level_set", date(2004, 9, 1), level="very_high"),
    fact("harm_level_set", date(2004, 9, 20), level="very_high"),
    fact("mappa_level_set", date(2004, 9, 3), level=3, category=1),
    fact("significant_incident", date(2004, 8, 30)),
    fact("custody_started", date(2004, 9, 1)),
    fact("custody_started", date(2004, 9, 2)),
    fact("custody_ended", date(2004, 12, 1)),
    fact("custody_ended", date(2004, 12, 2)),
    fact("custody_started", date(2005, 6, 1)),
]


def test_only_what_became_another_level_is_a_change_and_the_first_has_nothing_before() -> None:
    found = levels(FACTS, UNTIL)
    assert found.of("harm") == (
        LevelChange("harm", None, "medium", FACTS[2]),
        LevelChange("harm", "medium", "very_high", FACTS[4]),
    )
    assert [change.field for change in found.changes] == ["band", "harm", "harm", "mappa_level"]
    assert found.began_on == date(2004, 1, 10)


def test_custody_is_spans_of_which_the_last_goes_on_and_incidents_are_days() -> None:
    found = levels(FACTS, UNTIL)
    assert found.custody == ((date(2004, 9, 1), date(2004, 12, 1)), (date(2005, 6, 1), UNTIL))
    assert levels(FACTS, date(2005, 1, 1)).custody == ((date(2004, 9, 1), date(2004, 12, 1)),)
    assert found.incidents == (date(2004, 8, 30),)


def test_the_chart_is_told_in_sentences() -> None:
    assert described(levels(FACTS, UNTIL)) == (
        "Likelihood of reconviction: medium from 10 January 2004. "
        "Risk of harm: medium from 2 February 2004, then very high from 1 September 2004. "
        "MAPPA level: level 3 from 3 September 2004. "
        "Significant incidents: 30 August 2004. "
        "In custody from 1 September 2004 to 1 December 2004. In custody from 1 June 2005 to 30 June 2005."
    )
    assert described(levels([], UNTIL)) == (
        "Likelihood of reconviction: never set. Risk of harm: never set. MAPPA level: never set."
    )
    assert (level_words("mappa_level", 2), level_words("harm", "very_high")) == ("Level 2", "Very high")


def drawn(facts: list[Fact], width: int = 720, until: date = UNTIL) -> LevelsChart:
    chart = levels_chart(levels(facts, until), width=width)
    assert chart is not None
    return chart


def test_there_is_a_lane_of_its_own_for_each_level_and_no_two_share_a_height() -> None:
    chart = drawn(FACTS)
    assert [lane.title for lane in chart.lanes] == ["Likelihood of reconviction", "Risk of harm", "MAPPA level"]
    heights = [tick.at for lane in chart.lanes for tick in lane.steps]
    assert (len(set(heights)), len(heights)) == (11, 11)
    assert [tick.label for tick in chart.lanes[2].steps] == ["Level 1", "Level 2", "Level 3"]


def test_a_line_steps_at_the_day_of_the_change_and_runs_on_to_the_end() -> None:
    lane = drawn(FACTS).lanes[1]
    (x1, y1), (x2, y2) = lane.points
    assert lane.path == f"M{x1} {y1}H{x2}V{y2}H686"
    assert (y1 - y2, lane.steps[1].at, lane.steps[3].at) == (36.0, y1, y2)
    assert drawn(FACTS[:2]).lanes[1].path == ""


def test_the_first_day_lies_at_the_left_and_a_day_of_custody_can_still_be_seen() -> None:
    chart = drawn(FACTS)
    assert chart.lanes[0].points[0][0] == LEFT
    assert chart.custody[1][0] + chart.custody[1][1] == 686
    assert drawn([*FACTS[:2], fact("custody_started", UNTIL)]).custody[0][1] == 2.0


def test_labels_of_days_find_room_on_a_wide_and_on_a_narrow_page() -> None:
    assert [tick.label for tick in drawn(FACTS).days] == MONTHS
    assert [tick.label for tick in drawn(FACTS, 300).days] == ["2005"]
    ages = [fact("registered", date(1000, 1, 1)), fact("significant_incident", date(1000, 1, 1))]
    assert [tick.label for tick in drawn(ages, 300).days] == ["1000", "2000"]


def test_where_there_is_nothing_there_is_no_chart_and_something_of_today_is_drawn() -> None:
    assert levels_chart(levels([FACTS[0]], UNTIL), width=720) is None
    assert drawn([fact("significant_incident", UNTIL)]).incidents == (686,)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["harm_level_set", "significant_incident", "custody_started", "custody_ended"]),
            st.dates(date(1990, 1, 1), UNTIL),
            st.sampled_from(["low", "medium", "high", "very_high"]),
        ),
        min_size=1,
    ),
    st.sampled_from([300, 720]),
)
def test_nothing_is_ever_drawn_outside(happened: list[tuple[str, date, str]], width: int) -> None:
    facts = [fact(kind, on, **({"level": level} if kind == "harm_level_set" else {})) for kind, on, level in happened]
    chart = levels_chart(levels(facts, UNTIL), width=width)
    assert chart is not None
    places = [x for lane in chart.lanes for x, _ in lane.points] + list(chart.incidents)
    places += [x for x, _ in chart.custody] + [tick.at for tick in chart.days]
    assert all(chart.left <= x <= chart.right for x in places)
    assert all(0 < y < chart.bottom for lane in chart.lanes for _, y in lane.points)
