"""On whose behalf the database is asked: stated for one transaction, so that row-level security knows who is reading.

With nobody stated, no row of any case is there. A person is stated by ``as_person``, around every request; a job (a
command, a background task) by ``as_job``, on a connection of the jobs role. Both hold until the block ends.
"""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from openmappa.accounts.errors import NotAJob
from openmappa.accounts.models import User

_remembered: ContextVar[dict[object, object] | None] = ContextVar("remembered", default=None)

STATED = (
    "SELECT access_state(%s), set_config('openmappa.job', '', true), set_config('openmappa.channel', %s, true), "
    "set_config('openmappa.correlation', %s, true), set_config('openmappa.acting', '', true)"
)
JOB = (
    "SELECT access_state(NULL), set_config('openmappa.job', %s, true), "
    "set_config('openmappa.channel', 'command', true), set_config('openmappa.correlation', %s, true)"
)


def remembered() -> dict[object, object]:
    """What was worked out since the present person was stated; a new dictionary each time outside such a block."""
    known = _remembered.get()
    return {} if known is None else known


@contextmanager
def as_person(user: User | None, *, channel: str = "web", correlation: uuid.UUID | None = None) -> Iterator[None]:
    """One transaction in which everything is read and written on behalf of a person; None is nobody.

    Who was stated before is stated again afterwards. Cost: one statement before, one after.
    """
    within = connection.in_atomic_block  # otherwise the settings end with the transaction
    with transaction.atomic():
        before = _settings() if within else None
        _run(STATED, [user.pk if user else None, channel, str(correlation or uuid.uuid4())])
        token = _remembered.set({})
        try:
            yield
        finally:
            _remembered.reset(token)
            if before is not None and not connection.needs_rollback:
                _restore(before)


@contextmanager
def as_job(name: str) -> Iterator[None]:
    """One transaction in which a job acts. Raises NotAJob on a connection of the application's own role.

    For that role a stated job is nobody: only ``openmappa_jobs`` sees rows by it.
    """
    within = connection.in_atomic_block
    with transaction.atomic():
        before = _settings() if within else None
        if not _may_be_a_job():
            raise NotAJob(name)
        _run(JOB, [name, str(uuid.uuid4())])
        try:
            yield
        finally:
            if before is not None and not connection.needs_rollback:
                _restore(before)


def by_right_of(right: str) -> None:
    """State by what right the person acts until the transaction ends, such as ``break_glass``: the log keeps it."""
    _run("SELECT set_config('openmappa.acting', %s, true)", [right])


def restate(user: User) -> None:
    """State a person again after what they are involved in has changed, so that the rest of the request knows."""
    _run("SELECT access_state(%s)", [user.pk])
    remembered().clear()


NAMES = (
    "person",
    "role",
    "area",
    "agency",
    "agency_kind",
    "job",
    "channel",
    "correlation",
    "acting",
    "areas",
    "units",
    "people",
    "given",
    "given_open",
    "given_confidential",
    "given_victim",
    "given_intelligence",
    "named",
    "compartments",
)
"""Every setting that says on whose behalf; ``openmappa.`` stands before each."""


def _may_be_a_job() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_has_role(current_user, 'openmappa_jobs', 'USAGE')")
        return bool(cursor.fetchone() == (True,))


def _settings() -> list[str]:
    columns = ", ".join(f"coalesce(current_setting('openmappa.{name}', true), '')" for name in NAMES)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}")
        row = cursor.fetchone()
    return list(row or ())


def _restore(values: list[str]) -> None:
    columns = ", ".join(f"set_config('openmappa.{name}', %s, true)" for name in NAMES)
    _run(f"SELECT {columns}", values)


def _run(statement: str, values: Sequence[str | int | None]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@contextmanager
def alone(work: int) -> Iterator[bool]:
    """Whether nobody else does this work just now: a lock of the session, given back even after an error.

    ``work`` is a number that this kind of work has for itself. It holds over many transactions; nobody waits for it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [work])
        got = cursor.fetchone() == (True,)
    try:
        yield got
    finally:
        if got:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [work])
