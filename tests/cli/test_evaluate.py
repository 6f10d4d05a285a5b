# ruff: noqa: E501 (sentences are checked whole)
"""`openmappa evaluate`, run as people and programs run it."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from openmappa.cli import judging, whole_file
from openmappa.cli.main import main

HEADER = {"format": "openmappa-caseload/1", "source": "trial", "made_on": "2005-03-31"}
EXAMPLES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "spec" / "duties" / "examples.jsonl").read_text().splitlines()
]
SAME_DAY = [example for example in EXAMPLES if example["as_of"] == "2004-12-31" and not example["known_on"]]
OPENMAPPA = [sys.executable, "-c", "import sys; from openmappa.cli.main import main; sys.exit(main())"]


def case(name: str = "NSH-1", force: str = "A") -> dict[str, Any]:
    return {"case": name, "area": "northshire", "force": force, "facts": [{"kind": "registered", "on": "2004-03-01"}]}


@pytest.fixture
def caseload(tmp_path: Path) -> Callable[..., str]:
    """Write a file of these lines; its name."""

    def write(*lines: Any, header: Any = HEADER) -> str:
        path = tmp_path / "caseload.jsonl"
        path.write_text("".join(json.dumps(line) + "\n" for line in (header, *lines)))
        return str(path)

    return write


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut files into parts of a few lines, so that several processes work on a small one."""
    monkeypatch.setattr(whole_file, "PART", 2000)


def test_the_examples_of_one_day_come_out_line_by_line(
    caseload: Callable[..., str], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = caseload(*(example["case"] for example in SAME_DAY))
    assert main(["evaluate", file, "--pack", "england-wales-2005", "--as-of", "2004-12-31"]) == 0
    wanted = "".join(json.dumps(duty) + "\n" for example in SAME_DAY for duty in example["duties"])
    assert capfdbinary.readouterr().out.decode() == wanted


@pytest.mark.usefixtures("small_parts")
def test_several_processes_give_the_same_in_the_same_order(
    caseload: Callable[..., str], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    many = [
        {**example["case"], "case": f"{turn}-{example['case']['case']}"} for turn in range(9) for example in SAME_DAY
    ]
    assert main(["evaluate", caseload(*many), "--as-of", "2004-12-31"]) == 0
    found = [json.loads(line)["case"] for line in capfdbinary.readouterr().out.splitlines()]
    assert list(dict.fromkeys(found)) == [one["case"] for one in many]


def test_known_on_leaves_out_what_was_written_down_later(
    caseload: Callable[..., str], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    example = next(example for example in EXAMPLES if example["known_on"])
    file = caseload(example["case"])
    assert main(["evaluate", file, "--as-of", example["as_of"], "--known-on", example["known_on"]]) == 0
    assert [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()] == example["duties"]


def test_csv_has_a_row_a_duty_under_a_header(
    caseload: Callable[..., str], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["evaluate", caseload(case("N,1")), "--as-of", "2004-03-03", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capfdbinary.readouterr().out.decode())))
    assert [row["standard"] for row in rows] == ["annual-notification", "initial-notification", "rm2000-start"]
    assert rows[2] == {
        "case": "N,1", "standard": "rm2000-start", "of": "police_officer", "opened_on": "2004-03-01",
        "due_on": "2004-03-08", "met_on": "", "closed_on": "", "outcome": "due", "because_kind": "registered",
        "because_on": "2004-03-01", "source": "7.4",
    }  # fmt: skip


def test_a_table_is_for_people(caseload: Callable[..., str], capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", caseload(case()), "--as-of", "2004-03-03", "--format", "table"]) == 0
    out = capfd.readouterr().out
    assert "rm2000-start" in out
    assert out.endswith("3 duties.\n")


def test_every_problem_is_named_in_the_order_of_the_lines_and_nothing_comes_out(
    caseload: Callable[..., str], capfd: pytest.CaptureFixture[str]
) -> None:
    bad = {**case("NSH-3"), "facts": [{"kind": "registerd", "on": "2004-02-30"}]}
    file = caseload(case(), case(), bad, case("NSH-4", "Z"), case(), header={"format": "openmappa-caseload/1"})
    assert main(["evaluate", file, "--as-of", "2004-12-31"]) == 1
    out, told = capfd.readouterr()
    assert out == ""
    assert told.splitlines() == [
        "line 1, source: found nothing; expected this field",
        "line 1, made_on: found nothing; expected this field",
        'line 3, case: found "NSH-1"; expected a case that is not in the file yet; line 2 has it',
        'line 4, fact 1, on: found "2004-02-30"; expected a day that exists, such as 2004-03-01',
        'line 4, fact 1, kind: found "registerd"; expected a kind of fact (did you mean registered?)',
        'line 5, force: found "Z"; expected one of A, B, C, D, E, which the pack has a visit policy for',
        'line 6, case: found "NSH-1"; expected a case that is not in the file yet; line 2 has it',
        "Refused: 7 problems in the file. Nothing was worked out.",
    ]


@pytest.mark.usefixtures("small_parts")
def test_a_duplicate_far_away_and_a_bad_line_are_found_by_several_processes(
    caseload: Callable[..., str], capfd: pytest.CaptureFixture[str]
) -> None:
    lines: list[Any] = [case(f"NSH-{number}") for number in range(100)]
    assert main(["evaluate", caseload(*lines, lines[0], "oops"), "--as-of", "2004-12-31"]) == 1
    assert capfd.readouterr().err.splitlines() == [
        'line 102, case: found "NSH-0"; expected a case that is not in the file yet; line 2 has it',
        'line 103, the line: found "oops"; expected one case, a JSON object',
        "Refused: 2 problems in the file. Nothing was worked out.",
    ]


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("", 1, "line 1, the line: found nothing; expected one JSON object on one line"),
        (json.dumps(HEADER), 0, ""),
        (json.dumps(HEADER) + "\n\n", 0, ""),
        (json.dumps(HEADER) + "\n\n\n", 1, "line 2, the line: found nothing; expected one JSON object on one line"),
    ],
)
def test_an_empty_line_is_none_only_at_the_very_end(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], text: str, code: int, told: str
) -> None:
    (tmp_path / "file").write_text(text)
    assert main(["evaluate", str(tmp_path / "file"), "--as-of", "2004-12-31"]) == code
    assert capfd.readouterr().err.partition("\n")[0] == told


