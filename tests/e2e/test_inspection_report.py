"""From an assessed sample to the published report and its follow-up: by an inspector, an area and its board."""

from datetime import date, timedelta

from playwright.sync_api import expect

from tests.e2e.conftest import NARROW, OpenDesk
from tests.e2e.desk import Desk
from tests.e2e.test_accessibility import faults
from tests.support.server import Server

TITLE = "Two areas, looked at again"
EARLIER = "Supervision of sex offenders: a first look"
FOUND = "Half of the visits that were due are on the record."
TO_DO = "Record each visit within two days."
MADE = f"""
from datetime import timedelta
from django.utils import timezone
from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Area, User
from openmappa.caseload.services.content.inspected.answering import assess_nearly_all
from openmappa.caseload.services.content.inspected.interviewing import hold_interviews
from openmappa.caseload.services.content.inspected.reporting import write_findings
from openmappa.caseload.services.content.mappa.deeds import a_deed
from openmappa.core.inspection.sample import Rules
from openmappa.core.inspection.traits import Whom
from openmappa.inspections.models import Kind
from openmappa.inspections.queries.frameworks import shipped
from openmappa.inspections.services.inspecting import open_inspection
from openmappa.samples.services.drawing import draw_cases, list_cases
from openmappa.samples.services.exercises import let_work
people = lead, other = [User.objects.get(username=name) for name in ("inspector", "inspector.second")]
areas = list(Area.objects.filter(name__in=["Eastmarch", "Northshire"]).order_by("name"))
with a_deed(), as_person(lead):
    on = timezone.localdate() - timedelta(days=2)
    exercise = open_inspection(by=lead, kind=Kind.JOINT, title="{TITLE}", purpose="To test", framework=shipped(),
        areas=areas, on=on).exercise
    let_work(by=lead, exercise=exercise, person=other)
    list_cases(by=lead, exercise=exercise, whom=Whom.MANAGED)
    draw_cases(by=lead, exercise=exercise, seed="rain", seed_from="A test", rules=Rules(10))
assess_nearly_all(lead=lead, exercise=exercise, people=people)
write_findings(lead, exercise, areas[0], hold_interviews(people, exercise, areas))
"""


def looks_right(desk: Desk) -> None:
    """Nothing for axe to find, wide or narrow, and nothing wider than the page."""
    assert faults(desk.page) == [], desk.path


def settle_and_read_results(desk: Desk) -> None:
    """Settle what two differ on; the results, against the earlier inspection, by area, as the report's tables."""
    page, main = desk.page, desk.page.get_by_role("main")
    page.goto("/inspections/")
    page.get_by_role("link", name=TITLE).click()
    desk.follow("Assessment")
    expect(main).to_contain_text("Where two differ")
    looks_right(desk)
    page.goto(f"{desk.path}deal/")
    expect(main).to_contain_text("The cases are dealt out already")
    main.get_by_role("listitem").get_by_role("link").first.click()
    looks_right(desk)
    settle = main.locator("section").filter(has=page.get_by_role("button", name="Settle it so")).first
    settle.get_by_role("radio").first.check()
    settle.get_by_label("Why").fill("Read together: the second entry was overlooked.")
    settle.get_by_role("button", name="Settle it so").click()
    expect(main).to_contain_text("The difference is settled")
    page.get_by_role("navigation").get_by_role("link", name="Results", exact=True).click()
    page.get_by_label("Hold against").select_option(label=EARLIER)
    desk.press("Show")
    expect(main).to_contain_text("comparisons are made here")
    expect(page.locator("svg.om-line-chart--wide").first).to_be_visible()
    looks_right(desk)
    page.get_by_role("link", name="By area").first.click()
    expect(main).to_contain_text("Few cases of an area say little")
    looks_right(desk)
    desk.follow("Back to the results")
    desk.follow("Tables of the report")
    expect(main).to_contain_text("Table 3: Initial supervision plans")
    looks_right(desk)


def write_and_agree(desk: Desk) -> None:
    """A finding on Northshire, agreed; the draft that waited, taken away; the remark that waited, answered."""
    page, main = desk.page, desk.page.get_by_role("main")
    page.get_by_role("navigation").get_by_role("link", name="Findings", exact=True).first.click()
    page.get_by_role("link", name="Add a finding on Home visits by the police").click()
    looks_right(desk)
    desk.press("Keep it as a draft")
    expect(desk.errors).to_contain_text("What did you find")
    desk.choose("What is it?", "Area for improvement")
    page.get_by_label("What is it about?").select_option(label="Northshire")
    page.get_by_label("What did you find?").fill(FOUND)
    page.get_by_role("checkbox").first.check()
    desk.press("Keep it as a draft")
    expect(main).to_contain_text("The finding is kept as a draft")
    looks_right(desk)
    page.locator(".om-card").filter(has_text=FOUND).get_by_role("button", name="Agree").click()
    expect(main).to_contain_text("The finding is agreed")
    page.locator(".om-card").filter(has_text="Draft by").get_by_role("link", name="Take away").click()
    looks_right(desk)
    desk.press("Take it away")
    expect(main).to_contain_text("The draft is taken away")
    page.get_by_role("link", name="Answer the remark").click()
    looks_right(desk)
    desk.choose("Do you accept the remark?", "Yes: the finding is changed")
    page.get_by_label("The finding, as changed").fill(
        "Visits are made. What came of them reaches the probation file late."
    )
    page.get_by_label("Why?").fill("The other file shows them.")
    desk.press("Send the answer")
    expect(main).to_contain_text("Your answer is sent to the area")


