"""An agency's own sign-in: the file that names it, the way there and back, and whom it lets in."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from openmappa.accounts.models import User
from openmappa.signin.agencies import AgencySignIn, read_agencies
from openmappa.signin.models import OpenSession, OutsideIdentity
from tests.signin.made import code, events, give_app, officer, sessions, signing_in
from tests.signin.provider import Provider, running

FILE = """
[sample-police]
name = "Sample Police"
agency = "northshire-police"
issuer = "https://id.example"
client_id = "openmappa"
client_secret_file = "secret.txt"
username_claim = "preferred_username"
second_factor = ["mfa", "hwk"]
"""


def written(folder: Path, text: str = FILE, name: str = "agencies.toml") -> Path:
    (folder / "secret.txt").write_text("a-secret-of-the-tests\n")
    (folder / name).write_text(text)
    return folder / name


def test_the_file_names_agencies_and_keeps_secrets_elsewhere(tmp_path: Path) -> None:
    (agency,) = read_agencies(written(tmp_path)).values()
    assert (agency.provider, agency.name, agency.agency) == ("sample-police", "Sample Police", "northshire-police")
    assert agency.client_secret == "a-secret-of-the-tests"
    assert agency.second_factor == ("mfa", "hwk")
    assert "a-secret" not in repr(agency)


def test_the_file_may_be_json_and_the_secret_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMPLE_SECRET", "from-the-environment")
    table = {"name": "S", "agency": "a", "issuer": "https://i.example/", "client_id": "c"}
    file = written(tmp_path, json.dumps({"s": table | {"client_secret_env": "SAMPLE_SECRET"}}), "agencies.json")
    agency = read_agencies(file)["s"]
    assert (agency.client_secret, agency.issuer) == ("from-the-environment", "https://i.example/")


def test_without_a_file_there_are_no_agencies() -> None:
    assert read_agencies(None) == {}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[sample-police]", "[sample-police", "is not written as TOML is"),
        ("[sample-police]", '["Sample Police"]', "must have a short name of small letters"),
        ("client_id =", "client =", "has 'client', which means nothing"),
        ('client_id = "openmappa"', "", "lacks 'client_id'"),
        ("https://id.example", "http://id.example", "Write an address that begins with https://"),
        ('client_secret_file = "secret.txt"', "", "needs one of client_secret_file and client_secret_env"),
        ("secret.txt", "gone.txt", "has its secret in gone.txt, which cannot be read"),
        ('["mfa", "hwk"]', '"mfa"', 'must have second_factor as a list of words, such as ["mfa"]'),
    ],
)
def test_a_file_that_cannot_be_used_stops_the_start_with_a_sentence(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        read_agencies(written(tmp_path, FILE.replace(old, new)))
    assert said in str(refused.value)
    assert "a-secret-of-the-tests" not in str(refused.value)


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    people: dict[str, dict[str, object]] = {
        "s-1": {"preferred_username": "n.outside1"},
        "s-2": {"preferred_username": "nobody.here"},
        "s-3": {"preferred_username": "n.outside1", "auth_time": 1_700_000_000},
        "s-4": {"preferred_username": "n.outside2", "amr": ["pwd", "mfa"]},
        "s-5": {"preferred_username": "n.elsewhere"},
    }
    with running(people) as provider:
        yield provider


@pytest.fixture
def agency(provider: Provider, settings: Any) -> AgencySignIn:
    """The agency of the officers of these tests."""
    agency = AgencySignIn(
        "sample",
        "Sample Police",
        "northshire-police",
        provider.issuer,
        "openmappa",
        "a-secret-of-the-tests",
        username_claim="preferred_username",
        second_factor=("mfa",),
    )
    settings.OPENMAPPA_AGENCIES = {"sample": agency}
    return agency


@pytest.fixture
def person(db: None, agency: AgencySignIn) -> User:
    """An officer who signs in at their agency and has no password here."""
    person = officer()
    person.username = "n.outside1"
    person.set_unusable_password()
    person.save()
    return person


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **more: Any) -> None:
        return None


def go(client: Client, subject: str, *, onward: str = "", change: Callable[[str], str] = str) -> Any:
    """To the agency's sign-in, in as this subject, and back; ``change`` is what happens to the address on the way."""
    there = client.get("/sign-in/agency/sample/", {"next": onward} if onward else {})
    assert there.status_code == 302, there.content.decode()
    form = Request(there.headers["Location"], data=urlencode({"sub": subject}).encode())
    back = _location(form)
    return client.get(change(f"{urlsplit(back).path}?{urlsplit(back).query}"))


def _location(request: Request) -> str:
    try:
        build_opener(_Stay).open(request)
    except OSError as redirected:
        return str(getattr(redirected, "headers", {})["Location"])
    raise AssertionError("The provider led nowhere.")


def test_the_way_there_asks_with_state_nonce_and_pkce(person: User) -> None:
    there = urlsplit(Client().get("/sign-in/agency/sample/").headers["Location"])
    asked = {name: values[0] for name, values in parse_qs(there.query).items()}
    assert asked["redirect_uri"] == "http://testserver/sign-in/agency/sample/back/"
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert all(len(asked[name]) >= 20 for name in ("state", "nonce", "code_challenge"))
    assert "prompt" not in asked


def test_a_person_of_the_agency_is_let_in_by_their_user_name_and_linked(person: User) -> None:
    client = Client()
    answer = go(client, "s-1", onward="/find/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/find/")
    (session,) = sessions(person)
    assert (session.how, session.provider, session.second_factor) == ("agency", "sample", False)
    row = OutsideIdentity.objects.get()
    assert (row.person, row.subject, row.linked_by) == (person, "s-1", None)
    assert events() == [("link a sign-in", "done"), ("sign in", "done")]


