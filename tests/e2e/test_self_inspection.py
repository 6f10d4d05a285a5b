"""An area inspects itself, by somebody who has never done it: from the home page to the report, following the pages.

Each step takes what the page that one stands on offers next, by its words; nothing is opened by its address. The
steps are those of docs/how-to/inspect-yourself.md, and each thing that it names is looked for.
"""

from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.e2e.caseload import ago
from tests.e2e.conftest import OpenDesk
from tests.e2e.stranger import Stranger, bold_words, never_seen
from tests.e2e.test_accessibility import faults

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "inspect-yourself.md"
OURS = "Southdale looks at itself"
FOUND = "Visits are made as planned, and what was seen is written down."
NOTHING = "I looked, and there was no evidence"


def test_a_coordinator_who_never_did_it_inspects_the_own_area_to_the_report(open_desk: OpenDesk) -> None:
    seen: list[str] = []
    desk = Stranger(open_desk("s.coordinator", fresh=True).page, "s.coordinator", seen)
    open_one(desk)
    draw(desk)
    deal(desk)
    assess(desk)
    read_results(desk)
    find_and_publish(desk)
    words = bold_words(HOW_TO)
    assert len(words) >= 25
    assert list(never_seen(words, seen, but=("Who:",))) == []


def whole(desk: Stranger) -> None:
    """Nothing for axe to find on a page of a new kind, wide or narrow; and its words are kept."""
    assert faults(desk.page) == [], desk.path
    desk.look()


def open_one(desk: Stranger) -> None:
    page = desk.page
    expect(desk.heading).to_be_visible()
    desk.follow("Inspections")
    desk.sees("An area can inspect itself in the same way, in any week")
    whole(desk)
    desk.follow("Open a self-inspection")
    page.get_by_label("Name of the inspection").fill(OURS)
    page.get_by_label("What is it for?").fill("To see what an inspector would find, before one comes.")
    desk.another_day("Fieldwork day", ago(1))
    page.get_by_role("group", name="What is asked").get_by_label("Joint inspection of the management").first.check()
    whole(desk)
    desk.press("Open the inspection")
    desk.sees("The inspection is opened, and you lead it")
    whole(desk)
    desk.follow("Add somebody")
    page.get_by_label("Person").select_option(index=1)
    desk.press("Add")
    desk.sees("They work on it now")


def draw(desk: Stranger) -> None:
    page = desk.page
    desk.follow("List the cases of the fieldwork day")
    desk.sees("agree with the others where the seed of the draw will be from")
    whole(desk)
    desk.choose("Which cases?", "Everybody who was managed: registered, or under an order or licence")
    desk.press("List the cases")
    whole(desk)
    desk.follow("Go on to the sample")
    for size in ("5", "4"):
        page.get_by_label("How many cases in all").fill(size)
        desk.press("Look what this size buys")
        expect(page.get_by_role("table").first).to_contain_text("points")
    desk.sees("Was nothing agreed? Then take what none of you could choose")
    whole(desk)
    page.get_by_label("Seed", exact=True).fill("4 8 15 16 23 42")
    page.get_by_label("Where is the seed from").fill("The lottery of last Saturday; nothing was agreed before.")
    desk.press("Draw the sample")
    desk.sees("The sample is drawn")
    desk.sees("Represented: In MAPPA; Ethnicity; Sex")
    whole(desk)


def deal(desk: Stranger) -> None:
    page = desk.page
    desk.follow("Go on to the assessment")
    whole(desk)
    desk.follow("Deal the cases out")
    page.get_by_label("Seed").fill("rain")
    page.get_by_label("Share of cases").fill("25")
    desk.press("Deal the cases out")
    desk.sees("Answers count in the results once their assessment is signed")
    own = page.get_by_role("table", name="Your cases")
    expect(own.get_by_role("link", name="Coordinator")).not_to_have_count(0)
    expect(own.get_by_role("link", name="Chief")).to_have_count(0)
    whole(desk)
    page.get_by_role("navigation").get_by_role("link", name="Results", exact=True).click()
    desk.sees("An answer counts once its assessment is signed")
    whole(desk)
    desk.follow("Go to the assessment")
    others = page.get_by_role("table", name="All cases of the sample").get_by_role("row").filter(has_not_text="Two")
    theirs = others.get_by_role("link", name="Chief").or_(others.get_by_role("link", name="Board"))
    if theirs.count():
        theirs.first.click()
        desk.sees("answers these questions. Yours are under")
        whole(desk)
        page.get_by_role("main").get_by_role("link", name="Cases and inspectors").click()


