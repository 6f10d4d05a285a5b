"""A coordinator's path in a real browser: the desk, a list, a day drafted and called, the figures, a case."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.caseload import Record, ago
from tests.e2e.conftest import NARROW, OpenDesk
from tests.e2e.test_accessibility import faults
from tests.support.server import Server

COORDINATOR, BOARD = "n.coordinator", "n.board"
LISTS = (
    "referrals",
    "reviews",
    "minutes",
    "actions",
    "left",
    "level-3",
    "other-meetings",
    "releases",
    "moves",
    "transfers",
)


def day(days: int) -> str:
    return ago(days).isoformat()


FACTS: list[Record] = [
    {"kind": "order_started", "on": day(400), "order": "community_order"},
    {"kind": "mappa_level_set", "on": day(390), "level": 2, "category": 1},
    {"kind": "mappa_meeting_held", "on": day(350), "level": 2},
    {"kind": "action_agreed", "on": day(350), "action": "A1", "service": "police", "due_on": day(300)},
    {"kind": "minutes_filed", "on": day(340), "service": "probation"},
]


@pytest.fixture(scope="module", autouse=True)
def cases(server: Server, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nine Level 2 cases of the area whose review is long overdue."""
    head: Record = {"format": "openmappa-caseload/1", "source": "coordination-tests", "made_on": ago(0).isoformat()}
    lines: list[Record] = [head]
    for number in range(1, 10):
        person = {"given_names": "Sample", "family_name": f"Deskcase-{number}", "born_on": "1971-05-03"}
        lines.append(
            {
                "case": f"DESK-{number}",
                "area": "northshire",
                "force": "A",
                "person": {**person, "aliases": [], "sex": "male", "ethnicity": "white_british"},
                "staff": {"case_manager": "n.probation1", "police_officer": "n.police1"},
                "facts": FACTS,
            }
        )
    file = Path(tmp_path_factory.mktemp("coordination"), "caseload.jsonl")
    file.write_text("\n".join(json.dumps(line) for line in lines) + "\n", encoding="utf-8")
    server.manage("import_caseload", str(file))


def test_a_coordinator_drafts_a_day_of_eight_in_one_click_and_calls_it(open_desk: OpenDesk) -> None:
    desk = open_desk(COORDINATOR)
    desk.page.goto("/")
    desk.follow("Coordinator’s desk")
    expect(desk.heading).to_have_text("Coordinator’s desk")
    assert faults(desk.page) == []
    desk.page.get_by_role("button", name="Draft a day of 8 cases").click()
    boxes = desk.page.get_by_role("group", name="Cases").get_by_role("checkbox")
    expect(boxes).to_have_count(8)
    assert [box.is_checked() for box in boxes.all()] == [True] * 8
    assert faults(desk.page) == []
    boxes.first.uncheck()
    desk.page.get_by_label("Place").fill("Civic Centre")
    desk.page.get_by_label("Time it begins").fill("ten")
    desk.press("Call this sitting")
    expect(desk.errors).to_contain_text("Enter the time with hours and minutes, like 10:00")
    expect(desk.page.get_by_role("group", name="Cases").get_by_role("checkbox").first).not_to_be_checked()
    desk.page.get_by_label("Time it begins").fill("9:30")
    desk.press("Call this sitting")
    expect(desk.page.locator(".om-saved")).to_contain_text("The sitting is called")
    expect(desk.page.get_by_role("main")).to_contain_text("Civic Centre")
    expect(desk.page.locator("main tbody tr")).to_have_count(7)
    assert faults(desk.page) == []
    assert desk.complaints == []


def test_every_list_and_the_figures_pass_axe_wide_and_narrow(open_desk: OpenDesk) -> None:
    desk = open_desk(COORDINATOR)
    pages = [f"lists/{what}/" for what in LISTS]
    for page in (*pages, "meetings/", "attendance/", "figures/", "figures/police_file/?which=no", "figures/export/"):
        desk.page.goto(f"/coordination/{page}")
        expect(desk.heading).to_be_visible()
        assert faults(desk.page) == [], page


def test_the_page_of_a_case_says_what_is_not_being_done(open_desk: OpenDesk) -> None:
    desk = open_desk(COORDINATOR)
    base = desk.open_case("DESK-9")
    desk.page.goto(f"{base}mappa/")
    main = desk.page.get_by_role("main")
    expect(main).to_contain_text("4 things are not being done")
    expect(main).to_contain_text("Action A1 is past the day agreed")
    expect(main).to_contain_text("Minutes on the police file: not since the meeting of")
    assert faults(desk.page) == []


def test_a_board_member_reads_figures_without_a_name_on_a_small_screen_without_javascript(open_desk: OpenDesk) -> None:
    desk = open_desk(BOARD, scripts=False, viewport=NARROW)
    desk.page.goto("/coordination/figures/")
    main = desk.page.get_by_role("main")
    expect(main).to_contain_text("Minutes on the police file")
    expect(main).to_contain_text("95% from")
    expect(main).not_to_contain_text("Deskcase")
    expect(main.get_by_role("link", name="Show cases")).to_have_count(0)
