"""What row-level security and the log of every look cost: the same requests with and without, in one run."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings

KINDS = (
    "Worklist, mine",
    "Worklist, my unit",
    "Worklist, my area",
    "Case page, front sheet",
    "Case page, duties",
    "Case page, timeline",
)
"""The pages for which issue and documentation promise a ratio."""
AT_A_TIME = 10
LOG = "openmappa.oversight.middleware.ReadingLog"
PROTECTED = "SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace ORDER BY 1"

Prepared = tuple[Client, str, str, dict[str, Any]]
Cost = dict[str, Any]


def costs(kinds: dict[str, tuple[int, Callable[[], Prepared]]], count: int) -> list[Cost]:
    """For each kind of page the median milliseconds as it is, without row-level security, and without the log.

    Ten requests as it is, the same ten without the one, the same ten without the other, and so on, so that whatever
    else the machine does falls on all three alike. What is switched off is switched on again whatever happens.
    """
    return [_cost(name, kinds[name][1], count) for name in KINDS]


def _cost(name: str, prepare: Callable[[], Prepared], count: int) -> Cost:
    taken: dict[str, list[float]] = {"as_it_is": [], "without_rls": [], "without_log": []}
    for _ in range(-(-count // AT_A_TIME)):
        some = [prepare() for _ in range(AT_A_TIME)]
        _sent(some)  # none of the three is the first to touch these rows
        taken["as_it_is"] += _sent(some)
        with _without_row_level_security():
            taken["without_rls"] += _sent(some)
        with override_settings(MIDDLEWARE=[each for each in settings.MIDDLEWARE if each != LOG]):
            taken["without_log"] += _sent([(_again(client), how, where, what) for client, how, where, what in some])
    return {"name": name, **{way: median(milliseconds) for way, milliseconds in taken.items()}}


def _sent(requests: list[Prepared]) -> list[float]:
    milliseconds = []
    for client, method, address, values in requests:
        started = perf_counter()
        response = getattr(client, method)(address, values)
        milliseconds.append((perf_counter() - started) * 1000)
        if response.status_code != 200:
            raise SystemExit(f"{address} gave {response.status_code}, not 200")
    return milliseconds


def _again(client: Client) -> Client:
    """The same browser, on a stack that is built afresh."""
    other = Client(SERVER_NAME=client.defaults["SERVER_NAME"])
    other.cookies = client.cookies
    other.get("/health")
    return other


@contextmanager
def _without_row_level_security() -> Iterator[None]:
    name = connection.settings_dict["NAME"]
    with psycopg.connect(**settings.DATABASE_ACCESS.owner.for_psycopg(name), autocommit=True) as owner:
        tables = [table for (table,) in owner.execute(PROTECTED).fetchall()]
        try:
            for table in tables:
                owner.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
            yield
        finally:
            for table in tables:
                owner.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
