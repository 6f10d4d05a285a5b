"""Make the pictures of the documentation again, from a demonstration of today: python -m tests.e2e.screenshots.

They show the tutorial's own pages, docs/tutorial/an-officers-day.md, with generated people only.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from openmappa.core.dates import add_months
from tests.e2e.conftest import QUIET
from tests.e2e.desk import Desk
from tests.e2e.test_rm2000 import answer
from tests.support.server import ROOT, demonstration

sys.path.insert(0, str(ROOT / "tools"))
from browser import find_chromium  # noqa: E402

IMAGES = ROOT / "docs" / "images"
MOST_BYTES = 300_000
SIZE = {"width": 1180, "height": 780}
OVERDUE_VISITS = "/?standard=home-visit"


def main() -> None:
    """Start a demonstration, take the pictures, stop it."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    assert add_months  # the tutorial's own clock
    with (
        tempfile.TemporaryDirectory(prefix="openmappa-pictures-", ignore_cleanup_errors=True) as folder,
        demonstration(Path(folder, "postgres")) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=QUIET)
        context = browser.new_context(
            base_url=server.address, viewport=SIZE, locale="en-GB", timezone_id="Europe/London"  # type: ignore[arg-type]
        )
        take_them(Desk(context.new_page(), "n.police1"))
        browser.close()


def take_them(desk: Desk) -> None:
    """Go through the tutorial and take a picture of each step."""
    page = desk.page
    desk.sign_in("n.police1")
    page.wait_for_url("**/")
    picture(page, "worklist")
    page.goto(OVERDUE_VISITS)
    page.locator(".om-group__name a").first.click()
    picture(page, "front-sheet")
    case, name = desk.path, page.locator(".om-banner a, .om-case-banner a").first.inner_text()
    page.goto(OVERDUE_VISITS)
    page.locator(".om-duty__what a").first.click()
    page.locator(":target").wait_for()
    picture(page, "duty-why")
    page.goto(f"{case}visits/record/")
    page.get_by_label("Today,").check()
    desk.choose("Outcome", "Seen")
    page.get_by_label("What was observed?").fill("At home alone. Nothing has changed since the last visit.")
    desk.choose("Was there anything of concern?", "No")
    desk.choose("Is there intelligence to submit?", "No")
    picture(page, "record-visit")
    desk.choose("Was the visit announced?", "Unannounced")
    desk.choose("Was it a joint visit by police and probation?", "No")
    desk.press("Save visit")
    page.wait_for_url("**saved=yes")
    picture(page, "what-changed")
    page.goto(f"{case}assessments/rm2000/score/")
    page.get_by_label("Today,").check()
    answer(desk)
    page.locator("#points .govuk-list").wait_for()
    page.locator("#points").scroll_into_view_if_needed()
    picture(page, "score-rm2000", top=False)
    desk.find(misspelled(name))
    picture(page, "find")


def misspelled(name: str) -> str:
    """A family name with one letter missing, as somebody might type it."""
    family = name.split()[-1].split("-")[0]
    return family[:3] + family[4:]


def picture(page: Page, name: str, *, top: bool = True) -> None:
    """Save what the browser shows, from the top of the page or from where it is."""
    page.wait_for_load_state()
    if top and ":target" not in page.url and "#" not in page.url:
        page.evaluate("scrollTo(0, 0)")
    page.mouse.move(0, 0)
    file = IMAGES / f"{name}.png"
    page.screenshot(path=file)
    size = file.stat().st_size
    assert size < MOST_BYTES, f"{file.name} has {size} bytes; {MOST_BYTES} is the most"
    print(f"{file.relative_to(ROOT)}: {size:,} bytes")


if __name__ == "__main__":
    main()
