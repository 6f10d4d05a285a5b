"""Scoring an RM2000 with the points in view, and countersigning it."""

import pytest
from playwright.sync_api import expect

from openmappa.ui.formats import day
from tests.e2e.caseload import ago
from tests.e2e.conftest import OpenDesk
from tests.e2e.desk import Desk
from tests.e2e.test_accessibility import faults

COUNTS = {"Age at commencement of risk": "27", "Sexual appearances": "2", "Criminal appearances": "5"}
FACTORS = {
    "Has there been a male victim of a sexual offence?": "No",
    "Has a victim of a sexual offence been a stranger?": "Yes",
    "Is he single?": "Yes",
    "Has there been a non-contact sexual offence?": "No",
}


def open_form(desk: Desk, reference: str) -> None:
    """Open the case, its assessments, and the form."""
    desk.open_case(reference)
    desk.follow("RM2000")
    desk.follow("Score an RM2000")
    expect(desk.heading).to_have_text("Score an RM2000")


def answer(desk: Desk) -> None:
    """Answer all seven questions: 3 points for the counts, and 2 factors."""
    for label, value in COUNTS.items():
        desk.page.get_by_label(label).fill(value)
    for question, choice in FACTORS.items():
        desk.choose(question, choice)


def score(desk: Desk, reference: str) -> None:
    """Score an RM2000 today and save it."""
    open_form(desk, reference)
    desk.page.get_by_label("Today,").check()
    answer(desk)
    desk.press("Save score")
    expect(desk.heading).to_have_text("What this changed")


def open_countersigning(desk: Desk, reference: str) -> None:
    """Open the page on which the RM2000 of a case is countersigned."""
    desk.page.goto(f"{desk.open_case(reference)}assessments/rm2000/countersign/")
    expect(desk.heading).to_have_text("Countersign an RM2000")


def test_the_points_add_up_as_answers_are_given_and_the_category_comes_with_its_reasons(officer: Desk) -> None:
    open_form(officer, "SCORE-01")
    points = officer.page.locator("#points")
    expect(points).to_contain_text("Answer the questions")
    officer.page.get_by_label("Age at commencement of risk").fill("27")
    expect(points).to_contain_text("6 answers to go before there is a category.")
    answer(officer)
    expect(points).to_contain_text("Category:")
    expect(points).to_contain_text("Very high")
    expect(points.locator("li")).to_have_count(2)
    assert officer.page.url.endswith("/score/")
    expect(officer.heading).to_have_text("Score an RM2000")


def test_an_officer_scores_and_the_line_manager_countersigns(open_desk: OpenDesk) -> None:
    officer, sergeant = open_desk("n.police1"), open_desk("n.manager.police")
    score(officer, "SCORE-02")
    main = officer.page.get_by_role("main")
    expect(main).to_contain_text(f"RM2000 after registration: met on time. It was due on {day(ago(-1))}.")
    expect(main).to_contain_text("RM2000 countersignature: due on")
    officer.follow("Go to the case")
    expect(officer.page.get_by_role("region", name="Likelihood")).to_contain_text("Not countersigned")

    sergeant.open_case("SCORE-02")
    sergeant.follow("RM2000")
    sergeant.follow("Countersign the RM2000")
    expect(sergeant.page.get_by_role("main")).to_contain_text("Officer One Sampleton, constable")
    sergeant.page.get_by_label("Comment").fill("Read with the file. Agreed.")
    sergeant.press("Countersign")
    expect(sergeant.page.get_by_role("main")).to_contain_text("RM2000 countersignature: met on time.")
    sergeant.follow("Go to the case")
    likelihood = sergeant.page.get_by_role("region", name="Likelihood")
    expect(likelihood).to_contain_text("Countersigned by Sergeant Sampleton")
    sergeant.follow("RM2000")
    expect(sergeant.page.get_by_role("main")).to_contain_text("Read with the file. Agreed.")
    expect(sergeant.page.get_by_text("Countersign the RM2000")).to_have_count(0)
    open_countersigning(sergeant, "SCORE-02")
    expect(sergeant.page.get_by_text("This RM2000 has been countersigned already.")).to_be_visible()


def test_nobody_countersigns_their_own_score(open_desk: OpenDesk) -> None:
    sergeant = open_desk("n.manager.police")
    score(sergeant, "SCORE-03")
    open_countersigning(sergeant, "SCORE-03")
    expect(sergeant.page.get_by_text("You scored this RM2000 yourself. Somebody else has to")).to_be_visible()
    expect(sergeant.page.get_by_role("button", name="Countersign", exact=True)).to_have_count(0)


def test_an_officer_is_not_offered_the_countersignature_and_is_refused_it(open_desk: OpenDesk) -> None:
    officer = open_desk("n.police1")
    base = officer.open_case("VISIT-01")
    officer.page.goto(f"{base}assessments/")
    expect(officer.page.get_by_text("Countersign the RM2000")).to_have_count(0)
    officer.page.goto(f"{base}assessments/rm2000/countersign/")
    expect(officer.heading).to_have_text("You are not allowed to do this")


