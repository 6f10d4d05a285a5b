"""Results question by question, what may leave of them, the benchmarks they are held against, and their chart."""

from datetime import date

import pytest

from openmappa.core.inspection.benchmark_sets import (
    earlier_set,
    esi_set,
    held_against,
    kept_figures,
    report_set,
)
from openmappa.core.inspection.frame import Frame, FrameCase
from openmappa.core.inspection.line_chart import Figure, line_chart
from openmappa.core.inspection.proportions import Proportion
from openmappa.core.inspection.question_results import (
    WORDS,
    by_area,
    leaving,
    question_results,
    questions_counted,
)
from openmappa.core.inspection.results import Reading
from openmappa.core.inspection.sample import Rules, Sample, draw, name_joint_work
from openmappa.core.inspection.scores import Answer
from openmappa.core.packs.load import IN_SERVICE, load_inspection_framework, load_inspection_report

FRAME = Frame(
    date(2004, 9, 1),
    tuple(FrameCase(f"{area}{at:02}", area) for area, size in (("Gwent", 40), ("Norfolk", 80)) for at in range(size)),
)
FRAMEWORK = load_inspection_framework(IN_SERVICE[0])
PRINTED = load_inspection_report(IN_SERVICE[0])
TABLE_4 = FRAMEWORK.in_table(4)
FIRST = TABLE_4[0].code
YES, NO, NOT_FOR_IT = Answer.SUFFICIENT, Answer.POOR, Answer.NOT_APPLICABLE


@pytest.fixture
def sample() -> Sample:
    drawn = Sample(draw(FRAME, seed="rain on Tuesday", rules=Rules(size=40, at_least=20)))
    best = [key for key in drawn.draw.keys if key.startswith("Gwent")][:6]
    return name_joint_work(drawn, stratum="Gwent", keys=best)


def given(sample: Sample, good: int) -> dict[str, Answer]:
    """So many good answers in each area beside its joint work, which is good; the last of each area is none of its."""
    found = dict.fromkeys(sample.joint, YES)
    for area in ("Gwent", "Norfolk"):
        keys = [key for key in sample.drawn if key.startswith(area) and key not in sample.joint]
        found |= {key: YES if place < good else NO for place, key in enumerate(keys)}
        found[keys[-1]] = NOT_FOR_IT
    return found


def test_a_question_has_three_readings_and_what_does_not_apply_is_in_none(sample: Sample) -> None:
    (first, second, *_) = question_results(sample, TABLE_4, {FIRST: given(sample, 6)})
    assert first.apart.tally.words == "12 of 32 judged; 2 not applicable"
    assert first.joint.above_the_line == Proportion(6, 6)
    assert (first.everyone.tally.words, first.judged) == ("18 of 38 judged; 2 not applicable", 38)
    # Gwent's 13 of 14 stand for 2 cases each, Norfolk's 19 for 4: 36 of 102.
    assert first.apart.percentage == 35
    assert (second.apart.tally.words, second.apart.percentage) == ("0 of 0 judged; 34 not answered", None)
    assert set(WORDS) == set(Reading)
    assert {question.is_scored for question in questions_counted(FRAMEWORK)} == {True}


def test_of_two_areas_neither_may_leave_where_one_has_a_small_count(sample: Sample) -> None:
    few, enough = leaving(sample, given(sample, 3)), leaving(sample, given(sample, 6))
    assert [each.tally.above for each in by_area(sample, given(sample, 3)).values()] == [3, 3]
    assert (few.areas, few.whole) == (frozenset(), True)
    assert (enough.areas, enough.whole) == ({"Gwent", "Norfolk"}, True)
    assert leaving(sample, {}).whole is False


def test_the_report_has_a_number_where_a_question_is_of_all_cases_and_esi_has_none() -> None:
    report, esi = report_set(PRINTED), esi_set(PRINTED)
    numbers = {figure.n for figure in report.figures.values()}
    assert (100 in numbers, None in numbers) == (True, True)
    assert {figure.n for figure in esi.figures.values()} == {None}
    assert "29 areas" in esi.says
    measures = {measure.code: measure for measure in PRINTED.measures}
    for code, figure in report.figures.items():
        printed = measures[code].printed[0]
        assert figure.percent == (100 - (printed.percent or 0) if printed.answer == "below" else printed.percent)


def test_an_earlier_inspection_is_held_against_with_its_effective_number_and_esi_without_an_interval(
    sample: Sample,
) -> None:
    now = question_results(sample, TABLE_4, {FIRST: given(sample, 13)})
    before = question_results(sample, TABLE_4, {FIRST: given(sample, 1)})
    kept = kept_figures(before)
    assert set(kept) == {FIRST}
    assert (round(kept[FIRST]["percent"], 1), kept[FIRST]["n"]) == (5.9, 40)
    held = held_against(now, earlier_set("x", "Two years ago", kept))
    line = held.lines[FIRST]
    # 78 of 102 less 6 of 102.
    assert (line.points, line.is_clear, held.together.made) == (71, True, 1)
    esi = held_against(now, esi_set(PRINTED))
    assert {each.difference for each in esi.lines.values()} == {None}
    assert esi.together.made == 0


def test_where_every_case_was_seen_the_number_is_that_of_the_cases() -> None:
    frame = Frame(date(2004, 9, 1), tuple(FrameCase(f"A{at}", "Gwent") for at in range(8)))
    sample = Sample(draw(frame, seed="rain", rules=Rules(size=8)))
    results = question_results(sample, TABLE_4[:1], {FIRST: dict.fromkeys(sample.drawn, YES)})
    assert kept_figures(results) == {FIRST: {"percent": 100.0, "n": 8}}


def test_the_chart_has_a_row_a_question_and_a_tick_for_the_benchmark() -> None:
    drawn = line_chart([Figure(1, 50, 40, 60, 20), Figure(2, None, None, None)], width=458)
    assert drawn is not None
    assert [(row.number, row.y, row.x, row.low, row.high, row.benchmark) for row in drawn.rows] == [
        (1, 21.0, 234.0, 194.0, 274.0, 114.0),
        (2, 47.0, None, 34.0, 34.0, None),
    ]
    assert (drawn.height, drawn.bottom, [tick.at for tick in drawn.ticks]) == (
        88.0,
        60.0,
        [34.0, 114.0, 194.0, 274.0, 354.0, 434.0],
    )
    assert line_chart([Figure(1, None, None, None)], width=400) is None
