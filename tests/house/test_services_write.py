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
    tree = ast.parse(path.read_text())
    return [
        f"{path.relative_to(SOURCE)}:{node.lineno} .{node.func.attr}()"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and not (node.func.attr == "execute" and reads(node.args[0], tree))
    ]


def reads(statement: ast.expr, tree: ast.Module) -> bool:
    """Whether a statement, written in place or as a constant of its module, is a SELECT."""
    if isinstance(statement, ast.Name):
        named = [
            node.value
            for node in tree.body
            if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == [statement.id]
        ]
        return len(named) == 1 and reads(named[0], tree)
    if isinstance(statement, ast.JoinedStr):
        return reads(statement.values[0], tree)
    return isinstance(statement, ast.Constant) and str(statement.value).lstrip().startswith("SELECT ")


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("'SELECT count(*) FROM x'", True),
        ("f'SELECT {n} FROM x'", True),
        ("KNOWN", True),
        ("OTHER", False),
        ("UNKNOWN", False),
        ("'DELETE FROM x'", False),
        ("f'{verb} FROM x'", False),
    ],
)
def test_a_select_is_no_write_and_everything_else_that_is_executed_is(statement: str, expected: bool) -> None:
    tree = ast.parse("KNOWN = 'SELECT 1'\nOTHER = 'UPDATE x'\n")
    assert reads(ast.parse(statement, mode="eval").body, tree) is expected


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


def test_only_services_write() -> None:
    assert len(modules()) > 200
    assert [written for path in modules() for written in calls_that_write(path)] == []
