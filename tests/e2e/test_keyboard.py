"""The keyboard alone: signing in, skipping to the content, recording a visit, and where the focus goes."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenDesk
from tests.e2e.desk import PASSWORD, Desk


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def focused(page: Page) -> str:
    text: str = page.evaluate("document.activeElement.innerText || document.activeElement.name || ''")
    return text.strip()


def tab_to(page: Page, wanted: str, most: int = 60) -> None:
    """Press Tab until the focus is on something that says or is called this."""
    for _ in range(most):
        press(page, "Tab")
        if focused(page).startswith(wanted):
            return
    raise AssertionError(f"Tab never came to {wanted!r}; the last was {focused(page)!r}")


def test_the_first_tab_offers_to_skip_to_the_content(officer: Desk) -> None:
    officer.page.goto("/")
    press(officer.page, "Tab")
    assert focused(officer.page) == "Skip to main content"
    press(officer.page, "Enter")
    assert officer.page.evaluate("location.hash") == "#main-content"


def test_signing_in_takes_no_mouse(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.page.goto("/sign-in/")
    tab_to(desk.page, "username")
    desk.page.keyboard.type("n.police1")
    tab_to(desk.page, "password")
    desk.page.keyboard.type(PASSWORD)
    press(desk.page, "Enter")
    expect(desk.heading).to_have_text("My worklist")


def test_a_visit_on_which_nobody_was_seen_is_recorded_with_the_keyboard(officer: Desk) -> None:
    page = officer.page
    page.goto(f"{officer.open_case('VISIT-15')}visits/record/")
    tab_to(page, "on")
    press(page, "Space")
    tab_to(page, "outcome")
    press(page, "ArrowDown")
    expect(page.get_by_label("Not seen")).to_be_checked()
    tab_to(page, "announced")
    press(page, "ArrowDown")
    tab_to(page, "joint")
    press(page, "ArrowDown")
    tab_to(page, "Save visit")
    press(page, "Enter")
    expect(officer.heading).to_have_text("What this changed")
    expect(page.locator("main")).to_contain_text("not seen")


def test_a_refused_form_puts_the_focus_on_what_is_wrong_and_a_link_leads_to_the_field(officer: Desk) -> None:
    page = officer.page
    page.goto(f"{officer.open_case('VISIT-15')}visits/record/")
    tab_to(page, "Save visit")
    press(page, "Enter")
    expect(officer.errors).to_be_focused()
    tab_to(page, "Select the outcome")
    press(page, "Enter")
    expect(page.get_by_label("Seen", exact=True)).to_be_focused()
