"""The tutorial's third part, step by step, by people of several agencies who are all signed in at the same time.

With OPENMAPPA_SCREENSHOTS=docs/images its pictures are taken as well, on a full demonstration.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import OpenDesk
from tests.e2e.pictures import TUTORIALS, picture
from tests.e2e.stranger import Stranger, bold_words, never_seen
from tests.e2e.test_accessibility import faults

TUTORIAL = TUTORIALS / "a-case-through-mappa.md"
CASE, MOVES = "NSH-NEW3", "NSH-NEW4"
NAME = "Lodger Placeholder-Example"
COORDINATOR, CHAIR, SERGEANT = "n.coordinator", "n.manager.probation", "n.manager.police"
HOUSING, POLICE, CASE_MANAGER = "n.housing", "n.police1", "n.probation1"
RECEIVER, TAKER = "e.coordinator", "e.police1"
REFERRAL = {
    "name": NAME,
    "address": "Mill Street",
    "why": "He is behind with the rent. A notice to quit was served on Monday. The next place free is beside a school.",
    "adds": "Housing finds a flat; police and probation say which street is safe.",
    "children_words": "Those of the school beside the only place that is free.",
}
CALLED = {
    "why": "He is about to lose his home.",
    "place": "Civic Hall",
    "room": "Room 4",
    "at": "11:15pm",
}  # late: it must not be over when it is minuted, and both cases must begin today
FLAT = "Find a flat that is not beside a school"
VISIT = "Visit him at the new address in its first week"
RENT = "A notice to quit was served on Monday. He owes six weeks of rent."
EVIDENCE = "Flat at 3 Weir Lane let from Friday; the agreement is signed."
MOVE = {
    "reasons": "His sister has taken him in, and he has work there.",
    "address": "4 Sample Court",
}


class Member(Stranger):
    """Somebody of an agency that takes part."""

    def notices(self, page: str) -> None:
        """Nothing for axe to find on a page of a new kind."""
        assert faults(self.page) == [], page

    def day(self, name: str, day: date, within: Locator | None = None) -> None:
        """Write a day into its three boxes."""
        for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
            (within or self.page.locator("main")).locator(f"[name={name}-{part}]").fill(str(value))

    def pick(self, name: str, begins: str, within: Locator | None = None) -> None:
        """Choose from a list, by how the line begins."""
        box = (within or self.page.locator("main")).locator(f"select[name={name}]")
        line = box.locator("option", has_text=re.compile(rf"^\s*{re.escape(begins)}")).first
        box.select_option(value=line.get_attribute("value"))

    def open_tab(self, name: str) -> None:
        """Follow the link that says exactly this: the service's own name says MAPPA too."""
        self.look()
        self.page.locator("main, nav").get_by_role("link", name=name, exact=True).first.click()

    def row(self, words: str) -> Locator:
        """The row of a table that holds these words."""
        return self.page.get_by_role("row").filter(has_text=words)


SitDown = Callable[[str], Member]


@pytest.fixture
def seen() -> list[str]:
    """The words of every page that was seen."""
    return []


@pytest.fixture
def sit_down(open_desk: OpenDesk, seen: list[str]) -> SitDown:
    """Sign in as somebody, each in a browser of their own, which stays open until the end."""
    people: dict[str, Member] = {}

    def someone(username: str) -> Member:
        if username not in people:
            people[username] = Member(open_desk(username, fresh=True).page, username, seen)
            expect(people[username].heading).to_be_visible()
        return people[username]

    return someone


