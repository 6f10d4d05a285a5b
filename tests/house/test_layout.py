"""The tree says where a thing lives: file sizes, names that are not used, imports at the top."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "openmappa"
NOT_NAMES = {"utils", "helpers", "common", "misc", "manager", "data", "info"}
PYTHON = sorted(path for path in [*SOURCE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")])
TEMPLATES = sorted(SOURCE.rglob("*.html"))


def lines(path: Path) -> int:
    return path.read_text().count("\n")


def limit(path: Path) -> int:
    if "migrations" in path.parts:
        return 10_000
    if path.is_relative_to(ROOT / "tests"):
        return 500
    return 300 if path.is_relative_to(SOURCE / "core") else 400


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_past_its_limit(path: Path) -> None:
    assert lines(path) <= limit(path), (
        f"{path.relative_to(ROOT)} has {lines(path)} lines; {limit(path)} is where to split it"
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_template_is_past_200_lines(path: Path) -> None:
    assert lines(path) <= 200


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*.py") if path.stem in NOT_NAMES] == []


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_stand_at_the_top_and_nothing_hides_under_type_checking(path: Path) -> None:
    tree = ast.parse(path.read_text())
    inside = [
        f"line {child.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.If)
        for child in ast.walk(node)
        if isinstance(child, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("__init__.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_an_init_file_re_exports_nothing(path: Path) -> None:
    assert not any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(ast.parse(path.read_text())))
