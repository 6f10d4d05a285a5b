"""Joining, moving, leaving, cover and confirming in a real browser: with and without scripts, wide and narrow."""

import itertools
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NARROW, OpenDesk
from tests.e2e.desk import Desk
from tests.e2e.test_accessibility import faults

ADMINISTRATOR, MANAGER = "admin", "n.manager.police"
NUMBERS = itertools.count(1)
CHOSEN = "three-made-up-words"


def add(desk: Desk, username: str, name: str) -> str:
    """Put somebody forward as a police officer of the first unit; the address of their page."""
    desk.page.goto("/people/")
    desk.follow("Add a person")
    desk.page.get_by_label("Full name").fill(name)
    desk.page.get_by_label("User name").fill(username)
    desk.page.get_by_label("Police officer", exact=True).check()
    desk.page.get_by_label("Rank or grade").select_option("constable")
    desk.page.get_by_label("Unit", exact=True).select_option(index=1)
    desk.page.get_by_label("Reason").fill("Joins the unit this week")
    desk.press("Ask for confirmation")
    expect(desk.heading).to_have_text(name)
    expect(desk.page.get_by_role("main")).to_contain_text("A second person has to confirm this")
    return desk.path


def confirm(desk: Desk, name: str) -> None:
    """Say as the second person that this is right."""
    desk.page.goto("/people/waiting/")
    desk.follow(name)
    expect(desk.page.get_by_role("main")).to_contain_text("What they could open then")
    desk.choose("Your decision", "Confirm: this is right, and I know the person")
    desk.press("Save decision")
    expect(desk.page.get_by_role("main")).to_contain_text("Confirmed. It holds from their next request on.")


def joined(open_desk: OpenDesk) -> tuple[str, str, str]:
    """Somebody new with access: their user name, their name, and the address of their page."""
    number = next(NUMBERS)
    username, name = f"n.joiner{number}", f"Officer Joiner-{number} Sampleton"
    page = add(open_desk(ADMINISTRATOR, fresh=True), username, name)
    confirm(open_desk(MANAGER, fresh=True), name)
    return username, name, page


def code_for(desk: Desk, page: str) -> str:
    """Make a set-up code as the line manager."""
    desk.page.goto(page)
    desk.follow("Make a set-up code")
    desk.press("Make the code")
    expect(desk.heading).to_have_text("Set-up code")
    return desk.page.locator(".om-code").inner_text()


def set_up(desk: Desk, username: str, code: str) -> None:
    """Choose a password with a code, coming from the sign-in page."""
    desk.page.goto("/sign-in/")
    desk.follow("I have a set-up code")
    desk.page.get_by_label("User name").fill(username)
    desk.page.get_by_label("Set-up code").fill(code.lower())
    desk.page.locator("input[name=password]").fill(CHOSEN)
    desk.press("Set my password")
    expect(desk.heading).to_have_text("Your password is set")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_joining_to_leaving(open_desk: OpenDesk, scripts: bool) -> None:
    username, name, page = joined(open_desk)
    manager = open_desk(MANAGER, fresh=True, scripts=scripts)
    code = code_for(manager, page)
    newcomer = open_desk(scripts=scripts)
    set_up(newcomer, username, code)
    newcomer.sign_in(username, CHOSEN)
    expect(newcomer.heading).to_have_text("My worklist")

    manager.page.goto(page)
    manager.follow("End access")
    manager.press("End access now")
    expect(manager.errors).to_contain_text("Enter the reason")
    manager.page.get_by_label("Why does the access end?").fill("Left the force")
    manager.press("End access now")
    expect(manager.page.get_by_role("main")).to_contain_text("Every session of theirs is over")

    newcomer.page.goto("/")
    expect(newcomer.heading).to_have_text("Sign in")
    newcomer.sign_in(username, CHOSEN)
    expect(newcomer.errors).to_contain_text("not right")
    expect(manager.page.get_by_role("heading", level=1)).to_have_text(name)


def test_a_change_by_somebody_else_meanwhile_is_shown_and_nothing_is_lost(open_desk: OpenDesk) -> None:
    _, name, page = joined(open_desk)
    first, second = open_desk(ADMINISTRATOR, fresh=True), open_desk(ADMINISTRATOR, fresh=True)
    for desk in (first, second):
        desk.page.goto(page)
        desk.follow("Change role or unit")
        desk.page.get_by_label("Reason").fill("A new rank")
    first.page.get_by_label("Full name").fill(f"{name} Married")
    first.press("Save")
    expect(first.heading).to_have_text(f"{name} Married")
    second.page.get_by_label("Rank or grade").select_option("sergeant")
    second.press("Save")
    panel = second.page.locator(".om-conflict")
    expect(panel).to_be_focused()
    expect(panel).to_contain_text(f"name from “{name}” to “{name} Married”")
    expect(second.page.get_by_label("Rank or grade")).to_have_value("sergeant")
    assert faults(second.page) == []
    second.page.get_by_label("Full name").fill(f"{name} Married")
    second.press("Save mine all the same")
    expect(second.page.get_by_role("main")).to_contain_text("Saved. It holds from their next request on.")
    expect(second.page.get_by_role("region", name="Post")).to_contain_text("Sergeant")


