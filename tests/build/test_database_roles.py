"""The application's database role is bound by what the owner allows, in the tests as in service."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import ProgrammingError, connection, transaction

pytestmark = pytest.mark.django_db


def test_the_tests_build_as_the_jobs_role_which_is_a_member_of_the_applications() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, pg_has_role(current_user, 'openmappa_app', 'MEMBER')")
        assert cursor.fetchone() == ("openmappa_jobs", True)


def test_the_application_role_is_no_superuser_and_cannot_bypass_row_level_security() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, False, False, False)


def test_the_application_role_owns_no_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = 'openmappa_app'")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "DROP TABLE django_session",
        "TRUNCATE django_session",
        "ALTER TABLE django_session DISABLE ROW LEVEL SECURITY",
        "ALTER ROLE openmappa_app BYPASSRLS",
    ],
)
def test_the_application_role_may_not(statement: str) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.skipif(settings.DATABASE_ACCESS.embedded is None, reason="a server elsewhere may have one login only")
def test_the_application_may_not_become_the_owner() -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET ROLE openmappa_owner")


def test_the_owner_may_do_what_the_application_may_not(as_owner: Callable[[], AbstractContextManager[Any]]) -> None:
    with as_owner() as owner:
        row = owner.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user").fetchone()
        assert row[0] > 10
        owner.execute("CREATE TABLE scratch (id int)")
        owner.execute("DROP TABLE scratch")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_transactional_test_leaves_no_row_behind(turn: int) -> None:
    assert ContentType.objects.filter(app_label="scratch").count() == 0
    ContentType.objects.create(app_label="scratch", model=f"turn{turn}")
