"""`openmappa inspection`."""

import csv
from pathlib import Path

import pytest

from openmappa.cli.main import main
from openmappa.core.packs.load import SHIPPED

PACK = SHIPPED / "england_wales_2005"


def test_the_framework_that_ships_is_one_line_with_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspection", "check", str(PACK / "inspection_framework.toml")]) == 0
    assert capsys.readouterr().out == (
        "OK: joint_sex_offenders 2005.1, Joint inspection of the management of sex offenders in the community. "
        "6 chapters, 22 criteria, 83 questions: 57 of each case, 26 of the area.\n"
    )


def test_an_interview_schedule_is_known_by_its_roles(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspection", "check", str(PACK / "inspection_interviews.toml")]) == 0
    assert capsys.readouterr().out == (
        "OK: joint_sex_offenders_interviews 2005.1, "
        "Interviews of a joint inspection of the management of sex offenders. 8 roles, 6 parts, 95 questions.\n"
    )


def test_a_bad_framework_is_refused_with_every_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.toml"
    text = (PACK / "inspection_framework.toml").read_text()
    file.write_text(
        text.replace('code = "board_plans_ahead"', 'code = "joint_strategy"').replace("meaning", "means", 1)
    )
    assert main(["inspection", "check", str(file)]) == 1
    out, told = capsys.readouterr()
    assert out == ""
    assert f"{file}: two of the questions have the code 'joint_strategy'; give each its own.\n" in told
    assert f"{file}, scale 1: `means` is not a key that is known here; did you mean `meaning`?\n" in told
    assert told.endswith("Refused: 3 problems.\n")


def test_a_file_that_is_not_there_is_one_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspection", "check", str(tmp_path / "none.toml")]) == 1
    assert capsys.readouterr().err.endswith("Refused: 1 problem.\n")


def test_reproduce_draws_tables_2_to_8_and_says_how_many_figures_came_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspection", "reproduce"]) == 0
    out, told = capsys.readouterr()
    assert told == "119 of 119 figures of the report came out of 100 generated cases.\n"
    heads = [line.split(".")[0] for line in out.splitlines() if line.startswith(("Table ", "Findings in"))]
    assert heads == [f"Table {number}" for number in range(2, 9)] + ["Findings in the text"]
    assert max(map(len, out.splitlines())) <= 113
    assert (
        "agencies and earlier assessments say?                      23 of 100   23%     16 to 32%     23%   49%     -26"
        in out
    )
    assert "Monthly     14 of 65   22%     13 to 33%     22%       9 of 61   15%      8 to 26%     15%" in out
    assert "9.16  Home visits of the two services were coordinated" in out


def test_as_csv_each_figure_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspection", "reproduce", "--format", "csv"]) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert len(rows) == 119
    assert {row["holds"] for row in rows} == {"yes"}
    (visits,) = [row for row in rows if row["measure"] == "breach_or_recall_in_time"]
    assert (visits["paragraph"], visits["count"], visits["of"], visits["low"], visits["high"]) == (
        "8.11",
        "10",
        "13",
        "50",
        "92",
    )
    assert (visits["report_percent"], visits["report_count"], visits["benchmark_percent"]) == ("", "10", "")


@pytest.mark.parametrize("form", ["csv", "text"])
def test_a_folder_gets_a_file_for_each_table_and_the_cases_to_count_again(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "new" / "tables"
    assert main(["inspection", "reproduce", "--format", form, "--out", str(folder)]) == 0
    assert capsys.readouterr().out == f"Wrote 9 files to {folder}.\n"
    ending = "csv" if form == "csv" else "txt"
    wanted = {"cases.csv", f"findings.{ending}", *(f"table-{number}.{ending}" for number in range(2, 9))}
    assert {file.name for file in folder.iterdir()} == wanted
    with (folder / "cases.csv").open(newline="") as file:
        cases = list(csv.DictReader(file))
    assert len(cases) == 100
    assert sum(case["smart_objectives"] in ("excellent", "sufficient") for case in cases) == 26
    assert sum(case["mappa_level"] == "2" for case in cases) == 70
    assert sum("surveillance" in case["interventions"].split(";") for case in cases) == 1
    assert sum(len(case["meetings"].split()) == 1 for case in cases) == 16


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert main(["inspection", "reproduce", "--out", str(tmp_path / "file")]) == 1
    assert "the tables cannot be written there (File exists).\n" in capsys.readouterr().err


def test_a_figure_that_does_not_come_out_is_marked_and_ends_in_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "figures.toml"
    file.write_text(
        (PACK / "inspection_report.toml").read_text().replace("cases = 61\nwithin", "cases = 62\nwithin", 1)
    )
    assert main(["inspection", "reproduce", "--figures", str(file)]) == 1
    out, told = capsys.readouterr()
    assert told == "118 of 119 figures of the report came out of 100 generated cases.\n"
    assert "37 of 62   60%     47 to 71%     59% !   80%     -20" in out


def test_figures_that_make_no_sense_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "figures.toml"
    file.write_text((PACK / "inspection_report.toml").read_text().replace('kind = "score"', 'kind = "guess"', 1))
    assert main(["inspection", "reproduce", "--figures", str(file)]) == 1
    assert "measure 7: `kind` is 'guess'; write one of score, choice," in capsys.readouterr().err