def assess(desk: Stranger) -> None:
    """One case to its end: what the record offers is confirmed, and once overruled; each answer with its evidence."""
    page = desk.page
    own = page.get_by_role("table", name="Your cases").get_by_role("row").filter(has_not_text="Two, blind")
    own.get_by_role("link", name="Coordinator").first.click()
    desk.sees("Open a criterion and answer its questions")
    whole(desk)
    desk.follow("Victims")
    first, overruled = True, False
    while True:
        for form in page.locator("main form[data-saves]").all():
            overruled = answer(form, overrule=not overruled) or overruled
            if first:
                evidence_after_all(desk, form)
        expect(page.locator("[data-saves-all]")).to_have_text("Everything is saved.")
        if first:
            whole(desk)
        first = False
        onward = page.locator("a[rel=next]")
        if not onward.count():
            break
        desk.look()
        onward.click()
    assert overruled
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link").last.click()
    desk.follow("Sign the assessment")
    desk.sees("questions are answered")
    whole(desk)
    desk.press("Sign the assessment")
    desk.sees("The assessment is signed")
    whole(desk)


def evidence_after_all(desk: Stranger, form: Locator) -> None:
    """Quote a passage where there was said to be none: the page says what is wrong, until one of the two is out."""
    form.get_by_label("Passage, and where it stands").fill("“She was told of the release”, contact log.")
    expect(form.locator("[data-state]")).to_contain_text("You gave evidence, and say that there was none")
    expect(desk.page.locator("[data-saves-all]")).to_contain_text("Not saved: 1 answer.")
    form.get_by_label(NOTHING).uncheck()


def answer(form: Locator, *, overrule: bool) -> bool:
    """Answer as the record offers, or Sufficient; say that there was no evidence. Whether the record was overruled."""
    form.get_by_label(NOTHING).check()
    offer = form.locator(".om-offer strong")
    if not offer.count():
        form.get_by_role("radio").nth(1).check()
        return False
    offered = (offer.first.text_content() or "").strip()
    if not overrule:
        form.get_by_label(offered, exact=True).check()
        return False
    other = "Sufficient" if offered != "Sufficient" else "Excellent"
    there = form.get_by_label(other, exact=True)
    (there if there.count() else form.get_by_label("Not applicable", exact=True)).check()
    form.get_by_label("Why you overrule the record").fill("The paper file says otherwise.")
    return True


def read_results(desk: Stranger) -> None:
    page = desk.page
    desk.follow("see the results")
    desk.sees("95% from")
    whole(desk)
    page.get_by_role("navigation").get_by_role("link", name="Overview").click()
    whole(desk)
    desk.follow("Tables 3, 4, 5 and 8")
    for number in (3, 4, 5, 8):
        expect(page.get_by_role("heading", name=f"Table {number}:")).to_be_visible()
    whole(desk)


def find_and_publish(desk: Stranger) -> None:
    page = desk.page
    page.get_by_role("navigation").get_by_role("link", name="Findings", exact=True).first.click()
    whole(desk)
    desk.follow("Add a finding on Home visits by the police")
    desk.choose("What is it?", "Strength")
    page.get_by_label("What did you find?").fill(FOUND)
    page.get_by_role("checkbox").first.check()
    whole(desk)
    desk.press("Keep it as a draft")
    page.get_by_role("navigation").get_by_role("link", name="Report", exact=True).click()
    desk.sees("Findings that are drafts: 1")
    desk.page.get_by_role("main").get_by_role("link", name="findings", exact=True).click()
    page.locator(".om-card").filter(has_text=FOUND).get_by_role("button", name="Agree").click()
    desk.sees("The finding is agreed")
    page.get_by_role("navigation").get_by_role("link", name="Report", exact=True).click()
    desk.sees(FOUND)
    whole(desk)
    desk.follow("Publish the report")
    desk.sees("You need not publish it")
    whole(desk)
    desk.press("Publish the report")
    desk.sees("The report is published")
    desk.sees(FOUND)
    whole(desk)
    with page.expect_download() as downloaded:
        desk.follow("Download it as a PDF file")
    assert downloaded.value.path().read_bytes()[:5] == b"%PDF-"
    desk.follow("Inspections")
    desk.follow(OURS)
    desk.follow("Close the inspection")
    whole(desk)
    page.get_by_role("checkbox").check()
    desk.press("Close the inspection")
    desk.sees("The inspection is closed")
    whole(desk)
