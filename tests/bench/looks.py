"""How quick the pages about who looked at what are, and counting before a page: ``python -m tests.bench.looks [ROWS]``.

On the rows of ``tests.bench.audit``, in a database of its own under var/bench, which KEEP=1 keeps. The questions are
those of ``openmappa.oversight``: asked as the application's role, each in a transaction that states who asks.
"""

import os
import random
import sys
from functools import partial
from typing import Any

import psycopg

from openmappa.config.embedded import EmbeddedServer
from tests.bench.audit import (
    ASKED,
    CASES,
    FOLDER,
    OPENMAPPA,
    PEOPLE,
    ROWS,
    SEED,
    VAR,
    connected,
    filled,
    say,
    took,
)
from tests.bench.audit import lines as in_words
from tests.bench.measuring import run

READER = 2
BUSY = 3_000
"""Rows of one person's last 24 hours: far more than the limits let through."""
QUESTIONS = {
    "who has seen a case, look by look, newest 51": (
        "SELECT * FROM oversight_log_of_case(%s, '1970-01-01', '9999-01-01', 0, '{consultation,disclosure}', NULL, 51)"
    ),
    "the same, one month a year ago": (
        "SELECT * FROM oversight_log_of_case(%s, now() - interval '13 months', now() - interval '12 months', 0,"
        " '{consultation,disclosure}', NULL, 51)"
    ),
    "who has seen a case, person by person, ever": (
        "SELECT * FROM oversight_readers_of_case(%s, '1970-01-01', '9999-01-01')"
    ),
    "the same, one month a year ago (a breach)": (
        "SELECT * FROM oversight_readers_of_case(%s, now() - interval '13 months', now() - interval '12 months')"
    ),
}
OF_A_PERSON = (
    "SELECT * FROM oversight_log_of_person(%s, '1970-01-01', '9999-01-01', 0, '{consultation,disclosure}', 51)"
)
OPENED = (
    "SELECT case_id, max(at) FROM audit_event WHERE by_id = %s AND at > clock_timestamp() - interval '1 day' "
    "AND operation IN ('consultation', 'disclosure') AND outcome = 'done' AND case_id IS NOT NULL GROUP BY case_id"
)
LISTED = (
    "SELECT count(*) FROM (SELECT DISTINCT unnest(case_ids) FROM audit_event WHERE by_id = %s "
    "AND at > clock_timestamp() - interval '1 day' AND operation IN ('consultation', 'disclosure') "
    "AND outcome = 'done' AND NOT case_ids = '{}') listed"
)
BUSY_DAY = """
INSERT INTO audit_event (at, by_id, case_id, case_ids, correlation, by_name, verb, operation, channel)
SELECT clock_timestamp() - interval '20 hours' * random(), %s, CASE WHEN i %% 3 > 0 THEN i %% 150 + 1 END,
    CASE WHEN i %% 3 = 0 THEN (SELECT array_agg(i %% 400 + n) FROM generate_series(1, 25) n) ELSE '{}' END,
    gen_random_uuid(), 'Officer Sample', 'read', 'consultation', 'web'
FROM generate_series(1, %s) i
"""


def measured(rows: int = ROWS) -> dict[str, Any]:
    """Every figure, by name; lists of milliseconds."""
    server = EmbeddedServer(FOLDER / "postgres-looks")
    lease = server.acquire()
    environment = {
        "DJANGO_SETTINGS_MODULE": "openmappa.config.settings",
        "OPENMAPPA_DEMO": "yes",
        "OPENMAPPA_POSTGRES": str(server.folder),
        "OPENMAPPA_POSTGRES_DURABLE": "yes",
        "OPENMAPPA_DEBUG": "no",
        "OPENMAPPA_VAR": str(VAR),
        "DATABASE_URL": "",
    }
    try:
        for words in (["prepare_database"], ["migrate"]):
            run([OPENMAPPA, "manage", *words, "--verbosity", "0"], environment=environment)
        place = str(server.cluster.socket_folder)
        return {"rows": rows, "months": 24} | filled(place, rows) | asked(place)
    finally:
        server.release_and_wait(lease)
        if not os.environ.get("KEEP"):
            server.remove()


def asked(place: str) -> dict[str, Any]:
    """The questions, of ordinary cases and of those that everybody opens."""
    chance = random.Random(SEED)
    ordinary = [chance.randrange(2, CASES) for _ in range(ASKED)]
    famous = [1 + 1000 * chance.randrange(CASES // 1000) for _ in range(ASKED // 4)]
    people = [chance.randrange(2, PEOPLE) for _ in range(ASKED)]
    figures: dict[str, Any] = {}
    with connected(place, "openmappa_owner") as owner:
        owner.execute(BUSY_DAY, [READER, BUSY])
    with connected(place, "openmappa_app") as connection:
        for name, statement in QUESTIONS.items():
            figures[name] = [took(partial(_as, connection, 1, statement, case)) for case in ordinary]
            figures[f"{name}; of a case that everybody opens"] = [
                took(partial(_as, connection, 1, statement, case)) for case in famous
            ]
        figures["what a person has looked at"] = [
            took(partial(_as, connection, 1, OF_A_PERSON, person)) for person in people
        ]
        figures[f"counting cases opened, {BUSY} rows in a day"] = [
            took(partial(_as, connection, READER, OPENED, READER)) for _ in range(50)
        ]
        figures[f"counting cases listed, {BUSY} rows in a day"] = [
            took(partial(_as, connection, READER, LISTED, READER)) for _ in range(50)
        ]
    return figures


def _as(connection: "psycopg.Connection[Any]", person: int, statement: str, value: object) -> None:
    with connection.transaction():
        connection.execute("SELECT access_state(%s)", [person])
        connection.execute(statement, [value]).fetchall()


if __name__ == "__main__":
    for line in in_words(measured(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)):
        say(line)
