"""Sessions: until when they last, where they are, and how they end. The server decides, whatever the browser shows."""

import json
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.core.access import Role
from openmappa.signin.browser import browser_in_words
from openmappa.signin.models import OpenSession
from openmappa.signin.services import end_all_sessions
from tests.signin.made import LAPTOP, events, officer, sessions, signing_in
from tests.worklist.made import a_person_with, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return officer()


def age(person: User, *, idle: timedelta = timedelta(0), since: timedelta = timedelta(0)) -> None:
    """As if the person's only session had begun, and been used last, so long ago."""
    now = timezone.now()
    OpenSession.objects.open().filter(person=person).update(started_at=now - since - idle, last_seen_at=now - idle)


def test_fourteen_minutes_of_doing_nothing_are_allowed_and_fifteen_are_not(person: User) -> None:
    client = signing_in(person)
    age(person, idle=timedelta(minutes=14, seconds=50))
    assert client.get("/").status_code == 200
    age(person, idle=timedelta(minutes=15))
    answer = client.get("/find/")
    assert answer.headers["Location"] == "/sign-in/?next=/find/"
    assert "Nothing was done here for 15 minutes" in client.get("/sign-in/?next=/find/").content.decode()
    assert not sessions(person)
    assert events()[-1] == ("end a session", "done")


def test_every_request_is_a_sign_of_life(person: User) -> None:
    client = signing_in(person)
    for _ in range(4):
        age(person, idle=timedelta(minutes=14))
        assert client.get("/help/").status_code == 200
    assert timezone.now() - sessions(person)[0].last_seen_at < timedelta(seconds=5)


def test_styles_and_scripts_are_no_sign_of_life(person: User) -> None:
    client = signing_in(person)
    age(person, idle=timedelta(minutes=14))
    client.get("/static/openmappa/app.css")
    client.get("/health")
    assert timezone.now() - sessions(person)[0].last_seen_at > timedelta(minutes=13)


def test_after_twelve_hours_it_ends_however_busy(person: User) -> None:
    client = signing_in(person)
    age(person, since=timedelta(hours=11, minutes=59))
    assert client.get("/").status_code == 200
    age(person, since=timedelta(hours=12))
    assert client.get("/").status_code == 302
    page = client.get("/sign-in/").content.decode()
    assert "for as long as is allowed at a stretch" in page


def test_both_limits_can_be_set(person: User, settings: object) -> None:
    settings.OPENMAPPA_IDLE_MINUTES = 5  # type: ignore[attr-defined]
    settings.SESSION_COOKIE_AGE = 3600  # type: ignore[attr-defined]
    client = signing_in(person)
    age(person, idle=timedelta(minutes=5))
    assert client.get("/").status_code == 302
    client = signing_in(person)
    age(person, since=timedelta(hours=1))
    assert client.get("/").status_code == 302