def send_feedback(desk: Desk) -> None:
    """Northshire is told until when it may say what is wrong."""
    page = desk.page
    page.get_by_label("Area", exact=True).select_option(label="Northshire")
    desk.another_day("Answer by", date.today() + timedelta(days=14))
    desk.press("Send the feedback")
    expect(page.get_by_role("main")).to_contain_text("The feedback is sent")
    looks_right(desk)


def remark(desk: Desk, inspection: str) -> None:
    """The area reads what was found there, and says what is wrong in it."""
    page, main = desk.page, desk.page.get_by_role("main")
    page.goto(f"{inspection}feedback/received/")
    expect(main).to_contain_text(FOUND)
    expect(main).not_to_contain_text("reaches the probation file late")
    looks_right(desk)
    desk.follow("Say what is wrong")
    looks_right(desk)
    page.get_by_label("What is wrong, and how do you know?").fill("Two more stand on the log of 3 March.")
    desk.press("Send it to those who inspect")
    expect(main).to_contain_text("Your remark is sent")


def test_an_inspector_goes_from_an_assessed_sample_to_the_published_report_and_its_follow_up(
    server: Server,
    open_desk: OpenDesk,
) -> None:
    server.manage("shell", "-c", MADE)
    lead, area, board = open_desk("inspector"), open_desk("n.coordinator"), open_desk("n.board", viewport=NARROW)
    page, main = lead.page, lead.page.get_by_role("main")
    settle_and_read_results(lead)
    inspection = lead.path.split("results")[0]
    write_and_agree(lead)
    send_feedback(lead)
    remark(area, inspection)
    page.goto(f"{inspection}report/")
    expect(main).to_contain_text("Remarks of areas that are not answered: 1.")
    page.goto(f"{inspection}feedback/")
    lead.follow("Answer the remark")
    lead.choose("Do you accept the remark?", "No: it stays")
    page.get_by_label("Why?").fill("The log of 3 March is of another case.")
    lead.press("Send the answer")
    page.goto(f"{inspection}recommendations/")
    looks_right(lead)
    page.get_by_label("What is to be done?").fill(TO_DO)
    lead.choose("Who is to do it?", "An area")
    page.get_by_label("Area (optional)").select_option(label="Northshire")
    lead.another_day("Done by", date.today() + timedelta(days=90))
    page.get_by_label("Standard that measures it (optional)").select_option(index=1)
    lead.press("Add it")
    expect(main).to_contain_text("The recommendation is added")
    page.get_by_role("navigation").get_by_role("link", name="Report", exact=True).click()
    for words in ("give or take", "Krippendorff’s alpha", "Not finished."):
        expect(main).to_contain_text(words)
    looks_right(lead)
    lead.follow("Publish the report")
    looks_right(lead)
    lead.press("Publish the report")
    expect(main).to_contain_text("The report is published")
    looks_right(lead)
    with page.expect_download() as downloaded:
        lead.follow("Download it as a PDF file")
    pdf = downloaded.value.path().read_bytes()
    assert (pdf[:5], b"pdfuaid" in pdf) == (b"%PDF-", True)
    published = lead.path

    area.page.goto(published)
    area.page.get_by_role("row").filter(has_text=TO_DO).get_by_role("link", name="Read more").click()
    looks_right(area)
    area.page.get_by_label("Today,").check()
    area.choose("How far has it come?", "Under way")
    area.page.get_by_label("What happened?").fill("Each officer has a tablet since Monday.")
    area.press("Keep it")
    expect(area.page.get_by_role("main")).to_contain_text("Each officer has a tablet")
    expect(area.page.get_by_role("main")).to_contain_text("As it stands today")
    looks_right(area)
    board.page.goto("/inspection-reports/")
    board.follow(TITLE)
    expect(board.page.get_by_role("row").filter(has_text=TO_DO)).to_contain_text("Under way")
    expect(board.page.get_by_role("main")).to_contain_text(FOUND)
    board.page.goto(f"{inspection}findings/")
    expect(board.page.get_by_role("main")).not_to_contain_text(FOUND)
