"""Writing a plan in a browser: the check of an objective as it is typed, signing, and no accessibility fault."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NARROW, OpenDesk
from tests.e2e.desk import Desk
from tests.e2e.test_accessibility import faults

PICTURES = os.environ.get("OPENMAPPA_PICTURES")


def look(desk: Desk, name: str) -> None:
    """Nothing for axe to find on the page as it stands; with OPENMAPPA_PICTURES a picture of it, wide and narrow."""
    assert faults(desk.page) == [], name
    if PICTURES:
        desk.page.screenshot(path=Path(PICTURES, f"{name}.png"), full_page=True)
        wide = desk.page.viewport_size
        desk.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        desk.page.screenshot(path=Path(PICTURES, f"{name}-narrow.png"), full_page=True)
        desk.page.set_viewport_size(wide)  # type: ignore[arg-type]


def step(desk: Desk, base: str, slug: str, answers: dict[str, str]) -> None:
    """Fill the texts of one step by their names, and save them."""
    desk.page.goto(f"{base}step/{slug}/")
    for name, words in answers.items():
        desk.page.locator(f"[name={name}]").fill(words)


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_a_supervision_plan_from_the_first_step_to_the_countersignature(open_desk: OpenDesk, scripts: bool) -> None:
    desk = open_desk("n.probation1", scripts=scripts)
    desk.open_case("PLANS-01" if scripts else "PLANS-02")
    desk.follow("Plans")
    check = look if scripts else lambda desk, name: None
    check(desk, "list")
    desk.press("Start the supervision plan")
    expect(desk.heading).to_have_text("Supervision plan: draft")
    base = desk.page.url.removesuffix("edit/")
    check(desk, "edit")
    desk.page.goto(f"{base}objective/add/")
    desk.page.locator("[name=what]").fill("Engages with supervision about alcohol")
    desk.page.locator("[name=measure]").fill("The register shows 12 of 12 sessions")
    desk.another_day("By when?", date.today() + timedelta(weeks=10))
    desk.page.get_by_label("The offender", exact=True).check()
    desk.page.get_by_label("Alcohol").first.check()
    desk.page.locator("[name=plain_words]").fill("You go to all 12 sessions.")
    if scripts:
        expect(desk.page.locator("#smart")).to_contain_text("describes an attitude")
    desk.press("Save")
    expect(desk.errors).to_contain_text("“Engages” describes an attitude")
    check(desk, "objective-refused")
    desk.page.locator("[name=what]").fill("Completes the 12 sessions of the alcohol course")
    if scripts:
        expect(desk.page.locator("#smart")).to_contain_text("Specific, measurable")
    desk.press("Save")
    expect(desk.heading).to_have_text("Objectives")
    check(desk, "objectives")
    desk.page.goto(f"{base}intervention/add/")
    desk.page.get_by_label("Constructive").check()
    for name, words in {"what": "Alcohol course", "provider": "The Bridge", "why_now": "A place is free."}.items():
        desk.page.locator(f"[name={name}]").fill(words)
    desk.another_day("When does it start?", date.today())
    check(desk, "intervention")
    desk.press("Save")
    step(desk, base, "participation", {"own_words": "I want this.", "diversity": "N/A", "adapted": "Large print."})
    desk.another_day("When was the plan shared with the offender?", date.today())
    desk.choose("Do they agree with it?", "Yes")
    check(desk, "participation")
    desk.press("Save and go on")
    expect(desk.heading).to_have_text("Community and contact")
    step(desk, base, "community", {"community": "Lives with his sister.", "contact": "Tuesdays at 10."})
    desk.press("Save and go on")
    step(desk, base, "victims", {"victim_issues": "The contact unit was told."})
    check(desk, "victims")
    desk.press("Save and go on")
    desk.page.goto(f"{base}liaison/add/")
    answers = {"who": "Case manager", "with_whom": "Police officer", "how_often": "Mondays", "about": "Changes"}
    for name, words in answers.items():
        desk.page.locator(f"[name={name}]").fill(words)
    desk.press("Save")
    desk.page.goto(f"{base}sign/")
    expect(desk.page.get_by_role("main")).to_contain_text("how that was found out")
    check(desk, "not-yet")
    step(desk, base, "participation", {"diversity": "Not applicable: asked on the first day, reads and writes well."})
    desk.press("Save and go on")
    desk.page.goto(f"{base}sign/")
    check(desk, "sign")
    desk.page.get_by_label("Today,").check()
    desk.press("Sign")
    expect(desk.heading).to_have_text("What this changed")
    desk.page.goto(base)
    expect(desk.page.get_by_role("main")).to_contain_text("Not yet countersigned")
    expect(desk.page.get_by_role("main")).to_contain_text("A1")
    check(desk, "glance")
    desk.follow("Record progress")
    check(desk, "progress")
    desk.page.goto(f"{base}offender-copy/")
    check(desk, "offender-copy")
    with desk.page.expect_download() as copied:
        desk.press("Make the copy (PDF)")
    assert copied.value.suggested_filename == "plan-for-the-offender-version-1.pdf"
    manager = open_desk("n.manager.probation", scripts=scripts)
    manager.page.goto(base)
    manager.follow("Countersign or return")
    check(manager, "judge")
    manager.page.get_by_label("Countersign it").check()
    manager.press("Save the decision")
    expect(manager.page.get_by_role("main")).to_contain_text("Countersigned by")
    manager.page.goto(f"{base}file-copy/")
    check(manager, "file-copy")


def test_a_risk_management_plan_shows_the_actions_of_meetings_in_its_steps(open_desk: OpenDesk) -> None:
    desk = open_desk("n.probation1")
    desk.open_case("PLANS-02")
    desk.follow("Plans")
    desk.press("Start the risk management plan")
    base = desk.page.url.removesuffix("edit/")
    for name in ("controls", "actions", "contingency"):
        desk.page.goto(f"{base}step/{name}/")
        look(desk, f"risk-{name}")
    for name in ("action", "contingency", "liaison"):
        desk.page.goto(f"{base}{name}/add/")
        look(desk, f"risk-add-{name}")
    desk.page.goto(f"{base}step/controls/")
    expect(desk.page.get_by_role("main")).to_contain_text("A1")
    expect(desk.page.get_by_role("main")).to_contain_text("Overdue")
    desk.page.goto(f"{base}abandon/")
    look(desk, "abandon")
