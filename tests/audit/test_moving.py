"""A log that was there before it was divided by month comes over whole."""

from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from openmappa.config import roles
from tests.support import database

OLD = """
INSERT INTO audit_event (at, by_id, by_name, agency, verb, case_id, about, correlation) VALUES
    (now() - interval '70 days', 3, 'Officer Sample 3', 'Northshire Police', 'sign in', NULL, '{}', gen_random_uuid()),
    (now() - interval '40 days', NULL, 'command line', '', 'import caseload', NULL, '{"cases": 2}', gen_random_uuid()),
    (now() - interval '1 day', 3, 'Officer Sample 3', 'Northshire Police', 'record fact', 8, '{}', gen_random_uuid()),
    (now(), 3, 'Officer Sample 3', 'Northshire Police', 'export caseload', NULL, '{}', gen_random_uuid())
"""


@pytest.fixture
def empty_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Django's connection on a database of its own, without a table."""
    held = connections["default"].settings_dict
    before = held["NAME"]
    name = f"{before}_moving"
    with django_db_blocker.unblock():
        connections.close_all()
        with database.administrator() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            roles.make_database(connection, name, owner=settings.DATABASE_ACCESS.owner.user)
        with psycopg.connect(**settings.DATABASE_ACCESS.administrator.for_psycopg(name), autocommit=True) as connection:
            roles.grant_defaults(connection, settings.DATABASE_ACCESS)
        held["NAME"] = name
        yield
        database.drop(name)
        held["NAME"] = before


def test_every_old_row_stands_in_its_month_and_says_which_operation_it_was(empty_database: None) -> None:
    call_command("migrate", "audit", "0002_append_only", verbosity=0)
    with database.owner() as owner:
        owner.execute(OLD)
        before = owner.execute(
            "SELECT id, at, by_id, by_name, agency, verb, case_id, about FROM audit_event"
        ).fetchall()
    call_command("migrate", "audit", "0005_seals", verbosity=0)
    with database.owner() as owner:
        after = owner.execute(
            "SELECT id, at, by_id, by_name, agency, verb, case_id, about FROM audit_event ORDER BY id"
        )
        assert after.fetchall() == before
        words = owner.execute("SELECT operation, channel, outcome FROM audit_event ORDER BY id").fetchall()
        assert words == [
            ("access", "web", "done"),
            ("collection", "command", "done"),
            ("alteration", "web", "done"),
            ("disclosure", "command", "done"),
        ]
        places = (
            "SELECT DISTINCT tableoid::regclass::text = 'audit_event_' || to_char(at AT TIME ZONE 'UTC', 'YYYY_MM')"
        )
        assert owner.execute(f"{places} FROM audit_event").fetchall() == [(True,)]
        owner.execute("INSERT INTO audit_event (by_name, verb, operation) VALUES ('x', 'x', 'access')")
        assert owner.execute("SELECT max(id) FROM audit_event").fetchone() == (max(row[0] for row in before) + 1,)
