# ruff: noqa: E501 (sentences are checked whole)
"""`openmappa what-if`, run as people run it."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from openmappa.cli import whole_file
from openmappa.cli.main import main
from openmappa.cli.progress import Bar
from openmappa.core.packs.load import SHIPPED

HEADER = {"format": "openmappa-caseload/1", "source": "trial", "made_on": "2005-03-31"}
FACTS = [
    {"kind": "registered", "on": "2005-01-03"},
    {"kind": "initial_notification_made", "on": "2005-01-03"},
    {"kind": "rm2000_completed", "on": "2005-01-05", "band": "high", "rank": "constable"},
    {"kind": "rm2000_countersigned", "on": "2005-01-06"},
    {
        "kind": "home_visit",
        "on": "2005-03-31",
        "service": "police",
        "outcome": "seen",
        "announced": False,
        "joint": False,
    },
]
MONTHLY = """
extends = "england-wales-2005"
title = "High seen every month"
source = "Recommendation 4"
[[table]]
name = "visit-interval"
rows = [{ force = "A", band = "high", months = 1 }]
"""
NOTHING = 'extends = "england-wales-2005"\ntitle = "Nothing new"\nsource = "Us"\n'


def case(number: int = 1, **fields: Any) -> dict[str, Any]:
    staff = {"case_manager": "n.probation1", "police_officer": "n.police1"}
    return {"case": f"NSH-{number}", "area": "northshire", "force": "A", "staff": staff, "facts": FACTS, **fields}


@pytest.fixture
def asking(tmp_path: Path) -> Callable[..., list[str]]:
    """The command's words for these cases and two drafts."""
    (tmp_path / "monthly.toml").write_text(MONTHLY)
    (tmp_path / "nothing.toml").write_text(NOTHING)

    def write(*cases: Any, drafts: tuple[str, ...] = ("monthly", "nothing"), on: str = "2005-03-31") -> list[str]:
        path = tmp_path / "caseload.jsonl"
        path.write_text("".join(json.dumps(line) + "\n" for line in (HEADER, *cases)))
        named = [word for draft in drafts for word in ("--draft", str(tmp_path / f"{draft}.toml"))]
        return ["what-if", str(path), "--on", on, *named]

    return write


