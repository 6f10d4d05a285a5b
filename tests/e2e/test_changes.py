"""A change of risk of harm, from the case manager who decides it to the police officer who says that they know."""

import os

from playwright.sync_api import expect

from tests.e2e.conftest import NARROW, OpenDesk
from tests.e2e.desk import Desk
from tests.e2e.test_accessibility import faults
from tests.support.server import Server


def test_a_change_reaches_the_other_service_is_acknowledged_and_stands_in_the_chart(
    open_desk: OpenDesk, server: Server
) -> None:
    manager, officer = open_desk("n.probation1"), open_desk("n.police1")
    officer.page.goto("/you/messages/")
    officer.page.get_by_label("Work e-mail address").fill("one@police.example")
    officer.press("Save")
    expect(officer.page.get_by_role("alert")).to_contain_text("Saved: messages by e-mail")
    manager.record("TOLD-01", "risk-of-harm")
    manager.choose("Risk of harm", "High")
    manager.press("Save")
    assert server.manage("send_notices") == "Sent 1; 0 failed and will be tried again.\n"
    assert server.manage("tell").startswith("Told line managers of ")
    officer.page.goto("/")
    expect(officer.page.get_by_role("heading", name="Changes to acknowledge")).to_be_visible()
    look(officer, "worklist")
    assert faults(officer.page) == []
    officer.page.locator(".om-told li", has_text="TOLD-01").get_by_role("link").click()
    expect(officer.heading).to_have_text("A change")
    assert faults(officer.page) == []
    officer.page.get_by_label("What did you do about it? (optional)").fill("Brought the next visit forward to tonight.")
    officer.page.get_by_role("button", name="I know about this").click()
    expect(officer.page.get_by_role("alert")).to_contain_text("Acknowledged")
    expect(officer.page.get_by_text("Brought the next visit forward")).to_be_visible()
    look(officer, "changes")
    assert faults(officer.page) == []
    base = officer.path.removesuffix("changes/")
    officer.page.goto(f"{base}duties/?state=met")
    expect(officer.page.locator("main").get_by_text("Police told of a change in risk of harm").last).to_be_visible()
    for name in ("levels", ""):
        officer.page.goto(f"{base}{name}{'/' if name else ''}")
        expect(officer.page.locator("svg.om-chart--wide")).to_be_visible()
        look(officer, name or "front-sheet")
        assert faults(officer.page) == []
    officer.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    expect(officer.page.locator("svg.om-chart--narrow")).to_be_visible()
    expect(officer.page.locator("svg.om-chart--wide")).to_be_hidden()


def test_telling_in_words_works_without_scripts(open_desk: OpenDesk) -> None:
    manager = open_desk("n.probation1", scripts=False)
    base = manager.open_case("TOLD-01")
    for page in ("changes/victim/", "changes/tell/"):
        manager.page.goto(f"{base}{page}")
        look(manager, page.strip("/").replace("/", "-"))
    manager.choose("What is it about?", "Work or training")
    manager.page.get_by_label("What changed?").fill("Lost the job at the warehouse on Friday.")
    manager.choose("What does it rest on?", "Fact")
    manager.choose("Who may read it?", "Open to those involved")
    manager.press("Tell them")
    expect(manager.page.get_by_text("Told: everybody who must know has a notice")).to_be_visible()
    expect(manager.page.get_by_text("Lost the job at the warehouse on Friday.")).to_be_visible()


def look(desk: Desk, name: str) -> None:
    """Keep pictures of the page, wide and narrow, where somebody asked for them."""
    folder = os.environ.get("OPENMAPPA_LOOK")
    if not folder:
        return
    size = desk.page.viewport_size
    for width in (1280, 320):
        desk.page.set_viewport_size({"width": width, "height": 900})
        desk.page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
    desk.page.set_viewport_size(size or {"width": 1280, "height": 900})
