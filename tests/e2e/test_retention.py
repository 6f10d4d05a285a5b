"""Keeping and disposing of a case in a real browser: reviewed, held, decided by one, approved by another, gone."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from openmappa.core.dates import add_months
from tests.e2e.caseload import Record, ago
from tests.e2e.conftest import NARROW, OpenDesk
from tests.e2e.desk import PASSWORD, Desk
from tests.e2e.test_accessibility import faults
from tests.support.server import Server

SOURCE = "retention-tests"
MANAGER, COORDINATOR = "n.manager.police", "n.coordinator"


def years_ago(years: int) -> str:
    return add_months(ago(0), -12 * years).isoformat()


def over() -> list[Record]:
    """An order that began ten years ago and ended eight years ago; the case was closed then."""
    return [
        {"kind": "order_started", "on": years_ago(10), "order": "community_order"},
        {"kind": "order_ended", "on": years_ago(8)},
        {"kind": "case_closed", "on": years_ago(8)},
    ]


CASES: dict[str, list[Record]] = {
    "RETAIN-01": [{"kind": "registered", "on": years_ago(12)}],
    "RETAIN-02": over(),
    "RETAIN-03": over(),
    "RETAIN-04": over(),
}


@pytest.fixture(scope="module", autouse=True)
def cases(server: Server, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The cases of these tests, brought in as a caseload file."""
    lines: list[Record] = [{"format": "openmappa-caseload/1", "source": SOURCE, "made_on": ago(0).isoformat()}]
    for reference, facts in CASES.items():
        person = {"given_names": "Sample", "family_name": f"Keepcase-{reference[-2:]}", "born_on": "1971-05-03"}
        lines.append(
            {
                "case": reference,
                "area": "northshire",
                "force": "A",
                "person": {**person, "aliases": [], "sex": "male", "ethnicity": "white_british"},
                "staff": {"case_manager": "n.probation1", "police_officer": "n.police1"},
                "facts": facts,
            }
        )
    file = Path(tmp_path_factory.mktemp("retention"), "caseload.jsonl")
    file.write_text("\n".join(json.dumps(line) for line in lines) + "\n", encoding="utf-8")
    server.manage("import_caseload", str(file))


def open_retention(desk: Desk, reference: str) -> str:
    """The retention page of a case; its address."""
    address = f"{desk.open_case(reference)}retention/"
    desk.page.goto(address)
    expect(desk.heading).to_have_text("Retention")
    return address


def decide_to_dispose(desk: Desk, reference: str) -> str:
    address = open_retention(desk, reference)
    desk.follow("Review whether to keep it")
    desk.choose("What do you decide?", "Dispose of it")
    desk.page.get_by_label("The time for keeping it is over").check()
    desk.page.get_by_label("Why, in your own words?").fill("Six years clear, and no concern was found.")
    desk.press("Record the decision")
    expect(desk.page.get_by_role("alert")).to_contain_text("waits for approval by a MAPPA coordinator")
    return address


def prove_again(desk: Desk) -> None:
    """Give the password where the last proof is too old."""
    field = desk.page.locator("input[type=password]")
    if field.count():
        field.first.fill(PASSWORD)
        desk.page.get_by_role("main").get_by_role("button").first.click()


def approve(desk: Desk, address: str) -> None:
    desk.page.goto(f"{address}approve/")
    prove_again(desk)
    expect(desk.heading).to_have_text("Approve a disposal")
    desk.choose("Do you approve the disposal?", "Approve: erase the case now")
    desk.page.get_by_label("Why, in your own words?").fill("I read the whole case.")
    desk.page.get_by_label("I understand that what is erased cannot be brought back").check()
    desk.press("Record the decision")


