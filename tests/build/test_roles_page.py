"""The page of the roles is the tables': nobody wrote it by hand."""

from openmappa.core.access import PERMISSIONS, ROLES, Permission
from openmappa.core.role_words import GROUPS, WORDS
from roles_page import PAGE, page


def test_the_page_is_what_the_tables_say_now() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "Run: python tools/roles_page.py"


def test_every_permission_has_words_and_stands_in_one_group() -> None:
    assert sorted(WORDS) == sorted(Permission)
    assert sorted(each for group in GROUPS.values() for each in group) == sorted(Permission)


def test_each_permission_has_a_line_that_says_yes_as_often_as_it_has_holders() -> None:
    lines = [line.split(" | ") for line in page().splitlines() if line.startswith("| ")]
    for permission, holders in PERMISSIONS.items():
        [line] = [cells for cells in lines if cells[0] == f"| {WORDS[permission]}"]
        assert len(line) == len(ROLES) + 1
        assert sum(cell.strip(" |") == "yes" for cell in line) == len(holders)


def test_every_role_has_its_sentence() -> None:
    assert [facts.label for facts in ROLES.values() if f"### {facts.label}\n\n{facts.sentence}\n" not in page()] == []
