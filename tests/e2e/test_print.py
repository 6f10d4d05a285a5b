"""On paper: every sheet bears the marking, who printed it and when, and no address of a case."""

from pathlib import Path

from playwright.sync_api import Page
from pypdf import PdfReader


def test_every_sheet_says_how_it_is_marked_who_printed_it_and_when(page: Page, tmp_path: Path) -> None:
    page.goto("/")
    page.locator(".om-duty__what a").first.click()
    page.get_by_role("link", name="Duties").first.click()
    page.pdf(path=tmp_path / "sheets.pdf", format="A4")
    sheets = [sheet.extract_text() for sheet in PdfReader(tmp_path / "sheets.pdf").pages]
    assert len(sheets) > 1
    for sheet in sheets:
        words = " ".join(sheet.split())
        assert words.count("OFFICIAL-SENSITIVE") == 2
        assert "Printed by Officer One Sampleton, Police officer, Northshire Police on " in words
        assert "As the record stood on " in words
        assert "All people here are generated" in words
        assert "/cases/" not in words
