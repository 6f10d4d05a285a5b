"""Every address of signing in: what it gives whoever is signed in and whoever is not, and that nonsense breaks none."""

import pytest
from django.test import Client
from django.urls import reverse

from openmappa.accounts.models import User
from openmappa.signin import urls
from tests.signin.made import give_app, officer
from tests.worklist.made import signed_in

pytestmark = pytest.mark.django_db

TABLE = {
    "second_factor": ((302, 302), (302, 302)),
    "passkey": ((405, 200), (405, 200)),
    "passkey_to_use": ((405, 200), (405, 200)),
    "stay": ((405, 200), (405, 200)),
    "agency": ((404, 405), (404, 405)),
    "agency_back": ((404, 405), (404, 405)),
    "mine": ((302, 403), (200, 405)),
    "password": ((302, 403), (200, 200)),
    "set_up": ((302, 403), (200, 405)),
    "set_up_app": ((302, 403), (200, 200)),
    "set_up_passkey": ((302, 403), (200, 200)),
    "passkey_to_make": ((302, 403), (405, 200)),
    "remove_factor": ((302, 403), (200, 302)),
    "recovery_codes": ((302, 403), (200, 200)),
    "end_sessions": ((302, 403), (405, 302)),
    "prove": ((302, 403), (302, 302)),
    "passkey_to_prove": ((302, 403), (405, 200)),
    "person": ((302, 403), (403, 403)),
}
"""GET and POST, signed out and signed in as an officer who has an app. 302 is to sign-in, or onward."""
NONSENSE = ["", "\0", "٣٤٥٦٧٨", "x" * 5000, "{}", '{"a": "\\u0000"}', "-1", "9" * 40, "../../", "%00", "\ud800"]


@pytest.fixture
def person() -> User:
    return officer()


def address(name: str, person: User) -> str:
    more: dict[str, dict[str, object]] = {
        "agency": {"provider": "sample"},
        "agency_back": {"provider": "sample"},
        "person": {"pk": person.pk},
    }
    if name == "remove_factor":
        more[name] = {"pk": give_app(person).pk}
    return reverse(f"signin:{name}", kwargs=more.get(name, {}))


def test_every_address_has_a_row() -> None:
    assert {pattern.name for pattern in urls.urlpatterns} == set(TABLE)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_it_gives_exactly_what_the_table_says(name: str, person: User) -> None:
    if name == "recovery_codes":
        give_app(person)
    path = address(name, person)
    inside = signed_in(person)
    outside = (Client().get(path).status_code, Client().post(path).status_code)
    assert (outside, (inside.get(path).status_code, inside.post(path).status_code)) == TABLE[name]


@pytest.mark.parametrize("name", sorted(set(TABLE) - {"remove_factor"}))
def test_nonsense_is_answered_and_breaks_nothing(name: str, person: User) -> None:
    path = address(name, person)
    inside = signed_in(person)
    for value in NONSENSE:
        text = value.encode("utf-8", "replace").decode()
        fields = ["code", "name", "credential", "session", "next", "do", "provider", "subject", "reason"]
        fields += ["proof_code", "proof_credential", "proof_password", "proof_going_on", "old_password", "new_password"]
        for client in (Client(), inside):
            assert client.post(path, dict.fromkeys(fields, text)).status_code < 500, (name, value)
            assert client.get(path, {"next": text, "code": text, "state": text, "done": text}).status_code < 500


def test_numbers_too_large_for_the_database_are_nobodys() -> None:
    client = signed_in(officer())
    assert client.get(f"/people/{'9' * 40}/sign-in/").status_code == 403
    assert client.get(f"/you/sign-in/{'9' * 40}/remove/").status_code == 404


@pytest.mark.parametrize("field", ["username", "password"])
@pytest.mark.parametrize("value", NONSENSE[:-1])
def test_nonsense_signs_nobody_in(field: str, value: str) -> None:
    sent = {"username": "nobody.here", "password": "wrong"} | {field: value}
    assert Client().post("/sign-in/", sent).status_code == 200
