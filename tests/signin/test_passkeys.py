"""Passkeys: made and used with a key in software, and refused whenever anything about them is not right."""

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from openmappa.accounts.models import User
from tests.signin.made import Key, events, officer, sessions, signing_in
from tests.worklist.made import signed_in

pytestmark = pytest.mark.django_db
SET_UP = "/you/sign-in/set-up/passkey/"


@pytest.fixture
def person() -> User:
    return officer()


def make(client: Client, key: Key, *, verified: bool = True, kind: str = "passkey") -> Any:
    options = json.loads(client.post(f"{SET_UP}options/", {"kind": kind}).content)
    credential = json.dumps(key.make(options, verified=verified))
    return client.post(SET_UP, {"name": "Sample laptop", "credential": credential, "kind": kind})


def use(client: Client, key: Key, address: str = "/sign-in/passkey/", *, verified: bool = True) -> Any:
    options = json.loads(client.post("/sign-in/passkey/options/").content)
    return client.post(address, {"proof_credential": json.dumps(key.use(options, verified=verified)), "next": "/find/"})


@pytest.fixture
def key(person: User) -> Key:
    """A passkey of this person."""
    key = Key()
    assert make(signed_in(person), key).status_code == 200
    return key


def test_a_passkey_is_made_and_recovery_codes_are_shown_with_the_first(person: User) -> None:
    client = signing_in(person)
    page = make(client, Key()).content.decode()
    assert "Keep your recovery codes" in page
    assert Authenticator.objects.get(type="webauthn").wrap().name == "Sample laptop"
    assert make(client, Key()).headers["Location"] == "/you/sign-in/?done=passkey"
    assert "signs you in without a password" in client.get("/you/sign-in/").content.decode()
    assert [verb for verb, _ in events()][1:3] == ["set up a passkey", "make recovery codes"]


def test_a_passkey_alone_signs_its_owner_in(person: User, key: Key) -> None:
    answer = use(Client(), key)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/find/")
    session = next(each for each in sessions(person) if each.how == "passkey")
    assert session.second_factor


def test_a_passkey_is_the_second_step_after_the_password(person: User, key: Key) -> None:
    client = signing_in(person)
    assert 'data-passkey="get"' in client.get("/sign-in/second/").content.decode()
    assert use(client, key, "/sign-in/second/").status_code == 302
    assert "_auth_user_id" in client.session


def test_a_key_without_a_pin_is_a_second_step_and_no_sign_in_by_itself(person: User) -> None:
    key = Key()
    assert make(signed_in(person), key, verified=False, kind="key").status_code == 200
    assert "did not work here" in use(Client(), key, verified=False).content.decode()
    assert use(signing_in(person), key, "/sign-in/second/", verified=False).status_code == 302


def test_a_passkey_that_signs_in_alone_must_have_asked_for_a_pin_or_a_finger(person: User, key: Key) -> None:
    assert "did not work here" in use(Client(), key, verified=False).content.decode()
    assert "Nothing was set up" in make(signing_in_with(person, key), Key(), verified=False).content.decode()


def signing_in_with(person: User, key: Key) -> Client:
    client = Client()
    use(client, key)
    return client


@pytest.mark.parametrize(
    ("origin", "site"),
    [
        ("https://evil.example", "testserver"),
        ("https://testserver", "evil.example"),
        ("http://testserver", "testserver"),
    ],
)
def test_what_another_site_had_signed_proves_nothing(person: User, key: Key, origin: str, site: str) -> None:
    key.origin, key.site = origin, site
    assert "did not work here" in use(Client(), key).content.decode()


def test_an_answer_is_good_for_one_challenge(person: User, key: Key) -> None:
    client = Client()
    options = json.loads(client.post("/sign-in/passkey/options/").content)
    answer = {"proof_credential": json.dumps(key.use(options))}
    elsewhere = Client()
    elsewhere.post("/sign-in/passkey/options/")
    assert elsewhere.post("/sign-in/passkey/", answer).status_code == 200
    assert Client().post("/sign-in/passkey/", answer).status_code == 200
    assert client.post("/sign-in/passkey/", answer).status_code == 302
    client.post("/sign-out/")
    assert client.post("/sign-in/passkey/", answer).status_code == 200


def test_a_key_that_says_it_is_somebody_elses_opens_nothing(person: User, key: Key) -> None:
    stranger = officer("Officer Sample Two")
    theirs = Key()
    make(signed_in(stranger), theirs)
    theirs.owner = key.owner
    assert "did not work here" in use(Client(), theirs).content.decode()
    assert ("fail to sign in", "refused") in events(about__person=person.pk)


def test_somebody_who_has_left_is_not_let_in_by_a_passkey(person: User, key: Key) -> None:
    person.is_active = False
    person.save()
    assert "did not work here" in use(Client(), key).content.decode()


@pytest.mark.parametrize(
    "nonsense", ["", "nonsense", "[]", "{}", '{"response": {"userHandle": "!"}}', '{"id": 1}', "null"]
)
def test_nonsense_is_refused_and_breaks_nothing(person: User, key: Key, nonsense: str) -> None:
    client = Client()
    client.post("/sign-in/passkey/options/")
    assert client.post("/sign-in/passkey/", {"proof_credential": nonsense}).status_code == 200
    again = signing_in(person)
    again.post("/sign-in/passkey/options/")
    assert again.post("/sign-in/second/", {"proof_credential": nonsense}).status_code == 200
    inside = signing_in_with(person, key)
    inside.post(f"{SET_UP}options/")
    assert inside.post(SET_UP, {"name": "x", "credential": nonsense}).status_code == 200
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_where_the_service_is_reached_by_a_number_the_page_says_what_to_do(person: User) -> None:
    client = signed_in(person)
    page = client.get(SET_UP, headers={"Host": "127.0.0.1:8000"}, SERVER_PORT="8000").content.decode()
    assert "Passkeys work only where the service is reached by a name" in page
    assert "http://localhost:8000" in page
    assert "data-passkey" not in Client().get("/sign-in/", headers={"Host": "127.0.0.1"}).content.decode()
    assert 'data-passkey="get"' in Client().get("/sign-in/").content.decode()


def test_removing_one_leaves_the_others(person: User, key: Key) -> None:
    client = signing_in_with(person, key)
    make(client, Key())
    first = Authenticator.objects.filter(type="webauthn").earliest("pk")
    client.post(f"/you/sign-in/{first.pk}/remove/")
    assert Authenticator.objects.filter(type="webauthn").count() == 1
    assert Authenticator.objects.filter(type="recovery_codes").count() == 1
    assert "did not work here" in use(Client(), key).content.decode()