def test_standard_input_and_a_pipe_are_read_like_files(caseload: Callable[..., str]) -> None:
    file = caseload(case())
    wanted = subprocess.run([*OPENMAPPA, "evaluate", file, "--as-of", "2004-03-03"], capture_output=True, check=True)
    text = Path(file).read_bytes()
    piped = subprocess.run(
        [*OPENMAPPA, "evaluate", "-", "--as-of", "2004-03-03"], input=text, capture_output=True, check=True
    )
    assert piped.stdout == wanted.stdout != b""
    through = subprocess.run(
        [*OPENMAPPA, "evaluate", "/dev/stdin", "--as-of", "2004-03-03"], input=text, capture_output=True, check=True
    )
    assert through.stdout == wanted.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["no-such-file"], "no-such-file: the file cannot be read (No such file or directory)."),
        ([".", "--pack", "england-wales-2005"], ".: the file cannot be read (Is a directory)."),
        (
            ["x", "--pack", "wales"],
            "There is no pack called 'wales', and no file or folder of that name. There is: england-wales-2005.",
        ),
    ],
)
def test_a_file_or_pack_that_is_not_there_is_said_in_a_sentence(
    capfd: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert main(["evaluate", *arguments, "--as-of", "2004-12-31"]) == 1
    assert capfd.readouterr().err.strip() == told


def test_a_day_that_is_none_is_a_mistake_in_how_the_command_was_called(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["evaluate", "x", "--as-of", "2004-02-30"])
    assert left.value.code == 2
    assert "'2004-02-30' is no day; write one such as 2005-03-31" in capfd.readouterr().err


def test_a_pack_of_ones_own_is_used_by_its_path(
    tmp_path: Path, caseload: Callable[..., str], capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "own.toml").write_text(
        'title = "Own"\nsource = "Own"\n[[standard]]\nid = "r"\ntitle = "R"\nof = "police_officer"\nclock = "once"\n'
        'starts_on = { fact = "registered" }\nallowed = { days = 1 }\nmet_by = [{ fact = "rm2000_completed" }]\nsource = "Own"\n'
    )
    file = caseload(case(force="Z"))
    assert main(["evaluate", file, "--as-of", "2004-03-03", "--pack", str(tmp_path / "own.toml")]) == 0
    assert [json.loads(line)["due_on"] for line in capfd.readouterr().out.splitlines()] == ["2004-03-02"]


def long_file(path: Path, cases: int = 20_000) -> str:
    facts = [{"kind": "registered", "on": f"2004-03-{day:02}"} for day in range(1, 29)] * 2
    lines = (json.dumps({**case(f"NSH-{number}"), "facts": facts}) + "\n" for number in range(cases))
    path.write_text(json.dumps(HEADER) + "\n" + "".join(lines))
    return str(path)


def children_of(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_being_stopped_leaves_no_process_no_file_and_no_traceback(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    waiting = tmp_path / "waiting"
    waiting.mkdir()
    process = subprocess.Popen(
        [*OPENMAPPA, "evaluate", long_file(tmp_path / "long"), "--as-of", "2004-12-31"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(waiting)},
    )
    children: list[str] = []
    while process.poll() is None and not children:
        time.sleep(0.02)
        children = children_of(process.pid)
    process.send_signal(number)
    _, told = process.communicate(timeout=30)
    assert process.returncode == code
    assert b"Traceback" not in told
    assert not any(Path(f"/proc/{child}").exists() for child in children)
    assert list(waiting.iterdir()) == []


def test_a_reader_that_goes_away_is_no_error_to_speak_of(tmp_path: Path) -> None:
    file = long_file(tmp_path / "long", 300)
    process = subprocess.Popen(
        [*OPENMAPPA, "evaluate", file, "--as-of", "2004-12-31"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    with process:
        assert process.wait(timeout=60) == 141
        assert process.stderr is not None
        assert process.stderr.read() == b""


def test_a_process_that_is_stopped_from_outside_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(whole_file, "PART", 2000)
    file = long_file(tmp_path / "long", 20)
    monkeypatch.setattr(judging, "_judge_part", lambda *_: os._exit(9))
    assert main(["evaluate", file, "--as-of", "2004-12-31"]) == 1
    assert "A process that was working on the file was stopped" in capfd.readouterr().err
