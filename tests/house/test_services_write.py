"""House rule 4 and 6: only services (and what they are made of) write to the database."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "openmappa"
WRITES = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "update_or_create",
    "get_or_create",
    "delete",
    "execute",
    "copy",
    "set_password",
    "set_unusable_password",
}
MAY_WRITE = {
    "services",
    "derivation",
    "migrations",
    "management",
    "core",
    "cli",
    "config",
    "uploads",
    "acting",
    "telling",
}


def modules() -> list[Path]:
    return [
        path
        for path in sorted(SOURCE.rglob("*.py"))
        if not MAY_WRITE & {part.removesuffix(".py") for part in path.relative_to(SOURCE).parts}
    ]


def calls_that_write(path: Path) -> list[str]:
    return [
        f"{path.relative_to(SOURCE)}:{node.lineno} .{node.func.attr}()"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
    ]


def test_the_check_sees_a_write_in_a_view(tmp_path: Path) -> None:
    view = SOURCE / "visits" / "views.py"
    assert view.suffix == ".py"
    tree = ast.parse("def view(request):\n    Fact.objects.create(kind='x')\n")
    found = [
        n
        for n in ast.walk(tree)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and n.func.attr in WRITES
    ]
    assert len(found) == 1


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_only_services_write(path: Path) -> None:
    assert calls_that_write(path) == []
