"""A self-inspection in a real browser, from what is asked to the sample; and the one an inspector finds begun."""

from playwright.sync_api import expect

from tests.e2e.caseload import ago
from tests.e2e.conftest import NARROW, OpenDesk
from tests.e2e.test_accessibility import faults


def test_a_coordinator_inspects_the_area_from_framework_to_sample(open_desk: OpenDesk) -> None:
    desk = open_desk("n.coordinator")
    page, main = desk.page, desk.page.get_by_role("main")
    page.goto("/")
    desk.follow("Inspections")
    desk.follow("What inspections ask")
    page.get_by_role("row").get_by_role("link").first.click()
    assert faults(page) == []
    desk.press("Make one of your own from it")
    expect(main).to_contain_text("Nobody else sees it")
    assert faults(page) == []
    page.get_by_role("link", name="Add a question to").first.click()
    page.get_by_label("Question", exact=True).fill("Does everybody know the joint strategy?")
    page.get_by_label("Guidance").fill("Ask three people.")
    desk.choose("Which cases is it asked of?", "All cases")
    page.get_by_label("Code").fill("Joint Strategy")
    page.get_by_label("Source", exact=True).fill("The board, in May")
    desk.choose("How sure is the source?", "It is our own choice")
    desk.press("Keep it")
    expect(desk.errors).to_contain_text("use small letters, digits and _")
    assert faults(page) == []
    page.get_by_label("Code").fill("strategy_known")
    desk.press("Keep it")
    expect(main).to_contain_text("Different so far: 1 question")
    page.get_by_label("Code of the line of versions").fill("northshire_own")
    page.get_by_label("Title").fill("Northshire asks itself")
    page.get_by_label("What is different, and why?").fill("One question more")
    desk.press("Save as a version")
    expect(main).to_contain_text("It is saved as a version")
    page.get_by_role("link", name="Changes in Northshire asks itself, version 1").click()
    expect(main).to_contain_text("1 question different")
    assert faults(page) == []
    desk.follow("What inspections ask")
    desk.follow("Bring a framework as a file")
    page.get_by_label("Or its text").fill('code = "mine"\ntitle = 7\n')
    desk.press("Bring it")
    expect(main).to_contain_text("`title` is 7")
    expect(page.get_by_label("Or its text")).to_have_value('code = "mine"\ntitle = 7\n')
    assert faults(page) == []

    page.goto("/inspections/")
    desk.follow("Open a self-inspection")
    desk.press("Open the inspection")
    expect(desk.errors).to_contain_text("Say what the inspection is for")
    assert faults(page) == []
    page.get_by_label("Name of the inspection").fill("A week in May")
    page.get_by_label("What is it for?").fill("To see what an inspector would find")
    desk.another_day("Fieldwork day", ago(1))
    desk.choose("What is asked", "Northshire asks itself, version 1")
    desk.press("Open the inspection")
    expect(main).to_contain_text("The inspection is opened")
    assert faults(page) == []
    desk.follow("Add somebody")
    page.get_by_label("Person").select_option(label="Lay Sampleton, SMB member or lay adviser, Sample Board")
    assert faults(page) == []
    desk.press("Add")
    expect(main).to_contain_text("Lay Sampleton")
    desk.follow("List the cases of the fieldwork day")
    desk.choose("Which cases?", "Everybody who was managed: registered, or under an order or licence")
    desk.press("List the cases")
    expect(main).to_contain_text("Fingerprint")
    assert faults(page) == []
    desk.follow("Go on to the sample")
    page.get_by_label("How many cases in all").fill("100000")
    desk.press("Look what this size buys")
    expect(desk.errors).to_contain_text("100000 cases cannot be drawn")
    page.get_by_label("How many cases in all").fill("5")
    desk.press("Look what this size buys")
    expect(main).to_contain_text("points")
    assert faults(page) == []
    desk.press("Draw the sample")
    expect(desk.errors).to_contain_text("Enter the seed")
    page.get_by_label("Seed", exact=True).fill("3 9 27")
    page.get_by_label("Where is the seed from, and when was it said?").fill("The lottery of Saturday")
    desk.press("Draw the sample")
    expect(main).to_contain_text("The sample is drawn")
    assert faults(page) == []
    keys = page.locator(".om-key").all_inner_texts()
    assert len(keys) == 5
    page.get_by_role("link", name=f"Replace case {keys[0]}").click()
    desk.choose("Why is this case replaced?", "The files cannot be had in time")
    assert faults(page) == []
    desk.press("Replace this case")
    expect(main).to_contain_text(f"Came in for {keys[0]}")
    desk.follow("Name the joint work of Northshire")
    page.get_by_role("checkbox").nth(0).check()
    assert faults(page) == []
    desk.press("Save")
    expect(main.get_by_text("Joint work", exact=True)).to_have_count(1)
    desk.follow("Draw it again")
    expect(main).to_contain_text("The same cases came out")
    assert faults(page) == []
    desk.follow("Back to A week in May")
    desk.follow("Save as a file")
    page.get_by_label("Who will receive it?").fill("Chief Sampleton")
    page.get_by_label("Why do they need it?").fill("To draw it again")
    with page.expect_download() as downloaded:
        desk.press("Save the file")
    text = downloaded.value.path().read_text(encoding="utf-8")
    assert (
        keys[0] in text
        and "3 9 27" in text
        and "Sampleton" not in text.replace("Chief Sampleton", "").replace("Coordinator Sampleton", "")
    )
    member = open_desk("n.board", viewport=NARROW)
    member.page.goto("/inspections/")
    member.follow("A week in May")
    member.page.get_by_role("link", name="Sample", exact=True).click()
    expect(member.page.locator(".om-key")).to_have_count(5)
    assert faults(member.page) == []
    desk.page.goto("/inspections/")
    desk.follow("A week in May")
    desk.follow("Close the inspection")
    page.get_by_role("checkbox").check()
    desk.press("Close the inspection")
    expect(main).to_contain_text("The inspection is closed")


def test_an_inspector_finds_an_inspection_begun_and_its_cases_open(open_desk: OpenDesk) -> None:
    desk = open_desk("inspector", viewport=NARROW)
    desk.page.goto("/inspections/")
    desk.follow("Managing sex offenders in the community")
    desk.page.get_by_role("link", name="Sample", exact=True).click()
    expect(desk.page.get_by_role("main").get_by_text("Joint work", exact=True).first).to_be_visible()
    assert faults(desk.page) == []
    desk.page.get_by_role("table").first.get_by_role("rowheader").first.get_by_role("link").click()
    expect(desk.heading).to_have_text("Front sheet")
