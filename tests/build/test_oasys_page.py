"""The page of OASys items is the pack's: nobody wrote it by hand."""

from oasys_page import PACK, PAGE, page
from openmappa.core.instruments.oasys.scoring import score_section
from openmappa.core.packs.load import load_oasys


def test_the_page_is_what_the_pack_says_now() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(load_oasys(PACK)), "Run: python tools/oasys_page.py"


def test_every_item_and_every_source_stands_on_it() -> None:
    written = page(load_oasys(PACK))
    for section in load_oasys(PACK).sections:
        assert f"## {section.code}. {section.title}\n" in written
        for item in section.items:
            assert f"| {item.code} | {item.title}" in written
            assert item.source.text in written


def test_its_worked_example_holds() -> None:
    home = load_oasys(PACK).section("accommodation")
    score = score_section(home, {"item_3_3": 0, "item_3_4": 0, "item_3_5": 1, "item_3_6": 1})
    assert (score.points, score.highest, score.is_need) == (2, 8, True)
