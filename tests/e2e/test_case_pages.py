"""A case: its front sheet, what each fact changed, its duties with the full why, its timeline."""

import pytest
from playwright.sync_api import expect

from openmappa.ui.formats import day, short_day
from tests.e2e.caseload import ago
from tests.e2e.desk import Desk

CASE = "VISIT-14"
HISTORIES = {
    "Likelihood of reconviction": "RM2000 completed: high likelihood, scored by a constable",
    "MAPPA": "MAPPA level set to 1, category 1",
    "Registration": "Registered indefinitely",
    "Order or licence": "Community order started",
}


def test_the_front_sheet_says_where_the_case_stands(officer: Desk) -> None:
    officer.open_case(CASE)
    card = officer.page.get_by_role("region", name="Likelihood of reconviction")
    expect(card).to_contain_text("High")
    expect(card).to_contain_text(day(ago(396)))
    expect(card).to_contain_text(day(ago(395)))
    expect(officer.page.get_by_role("region", name="Risk of harm", exact=True)).to_contain_text("not set")
    expect(officer.page.get_by_role("region", name="Registration")).to_contain_text(short_day(ago(400)))
    visits = officer.page.get_by_role("region", name="Home visits")
    expect(visits).to_contain_text("Every 3 months")
    expect(visits).to_contain_text("Table of force A, high likelihood")
    people = officer.page.get_by_role("region", name="Responsible")
    expect(people).to_contain_text("Officer One Sampleton")
    expect(people).to_contain_text("Caseworker One Sampleton")
    expect(officer.page.get_by_role("region", name="Overdue and due next")).to_contain_text("weeks late")


@pytest.mark.parametrize("card", HISTORIES)
def test_the_history_of_each_part_is_one_click_away(officer: Desk, card: str) -> None:
    officer.open_case(CASE)
    officer.page.get_by_role("region", name=card, exact=True).get_by_role("link", name="History").first.click()
    expect(officer.page.locator(".om-timeline__title").filter(has_text=HISTORIES[card])).to_have_count(1)
    officer.follow("Back to the front sheet")
    expect(officer.heading).to_have_text("Front sheet")


def test_a_history_with_nothing_in_it_says_so(officer: Desk) -> None:
    base = officer.open_case("EMPTY-01")
    for what in ("likelihood", "harm", "mappa", "registration", "order", "custody", "visits", "visit-interval"):
        officer.page.goto(f"{base}history/{what}/")
        expect(officer.page.get_by_role("main")).to_contain_text("Nothing has been recorded yet")


def test_the_duties_can_be_narrowed_to_what_is_overdue(officer: Desk) -> None:
    base = officer.open_case(CASE)
    officer.follow("Duties")
    officer.page.get_by_label("State").select_option(label="Overdue")
    officer.page.get_by_role("button", name="Apply filters").last.click()
    expect(officer.page.locator(".om-chips__chip")).to_have_count(1)
    outcomes = set(officer.page.locator(".om-duty .govuk-tag").all_inner_texts())
    assert outcomes == {"Overdue"}
    assert officer.path == f"{base}duties/"


def test_why_a_visit_is_due_is_worked_out_step_by_step_with_its_source(officer: Desk) -> None:
    officer.open_case(CASE)
    officer.follow("Duties")
    duty = officer.page.locator(".om-duty").filter(has_text="Unannounced police home visit").first
    duty.get_by_text("Why, step by step").click()
    why = duty.locator("details")
    expect(why).to_contain_text("3 months")
    expect(why).to_contain_text("Source: ")
    expect(why).to_contain_text("Table 1")


def test_the_timeline_is_newest_first_and_can_be_narrowed_to_one_kind(officer: Desk) -> None:
    officer.open_case(CASE)
    officer.follow("Timeline")
    expect(officer.page.locator(".om-timeline__item")).to_have_count(6)
    days = [one.get_attribute("datetime") or "" for one in officer.page.locator(".om-timeline__date time").all()]
    assert days == sorted(days, reverse=True)
    assert len(days) == 6
    officer.page.get_by_label("Kind of entry").select_option(label="MAPPA")
    officer.page.get_by_role("button", name="Apply filters").last.click()
    expect(officer.page.locator(".om-timeline__item")).to_have_count(1)


def test_an_entry_says_what_it_changed(officer: Desk) -> None:
    officer.open_case(CASE)
    officer.follow("Timeline")
    entry = officer.page.locator(".om-timeline__item").filter(has_text="Registered indefinitely")
    entry.get_by_role("link", name="What this changed").click()
    main = officer.page.get_by_role("main")
    expect(officer.heading).to_have_text("What this changed")
    expect(main).to_contain_text("Registration: Registered")
    expect(main).to_contain_text("RM2000 after registration: opened, due on")
