"""`openmappa score`, run as people and programs run it."""

import csv
import io
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from openmappa.cli.main import main

OPENMAPPA = [sys.executable, "-c", "import sys; from openmappa.cli.main import main; sys.exit(main())"]
RM2000 = (
    "age_at_risk,sexual_appearances,criminal_appearances,male_victim,stranger_victim,single,non_contact,"
    "violent_appearances,burglary"
)
OGRS3 = "sex,age_at_conviction,age_at_first_sanction,age_at_risk_date,previous_sanctions,offence_group"
S = "s_points,s_first_band,s_band,v_points,v_band,c_points,c_band"
GOOD = "23,2,6,no,yes,no,yes,3,yes"
SCORED = "4,high,very_high,7,very_high,6,very_high"
NOTHING = ",,,,,,"


@pytest.fixture
def score(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Any:
    """Score a file with this content; the exit code, standard output and standard error."""

    def run(instrument: str, content: str | bytes) -> tuple[int, str, str]:
        path = tmp_path / "rows.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        code = main(["score", instrument, str(path)])
        out, told = capfdbinary.readouterr()
        return code, out.decode("utf-8", "surrogateescape"), told.decode().replace(f"{path}: ", "")

    return run


def test_a_row_of_rm2000_comes_back_with_its_points_and_categories(score: Any) -> None:
    content = f"{RM2000}\n{GOOD}\n52,1,1,no,no,no,no,0,no\n"
    assert score("rm2000", content) == (
        0,
        f"{RM2000},{S}\n{GOOD},{SCORED}\n52,1,1,no,no,no,no,0,no,0,low,low,0,low,0,low\n",
        "",
    )


def test_a_row_of_ogrs3_comes_back_with_15_digits_and_the_reported_percentages(score: Any) -> None:
    content = f"{OGRS3}\nmale,20,20,20,4,violence\nfemale,37,14,43,5,criminal_damage\n"
    code, out, _ = score("ogrs3", content)
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert out.splitlines()[0] == f"{OGRS3},p1,p2,percent1,percent2,band"
    assert [(row["p1"], row["percent1"], row["percent2"], row["band"]) for row in rows] == [
        ("0.592258104790411", "59", "75", "high"),
        ("0.169817868519206", "17", "30", "low"),
    ]


def test_columns_may_stand_in_any_order_and_others_are_kept_as_they_are(score: Any) -> None:
    names = RM2000.split(",")
    cells = GOOD.split(",")
    header = ",".join(["name", *reversed(names), "name"])
    row = ",".join(['"O\'Made, ""Up"""', *reversed(cells), " é=1 "])
    code, out, _ = score("rm2000", f"{header}\n{row}\n")
    assert code == 0
    assert out == f"{header},{S}\n{row},{SCORED}\n"


def test_spaces_and_capitals_are_allowed_in_answers(score: Any) -> None:
    _, out, told = score("rm2000", f"{RM2000}\n 23 ,2,006,NO, Yes,no,YES,3,yes\n")
    assert (out.splitlines()[1].endswith(SCORED), told) == (True, "")
    _, out, told = score("ogrs3", f"{OGRS3}\n Male ,20,20,20,0, VIOLENCE\n")
    assert (out.splitlines()[1].endswith("12,22,low"), told) == (True, "")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("17,2,6,no,yes,no,yes,3,yes", "age_at_risk: Age at commencement of risk must be a whole number from 18 to"),
        ("23.0,2,6,no,yes,no,yes,3,yes", "from 18 to 120, not '23.0'."),
        ("+23,2,6,no,yes,no,yes,3,yes", "from 18 to 120, not '+23'."),
        ("٢٣,2,6,no,yes,no,yes,3,yes", "from 18 to 120, not '٢٣'."),
        ("23,2,6,no,yes,no,yes,-1,yes", "violent_appearances: Violent appearances must be a whole number from 0 to"),
        ("23,2,6,y,yes,no,yes,3,yes", "male_victim: A male victim of a sexual offence: answer yes or no, not 'y'."),
        ("23,2,6,no,yes,no,yes,3,", "burglary: It is empty."),
        ("23,2,1,no,yes,no,yes,3,yes", "criminal_appearances: Criminal appearances cannot be 1 when sexual"),
        ("23,2,6,no,yes,no,yes,3", "The row has 8 cells, the first line names 9 columns."),
        (f"23,2,{'9' * 5000},no,yes,no,yes,3,yes", f"not '{'9' * 40}…'."),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_left_without_results(score: Any, row: str, reason: str) -> None:
    code, out, told = score("rm2000", f"{RM2000}\n{GOOD}\n{row}\n{GOOD}\n")
    assert code == 1
    lines = out.splitlines()
    assert lines[2] == row + ("," if row.count(",") < 8 else "") + f",{NOTHING}"
    assert [lines[1], lines[3]] == [f"{GOOD},{SCORED}"] * 2
    named, last = told.splitlines()
    assert named.startswith("line 3: ")
    assert reason in named
    assert last == "1 row could not be scored."


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("m,20,20,20,0,violence", "line 2: sex: Sex must be one of male, female, not 'm'."),
        ("male,9,9,9,0,violence", "age_at_conviction: Age at the current conviction must be a whole number from 10"),
        ("male,19,20,20,0,violence", "age_at_conviction: Age at the current conviction cannot be 19 when the first"),
        ("male,20,20,20,0,robery", "(did you mean robbery?), not 'robery'."),
    ],
)
def test_a_row_that_ogrs3_refuses_has_its_reason(score: Any, row: str, reason: str) -> None:
    code, out, told = score("ogrs3", f"{OGRS3}\n{row}\n")
    assert (code, out.splitlines()[1]) == (1, f"{row},,,,,")
    assert reason in told


