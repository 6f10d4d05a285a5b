"""The tables of the report, drawn from generated cases: every figure of tests/spec/report comes out of the count."""

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from openmappa.core.inspection.framework import AppliesTo
from openmappa.core.inspection.reproduction import GeneratedCase
from openmappa.core.inspection.reproduction_cases import generated
from openmappa.core.inspection.reproduction_tables import DrawnTable, Row, drawn
from openmappa.core.packs.load import load_inspection_framework, load_inspection_report, load_mappa_figures

PACK = "england-wales-2005"
FRAMEWORK = load_inspection_framework(PACK)
REPORT = load_inspection_report(PACK)
BANDS = load_mappa_figures(PACK).bands
CASES = generated(REPORT)
TABLES = {table.number: table for table in drawn(REPORT, FRAMEWORK, CASES, BANDS)}
SPEC = Path(__file__).parents[2] / "spec" / "report"


def spec(name: str) -> list[dict[str, str]]:
    with (SPEC / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def percent(row: Row) -> int | None:
    """The percentage by the count alone: k of n, whatever is printed beside it."""
    return int(100 * row.proportion.k / row.proportion.n + 0.5)


def found(table: int, measure: str, answer: str) -> Row:
    rows = [row for row in TABLES[table].rows if (row.measure.code, row.printed.answer) == (measure, answer)]
    assert len(rows) == 1, (table, measure, answer)
    return rows[0]


def test_there_are_100_cases_20_in_each_of_five_invented_areas() -> None:
    assert Counter(case.area for case in CASES) == {area.name: 20 for area in REPORT.areas}
    assert [area.name for area in REPORT.areas] == ["Northshire", "Eastmarch", "Westvale", "Southmoor", "Midwater"]
    assert (CASES[0].reference, CASES[-1].reference) == ("NSH-01", "MWA-20")
    assert len({case.reference for case in CASES}) == 100


@pytest.mark.parametrize("line", spec("table2_interventions"), ids=lambda line: line["intervention"])
def test_table_2_comes_out(line: dict[str, str]) -> None:
    code = line["intervention"]
    measure, answer = ("interventions", code)
    if code.startswith("accredited"):
        measure, answer = (code, "yes") if code.endswith("_any") else ("accredited_programme", code)
    row = found(2, measure, answer)
    assert (percent(row), row.proportion.n) == (int(line["percent_of_cases"]), 100)


@pytest.mark.parametrize("line", spec("tables3_4_5_8_above_the_line"), ids=lambda line: line["item"])
def test_tables_3_4_5_and_8_come_out_with_the_benchmark_beside_them(line: dict[str, str]) -> None:
    row = found(int(line["table"]), line["item"], "above")
    assert percent(row) == int(line["sot_percent"])
    assert FRAMEWORK.question(line["item"]).applies_to is AppliesTo(line["applies_to"])
    assert row.printed.benchmark == (int(line["esi_percent"]) if line["esi_percent"] else None)
    points = int(line["sot_percent"]) - int(line["esi_percent"]) if line["esi_percent"] else None
    assert row.points_to_benchmark == points


@pytest.mark.parametrize("line", spec("table6_mappa_reviews"), ids=lambda line: f"{line['question']}-{line['answer']}")
def test_table_6_comes_out(line: dict[str, str]) -> None:
    codes = {
        "frequency_sufficient": "mappa_frequency_sufficient",
        "offender_informed_of_decisions": "offender_informed_of_decisions",
    }
    row = found(6, codes.get(line["question"], line["question"]), line["answer"])
    assert percent(row) == int(line["percent"])


@pytest.mark.parametrize("line", spec("table7_home_visits"), ids=lambda line: f"every-{line['every_months']}-months")
def test_table_7_comes_out(line: dict[str, str]) -> None:
    planned = found(7, "home_visits_planned", line["every_months"])
    made = found(7, "home_visits_made", line["every_months"])
    assert (percent(planned), percent(made)) == (int(line["planned_percent"]), int(line["actual_percent"]))


@pytest.mark.parametrize("line", spec("case_sample_findings"), ids=lambda line: line["finding"])
def test_the_findings_of_the_text_come_out(line: dict[str, str]) -> None:
    rows = [row for row in TABLES[0].rows if row.printed.finding == line["finding"]]
    assert len(rows) == 1
    assert rows[0].measure.source.text == line["paragraph"]
    if line["percent"]:
        assert percent(rows[0]) == int(line["percent"])
    else:
        assert (rows[0].proportion.k, rows[0].proportion.n) == (int(line["numerator"]), int(line["denominator"]))


def test_nothing_is_drawn_that_the_files_do_not_have() -> None:
    wanted = {2: 14, 3: 3, 4: 6, 5: 4, 6: 14, 7: 26, 8: 5, 0: 47}
    assert {number: len(table.rows) for number, table in TABLES.items()} == wanted
    assert list(TABLES) == [2, 3, 4, 5, 6, 7, 8, 0]
    assert [table.name for table in TABLES.values()][-2:] == ["Table 8", "Findings"]


def test_each_figure_says_that_it_holds_by_its_count() -> None:
    assert all(row.holds for table in TABLES.values() for row in table.rows)


def test_a_table_is_counted_from_the_answers_and_changes_with_them() -> None:
    (first,) = [case for case in CASES if case.reference == "NSH-01"]
    better = "poor" if first.answers["smart_objectives"] & {"excellent", "sufficient"} else "excellent"
    changed = replace(first, answers={**first.answers, "smart_objectives": frozenset({better})})
    row = _row_of(drawn(REPORT, FRAMEWORK, (changed, *CASES[1:]), BANDS), "smart_objectives")
    assert row.proportion.k == 26 + (1 if better == "excellent" else -1)
    assert not row.holds


def test_reviews_and_visits_are_counted_from_their_days() -> None:
    monthly = next(case for case in CASES if len(case.meetings) == 12)
    none = next(case for case in CASES if len(case.meetings) == 1)
    fewer = replace(monthly, meetings=monthly.meetings[-1:])
    cases = tuple(fewer if case is monthly else case for case in CASES)
    rows = {
        row.printed.answer: row.proportion.k for row in _of(drawn(REPORT, FRAMEWORK, cases, BANDS), "review_frequency")
    }
    assert (rows["monthly"], rows["none"]) == (4, 17)
    assert none.meetings[0] <= REPORT.until
    visited = next(case for case in CASES if len(case.visits) > 12)
    half = replace(visited, visits=visited.visits[::2])
    cases = tuple(half if case is visited else case for case in CASES)
    rows = {
        row.printed.answer: row.proportion.k for row in _of(drawn(REPORT, FRAMEWORK, cases, BANDS), "home_visits_made")
    }
    assert (rows["1"], rows["2"]) == (8, 7)


def test_answers_are_spread_over_the_areas_as_evenly_as_can_be() -> None:
    for code in ("isp_content_and_timing", "risk_of_harm_contained", "pre_release_work"):
        above = Counter(
            case.area for case in CASES if case.answers.get(code, frozenset()) & {"excellent", "sufficient"}
        )
        assert max(above.values()) - min(above[area.name] for area in REPORT.areas) <= 1


def test_the_same_report_gives_the_same_cases_on_any_machine() -> None:
    assert generated(REPORT) == CASES
    assert CASES[0].answers["isp_content_and_timing"] == frozenset({"poor"})
    assert CASES[99].answers["smart_objectives"] == frozenset({"sufficient"})


def test_groups_lie_within_one_another() -> None:
    def has(case: GeneratedCase, code: str, answer: str = "yes") -> bool:
        return answer in case.answers.get(code, ())

    assert all(
        has(case, "accredited_programme_any") != has(case, "no_programme_planned")
        or not has(case, "accredited_programme_any")
        for case in CASES
    )
    assert all(has(case, "convicted_since_commencement") for case in CASES if has(case, "convicted_of_sexual_offence"))
    assert all(has(case, "police_and_probation_record") for case in CASES if case.visits)
    assert all(has(case, "mappa_level", "2") or has(case, "mappa_level", "3") for case in CASES if case.meetings)
    programmes = [case.answers["accredited_programme"] for case in CASES if has(case, "accredited_programme_any")]
    assert Counter(map(len, programmes)) == {1: 54, 2: 1}


def test_table_6_adds_up_and_table_7_and_7_1_do_not_and_the_notes_say_so() -> None:
    sums = {measure.code: sum(measure.percentages) for measure in REPORT.measures if measure.whole}
    assert {code: total for code, total in sums.items() if total != 100} == {
        "home_visits_planned": 101,
        "home_visits_made": 102,
        "mappa_level": 101,
    }
    assert not any("add up" in note for note in TABLES[6].notes)
    assert TABLES[7].notes[0] == (
        "Home visits planned: the report's figures add up to 101, not 100; "
        "rounding explains that at 65 cases, and at no other number up to 100."
    )
    said = "MAPPA level: the report's figures add up to 101, not 100; rounding explains that at 22, 37, 44,"
    assert any(note.startswith(said) and "88, 95 or 96 cases" in note for note in TABLES[0].notes)
    assert TABLES[2].notes == (
        "Accredited programme: the parts add up to 56%, the whole is 55%. That can be where a case counts under two of "
        "them; of these 100 cases, 1 is. The report does not say.",
    )


def test_parts_that_add_up_to_their_whole_need_no_note() -> None:
    parts = REPORT.measure("accredited_programme")
    less = replace(parts, printed=(*parts.printed[:2], replace(parts.printed[2], percent=10)))
    report = replace(REPORT, measures=tuple(less if each is parts else each for each in REPORT.measures))
    assert drawn(report, FRAMEWORK, generated(report), BANDS)[0].notes == ()


def test_where_the_benchmark_stands_the_notes_say_that_no_interval_can_be_drawn() -> None:
    for number, table in TABLES.items():
        said = any("in 29 areas" in note and "no interval can be drawn" in note for note in table.notes)
        assert said == (number in (3, 4, 5, 8))


def test_a_number_of_cases_that_is_our_choice_is_called_so() -> None:
    chosen = [note for note in TABLES[8].notes if "is our choice" in note]
    assert [note.partition(":")[0] for note in chosen] == [
        "Licence cases",
        "High or very high risk of harm at the start",
    ]
    assert not any("62" in note and "child protection concern" in note for note in TABLES[0].notes)


def test_where_no_whole_number_gives_a_figure_the_nearest_is_drawn_and_it_is_said() -> None:
    groups = tuple(
        replace(each, cases=62) if each.code == "child_protection_judged" else each for each in REPORT.groups
    )
    report = replace(REPORT, groups=groups)
    tables = drawn(report, FRAMEWORK, generated(report), BANDS)
    row = _row_of(tables, "child_protection_involvement")
    assert (row.proportion.k, row.proportion.n, row.proportion.percentage, row.holds) == (37, 62, 60, False)
    notes = next(table.notes for table in tables if table.number == 5)
    assert "child_protection_involvement: no whole number of 62 is 59%; the nearest is shown." in notes


def test_where_parts_cannot_add_up_at_all_the_notes_say_that_too() -> None:
    level = REPORT.measure("mappa_level")
    wrong = replace(level, printed=tuple(replace(each, percent=50) for each in level.printed))
    report = replace(REPORT, measures=tuple(wrong if each is level else each for each in REPORT.measures))
    notes = drawn(report, FRAMEWORK, generated(report), BANDS)[-1].notes
    assert (
        "MAPPA level: the report's figures add up to 150, not 100; "
        "no number of cases up to 100 explains that by rounding."
    ) in notes
    assert "MAPPA level: no whole numbers that make up 96 give all its percentages; the nearest are shown." in notes


def test_where_there_is_no_such_case_there_is_nothing_to_count() -> None:
    child = REPORT.measure("child_protection_concern")
    none = replace(child, printed=(replace(child.printed[0], percent=0),))
    report = replace(REPORT, measures=tuple(none if each is child else each for each in REPORT.measures))
    tables = drawn(report, FRAMEWORK, generated(report), BANDS)
    row = _row_of(tables, "child_protection_involvement")
    assert (row.proportion.n, row.points_to_benchmark, row.holds) == (0, None, False)
    assert "child_protection_involvement: there is no such case, so there is nothing to count." in tables[3].notes


def _of(tables: tuple[DrawnTable, ...], measure: str) -> list[Row]:
    return [row for table in tables for row in table.rows if row.measure.code == measure]


def _row_of(tables: tuple[DrawnTable, ...], measure: str) -> Row:
    (row,) = _of(tables, measure)
    return row
