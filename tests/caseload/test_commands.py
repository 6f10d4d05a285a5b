"""What the commands say and how they end."""

import io
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from openmappa.cases.models import Case
from tests.caseload.support import case, file_of, taken

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> tuple[int, str, str]:
    """A command's exit status, and what it said on standard output and on standard error."""
    out, errors = StringIO(), StringIO()
    try:
        call_command(*arguments, stdout=out, stderr=errors)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue(), errors.getvalue()
    return 0, out.getvalue(), errors.getvalue()


def written(path: Path, *cases: dict[str, object]) -> str:
    path.write_bytes(file_of(*cases).getvalue())
    return str(path)


def test_an_import_says_what_came_in_how_fast_and_who_was_added(tmp_path: Path) -> None:
    status, out, errors = run("import_caseload", written(tmp_path / "file.jsonl", case("NSH-1"), case("NSH-2")))
    lines = out.splitlines()
    assert (status, errors) == (0, "")
    assert lines[0] == "From legacy-register: 2 new cases, 4 new facts; 0 known cases got some of these."
    assert lines[1].endswith(" facts a second.")
    assert lines[2:] == [
        "Added 1 area: Northshire.",
        "Added 2 people. They cannot sign in until they are given a password:",
        "  n.probation1, n.police1",
    ]


def test_a_second_import_of_the_same_file_says_that_nothing_is_new(tmp_path: Path) -> None:
    file = written(tmp_path / "file.jsonl", case("NSH-1"))
    run("import_caseload", file)
    assert run("import_caseload", file) == (
        0,
        "Nothing new: the record has all 1 case and 2 facts of this file already.\n",
        "",
    )


def test_a_file_with_problems_ends_with_1_and_names_them_on_standard_error(tmp_path: Path) -> None:
    status, out, errors = run(
        "import_caseload", written(tmp_path / "file.jsonl", case(force="Q"), case("NSH-2", staff=None))
    )
    assert (status, out) == (1, "")
    assert errors.splitlines() == [
        'line 2, force: found "Q"; expected a force with a visit policy: A, B, C, D, E',
        "line 3, staff: found nobody; expected a case_manager, a police_officer or both, since an import needs one",
        "2 problems. Nothing was imported. Mend the file and import it again.",
    ]
    assert Case.objects.count() == 0


def test_a_file_that_is_not_there_is_one_sentence() -> None:
    assert run("import_caseload", "/nowhere/file.jsonl") == (
        1,
        "",
        "/nowhere/file.jsonl cannot be read: No such file or directory.\n",
    )


def test_standard_input_is_read_for_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(file_of(case("NSH-1"))))
    assert run("import_caseload", "-")[0] == 0
    assert Case.objects.get().reference == "NSH-1"


def test_an_export_to_a_file_is_whole_and_for_its_owner_only(tmp_path: Path) -> None:
    taken(case("NSH-1"))
    out = tmp_path / "out.jsonl"
    assert run("export_caseload", "--out", str(out)) == (0, f"Wrote 1 case to {out}.\n", "")
    assert out.read_bytes().count(b"\n") == 2
    assert out.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_an_export_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    taken(case("NSH-1"))
    status, _, errors = run("export_caseload", "--out", str(tmp_path / "no" / "out.jsonl"))
    assert (status, errors) == (1, f"{tmp_path}/no/out.jsonl cannot be written: No such file or directory.\n")


def test_an_export_of_an_unknown_source_ends_with_1_and_names_the_known_ones(tmp_path: Path) -> None:
    taken(case("NSH-1"))
    status, _, errors = run("export_caseload", "--source", "other", "--out", str(tmp_path / "out.jsonl"))
    assert (status, errors) == (1, "No case came from 'other'. The sources are: legacy-register.\n")
    assert list(tmp_path.iterdir()) == []


def test_an_export_without_out_goes_to_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    taken(case("NSH-1"))
    call_command("export_caseload")
    sys.stdout.flush()
    assert capfdbinary.readouterr().out.count(b'"case": "NSH-1"') == 1