def test_a_case_goes_from_referral_to_another_area(sit_down: SitDown, seen: list[str]) -> None:
    refer(sit_down(HOUSING))
    screen(sit_down(COORDINATOR), sit_down(CHAIR), sit_down(SERGEANT), sit_down(HOUSING))
    read_the_front_sheet(sit_down(POLICE))
    ask_for_the_transfer(sit_down(CASE_MANAGER))
    call_the_sitting(sit_down(COORDINATOR))
    write_beforehand(sit_down(HOUSING), sit_down(POLICE))
    take_the_minutes(sit_down(COORDINATOR), sit_down(CHAIR), sit_down(POLICE))
    close_check_and_issue(sit_down(COORDINATOR), sit_down(CHAIR), sit_down(HOUSING))
    do_the_actions(sit_down(CASE_MANAGER), sit_down(POLICE), sit_down(HOUSING))
    minute_the_other_case(sit_down(COORDINATOR), sit_down(CHAIR))
    transfer_it(sit_down(COORDINATOR), sit_down(RECEIVER), sit_down(TAKER), sit_down(CASE_MANAGER))
    words = bold_words(TUTORIAL)
    assert len(words) >= 60
    assert list(never_seen(words, seen)) == []


def refer(housing: Member) -> None:
    """Step 1."""
    housing.go_home()
    housing.follow("Referrals")
    housing.follow("Refer somebody by name")
    housing.fill({name: words for name, words in REFERRAL.items() if name != "children_words"})
    housing.page.get_by_label("Several agencies have to act together, and two of them cannot arrange it alone").check()
    housing.choose("May children be at risk?", "Yes")
    housing.fill({"children_words": REFERRAL["children_words"]})
    housing.choose("May a victim be at risk?", "No")
    housing.choose("Is it urgent?", "No")
    housing.page.get_by_label("Level 2: agencies have to meet").check()
    housing.notices("the short form")
    picture(housing.page, "mappa-refer")
    housing.press("Send the referral")
    housing.look()


def screen(coordinator: Member, senior: Member, sergeant: Member, housing: Member) -> None:
    """Steps 2 and 3: three people screen it, and the referrer hears what became of it."""
    to_the_referral(coordinator)
    coordinator.notices("one referral")
    coordinator.follow("Match to a case")
    coordinator.page.get_by_role("radio", name=CASE).check()
    coordinator.press("This is the case")
    coordinator.follow("Ask somebody")
    coordinator.pick("probation", "Senior Sampleton")
    coordinator.pick("police", "Sergeant Sampleton")
    coordinator.press("Ask")
    coordinator.sees("It cannot be decided yet.")
    for screener in (senior, sergeant):
        to_the_referral(screener)
        screener.follow("Say what you think")
        screener.page.get_by_label("Level 2: agencies meet").check()
        screener.fill({"reasons": "Housing and two services have to agree on one street."})
        screener.press("Record my view")
        screener.look()
    to_the_referral(coordinator)
    coordinator.follow("Decide it")
    coordinator.sees("Category, worked out from the record")
    coordinator.page.get_by_label("Level 2: agencies meet").check()
    coordinator.page.get_by_label("Category 1: Registered sex offender").check()
    coordinator.fill({"reasons": "He loses his home, and the only place free is beside a school."})
    coordinator.notices("the decision")
    coordinator.press("Record the decision")
    coordinator.look()
    picture(coordinator.page, "mappa-screened")
    housing.go_home()
    housing.follow("Referrals")
    housing.row(NAME).get_by_role("link").first.click()
    housing.sees("Agencies will meet about it.")
    housing.look()


def to_the_referral(member: Member) -> None:
    """From the home page to the referral, among those to screen."""
    member.go_home()
    member.follow("Referrals")
    member.follow("To screen")
    member.look()
    member.row(NAME).get_by_role("link").first.click()
    member.look()


def read_the_front_sheet(officer: Member) -> None:
    """Step 4: level and category with their reasons."""
    officer.open_case(CASE)
    card = officer.page.locator("main")
    expect(card).to_contain_text("Level 2")
    expect(card).to_contain_text("category 1")
    expect(card).to_contain_text("He loses his home, and the only place free is beside a school.")
    picture(officer.page, "mappa-front-sheet")
    officer.follow("Level and category, and why")
    officer.sees("Raised")
    officer.notices("level and category")
    officer.look()


