"""Nothing for axe to find, and nothing that scrolls sideways, wide and at 320 pixels: every page, in every state."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NARROW, WIDE, OpenDesk
from tests.e2e.crawling import kind_of, walk
from tests.e2e.desk import Desk
from tests.support.server import Server

AXE = Axe()
ALL = {"resultTypes": ["violations"]}
"""What is right is not listed: finding where each right thing stands takes longer than looking for what is wrong."""
BUT_CONTRAST = {**ALL, "rules": {"color-contrast": {"enabled": False}}}
"""On a narrow page: our colours do not depend on the width, and contrast takes most of the time."""


@pytest.mark.parametrize("username", ["n.manager.police", "n.board", "admin"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways_on_any_page(
    open_desk: OpenDesk, server: Server, username: str
) -> None:
    desk = open_desk(username)
    pages = walk(desk.page.context.request, server.address)
    addresses = {kind_of(page.address).partition("?")[0]: page.address for page in pages if page.is_page}
    found = {}
    for address in addresses.values():
        desk.page.goto(address)
        if wrong := faults(desk.page):
            found[address] = wrong
    assert found == {}


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it stands, and whether it scrolls sideways: wide, and 320 pixels narrow."""
    found = []
    page.wait_for_load_state()  # a button that was just pressed has led to a page that is still empty
    for size, options in ((WIDE, ALL), (NARROW, BUT_CONTRAST)):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        width = page.evaluate("document.scrollingElement.scrollWidth")
        if width > size["width"]:
            found.append(f"{width} px wide at {size['width']}")
        for fault in AXE.run(page, options=options).response["violations"]:
            where = [node["html"][:160] for node in fault["nodes"][:3]]
            found.append(f"{fault['id']} at {size['width']}: {fault['help']}: {where}")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    return found


def test_the_check_itself_finds_an_unnamed_field_and_a_page_that_is_too_wide(officer: Desk) -> None:
    officer.page.goto("/find/")
    officer.page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<input type=text><p id=wide>wide</p>');"
        "document.getElementById('wide').style.width = '400px'"
    )
    found = faults(officer.page)
    assert any(fault.startswith("label at 1280") for fault in found)
    assert any(fault.endswith("px wide at 320") for fault in found)


def test_pages_for_nobody_in_particular(open_desk: OpenDesk) -> None:
    desk = open_desk()
    for address in ("/sign-in/", "/signed-out/", "/help/", "/accessibility/"):
        desk.page.goto(address)
        assert faults(desk.page) == [], address
    desk.sign_in("n.police1", "wrong")
    expect(desk.errors).to_be_visible()
    assert faults(desk.page) == []


def test_what_is_said_when_something_is_refused(open_desk: OpenDesk) -> None:
    desk = open_desk("n.police1", fresh=True)
    base = desk.open_case("VISIT-15")
    for address, heading in (
        ("/no/such/page/", "Page not found"),
        (f"{base}assessments/rm2000/countersign/", "You are not allowed to do this"),
        (f"{base}record/risk-of-harm/", "You are not allowed to do this"),
    ):
        desk.page.goto(address)
        expect(desk.heading).to_have_text(heading)
        assert faults(desk.page) == [], address
    desk.page.goto(f"{base}visits/record/")
    desk.choose("Outcome", "Seen")
    desk.page.get_by_label("What was observed?").fill("Something long enough to be worth keeping.")
    desk.page.context.clear_cookies()
    desk.press("Save visit")
    expect(desk.heading).to_have_text("Your session has ended, so this was not saved")
    assert faults(desk.page) == []


def test_forms_with_errors(open_desk: OpenDesk) -> None:
    desk = open_desk("n.manager.police")
    base = desk.open_case("SCORE-08")
    for address in (
        "visits/record/",
        "assessments/rm2000/score/",
        "assessments/rm2000/no-score/",
        "record/risk-of-harm/",
        "mappa/other-meetings/record/",
        "record/visit-interval/",
        "record/order-started/",
        "record/action/",
    ):
        desk.page.goto(base + address)
        desk.page.locator("form.om-form .govuk-button-group button").first.click()
        expect(desk.errors).to_be_visible()
        if address.startswith("visits"):
            desk.choose("Outcome", "Seen")
        assert faults(desk.page) == [], address
    desk.find("")
    expect(desk.errors).to_be_visible()
    assert faults(desk.page) == []


def test_lists_with_nothing_in_them_and_lists_that_were_narrowed(officer: Desk) -> None:
    base = officer.open_case("EMPTY-01")
    for part in ("", "duties/", "timeline/", "visits/", "assessments/", "history/harm/", "record/action-completed/"):
        officer.page.goto(base + part)
        assert faults(officer.page) == [], part
    for address in ("/?band=low&harm=very_high&level=3", "/?scope=area&standard=home-visit&sort=name"):
        officer.page.goto(address)
        assert faults(officer.page) == [], address
    for words in ("Qqqxyzzy", "Sample"):
        officer.find(words)
        expect(officer.page.locator(".om-empty, .om-results")).to_be_visible()
        assert faults(officer.page) == [], words


def test_a_conflict_points_as_they_add_up_and_a_voided_entry(open_desk: OpenDesk) -> None:
    first, second = open_desk("n.police1"), open_desk("n.manager.police")
    base = first.open_case("FORMS-14")
    second.page.goto(f"{base}record/incident/")
    first.page.goto(f"{base}record/incident/")
    for desk in (first, second):
        desk.page.get_by_label("Today,").check()
        desk.press("Save")
    expect(first.heading).to_have_text("What this changed")
    assert faults(first.page) == []
    expect(second.page.locator(".om-conflict")).to_be_visible()
    assert faults(second.page) == []

    first.follow("This is a mistake")
    assert faults(first.page) == []
    first.page.get_by_label("Why is this a mistake?").fill("Another person.")
    first.press("Void this entry")
    expect(first.heading).to_have_text("What voiding this changed")
    for part in ("timeline/", "assessments/rm2000/score/"):
        first.page.goto(base + part)
        if part.startswith("assessments"):
            first.page.get_by_label("Age at commencement of risk").fill("31")
            expect(first.page.locator("#points table")).to_be_visible()
        assert faults(first.page) == [], part


@pytest.mark.parametrize("form", ["visits/record/", "record/registered/", "mappa/other-meetings/record/"])
def test_another_day_opens_its_boxes_without_scrolling_sideways(open_desk: OpenDesk, form: str) -> None:
    desk = open_desk("n.manager.police", viewport=NARROW)
    desk.page.goto(desk.open_case("VISIT-15") + form)
    desk.page.get_by_label("Another day").first.check()
    expect(desk.page.get_by_label("Day", exact=True).first).to_be_visible()
    assert faults(desk.page) == []


def test_a_registration_that_is_worked_out_is_whole_at_every_step(open_desk: OpenDesk) -> None:
    desk = open_desk("n.police1", viewport=NARROW)
    desk.page.goto(desk.open_case("EMPTY-01") + "record/registered/")
    desk.page.get_by_label("Another day").first.check()
    desk.page.get_by_label("Work it out from how the person was dealt with").check()
    assert faults(desk.page) == []
    desk.page.get_by_label("Today,").check()
    desk.page.get_by_label("Imprisonment for a fixed term").check()
    desk.page.get_by_label("Months of the term").fill("13")
    desk.press("Work it out")
    expect(desk.page.get_by_role("main")).to_contain_text("The last day of registration is")
    assert faults(desk.page) == []
