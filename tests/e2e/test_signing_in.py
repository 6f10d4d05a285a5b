"""Signing in and out, and where it leads."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenDesk
from tests.e2e.desk import PASSWORD


def test_a_wrong_password_is_refused_in_one_sentence_and_the_username_is_kept(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.sign_in("n.police1", "not-the-password")
    expect(desk.errors).to_contain_text("The username or password is not right.")
    expect(desk.errors).to_be_focused()
    expect(desk.page.get_by_label("Username")).to_have_value("n.police1")
    expect(desk.page.locator("input[name=password]")).to_have_value("")
    assert desk.page.title() == "Error: Sign in – OpenMAPPA"


def test_an_unknown_username_is_refused_in_the_same_words(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.sign_in("n.police1", "wrong")
    known = desk.errors.inner_text()
    desk.sign_in("nobody.here", "wrong")
    assert desk.errors.inner_text() == known


def test_the_right_password_leads_to_ones_own_worklist(open_desk: OpenDesk) -> None:
    desk = open_desk("n.police1", fresh=True)
    assert desk.path == "/"
    expect(desk.heading).to_have_text("My worklist")
    expect(desk.page.get_by_role("link", name="Officer One Sampleton")).to_be_visible()


def test_signing_in_leads_on_to_the_page_that_was_asked_for(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.page.goto("/find/")
    expect(desk.heading).to_have_text("Sign in")
    desk.sign_in("n.police1")
    expect(desk.heading).to_have_text("Find a case")


def test_signing_in_never_leads_to_another_site(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.page.goto("/sign-in/?next=https://example.org/")
    desk.sign_in("n.police1")
    expect(desk.heading).to_have_text("My worklist")


def test_after_signing_out_the_back_button_shows_no_case(open_desk: OpenDesk) -> None:
    desk = open_desk("n.police1", fresh=True)
    desk.open_case("VISIT-01")
    desk.press("Sign out")
    expect(desk.heading).to_have_text("You have signed out")
    desk.page.go_back()
    expect(desk.heading).to_have_text("Sign in")
    desk.page.goto("/")
    expect(desk.page).to_have_url(re.compile(r"/sign-in/\?next=/$"))


@pytest.mark.parametrize(
    ("username", "heading"),
    [
        ("n.police1", "My worklist"),
        ("n.probation1", "My worklist"),
        ("n.manager.police", "My worklist"),
        ("n.manager.probation", "My worklist"),
        ("n.coordinator", "My worklist"),
        ("n.victims", "My worklist"),
        ("n.housing", "Home"),
        ("n.board", "Home"),
        ("inspector", "Home"),
        ("admin", "Home"),
        ("auditor", "Home"),
        ("e.police1", "My worklist"),
    ],
)
def test_every_role_signs_in_and_has_a_home(open_desk: OpenDesk, username: str, heading: str) -> None:
    desk = open_desk(username)
    desk.page.goto("/")
    expect(desk.heading).to_have_text(heading)
    assert desk.page.title() == f"{heading} – OpenMAPPA"


def test_somebody_signed_in_already_is_not_asked_again(open_desk: OpenDesk) -> None:
    desk = open_desk("n.police1")
    desk.page.goto("/sign-in/")
    expect(desk.heading).to_have_text("My worklist")
    assert PASSWORD not in desk.page.content()
