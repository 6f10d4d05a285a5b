"""`openmappa check-pack`."""

from pathlib import Path

import pytest

from openmappa.cli.main import main
from openmappa.core.packs.load import SHIPPED

STANDARDS = (SHIPPED / "england_wales_2005" / "standards.toml").read_text()
TABLES = (SHIPPED / "england_wales_2005" / "tables.toml").read_text()


def test_a_good_pack_is_one_line_with_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-pack", str(SHIPPED / "england_wales_2005")]) == 0
    assert capsys.readouterr().out == (
        "OK: england-wales-2005, Standards in England and Wales, 2005. "
        "23 standards (11 assumed), 2 tables with 22 rows, in force without limit.\n"
    )


def test_a_bad_pack_is_refused_with_every_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "standards.toml").write_text(STANDARDS.replace("working_days = 20", "workdays = 20"))
    (tmp_path / "tables.toml").write_text(TABLES.replace("months = 4", "months = -4", 1))
    assert main(["check-pack", str(tmp_path)]) == 1
    out, told = capsys.readouterr()
    assert out == ""
    assert "standards.toml, standard programme-start, allowed: write exactly one of" in told
    assert "tables.toml, table visit-interval, rows 3: `months` is -4; write" in told
    assert told.endswith("Refused: 3 problems.\n")


def test_days_in_force_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "one.toml"
    start = STANDARDS.index("[[standard]]")
    end = STANDARDS.index("[[standard]]", start + 1)
    top = 'title = "One"\nsource = "Here"\nin_force = { from = 2004-05-01, until = 2004-06-01 }\n'
    file.write_text(top + STANDARDS[start:end])
    assert main(["check-pack", str(file)]) == 0
    assert capsys.readouterr().out == (
        "OK: one, One. 1 standard (0 assumed), 0 tables with 0 rows, in force from 2004-05-01 until 2004-06-01.\n"
    )