def test_a_manager_reviews_a_case_that_is_due_and_keeps_it_with_grounds(open_desk: OpenDesk) -> None:
    desk = open_desk(MANAGER)
    desk.page.goto("/retention/")
    expect(desk.heading).to_have_text("Reviews of retention")
    row = desk.page.get_by_role("row").filter(has_text="RETAIN-01")
    expect(row).to_contain_text("2 years late")
    row.get_by_role("link").click()
    expect(desk.page.get_by_role("main")).to_contain_text("Kept until the person is 100, on 3 May 2071.")
    expect(desk.page.get_by_role("main")).to_contain_text("remembered, confidence high: check before relying on it")
    desk.follow("Review whether to keep it")
    desk.press("Record the decision")
    assert desk.errors.get_by_role("link").all_inner_texts() == [
        "Select whether to keep it or to dispose of it",
        "Say why in your own words",
    ]
    desk.choose("What do you decide?", "Keep it")
    desk.page.get_by_label("There is evidence that the person can inflict serious harm").check()
    desk.page.get_by_label("Why, in your own words?").fill("Two convictions, and a third matter under investigation.")
    desk.press("Record the decision")
    expect(desk.page.get_by_role("alert")).to_contain_text("The decision to keep this case was recorded")
    expect(desk.page.get_by_role("main")).to_contain_text("Two convictions, and a third matter under investigation.")
    desk.page.goto("/retention/")
    expect(desk.page.get_by_role("main")).not_to_contain_text("RETAIN-01")


def test_a_hold_stops_disposal_until_it_is_lifted(open_desk: OpenDesk) -> None:
    desk = open_desk(MANAGER)
    open_retention(desk, "RETAIN-02")
    desk.follow("Hold it")
    desk.page.get_by_label("Why must it be kept?").fill("A civil claim is before the county court.")
    desk.press("Place the hold")
    expect(desk.page.get_by_role("main")).to_contain_text("This case is held: it cannot be disposed of")
    desk.follow("Review whether to keep it")
    expect(desk.page.get_by_role("main")).to_contain_text("The case is under a hold. It has to be lifted first.")
    desk.follow("Back to retention")
    desk.follow("Lift this hold")
    desk.page.get_by_label("Why is the hold over?").fill("The claim was settled.")
    desk.press("Lift the hold")
    expect(desk.page.get_by_role("main")).to_contain_text("The claim was settled.")
    expect(desk.page.get_by_role("main")).not_to_contain_text("This case is held")


def test_one_decides_another_approves_and_the_case_is_gone_for_both(open_desk: OpenDesk) -> None:
    manager, coordinator = open_desk(MANAGER), open_desk(COORDINATOR)
    address = decide_to_dispose(manager, "RETAIN-03")
    coordinator.page.goto("/retention/disposals/")
    coordinator.page.get_by_role("row").filter(has_text="RETAIN-03").get_by_role("link").click()
    coordinator.follow("Approve or refuse it")
    approve(coordinator, address)
    expect(coordinator.heading).to_have_text("Certificate of disposal")
    main = coordinator.page.get_by_role("main")
    expect(main).to_contain_text("Decided by")
    expect(main).not_to_contain_text("Keepcase-03")
    assert faults(coordinator.page) == []
    for desk in (manager, coordinator):
        assert desk.page.goto(address).status == 404  # type: ignore[union-attr]
        desk.find("RETAIN-03")
        expect(desk.page.get_by_role("main")).not_to_contain_text("Keepcase-03")
    manager.page.goto("/retention/disposals/")
    manager.page.get_by_role("table").get_by_role("link").first.click()
    expect(manager.heading).to_have_text("Certificate of disposal")


def test_every_page_works_without_javascript_and_axe_finds_nothing_at_320_pixels_too(open_desk: OpenDesk) -> None:
    manager = open_desk(MANAGER)
    address = open_retention(manager, "RETAIN-04")
    for page in ("/retention/", "/retention/disposals/", address, f"{address}review/", f"{address}hold/"):
        manager.page.goto(page)
        assert faults(manager.page) == [], page
    plain = open_desk(MANAGER, scripts=False, viewport=NARROW)
    decide_to_dispose(plain, "RETAIN-04")
    plain.follow("Withdraw it")
    assert faults(manager.page) == []
    plain.page.get_by_label("Why do you withdraw it?").fill("Too early.")
    plain.press("Withdraw it")
    expect(plain.page.get_by_role("main")).to_contain_text("The disposal was withdrawn")
    decide_to_dispose(manager, "RETAIN-04")
    coordinator = open_desk(COORDINATOR)
    coordinator.page.goto(f"{address}approve/")
    prove_again(coordinator)
    expect(coordinator.heading).to_have_text("Approve a disposal")
    assert faults(coordinator.page) == []
    coordinator.page.goto(address)
    assert faults(coordinator.page) == []
