"""The log stays: nobody changes, deletes or empties it; it is divided by month, and no row is lost for want of one."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from openmappa.audit.models import Event
from openmappa.audit.services import make_months
from tests.audit.log import answer, as_application, past, run, write_event

pytestmark = pytest.mark.django_db

TABLES = ("audit_event", "audit_change", "audit_link", "audit_seal")
DEEDS = {
    "update": "UPDATE {table} SET {column} = {column}",
    "delete": "DELETE FROM {table}",
    "truncate": "TRUNCATE {table}",
}
COLUMN = {"audit_event": "verb", "audit_change": "job", "audit_link": "kind", "audit_seal": "first_row"}

Owner = Callable[[], AbstractContextManager["psycopg.Connection[Any]"]]


def months(table: str) -> list[str]:
    rows = answer(
        "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid "
        "WHERE i.inhparent = %s::regclass ORDER BY 1",
        [table],
    )
    return [name for (name,) in rows]


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("table", TABLES)
def test_neither_the_application_nor_a_job_can_touch_what_is_written(table: str, deed: str) -> None:
    write_event(timezone.now())
    statement = DEEDS[deed].format(table=table, column=COLUMN[table])
    with as_application(), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        run(statement)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        run(statement)


@pytest.mark.parametrize("deed", ["update", "delete"])
@pytest.mark.parametrize("table", TABLES)
def test_a_trigger_refuses_even_the_owner(table: str, deed: str, as_owner: Owner) -> None:
    with as_owner() as connection:
        for name in [table, *months(table)]:
            statement = DEEDS[deed].format(table=name, column=COLUMN[table])
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match=f"Rows of {name} are never changed"):
                connection.execute(statement)


@pytest.mark.parametrize("table", ["audit_change", "audit_link", "audit_seal"])
def test_history_and_seals_are_written_by_the_database_alone(table: str) -> None:
    for role in ("openmappa_app", "openmappa_jobs"):
        with transaction.atomic():
            run(f"SET LOCAL ROLE {role}")
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                run(f"INSERT INTO {table} DEFAULT VALUES")
            transaction.set_rollback(True)


@pytest.mark.parametrize("table", ["audit_event", "audit_change", "audit_link"])
def test_a_months_own_table_is_closed_also_one_that_is_made_later(table: str) -> None:
    make_months(ahead=6)
    assert len(months(table)) >= 8
    for name in months(table):
        for verb in ("SELECT 1 FROM", "DELETE FROM", "TRUNCATE"):
            with as_application(), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                run(f"{verb} {name}")


def test_this_month_and_the_next_three_are_there_and_making_them_again_changes_nothing() -> None:
    now = timezone.now().astimezone(UTC)
    counted = [now.year * 12 + now.month - 1 + ahead for ahead in range(4)]
    wanted = [f"audit_event_{number // 12}_{number % 12 + 1:02}" for number in counted]
    assert [*wanted, "audit_event_other"] == months("audit_event")
    assert make_months() == 0
    assert make_months(ahead=4) == 3
    with as_application():
        assert make_months(ahead=4) == 0


def test_a_row_whose_month_was_never_made_stands_with_the_others_and_is_found() -> None:
    event = write_event(datetime(2031, 5, 17, 3, tzinfo=UTC))
    assert Event.objects.get(pk=event.pk).at == event.at
    with transaction.atomic():
        assert answer("SELECT tableoid::regclass::text FROM audit_event WHERE id = %s", [event.pk]) == [
            ("audit_event_other",)
        ]


def test_an_event_of_this_month_stands_in_the_months_table() -> None:
    event = write_event(past(0))
    assert answer("SELECT tableoid::regclass::text FROM audit_event WHERE id = %s", [event.pk]) == [
        (f"audit_event_{event.at:%Y_%m}",)
    ]


@pytest.mark.django_db(transaction=True)
def test_a_month_whose_rows_stand_with_the_others_already_is_left_there(as_owner: Owner) -> None:
    """The day's command came too late: the next month cannot be made any more, and nothing breaks."""
    now = timezone.now()
    ahead = answer("SELECT (date_trunc('month', now() AT TIME ZONE 'UTC') + interval '5 months 3 days')")[0][0]
    event = write_event(ahead.replace(tzinfo=UTC))
    assert make_months(ahead=5) == 5  # two of three tables for the fifth month, three for the fourth
    assert f"audit_event_{event.at:%Y_%m}" not in months("audit_event")
    assert Event.objects.filter(at__gt=now).count() == 1
    with as_owner() as connection:
        for table in ("audit_event", "audit_change", "audit_link"):
            for name in months(table)[4:-1]:
                connection.execute(f"DROP TABLE {name}")
