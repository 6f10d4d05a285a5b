"""In a real browser: a civil order from its application to its breach, and a recall; narrow, or without scripts."""

import json
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.caseload import Record, ago
from tests.e2e.conftest import NARROW, OpenDesk
from tests.e2e.desk import Desk
from tests.e2e.test_accessibility import faults
from tests.support.server import Server

OFFICER, MANAGER = "n.police1", "n.probation1"
LINES = "Not to be alone with anybody under 16.\nNot to enter Sample Park."


@pytest.fixture(scope="module", autouse=True)
def case(server: Server, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A case on licence of the first officer."""
    person = {"given_names": "Sample", "family_name": "Ordercase", "born_on": "1972-06-04"}
    lines: list[Record] = [
        {"format": "openmappa-caseload/1", "source": "order-tests", "made_on": str(ago(0))},
        {
            "case": "ORDER-1",
            "area": "northshire",
            "force": "A",
            "person": {**person, "aliases": [], "sex": "male", "ethnicity": "white_british"},
            "staff": {"case_manager": MANAGER, "police_officer": OFFICER},
            "facts": [
                {"kind": "registered", "on": ago(900).isoformat()},
                {"kind": "order_started", "on": ago(800).isoformat(), "order": "licence"},
            ],
        },
    ]
    file = Path(tmp_path_factory.mktemp("orders"), "caseload.jsonl")
    file.write_text("\n".join(json.dumps(line) for line in lines) + "\n", encoding="utf-8")
    server.manage("import_caseload", str(file))


def fill_day(desk: Desk, question: str, day: date) -> None:
    group = desk.page.get_by_role("group", name=question)
    for box, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(box, exact=True).fill(str(value))


def looked_at(desk: Desk) -> None:
    """Nothing is wrong for anybody, and nothing is wider than the page."""
    assert faults(desk.page) == []
    width = desk.page.viewport_size["width"] if desk.page.viewport_size else 0
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_order_from_its_application_to_its_breach_at_320_px(open_desk: OpenDesk) -> None:
    desk = open_desk(OFFICER, viewport=NARROW)
    base = desk.open_case("ORDER-1")
    main = desk.page.get_by_role("main")
    desk.page.goto(f"{base}orders/")
    expect(main).to_contain_text("No civil order is recorded")
    looked_at(desk)
    desk.follow("Record an application")
    desk.press("Save")
    expect(desk.errors).to_be_visible()
    looked_at(desk)
    desk.page.get_by_label("Sexual Harm Prevention Order").check()
    fill_day(desk, "Day of the application", ago(60))
    desk.page.get_by_label("Who applied").fill("Northshire Police")
    desk.press("Save")
    expect(desk.page.get_by_role("alert")).to_contain_text("The order is recorded")
    desk.page.get_by_role("link", name="Record: order made").click()
    fill_day(desk, "Day on which the order was made", ago(40))
    desk.page.get_by_label("Until a day").check()
    fill_day(desk, "Last day", ago(-100))
    desk.page.get_by_label("What it prohibits or requires").fill(LINES)
    desk.press("Save")
    expect(desk.errors).to_contain_text("This order lasts at least 5 years")
    looked_at(desk)
    fill_day(desk, "Last day", date(date.today().year + 6, 1, 1))
    desk.press("Save")
    expect(main).to_contain_text("Not to enter Sample Park.")
    desk.page.get_by_role("link", name="Record a breach").click()
    fill_day(desk, "Day of the breach", ago(5))
    desk.page.get_by_label("What did the person do?").fill("Was seen in Sample Park.")
    looked_at(desk)
    desk.press("Save")
    expect(main).to_contain_text("Was seen in Sample Park.")
    desk.page.get_by_text("All that happened").click()
    looked_at(desk)
    desk.page.goto(base)
    expect(main).to_contain_text("Not to be alone with anybody under 16.")
    looked_at(desk)


def test_a_recall_to_the_return_without_javascript(open_desk: OpenDesk) -> None:
    desk = open_desk(MANAGER, scripts=False)
    base = desk.open_case("ORDER-1")
    main = desk.page.get_by_role("main")
    desk.page.goto(f"{base}orders/")
    desk.follow("Record a request for recall")
    fill_day(desk, "Day on which recall was asked for", ago(6))
    desk.page.get_by_label("Out of touch").check()
    desk.page.get_by_label("What happened?").fill("Left the approved premises.")
    desk.press("Save")
    desk.page.get_by_role("link", name="Record the decision").click()
    desk.page.get_by_label("The licence was revoked").check()
    fill_day(desk, "Day of the decision", ago(5))
    desk.press("Save")
    expect(main).to_contain_text("Unlawfully at large")
    desk.page.goto(base)
    expect(main).to_contain_text("Unlawfully at large")
    desk.page.goto(f"{base}orders/")
    desk.page.get_by_role("link", name="Record the return to custody").click()
    fill_day(desk, "Day of the return", ago(1))
    desk.press("Save")
    expect(main).to_contain_text("Returned to custody")
    desk.page.goto(base)
    expect(main).to_contain_text("In custody since")
