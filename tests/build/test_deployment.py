"""A careless start is refused, and each finding says what, where and what to do."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from openmappa.audit.services import log
from openmappa.config.database import embedded_access, url_access
from openmappa.config.deployment import Finding, findings_in_settings
from openmappa.config.deployment_database import findings_in_database, findings_in_reach, findings_in_seals
from openmappa.config.environment import SettingsError
from openmappa.config.wsgi import refuse_careless_start

SECRET = "kF3vPq8sXz1LwR7tYb5nHc9jDm2gUa4eQo6iVx0B"
ELSEWHERE = "postgresql://web:hidden@db.example/mappa?sslmode=verify-full"
OWNER = "postgresql://owner:hidden@db.example/mappa?sslmode=verify-full"
Owner = Callable[[], AbstractContextManager["psycopg.Connection[Any]"]]


@pytest.fixture
def careful(tmp_path: Path) -> SimpleNamespace:
    """Settings with which nothing is careless."""
    (tmp_path / "staticfiles.json").write_text("{}")
    whole = tmp_path / "openmappa-2026-11-24T010000Z"
    whole.mkdir()
    (whole / "manifest.json").write_text("{}")
    return SimpleNamespace(
        DEBUG=False,
        OPENMAPPA_DEMO=False,
        OPENMAPPA_MFA_REQUIRED=True,
        SECRET_KEY=SECRET,
        HAS_SECRET=True,
        SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"),
        ALLOWED_HOSTS=["mappa.example"],
        CSRF_TRUSTED_ORIGINS=["https://mappa.example"],
        DATABASE_ROLE="app",
        DATABASE_ACCESS=url_access(ELSEWHERE, OWNER),
        DATABASE_IS_DURABLE=True,
        STATIC_ROOT=tmp_path,
        OPENMAPPA_EMAIL_URL="smtp://mail.example",
        OPENMAPPA_ADDRESS="https://mappa.example",
        OPENMAPPA_BACKUPS=tmp_path,
        OPENMAPPA_BACKUP_RECIPIENTS=["age1"],
    )


def said(settings: Any, environment: dict[str, str] | None = None) -> list[str]:
    return [finding.said for finding in findings_in_settings(settings, environment or {})]


def test_nothing_is_found_where_nothing_is_careless(careful: SimpleNamespace) -> None:
    assert said(careful) == []


@pytest.mark.parametrize(
    ("name", "value", "begins", "stops"),
    [
        ("DEBUG", True, "OPENMAPPA_DEBUG is on", True),
        ("OPENMAPPA_DEMO", True, "OPENMAPPA_DEMO is on", True),
        ("OPENMAPPA_EMAIL_URL", "", "OPENMAPPA_EMAIL_URL is not set", False),
        ("OPENMAPPA_ADDRESS", "http://mappa.example", "OPENMAPPA_ADDRESS is not set to an https address", False),
        ("OPENMAPPA_MFA_REQUIRED", False, "OPENMAPPA_MFA_REQUIRED is off", True),
        ("HAS_SECRET", False, "OPENMAPPA_SECRET_KEY is not set", True),
        ("SECRET_KEY", SECRET[:39], "OPENMAPPA_SECRET_KEY is short or monotonous", True),
        ("SECRET_KEY", "abc" * 20, "OPENMAPPA_SECRET_KEY is short or monotonous", True),
        ("SECRET_KEY", f"django-insecure-{SECRET}", "OPENMAPPA_SECRET_KEY looks like one from an example", True),
        ("SECURE_PROXY_SSL_HEADER", None, "Nothing says that people reach the service by https", True),
        ("ALLOWED_HOSTS", ["*"], "OPENMAPPA_ALLOWED_HOSTS has '*', which stands for any name", True),
        ("ALLOWED_HOSTS", [".example"], "OPENMAPPA_ALLOWED_HOSTS has '.example', which stands for any name", True),
        ("ALLOWED_HOSTS", ["localhost"], "OPENMAPPA_ALLOWED_HOSTS names this machine only", False),
        ("CSRF_TRUSTED_ORIGINS", ["http://mappa.example"], "OPENMAPPA_TRUSTED_ORIGINS has 'http://mappa", True),
        ("CSRF_TRUSTED_ORIGINS", ["https://*.example"], "OPENMAPPA_TRUSTED_ORIGINS has 'https://*.example'", True),
        ("DATABASE_ROLE", "owner", "OPENMAPPA_DB_ROLE is owner", True),
        ("OPENMAPPA_BACKUPS", None, "OPENMAPPA_BACKUPS is not set", False),
        ("OPENMAPPA_BACKUPS", Path("/nowhere"), "There is no backup of the last 48 hours in /nowhere", False),
        ("OPENMAPPA_BACKUP_RECIPIENTS", [], "Backups are not encrypted", False),
        ("STATIC_ROOT", Path("/nowhere"), "The styles and scripts are not collected in /nowhere", True),
    ],
)
def test_each_careless_setting_is_one_finding(
    careful: SimpleNamespace, name: str, value: object, begins: str, stops: bool
) -> None:
    setattr(careful, name, value)
    (found,) = findings_in_settings(careful, {})
    assert (found.said[: len(begins)], found.stops) == (begins, stops)
    assert SECRET not in found.said


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("postgresql://web@db.example/mappa", ["with sslmode=prefer, so records may pass the network unencrypted"]),
        ("postgresql://web@db.example/mappa?sslmode=disable", ["with sslmode=disable, so records may pass"]),
        ("postgresql://web@127.0.0.1,db.example/mappa?sslmode=allow", ["reaches db.example with sslmode=allow"]),
        ("postgresql://web@db.example/mappa?sslmode=require", ["anybody in between could pose as the server"]),
        ("postgresql://web@127.0.0.1/mappa", []),
        ("postgresql://web@/mappa?host=/run/postgresql", []),
    ],
)
def test_a_database_elsewhere_needs_tls(careful: SimpleNamespace, address: str, found: list[str]) -> None:
    careful.DATABASE_ACCESS = url_access(address)
    sentences = said(careful)
    assert len(sentences) == len(found)
    assert all(words in sentence for words, sentence in zip(found, sentences, strict=True))


def test_a_password_in_an_address_is_in_no_finding(careful: SimpleNamespace) -> None:
    careful.DATABASE_ACCESS = url_access(ELSEWHERE.partition("?")[0], OWNER.partition("?")[0])
    sentences = said(careful)
    assert [sentence.partition(" ")[0] for sentence in sentences] == ["DATABASE_URL", "DATABASE_OWNER_URL"]
    assert not any("hidden" in sentence for sentence in sentences)


def test_an_embedded_database_that_does_not_wait_for_the_disk_is_refused(careful: SimpleNamespace) -> None:
    careful.DATABASE_ACCESS = embedded_access(Path("/nowhere"), Path("/nowhere"))
    assert said(careful) == []
    careful.DATABASE_IS_DURABLE = False
    assert said(careful)[0].startswith("The embedded database does not wait for the disk")


def test_files_with_secrets_that_everybody_may_read_are_refused(careful: SimpleNamespace, tmp_path: Path) -> None:
    key, agencies, theirs = tmp_path / "key", tmp_path / "agencies.toml", tmp_path / "client-secret"
    for file in (key, theirs):
        file.write_text(SECRET)
        file.chmod(0o600)
    agencies.write_text('[north]\nclient_secret_file = "client-secret"\n')
    environment = {"OPENMAPPA_SECRET_KEY_FILE": str(key), "OPENMAPPA_OIDC_FILE": str(agencies)}
    assert said(careful, environment) == []
    for file in (key, theirs):
        file.chmod(0o644)
    assert [sentence.partition(", which")[0] for sentence in said(careful, environment)] == [
        f"OPENMAPPA_OIDC_FILE names {theirs}",
        f"OPENMAPPA_SECRET_KEY_FILE names {key}",
    ]


# ---- what the database tells


NOT_DURABLE = ["The database server runs with fsync = off", "The database server runs with full_page_writes = off"]
"""True of the tests' own server, which is thrown away."""


