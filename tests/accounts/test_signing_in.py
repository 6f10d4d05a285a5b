"""Signing in and out: the right words, the right page, and nothing given away."""

import re

import pytest
from django.test import Client

from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.core.access import PERMISSIONS, Permission, Role
from openmappa.signin.forms import REFUSED
from tests.worklist.made import a_person_with, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return a_person_with(Role.POLICE_OFFICER, name="Officer Sample One")


def send(client: Client, **typed: str) -> tuple[int, str, str]:
    answer = client.post("/sign-in/", typed)
    return answer.status_code, answer.headers.get("Location", ""), answer.content.decode()


def test_the_right_password_leads_home_and_is_logged(client: Client, officer: User) -> None:
    assert send(client, username=officer.username, password="right")[:2] == (302, "/")
    assert client.session["_auth_user_id"] == str(officer.pk)
    assert [(event.verb, event.by_id) for event in Event.objects.all()] == [("sign in", officer.pk)]


def test_spaces_around_the_username_do_not_matter(client: Client, officer: User) -> None:
    assert send(client, username=f" {officer.username} ", password="right")[0] == 302


@pytest.mark.parametrize("wrong", ["password", "username", "left"])
def test_a_wrong_password_an_unknown_name_and_somebody_who_left_are_refused_alike(
    client: Client, officer: User, wrong: str
) -> None:
    if wrong == "left":
        officer.is_active = False
        officer.save()
    name = "nobody" if wrong == "username" else officer.username
    status, _, page = send(client, username=name, password="wrong" if wrong == "password" else "right")
    assert status == 200
    assert page.count(REFUSED) == 2
    assert "<title>Error: Sign in – OpenMAPPA</title>" in page
    assert f'value="{name}"' in page
    assert "_auth_user_id" not in client.session


def test_somebody_without_a_password_cannot_sign_in(client: Client, officer: User) -> None:
    officer.set_unusable_password()
    officer.save()
    assert REFUSED in send(client, username=officer.username, password="!")[2]


def test_an_empty_form_says_what_to_enter_at_each_field(client: Client) -> None:
    page = send(client, username="", password="")[2]
    assert page.count("Enter your username") == 2
    assert page.count("Enter your password") == 2


def test_a_password_is_never_sent_back(client: Client, officer: User) -> None:
    assert "wrong-secret" not in send(client, username=officer.username, password="wrong-secret")[2]


def test_the_page_that_was_asked_for_comes_after_signing_in(client: Client, officer: User) -> None:
    asked = client.get("/find/")
    assert (asked.status_code, asked.headers["Location"]) == (302, "/sign-in/?next=/find/")
    assert 'name="next" value="/find/"' in client.get("/sign-in/?next=/find/").content.decode()
    assert send(client, username=officer.username, password="right", next="/find/")[1] == "/find/"


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)", "\\\\example.org"]
)
def test_no_link_can_lead_elsewhere_after_signing_in(client: Client, officer: User, elsewhere: str) -> None:
    assert send(client, username=officer.username, password="right", next=elsewhere)[1] == "/"


def test_the_session_gets_a_new_key_so_that_a_planted_one_is_worth_nothing(client: Client, officer: User) -> None:
    session = client.session
    session["planted"] = "yes"
    session.save()
    planted = session.session_key
    assert planted is not None
    client.cookies["openmappa_session"] = planted
    send(client, username=officer.username, password="right")
    assert client.session.session_key != planted


def test_signing_in_again_when_signed_in_goes_home(officer: User) -> None:
    assert signed_in(officer).get("/sign-in/").headers["Location"] == "/"


def test_signing_out_needs_a_post_and_ends_the_session(officer: User) -> None:
    client = signed_in(officer)
    assert client.get("/sign-out/").status_code == 405
    answer = client.post("/sign-out/", follow=True)
    assert "You have signed out" in answer.content.decode()
    assert client.get("/").headers["Location"] == "/sign-in/?next=/"
    assert [event.verb for event in Event.objects.filter(by_id=officer.pk)] == ["sign out"]


def test_a_form_from_elsewhere_cannot_sign_anybody_in(officer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/sign-in/", {"username": officer.username, "password": "right"}).status_code == 403


def test_you_says_who_one_is_and_what_one_may_do(officer: User) -> None:
    page = signed_in(officer).get("/you/").content.decode()
    for said in (
        "Officer Sample One",
        "Northshire police",
        "Northshire police unit",
        "Police officer",
        "Record a home visit",
    ):
        assert said in page
    assert "Countersign an RM2000" not in page


def test_the_table_of_roles_has_a_line_for_every_permission_and_a_column_for_every_role(officer: User) -> None:
    page = signed_in(officer).get("/roles/").content.decode()
    table = page[page.index("<table") : page.index("</table>")]
    assert len(re.findall(r'<th scope="row"', table)) == len(Permission)
    assert len(re.findall(r"<td", table)) == len(Permission) * len(Role)
    assert table.count(">Yes<") == sum(len(holders) for holders in PERMISSIONS.values())