def ask_for_the_transfer(manager: Member) -> None:
    """Step 5: asked for before the meeting, which then talks about it."""
    manager.open_case(MOVES)
    manager.open_tab("MAPPA")
    manager.look()
    manager.follow("Ask another area to take this case")
    manager.page.get_by_label("Receiving area", exact=True).select_option(label="Eastmarch")
    manager.fill(MOVE)
    manager.day("proposed_on", in_weeks(1))
    for box in manager.page.locator("textarea[name^=answer_]").all():
        box.fill("As in the risk management plan.")
    manager.press("Ask for the transfer")
    manager.sees("with the receiving area invited: not yet")
    manager.look()


def call_the_sitting(coordinator: Member) -> None:
    """Step 6: one sitting on two cases."""
    to_the_referral(coordinator)
    coordinator.follow("Call a meeting")
    expect(coordinator.page.locator("[name=cases]")).to_have_value(CASE)
    coordinator.page.get_by_label("Level 2", exact=True).check()
    coordinator.fill({"cases": f"{CASE}\n{MOVES}", **CALLED})
    coordinator.day("on", date.today())
    coordinator.pick("chair", "Senior Sampleton")
    coordinator.pick("minute_taker", "Coordinator Sampleton")
    coordinator.notices("calling a sitting")
    picture(coordinator.page, "mappa-call")
    coordinator.press("Call the sitting")
    expect(coordinator.heading).to_contain_text("Level 2 sitting")
    coordinator.look()
    expect(coordinator.row(MOVES)).to_be_visible()
    to_the_meeting(coordinator, CASE)


def to_the_meeting(coordinator: Member, case: str) -> None:
    """From the home page to the meeting on a case, by its MAPPA page."""
    coordinator.open_case(case)
    coordinator.open_tab("MAPPA")
    coordinator.follow("Meetings called")
    coordinator.look()
    coordinator.page.locator("main tbody th a").first.click()
    expect(coordinator.heading).to_contain_text("MAPPA meeting")
    coordinator.look()


def write_beforehand(housing: Member, officer: Member) -> None:
    """Step 7: each agency answers, and writes what it knows."""
    for member, words in ((housing, RENT), (officer, "Seen at home three weeks ago. Nothing of concern.")):
        member.go_home()
        member.follow("My meetings")
        member.look()
        member.row(CASE).get_by_role("link").first.click()
        member.page.get_by_label("Yes", exact=True).check()
        member.press("Save your answer")
        member.fill({"text": words})
        member.page.get_by_label("Open to those involved").check()
        member.press("Send to the meeting")
        member.sees("Your information is sent to the meeting.")
        member.look()
    housing.notices("a meeting one is invited to")
    housing.sees(RENT)
    expect(housing.page.locator("main")).not_to_contain_text("Nothing of concern")
    picture(housing.page, "mappa-invited", around="#information")


def take_the_minutes(coordinator: Member, chair: Member, officer: Member) -> None:
    """Step 8: minuted live, while the chair reads along and the officer finds the action at once."""
    page = coordinator.page
    coordinator.follow("Take the minutes")
    coordinator.press("Open the meeting")
    coordinator.notices("taking minutes")
    coordinator.sees(RENT)
    chair.page.goto(page.url)
    chair.look()
    who_came(coordinator)
    said(coordinator, "accommodation", {"who": "Housing", "text": "Two flats are free from Friday."})
    heard = chair.page.locator("[data-item=accommodation] [data-lines] form")
    expect(heard.get_by_label("What, in substance")).to_have_value("Two flats are free from Friday.")
    decide(coordinator, "accommodation", {"text": "He moves to Weir Lane.", "reasons": "No school is near."})
    picture(page, "mappa-minutes", around="#accommodation")
    agree(coordinator, FLAT, "Housing Sampleton", 1)
    agree(coordinator, VISIT, named(officer), 2)
    officer.go_home()
    officer.sees(VISIT)
    conclude(coordinator, "The agencies have to act together until he has moved.", in_weeks(8))


def who_came(coordinator: Member) -> None:
    """Write down for everybody who was invited that they attended, with a grade where they have no rank."""
    left = coordinator.page.locator("form[aria-label^='Attendance of']")
    expect(left.first).to_be_attached()
    for number in range(left.count()):
        form = left.nth(number)
        part = form.locator("xpath=ancestor::details")
        summary = part.locator("summary")
        if part.get_attribute("open") is None:
            summary.click()
        form.locator("[name=attendance]").select_option("attended")
        if not form.locator("[name=rank]").input_value():
            form.locator("[name=grade]").fill("Officer")
        form.get_by_role("button").click()
        expect(summary).to_contain_text("Attended")


