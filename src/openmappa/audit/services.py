"""Writing the log, and looking after it: its months and its seals."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from openmappa.audit.forwarding import forwards, pass_on
from openmappa.audit.models import Operation, Outcome

INSERT = """
INSERT INTO audit_event
    (by_id, by_name, agency, role, verb, operation, outcome, case_id, case_ids, classes, recipient, about)
VALUES (
    %s, coalesce(%s, CASE WHEN access_channel() <> 'command' THEN 'not signed in' ELSE 'command line' END),
    %s, %s, %s, %s, %s, %s, %s::bigint[], %s::text[], %s, %s::jsonb
)
"""
WRITTEN = (
    "SELECT currval('audit_event_id_seq'), coalesce(access_channel(), 'command'), access_acting(), access_correlation()"
)
BATCH = 100_000
"""How many rows are sealed in one transaction: about two seconds of work, so that a stop loses little."""


class Actor(Protocol):
    """Whoever can be named in the log: a signed-in person."""

    pk: Any
    role: Any

    @property
    def display_name(self) -> str: ...

    @property
    def agency_name(self) -> str: ...


def log(
    *,
    by: Actor | None,
    verb: str,
    case_id: int | None = None,
    about: Mapping[str, object] | None = None,
    operation: str = Operation.ALTERATION,
    case_ids: Iterable[int] = (),
    classes: Iterable[str] = (),
    recipient: str = "",
    outcome: str = Outcome.DONE,
    channel: str = "",
) -> None:
    """Write one event, in the transaction of the deed: neither stands without the other.

    ``by`` is None where a command did it, or somebody who has not signed in. ``case_ids`` are the cases that a list
    showed, ``classes`` the classes of the fields that were shown (``core.compartments.FieldClass``), ``recipient``
    whom a disclosure went to. ``channel``, where given, holds for the rest of the transaction (``print``, ``export``);
    otherwise channel, correlation and by what right it was done come from what the transaction states.

    A person who is stated writes in their own name only, and where neither a person nor a job is stated the operation
    must be ``access``: the database refuses anything else with ``ProgrammingError``. A word that is no operation or
    outcome is an ``IntegrityError``.
    """
    shown = sorted(set(case_ids))
    seen = sorted({str(each) for each in classes})
    who = [by.pk, by.display_name, by.agency_name, str(by.role)] if by else [None, None, "", ""]
    said = json.dumps(dict(about or {}), cls=DjangoJSONEncoder)
    values = [*who, verb, str(operation), str(outcome), case_id, shown, seen, recipient, said]
    with connection.cursor() as cursor:
        if channel:
            cursor.execute("SELECT set_config('openmappa.channel', %s, true)", [channel])
        cursor.execute(INSERT, values)
        if not forwards():
            return
        cursor.execute(WRITTEN)
        number, through, acting, correlation = cursor.fetchone() or (None, "", "", None)
    line = {
        "event": number,
        "by": who[0],
        "agency": who[2],
        "role": who[3],
        "verb": verb,
        "operation": str(operation),
        "outcome": str(outcome),
        "channel": through,
        "acting": acting or "",
        "case": case_id,
        "cases": shown,
        "classes": seen,
        "correlation": str(correlation),
    }
    transaction.on_commit(lambda: pass_on(line), robust=True)


def make_months(*, ahead: int = 3) -> int:
    """Make the log's tables of this month and the months ahead, where they are missing; how many were made.

    Harmless at any time and for anybody. Rows whose month was not made stand in a table of their own and are found all
    the same.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT audit_make_months(%s)", [ahead])
        return int((cursor.fetchone() or (0,))[0])


class Sealing(NamedTuple):
    """What one step of sealing did: so many rows of a day; whether that day is sealed now; what stopped it."""

    day: date | None
    rows: int
    sealed: bool
    stopped: str


def seal_some(*, batch: int = BATCH) -> Sealing:
    """Seal the next rows of the first day that is over and not sealed; see ``Sealing``.

    ``stopped`` is empty when there may be more to do; ``all sealed``; ``busy`` when another process is sealing; or
    ``held`` when a transaction that began on that day or the day before still runs and may have rows to add.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('openmappa.job', 'seal_audit', true)")
        cursor.execute("SELECT day, rows, sealed, stopped FROM audit_seal_some(%s)", [batch])
        day, rows, sealed, stopped = cursor.fetchone() or (None, 0, False, "all sealed")
        return Sealing(day, rows, sealed, stopped)
