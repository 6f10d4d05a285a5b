"""How quick the audit log is at ten million rows: ``python -m tests.bench.audit [ROWS]``.

On a database of its own under var/bench, removed at the end (KEEP=1 keeps it): rows of 24 months by 2,000 people on
100,000 cases, a third of them lists that show 25 cases each; then the two questions, writing, sealing and verifying.
Takes about 15 minutes and 15 GB of disk. ``measured`` gives the figures to the bench's page.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from openmappa.config.embedded import EmbeddedServer
from tests.bench.measuring import percentile, run

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("OPENMAPPA_VAR") or ROOT / "var").absolute()
FOLDER = VAR / "bench"
OPENMAPPA = str(Path(sys.executable).with_name("openmappa"))
ROWS = 10_000_000
MONTHS = 24
PEOPLE = 2_000
CASES = 100_000
SHOWN = 25
SEED = 7
ASKED = 200
TARGET_MS = 500

# As work is: each person has 50 cases of their own, which their lists show and which they open eight times out of ten.
# One time in ten they open any case, and one time in ten one of the hundred that everybody talks of.
MONTH = """
INSERT INTO audit_event
    (at, by_id, case_id, case_ids, correlation, by_name, agency, role, verb, operation, channel, classes)
SELECT start + (length * i / {rows}), person,
    CASE WHEN NOT list THEN opened END,
    CASE WHEN list
        THEN (SELECT array_agg((person * 50 + n) %% {cases} + 1) FROM generate_series(first, first + {shown} - 1) n)
        ELSE '{{}}' END,
    gen_random_uuid(), 'Officer Sample ' || person, 'Northshire Police', 'police_officer',
    CASE WHEN list THEN 'worklist' ELSE 'open case' END, 'consultation', 'web', '{{open,personal}}'
FROM (
    SELECT i, person, random() < 0.33 AS list, (random() * 24)::int AS first,
        CASE WHEN luck < 0.1 THEN (random() * ({cases} / 1000 - 1))::int * 1000 + 1
            WHEN luck < 0.2 THEN (random() * ({cases} - 1))::int + 1
            ELSE (person * 50 + (random() * 49)::int) %% {cases} + 1 END AS opened
    FROM (SELECT i, (random() * ({people} - 1))::int + 1 AS person, random() AS luck
        FROM generate_series(1, {rows}) i) who
) what,
(SELECT %(month)s::timestamptz AS start, (%(month)s::timestamptz + interval '1 month' - interval '1 s')
    - %(month)s::timestamptz AS length) span
