"""The tutorial's fourth part, step by step: two inspectors, a coordinator and a board member, signed in side by side.

With OPENMAPPA_SCREENSHOTS=docs/images its pictures are taken as well, on a full demonstration.
"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.caseload import ago
from tests.e2e.conftest import OpenDesk
from tests.e2e.pictures import TUTORIALS, picture
from tests.e2e.stranger import Stranger, bold_words, never_seen
from tests.e2e.test_accessibility import faults

TUTORIAL = TUTORIALS / "an-inspection.md"
LEAD, COORDINATOR, BOARD = "inspector", "n.coordinator", "n.board"
OWN, NEARLY_DONE = "Northshire in a week", "Managing sex offenders in the community"
EARLIER = "Supervision of sex offenders: a first look"
FOUND = "Visits are planned, and half of what came of them is on one file alone."
CHANGED = "Visits are planned, and much of what came of them is on one file alone."
THEME = "One file knows, the other does not"
WHOM = "Officer Made-Up"
TO_DO = "Enter what came of a visit on both files within two days."


class Reader(Stranger):
    """Somebody who takes part in an inspection."""

    def notices(self) -> None:
        """Nothing for axe to find on a page of a new kind."""
        assert faults(self.page) == [], self.path

    def tab(self, name: str) -> None:
        """Follow a tab of the inspection, or a part of one."""
        self.look()
        self.page.get_by_role("navigation").get_by_role("link", name=name, exact=True).last.click()

    def open_inspection(self, title: str) -> None:
        """From the home page to an inspection."""
        self.go_home()
        self.follow("Inspections")
        self.look()
        self.page.get_by_role("link", name=title).first.click()
        expect(self.heading).to_have_text(title)
        self.look()

    def on_the_board(self, name: str) -> None:
        """From anywhere to a part of what the board does."""
        self.page.get_by_role("link", name="Board", exact=True).first.click()
        self.look()
        self.page.get_by_role("link", name=name, exact=True).first.click()
        self.look()


SitDown = Callable[[str], Reader]


@pytest.fixture
def seen() -> list[str]:
    """The words of every page that was seen."""
    return []


@pytest.fixture
def sit_down(open_desk: OpenDesk, seen: list[str]) -> SitDown:
    """Sign in as somebody, each in a browser of their own, which stays open until the end."""
    return seats(open_desk, seen)


def seats(open_desk: OpenDesk, seen: list[str]) -> SitDown:
    people: dict[str, Reader] = {}

    def someone(username: str) -> Reader:
        if username not in people:
            people[username] = Reader(open_desk(username, fresh=True).page, username, seen)
            expect(people[username].heading).to_be_visible()
        return people[username]

    return someone


def test_an_inspection_goes_from_its_questions_to_the_published_report(sit_down: SitDown, seen: list[str]) -> None:
    lead, coordinator, board = sit_down(LEAD), sit_down(COORDINATOR), sit_down(BOARD)
    read_what_is_asked(lead)
    open_one(lead)
    list_and_draw(lead)
    name_joint_work(coordinator)
    deal_and_begin(lead)
    settle(lead)
    read_results(lead)
    interview(lead)
    find_and_answer(lead)
    remark(coordinator)
    change_the_finding(lead)
    recommend_and_publish(lead)
    follow_up(board)
    look_at_the_board(board)
    words = bold_words(TUTORIAL)
    assert len(words) >= 90
    assert list(never_seen(words, seen)) == []


def read_what_is_asked(lead: Reader) -> None:
    """Step 1."""
    lead.go_home()
    lead.follow("Inspections")
    lead.follow("What inspections ask")
    lead.follow("Joint inspection of the management of sex offenders in the community")
    lead.notices()
    lead.look()


def open_one(lead: Reader) -> None:
    """Step 2."""
    lead.follow("Inspections")
    lead.follow("Open a joint inspection")
    lead.page.get_by_label("Name of the inspection").fill(OWN)
    lead.page.get_by_label("What is it for?").fill("To see how plans and visits stand, before the board meets.")
    lead.choose("Areas", "Northshire")
    lead.another_day("Fieldwork day", ago(2))
    lead.page.get_by_role("group", name="What is asked").get_by_role("radio").first.check()
    lead.press("Open the inspection")
    lead.sees("The inspection is opened")
    lead.follow("Add somebody")
    box = lead.page.get_by_label("Person")
    box.select_option(label=str(box.locator("option", has_text="Inspector Second").first.text_content()))
    lead.press("Add")
    lead.sees("Inspector Second Sampleton")


def list_and_draw(lead: Reader) -> None:
    """Step 3."""
    lead.follow("List the cases of the fieldwork day")
    lead.choose("Which cases?", "Everybody who was managed: registered, or under an order or licence")
    lead.press("List the cases")
    lead.sees("Fingerprint")
    lead.follow("Go on to the sample")
    for size in ("4", "6"):
        lead.page.get_by_label("How many cases in all").fill(size)
        lead.press("Look what this size buys")
        lead.sees("How sure the answers will be")
    lead.notices()
    lead.page.get_by_label("Seed", exact=True).fill("3 9 27")
    lead.page.get_by_label("Where is the seed from").fill("The lottery of Saturday, as the letter said.")
    lead.press("Draw the sample")
    lead.sees("The sample is drawn")
    picture(lead.page, "inspection-sample")
    lead.follow("Draw it again")
    lead.sees("The same cases came out")
    lead.look()


def name_joint_work(coordinator: Reader) -> None:
    """Step 4."""
    coordinator.open_inspection(OWN)
    coordinator.follow("Name the joint work of Northshire")
    coordinator.page.get_by_role("checkbox").first.check()
    coordinator.press("Save")
    coordinator.sees("Joint work")
    coordinator.look()


def deal_and_begin(lead: Reader) -> None:
    """Step 5."""
    lead.open_inspection(OWN)
    lead.tab("Assessment")
    lead.follow("Deal the cases out")
    lead.page.get_by_label("Seed").fill("rain")
    lead.page.get_by_label("Share of cases").fill("50")
    lead.press("Deal the cases out")
    lead.sees("The cases are dealt out")
    lead.look()
    lead.page.locator("main table").first.get_by_role("link", name="Inspector Sampleton").first.click()
    lead.notices()
    lead.follow("Home visits by the police")
    lead.sees("The record offers")
    form = lead.page.locator("#home_visits_as_planned")
    form.get_by_label("Not sufficient", exact=True).check()
    form.get_by_label("Passage, and where it stands").fill("The log has the visits of spring alone.")
    expect(form.locator("[data-state]")).to_contain_text("Saved at")
    expect(lead.page.locator("[data-saves-all]")).to_have_text("Everything is saved.")
    lead.notices()
    picture(lead.page, "inspection-question", around="#home_visits_as_planned")
    lead.look()
    lead.page.get_by_role("navigation", name="Breadcrumb").get_by_role("link").last.click()
    lead.follow("See what is missing")
    lead.sees("still lack something")


def settle(lead: Reader) -> None:
    """Step 6."""
    lead.open_inspection(NEARLY_DONE)
    lead.tab("Assessment")
    lead.sees("Where two differ")
    lead.look()
    lead.page.locator("main ul.govuk-list").get_by_role("link").first.click()
    lead.notices()
    form = lead.page.locator("main section").filter(has=lead.page.get_by_role("button", name="Settle it so")).first
    form.get_by_role("radio").first.check()
    form.get_by_label("Why").fill("Read together: the second entry was overlooked.")
    lead.look()
    form.get_by_role("button", name="Settle it so").click()
    lead.sees("The difference is settled")
    lead.follow("Cases and inspectors")
    lead.follow("How far inspectors agree")
    lead.sees("Krippendorff")


def read_results(lead: Reader) -> None:
    """Step 7."""
    lead.tab("Results")
    lead.page.get_by_label("Hold against").select_option(label=EARLIER)
    lead.press("Show")
    lead.sees("comparisons are made here")
    lead.notices()
    picture(lead.page, "inspection-results")
    lead.look()
    lead.page.get_by_role("link", name="By area").first.click()
    lead.sees("Few cases of an area say little by themselves")
    lead.follow("Back to the results")
    lead.follow("Tables of the report")
    lead.sees("Table 8")
    lead.look()


def interview(lead: Reader) -> None:
    """Step 8."""
    lead.tab("Interviews")
    lead.notices()
    lead.follow("Who is asked what")
    lead.look()
    lead.page.go_back()
    lead.follow("Plan an interview")
    lead.choose("In which role?", "Police officer")
    lead.page.get_by_label("Who is asked?").fill(WHOM)
    lead.page.get_by_label("Area", exact=True).select_option(label="Northshire")
    lead.another_day("Day", date.today())
    lead.press("Plan it")
    lead.sees("The interview is planned")
    lead.follow("Themes")
    lead.notices()
    lead.page.get_by_label("What comes back?").fill(THEME)
    lead.press("Add it")
    lead.sees("The theme is added")
    picture(lead.page, "inspection-themes")
    lead.look()
    lead.page.get_by_label("Parts of these interviews").get_by_role("link", name="Interviews").click()
    lead.page.get_by_role("link", name=WHOM).click()
    note = lead.page.locator("form[data-saves]").first
    note.get_by_label("Notes").fill(
        "Works most with the case managers on the same floor. What a visit found is on the police file."
    )
    expect(note.locator("[data-state]")).to_contain_text("Saved at")
    expect(lead.page.locator("[data-saves-all]")).to_have_text("Everything is saved.")
    lead.notices()
    lead.follow("Keep words as they were said")
    lead.page.get_by_label("To which question?").select_option(index=1)
    lead.page.get_by_label("The words, as they were said").fill("I tell them when I meet them.")
    lead.page.get_by_label("Theme").select_option(label=THEME)
    lead.press("Keep them")
    lead.sees("The words are kept under their theme")
    lead.press("Finish the interview")
    lead.sees("The interview is finished")
    lead.look()


def find_and_answer(lead: Reader) -> None:
    """Step 9, as the inspector."""
    lead.tab("Findings")
    lead.follow("Add a finding on Home visits by the police")
    lead.choose("What is it?", "Area for improvement")
    lead.page.get_by_label("What is it about?").select_option(label="Northshire")
    lead.page.get_by_label("What did you find?").fill(FOUND)
    lead.page.get_by_role("checkbox").first.check()
    lead.choose("Themes of interviews it rests on", THEME)
    lead.press("Keep it as a draft")
    lead.look()
    lead.page.locator(".om-card").filter(has_text=FOUND).get_by_role("button", name="Agree").click()
    lead.sees("The finding is agreed")
    lead.follow("Take away")
    lead.press("Take it away")
    lead.follow("Answer the remark")
    lead.choose("Do you accept the remark?", "No: it stays")
    lead.page.get_by_label("Why?").fill("The other file does not have them either.")
    lead.press("Send the answer")
    lead.page.get_by_label("Area", exact=True).select_option(label="Northshire")
    lead.another_day("Answer by", in_days(14))
    lead.press("Send the feedback")
    lead.sees("The feedback is sent")


def remark(coordinator: Reader) -> None:
    """Step 9, as the area."""
    coordinator.go_home()
    coordinator.look()
    coordinator.page.get_by_role("link", name="Notices").click()
    coordinator.look()
    told = coordinator.page.locator(".om-notice").filter(has_text="An inspection has sent your area what it found")
    told.first.get_by_role("button", name="Open").click()
    coordinator.sees(FOUND)
    assert coordinator.page.locator(".om-card").count() == 1
    coordinator.follow("Say what is wrong")
    coordinator.page.get_by_label("What is wrong, and how do you know?").fill(
        "Two visits of March stand on the probation file too."
    )
    coordinator.press("Send it to those who inspect")
    coordinator.sees("Your remark is sent")


def change_the_finding(lead: Reader) -> None:
    """Step 9, at its end."""
    lead.tab("Findings")
    lead.follow("Feedback to areas")
    lead.follow("Answer the remark")
    lead.choose("Do you accept the remark?", "Yes: the finding is changed")
    lead.page.get_by_label("The finding, as changed").fill(CHANGED)
    lead.page.get_by_label("Why?").fill("Seen.")
    lead.press("Send the answer")
    lead.sees(CHANGED)


def recommend_and_publish(lead: Reader) -> None:
    """Step 10."""
    lead.follow("Recommendations")
    lead.page.get_by_label("What is to be done?").fill(TO_DO)
    lead.choose("Who is to do it?", "An area")
    lead.page.get_by_label("Area (optional)").select_option(label="Northshire")
    lead.another_day("Done by", in_days(90))
    lead.page.get_by_label("Standard that measures it (optional)").select_option(label="Unannounced police home visit")
    lead.press("Add it")
    lead.tab("Report")
    lead.sees("Not finished")
    lead.sees("I tell them when I meet them.")
    expect(lead.page.locator("main")).not_to_contain_text(WHOM)
    lead.notices()
    lead.follow("Publish the report")
    lead.press("Publish the report")
    lead.sees("The report is published")
    lead.look()
    lead.notices()
    picture(lead.page, "inspection-published")
    with lead.page.expect_download() as downloaded:
        lead.follow("Download it as a PDF file")
    assert downloaded.value.path().read_bytes()[:5] == b"%PDF-"


def follow_up(board: Reader) -> None:
    """Step 11."""
    for title, recommendation in ((EARLIER, ""), (NEARLY_DONE, TO_DO)):
        board.go_home()
        board.follow("Inspections")
        board.follow("Published reports and what became of them")
        board.look()
        board.page.get_by_role("link", name=title).click()
        board.look()
        board.page.get_by_role("row").filter(has_text=recommendation).get_by_role(
            "link", name="Read more"
        ).first.click()
        board.sees("What became of it")
        board.look()
    board.sees("As it stands today")
    board.notices()
    board.page.get_by_label("Today,").check()
    board.choose("How far has it come?", "Under way")
    board.page.get_by_label("What happened?").fill("Every officer has a tablet since Monday.")
    board.press("Keep it")
    board.sees("Every officer has a tablet since Monday.")


def look_at_the_board(board: Reader) -> None:
    """Step 12."""
    board.on_the_board("Case audits")
    board.notices()
    board.follow("Six cases: meetings, and what came of them")
    board.sees("Results by criterion")
    board.notices()
    picture(board.page, "board-audit")
    board.look()
    board.page.go_back()
    board.follow("Follow-up audit: actions and plans")
    board.sees("Told, and know of it")
    board.notices()
    board.look()
    board.on_the_board("Annual reports")
    board.follow("Open the draft")
    board.notices()
    board.look()
    board.page.go_back()
    board.page.get_by_role(
        "link", name="version 1"
    ).last.click()  # the board of another test may have published a later year
    board.sees("counted on")
    board.notices()
    board.look()
    board.on_the_board("Good practice")
    board.sees("Found by an inspection")
    board.notices()
    board.look()


def in_days(days: int) -> date:
    return date.today() + timedelta(days=days)
