"""The keyboard alone: skipping to the page, signing in, answering, sending, and being led to what is wrong."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenDesk
from tests.e2e.desk import PASSWORD, Desk

MOST_STEPS = 60
FOCUSED = "(() => { const on = document.activeElement; return on.id || on.name || on.textContent.trim(); })()"


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until this is focused: an id, a name, or the words of a link or button; and see that it shows."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == wanted:
            outlined = page.evaluate(
                "(() => { const s = getComputedStyle(document.activeElement);"
                " return s.outlineStyle !== 'none' || s.boxShadow !== 'none' || s.backgroundColor; })()"
            )
            assert outlined, f"{wanted} has the focus and does not show it"
            return
    raise AssertionError(f"Tab never led to {wanted!r}")


def test_signing_in_with_the_keyboard(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.page.goto("/sign-in/")
    tab_to(desk.page, "id_username")
    desk.page.keyboard.type("n.police1")
    tab_to(desk.page, "id_password")
    desk.page.keyboard.type(PASSWORD)
    desk.page.keyboard.press("Enter")
    expect(desk.heading).to_have_text("My worklist")


def test_the_first_tab_skips_to_the_main_content(officer: Desk) -> None:
    officer.page.goto("/")
    officer.page.keyboard.press("Tab")
    skip = officer.page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    officer.page.keyboard.press("Enter")
    expect(officer.page.locator("#main-content")).to_be_focused()


def test_a_visit_is_recorded_with_the_keyboard_alone(officer: Desk) -> None:
    page = officer.page
    page.goto(f"{officer.open_case('FORMS-15')}visits/record/")
    tab_to(page, "id_on")
    page.keyboard.press("Space")
    expect(page.get_by_label("Today,")).to_be_checked()
    tab_to(page, "id_outcome")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("group", name="Outcome").get_by_label("Not seen")).to_be_checked()
    tab_to(page, "id_announced")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("group", name="announced").get_by_label("Unannounced")).to_be_checked()
    tab_to(page, "Save visit")
    page.keyboard.press("Enter")
    expect(officer.errors).to_be_focused()
    assert page.evaluate("window.scrollY") < page.evaluate("innerHeight")
    tab_to(page, "Select whether it was a joint visit")
    page.keyboard.press("Enter")
    expect(page.locator("#id_joint")).to_be_focused()
    page.keyboard.press("ArrowDown")
    tab_to(page, "id_accompanied_by")
    page.keyboard.press("Enter")
    expect(officer.heading).to_have_text("What this changed")
    expect(page.locator("[data-focus-on-load]")).to_be_focused()


def test_the_reasons_of_a_duty_open_with_the_keyboard(officer: Desk) -> None:
    officer.page.goto(f"{officer.open_case('VISIT-15')}duties/")
    tab_to(officer.page, "Why, step by step")
    officer.page.keyboard.press("Enter")
    expect(officer.page.locator("details[open] li").first).to_be_visible()
