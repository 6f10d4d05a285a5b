"""Finding a case: by a name as it was heard, an alias, a reference, a PNC or a CRN, and nothing of it in an address."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenDesk
from tests.e2e.desk import Desk

NAME = "Bartholomew Sample Wetherspoon-Example"


@pytest.mark.parametrize(
    "typed",
    [
        "Wetherspoon",
        "wetherspoon bartholomew",
        "Bartholomew Wetherspoon-Example",
        "Wetherspon",
        "Whetherspoon",
        "Bartholomew Wethersp",
        "Longshanks",
        "bertie longshanks",
        "FIND-01",
        "find01",
        "71/9042X",
        "719042x",
        "X904217",
    ],
)
def test_a_case_is_found_by(officer: Desk, typed: str) -> None:
    officer.find(typed)
    expect(officer.heading).to_have_text("Cases found")
    expect(officer.page.locator(".om-result__name a").first).to_have_text(NAME)
    assert officer.page.url.endswith("/find/?page=1")
    expect(officer.page.get_by_label("Name, case reference, PNC or CRN")).to_have_value(typed)


def test_an_alias_is_named_beside_the_name(officer: Desk) -> None:
    officer.find("Longshanks")
    expect(officer.page.locator(".om-result").first).to_contain_text("Bertie Longshanks-Invented")


def test_no_name_and_no_number_stands_in_any_address_on_the_way_to_the_case(officer: Desk) -> None:
    asked: list[str] = []
    officer.page.on("request", lambda request: asked.append(request.url.casefold()))
    officer.find("71/9042X Wetherspoon")
    officer.find("Wetherspoon")
    officer.page.locator(".om-result__name a").first.click()
    expect(officer.heading).to_have_text("Front sheet")
    for address in asked:
        for secret in ("wetherspoon", "bartholomew", "9042", "find-01"):
            assert secret not in address
    assert "Wetherspoon" not in officer.page.title()


def test_what_nobody_is_called_finds_nothing_and_says_what_to_try(officer: Desk) -> None:
    officer.find("Qqqxyzzy")
    expect(officer.page.get_by_role("main")).to_contain_text("No case found in your area")
    expect(officer.page.get_by_role("main")).to_contain_text("Try the family name by itself")


def test_an_empty_box_is_refused(officer: Desk) -> None:
    officer.find("  ")
    expect(officer.errors).to_contain_text("Enter a name, case reference, PNC or CRN")
    assert officer.page.title() == "Error: Find a case – OpenMAPPA"


def test_a_case_of_another_area_is_not_found_and_its_address_says_no_more_than_a_wrong_one(
    open_desk: OpenDesk,
) -> None:
    ours = open_desk("n.police1")
    address = ours.open_case("FIND-01")
    theirs = open_desk("e.police1")
    theirs.find("Wetherspoon")
    expect(theirs.page.get_by_role("main")).to_contain_text("No case found in your area")
    theirs.page.goto(address)
    unseen = theirs.page.get_by_role("main").inner_text()
    theirs.page.goto("/cases/00000000-0000-4000-8000-000000000000/")
    assert theirs.page.get_by_role("main").inner_text() == unseen
    expect(theirs.heading).to_have_text("Page not found")


def test_the_back_button_leads_from_a_case_to_the_results_again(officer: Desk) -> None:
    officer.find("Wetherspoon")
    officer.page.locator(".om-result__name a").first.click()
    expect(officer.heading).to_have_text("Front sheet")
    officer.page.go_back()
    expect(officer.page.locator(".om-result__name a").first).to_contain_text("Wetherspoon-Example")