def line(coordinator: Member, item: str, kind: str) -> Locator:
    """The blank line of a kind under an item, opened."""
    blank = coordinator.page.locator(f"[data-item={item}] [data-blanks={kind}]")
    if blank.get_attribute("open") is None:
        blank.locator("summary").click()
    return blank.locator("form")


def said(coordinator: Member, item: str, words: Mapping[str, str], kind: str = "said") -> None:
    """Write a line, and wait until it is saved by itself."""
    coordinator.fill(words, within=line(coordinator, item, kind))
    expect(coordinator.page.locator("[data-run-state]")).to_have_text("Everything is saved.")


def decide(coordinator: Member, item: str, words: Mapping[str, str]) -> None:
    said(coordinator, item, words, kind="decision")


def agree(coordinator: Member, words: str, owner: str, weeks: int) -> None:
    """Agree an action: typed once."""
    form = coordinator.page.locator("form[aria-label='Agree an action']")
    coordinator.fill({"text": words}, within=form)
    coordinator.pick("whose", owner, within=form)
    coordinator.pick("service", "Probation", within=form)
    coordinator.day("due_on", in_weeks(weeks), within=form)
    coordinator.press("Agree this action")
    expect(coordinator.page.locator("[data-region=actions]")).to_contain_text(words)


def conclude(coordinator: Member, reasons: str, review_on: date) -> None:
    """Level and next review."""
    form = coordinator.page.locator("#conclusion-form")
    form.locator("[name=level]").select_option("2")
    form.locator("[name=category]").select_option("1")
    coordinator.fill({"level_reasons": reasons}, within=form)
    coordinator.day("review_on", review_on, within=form)
    form.get_by_role("button", name="Save level and review").click()
    expect(form.locator("[data-state]")).to_contain_text("Saved at")


def named(member: Member) -> str:
    """The full name of whoever is signed in, as the head of the page has it."""
    return member.page.locator(".om-header__who a.om-header__you").last.inner_text().strip()


def close_check_and_issue(coordinator: Member, chair: Member, housing: Member) -> None:
    """Steps 9 and 10."""
    coordinator.follow("Close the meeting")
    coordinator.sees("It cannot be closed yet")
    coordinator.sees("Write down that disclosure was considered")
    coordinator.notices("closing a meeting")
    picture(coordinator.page, "mappa-close")
    coordinator.look()
    coordinator.page.get_by_role("link", name="Go there").last.click()
    nothing_is_disclosed(coordinator)
    close(coordinator)
    check(chair, CASE)
    issue(coordinator, CASE)
    coordinator.sees("On whose record they are")
    coordinator.notices("the minutes")
    picture(coordinator.page, "mappa-issued", around="main table")
    housing.page.goto("/minutes/")
    housing.look()
    expect(housing.page.get_by_role("link", name=CASE)).to_be_visible()


def nothing_is_disclosed(coordinator: Member) -> None:
    form = line(coordinator, "disclosure", "disclosure")
    form.locator("[name=disclosed]").select_option("no")
    coordinator.fill({"reasons": "The landlord has no children, and the school is far away."}, within=form)
    expect(coordinator.page.locator("[data-run-state]")).to_have_text("Everything is saved.")


def close(coordinator: Member) -> None:
    coordinator.follow("Close the meeting")
    coordinator.sees("Nothing is missing")
    coordinator.press("Close the meeting")
    coordinator.sees("A draft.")
    coordinator.look()


def check(chair: Member, case: str) -> None:
    to_the_minutes(chair, case)
    chair.press("Check: the draft is right")
    chair.sees("Not issued yet.")
    chair.look()


def issue(coordinator: Member, case: str) -> None:
    to_the_minutes(coordinator, case)
    coordinator.press("Issue and file")
    coordinator.sees("Issued by")
    coordinator.look()


