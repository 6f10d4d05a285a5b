"""Somebody who follows a tutorial and reads each page before they leave it."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.e2e.desk import Desk


class Stranger(Desk):
    """A desk that keeps, in ``seen``, the words of every page that was left, and of those looked at longer."""

    def __init__(self, page: Page, username: str, seen: list[str]) -> None:
        super().__init__(page, username)
        self.seen = seen

    def look(self) -> None:
        """Keep all the words of the page."""
        self.seen.append(self.page.locator("body").text_content() or "")

    def press(self, button: str) -> None:
        self.look()
        super().press(button)

    def follow(self, link: str) -> None:
        self.look()
        super().follow(link)

    def go_home(self) -> None:
        """Open the home page."""
        self.page.goto("/")

    def fill(self, answers: Mapping[str, str], within: Locator | None = None) -> None:
        """Write into the boxes of a form, by their names."""
        for name, words in answers.items():
            (within or self.page.locator("main")).locator(f"[name={name}]").fill(words)

    def today(self) -> None:
        """Choose today."""
        self.page.locator("label", has_text=re.compile(r"^\s*Today")).click()

    def sees(self, words: str) -> None:
        """Expect these words on the page."""
        expect(self.page.locator("main")).to_contain_text(words)


def bold_words(tutorial: Path) -> list[str]:
    """What a tutorial tells its reader to look for."""
    return re.findall(r"\*\*(.+?)\*\*", " ".join(tutorial.read_text(encoding="utf-8").split()))


def never_seen(words: list[str], seen: list[str], but: tuple[str, ...] = ()) -> Iterator[str]:
    """Those of the words that stood on no page that was seen."""
    said = " ".join(" ".join(seen).split()).casefold()
    return (word for word in words if word.strip(".").casefold() not in said and word not in but)