def test_cover_is_arranged_seen_by_who_covers_and_ended(open_desk: OpenDesk) -> None:
    manager, officer = open_desk(MANAGER, fresh=True), open_desk("n.police1", fresh=True, viewport=NARROW)
    manager.page.goto("/cover/")
    manager.follow("Arrange cover")
    manager.press("Arrange cover")
    expect(manager.errors).to_contain_text("Choose who is absent")
    assert faults(manager.page) == []
    absent = manager.page.get_by_label("Who is absent")
    absent.select_option(label=absent.locator("option", has_text="Officer Two Sampleton").inner_text())
    covering = manager.page.get_by_label("Who covers for them")
    covering.select_option(label=covering.locator("option", has_text="Officer One Sampleton").inner_text())
    manager.another_day("Last day", date.today() + timedelta(days=6))
    manager.page.get_by_label("Reason").fill("Annual leave, made up")
    manager.press("Arrange cover")
    expect(manager.page.get_by_role("main")).to_contain_text("Cover arranged")
    assert faults(manager.page) == []

    officer.page.goto("/you/")
    officer.follow("Who covers for you, and for whom you cover")
    expect(officer.page.get_by_role("main")).to_contain_text("Annual leave, made up")
    assert faults(officer.page) == []

    manager.page.get_by_role("row").filter(has_text="Annual leave, made up").get_by_role("link", name="End").click()
    assert faults(manager.page) == []
    manager.page.get_by_label("Why does it end early?").fill("Back early")
    manager.press("End cover now")
    expect(manager.page.get_by_role("main")).not_to_contain_text("Annual leave, made up")


def test_access_is_confirmed_from_the_list_and_the_list_comes_as_a_file(open_desk: OpenDesk) -> None:
    manager = open_desk(MANAGER, fresh=True)
    manager.page.goto("/people/")
    manager.follow("To confirm")
    expect(manager.heading).to_have_text("Access to confirm")
    manager.page.get_by_role("link", name="Look and confirm Officer Three Sampleton").click()
    expect(manager.page.get_by_role("main")).to_contain_text("What they can open today")
    assert faults(manager.page) == []
    manager.press("Confirm: they still need this")
    expect(manager.page.get_by_role("main")).to_contain_text("You have confirmed what they can open.")
    manager.page.goto("/people/to-confirm/")
    expect(manager.page.get_by_role("link", name="Look and confirm Officer Three Sampleton")).to_have_count(0)
    with manager.page.expect_download() as download:
        manager.press("Download everybody (CSV)")
    assert download.value.suggested_filename == f"access-{date.today().isoformat()}.csv"
    assert "Officer Three Sampleton" in download.value.path().read_text(encoding="utf-8-sig")


def test_a_person_is_found_and_the_name_stands_in_no_address(open_desk: OpenDesk) -> None:
    desk = open_desk(ADMINISTRATOR, fresh=True)
    desk.page.goto("/people/")
    desk.page.get_by_label("Name or user name").fill("four")
    desk.press("Find")
    expect(desk.page.get_by_role("table")).to_contain_text("Officer Four Sampleton")
    expect(desk.page.get_by_role("table")).not_to_contain_text("Officer One Sampleton")
    assert desk.page.url.endswith("/people/?page=1")
    desk.follow("Officer Four Sampleton")
    desk.page.go_back()
    expect(desk.page.get_by_label("Name or user name")).to_have_value("four")


def test_cases_are_handed_over_by_ticking_them(open_desk: OpenDesk) -> None:
    manager = open_desk(MANAGER, fresh=True)
    manager.page.goto("/people/")
    manager.follow("Officer Four Sampleton")
    manager.follow("Hand over cases")
    main = manager.page.get_by_role("main")
    manager.choose("Which cases", "Those I tick")
    expect(manager.page.locator("input[name=cases]").first).to_be_visible()
    assert faults(manager.page) == []
    manager.press("Hand over")
    expect(manager.errors).to_contain_text("Tick at least one case")
    assert faults(manager.page) == []
    before = manager.page.locator("input[name=cases]").count()
    manager.page.locator("input[name=cases]").first.check()
    to = manager.page.get_by_label("Who takes them over")
    to.select_option(label=to.locator("option", has_text="Officer Three Sampleton").inner_text())
    manager.page.get_by_label("Reason").fill("Long-term leave, made up")
    manager.press("Hand over")
    expect(main).to_contain_text("Handed over. They have been told.")
    assert manager.page.locator("input[name=cases]").count() == before - 1


def test_every_page_in_every_state_is_whole(open_desk: OpenDesk) -> None:
    administrator = open_desk(ADMINISTRATOR, fresh=True)
    number = next(NUMBERS)
    page = add(administrator, f"n.joiner{number}", f"Officer Joiner-{number} Sampleton")
    assert faults(administrator.page) == []
    administrator.follow("Look at it and decide")
    assert faults(administrator.page) == []
    for address in ("/people/waiting/", "/people/add/", "/people/units/add/", "/people/line-managers/", "/roles/"):
        administrator.page.goto(address)
        assert faults(administrator.page) == [], address
        if address.endswith("/add/"):
            administrator.page.locator("form.om-form button[type=submit]").first.click()
            expect(administrator.errors).to_be_visible()
            assert faults(administrator.page) == [], address
    manager = open_desk(MANAGER, fresh=True)
    manager.page.goto(page)
    manager.follow("Look at it and decide")
    manager.choose("Your decision", "Refuse: nothing is given")
    assert faults(manager.page) == []
    manager.choose("Your decision", "Confirm: this is right, and I know the person")
    manager.press("Save decision")
    code_for(manager, page)
    assert faults(manager.page) == []
    administrator.page.goto(page)
    administrator.follow("Make a set-up code")
    expect(administrator.page.get_by_role("main")).to_contain_text("You asked for this access")
    for part in ("move/", "leave/", "confirm/"):
        administrator.page.goto(page + part)
        assert faults(administrator.page) == [], part
    nobody = open_desk()
    nobody.page.goto("/set-up/")
    assert faults(nobody.page) == []
    nobody.press("Set my password")
    expect(nobody.errors).to_be_visible()
    assert faults(nobody.page) == []
