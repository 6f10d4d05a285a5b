"""The warning before a session ends, and a page whose session has ended: nothing typed is lost, nothing can be read."""

import json
from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.e2e.conftest import NARROW, WIDE, OpenDesk
from tests.e2e.desk import Desk
from tests.e2e.test_accessibility import AXE

TYPED = "Seen at home with his mother; she will ring on Monday."


def at_a_form(open_desk: OpenDesk, viewport: dict[str, int] | None = None) -> Desk:
    """An officer who has begun to note an incident, in a browser whose clock can be moved on."""
    desk = open_desk("n.police1", fresh=True, viewport=viewport)
    base = desk.open_case("VISIT-15")
    desk.page.clock.install()
    desk.page.goto(f"{base}visits/record/")
    desk.choose("Outcome", "Seen")
    desk.page.get_by_label("What was observed?").fill(TYPED)
    return desk


def typing_is_told(page: Page) -> None:
    """A minute later the page has told the server that somebody is there."""
    with page.expect_response("**/sign-in/stay/"):
        page.clock.fast_forward(61_000)
        page.clock.run_for(2000)
    page.wait_for_timeout(300)  # until the page has read the answer


def wait(page: Page, *, until_left: timedelta) -> None:
    """Move the browser's clock on until so much is left by its own count."""
    idle = timedelta(seconds=int(page.locator("#om-stay").get_attribute("data-idle") or 0))
    page.clock.fast_forward((idle - until_left).seconds * 1000)
    page.clock.run_for(2000)


def axe_finds_nothing(page: Page) -> None:
    """At both widths, and nothing scrolls sideways."""
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert page.evaluate("document.scrollingElement.scrollWidth") <= size["width"]
        assert [each["id"] for each in AXE.run(page).response["violations"]] == []


def test_two_minutes_before_the_end_the_page_warns_and_one_press_goes_on(open_desk: OpenDesk) -> None:
    desk = at_a_form(open_desk)
    warning = desk.page.get_by_role("dialog")
    expect(warning).to_be_hidden()
    typing_is_told(desk.page)
    wait(desk.page, until_left=timedelta(seconds=140))
    expect(warning).to_be_hidden()
    desk.page.clock.run_for(30_000)
    expect(warning).to_be_visible()
    expect(warning).to_contain_text("You will be signed out in 2 minutes. What you typed stays on this page.")
    expect(warning.get_by_role("heading")).to_be_focused()
    axe_finds_nothing(desk.page)
    desk.page.keyboard.press("Escape")
    expect(warning).to_be_visible()
    desk.press("Stay signed in")
    expect(warning).to_be_hidden()
    expect(desk.page.get_by_label("What was observed?")).to_have_value(TYPED)


def test_once_it_has_ended_the_page_is_covered_and_after_signing_in_elsewhere_it_goes_on(open_desk: OpenDesk) -> None:
    desk = at_a_form(open_desk)
    typing_is_told(desk.page)
    another = desk.page.context.new_page()
    another.goto("/")
    another.locator(".om-header__out button").click()
    expect(another.get_by_role("heading", level=1)).to_have_text("You have signed out")
    wait(desk.page, until_left=timedelta(seconds=-10))
    over = desk.page.get_by_role("dialog")
    expect(over.get_by_role("heading")).to_have_text("You have been signed out")
    expect(over.get_by_role("button", name="Stay signed in")).to_be_hidden()
    backdrop = "getComputedStyle(document.getElementById('om-stay'), '::backdrop').backgroundColor"
    assert desk.page.evaluate(backdrop) == "rgb(238, 242, 243)"  # nothing shines through
    axe_finds_nothing(desk.page)
    desk.press("I have signed in: go on here")
    expect(over).to_contain_text("You are not signed in yet")

    with desk.page.context.expect_page() as opened:
        over.get_by_role("button", name="Sign in again (new tab)").click()
    tab = Desk(opened.value, "")
    tab.sign_in("n.probation1")
    expect(tab.heading).to_have_text("My worklist")
    desk.press("I have signed in: go on here")
    expect(over).to_contain_text("Somebody else is signed in now, so this page stays covered")

    tab.page.locator(".om-header__out button").click()
    tab.sign_in("n.police1")
    expect(tab.heading).to_have_text("My worklist")
    desk.press("I have signed in: go on here")
    expect(over).to_be_hidden()
    expect(desk.page.get_by_label("What was observed?")).to_have_value(TYPED)
    desk.press("Save visit")
    expect(desk.errors).to_contain_text("There is a problem")  # checked as any form is, not refused as too late


def test_what_is_done_in_one_tab_is_known_in_the_others(open_desk: OpenDesk) -> None:
    desk = at_a_form(open_desk)
    typing_is_told(desk.page)
    wait(desk.page, until_left=timedelta(seconds=100))
    expect(desk.page.get_by_role("dialog")).to_be_visible()
    another = desk.page.context.new_page()
    another.goto("/find/")
    expect(desk.page.get_by_role("dialog")).to_be_hidden()


def test_the_page_stores_nothing_in_the_browser(open_desk: OpenDesk) -> None:
    desk = at_a_form(open_desk)
    kept = desk.page.evaluate("JSON.stringify([Object.keys(localStorage), Object.keys(sessionStorage)])")
    assert json.loads(kept) == [[], []]
