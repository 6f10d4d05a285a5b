"""Apps and recovery codes: set up, asked for, good once, and required where the setting says so."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from openmappa.accounts.models import User
from openmappa.signin import factors
from tests.signin.made import code, events, give_app, give_codes, officer, sessions, shown_key, signing_in
from tests.worklist.made import signed_in

pytestmark = pytest.mark.django_db
SET_UP = "/you/sign-in/set-up/app/"


@pytest.fixture
def person() -> User:
    return officer()


@pytest.mark.parametrize(
    ("at", "shown"),
    [(59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924")],
)
def test_codes_are_those_of_rfc_6238_appendix_b(at: int, shown: str) -> None:
    secret = (
        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # "12345678901234567890"; our codes are the last six of its eight digits
    )
    assert factors.step_of(secret, shown[-6:], now=at) == at // 30
    assert factors.step_of(secret, shown[-6:], now=at + 90) is None


def test_an_app_is_set_up_by_its_first_code_and_ten_recovery_codes_are_shown(person: User) -> None:
    client = signing_in(person)
    page = client.get(SET_UP).content.decode()
    secret = shown_key(page)
    assert re.search(r'<svg class="om-qr".*<path d="M', page)
    answer = client.post(SET_UP, {"code": code(secret)}).content.decode()
    codes = re.findall(r"<li><code>(\d{4} \d{4})</code></li>", answer)
    assert len(set(codes)) == 10
    assert "They are shown only now" in answer
    kept = Authenticator.objects.get(user=person, type="totp")
    assert secret not in str(kept.data)
    assert factors.app_secret(kept) == secret
    assert [verb for verb, _ in events()] == ["sign in", "set up an authenticator app", "make recovery codes"]


def test_a_wrong_first_code_sets_nothing_up_and_the_key_stays_the_same(person: User) -> None:
    client = signing_in(person)
    secret = shown_key(client.get(SET_UP).content.decode())
    page = client.post(SET_UP, {"code": "000000"}).content.decode()
    assert "That code is not right" in page
    assert shown_key(page) == secret
    assert not Authenticator.objects.exists()


def test_with_an_app_the_password_alone_signs_nobody_in(person: User) -> None:
    give_app(person)
    client = signing_in(person, next="/find/")
    assert "_auth_user_id" not in client.session
    assert client.get("/").headers["Location"] == "/sign-in/?next=/"
    answer = client.post("/sign-in/second/", {"proof_code": f" {code()[:3]} {code()[3:]}"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/find/")
    (session,) = sessions(person)
    assert (session.how, session.second_factor, session.browser) == ("app", True, "Chrome on Windows")


def test_a_code_is_good_once(person: User) -> None:
    give_app(person)
    now = code()
    assert signing_in(person).post("/sign-in/second/", {"proof_code": now}).status_code == 302
    again = signing_in(person).post("/sign-in/second/", {"proof_code": now})
    assert "has been used already" in again.content.decode()
    assert len(sessions(person)) == 1


@pytest.mark.parametrize(("steps", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_off_and_no_more(person: User, steps: int, good: bool) -> None:
    give_app(person)
    signing_in(person).post("/sign-in/second/", {"proof_code": code(steps=steps)})
    assert bool(sessions(person)) is good


def test_the_code_that_set_an_app_up_signs_nobody_in(person: User) -> None:
    client = signing_in(person)
    first = code(shown_key(client.get(SET_UP).content.decode()))
    client.post(SET_UP, {"code": first})
    assert signing_in(person).post("/sign-in/second/", {"proof_code": first}).status_code == 200


def test_a_recovery_code_stands_in_once_and_its_use_is_noted(person: User) -> None:
    give_app(person)
    first, *_ = give_codes(person)
    assert signing_in(person).post("/sign-in/second/", {"proof_code": f"{first[:4]} {first[4:]}"}).status_code == 302
    assert signing_in(person).post("/sign-in/second/", {"proof_code": first}).status_code == 200
    assert ("use a recovery code", "done") in events(about__left=9)
    (session,) = sessions(person)
    assert session.how == "recovery_code"


def test_the_second_step_is_nobodys_without_the_first(client: Client, person: User) -> None:
    give_app(person)
    answer = client.post("/sign-in/second/", {"proof_code": code()})
    assert answer.headers["Location"] == "/sign-in/"
    assert not sessions(person)


def test_the_second_step_waits_ten_minutes(person: User) -> None:
    give_app(person)
    client = signing_in(person)
    session = client.session
    session["signin.half"] = {**session["signin.half"], "until": 0}
    session.save()
    assert client.get("/sign-in/second/").headers["Location"] == "/sign-in/"


def test_a_password_is_no_second_step(person: User) -> None:
    give_app(person)
    signing_in(person).post("/sign-in/second/", {"proof_password": "right"})
    assert not sessions(person)


def test_new_recovery_codes_make_the_old_ones_worthless(person: User) -> None:
    give_app(person)
    old = give_codes(person)
    client = signed_in(person)
    assert "10 codes you have left will no longer work" in client.get("/you/sign-in/recovery-codes/").content.decode()
    page = client.post("/you/sign-in/recovery-codes/").content.decode()
    shown = [each.replace(" ", "") for each in re.findall(r"<li><code>(\d{4} \d{4})</code></li>", page)]
    assert len(shown) == 10
    assert signing_in(person).post("/sign-in/second/", {"proof_code": old[0]}).status_code == 200
    assert signing_in(person).post("/sign-in/second/", {"proof_code": shown[0]}).status_code == 302


def test_recovery_codes_are_nowhere_but_on_the_page_that_made_them(person: User) -> None:
    give_app(person)
    codes = give_codes(person)
    client = signed_in(person)
    for address in ("/you/sign-in/", "/you/sign-in/recovery-codes/"):
        page = client.get(address).content.decode()
        assert not any(each in page or f"{each[:4]} {each[4:]}" in page for each in codes)


def test_nobody_has_recovery_codes_alone(person: User) -> None:
    client = signed_in(person)
    assert client.post("/you/sign-in/recovery-codes/").headers["Location"] == "/you/sign-in/set-up/"
    app = give_app(person)
    give_codes(person)
    assert "your recovery codes go with it" in client.get(f"/you/sign-in/{app.pk}/remove/").content.decode()
    assert client.post(f"/you/sign-in/{app.pk}/remove/").status_code == 302
    assert not Authenticator.objects.exists()
    assert events()[-1] == ("remove a second factor", "done")


def test_somebody_elses_app_is_not_there_to_remove(person: User) -> None:
    app = give_app(officer("Officer Sample Two"))
    client = signed_in(person)
    assert client.get(f"/you/sign-in/{app.pk}/remove/").status_code == 404
    assert client.post(f"/you/sign-in/{app.pk}/remove/").status_code == 404
    assert Authenticator.objects.get() == app


class TestRequired:
    """Outside a demonstration."""

    @pytest.fixture(autouse=True)
    def required(self, settings: object) -> None:
        settings.OPENMAPPA_MFA_REQUIRED = True  # type: ignore[attr-defined]

    def test_somebody_without_a_second_factor_is_led_to_set_one_up_and_reaches_nothing_else(self, person: User) -> None:
        client = signing_in(person)
        for address in ("/", "/find/", "/you/", "/roles/", "/you/sign-in/", "/you/sign-in/password/"):
            assert client.get(address).headers["Location"] == "/you/sign-in/set-up/", address
        assert "It takes about two minutes, once" in client.get("/you/sign-in/set-up/").content.decode()
        assert client.get("/help/").status_code == 200

    def test_what_they_send_is_not_taken_and_not_lost(self, person: User) -> None:
        answer = signing_in(person).post("/find/", {"words": "Sample Testcase the Second"})
        assert answer.status_code == 403
        assert "Sample Testcase the Second" in answer.content.decode()

    def test_with_one_set_up_everything_opens(self, person: User) -> None:
        client = signing_in(person)
        client.post(SET_UP, {"code": code(shown_key(client.get(SET_UP).content.decode()))})
        assert client.get("/").status_code == 200

    def test_the_last_one_stays_until_there_is_another(self, person: User) -> None:
        app = give_app(person)
        client = signing_in(person)
        client.post("/sign-in/second/", {"proof_code": code()})
        page = client.post(f"/you/sign-in/{app.pk}/remove/").content.decode()
        assert "Set up another one first" in page
        assert Authenticator.objects.get() == app

    def test_signing_out_is_possible_all_the_same(self, person: User) -> None:
        assert signing_in(person).post("/sign-out/").headers["Location"] == "/signed-out/"