def test_the_text_says_what_changes_what_it_costs_what_was_late_and_what_it_rests_on(
    asking: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(asking(*(case(number) for number in range(33)))) == 0
    out, told = capsys.readouterr()
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert told == ""
    assert lines[:6] == [
        "What if: 33 cases, as known on 31 March 2005",
        "",
        "The pack: Standards in England and Wales, 2005 (england-wales-2005)",
        "Draft A: High seen every month (monthly), for clocks that start from 1 April 2005",
        "- Unannounced police home visit: force A, band high: 3 months → 1 month",
        "Draft B: Nothing new (nothing), for clocks that start from 1 April 2005",
    ]
    assert lines[6] == "- It changes nothing that is due."
    assert "Unannounced police home visit 150 132 330.0 330 825.0 +495.0 132 330.0 =" in lines
    assert "1 Jul 2005 0.0 0 82.5 +82.5 1 0.0 = 0" in lines
    assert (
        "Over capacity in at least one month, of 1 person named in the file: 1 by the pack, 1 by draft A, 1 by draft B."
        in lines
    )
    assert "n.police1, police officer 80.0 0.0 4 82.5 10 99.0 4 82.5" in lines
    assert "Unannounced police home visit 0 0 – 33 33 +33 0% 0 0 = –" in lines
    assert lines[-1] == "- Nothing was recorded."


def test_one_draft_of_one_case_by_area_where_nobody_has_too_much(
    asking: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    words = asking(case(facts=FACTS[:3]), drafts=("nothing",), on="2005-02-28")
    assert main([*words, "--by", "area", "--months", "1"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("What if: 1 case, as known on 28 February 2005\n")
    assert "Work ahead: 1 month from 1 March 2005\n" in out
    assert "Over capacity in at least one month, of 1 area named in the file: 0 by the pack, 0 by draft A.\n" in out
    assert "The first month has 0.2 hours of work that was overdue already." in " ".join(out.split())


def test_csv_has_a_row_for_each_figure(asking: Callable[..., list[str]], tmp_path: Path) -> None:
    out = tmp_path / "answer.csv"
    words = asking(case(), case(2, staff={}), drafts=("monthly",))
    assert main([*words, "--format", "csv", "--out", str(out)]) == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text())))
    assert rows[0] == {
        "period": "ahead", "standards": "pack", "area": "", "role": "police_officer", "name": "n.police1",
        "month": "2005-06-01", "standard": "home-visit", "number": "1", "late": "0", "hours": "2.5", "capacity_hours": "80.0",
    }  # fmt: skip
    unnamed = [row for row in rows if not row["name"] and row["period"] == "ahead" and row["standards"] == "pack"]
    assert (unnamed[0]["area"], unnamed[0]["role"], unnamed[0]["capacity_hours"]) == (
        "northshire",
        "police_officer",
        "",
    )
    late = [row for row in rows if row["standards"] == "draft A" and row["late"] == "1"]
    assert [(row["period"], row["month"], row["standard"], row["hours"]) for row in late] == [
        ("past", "2005-02-01", "home-visit", ""),
    ] * 2
    assert not (tmp_path / "answer.csv.part").exists()


def test_json_has_the_question_its_assumptions_and_who_is_over(
    asking: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*asking(*(case(number) for number in range(33))), "--format", "json", "--by", "unit"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["on"], found["months"], found["cases"], found["by"]) == ("2005-03-31", 12, 33, "unit")
    assert [(draft["name"], draft["from"], len(draft["changes"])) for draft in found["drafts"]] == [
        ("monthly", "2005-04-01", 1),
        ("nothing", "2005-04-01", 0),
    ]
    assert found["over_capacity"][1] == {
        "standards": "draft A", "area": "northshire", "role": "police", "name": "", "capacity_hours": 80.0,
        "months_over": 10, "fullest_month_hours": 99.0,
    }  # fmt: skip
    assert found["assumptions"][0].startswith("Each duty is met on its last day.")
    assert found["workload"]["activities"][0]["source"].startswith("(A)")
    assert sum(row["number"] for row in found["ahead"] if row["standards"] == "draft A") == 33 * 11
    assert found["past"][0] == {
        "standards": "pack", "area": "northshire", "role": "police", "name": "", "month": "2005-01-01",
        "standard": "initial-notification", "number": 33, "late": 0,
    }  # fmt: skip


def test_several_processes_count_the_same_as_one(
    asking: Callable[..., list[str]], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = [*asking(*(case(number, area=("north", "south")[number % 2]) for number in range(30))), "--format", "csv"]
    assert main(words) == 0
    one = capsys.readouterr().out
    monkeypatch.setattr(whole_file, "PART", 2000)
    assert main(words) == 0
    assert capsys.readouterr().out == one


def test_everything_that_is_wrong_with_drafts_and_times_is_said_at_once(
    asking: Callable[..., list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.toml").write_text(NOTHING + "without = 3\n")
    words = [*asking(case(), drafts=("monthly", "nothing", "bad")), "--workload", str(tmp_path / "none.toml")]
    assert main(words) == 1
    out, told = capsys.readouterr()
    assert out == ""
    assert told.splitlines() == [
        "There are 3 drafts; 2 at most can stand side by side.",
        f'{tmp_path}/bad.toml: `without` is 3; write a list of standards, such as ["isp-start"].',
        f"{tmp_path}/none.toml: there is no such file. Write the name of a file such as the pack's workload.toml.",
    ]


def test_a_standard_without_a_time_and_a_draft_that_ends_are_refused(
    asking: Callable[..., list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ends.toml").write_text(NOTHING + "in_force = { until = 2005-06-30 }\n")
    times = (SHIPPED / "england_wales_2005" / "workload.toml").read_text().replace('"home-visit"', '"home-visits"')
    (tmp_path / "times.toml").write_text(times)
    words = [*asking(case(), drafts=("ends",)), "--workload", str(tmp_path / "times.toml")]
    assert main(words) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{tmp_path}/times.toml: no time is given for home-visit; add an activity for it.",
        "ends: this draft ends on 2005-06-30, and the months to look ahead end on 2006-03-31. Take `until` out of it, or look ahead less far.",
    ]


def test_a_file_with_problems_is_refused_whole_line_by_line(
    asking: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(asking(case(), case(2, force="Z"), {"case": 3}, case())) == 1
    out, told = capsys.readouterr()
    assert out == ""
    assert told.splitlines()[0] == (
        'line 3, force: found "Z"; expected one of A, B, C, D, E, which the pack and each draft have a visit policy for'
    )
    assert told.splitlines()[-2:] == [
        'line 5, case: found "NSH-1"; expected a case that is not in the file yet; line 2 has it',
        f"Refused: {len(told.splitlines()) - 1} problems in the file. Nothing was worked out.",
    ]


def test_files_that_cannot_be_read_or_written_are_named(
    asking: Callable[..., list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = asking(case())
    assert main([words[0], str(tmp_path / "none"), *words[2:]]) == 1
    assert capsys.readouterr().err == f"{tmp_path}/none: the file cannot be read (No such file or directory).\n"
    assert main([*words, "--out", str(tmp_path / "no" / "answer")]) == 1
    assert capsys.readouterr().err == f"{tmp_path}/no/answer: the file cannot be written (No such file or directory).\n"


@pytest.mark.parametrize("months", ["0", "61", "twelve", "-3"])
def test_months_are_a_number_from_one_to_sixty(
    asking: Callable[..., list[str]], capsys: pytest.CaptureFixture[str], months: str
) -> None:
    with pytest.raises(SystemExit):
        main([*asking(case()), f"--months={months}"])
    assert f"'{months}' is no number of months from 1 to 60" in capsys.readouterr().err


def test_the_bar_is_for_terminals_only(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with Bar("Working out") as bar:
        bar(1, 2)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    with Bar("Working out") as bar:
        bar(1, 2)
    assert "50%" in capsys.readouterr().err