def to_the_minutes(member: Member, case: str) -> None:
    member.open_case(case)
    member.open_tab("MAPPA")
    member.open_tab("Minutes")
    member.look()
    member.page.locator("main table a").first.click()
    expect(member.heading).to_contain_text("Minutes of the Level 2 meeting")


def do_the_actions(manager: Member, officer: Member, housing: Member) -> None:
    """Step 11: in the plan, on the officer's page, and on the housing officer's, who completes theirs."""
    manager.open_case(CASE)
    manager.follow("Plans")
    manager.sees(FLAT)
    manager.sees(VISIT)
    manager.look()
    picture(manager.page, "mappa-plan", around="table:has-text('Find a flat')")
    manager.follow("Risk management plan reviewed")
    manager.sees(FLAT)
    manager.follow("All plans")
    housing.go_home()
    housing.look()
    page = housing.page
    page.get_by_role("row").filter(has_text=FLAT).get_by_role("link").first.click()
    for other in (VISIT, "Nothing of concern", "Two flats are free"):
        expect(page.locator("body")).not_to_contain_text(other)
    assert page.locator("a[href^='/cases/']").count() == 0
    housing.notices("an action")
    housing.follow("Accept the action")
    housing.press("Accept the action")
    housing.follow("Complete the action")
    page.get_by_label("Today").check()
    housing.page.get_by_label("What was done").fill(EVIDENCE)
    picture(page, "mappa-action")
    housing.press("Complete the action")
    housing.sees("Completed")
    housing.look()
    manager.page.reload()
    expect(manager.row(FLAT)).to_contain_text("Completed")
    expect(manager.row(VISIT)).not_to_contain_text("Completed")


def minute_the_other_case(coordinator: Member, chair: Member) -> None:
    """Step 12: the second case of the sitting, in short."""
    to_the_meeting(coordinator, MOVES)
    coordinator.follow("Take the minutes")
    coordinator.press("Open the meeting")
    who_came(coordinator)
    decide(coordinator, "accommodation", {"text": "He moves to his sister.", "reasons": "He has work there."})
    nothing_is_disclosed(coordinator)
    conclude(coordinator, "Until the other area has met on him.", in_weeks(8))
    close(coordinator)
    check(chair, MOVES)
    issue(coordinator, MOVES)


def transfer_it(coordinator: Member, receiver: Member, taker: Member, manager: Member) -> None:
    """Step 13: through both coordinators, and responsible without a gap."""
    coordinator.go_home()
    coordinator.follow("Coordinator’s desk")
    coordinator.follow("Transfers from and to the area")
    coordinator.notices("transfers")
    coordinator.look()
    coordinator.row(MOVES).get_by_role("link").first.click()
    coordinator.follow("Send it to Eastmarch")
    coordinator.fill({"invited_how": "Their coordinator joined by telephone."})
    coordinator.press("Send it")
    coordinator.sees("Sent, waits for an answer")
    coordinator.look()
    receiver.go_home()
    receiver.follow("Coordinator’s desk")
    receiver.follow("Transfers from and to the area")
    receiver.row(MOVES).get_by_role("link").first.click()
    receiver.look()
    receiver.follow("Accept it")
    receiver.pick("police_officer", named(taker))
    receiver.page.get_by_label("Case manager").select_option(index=1)
    picture(receiver.page, "mappa-accept")
    receiver.press("Accept it")
    receiver.sees("Eastmarch took it on")
    receiver.look()
    taker.open_case(MOVES)
    taker.follow("Timeline")
    taker.sees("Responsibility passed from Northshire to Eastmarch")
    picture(taker.page, "mappa-timeline")
    taker.open_tab("MAPPA")
    taker.follow("Who was responsible when, and transfers")
    taker.sees("somebody was responsible at every instant, and never two areas at once")
    taker.look()
    manager.find(MOVES)
    expect(manager.page.locator(".om-result__name")).to_have_count(0)


def in_weeks(weeks: int) -> date:
    return date.today() + timedelta(weeks=weeks)
