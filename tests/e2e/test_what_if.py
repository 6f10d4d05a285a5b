"""A board member asks what other standards would cost, without JavaScript and on a narrow screen."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.caseload import Record, ago
from tests.e2e.conftest import NARROW, OpenDesk
from tests.e2e.test_accessibility import faults
from tests.support.server import Server


@pytest.fixture(scope="module", autouse=True)
def cases(server: Server, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Three cases of the area whose plans are reviewed."""
    lines: list[Record] = [{"format": "openmappa-caseload/1", "source": "what-if", "made_on": ago(0).isoformat()}]
    for number in range(1, 4):
        person = {"given_names": "Sample", "family_name": f"Whatcase-{number}", "born_on": "1971-05-03"}
        lines.append(
            {
                "case": f"WHATIF-{number}",
                "area": "northshire",
                "force": "A",
                "person": {**person, "aliases": [], "sex": "male", "ethnicity": "white_british"},
                "staff": {"case_manager": "n.probation1", "police_officer": "n.police1"},
                "facts": [
                    {"kind": "order_started", "on": ago(400).isoformat(), "order": "community_order"},
                    {"kind": "plan_reviewed", "on": ago(30).isoformat()},
                ],
            }
        )
    file = Path(tmp_path_factory.mktemp("what-if"), "caseload.jsonl")
    file.write_text("\n".join(json.dumps(line) for line in lines) + "\n", encoding="utf-8")
    server.manage("import_caseload", str(file))


def test_a_board_member_asks_waits_and_reads_without_javascript(open_desk: OpenDesk, server: Server) -> None:
    desk = open_desk("n.board", scripts=False, viewport=NARROW)
    desk.page.goto("/tables/")
    desk.follow("What if")
    desk.follow("Ask a question")
    desk.page.get_by_label("Name of the question").fill("Plans every twelve weeks")
    desk.page.get_by_text("Draft A: meetings, reviews").click()
    desk.page.locator("#id_a-plan-review").fill("12")
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    desk.press("Work it out")
    main = desk.page.get_by_role("main")
    expect(main).to_contain_text("It waits for its turn")
    expect(main.get_by_role("progressbar")).to_have_count(1)
    server.manage("work_out_what_if")
    desk.follow("Look again")
    expect(main).to_contain_text("Supervision plan review: 16 weeks → 12 weeks.")
    expect(main).to_contain_text("counted here and not named to you")
    expect(main.get_by_role("img", name="Hours of work by month: Now, Draft A")).to_have_count(1)
    expect(main).not_to_contain_text("Whatcase")
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_axe_finds_nothing_wide_or_narrow(open_desk: OpenDesk, server: Server) -> None:
    desk = open_desk("n.coordinator")
    desk.page.goto("/tables/what-if/ask/")
    assert faults(desk.page) == []
    desk.page.get_by_label("Name of the question").fill("Two drafts")
    desk.press("Work it out")
    expect(desk.page.get_by_role("main")).to_contain_text("Change at least one number of draft A")
    assert faults(desk.page) == []
    desk.page.locator("#id_a-visit-interval-A-high").fill("1")
    desk.page.get_by_text("A second draft, to stand beside the first").click()
    desk.page.get_by_text("Draft B: meetings, reviews").click()
    desk.page.locator("#id_b-plan-review").fill("12")
    desk.press("Work it out")
    expect(desk.page.get_by_role("main")).to_contain_text("Being worked out")
    assert faults(desk.page) == []
    server.manage("work_out_what_if")
    desk.page.reload()
    expect(desk.page.get_by_role("main")).to_contain_text("Hours by month")
    assert faults(desk.page) == []
    address = desk.page.url
    for page in (address, f"{address}?by=area", f"{address}export/", "/tables/what-if/", "/tables/what-if/ask/"):
        desk.page.goto(page)
        assert faults(desk.page) == []
    assert desk.complaints == []
