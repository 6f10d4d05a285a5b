"""The officer's day in a browser without JavaScript."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import OpenDesk

ANSWERS = {"Age at commencement of risk": "30", "Sexual appearances": "2", "Criminal appearances": "2"}


def test_a_visit_is_recorded_with_every_question_open(open_desk: OpenDesk) -> None:
    desk = open_desk("n.police1", scripts=False)
    desk.page.goto(f"{desk.open_case('VISIT-14')}visits/record/")
    desk.page.locator("label", has_text=re.compile("^\\s*Today")).click()
    desk.choose("Outcome", "Seen")
    desk.page.get_by_label("What was observed?").fill("All as before.")
    desk.choose("Was there anything of concern?", "No")
    desk.choose("Is there intelligence to submit?", "No")
    desk.choose("Was the visit announced?", "Unannounced")
    desk.choose("Was it a joint visit by police and probation?", "No")
    desk.press("Save visit")
    expect(desk.heading).to_have_text("What this changed")
    expect(desk.page.locator("main")).to_contain_text("Unannounced police home visit")


def test_the_button_shows_the_points_then_the_score_is_saved_and_countersigned(open_desk: OpenDesk) -> None:
    desk = open_desk("n.police1", scripts=False)
    desk.page.goto(f"{desk.open_case('SCORE-08')}assessments/rm2000/score/")
    desk.page.locator("label", has_text=re.compile("^\\s*Today")).click()
    for question, answer in ANSWERS.items():
        desk.page.get_by_label(question).fill(answer)
    desk.press("Show the points")
    expect(desk.page.locator("main")).to_contain_text("Step 1: 2 points")
    expect(desk.page.get_by_label("Sexual appearances")).to_have_value("2")
    for question in (
        "Has there been a male victim of a sexual offence?",
        "Has a victim of a sexual offence been a stranger?",
    ):
        desk.choose(question, "Yes")
    for question in ("Is he single?", "Has there been a non-contact sexual offence?"):
        desk.choose(question, "No")
    desk.press("Show the points")
    expect(desk.page.locator("main")).to_contain_text("so the category is high")
    desk.press("Save score")
    expect(desk.heading).to_have_text("What this changed")
    manager = open_desk("n.manager.police", scripts=False)
    manager.page.goto(f"{manager.open_case('SCORE-08')}assessments/rm2000/countersign/")
    expect(manager.page.locator("main")).to_contain_text("How this score was reached")
    manager.press("Countersign")
    expect(manager.page.locator("main")).to_contain_text("RM2000 countersignature")


def test_the_worklist_is_filtered_and_the_next_page_opens(open_desk: OpenDesk) -> None:
    desk = open_desk("n.manager.police", scripts=False)
    desk.page.goto("/?scope=area")
    before = desk.page.locator("main").inner_text()
    desk.page.locator("summary", has_text="Filters").click()
    desk.page.get_by_label("Standard").select_option(label="Unannounced police home visit")
    desk.page.get_by_role("button", name="Apply filters").last.click()
    assert "standard=home-visit" in desk.page.url
    assert desk.page.locator("main").inner_text() != before
    assert {line.inner_text().split(" for ")[0].strip() for line in desk.page.locator(".om-duty__what a").all()} == {
        "Unannounced police home visit"
    }


def test_a_person_is_found_by_a_misspelled_name(open_desk: OpenDesk) -> None:
    desk = open_desk("n.police1", scripts=False)
    desk.find("Wetherspon")
    expect(desk.page.locator(".om-result__name a").first).to_contain_text("Wetherspoon-Example")
