"""Lessons acknowledged and good practice found, in a real browser."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.caseload import Record, ago
from tests.e2e.conftest import NARROW, OpenDesk
from tests.e2e.test_accessibility import faults
from tests.support.server import Server


@pytest.fixture(scope="module", autouse=True)
def case(server: Server, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A case of the first officer and case manager."""
    head: Record = {"format": "openmappa-caseload/1", "source": "lesson-tests", "made_on": ago(0).isoformat()}
    person = {"given_names": "Sample", "family_name": "Lessoncase", "born_on": "1971-05-03"}
    line: Record = {
        "case": "LESSON-1",
        "area": "northshire",
        "force": "A",
        "person": {**person, "aliases": [], "sex": "male", "ethnicity": "white_british"},
        "staff": {"case_manager": "n.probation1", "police_officer": "n.police1"},
        "facts": [{"kind": "order_started", "on": ago(200).isoformat(), "order": "community_order"}],
    }
    file = Path(tmp_path_factory.mktemp("lesson"), "caseload.jsonl")
    file.write_text(f"{json.dumps(head)}\n{json.dumps(line)}\n", encoding="utf-8")
    server.manage("import_caseload", str(file))


def test_a_board_member_adds_good_practice_and_an_officer_finds_it_on_a_narrow_screen(open_desk: OpenDesk) -> None:
    desk = open_desk("n.board")
    page, main = desk.page, desk.page.get_by_role("main")
    page.goto("/board/")
    assert faults(page) == []
    desk.follow("Good practice")
    assert faults(page) == []
    desk.follow("Add an entry")
    desk.press("Put it into the library")
    expect(desk.errors).to_contain_text("Say what was done")
    assert faults(page) == []
    page.get_by_label("What is it, in a few words?").fill("Joint visits after a release")
    page.get_by_label("What was done?").fill("Police and probation visit together within a week.")
    page.get_by_label("Which criterion of an inspection does it serve?").select_option(label="Joint direction")
    page.get_by_label("Where is it from?").fill("Board of May")
    desk.press("Put it into the library")
    expect(main).to_contain_text("It is in the library")
    assert faults(page) == []
    entry = desk.path

    officer = open_desk("n.police1", scripts=False, viewport=NARROW)
    officer.page.goto("/good-practice/")
    officer.page.get_by_label("Words").fill("visiting together")
    officer.press("Search")
    officer.follow("Joint visits after a release")
    expect(officer.page.get_by_role("main")).to_contain_text("within a week")
    assert officer.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    officer.page.goto("/good-practice/?words=nothingofthekind")
    expect(officer.page.get_by_role("main")).to_contain_text("Nothing fits")

    page.goto(entry)
    desk.follow("Withdraw it")
    page.get_by_label("Why is it withdrawn?").fill("It did not last.")
    assert faults(page) == []
    desk.press("Withdraw it")
    expect(main).to_contain_text("It did not last.")
    assert faults(page) == []
    assert desk.complaints == []


def test_a_lesson_is_shared_acknowledged_and_counted(open_desk: OpenDesk) -> None:
    manager = open_desk("n.coordinator")
    page, main = manager.page, manager.page.get_by_role("main")
    case = manager.open_case("LESSON-1")
    page.goto(f"{case}further-offences/open/")
    manager.choose("Which offence is the person charged with?", "Manslaughter")
    page.get_by_label("What is alleged?").fill("An offence in a park.")
    for question in ("Day of the offence", "Day of the charge"):
        manager.another_day(question, ago(1))
    manager.press("Open the review")
    manager.follow("Record one")
    manager.choose("What is it?", "A lesson")
    page.get_by_label("In one sentence").fill("Visit on the day after a release.")
    manager.choose("For whom is it?", "Police")
    manager.choose("What is it about?", "Home visits and contact")
    manager.press("Save")
    page.goto("/lessons/")
    page.get_by_role("button", name="Share with the board").first.click()
    expect(main).to_contain_text("those whom it is for are told")
    assert faults(page) == []

    officer = open_desk("n.police1", scripts=False, viewport=NARROW)
    officer.page.goto("/lessons/")
    expect(officer.page.get_by_role("main")).to_contain_text("For you to read")
    officer.follow("Visit on the day after a release.")
    officer.press("I have read it")
    expect(officer.page.get_by_role("main")).to_contain_text("That you have read it is on record")

    page.get_by_role("main").get_by_role("link", name="Visit on the day after a release.").first.click()
    expect(main).to_contain_text("Person by person")
    expect(main).to_contain_text("Not yet")
    assert faults(page) == []
    board = open_desk("n.board")
    board.page.goto("/board/")
    expect(board.page.get_by_role("main")).to_contain_text("1 of ")
    assert faults(board.page) == []
    assert manager.complaints == []