def test_everything_that_is_wrong_with_a_row_stands_in_one_line_in_the_order_of_the_columns(score: Any) -> None:
    _, _, told = score("rm2000", f"{RM2000}\n17,0,6,no,yes,no,maybe,x,yes\n")
    assert len(told.splitlines()) == 2
    assert re.findall(r"([a-z]+(?:_[a-z]+)+): ", told) == [
        "age_at_risk", "sexual_appearances", "non_contact", "violent_appearances",
    ]  # fmt: skip


def test_surplus_cells_never_stand_where_a_result_would(score: Any) -> None:
    code, out, _ = score("rm2000", f"{RM2000}\n{GOOD},9,low\n")
    assert (code, out.splitlines()[1]) == (1, f"{GOOD},{NOTHING},9,low")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "The file is empty. Its first line must name the columns.\n"),
        ("\n \n", "The file is empty. Its first line must name the columns.\n"),
        (f"{RM2000.replace('single', 'singel')}\n", "There is no column single. Did you mean 'singel' to be it?\n"),
        (f"{RM2000},single\n", "The column single stands there twice. Take one of the two out.\n"),
        (
            f"{RM2000},s_band\n",
            "There is a column s_band already, and the results are added under that name. Rename it or take it out.\n",
        ),
        (b"\xff\xfea\x00", "The file is UTF-16. Save it as “CSV UTF-8”.\n"),
        (b"caf\xe9,b\n", "line 1: The line is not UTF-8. Save the file as “CSV UTF-8”. The first line must name the "
         "columns.\n"),
        ('"a', "line 1: A quotation mark opens a cell here and is not closed. The first line must name the columns.\n"),
        (b"x" * 1_000_001, "line 1: it is longer than 1,000,000 bytes, so this is no table.\n"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_scored_is_refused_whole(score: Any, content: str | bytes, told: str) -> None:
    assert score("rm2000", content) == (1, "", told)


def test_a_first_line_that_is_a_row_or_has_semicolons_is_told_so(score: Any) -> None:
    _, out, told = score("rm2000", f"{GOOD}\n")
    assert (out, told.count("There is no column")) == ("", 9)
    _, _, told = score("rm2000", f"{RM2000}\n".replace(",", ";"))
    assert told.startswith("The columns must be separated by commas. There is no column")


def test_line_ends_and_the_byte_order_mark_come_back_as_they_came_and_empty_lines_are_left_out(score: Any) -> None:
    code, out, told = score("rm2000", f"\ufeff{RM2000}\r\n\r\n{GOOD}\r\n\r\nx\r\n")
    assert code == 1
    assert out == f"\ufeff{RM2000},{S}\r\n{GOOD},{SCORED}\r\nx{',' * 8},{NOTHING}\r\n"
    assert told.startswith("line 5: The row has 1 cells")


def test_a_line_that_is_not_utf8_is_named_and_comes_back_byte_for_byte(score: Any) -> None:
    content = f"{RM2000},name\n{GOOD},café\n{GOOD},ok\n".encode().replace("é".encode(), b"\xe9")
    code, out, told = score("rm2000", content)
    assert code == 1
    assert (
        out.encode("utf-8", "surrogateescape").splitlines()[1] == f"{GOOD},caf".encode() + b"\xe9," + NOTHING.encode()
    )
    assert out.splitlines()[2] == f"{GOOD},ok,{SCORED}"
    assert told.startswith("line 2: The line is not UTF-8.")


def test_a_cell_over_two_lines_is_one_row_named_by_its_first_line(score: Any) -> None:
    _, out, told = score("rm2000", f'{RM2000},note\n{GOOD},"two\nlines"\n17{GOOD[2:]},"two\nmore"\n{GOOD},\n')
    assert [row["s_band"] for row in csv.DictReader(io.StringIO(out))] == ["very_high", "", "very_high"]
    assert told.startswith("line 4: age_at_risk")


def test_a_quotation_mark_that_is_not_closed_spoils_its_own_line_alone(score: Any) -> None:
    code, out, told = score("rm2000", f'{RM2000}\n"{GOOD}\n{GOOD}\n"23"x{GOOD[2:]}\n{GOOD}\n"{GOOD}')
    assert code == 1
    assert [row["c_points"] for row in csv.DictReader(io.StringIO(out))] == ["", "6", "", "6", ""]
    assert [line.partition(":")[0] for line in told.splitlines()] == [
        "line 2", "line 4", "line 6", "3 rows could not be scored.",
    ]  # fmt: skip


def test_a_line_end_within_a_line_is_named(score: Any) -> None:
    code, out, told = score("rm2000", f"{RM2000}\n{GOOD}\rx\n{GOOD}\n")
    assert (code, out.splitlines()[2]) == (1, f"{GOOD},{SCORED}")
    assert "line 2: There is a line end within the line." in told


def test_standard_input_is_read_and_a_missing_file_is_said() -> None:
    piped = subprocess.run(
        [*OPENMAPPA, "score", "rm2000", "-"], input=f"{RM2000}\n{GOOD}".encode(), capture_output=True, check=True
    )
    assert piped.stdout.decode() == f"{RM2000},{S}\n{GOOD},{SCORED}\n"
    refused = subprocess.run([*OPENMAPPA, "score", "rm2000", "no-such-file"], capture_output=True, check=False)
    assert (refused.returncode, refused.stderr.decode()) == (
        1,
        "no-such-file: the file cannot be read (No such file or directory).\n",
    )


def test_an_unknown_instrument_is_a_mistake_in_how_the_command_was_called(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["score", "static99", "x"])
    assert left.value.code == 2
    assert "rm2000" in capfd.readouterr().err


def test_a_reader_that_goes_away_is_no_error_to_speak_of(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text(f"{RM2000}\n" + f"{GOOD}\n" * 20_000)
    process = subprocess.Popen(
        [*OPENMAPPA, "score", "rm2000", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    with process:
        assert process.wait(timeout=60) == 141
        assert process.stderr is not None
        assert process.stderr.read() == b""
