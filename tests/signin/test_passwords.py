"""Passwords by NCSC's advice: long, not about oneself, in no list; changed only when one wants to."""

import hashlib
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.utils.module_loading import import_string
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from openmappa.accounts.models import User
from openmappa.config import settings as service
from openmappa.signin.passwords import is_listed
from tests.signin.made import events, officer, sessions, signing_in
from tests.worklist.made import signed_in

GOOD = "copper lantern meadow"
PAGE = "/you/sign-in/password/"


def change(old: str = "right", new: str = GOOD, again: str = "") -> dict[str, str]:
    return {"old_password": old, "new_password": new, "new_password_again": again or new}


@pytest.mark.parametrize("password", [GOOD, "aaaaaaaabbbb", "ich mag käse sehr", "x" * 256, "🦉 owl at midnight"])
def test_long_ones_are_good_whatever_they_are_made_of(password: str) -> None:
    validate_password(password, User(username="n.sample", full_name="Officer Sample One"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short words", "must be 12 characters or more. Three random words are enough."),
        ("x" * 257, "must be 256 characters or fewer"),
        ("Officer Sample One", "must not be like your name"),
        ("northshire police", "must not be like your name"),
        ("i love OpenMAPPA", "must not contain the name of the service"),
        ("1234567891011", "one of those that people use most"),
    ],
)
def test_what_would_be_guessed_is_refused_in_words_that_help(password: str, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(password, officer())
    assert said in " ".join(refused.value.messages)


def breached(folder: Path, *passwords: str, end: str = "\r\n") -> Path:
    digests = sorted(hashlib.sha1(each.encode(), usedforsecurity=False).hexdigest().upper() for each in passwords)
    file = folder / "breached.txt"
    file.write_bytes("".join(f"{digest}:{number}{end}" for number, digest in enumerate(digests, 1)).encode())
    return file


@effort(deadline=None)
@given(st.lists(st.text(max_size=8), unique=True, max_size=60), st.text(max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_looking_into_the_list_finds_exactly_what_is_in_it(
    tmp_path_factory: pytest.TempPathFactory, known: list[str], other: str, end: str
) -> None:
    known = [each for each in known if _encodes(each)]
    file = breached(tmp_path_factory.mktemp("list"), *known, end=end)
    assert all(is_listed(file, each) for each in known)
    if _encodes(other):
        assert is_listed(file, other) is (other in known)


def _encodes(text: str) -> bool:
    return not any(0xD800 <= ord(letter) <= 0xDFFF for letter in text)


def test_a_password_stolen_elsewhere_is_refused(tmp_path: Path, settings: object) -> None:
    settings.OPENMAPPA_BREACHED_PASSWORDS = breached(tmp_path, GOOD, "another one")  # type: ignore[attr-defined]
    with pytest.raises(ValidationError, match="stolen from another service"):
        validate_password(GOOD)
    validate_password("amber walnut bicycle")


def test_a_list_that_has_gone_stops_the_change_and_lets_nothing_through(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        is_listed(tmp_path / "gone.txt", GOOD)


def test_passwords_are_kept_by_argon2() -> None:
    (hasher,) = service.PASSWORD_HASHERS
    kept = make_password(GOOD, hasher=import_string(hasher)())
    assert kept.startswith("argon2$argon2id$")


@pytest.mark.django_db
def test_changing_it_signs_one_out_everywhere_else() -> None:
    person = officer()
    elsewhere, here = signing_in(person), signing_in(person)
    answer = here.post(PAGE, change())
    assert answer.headers["Location"] == "/you/sign-in/?done=password"
    assert "You have been signed out everywhere else" in here.get(answer.headers["Location"]).content.decode()
    assert elsewhere.get("/").status_code == 302
    assert len(sessions(person)) == 1
    assert [verb for verb, _ in events()][-2:] == ["change password", "end other sessions"]
    assert sessions(person)[0].session_key == here.session.session_key
    assert "_auth_user_id" in signing_in(person, GOOD).session
    assert "_auth_user_id" not in signing_in(person, "right").session


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (change(old="wrong"), "That password is not right"),
        (change(again="copper lantern meadows"), "The two new passwords are not the same"),
        (change(new="short"), "must be 12 characters or more"),
        (change(old="", new="", again=""), "Enter the password you have now"),
    ],
)
def test_a_change_that_cannot_be_made_says_why_and_changes_nothing(sent: dict[str, str], said: str) -> None:
    person = officer()
    page = signed_in(person).post(PAGE, sent).content.decode()
    assert page.count(said) == 2
    assert GOOD not in page
    person.refresh_from_db()
    assert person.check_password("right")


@pytest.mark.django_db
def test_the_same_password_again_is_no_change() -> None:
    person = officer()
    person.set_password(GOOD)
    person.save()
    assert "must be another one" in signed_in(person).post(PAGE, change(old=GOOD)).content.decode()


@pytest.mark.django_db
def test_guessing_the_old_password_ends_the_session_after_five() -> None:
    person = officer()
    client = signing_in(person)
    for number in range(5):
        client.post(PAGE, change(old=f"wrong {number}"))
    assert not sessions(person)


@pytest.mark.django_db
def test_the_page_lists_the_rules_and_asks_for_no_capitals_or_signs() -> None:
    page = signed_in(officer()).get(PAGE).content.decode()
    for rule in ("12 characters or more", "not be a password that many people use"):
        assert rule in page


@pytest.mark.django_db
def test_whoever_has_no_password_here_has_none_to_change() -> None:
    person = officer()
    person.set_unusable_password()
    person.save()
    client = signed_in(person)
    assert client.get(PAGE).status_code == 404
    assert "you sign in at your agency" in client.get("/you/sign-in/").content.decode()
