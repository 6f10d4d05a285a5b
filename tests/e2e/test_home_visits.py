"""Recording a home visit: what is asked, what is refused and kept, and what is said afterwards."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from openmappa.core.dates import add_months
from openmappa.ui.formats import day
from tests.e2e.caseload import ago
from tests.e2e.conftest import OpenDesk
from tests.e2e.desk import Desk

OBSERVED = "What was observed?"
CONCERN = "Was there anything of concern?"
INTELLIGENCE = "Is there intelligence to submit?"


def open_form(desk: Desk, reference: str) -> None:
    """Open a case as an officer does, and press the button on its front sheet."""
    desk.open_case(reference)
    desk.follow("Record a home visit")
    expect(desk.heading).to_have_text("Record a home visit")


def describe(desk: Desk, outcome: str, *, announced: str = "Unannounced") -> None:
    """Answer what every visit is asked."""
    desk.page.get_by_label("Today,").check()
    desk.choose("Outcome", outcome)
    desk.choose("Was the visit announced?", announced)
    desk.choose("Was it a joint visit by police and probation?", "No")


def seen(desk: Desk, observed: str) -> None:
    """Answer what is asked about a visit on which he was seen."""
    desk.page.get_by_label(OBSERVED).fill(observed)
    desk.choose(CONCERN, "No")
    desk.choose(INTELLIGENCE, "No")


def visits_on(reference: str, desk: Desk) -> int:
    """How many visits the case's own list shows."""
    desk.page.goto(f"{desk.open_case(reference)}visits/")
    expect(desk.heading).to_have_text("Home visits")
    return desk.page.locator(".om-visit").count()


def test_after_saving_the_page_says_which_visit_this_met_and_when_the_next_is_due(officer: Desk) -> None:
    open_form(officer, "VISIT-02")
    describe(officer, "Seen")
    seen(officer, "Lives alone. No children about. All as at the last visit.")
    officer.press("Save visit")
    expect(officer.heading).to_have_text("What this changed")
    main = officer.page.get_by_role("main")
    late = (date.today() - add_months(ago(396), 3)).days
    expect(main).to_contain_text(f"Unannounced police home visit: met {late} days late.")
    expect(main).to_contain_text(f"Unannounced police home visit: due on {day(add_months(date.today(), 3))}")
    expect(officer.page.locator("[data-focus-on-load]")).to_be_focused()
    officer.follow("Go to the case")
    expect(officer.page.get_by_role("region", name="Home visits")).to_contain_text("unannounced: seen")
    officer.follow("Visits")
    expect(officer.page.get_by_role("main")).to_contain_text("All as at the last visit.")


@pytest.mark.parametrize(("reference", "outcome"), [("VISIT-03", "Not seen"), ("VISIT-04", "Refused to be seen")])
def test_a_visit_on_which_nobody_was_seen_asks_for_no_more(officer: Desk, reference: str, outcome: str) -> None:
    open_form(officer, reference)
    officer.page.get_by_role("group", name="Outcome").get_by_label("Seen", exact=True).check()
    expect(officer.page.get_by_label(OBSERVED)).to_be_visible()
    officer.page.get_by_role("group", name="Outcome").get_by_label(outcome).check()
    expect(officer.page.get_by_label(OBSERVED)).to_be_hidden()
    officer.page.get_by_label("Today,").check()
    officer.choose("Was the visit announced?", "Unannounced")
    officer.choose("Was it a joint visit by police and probation?", "No")
    officer.press("Save visit")
    expect(officer.heading).to_have_text("What this changed")


def test_every_mistake_stands_in_the_summary_and_at_its_field_and_nothing_typed_is_lost(officer: Desk) -> None:
    open_form(officer, "VISIT-05")
    officer.choose("Outcome", "Seen")
    officer.page.get_by_label(OBSERVED).fill("A blue door & a <b>dog</b>.")
    officer.choose(CONCERN, "Yes")
    officer.page.get_by_label("Who else was there").fill("Caseworker One")
    officer.press("Save visit")
    expect(officer.errors).to_be_focused()
    said = officer.errors.get_by_role("link").all_inner_texts()
    assert said == [
        "Enter the date of visit",
        "Enter what was of concern",
        "Select whether there is intelligence to submit",
        "Select whether the visit was announced",
        "Select whether it was a joint visit",
    ]
    for sentence in said:
        expect(officer.page.locator(".govuk-error-message").filter(has_text=sentence)).to_be_visible()
        officer.errors.get_by_role("link", name=sentence).click()
        assert officer.page.evaluate("document.activeElement.matches('input, textarea, select')"), sentence
    expect(officer.page.get_by_label(OBSERVED)).to_have_value("A blue door & a <b>dog</b>.")
    expect(officer.page.get_by_label("Who else was there")).to_have_value("Caseworker One")
    expect(officer.page.get_by_role("group", name="Outcome").get_by_label("Seen", exact=True)).to_be_checked()
    assert officer.page.title() == "Error: Record a home visit – OpenMAPPA"


