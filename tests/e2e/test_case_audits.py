"""An audit of cases in a real browser: begun by the board, drawn, answered, read by the officer, closed."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from openmappa.core.packs.load_board import load_case_audits
from tests.e2e.caseload import Record, ago
from tests.e2e.conftest import NARROW, OpenDesk
from tests.e2e.desk import Desk
from tests.e2e.test_accessibility import faults
from tests.support.server import Server

LEVELS = {1: 1, 2: 2, 3: 3}
REFERENCE = "AUDIT-2"


@pytest.fixture(scope="module", autouse=True)
def cases(server: Server, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A case at each level, of the first officer and case manager."""
    lines: list[Record] = [{"format": "openmappa-caseload/1", "source": "audit-tests", "made_on": ago(0).isoformat()}]
    for level in LEVELS:
        person = {"given_names": "Sample", "family_name": f"Auditcase-{level}", "born_on": "1971-05-03"}
        lines.append(
            {
                "case": f"AUDIT-{level}",
                "area": "northshire",
                "force": "A",
                "person": {**person, "aliases": [], "sex": "male", "ethnicity": "white_british"},
                "staff": {"case_manager": "n.probation1", "police_officer": "n.police1"},
                "facts": [
                    {"kind": "order_started", "on": ago(200).isoformat(), "order": "community_order"},
                    {"kind": "mappa_level_set", "on": ago(190).isoformat(), "level": level, "category": 2},
                ],
            }
        )
    file = Path(tmp_path_factory.mktemp("audit"), "caseload.jsonl")
    file.write_text("\n".join(json.dumps(line) for line in lines) + "\n", encoding="utf-8")
    server.manage("import_caseload", str(file))


def answer_everything(page: Page) -> None:
    """The form of a case at Level 2: each criterion sufficient, from the minutes, but one that does not apply."""
    for place, one in enumerate(load_case_audits("england-wales-2005").of_level("2")):
        last = place == 12
        given = "not_applicable" if last else "sufficient"
        page.locator(f"input[name='answer_{one.id}'][value='{given}']").check()
        if not last:
            page.locator(f"select[name='cites_{one.id}']").select_option("minutes")
        page.locator(f"textarea[name='evidence_{one.id}']").fill("No child lives near." if last else "Item 4.")


def begun(desk: Desk) -> None:
    page, main = desk.page, desk.page.get_by_role("main")
    page.goto("/board/")
    desk.follow("Case audits")
    assert faults(page) == []
    desk.follow("Begin an audit")
    desk.press("Begin and make the list")
    expect(desk.errors).to_contain_text("Enter the title")
    assert faults(page) == []
    page.get_by_label("Title").fill("Audit of the season")
    desk.press("Begin and make the list")
    expect(main).to_contain_text("The audit is begun")
    assert faults(page) == []


def test_the_board_audits_cases_by_lot_and_the_officer_reads_what_was_found(open_desk: OpenDesk) -> None:
    desk = open_desk("n.board")
    page, main = desk.page, desk.page.get_by_role("main")
    begun(desk)
    expect(main).not_to_contain_text("AUDIT-")
    listed = re.search(r"(\d+) cases?:", main.inner_text())
    assert listed
    desk.follow("Draw the cases")
    page.get_by_label("How many cases?").fill(listed.group(1))
    page.get_by_label("Seed", exact=True).fill("3 9 27")
    desk.press("Draw the cases")
    expect(desk.errors).to_contain_text("Say where the seed is from")
    assert faults(page) == []
    page.get_by_label("Where is the seed from, and when was it said?").fill("The lottery of Saturday")
    desk.press("Draw the cases")
    expect(main).to_contain_text("The cases are drawn")
    expect(main).to_contain_text("Level 3")
    assert faults(page) == []
    audit = desk.path
    desk.follow("Draw again")
    expect(main).to_contain_text("The same cases")
    assert faults(page) == []
    page.goto(audit)
    desk.follow("Who audits")
    assert faults(page) == []
    page.get_by_label("Who else audits?").select_option(index=1)
    desk.press("Let them audit")
    expect(main).to_contain_text("They audit as well now")

    page.get_by_role("link", name=REFERENCE, exact=True).click()
    expect(desk.heading).to_contain_text(REFERENCE)
    desk.press("Finish and tell those concerned")
    expect(desk.errors).to_contain_text("Answer this first: Was the case at the right level?")
    assert faults(page) == []
    answer_everything(page)
    page.get_by_label("What was good").fill("The chair asked each agency by name.")
    desk.press("Save")
    expect(main).to_contain_text("What you answered is kept")
    page.get_by_label("What could be better").fill("Two actions without a day.")
    desk.press("Finish and tell those concerned")
    expect(main).to_contain_text("The form is finished, and those who answer for the case are told")
    page.get_by_role("link", name=REFERENCE, exact=True).click()
    expect(main).to_contain_text("has not acknowledged it yet")
    assert faults(page) == []
    page.goto(f"{audit}close/")
    page.get_by_label("What was good").fill("Chairing.")
    page.get_by_label("What could be better").fill("Days of actions.")
    desk.press("Close the audit")
    expect(desk.errors).to_contain_text("are not finished")
    assert faults(page) == []

    officer = open_desk("n.police1", viewport=NARROW, scripts=False)
    officer.page.goto("/case-audits/feedback/")
    officer.follow(f"Case {REFERENCE}")
    expect(officer.page.get_by_role("main")).to_contain_text("Two actions without a day.")
    officer.page.get_by_label("Your answer").fill("They have days now.")
    officer.press("I have read it")
    expect(officer.page.get_by_role("main")).to_contain_text("That you know of it is on record")
    page.goto(audit)
    page.get_by_role("link", name=REFERENCE, exact=True).click()
    expect(main).to_contain_text("They have days now.")
    assert desk.complaints == []


def test_axe_finds_nothing_on_feedback(open_desk: OpenDesk) -> None:
    officer = open_desk("n.police1")
    officer.page.goto("/case-audits/feedback/")
    assert faults(officer.page) == []
    officer.follow(f"Case {REFERENCE}")
    assert faults(officer.page) == []