def test_what_was_typed_into_a_form_that_comes_too_late_is_shown_to_be_copied(person: User) -> None:
    client = signing_in(person)
    age(person, idle=timedelta(minutes=20))
    answer = client.post("/find/", {"words": "Something long enough to be worth keeping"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Your session has ended, so this was not saved" in page
    assert "Something long enough to be worth keeping" in page


def test_no_secret_is_shown_with_what_was_typed() -> None:
    typed = {
        "old_password": "my-old-secret-words",
        "new_password": "my-new-secret-words",
        "new_password_again": "my-new-secret-words",
        "proof_password": "my-own-secret-words",
        "proof_code": "1234 5678 9012 34",
        "code": "123456789012345",
    }
    page = Client().post("/you/sign-in/password/", typed).content.decode()
    assert "Your session has ended" in page
    assert not any(secret in page for secret in typed.values())


def test_a_page_says_how_long_is_left_for_its_warning(person: User) -> None:
    client = signing_in(person)
    age(person, idle=timedelta(seconds=10))
    page = client.get("/").content.decode()
    assert 'data-idle="889"' in page or 'data-idle="890"' in page
    age(person, since=timedelta(hours=11))
    assert 'data-left="3599"' in client.get("/").content.decode()
    assert "om-stay" not in Client().get("/sign-in/").content.decode()


def test_the_warning_asks_whether_one_is_still_signed_in(person: User) -> None:
    client = signing_in(person)
    age(person, idle=timedelta(minutes=14))
    told = json.loads(client.post("/sign-in/stay/").content)
    assert (told["person"], told["idle"], bool(told["token"])) == (person.pk, 900, True)
    age(person, idle=timedelta(minutes=16))
    assert json.loads(client.post("/sign-in/stay/").content) == {"person": None}
    assert client.get("/sign-in/stay/").status_code == 405


def test_ones_sessions_are_listed_with_this_one_marked(person: User) -> None:
    signing_in(person)
    here = signing_in(person)
    page = here.get("/you/sign-in/").content.decode()
    assert page.count("Chrome on Windows") == 3  # both, and once more in the words of the button
    assert page.count("This one") == 1
    assert page.count("Sign out there") == 1
    assert "From 127.0.0.1" in page


def test_ending_another_session_signs_that_browser_out_at_its_next_request(person: User) -> None:
    there, here = signing_in(person), signing_in(person)
    other = sessions(person)[-1] if sessions(person)[0].pk == here.session["signin.session"] else sessions(person)[0]
    here.post("/you/sign-in/end/", {"session": str(other.pk)})
    assert there.get("/").headers["Location"] == "/sign-in/?next=/"
    assert here.get("/").status_code == 200
    assert events()[-1] == ("end a session", "done")
    assert Session.objects.count() == 1


def test_all_others_are_ended_at_once(person: User) -> None:
    others, here = [signing_in(person) for _ in range(3)], signing_in(person)
    here.post("/you/sign-in/end/", {"session": "others"})
    assert [each.get("/").status_code for each in others] == [302, 302, 302]
    assert here.get("/").status_code == 200


def test_somebody_elses_session_cannot_be_ended(person: User) -> None:
    other = officer("Officer Sample Two")
    theirs = signing_in(other)
    signing_in(person).post("/you/sign-in/end/", {"session": str(sessions(other)[0].pk)})
    assert theirs.get("/").status_code == 200


def test_whoever_has_left_is_signed_out_everywhere(person: User) -> None:
    browsers = [signing_in(person), signing_in(person)]
    administrator = a_person_with(Role.ADMINISTRATOR)
    assert end_all_sessions(by=administrator, person=person) == 2
    assert [each.get("/").status_code for each in browsers] == [302, 302]
    assert events()[-1] == ("end all sessions", "done")
    assert set(OpenSession.objects.values_list("ended_because", "session_key")) == {("by_administrator", None)}


def test_signing_out_ends_the_session_and_not_its_neighbours(person: User) -> None:
    first, second = signing_in(person), signing_in(person)
    first.post("/sign-out/")
    assert len(sessions(person)) == 1
    assert second.get("/").status_code == 200


def test_a_session_that_django_began_is_noted_from_its_first_request_on(person: User) -> None:
    client = signed_in(person)
    assert not sessions(person)
    client.get("/", headers={"User-Agent": LAPTOP})
    client.get("/find/")
    (session,) = sessions(person)
    assert session.browser == "Chrome on Windows"


def test_a_session_whose_note_is_over_is_worth_nothing_even_if_its_cookie_came_back(person: User) -> None:
    client = signing_in(person)
    OpenSession.objects.filter(person=person).update(ended_at=timezone.now(), ended_because="by_them", session_key=None)
    assert client.get("/").status_code == 302


def test_old_notes_of_a_person_are_deleted_after_thirty_days(person: User) -> None:
    signing_in(person).post("/sign-out/")
    OpenSession.objects.update(ended_at=timezone.now() - timedelta(days=31))
    signing_in(person)
    assert OpenSession.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (LAPTOP, "Chrome on Windows"),
        (LAPTOP + " Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on an iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("curl/8", "A browser on an unknown system"),
        ("", "A browser on an unknown system"),
    ],
)
def test_a_browser_is_named_in_words_that_its_user_recognises(said: str, words: str) -> None:
    assert browser_in_words(said) == words
