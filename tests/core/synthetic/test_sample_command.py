"""`openmappa sample`, run as the command line runs it."""

import argparse
from datetime import date
from pathlib import Path

import pytest

from openmappa.cli import sample as command
from openmappa.core.caseload import header_line, read_header, record_line
from openmappa.core.synthetic.generate import Sample, generate
from tests.core.synthetic.page import PAGE
from tests.core.synthetic.samples import sample


def openmappa(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    args = parser.parse_args(["sample", *words])
    return command.run(args)


def file_of(wanted: Sample) -> bytes:
    return header_line(wanted.header) + b"".join(map(record_line, generate(wanted)))


def test_it_writes_the_file_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "caseload.jsonl"
    words = ("--areas", "2", "--cases", "10", "--seed", "3", "--until", "2005-03-31", "--out", str(out))
    assert openmappa(*words) == 0
    assert out.read_bytes() == file_of(sample(2, 10, 3))
    assert list(tmp_path.iterdir()) == [out]
    assert capsys.readouterr().out == ""


def test_it_ends_today_unless_told(tmp_path: Path) -> None:
    out = tmp_path / "caseload.jsonl"
    days = {date.today()}
    assert openmappa("--areas", "1", "--cases", "1", "--out", str(out)) == 0
    days.add(date.today())
    header = read_header(out.read_bytes().splitlines()[0])
    assert not isinstance(header, list)
    assert header.made_on in days


def test_standard_output_takes_the_file_too(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert openmappa("--areas", "1", "--cases", "2", "--until", "2005-03-31", "--facts", "40", "--out", "-") == 0
    assert capfdbinary.readouterr().out == file_of(sample(1, 2, facts=40))


def test_many_cases_are_made_by_several_processes_into_the_same_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "FEW_BLOCKS", 2)
    out = tmp_path / "caseload.jsonl"
    assert openmappa("--areas", "3", "--cases", "110", "--until", "2005-03-31", "--out", str(out)) == 0
    assert out.read_bytes() == file_of(sample(3, 110))


def test_the_comparison_is_the_one_on_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert openmappa("--until", "2005-03-31", "--measure") == 0
    assert capsys.readouterr().out in PAGE.read_text(encoding="utf-8")


def test_it_asks_what_to_do_when_told_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert openmappa() == 2
    assert capsys.readouterr().err == (
        "Say where the caseload should go (--out FILE), or ask for the comparison (--measure).\n"
    )


def test_the_impossible_is_refused_and_leaves_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert openmappa("--areas", "0", "--out", str(tmp_path / "caseload.jsonl")) == 2
    assert capsys.readouterr().err == "Ask for 1 to 99 areas, not 0.\n"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "nowhere" / "caseload.jsonl"
    assert openmappa("--cases", "1", "--out", str(out)) == 1
    assert capsys.readouterr().err == f"{out}: the file cannot be written (No such file or directory).\n"


def test_a_day_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        openmappa("--until", "2005-02-30", "--measure")
    assert "'2005-02-30' is not a date such as 2005-03-31" in capsys.readouterr().err
