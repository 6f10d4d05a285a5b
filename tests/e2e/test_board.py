"""A board member's path in a real browser: a live table, one row over time, on a narrow screen, and on paper."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.caseload import Record, ago
from tests.e2e.conftest import NARROW, OpenDesk
from tests.e2e.test_accessibility import faults
from tests.support.server import Server

FACTS: list[Record] = [
    {"kind": "order_started", "on": ago(400).isoformat(), "order": "community_order"},
    {"kind": "plan_reviewed", "on": ago(300).isoformat()},
]


@pytest.fixture(scope="module", autouse=True)
def cases(server: Server, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nine cases of the area whose plans were reviewed once and then no more."""
    lines: list[Record] = [{"format": "openmappa-caseload/1", "source": "board-tests", "made_on": ago(0).isoformat()}]
    for number in range(1, 10):
        person = {"given_names": "Sample", "family_name": f"Tablecase-{number}", "born_on": "1971-05-03"}
        lines.append(
            {
                "case": f"BOARD-{number}",
                "area": "northshire",
                "force": "A",
                "person": {**person, "aliases": [], "sex": "male", "ethnicity": "white_british"},
                "staff": {"case_manager": "n.probation1", "police_officer": "n.police1"},
                "facts": FACTS,
            }
        )
    file = Path(tmp_path_factory.mktemp("board"), "caseload.jsonl")
    file.write_text("\n".join(json.dumps(line) for line in lines) + "\n", encoding="utf-8")
    server.manage("import_caseload", str(file))


def test_a_board_member_asks_for_a_table_without_javascript_and_prints_it(open_desk: OpenDesk) -> None:
    desk = open_desk("n.board", scripts=False, viewport=NARROW)
    desk.page.goto("/")
    desk.follow("Live tables")
    expect(desk.heading).to_have_text("How the standards are kept")
    desk.page.get_by_role("link", name="Over time").first.click()
    expect(desk.heading).to_contain_text("Live tables")
    desk.page.get_by_label("Standard", exact=True).select_option("plan-review")
    desk.page.get_by_label("Rows").select_option("band")
    desk.press("Show the table")
    main = desk.page.get_by_role("main")
    expect(main).to_contain_text("95% from")
    expect(main).to_contain_text("No band yet")
    expect(main).not_to_contain_text("Tablecase")
    expect(main.get_by_role("link", name="Cases not on time")).to_have_count(0)
    expect(desk.page.get_by_role("img", name="On time: ")).to_have_count(1)
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    desk.page.emulate_media(media="print")
    expect(desk.page.get_by_role("img", name="On time: ")).to_have_count(0)
    expect(main.get_by_text("Hidden", exact=True).locator("visible=true")).not_to_have_count(0)


def test_axe_finds_nothing_in_a_narrow_table(open_desk: OpenDesk) -> None:
    desk = open_desk("n.board", viewport=NARROW)  # axe waits for ever where scripts are off
    desk.page.goto("/tables/?standard=plan-review&by=band")
    expect(desk.page.get_by_role("main")).to_contain_text("No band yet")
    assert faults(desk.page) == []


def test_a_coordinator_reads_a_row_over_time_and_its_cases(open_desk: OpenDesk) -> None:
    desk = open_desk("n.coordinator")
    desk.page.goto("/tables/")
    assert faults(desk.page) == []
    row = desk.page.get_by_role("row").filter(has=desk.page.get_by_role("link", name="Cases not on time")).first
    row.get_by_role("link", name="Over time").click()
    expect(desk.page.get_by_role("heading", level=2, name="Over time: ")).to_be_visible()
    expect(desk.page.get_by_text("All the others", exact=True)).to_be_visible()
    assert faults(desk.page) == []
    desk.page.get_by_role("link", name="Cases not on time").first.click()
    expect(desk.heading).to_contain_text("Cases not on time")
    assert faults(desk.page) == []
    assert desk.complaints == []


def test_a_board_member_has_a_past_day_worked_out_and_reads_it_without_javascript(
    open_desk: OpenDesk, server: Server
) -> None:
    desk = open_desk("n.board", scripts=False, viewport=NARROW)
    desk.page.goto("/tables/report/")
    expect(desk.heading).to_have_text("Tables of the report")
    day = ago(40)
    desk.page.get_by_label("Reading").select_option("stood")
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        desk.page.get_by_label(part, exact=True).fill(str(value))
    desk.press("Show")
    main = desk.page.get_by_role("main")
    expect(main).to_contain_text("not worked out yet")
    desk.press("Work it out")
    expect(main).to_contain_text("being worked out")
    server.manage("work_out_past_days")
    desk.follow("Look again")
    expect(main).to_contain_text("by what is known now")
    expect(main.get_by_role("table", name="Table 7: visits planned and made")).to_be_visible()
    expect(main).not_to_contain_text("Tablecase")
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_axe_finds_nothing_in_tables_of_the_report_nor_in_groups(open_desk: OpenDesk) -> None:
    desk = open_desk("n.coordinator")
    past = "?reading=known&on-day={0.day}&on-month={0.month}&on-year={0.year}".format(ago(30))
    cases = "/tables/report/cases/?of=delay&key=isp-start&more=5&months=24"
    for address in (
        "/tables/report/",
        "/tables/groups/",
        "/tables/groups/?by=sex&what=breach",
        "/tables/staff/",
        f"/tables/{past}",
        cases,
    ):
        desk.page.goto(address)
        assert faults(desk.page) == [], address
    expect(desk.page.get_by_role("navigation", name="Breadcrumb")).to_contain_text("Tables of the report")
    expect(desk.page.get_by_role("main")).to_contain_text("BOARD-1")
