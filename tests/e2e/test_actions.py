"""In a real browser: an officer accepts and completes an action, and a housing officer theirs, on a small screen."""

import json
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.caseload import Record, ago
from tests.e2e.conftest import NARROW, OpenDesk
from tests.e2e.desk import Desk
from tests.e2e.test_accessibility import faults
from tests.support.server import Server

COORDINATOR, OFFICER, HOUSING = "n.coordinator", "n.police1", "n.housing"
FACTS: list[Record] = [
    {"kind": "registered", "on": ago(900).isoformat()},
    {"kind": "mappa_level_set", "on": ago(700).isoformat(), "level": 2, "category": 1},
]


@pytest.fixture(scope="module", autouse=True)
def case(server: Server, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A case of the first officer."""
    head: Record = {"format": "openmappa-caseload/1", "source": "action-tests", "made_on": str(ago(0))}
    person = {"given_names": "Sample", "family_name": "Actioncase", "born_on": "1972-06-04"}
    body: Record = {
        "case": "ACTION-1",
        "area": "northshire",
        "force": "A",
        "person": {**person, "aliases": [], "sex": "male", "ethnicity": "white_british"},
        "staff": {"case_manager": "n.probation1", "police_officer": OFFICER},
        "facts": FACTS,
    }
    file = tmp_path_factory.mktemp("actions") / "caseload.jsonl"
    file.write_text(f"{json.dumps(head)}\n{json.dumps(body)}\n", encoding="utf-8")
    server.manage("import_caseload", str(file))


def agreed(desk: Desk, base: str, words: str, owner: str) -> str:
    """Agree an action whose owner's choice begins so; the address of its page."""
    desk.page.goto(f"{base}actions/new/")
    assert faults(desk.page) == []
    desk.page.get_by_label("What has to be done").fill(words)
    choices = desk.page.locator("select[name=to] option").all_inner_texts()
    label = next(each for each in choices if each.startswith(owner))
    desk.page.get_by_label("Person or agency who does it").select_option(label=label)
    desk.page.get_by_label("Today").check()
    group = desk.page.get_by_role("group", name="Date it is due")
    due = date.today() + timedelta(days=7)
    for box, value in (("Day", due.day), ("Month", due.month), ("Year", due.year)):
        group.get_by_label(box, exact=True).fill(str(value))
    desk.press("Agree the action")
    expect(desk.page.get_by_role("main")).to_contain_text(words)
    return desk.path


def named(desk: Desk) -> str:
    """The full name of whoever is signed in, as the head of the page has it."""
    desk.page.goto("/")
    return desk.page.locator(".om-header__who a.om-header__you").last.inner_text().strip()


def completed(desk: Desk, evidence: str) -> None:
    desk.page.get_by_role("button", name="Complete the action").click()
    desk.page.get_by_label("Today").check()
    desk.page.get_by_label("What was done").fill(evidence)
    assert faults(desk.page) == []
    desk.press("Complete the action")
    expect(desk.page.get_by_role("main")).to_contain_text(evidence)
    assert faults(desk.page) == []


def test_an_officer_and_a_housing_officer_each_do_their_own_action(open_desk: OpenDesk) -> None:
    coordinator, officer = open_desk(COORDINATOR), open_desk(OFFICER)
    housing = open_desk(HOUSING, viewport=NARROW)
    base = coordinator.open_case("ACTION-1")
    first = agreed(coordinator, base, "Visit the school and speak to its head", named(officer))
    second = agreed(coordinator, base, "Find a flat away from the school", named(housing))
    officer.page.goto(first)
    assert faults(officer.page) == []
    officer.page.get_by_role("button", name="Accept the action").click()
    officer.press("Accept the action")
    expect(officer.page.get_by_role("main")).to_contain_text("Accepted")
    completed(officer, "Seen on Tuesday, letter on file")
    officer.page.goto(f"{base}plans/")
    expect(officer.page.get_by_role("main")).to_contain_text("Find a flat away from the school")
    housing.page.goto("/actions/")
    expect(housing.page.get_by_role("main")).to_contain_text("Find a flat away from the school")
    assert faults(housing.page) == []
    housing.page.goto(second)
    main = housing.page.get_by_role("main")
    expect(main).to_contain_text("ACTION-1")
    expect(main).not_to_contain_text("Actioncase")
    completed(housing, "Let from Monday, agreement signed")
    assert faults(housing.page) == []
    housing.page.goto(first)
    expect(housing.page.get_by_role("heading", level=1)).not_to_contain_text("Action")
