"""A meeting minuted by two people in two browsers: on a bad line, on the same line, and after access has ended."""

import re
import uuid

from playwright.sync_api import Page, expect

from tests.e2e.conftest import NARROW, OpenDesk
from tests.e2e.desk import Desk
from tests.e2e.test_accessibility import faults
from tests.support.server import Server

MADE = """
from datetime import timedelta
from django.utils import timezone
from openmappa.accounts.acting import as_job
from openmappa.accounts.models import User
from openmappa.cases.models import Case, Involvement
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.models.sitting import Meeting, Sitting
with as_job("test"):
    by = User.objects.get(username="n.coordinator")
    case = Case.objects.filter(reference__startswith="MINUTE-", meetings__isnull=True).order_by("pk").first()
    now = timezone.now()
    sitting = Sitting.objects.create(area=by.area, level=2, starts_at=now - timedelta(minutes=5),
        ends_at=now + timedelta(hours=1), place="County Hall", chair=by, called_by=by, called_at=now)
    meeting = Meeting.objects.create(sitting=sitting, case=case, number=1, starts_at=sitting.starts_at, why="x",
        listed_by=by, listed_at=now)
    Invitee.objects.create(meeting=meeting, case=case, person=by, agency=by.agency, name=by.full_name, kind="core",
        invited_by=by, invited_at=now)
    guest = User.objects.filter(role="line_manager", area=by.area, is_active=True).get(username="n.manager.probation")
    Involvement.objects.create(case=case, kind="invited", person=guest, from_at=now - timedelta(minutes=1),
        reason="A test", given_by=by)
    print(f"MADE {case.key} {meeting.key}")
"""
ENDED = """
from django.utils import timezone
from openmappa.accounts.acting import as_job
from openmappa.cases.models import Case, Involvement
with as_job("test"):
    case = Case.objects.get(key="{case}")
    Involvement.objects.filter(case=case, reason="A test").update(ended_at=timezone.now())
    holders = ["police_unit", "probation_unit", "case_manager", "police_officer"]
    Case.objects.filter(pk=case.pk).update(**dict.fromkeys(holders))
"""


def a_meeting(server: Server) -> tuple[str, str]:
    """A meeting on a case of the first area; the case's key and the address below which it is minuted."""
    found = re.search(r"MADE (\S+) (\S+)", server.manage("shell", "-c", MADE))
    assert found
    case, meeting = (str(uuid.UUID(key)) for key in found.groups())
    return case, f"/cases/{case}/meetings/{meeting}/minutes/"


def begin(desk: Desk, base: str) -> None:
    desk.page.goto(f"{base}run/")
    if desk.page.get_by_role("button", name="Open the meeting").count():
        desk.press("Open the meeting")
    desk.page.wait_for_load_state("load")  # what saves the lines has to be there before a connection is taken away


def write(page: Page, item: str, words: str) -> None:
    """Write what was said, in the blank line of an item."""
    blank = page.locator(f'[data-item="{item}"] [data-blanks="said"]')
    if blank.get_attribute("open") is None:
        blank.locator("summary").click()
    blank.get_by_label("What, in substance").fill(words)


def without_the_outage(*desks: Desk) -> None:
    """What a browser itself complains of while there is no connection is no fault of the page."""
    for desk in desks:
        desk.complaints = [one for one in desk.complaints if "ERR_INTERNET_DISCONNECTED" not in one]


def test_two_minute_takers_see_each_other_and_choose_where_both_wrote(server: Server, open_desk: OpenDesk) -> None:
    _, base = a_meeting(server)
    one, two = open_desk("n.coordinator"), open_desk("n.manager.probation")
    begin(one, base)
    begin(two, base)
    assert faults(one.page) == []
    state = one.page.locator("[data-run-state]")
    write(one.page, "information", "He has a new telephone.")
    expect(state).to_have_text("Everything is saved.")
    theirs = two.page.locator('[data-item="information"] [data-lines] form')
    expect(theirs).to_have_count(1)
    expect(theirs.get_by_label("What, in substance")).to_have_value("He has a new telephone.")
    expect(one.page.locator('[data-item="information"] [data-lines] form')).to_have_count(1)
    two.page.context.set_offline(True)
    theirs.get_by_label("What, in substance").fill("It was found in his car.")
    expect(two.page.locator("[data-run-state]")).to_contain_text("Not saved: the connection is lost")
    mine = one.page.locator('[data-item="information"] [data-lines] form')
    mine.get_by_label("What, in substance").fill("He has two new telephones.")
    expect(mine.locator("[data-state]")).to_contain_text("Saved at")
    expect(state).to_have_text("Everything is saved.")
    two.page.context.set_offline(False)
    choice = two.page.locator(".om-line__choice")
    expect(choice).to_contain_text("He has two new telephones.")
    expect(theirs.get_by_label("What, in substance")).to_have_value("It was found in his car.")
    choice.get_by_role("button", name="Keep mine").click()
    expect(theirs.locator("[data-state]")).to_contain_text("Saved at")
    expect(mine.get_by_label("What, in substance")).to_have_value("It was found in his car.")
    one.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert one.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    without_the_outage(one, two)


def test_a_lost_connection_loses_nothing_and_doubles_nothing(server: Server, open_desk: OpenDesk) -> None:
    _, base = a_meeting(server)
    desk = open_desk("n.coordinator")
    begin(desk, base)
    desk.page.context.set_offline(True)
    write(desk.page, "victims", "She has moved.")
    state = desk.page.locator("[data-run-state]")
    expect(state).to_contain_text("1 line is still here, and this page goes on trying")
    write(desk.page, "children", "There are none.")
    expect(state).to_contain_text("2 lines are still here")
    desk.page.context.set_offline(False)
    expect(state).to_have_text("Everything is saved.")
    assert desk.page.evaluate("localStorage.length + sessionStorage.length") == 0
    desk.page.reload()
    for item, words in (("victims", "She has moved."), ("children", "There are none.")):
        lines = desk.page.locator(f'[data-item="{item}"] [data-lines] form')
        expect(lines).to_have_count(1)
        expect(lines.get_by_label("What, in substance")).to_have_value(words)
    without_the_outage(desk)


def test_an_invitee_who_loses_access_sees_nothing_of_the_meeting_any_more(server: Server, open_desk: OpenDesk) -> None:
    case, base = a_meeting(server)
    begin(open_desk("n.coordinator"), base)
    guest = open_desk("n.manager.probation")
    begin(guest, base)
    server.manage("shell", "-c", ENDED.format(case=case))
    expect(guest.page.locator("main h1")).to_have_text("You no longer have access to this meeting")
    assert guest.page.locator("main form").count() == 0
