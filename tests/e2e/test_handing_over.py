"""A tablet in the hands of the offender: other tabs, the back button, typed addresses; and taking it back."""

from playwright.sync_api import expect

from tests.e2e.conftest import NARROW, OpenDesk
from tests.e2e.desk import PASSWORD, Desk
from tests.e2e.test_accessibility import faults

GIVE_IT_BACK = "Give the tablet back"


def draft(desk: Desk, reference: str) -> str:
    """Start an OASys on a case; its address."""
    base = desk.open_case(reference)
    desk.page.goto(f"{base}oasys/start/?stage=start")
    desk.page.get_by_role("button", name="Start", exact=False).first.click()
    expect(desk.heading).to_have_text("OASys: draft")
    return desk.path


def hand_over(desk: Desk, oasys: str) -> None:
    """Press the button on the page that says what it does."""
    desk.page.goto(f"{oasys}self-assessment/hand-over/")
    desk.press("Hand it over now")
    expect(desk.heading).to_have_text("Your views")


def test_whoever_holds_the_tablet_finds_nothing_but_their_own_questions(open_desk: OpenDesk) -> None:
    desk = open_desk("n.probation1", fresh=True)
    oasys = draft(desk, "HAND-01")
    other = desk.page.context.new_page()
    other.goto(oasys)
    expect(other.get_by_text("Handcase-01").first).to_be_visible()
    hand_over(desk, oasys)
    expect(other.get_by_role("heading", level=1)).to_have_text("Your views")
    expect(other.get_by_text("Handcase-01")).to_have_count(0)
    desk.page.go_back()
    expect(desk.heading).to_have_text(GIVE_IT_BACK)
    for address in ("/", oasys, "/find/", "/sign-in/", "/no/such/page/"):
        desk.page.goto(address)
        expect(desk.heading).to_have_text(GIVE_IT_BACK)
        expect(desk.page.get_by_text("Handcase-01")).to_have_count(0)
    fetched = desk.page.evaluate("async (address) => (await fetch(address)).text()", oasys)
    assert "Handcase-01" not in fetched
    other.close()


def test_questions_are_answered_with_a_finger_and_the_tablet_comes_back(open_desk: OpenDesk) -> None:
    desk = open_desk("n.probation1", fresh=True)
    oasys = draft(desk, "HAND-02")
    desk.page.goto(f"{oasys}self-assessment/")
    assert faults(desk.page) == []
    hand_over(desk, oasys)
    assert faults(desk.page) == []
    desk.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    desk.follow("Start")
    expect(desk.heading).to_have_text("Is it hard to find a good place to live?")
    desk.page.get_by_role("radio", name="A bit").check()
    assert faults(desk.page) == []
    desk.press("Next")
    desk.page.goto("/your-views/30/")
    desk.page.get_by_role("textbox").fill("I want help with a home.")
    desk.press("Next")
    expect(desk.page.get_by_text("I want help with a home.")).to_be_visible()
    assert faults(desk.page) == []
    desk.press("I am done")
    expect(desk.page.get_by_text("Thank you. We have kept your answers.")).to_be_visible()
    assert faults(desk.page) == []
    desk.follow("For staff: take the tablet back")
    assert faults(desk.page) == []
    desk.page.locator("input[name=password]").fill("a guess")
    desk.press("Take it back")
    expect(desk.errors).to_contain_text("That password is not right")
    desk.page.locator("input[name=password]").fill(PASSWORD)
    desk.press("Take it back")
    expect(desk.heading).to_have_text("Self-assessment by the offender")
    expect(desk.page.get_by_text("I want help with a home.")).to_be_visible()
    assert faults(desk.page) == []
