"""Who looked at what, in a real browser: everybody their own, the auditor anybody's, and what happens past a limit."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NARROW, OpenDesk
from tests.e2e.desk import Desk
from tests.e2e.test_accessibility import faults
from tests.support.server import Server

READ_TOO_MUCH = """
from datetime import timedelta
from django.utils import timezone
from openmappa.accounts.models import User
from openmappa.accounts.acting import as_job
from openmappa.audit.models import Event
person = User.objects.get(username="{username}")
with as_job("tests"):
    for number in range({count}):
        Event.objects.create(by_id=person.pk, by_name=person.full_name, agency=person.agency_name, role=person.role,
            verb="read case", operation="consultation", channel="web", case_id=900000 + number,
            at=timezone.now() - timedelta(minutes=4), about={{"page": "timeline:front_sheet"}})
"""


def has_read(server: Server, username: str, count: int) -> None:
    """The log says that somebody opened so many different cases a few minutes ago."""
    server.manage("shell", "--verbosity", "0", "-c", READ_TOO_MUCH.format(username=username, count=count))


def whole(desk: Desk) -> None:
    """Nothing for axe to find and nothing that scrolls sideways, wide and at 320 pixels."""
    assert faults(desk.page) == [], desk.page.url


def test_an_officer_sees_what_they_have_looked_at(open_desk: OpenDesk) -> None:
    officer = open_desk("n.police1")
    officer.open_case("FIND-01")
    officer.follow("Visits")
    officer.page.goto("/you/")
    officer.follow("What you have looked at")
    expect(officer.heading).to_have_text("What you have looked at")
    newest = officer.page.locator("tbody tr").first
    expect(newest).to_contain_text("Opened: Home visits")
    expect(newest).to_contain_text("FIND-01")
    expect(officer.page.get_by_role("main")).not_to_contain_text("Wetherspoon")
    whole(officer)
    officer.page.get_by_label("Refusals, searches, reading of the log, sign-ins").check()
    officer.page.get_by_role("button", name="Show").last.click()
    expect(officer.page.locator("tbody")).to_contain_text("Searched for somebody")
    whole(officer)


def test_the_auditor_asks_who_has_seen_a_case_without_seeing_it(open_desk: OpenDesk) -> None:
    open_desk("n.police1").open_case("FIND-01")
    auditor = open_desk("auditor")
    auditor.page.goto("/")
    auditor.follow("Who looked")
    whole(auditor)
    auditor.page.get_by_label("Case reference").fill("find 01")
    auditor.press("Show who has seen it")
    expect(auditor.heading).to_have_text("Who has seen this case")
    assert "find" not in auditor.page.url.casefold()
    expect(auditor.page.locator("tbody")).to_contain_text("Police officer")
    expect(auditor.page.get_by_role("main")).not_to_contain_text("Wetherspoon")
    whole(auditor)
    auditor.follow("Look by look")
    expect(auditor.page.locator("tbody")).to_contain_text("Opened: Front sheet")
    whole(auditor)
    auditor.page.locator("tbody a").first.click()
    expect(auditor.heading).to_have_text("What this person has looked at")
    whole(auditor)
    auditor.page.goto("/looks/")
    auditor.press("Show who has seen it")
    expect(auditor.errors).to_contain_text("Enter a case reference")
    whole(auditor)


def test_an_extract_is_downloaded_after_saying_whom_it_is_for(open_desk: OpenDesk) -> None:
    open_desk("n.police1").open_case("FIND-01")
    auditor = open_desk("auditor", fresh=True)
    auditor.page.goto("/looks/extract/")
    whole(auditor)
    auditor.press("Make the extract")
    expect(auditor.errors).to_contain_text("Enter who the extract is for")
    whole(auditor)
    auditor.page.get_by_label("Case reference").fill("FIND-01")
    auditor.page.get_by_label("Who is it for?").fill("The Information Commissioner")
    with auditor.page.expect_download() as download:
        auditor.press("Make the extract")
    assert download.value.suggested_filename.startswith("log-extract-")
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert "FIND-01" in text and "Wetherspoon" not in text


@pytest.mark.parametrize("viewport", [None, NARROW], ids=["wide", "narrow"])
def test_reading_stops_says_why_and_goes_on_when_the_line_manager_finds_it_explained(
    open_desk: OpenDesk, server: Server, viewport: dict[str, int] | None
) -> None:
    username = "n.police2" if viewport is None else "n.police3"
    officer = open_desk(username, viewport=viewport, fresh=True)
    has_read(server, username, 60)
    officer.page.goto("/")
    officer.page.locator(".om-group__name a").first.click()
    expect(officer.heading).to_have_text("Your access to cases has stopped for now")
    expect(officer.page.get_by_role("main")).to_contain_text("stops at 60 different cases opened within an hour")
    expect(officer.page.get_by_role("main")).to_contain_text("Whom to ring now")
    whole(officer)

    manager = open_desk("n.manager.police")
    manager.page.goto("/looks/unusual/")
    expect(manager.heading).to_have_text("Unusual reading")
    whole(manager)
    manager.page.locator(".om-unusual__row--stop a").first.click()
    whole(manager)
    manager.press("Save judgement")
    expect(manager.errors).to_contain_text("Say what you looked at")
    whole(manager)
    manager.choose("What did you find?", "Explained by the work")
    manager.page.get_by_label("What did you look at").fill("They checked the whole unit’s notifications today.")
    manager.press("Save judgement")
    expect(manager.page.get_by_text("Your judgement is saved")).to_be_visible()
    whole(manager)

    officer.page.reload()
    expect(officer.heading).to_have_text("Front sheet")


def test_what_was_typed_is_saved_although_reading_has_stopped(open_desk: OpenDesk, server: Server) -> None:
    officer = open_desk("n.police4", fresh=True)
    officer.page.goto("/?scope=unit")
    officer.page.locator(".om-group__name a").first.click()
    officer.page.goto(f"{officer.path}record/incident/")
    has_read(server, "n.police4", 60)
    other = officer.page.context.new_page()
    other.goto("/?scope=unit")
    other.locator(".om-group__name a").nth(1).click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Your access to cases has stopped for now")
    officer.page.get_by_label("Today,").check()
    officer.press("Save")
    expect(officer.heading).to_have_text("Your access to cases has stopped for now")
    expect(officer.page.get_by_role("main")).to_contain_text("What you sent just now has been saved")
    whole(officer)