def test_a_visit_tomorrow_is_refused(officer: Desk) -> None:
    open_form(officer, "VISIT-06")
    describe(officer, "Not seen")
    officer.another_day("Date of visit", date.today() + timedelta(days=1))
    officer.press("Save visit")
    expect(officer.errors).to_contain_text("Date of visit must be today or in the past")


def test_a_visit_before_registration_is_refused_with_the_day_it_began(officer: Desk) -> None:
    open_form(officer, "VISIT-06")
    describe(officer, "Not seen")
    officer.another_day("Date of visit", ago(401))
    officer.press("Save visit")
    expect(officer.errors).to_contain_text("before the registration began")
    expect(officer.errors).to_contain_text(day(ago(400)))


def test_a_date_that_does_not_exist_is_refused(officer: Desk) -> None:
    open_form(officer, "VISIT-06")
    describe(officer, "Not seen")
    officer.another_day("Date of visit", date(2026, 2, 1))
    officer.page.get_by_role("group", name="Date of visit").get_by_label("Day", exact=True).fill("31")
    officer.press("Save visit")
    expect(officer.errors).to_contain_text("Date of visit cannot be 31 February 2026: February 2026 has 28 days")


def test_pressing_save_twice_records_one_visit(officer: Desk) -> None:
    open_form(officer, "VISIT-07")
    describe(officer, "Not seen")
    officer.page.get_by_role("button", name="Save visit").dblclick()
    expect(officer.heading).to_have_text("What this changed")
    assert visits_on("VISIT-07", officer) == 1


def test_after_the_back_button_the_form_is_a_new_one_so_that_nothing_is_saved_twice_unawares(officer: Desk) -> None:
    open_form(officer, "VISIT-08")
    describe(officer, "Not seen")
    officer.press("Save visit")
    expect(officer.heading).to_have_text("What this changed")
    officer.page.go_back()
    expect(officer.heading).to_have_text("Record a home visit")
    expect(officer.page.locator("input:checked")).to_have_count(0)
    officer.press("Save visit")
    expect(officer.errors).to_contain_text("Enter the date of visit")
    assert visits_on("VISIT-08", officer) == 1


def test_other_answers_in_a_form_that_was_saved_before_are_refused_and_not_dropped(officer: Desk) -> None:
    open_form(officer, "VISIT-12")
    describe(officer, "Not seen")
    form = officer.page.evaluate("Object.fromEntries(new FormData(document.querySelector('form.om-form')))")
    address = officer.page.url
    officer.press("Save visit")
    expect(officer.heading).to_have_text("What this changed")
    assert "This form was saved before, with other answers" not in officer.send(address, form)
    assert "This form was saved before, with other answers" in officer.send(address, form | {"announced": "yes"})
    assert visits_on("VISIT-12", officer) == 1


def test_the_second_of_two_people_sees_what_the_first_did_and_saves_as_well(open_desk: OpenDesk) -> None:
    police, probation = open_desk("n.police1"), open_desk("n.probation1")
    for desk in (police, probation):
        open_form(desk, "VISIT-09")
        describe(desk, "Not seen")
    police.press("Save visit")
    expect(police.heading).to_have_text("What this changed")
    probation.page.get_by_label("Who else was there").fill("Nobody but me")
    probation.press("Save visit")
    panel = probation.page.locator(".om-conflict")
    expect(panel).to_contain_text("This case has changed since you opened this form")
    expect(panel).to_contain_text("Officer One Sampleton recorded police home visit, unannounced: not seen")
    expect(probation.page.get_by_label("Who else was there")).to_have_value("Nobody but me")
    panel.get_by_role("button").click()
    expect(probation.heading).to_have_text("What this changed")
    assert visits_on("VISIT-09", probation) == 2


@pytest.mark.parametrize("lost", ["openmappa_session", None], ids=["the session", "every cookie"])
def test_when_the_session_ended_while_typing_what_was_typed_is_given_back(
    open_desk: OpenDesk, lost: str | None
) -> None:
    desk = open_desk("n.police1", fresh=True)
    open_form(desk, "VISIT-10")
    describe(desk, "Seen")
    seen(desk, "A long account that nobody wants to write again.")
    desk.page.context.clear_cookies(name=lost) if lost else desk.page.context.clear_cookies()
    desk.press("Save visit")
    expect(desk.heading).to_have_text("Your session has ended, so this was not saved")
    expect(desk.page.get_by_label("Observed")).to_have_value("A long account that nobody wants to write again.")
    desk.follow("Sign in and open the form again")
    desk.sign_in("n.police1")
    expect(desk.heading).to_have_text("Record a home visit")


def test_leaving_a_half_filled_form_is_asked_about_first(officer: Desk) -> None:
    open_form(officer, "VISIT-11")
    officer.choose("Outcome", "Not seen")
    asked: list[str] = []
    officer.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    officer.follow("Find a case")
    expect(officer.heading).to_have_text("Find a case")
    assert asked == ["beforeunload"]


def test_cancel_leaves_the_form_without_a_question(officer: Desk) -> None:
    open_form(officer, "VISIT-11")
    officer.choose("Outcome", "Not seen")
    asked: list[str] = []
    officer.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    officer.follow("Cancel")
    expect(officer.heading).to_have_text("Home visits")
    assert asked == []
