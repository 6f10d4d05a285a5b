"""An OASys in the browser: written section by section, saved by itself, signed, countersigned; on a bad line, too."""

import os
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.conftest import NARROW, WIDE, OpenDesk
from tests.e2e.oasys import ANSWER_ALL, start
from tests.e2e.test_accessibility import faults

PICTURES = os.environ.get("OPENMAPPA_OASYS_PICTURES", "")


def picture(page: Page, name: str) -> None:
    """A picture of the page, wide and narrow, for whoever asks for pictures."""
    if PICTURES:
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.screenshot(path=str(Path(PICTURES, f"{name}-{size['width']}.png")), full_page=True)
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]


def test_from_a_blank_one_to_a_countersigned_one(open_desk: OpenDesk) -> None:
    author = open_desk("n.probation1")
    base = start(author, "OASYS-01")
    picture(author.page, "overview-blank")
    with author.page.expect_navigation():
        author.page.locator(".govuk-task-list__link").first.click()
    for _ in range(40):
        author.page.evaluate(ANSWER_ALL)
        if author.page.get_by_label("A serious problem").count() and "accommodation" in author.path:
            picture(author.page, "section-accommodation")
        if author.path.endswith(("harm-levels/", "harm-screening/", "likelihood/")):
            picture(author.page, author.path.split("/")[-2])
        if author.path.endswith("harm-levels/"):
            author.page.locator('[name="children_community"][value="high"]').check()
        with author.page.expect_navigation():
            author.page.locator('button[name="go"]').first.click()
        if author.path == base:
            break
    expect(author.page.locator("main")).to_contain_text("Everything is answered. It can be signed.")
    picture(author.page, "overview-complete")
    author.follow("Read it and sign")
    assert faults(author.page) == []
    author.page.get_by_label("Today,").check()
    picture(author.page, "sign")
    author.press("Sign")
    expect(author.heading).to_have_text("What comes next")
    picture(author.page, "next")
    manager = open_desk("n.manager.probation")
    manager.page.goto(f"{base}countersign/")
    picture(manager.page, "countersign")
    assert faults(manager.page) == []
    manager.page.get_by_label("Countersign it").check()
    manager.press("Save my decision")
    expect(manager.page.locator("main")).to_contain_text("Countersigned by")
    picture(manager.page, "signed")
    manager.follow("Back to OASys")
    picture(manager.page, "list")
    manager.page.goto(base.partition("oasys/")[0])
    picture(manager.page, "front-sheet")


def test_a_section_saves_itself_and_goes_on_trying_when_the_line_is_lost(open_desk: OpenDesk) -> None:
    author = open_desk("n.probation1", fresh=True)
    base = start(author, "OASYS-02")
    author.page.goto(f"{base}sections/accommodation/")
    assert faults(author.page) == []
    words = author.page.locator("#id_item_3_4_evidence")
    expect(words).to_be_hidden()
    author.page.locator('[name="item_3_4"][value="2"]').check()
    expect(words).to_be_visible()
    saved = author.page.locator("[data-saved]")
    expect(saved).to_have_text(re.compile(r"^Saved at \d\d:\d\d$"))
    expect(author.page.locator("#so-far")).to_contain_text("2 of 8 in this section")
    author.page.context.set_offline(True)
    words.fill("Damp, two rooms for five people; seen on 3 May.")
    expect(saved).to_contain_text("Not saved: the connection is lost")
    assert faults(author.page) == []
    author.page.context.set_offline(False)
    expect(saved).to_have_text(re.compile(r"^Saved at"), timeout=20_000)
    author.page.reload()
    expect(words).to_have_value("Damp, two rooms for five people; seen on 3 May.")
    author.complaints = [one for one in author.complaints if "ERR_INTERNET_DISCONNECTED" not in one]


def test_without_scripts_the_buttons_save_and_everything_is_on_the_page(open_desk: OpenDesk) -> None:
    author = open_desk("n.probation1", scripts=False, fresh=True)
    base = start(author, "OASYS-03")
    author.page.goto(f"{base}sections/accommodation/")
    author.page.locator('[name="item_3_3"][value="2"]').check()
    author.page.locator("#id_item_3_3_evidence").fill("A friend's sofa.")
    author.press("Save and go on")
    expect(author.heading).to_have_text("Education, training and employability")
    author.press("Save and stop")
    expect(author.heading).to_have_text("OASys: draft")
    author.follow("What is missing")
    expect(author.heading).to_have_text("What is missing")
    author.page.get_by_role("link", name="3.4 Whether the home is fit to live in: answer it.").click()
    expect(author.page.locator("#id_item_3_3_evidence")).to_have_value("A friend's sofa.")