def test_countersigning_what_a_colleague_signed_meanwhile_is_refused(open_desk: OpenDesk) -> None:
    officer, sergeant, senior = (open_desk(name) for name in ("n.police1", "n.manager.police", "n.manager.probation"))
    score(officer, "SCORE-04")
    for desk in (sergeant, senior):
        open_countersigning(desk, "SCORE-04")
    sergeant.press("Countersign")
    expect(sergeant.heading).to_have_text("What this changed")
    senior.press("Countersign")
    expect(senior.page.get_by_role("main")).to_contain_text("This RM2000 has been countersigned already.")


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_answers_that_are_missing_or_impossible_are_named_and_the_others_kept(
    open_desk: OpenDesk, scripts: bool
) -> None:
    desk = open_desk("n.police1", scripts=scripts)
    open_form(desk, "SCORE-05")
    desk.page.get_by_label("Today,").check()
    desk.page.get_by_label("Age at commencement of risk").fill("17")
    desk.page.get_by_label("Sexual appearances").fill("many")
    desk.choose("Is he single?", "Yes")
    desk.press("Save score")
    expect(desk.errors).to_contain_text("Sexual appearances must be a whole number")
    expect(desk.errors).to_contain_text("Enter the criminal appearances")
    expect(desk.page.get_by_label("Age at commencement of risk")).to_have_value("17")
    expect(desk.page.get_by_label("Sexual appearances")).to_have_value("many")
    expect(desk.page.get_by_role("group", name="Is he single?").get_by_label("Yes")).to_be_checked()


def test_a_boy_of_17_and_fewer_appearances_for_any_offence_than_for_a_sexual_one_are_refused(officer: Desk) -> None:
    open_form(officer, "SCORE-05")
    officer.page.get_by_label("Today,").check()
    answer(officer)
    officer.page.get_by_label("Age at commencement of risk").fill("17")
    officer.press("Save score")
    expect(officer.errors).to_contain_text("18")
    officer.page.get_by_label("Age at commencement of risk").fill("27")
    officer.page.get_by_label("Criminal appearances").fill("1")
    officer.press("Save score")
    expect(officer.page.locator("#id_criminal_appearances-error")).to_be_visible()


def test_a_re_score_starts_from_the_last_answers_each_confirmed_or_changed_and_shows_what_changed(
    officer: Desk,
) -> None:
    score(officer, "SCORE-09")
    officer.page.goto(f"{officer.open_case('SCORE-09')}assessments/rm2000/score/")
    points = officer.page.locator("#points")
    expect(points).to_contain_text("Nothing differs from the RM2000 of")
    expect(officer.page.get_by_label("Sexual appearances")).to_have_value("2")
    officer.page.get_by_label("Today,").check()
    officer.page.get_by_label("Sexual appearances").fill("3")
    officer.page.get_by_label("Violent appearances").fill("1")
    officer.choose("Has he been convicted of burglary?", "No")
    expect(points).to_contain_text("What changes since the RM2000 of")
    assert faults(officer.page) == []
    officer.press("Save score")
    expect(officer.errors).to_contain_text("Age at commencement of risk: tick that “27” is still right, or change it")
    for tick in officer.page.get_by_label("Still right").all():
        tick.check()
    officer.press("Save score")
    expect(officer.heading).to_have_text("What this changed")
    officer.page.goto(f"{officer.open_case('SCORE-09')}assessments/")
    changed = officer.page.get_by_role("table", name="What changed since the RM2000 of")
    expect(changed.get_by_role("row", name="Sexual appearances 2 3")).to_be_visible()
    expect(changed.get_by_role("row", name="Scale V not scored medium")).to_be_visible()
    assert faults(officer.page) == []


def test_why_no_rm2000_is_made_stands_on_the_front_sheet_until_a_score_is_made(officer: Desk) -> None:
    officer.page.goto(f"{officer.open_case('SCORE-10')}assessments/")
    officer.follow("Say why no RM2000 is made")
    officer.page.get_by_label("Today,").check()
    officer.page.get_by_label("Another reason").check()
    officer.press("Save reason")
    expect(officer.errors).to_contain_text("Write what the reason is on this case")
    officer.page.get_by_label("What the reason is on this case").fill(
        "Convicted abroad; the court's papers are awaited"
    )
    officer.press("Save reason")
    expect(officer.page.get_by_role("main")).to_contain_text("No RM2000 is made. Another reason: Convicted abroad")
    officer.open_case("SCORE-10")
    likelihood = officer.page.get_by_role("region", name="Likelihood")
    expect(likelihood).to_contain_text("No RM2000 is made. Another reason: Convicted abroad")
    assert faults(officer.page) == []
    score(officer, "SCORE-10")
    officer.open_case("SCORE-10")
    expect(officer.page.get_by_role("region", name="Likelihood")).not_to_contain_text("No RM2000 is made")
