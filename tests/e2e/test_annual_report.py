"""The annual report in a real browser: drafted, written by two at once, published, read and taken along as a PDF."""

from playwright.sync_api import expect

from tests.e2e.conftest import NARROW, OpenDesk
from tests.e2e.test_accessibility import faults


def test_a_board_drafts_writes_and_publishes_its_report(open_desk: OpenDesk) -> None:
    desk = open_desk("n.board")
    page, main = desk.page, desk.page.get_by_role("main")
    page.goto("/board/")
    desk.follow("Annual reports")
    expect(main).to_contain_text("Not published yet")
    assert faults(page) == []
    desk.follow("Draft a report")
    assert faults(page) == []
    desk.press("Draft the report")
    expect(main).to_contain_text("The foreword is not written.")
    expect(main).to_contain_text("People managed under MAPPA")
    expect(main.get_by_role("table").first).to_contain_text("Registered sexual offenders (category 1)")
    assert faults(page) == []
    draft = desk.path

    desk.follow("Write the foreword")
    coordinator = open_desk("n.coordinator", scripts=False, viewport=NARROW)
    coordinator.page.goto(f"{draft}write/foreword/")
    coordinator.page.get_by_label("What does the board say?").fill("Theirs.")
    coordinator.press("Save")
    expect(coordinator.page.get_by_role("main")).to_contain_text("What you wrote is saved")
    assert coordinator.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.get_by_label("What does the board say?").fill("The board looked at every case of Level 3.")
    desk.press("Save")
    expect(main).to_contain_text("This was changed since you opened it")
    expect(main).to_contain_text("Theirs.")
    assert faults(page) == []
    desk.press("Save mine in place of theirs")
    expect(main).to_contain_text("The board looked at every case of Level 3.")
    page.get_by_role("link", name="Write a commentary on people managed under MAPPA").click()
    page.get_by_label("What does the board say?").fill("More people were managed at Level 2.")
    assert faults(page) == []
    desk.press("Save")
    desk.follow("Choose the standards")
    assert faults(page) == []
    desk.press("Save")
    expect(main).to_contain_text("The standards are chosen")
    expect(main).to_contain_text("The coordinator, or the member who has the chair, publishes it.")

    coordinator.page.goto(draft)
    coordinator.follow("Publish the report")
    coordinator.press("Publish the report")
    expect(coordinator.page.get_by_role("main")).to_contain_text("The report is published")
    assert coordinator.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    published = coordinator.path

    narrow = open_desk("n.manager.police", viewport=NARROW)
    narrow.page.goto("/annual-reports/")
    expect(narrow.page.get_by_role("main")).not_to_contain_text("Open the draft")
    assert faults(narrow.page) == []
    narrow.page.get_by_role("link", name="version 1").last.click()  # after that of the demonstration
    assert narrow.path == published
    expect(narrow.page.get_by_role("main")).to_contain_text("More people were managed at Level 2.")
    assert faults(narrow.page) == []
    with narrow.page.expect_download() as download:
        narrow.follow("Download it as a PDF file")
    assert download.value.suggested_filename.endswith("-version-1.pdf")

    page.goto(draft)
    expect(main).to_contain_text("Version 1")
    coordinator.page.goto(f"{draft}publish/")
    coordinator.press("Publish a correction")
    expect(coordinator.errors).to_contain_text("What is corrected")
    coordinator.page.get_by_label("What is corrected, and why?").fill("A word of the foreword.")
    coordinator.press("Publish a correction")
    expect(coordinator.page.get_by_role("main")).to_contain_text("This version corrects an earlier one")
    page.goto(published)
    expect(main).to_contain_text("This version was corrected")
    assert faults(page) == []
    assert desk.complaints == narrow.complaints == []
