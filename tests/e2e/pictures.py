"""Pictures for the tutorials, taken where OPENMAPPA_SCREENSHOTS names a folder, and how large they may be."""

import os
from pathlib import Path

from playwright.sync_api import Page

from tests.support.server import ROOT

PICTURES = os.environ.get("OPENMAPPA_SCREENSHOTS", "")
HIGH = 860
MOST_BYTES = 300_000
DOCS = ROOT / "docs"
TUTORIALS, IMAGES = DOCS / "tutorial", DOCS / "images"


def picture(page: Page, name: str, *, around: str = "") -> None:
    """Keep what is on the screen where pictures are wanted: from the top of the page, or around one part of it."""
    if PICTURES:
        page.evaluate("window.scrollTo(0, 0)")
        if around:
            page.locator(around).first.evaluate("part => part.scrollIntoView({block: 'center'})")
        page.wait_for_timeout(200)
        page.screenshot(path=Path(PICTURES, f"{name}.png"), clip={"x": 0, "y": 0, "width": 1280, "height": HIGH})
