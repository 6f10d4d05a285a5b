"""Emergency access with two people at once: one opens a case that is not theirs, the other is told and judges it."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NARROW, OpenDesk
from tests.e2e.desk import Desk
from tests.e2e.test_accessibility import faults

REASON = "She was found at the address tonight and asks for help."


def ask(desk: Desk, number: str, kind: str = "Somebody’s life or safety is at risk now") -> None:
    """Fill in the form for emergency access by a number, and send it."""
    desk.page.goto("/find/")
    desk.follow("Act now on a case you are not involved in")
    desk.page.get_by_label("By its reference, PNC or CRN").check()
    desk.page.get_by_label("Case reference, PNC or CRN", exact=True).fill(number)
    desk.choose("What kind of emergency is it?", kind)
    desk.page.get_by_label("Why do you need this case now?").fill(REASON)
    desk.press("Open the case now")


def test_a_case_is_opened_in_an_emergency_given_back_and_judged(open_desk: OpenDesk) -> None:
    stranger, manager = open_desk("e.police1"), open_desk("n.manager.police")
    stranger.find("ACT-01")
    expect(stranger.page.get_by_text("No case found")).to_be_visible()
    ask(stranger, "act 01")
    expect(stranger.heading).to_have_text("Front sheet")
    banner = stranger.page.get_by_role("region", name="Emergency access")
    expect(banner).to_contain_text("Emergency access until")
    assert "ACT" not in stranger.page.url
    stranger.follow("Timeline")
    expect(banner).to_contain_text("will review what you open")
    assert faults(stranger.page) == []

    manager.page.goto("/notices/")
    notice = manager.page.locator(".om-notice--unread").filter(has_text="Case ACT-01 was opened in an emergency")
    expect(notice).to_have_count(1)
    expect(manager.page.locator(".om-header")).to_contain_text(re.compile(r"Notices\s*\d+"))
    assert faults(manager.page) == []
    notice.locator("button[name=open]").click()
    expect(manager.heading).to_have_text("Emergency access to case ACT-01")
    expect(manager.page.get_by_text(REASON)).to_be_visible()
    expect(manager.page.get_by_text("Open in an emergency", exact=True)).to_be_visible()
    assert faults(manager.page) == []

    stranger.press("I no longer need it")
    expect(stranger.heading).to_have_text("Act now on a case you are not involved in")
    expect(stranger.page.get_by_text("You have given the case back")).to_be_visible()
    assert faults(stranger.page) == []
    stranger.page.go_back()
    stranger.page.reload()
    expect(stranger.heading).to_have_text("Page not found")

    manager.press("Save judgement")
    expect(manager.errors).to_contain_text("Select whether it was justified")
    manager.choose("Was it justified?", "Justified")
    manager.page.get_by_label("Why do you think so?").fill("It could not wait until the morning.")
    manager.press("Save judgement")
    expect(manager.page.get_by_text("Your judgement is saved")).to_be_visible()
    manager.page.goto("/emergency-access/")
    expect(manager.page.get_by_role("heading", name="Judged before")).to_be_visible()
    assert faults(manager.page) == []
    stranger.page.goto("/notices/")
    expect(stranger.page.locator(".om-notice__words").first).to_have_text(
        "Your emergency access to case ACT-01 was judged: justified."
    )


def test_a_reviewer_ends_access_while_it_is_being_used(open_desk: OpenDesk) -> None:
    stranger, coordinator = open_desk("e.police1"), open_desk("n.coordinator")
    ask(stranger, "ACT-02")
    expect(stranger.heading).to_have_text("Front sheet")
    coordinator.page.goto("/emergency-access/")
    coordinator.follow("Case ACT-02")
    coordinator.press("End this access now")
    expect(coordinator.page.get_by_text("The access has been ended")).to_be_visible()
    stranger.follow("Duties")
    expect(stranger.heading).to_have_text("Page not found")


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_wrong_is_said_at_its_field_on_a_narrow_screen_with_and_without_scripts(
    open_desk: OpenDesk, scripts: bool
) -> None:
    desk = open_desk("e.manager.police", scripts=scripts, viewport=NARROW)
    desk.page.goto("/act-now/")
    if scripts:
        assert faults(desk.page) == []
    desk.press("Open the case now")
    expect(desk.errors).to_contain_text("Select how you can say which case it is")
    expect(desk.errors).to_contain_text("Say why you need this case now")
    desk.page.get_by_label("By full name and date of birth").check()
    desk.page.get_by_label("Full name", exact=True).fill("Actcase-01")
    desk.choose("What kind of emergency is it?", "A child may be at risk now")
    desk.page.get_by_label("Why do you need this case now?").fill("Now.")
    desk.press("Open the case now")
    expect(desk.errors).to_contain_text("Enter the full name: given names and family name")
    expect(desk.errors).to_contain_text("Enter the date of birth")
    expect(desk.errors).to_contain_text("Say in a few more words why you need this case now")
    if scripts:
        assert faults(desk.page) == []


def test_misses_are_limited_and_the_line_manager_hears_of_it(open_desk: OpenDesk) -> None:
    stranger, manager = open_desk("e.probation2"), open_desk("e.manager.probation")
    for left in (4, 3, 2, 1):
        ask(stranger, "NOTHING-LIKE-IT-1")
        expect(stranger.errors).to_contain_text(f"You can try {left} more time")
    ask(stranger, "NOTHING-LIKE-IT-1")
    expect(stranger.heading).to_have_text("Too many tries without a match")
    assert faults(stranger.page) == []
    manager.page.goto("/notices/")
    expect(manager.page.locator(".om-notice__words").first).to_contain_text("asked for emergency access 5 times")


def test_a_case_is_restricted_and_a_colleague_learns_whom_to_ring(open_desk: OpenDesk) -> None:
    manager, officer = open_desk("n.manager.police"), open_desk("n.police2")
    base = manager.open_case("ACT-03")
    manager.follow("Who can open this case")
    assert faults(manager.page) == []
    manager.follow("Restrict the case")
    manager.page.get_by_label("Why is it restricted?").fill("He is the brother of a colleague.")
    manager.page.get_by_label("Whom should others ring?").select_option(index=1)
    manager.page.get_by_role("group", name="Who else can open it from now on?").get_by_role("checkbox").first.check()
    assert faults(manager.page) == []
    manager.press("Restrict the case")
    expect(manager.page.get_by_text("The case is restricted now")).to_be_visible()
    assert faults(manager.page) == []

    officer.page.goto(base)
    expect(officer.heading).to_have_text("This is a restricted case")
    expect(officer.page.get_by_text("Actcase")).to_have_count(0)
    assert faults(officer.page) == []
    officer.find("ACT-03")
    expect(officer.page.locator(".om-stub")).to_contain_text("Restricted case ACT-03 Ring")
    assert faults(officer.page) == []
    officer.find("Actcase-03")
    expect(officer.page.locator(".om-stub")).to_have_count(0)

    manager.follow("Lift the restriction")
    manager.page.get_by_label("Why can it be lifted?").fill("The colleague has left.")
    assert faults(manager.page) == []
    manager.press("Lift the restriction")
    officer.page.goto(base)
    expect(officer.heading).to_have_text("Front sheet")


def test_a_case_is_given_to_somebody_and_taken_back(open_desk: OpenDesk) -> None:
    manager, housing = open_desk("n.manager.probation"), open_desk("n.housing")
    base = manager.open_case("ACT-04")
    manager.page.goto(f"{base}who/invite/")
    assert faults(manager.page) == []
    manager.choose("What is it for?", "To work on it or come to its meeting")
    manager.page.get_by_role("group", name="Who is invited?").get_by_label("Everybody of an agency").check()
    manager.page.get_by_label("Agency", exact=True).select_option(label="Sample Housing")
    last = manager.page.get_by_role("group", name="Last day")
    today = manager.page.get_by_role("group", name="First day")
    for box in ("Day", "Month", "Year"):
        last.get_by_label(box).fill(today.get_by_label(box).input_value())
    manager.page.get_by_label("Why do they need this case?").fill("They house him from Friday on.")
    manager.press("Give the case")
    expect(manager.page.get_by_text("The case has been given")).to_be_visible()
    housing.page.goto(base)
    expect(housing.page.locator("main")).to_contain_text("Actcase-04")
    manager.follow("End it")
    assert faults(manager.page) == []
    manager.page.get_by_label("Why does it end?").fill("He went elsewhere.")
    manager.press("End it now")
    housing.page.reload()
    expect(housing.heading).to_have_text("Page not found")
