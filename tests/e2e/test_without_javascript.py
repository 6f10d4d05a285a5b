"""The officer's day in a browser without JavaScript: everything that is asked for can be done."""

from playwright.sync_api import expect

from tests.e2e.caseload import ago
from tests.e2e.conftest import NARROW, OpenDesk
from tests.e2e.desk import Desk
from tests.e2e.test_rm2000 import answer


def test_the_whole_day_works_without_javascript(open_desk: OpenDesk) -> None:
    officer = open_desk("n.police1", scripts=False, fresh=True)
    expect(officer.heading).to_have_text("My worklist")
    visit(officer)
    score(officer)
    sergeant = open_desk("n.manager.police", scripts=False)
    countersign(sergeant)
    officer.find("Scorcase 06")
    expect(officer.page.get_by_role("link", name="Sample Scorecase-06")).to_be_visible()


def visit(officer: Desk) -> None:
    """From a line of the worklist to the case, and a visit recorded on it."""
    officer.page.goto("/?sort=newest&standard=home-visit")
    officer.page.locator(".om-group__name a").first.click()
    expect(officer.heading).to_have_text("Front sheet")
    officer.follow("Duties")
    officer.page.get_by_text("Why, step by step").first.click()
    expect(officer.page.locator("details[open] li").first).to_be_visible()
    officer.open_case("SCORE-06")
    officer.follow("Record a home visit")
    officer.another_day("Date of visit", ago(1))
    officer.choose("Outcome", "Seen")
    officer.press("Save visit")
    expect(officer.errors).to_contain_text("Enter what was observed")
    expect(officer.page.get_by_role("group", name="Outcome").get_by_label("Seen", exact=True)).to_be_checked()
    officer.page.get_by_label("What was observed?").fill("Lives with his mother. One telephone, shown willingly.")
    officer.choose("Was there anything of concern?", "No")
    officer.choose("Is there intelligence to submit?", "No")
    officer.choose("Was the visit announced?", "Unannounced")
    officer.choose("Was it a joint visit by police and probation?", "No")
    officer.press("Save visit")
    expect(officer.heading).to_have_text("What this changed")


def score(officer: Desk) -> None:
    """An RM2000 with the points asked for by the button, then saved."""
    officer.open_case("SCORE-06")
    officer.follow("RM2000")
    officer.follow("Score an RM2000")
    officer.page.get_by_label("Today,").check()
    answer(officer)
    officer.press("Show the points")
    expect(officer.page.locator("#points")).to_contain_text("Step 1: 3 points")
    expect(officer.page.locator("#points")).to_contain_text("Very high")
    expect(officer.page.get_by_label("Sexual appearances")).to_have_value("2")
    officer.press("Save score")
    expect(officer.page.get_by_role("main")).to_contain_text("RM2000 after registration: met on time")


def countersign(sergeant: Desk) -> None:
    """The line manager signs it."""
    sergeant.open_case("SCORE-06")
    sergeant.follow("RM2000")
    sergeant.follow("Countersign the RM2000")
    sergeant.press("Countersign")
    expect(sergeant.page.get_by_role("main")).to_contain_text("RM2000 countersignature: met on time.")


def test_filters_work_without_javascript_on_a_narrow_screen(open_desk: OpenDesk) -> None:
    desk = open_desk("n.police1", scripts=False, viewport=NARROW)
    desk.page.goto("/")
    desk.page.get_by_text("Filters", exact=True).click()
    desk.page.get_by_label("Standard").select_option(label="Unannounced police home visit")
    desk.page.get_by_role("button", name="Apply filters").last.click()
    expect(desk.page.locator(".om-chips__chip")).to_have_count(1)
