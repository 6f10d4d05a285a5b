"""The page of the standards is the pack's: nobody wrote it by hand."""

from openmappa.core.packs.load import load_pack
from standards_page import PACK, PAGE, page


def test_the_page_is_what_the_pack_says_now() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(load_pack(PACK)), "Run: python tools/standards_page.py"


def test_every_standard_and_every_source_stands_on_it() -> None:
    written = page(load_pack(PACK))
    for standard in load_pack(PACK).standards:
        assert f"`{standard.id}` |" in written
        assert f"| {standard.source} |" in written