def test_from_then_on_the_subject_counts_and_not_the_user_name(person: User) -> None:
    go(Client(), "s-1")
    person.username = "n.renamed"
    person.save()
    assert go(Client(), "s-1").status_code == 302
    person.username = "n.outside1"
    person.save()
    refused = go(Client(), "s-3")  # the agency has given the same user name to somebody else
    assert refused.status_code == 403
    assert "nobody here is linked with you" in refused.content.decode()


def test_nobody_is_made_a_person_here_by_it(person: User) -> None:
    client = Client()
    refused = go(client, "s-2")
    assert refused.status_code == 403
    assert "Being known there makes nobody a person here" in refused.content.decode()
    assert User.objects.count() == 1
    assert "_auth_user_id" not in client.session
    assert events() == [("refuse at sign-in", "refused")]


def test_a_person_of_another_agency_is_not_let_in(person: User) -> None:
    other = officer("Officer Sample Two")
    other.username, other.agency = "n.elsewhere", type(other.agency).objects.create(code="x", name="X", kind="partner")
    other.save()
    assert go(Client(), "s-5").status_code == 403


def test_somebody_who_has_left_is_not_let_in(person: User) -> None:
    go(Client(), "s-1")
    person.is_active = False
    person.save()
    assert go(Client(), "s-1").status_code == 403


def test_our_second_factor_is_asked_for_on_top_unless_the_agency_says_that_it_asked(person: User) -> None:
    give_app(person)
    client = Client()
    assert go(client, "s-1").headers["Location"] == "/sign-in/second/"
    assert "_auth_user_id" not in client.session
    client.post("/sign-in/second/", {"proof_code": code()})
    assert "_auth_user_id" in client.session
    second = officer("Officer Sample Two")
    second.username = "n.outside2"
    second.save()
    give_app(second)
    assert go(Client(), "s-4").headers["Location"] == "/"
    assert sessions(second)[0].second_factor


@pytest.mark.parametrize(
    "change",
    [
        lambda address: re.sub("state=[^&]+", "state=another", address),
        lambda address: re.sub("code=[^&]+", "code=another", address),
        lambda address: address.partition("?")[0],
    ],
    ids=["state", "code", "nothing"],
)
def test_what_was_changed_on_the_way_back_lets_nobody_in(person: User, change: Callable[[str], str]) -> None:
    client = Client()
    answer = go(client, "s-1", change=change)
    assert answer.status_code == 403
    assert "_auth_user_id" not in client.session


def test_an_answer_is_worth_nothing_in_another_browser(person: User) -> None:
    addresses: list[str] = []
    go(Client(), "s-1", change=lambda address: addresses.append(address) or "/help/")  # type: ignore[func-returns-value]
    assert Client().get(addresses[0]).status_code == 403
    assert not sessions(person)


def test_breaking_off_there_is_said_kindly(person: User) -> None:
    answer = Client().get("/sign-in/agency/sample/back/?error=access_denied&state=x")
    assert "was broken off" in answer.content.decode()


def test_an_agency_that_does_not_answer_is_said_kindly(person: User, agency: AgencySignIn, settings: Any) -> None:
    gone = AgencySignIn("sample", "Sample Police", agency.agency, "http://127.0.0.1:9", "openmappa", "x")
    settings.OPENMAPPA_AGENCIES = {"sample": gone}
    answer = Client().get("/sign-in/agency/sample/")
    assert answer.status_code == 403
    assert "did not answer" in answer.content.decode()


def test_an_agency_that_is_another_than_it_says_is_not_believed(
    person: User, provider: Provider, settings: Any
) -> None:
    alias = provider.issuer.replace("127.0.0.1", "localhost")
    settings.OPENMAPPA_AGENCIES = {"sample": AgencySignIn("sample", "S", "northshire-police", f"{alias}/", "o", "x")}
    assert "could not be checked" in Client().get("/sign-in/agency/sample/").content.decode()


def test_an_unknown_agency_is_not_there(person: User) -> None:
    assert Client().get("/sign-in/agency/another/").status_code == 404
    assert Client().get("/sign-in/agency/another/back/").status_code == 404


def test_whoever_signed_in_at_their_agency_proves_there_once_more_who_they_are(person: User) -> None:
    client = Client()
    go(client, "s-1")
    OpenSession.objects.update(proved_at="2026-01-01T00:00Z")
    page = client.get("/you/sign-in/set-up/app/").content.decode()
    assert "Sign in at Sample Police once more (opens in a new tab)" in page
    asked = parse_qs(urlsplit(client.get("/sign-in/agency/sample/").headers["Location"]).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    assert "Close this tab" in go(client, "s-1").content.decode()
    assert client.get("/you/sign-in/set-up/app/").status_code == 200
    assert "QR code" in client.get("/you/sign-in/set-up/app/").content.decode()


def test_another_person_or_an_old_sign_in_there_proves_nothing(person: User) -> None:
    client = Client()
    go(client, "s-1")
    OpenSession.objects.update(proved_at="2026-01-01T00:00Z")
    assert "somebody other than the person who is signed in here" in go(client, "s-2").content.decode()
    OutsideIdentity.objects.update(subject="s-3")
    assert "did not ask you again" in go(client, "s-3").content.decode()
    assert "Prove once more" in client.get("/you/sign-in/set-up/app/").content.decode()


def test_the_sign_in_page_names_the_agencies_and_keeps_where_one_was_going(person: User) -> None:
    page = Client().get("/sign-in/?next=/find/").content.decode()
    assert 'href="/sign-in/agency/sample/?next=/find/"' in page
    assert "Sign in at Sample Police" in page
    assert "Other ways may" not in page
    assert signing_in(person).session.get("_auth_user_id") is None
