"""DATABASE_URL: what is read from it, and what is said when it cannot be read."""

import pytest

from openmappa.config.database import Login, read_url, url_access
from openmappa.config.environment import SettingsError


@pytest.mark.parametrize(
    ("url", "login"),
    [
        ("postgresql://anna:s3cret@db.test:6543/mappa", Login("db.test", "6543", "mappa", "anna", "s3cret")),
        ("postgres://anna@db.test/mappa", Login("db.test", "5432", "mappa", "anna")),
        ("postgresql://a%40b:p%2F%23%3A%25@h/n%20x", Login("h", "5432", "n x", "a@b", "p/#:%")),
        ("postgresql://anna@%2Frun%2FPG/mappa", Login("/run/PG", "5432", "mappa", "anna")),
        ("postgresql://anna@/mappa?host=/run/PG&port=5433", Login("/run/PG", "5433", "mappa", "anna")),
        ("postgresql://anna@[::1]:5433/mappa", Login("::1", "5433", "mappa", "anna")),
        (
            "postgresql://anna@h/mappa?sslmode=verify-full&sslrootcert=/etc/ca.pem",
            Login("h", "5432", "mappa", "anna", "", {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"}),
        ),
        (" postgresql:///mappa?user=anna&password=x ", Login("", "5432", "mappa", "anna", "x")),
    ],
)
def test_what_is_read_from_an_address(url: str, login: Login) -> None:
    assert read_url("DATABASE_URL", url) == login


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("mysql://anna@h/n", "it begins with 'mysql://'"),
        ("just words", "it has no postgresql:// at its start"),
        ("postgresql://anna@h/", "it names no database after the last slash"),
        ("postgresql://h/n", "it names no user before the @"),
        ("postgresql://anna@h:port/n", "the port is not a number from 0 to 65535"),
        ("postgresql://anna@h:70000/n", "the port is not a number from 0 to 65535"),
        ("postgresql://anna@h/n?sslmode", "the part after the ? is not written as name=value&name=value"),
        ("postgresql://anna@h/n?colour=red", "'colour' after the ? is no connection setting that is passed on"),
        ("postgresql://anna:a#b@h/n", "it contains a # character; in a password write %23 for it"),
        ("postgresql://anna@h/a/b", "the database name 'a/b' contains a slash; in a password write %2F for /"),
        ("postgresql://anna@[::1/n", "the host is not valid"),
    ],
)
def test_what_is_said_about_an_address_that_cannot_be_used(url: str, why: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_url("DATABASE_URL", url)
    assert str(refused.value) == (
        f"DATABASE_URL cannot be used: {why}. Write postgresql://USER:PASSWORD@HOST:5432/DATABASE, "
        "with special characters in the password percent-encoded."
    )


def test_no_password_is_shown_in_an_error_or_in_a_login_that_is_printed() -> None:
    with pytest.raises(SettingsError) as refused:
        read_url("DATABASE_URL", "postgresql://anna:hunter2@h:port/n")
    assert "hunter2" not in str(refused.value)
    assert "hunter2" not in repr(read_url("DATABASE_URL", "postgresql://anna:hunter2@h/n"))


def test_with_one_address_the_application_gives_up_the_owners_rights() -> None:
    access = url_access("postgresql://anna:x@h/n?options=-c%20jit%3Doff")
    given = "-c jit=off"
    assert access.administrator == Login("h", "5432", "n", "anna", "x", {"options": given})
    assert access.owner == Login("h", "5432", "n", "anna", "x", {"options": f"{given} -c openmappa.job=migrate"})
    assert access.jobs == Login("h", "5432", "n", "anna", "x", {"options": f"{given} -c role=openmappa_jobs"})
    assert access.application == Login("h", "5432", "n", "anna", "x", {"options": "-c jit=off -c role=openmappa_app"})
    assert access.embedded is None


def test_with_two_addresses_each_does_its_own_work() -> None:
    access = url_access("postgresql://web:x@h/n", "postgresql://boss:y@h/n")
    assert access.application == Login("h", "5432", "n", "web", "x", {"options": "-c role=openmappa_app"})
    assert access.jobs == Login("h", "5432", "n", "web", "x", {"options": "-c role=openmappa_jobs"})
    assert access.administrator == Login("h", "5432", "n", "boss", "y")
    assert access.owner == Login("h", "5432", "n", "boss", "y", {"options": "-c openmappa.job=migrate"})


def test_the_application_role_itself_needs_no_change_of_role() -> None:
    access = url_access("postgresql://openmappa_app:x@h/n", "postgresql://boss:y@h/n")
    assert access.application.options == {}


@pytest.mark.parametrize(
    ("owner_url", "why"),
    [
        ("postgresql://boss@h/other", "Both must name the same one."),
        ("postgresql://web@h/n", "both sign in as 'web'"),
    ],
)
def test_two_addresses_that_do_not_fit_are_refused(owner_url: str, why: str) -> None:
    with pytest.raises(SettingsError, match=why):
        url_access("postgresql://web@h/n", owner_url)