"""


def measured(rows: int = ROWS) -> dict[str, Any]:
    """Every figure, by name; times in milliseconds unless the name says otherwise."""
    server = EmbeddedServer(FOLDER / "postgres-audit")
    if not os.environ.get("KEEP"):
        server.remove()
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
        result: dict[str, Any] = {"rows": rows, "months": MONTHS, "people": PEOPLE, "cases": CASES}
        place = str(server.cluster.socket_folder)
        result |= filled(place, rows)
        result |= asked(place)
        result |= written(place)
        result |= sealed(environment, rows)
    finally:
        server.release_and_wait(lease)
        if not os.environ.get("KEEP"):
            server.remove()
    return result


def connected(place: str, user: str) -> "psycopg.Connection[Any]":
    """A connection as one of the roles, which commits each statement."""
    options = "-c openmappa.job=bench" if user == "openmappa_owner" else ""
    return psycopg.connect(host=place, user=user, dbname="openmappa", autocommit=True, options=options)


def filled(place: str, rows: int) -> dict[str, Any]:
    """Make the months and the rows, and count and tidy as the server would by itself."""
    random.seed(SEED)
    with connected(place, "openmappa_owner") as owner:
        (there,) = owner.execute("SELECT count(*) FROM audit_event").fetchone() or (0,)
        started = time.perf_counter()
        if there < rows:
            owner.execute(
                "INSERT INTO accounts_area (id, code, name, force) VALUES (1, 'bench', 'Bench', 'A');"
                "INSERT INTO accounts_agency (id, code, name, kind) VALUES (1, 'bench', 'Bench', 'police');"
                "INSERT INTO accounts_user "
                "(id, password, username, full_name, agency_id, area_id, role, rank, is_active) "
                "SELECT n, '', 'p' || n, 'Officer Sample ' || n, 1, 1, "
                "CASE n WHEN 1 THEN 'auditor' ELSE 'police_officer' END, 'none', true "
                f"FROM generate_series(1, {PEOPLE}) n"
            )
            months = owner.execute(
                "SELECT (date_trunc('month', now() AT TIME ZONE 'UTC') - make_interval(months => n))::date "
                f"FROM generate_series({MONTHS}, 1, -1) n"
            ).fetchall()
            statement = MONTH.format(rows=rows // MONTHS, people=PEOPLE, cases=CASES, shown=SHOWN)
            owner.execute(f"SELECT setseed(0.{SEED})")
            for (month,) in months:
                owner.execute("SELECT audit_make_month('audit_event', %s)", [month])
                owner.execute(statement, {"month": month})
                say(f"{month:%B %Y} written")
            owner.execute("VACUUM (ANALYZE)")
        took = time.perf_counter() - started
        (size,) = owner.execute(
            "SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits WHERE inhparent = 'audit_event'::regclass"
        ).fetchone() or (0,)
    return {"filled_seconds": took, "size_mb": float(size) / 1024 / 1024}


def asked(place: str) -> dict[str, Any]:
    """The questions of an auditor: as the application's role, each in a transaction that states who asks."""
    chance = random.Random(SEED)
    ordinary = [chance.randrange(2, CASES) for _ in range(ASKED)]
    famous = [1 + 1000 * chance.randrange(CASES // 1000) for _ in range(ASKED // 4)]
    people = [chance.randrange(2, PEOPLE) for _ in range(ASKED)]
    with connected(place, "openmappa_app") as connection:

        def each(statement: str, values: Sequence[object]) -> list[float]:
            return [took(partial(as_auditor, connection, statement, value)) for value in values]

        span = "now() - interval '10 years', now()"
        page = f"SELECT * FROM oversight_log_of_case(%s, {span}, 0, '{{}}', NULL, 50)"
        everybody = f"SELECT * FROM oversight_readers_of_case(%s, {span})"
        person = f"SELECT * FROM oversight_log_of_person(%s, {span}, 0, '{{}}', 50)"
        before = person.replace("now(), 0", "now() - interval '1 year', 0")
        return {
            "who has seen a case, newest 50": each(page, ordinary),
            "the same of a case that everybody opens": each(page, famous),
            "everybody who has seen a case": each(everybody, ordinary),
            "everybody who has seen a case that everybody opens": each(everybody, famous),
            "what a person has looked at, newest 50": each(person, people),
            "the same, a year ago": each(before, people),
        }


def as_auditor(connection: "psycopg.Connection[Any]", statement: str, value: object) -> None:
    """One question in a transaction of its own."""
    with connection.transaction():
        connection.execute("SELECT access_state(1)")
        connection.execute(statement, [value]).fetchall()


def written(place: str) -> dict[str, Any]:
    """Writing events as a page does, one to a transaction, and many in one; all safely on disk."""
    insert = (
        "INSERT INTO audit_event (by_id, by_name, verb, operation, case_ids, classes) "
        "VALUES (1, 'Officer Sample 1', 'worklist', 'consultation', %s, '{open,personal}')"
    )
    shown = list(range(1, SHOWN + 1))
    with connected(place, "openmappa_app") as connection:

        def one_by_one() -> None:
            for _ in range(2_000):
                with connection.transaction():
                    connection.execute("SELECT set_config('openmappa.person', '1', true)")
                    connection.execute(insert, [shown])

        def together() -> None:
            with connection.transaction():
                connection.execute("SELECT set_config('openmappa.person', '1', true)")
                for _ in range(20_000):
                    connection.execute(insert, [shown])

        return {
            "events a second, one to a transaction": 2_000 / took(one_by_one) * 1000,
            "events a second, many in a transaction": 20_000 / took(together) * 1000,
        }


def sealed(environment: dict[str, str], rows: int) -> dict[str, Any]:
    """Sealing every day of the 24 months, and verifying all of it."""
    sealing = run([OPENMAPPA, "manage", "seal_audit", "--verbosity", "0"], environment=environment)
    say(f"sealed in {sealing.seconds:.0f} s")
    verifying = run([OPENMAPPA, "verify-audit"], environment=environment)
    return {
        "rows sealed a second": rows / sealing.seconds,
        "rows verified a second": rows / verifying.seconds,
        "memory of verifying, MB": verifying.peak_mb,
    }


def took(work: Callable[[], object]) -> float:
    """Milliseconds."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def lines(result: dict[str, Any]) -> list[str]:
    """The figures in words, one line each."""
    told = [f"{result['rows']:,} rows over {result['months']} months: {result['size_mb']:,.0f} MB with indexes."]
    for name, figure in result.items():
        if isinstance(figure, list):
            most, worst = percentile(figure, 0.95), max(figure)
            met = "" if worst <= TARGET_MS else f" - over the target of {TARGET_MS} ms"
            told.append(
                f"{name}: {percentile(figure, 0.5):.1f} ms, 95 % under {most:.1f} ms, worst {worst:.1f} ms{met}"
            )
        elif " " in name:
            told.append(f"{name}: {figure:,.0f}")
    return told


def say(sentence: str) -> None:
    """A line on standard error, where progress belongs."""
    print(f"{time.strftime('%H:%M:%S')} {sentence}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    figures = measured(int((sys.argv[1:] or [str(ROWS)])[0].replace(",", "").replace("_", "")))
    (FOLDER / "audit.json").write_text(json.dumps(figures))
    print("\n".join(lines(figures)))
