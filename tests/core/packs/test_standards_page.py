"""The standards page says what the pack says."""

import pytest

import standards_reference
from openmappa.core.packs.load import load_pack

PACK = load_pack(standards_reference.PACK)
TEXT = standards_reference.PAGE.read_text(encoding="utf-8")


def test_the_page_is_as_the_pack_would_write_it() -> None:
    assert standards_reference.page(TEXT, PACK) == TEXT, "write it again: python tools/standards_reference.py"


def test_every_standard_stands_on_the_page_once_with_its_source() -> None:
    rows = [line for line in TEXT.splitlines() if "<br>`" in line]
    assert [(row.split("`")[1], row.rsplit(" | ", 1)[1]) for row in rows] == [
        (standard.id, f"{standard.source} |") for standard in PACK.standards
    ]


def test_a_page_without_a_place_for_a_table_is_refused() -> None:
    with pytest.raises(SystemExit, match=r"standards.md has marks for \['standards'\]"):
        standards_reference.page("<!-- pack: standards -->\n<!-- end -->\n", PACK)
