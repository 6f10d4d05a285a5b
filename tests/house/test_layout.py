"""The tree says where a thing lives: file sizes, names that are not used, imports at the top."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "openmappa"
NOT_NAMES = {"utils", "helpers", "common", "misc", "manager", "data", "info"}
PYTHON = sorted([*SOURCE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")])
TEMPLATES = sorted(SOURCE.rglob("*.html"))


def lines(path: Path) -> int:
    return path.read_text().count("\n")


def limit(path: Path) -> int:
    if "migrations" in path.parts:
        return 10_000
    if path.is_relative_to(ROOT / "tests"):
        return 500
    return 300 if path.is_relative_to(SOURCE / "core") else 400


def test_no_file_is_past_the_limit_where_it_is_to_be_split() -> None:
    assert len(PYTHON) > 500
    long = {str(path.relative_to(ROOT)): (lines(path), limit(path)) for path in PYTHON if lines(path) > limit(path)}
    assert long == {}


def test_no_template_is_past_200_lines() -> None:
    assert len(TEMPLATES) > 100
    assert {str(path.relative_to(SOURCE)): lines(path) for path in TEMPLATES if lines(path) > 200} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*.py") if path.stem in NOT_NAMES] == []


def imports(node: ast.AST) -> list[int]:
    """The lines of what is imported within."""
    return [child.lineno for child in ast.walk(node) if isinstance(child, ast.Import | ast.ImportFrom)]


def test_imports_stand_at_the_top_nothing_hides_under_type_checking_and_an_init_file_re_exports_nothing() -> None:
    inside, exported = {}, {}
    for path in SOURCE.rglob("*.py"):
        name, tree = str(path.relative_to(SOURCE)), ast.parse(path.read_text())
        blocks = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.If)]
        inside[name] = sorted({line for block in blocks for line in imports(block)})
        exported[name] = imports(tree) if path.name == "__init__.py" else []
    assert {name: found for name, found in inside.items() if found} == {}
    assert {name: found for name, found in exported.items() if found} == {}
