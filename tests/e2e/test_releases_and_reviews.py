"""In a real browser: a prison gives notice and the area answers; a temporary move; a review with a partner's page."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.caseload import Record, ago
from tests.e2e.conftest import NARROW, OpenDesk
from tests.e2e.desk import Desk
from tests.e2e.test_accessibility import faults
from tests.support.server import Server

PRISON, COORDINATOR, OFFICER, HOUSING = "n.prison", "n.coordinator", "n.police1", "n.housing"
FACTS: list[Record] = [
    {"kind": "registered", "on": ago(900).isoformat()},
    {"kind": "order_started", "on": ago(800).isoformat(), "order": "licence"},
    {"kind": "mappa_level_set", "on": ago(700).isoformat(), "level": 2, "category": 1},
    {"kind": "custody_started", "on": ago(200).isoformat()},
]


@pytest.fixture(scope="module", autouse=True)
def cases(server: Server, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Three cases of the first officer: in custody, to go away, and charged."""
    lines: list[Record] = [{"format": "openmappa-caseload/1", "source": "movement-tests", "made_on": str(ago(0))}]
    for number, facts in (("1", FACTS), ("2", FACTS[:3]), ("3", FACTS[:3])):
        person = {"given_names": "Sample", "family_name": f"Movecase-{number}", "born_on": "1972-06-04"}
        lines.append(
            {
                "case": f"MOVE-{number}",
                "area": "northshire",
                "force": "A",
                "person": {**person, "aliases": [], "sex": "male", "ethnicity": "white_british"},
                "staff": {"case_manager": "n.probation1", "police_officer": OFFICER},
                "facts": facts,
            }
        )
    file = Path(tmp_path_factory.mktemp("movements"), "caseload.jsonl")
    file.write_text("\n".join(json.dumps(line) for line in lines) + "\n", encoding="utf-8")
    server.manage("import_caseload", str(file))


def fill_day(desk: Desk, question: str, day: date) -> None:
    group = desk.page.get_by_role("group", name=question)
    for box, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(box, exact=True).fill(str(value))


def in_days(days: int) -> date:
    return date.today() + timedelta(days=days)


def test_a_prison_gives_notice_the_coordinator_matches_it_and_the_officer_acknowledges(open_desk: OpenDesk) -> None:
    prison, coordinator, officer = open_desk(PRISON), open_desk(COORDINATOR), open_desk(OFFICER)
    prison.page.goto("/")
    prison.follow("Planned releases")
    prison.follow("Give notice of a release")
    prison.press("Give notice")
    expect(prison.errors).to_be_visible()
    assert faults(prison.page) == []
    prison.page.get_by_label("Full name of the person").fill("Sample Movecase-1")
    fill_day(prison, "Date of birth", date(1972, 6, 4))
    fill_day(prison, "Expected day of release", in_days(10))
    prison.page.get_by_label("Area the person is going to").select_option(label="Northshire")
    prison.page.get_by_label("Address, or where in the area").fill("12 Sample Street")
    prison.press("Give notice")
    expect(prison.page.get_by_role("alert")).to_contain_text("Notice is given")
    expect(prison.page.get_by_role("main")).to_contain_text("To be matched")
    assert faults(prison.page) == []
    notice = prison.path
    coordinator.page.goto("/releases/")
    assert faults(coordinator.page) == []
    coordinator.page.goto(notice)
    coordinator.follow("Match it to a case")
    coordinator.page.get_by_label("It is about this case").check()
    coordinator.page.get_by_label("MOVE-1").check()
    assert faults(coordinator.page) == []
    coordinator.press("Save")
    expect(coordinator.page.get_by_role("alert")).to_contain_text("matched to its case")
    base = officer.open_case("MOVE-1")
    expect(officer.page.get_by_role("main")).to_contain_text("Release expected")
    officer.page.goto(notice)
    officer.page.get_by_label("What are you doing about it?").fill("I meet him at the gate.")
    officer.press("Acknowledge")
    expect(officer.page.get_by_role("alert")).to_contain_text("You have acknowledged")
    officer.page.goto(f"{base}movements/")
    assert faults(officer.page) == []
    prison.page.goto(notice)
    expect(prison.page.get_by_role("main")).to_contain_text("I meet him at the gate.")


