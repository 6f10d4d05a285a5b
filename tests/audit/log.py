"""What the tests of the log build: events of past days, and the database's roles within one test's transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from openmappa.audit.models import Event
from openmappa.audit.services import seal_some
from openmappa.audit.verifying import first_fault, seals
from openmappa.config.roles import as_owner

numbers = count(1)


def past(days: int, hour: int = 12) -> datetime:
    """An hour of a day (of UTC) that was so many days ago."""
    today = timezone.now().astimezone(UTC).replace(hour=hour, minute=0, second=0, microsecond=0)
    return today - timedelta(days=days)


def write_event(at: datetime, **words: Any) -> Event:
    """An event of that instant, as only a job may write it."""
    plain = {"by_id": 7, "by_name": "Officer Sample 7", "verb": "open case", "operation": "consultation"}
    return Event.objects.create(at=at, **(plain | words))


def write_change(at: datetime, **words: Any) -> None:
    """A row of history of that instant, as only the owner may write it."""
    plain = {
        "at": at,
        "in_table": "cases_alias",
        "operation": "update",
        "row_id": next(numbers),
        "columns": ["family_name"],
        "before": '{"family_name": "Testcase"}',
    }
    values = plain | words
    marks = ", ".join(["%s"] * len(values))
    run(f"INSERT INTO audit_change ({', '.join(values)}) VALUES ({marks})", list(values.values()))


def seal_everything(batch: int = 100_000) -> None:
    """Seal every day that is over."""
    while not seal_some(batch=batch).stopped:
        pass


def fault() -> str | None:
    """What verifying the whole log finds."""
    found = seals()
    return first_fault(found, found)


def run(statement: str, values: list[Any] | None = None) -> int:
    """One statement of SQL; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def answer(statement: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
    """The rows that a question in SQL gives."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


@contextmanager
def as_application() -> Iterator[None]:
    """The application's role, in a block that leaves nothing behind."""
    with transaction.atomic():
        run("SET LOCAL ROLE openmappa_app")
        run("SELECT set_config('openmappa.job', '', true)")
        yield
        transaction.set_rollback(True)


@contextmanager
def as_the_owner() -> Iterator[None]:
    """The owner of the tables, who has switched off what keeps rows as they are; for tests outside a transaction.

    What the block does is undone at its end.
    """
    with as_owner(connection, settings.DATABASE_ACCESS), transaction.atomic():
        for table in ("audit_event", "audit_change", "audit_link", "audit_seal"):
            run(f"ALTER TABLE {table} DISABLE TRIGGER USER, NO FORCE ROW LEVEL SECURITY")
        yield
        transaction.set_rollback(True)