def begun(found: list[Finding], length: int = 300) -> list[str]:
    return [finding.said.partition(",")[0][:length] for finding in found]


def signed_in_as(login: Any) -> BaseDatabaseWrapper:
    """Another connection of Django's to the same database."""
    other = connection.copy()
    other.settings_dict = {
        **connection.settings_dict,
        **replace(login, name=connection.settings_dict["NAME"]).for_django(),
    }
    return other


@pytest.mark.django_db
def test_the_database_as_migrations_make_it_is_not_careless() -> None:
    assert list(findings_in_reach(connection)) == []
    assert begun(list(findings_in_database(connection))) == NOT_DURABLE
    assert list(findings_in_seals(connection)) == []


@pytest.mark.django_db
def test_a_superuser_and_the_owner_of_the_tables_are_refused() -> None:
    access = django_settings.DATABASE_ACCESS
    for login, words in [
        (access.administrator, "The database login 'postgres' is a superuser"),
        (access.owner, f"The database login '{access.owner.user}' of the service may become the owner of its tables. "),
    ]:
        other = signed_in_as(login)
        try:
            assert begun(list(findings_in_database(other)), len(words))[0] == words
        finally:
            other.close()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("damage", "repair", "words"),
    [
        (
            "ALTER TABLE visits_homevisit NO FORCE ROW LEVEL SECURITY",
            "ALTER TABLE visits_homevisit FORCE ROW LEVEL SECURITY",
            "Row-level security does not bind its owner on the table visits_homevisit",
        ),
        (
            "ALTER TABLE cases_alias DISABLE ROW LEVEL SECURITY",
            "ALTER TABLE cases_alias ENABLE ROW LEVEL SECURITY",
            "Row-level security does not bind its owner on the table cases_alias",
        ),
        (
            "CREATE TABLE scratch_copy (case_id bigint)",
            "DROP TABLE scratch_copy",
            "Row-level security is off on the table scratch_copy",
        ),
        (
            "GRANT DELETE ON audit_event TO openmappa_jobs",
            "REVOKE DELETE ON audit_event FROM openmappa_jobs",
            "The service may change or delete rows of audit_event",
        ),
    ],
)
def test_each_hole_in_the_database_is_one_finding(as_owner: Owner, damage: str, repair: str, words: str) -> None:
    with as_owner() as owner:
        owner.execute(damage)
        try:
            found = begun(list(findings_in_database(connection)))
        finally:
            owner.execute(repair)
    assert found == [*NOT_DURABLE, words.replace("does not bind its owner", "is off") if "DISABLE" in damage else words]