def test_an_officer_gives_notice_of_a_move_and_the_other_area_acknowledges_without_javascript(
    open_desk: OpenDesk,
) -> None:
    officer, host = open_desk(OFFICER), open_desk("e.coordinator", scripts=False, viewport=NARROW)
    base = officer.open_case("MOVE-2")
    officer.page.goto(f"{base}movements/move/")
    officer.page.get_by_label("Staying with family or friends").check()
    fill_day(officer, "First day away", in_days(0))
    fill_day(officer, "Last day away", in_days(8))
    host_label = officer.page.locator("#id_host option").filter(has_text="Coordinator Testbury").inner_text()
    officer.page.get_by_label("Where is it?").select_option(label=host_label)
    officer.page.get_by_label("Address or place").fill("4 Sample Row")
    assert faults(officer.page) == []
    officer.press("Give notice")
    main = officer.page.get_by_role("main")
    expect(main).to_contain_text("9 days at this place")
    assert faults(officer.page) == []
    officer.page.goto(base)
    expect(main).to_contain_text("Temporarily at 4 Sample Row")
    host.page.goto("/temporary-moves/")
    host.follow("Sample Movecase-2")
    host.follow("Acknowledge, return or change")
    host.page.get_by_label("Acknowledge that you know of it").check()
    host.press("Save")
    expect(host.page.get_by_role("main")).to_contain_text("Acknowledged")
    officer.page.goto(f"{base}movements/")
    officer.follow("Acknowledge, return or change")
    officer.page.get_by_label("Record that the person is back").check()
    assert faults(officer.page) == []
    officer.press("Save")
    expect(main).to_contain_text("Returned")
    assert host.page.goto(base).status == 404  # type: ignore[union-attr]


def test_a_review_from_its_opening_to_a_lesson_with_a_partners_page(open_desk: OpenDesk) -> None:
    coordinator, housing = open_desk(COORDINATOR), open_desk(HOUSING)
    base = coordinator.open_case("MOVE-3")
    coordinator.page.goto(f"{base}further-offences/")
    assert faults(coordinator.page) == []
    coordinator.follow("Open a review")
    coordinator.page.get_by_label("Rape", exact=True).check()
    coordinator.page.get_by_label("What is alleged?").fill("An offence in a park.")
    fill_day(coordinator, "Day of the offence", ago(20))
    fill_day(coordinator, "Day of the charge", ago(2))
    assert faults(coordinator.page) == []
    coordinator.press("Open the review")
    main = coordinator.page.get_by_role("main")
    expect(main).to_contain_text("Level 2")
    expect(main).to_contain_text("Overdue then")
    assert faults(coordinator.page) == []
    review = coordinator.path
    coordinator.follow("Ask another agency")
    option = coordinator.page.locator("#id_person option").filter(has_text="Sample Housing").inner_text()
    coordinator.page.get_by_label("Who is asked?").select_option(label=option)
    assert faults(coordinator.page) == []
    coordinator.press("Ask")
    housing.page.goto("/contributions/")
    assert faults(housing.page) == []
    housing.follow("Sample Movecase-3")
    housing.page.get_by_label("Chronology").fill("1 May: rent was paid.")
    assert faults(housing.page) == []
    housing.press("Save and go on later")
    housing.page.get_by_label("What would your agency do differently?").fill("Ring the officer when rent is late.")
    housing.press("Send")
    expect(housing.page.get_by_role("alert")).to_contain_text("Your contribution is sent")
    assert faults(housing.page) == []
    coordinator.page.goto(f"{review}conclude/")
    coordinator.choose("Was the MAPPA level right?", "Yes")
    coordinator.page.get_by_label("Why?", exact=True).fill("Several agencies were needed.")
    coordinator.choose("Were the plans carried out?", "In part")
    coordinator.page.get_by_label("How do you know?").fill("Two visits were missed.")
    coordinator.page.get_by_label("Why do you conclude without what has not come?").fill("They were asked twice.")
    assert faults(coordinator.page) == []
    coordinator.press("Conclude the review")
    expect(main).to_contain_text("Two visits were missed.")
    coordinator.follow("Record one")
    coordinator.choose("What is it?", "A lesson")
    coordinator.page.get_by_label("In one sentence").fill("Visit Movecase-3 sooner.")
    coordinator.choose("For whom is it?", "Police")
    coordinator.choose("What is it about?", "Home visits and contact")
    coordinator.press("Save")
    expect(coordinator.errors).to_contain_text("would say whose case this was")
    coordinator.page.get_by_label("In one sentence").fill("Visit within two days of a release.")
    assert faults(coordinator.page) == []
    coordinator.press("Save")
    expect(main).to_contain_text("Visit within two days of a release.")
    coordinator.page.goto("/lessons/")
    lesson = coordinator.page.get_by_role("row").filter(has_text="Visit within two days of a release.")
    lesson.get_by_role("button", name="Share with the board").click()
    expect(coordinator.page.get_by_role("alert")).to_contain_text("shared with the board")
    assert faults(coordinator.page) == []
