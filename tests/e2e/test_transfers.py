"""A case goes to another area by the meeting and both coordinators: the new officer has it all, the old one nothing."""

from datetime import date

from playwright.sync_api import expect

from tests.e2e.conftest import OpenDesk
from tests.e2e.desk import Desk
from tests.e2e.test_accessibility import faults
from tests.support.server import Server

REFERENCE = "MOVES-01"


def ask(officer: Desk) -> tuple[str, str]:
    """Ask for the transfer; the start of the case's addresses, and the transfer's address."""
    case = officer.open_case(REFERENCE)
    officer.page.goto(f"{case}responsible/")
    assert faults(officer.page) == []
    officer.follow("Ask for a transfer to another area")
    assert faults(officer.page) == []
    officer.press("Ask for the transfer")
    expect(officer.errors).to_contain_text("Enter the address in the new area")
    officer.page.get_by_label("Receiving area", exact=True).select_option(label="Eastmarch")
    officer.page.get_by_label("Why does the case go to another area?").fill("His sister has taken him in.")
    officer.page.get_by_label("Address in the new area").fill("4 Sample Court")
    officer.another_day("Date from which he lives there", date.today())
    for box in officer.page.locator("textarea[name^=answer_]").all():
        box.fill("Nothing more than the plan says.")
    officer.press("Ask for the transfer")
    expect(officer.page.get_by_text("Asked for", exact=True)).to_be_visible()
    return case, officer.path


DRAWN_NO_MORE = """
from django.utils import timezone
from openmappa.accounts.acting import as_job
from openmappa.cases.models import Involvement
with as_job("test"):
    drawn = Involvement.objects.filter(case__reference="MOVES-01", kind__in=["audit", "inspection"])
    drawn.filter(ended_at=None).update(ended_at=timezone.now())
"""
"""Another test may have drawn the case at random for an inspection: then its coordinator goes on reading it."""


def test_a_level_2_case_goes_to_another_area_and_everything_with_it(open_desk: OpenDesk, server: Server) -> None:
    officer, sender, receiver = (open_desk(name) for name in ("n.police1", "n.coordinator", "e.coordinator"))
    server.manage("shell", "-c", DRAWN_NO_MORE)
    case, transfer = ask(officer)
    receiver.page.goto(case)
    expect(receiver.heading).not_to_have_text("Front sheet")
    sender.page.goto(f"{transfer}send/")
    sender.press("Send it")
    expect(sender.errors).to_contain_text("Hold a Level 2 meeting first")
    server.manage(
        "shell",
        "-v",
        "0",
        "-c",
        "from openmappa.accounts.acting import as_person; from openmappa.accounts.models import User; "
        "from openmappa.cases.models import Case; from openmappa.core.standards.facts import Fact; "
        "from openmappa.timeline.services import record_fact; from django.utils import timezone; "
        "day = timezone.localdate(); by = User.objects.get(username='n.coordinator'); block = as_person(by); "
        "block.__enter__(); case = Case.objects.get(reference='MOVES-01'); "
        "record_fact(by=by, case=case, fact=Fact('mappa_meeting_held', day, {'level': 2}, day)); "
        "block.__exit__(None, None, None)",
    )
    sender.page.goto(f"{transfer}send/")
    assert faults(sender.page) == []
    sender.page.get_by_label("How was the receiving area invited").fill("Their coordinator came.")
    sender.press("Send it")
    expect(sender.page.get_by_text("Sent, waits for an answer")).to_be_visible()
    receiver.page.goto("/transfers/")
    assert faults(receiver.page) == []
    receiver.follow("Movecase-01")
    assert faults(receiver.page) == []
    receiver.follow("Decline it")
    expect(receiver.page.get_by_text("a shortage of people, money or places")).to_be_visible()
    assert faults(receiver.page) == []
    receiver.page.goto(f"{transfer}accept/")
    assert faults(receiver.page) == []
    for label in ("Police officer", "Case manager"):
        receiver.page.get_by_label(label).select_option(index=1)
    new = receiver.page.get_by_label("Police officer").locator("option:checked").inner_text().split(",")[0]
    receiver.press("Accept it")
    expect(receiver.page.get_by_text("Eastmarch took it on")).to_be_visible()
    server_name = server.manage(
        "shell",
        "-v",
        "0",
        "-c",
        f"from openmappa.accounts.models import User; print(User.objects.get(full_name={new!r}).username)",
    ).strip()
    taker = open_desk(server_name)
    for place in ("", "timeline/", "duties/", "responsible/"):
        taker.page.goto(f"{case}{place}")
        expect(taker.page.get_by_text("Movecase-01").first).to_be_visible()
    taker.page.goto(f"{case}timeline/")
    expect(taker.page.get_by_text("Responsibility passed from Northshire to Eastmarch").first).to_be_visible()
    answer = officer.page.goto(case)
    assert answer is not None
    assert answer.status == 404
    sender.page.goto(transfer)
    expect(sender.page.get_by_text("This page is your receipt")).to_be_visible()
    assert faults(sender.page) == []
    sender.page.goto("/coordinators/")
    assert faults(sender.page) == []
