"""Lock-out: after five failures for a name, or fifty from one address; the same for names that nobody has."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.signin.models import FailedAttempt
from tests.signin.made import code, events, give_app, officer, sessions, signing_in

pytestmark = pytest.mark.django_db
LOCKED = "Too many attempts that failed"


@pytest.fixture
def person() -> User:
    return officer()


def attempt(username: str, password: str = "wrong", address: str = "192.0.2.1") -> tuple[int, str]:
    answer = Client().post("/sign-in/", {"username": username, "password": password}, REMOTE_ADDR=address)
    return answer.status_code, answer.content.decode()


def earlier(minutes: float) -> None:
    """As if all that failed had failed so much earlier."""
    for row in FailedAttempt.objects.all():
        FailedAttempt.objects.filter(pk=row.pk).update(at=row.at - timedelta(minutes=minutes))


def test_the_fifth_failure_locks_and_then_the_right_password_is_refused_too(person: User) -> None:
    assert [attempt(person.username)[0] for _ in range(5)] == [200, 200, 200, 200, 429]
    status, page = attempt(person.username, "right")
    assert status == 429
    assert LOCKED in page
    assert "ask your agency’s administrator" in page
    assert not sessions(person)


def test_a_name_that_nobody_has_is_answered_in_the_same_words_all_the_way(person: User) -> None:
    def answers(name: str) -> list[tuple[int, str]]:
        pages = [attempt(name, address=f"192.0.2.{number}") for number in range(6)]
        return [(status, re.sub(r'value="[^"]*"|\d+:\d\d[ap]m', "", page)) for status, page in pages]

    assert answers(person.username) == answers("nobody.here")


def test_after_fifteen_minutes_the_lock_opens(person: User) -> None:
    for _ in range(5):
        attempt(person.username)
    earlier(14.9)
    assert attempt(person.username, "right")[0] == 429
    earlier(0.2)
    assert attempt(person.username, "right")[0] == 302


def test_trying_while_locked_does_not_make_it_longer(person: User) -> None:
    for _ in range(9):
        attempt(person.username)
    assert FailedAttempt.objects.count() == 5


def test_success_forgets_the_failures_before_it(person: User) -> None:
    for _ in range(4):
        attempt(person.username)
    assert attempt(person.username, "right")[0] == 302
    assert [attempt(person.username)[0] for _ in range(4)] == [200] * 4


def test_capitals_and_spaces_do_not_make_another_name(person: User) -> None:
    for name in (person.username, person.username.upper(), f" {person.username} ", person.username, person.username):
        last = attempt(name)
    assert last[0] == 429


def test_one_address_is_stopped_after_fifty_failures_whatever_the_names(person: User) -> None:
    FailedAttempt.objects.bulk_create(
        FailedAttempt(subject=f"{number}", address="192.0.2.9", at=timezone.now()) for number in range(49)
    )
    assert attempt("nobody.here", address="192.0.2.9")[0] == 429
    assert attempt(person.username, "right", address="192.0.2.9")[0] == 429
    assert attempt(person.username, "right", address="192.0.2.10")[0] == 302


def test_the_second_step_is_locked_after_five_codes_and_the_password_must_be_given_again(person: User) -> None:
    give_app(person)
    client = signing_in(person)
    answers = [client.post("/sign-in/second/", {"proof_code": f"00000{number}"}).status_code for number in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    assert client.get("/sign-in/second/").headers["Location"] == "/sign-in/"
    again = signing_in(person)
    assert again.post("/sign-in/second/", {"proof_code": code()}).status_code == 429
    assert not sessions(person)


def test_failures_are_logged_as_refusals_without_name_or_password(person: User) -> None:
    for _ in range(6):
        attempt(person.username, "my-secret-words")
    attempt("my-secret-words typed in the wrong box")
    refused = ("fail to sign in", "refused")
    assert events() == [refused] * 4 + [("lock after failures", "refused"), ("refuse while locked", "refused"), refused]
    rows = list(Event.objects.order_by("at", "id").values_list("about", flat=True))
    assert rows[0] == {"tried": "password", "person": person.pk, "from": "192.0.2.1", "browser": rows[0]["browser"]}
    assert rows[-1]["person"] is None
    assert "my-secret-words" not in str(list(Event.objects.values()))
    assert "my-secret-words" not in str(list(FailedAttempt.objects.values()))
    assert set(Event.objects.values_list("by_id", "by_name")) == {(None, "not signed in")}


def test_failures_of_the_day_before_are_deleted(person: User) -> None:
    attempt(person.username)
    earlier(60 * 25)
    attempt(person.username)
    assert FailedAttempt.objects.count() == 1


@pytest.mark.parametrize(
    ("proxies", "forwarded", "counted"),
    [
        (0, "203.0.113.7", "10.0.0.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.1, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (1, "nonsense", None),
        (1, "", "10.0.0.1"),
    ],
)
def test_the_address_is_the_one_our_own_proxy_saw(
    person: User, settings: object, proxies: int, forwarded: str, counted: str | None
) -> None:
    settings.OPENMAPPA_PROXIES = proxies  # type: ignore[attr-defined]
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    wrong = {"username": person.username, "password": "wrong"}
    Client().post("/sign-in/", wrong, headers=headers, REMOTE_ADDR="10.0.0.1")
    assert FailedAttempt.objects.get().address == counted