@pytest.mark.django_db
def test_a_log_that_nobody_seals_is_said_and_keeps_nobody_out(as_owner: Owner) -> None:
    log(by=None, verb="import caseload", operation="collection")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('openmappa.job', 'tests', true)")
    assert list(findings_in_seals(connection)) == []
    with connection.cursor() as cursor:
        columns = "by_name, verb, operation, at"
        at = timezone.now() - timedelta(days=4)
        cursor.execute(f"INSERT INTO audit_event ({columns}) VALUES ('x', 'y', 'access', %s)", [at])
    (found,) = findings_in_seals(connection)
    assert (found.stops, "Run openmappa manage daily" in found.said) == (False, True)


# ---- serving and asking


@pytest.mark.django_db
def test_serving_refuses_with_every_finding_that_stops_and_names_the_command(settings: Any) -> None:
    settings.OPENMAPPA_DEMO, settings.DATABASE_ROLE = False, "app"
    with pytest.raises(SettingsError) as refused:
        refuse_careless_start()
    lines = str(refused.value).splitlines()
    assert (lines[0], lines[-1]) == ("The service does not start like this:", "To look again: openmappa check --deploy")
    assert any("Nothing says that people reach the service by https." in line for line in lines)


def test_the_server_does_not_start_carelessly_and_says_why() -> None:
    command = [sys.executable, "-c", "import openmappa.config.wsgi"]
    environment = {"PATH": "/usr/bin:/bin", "OPENMAPPA_SECRET_KEY": "too-short", "OPENMAPPA_ALLOWED_HOSTS": "*"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    for words in ("OPENMAPPA_SECRET_KEY is short", "which stands for any name", "by https"):
        assert words in done.stderr
    assert "too-short" not in done.stderr


def test_the_command_says_each_finding_and_exits_with_1() -> None:
    command = [str(Path(sys.executable).with_name("openmappa")), "check", "--deploy"]
    environment = {
        "PATH": "/usr/bin:/bin",
        "OPENMAPPA_DEMO": "yes",
        "DATABASE_URL": "postgresql://web@/x?host=/nowhere",
    }
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0].startswith("1. OPENMAPPA_DEMO is on")
    assert any("The database cannot be reached" in line for line in lines)
    count = sum(line.partition(".")[0].isdigit() for line in lines)  # what a server says may take several lines
    assert f"{count} to mend. The service does not start like this." in done.stderr
