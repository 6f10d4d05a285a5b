"""A record of full size from a small one: every case again and again, with its person, facts, duties and standing.

Written straight into the tables, by the owner and without their triggers: an import of 100,000 cases takes minutes,
and of what these copies are for, which is counting, no history and no key to find a name by is asked. Each copy lies a
few days before the one it was made from, up to a quarter, so that days are spread as they would be. Dates of working
days are then not quite those that the rules give; nothing here judges a case again but what says that it does.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection

APART = 91
"""Over so many days the copies of a case are spread."""
AT_ONCE = 100
"""So many copies of everything are written by one statement."""
TABLES = ("cases_person", "cases_case", "cases_responsibility", "timeline_fact", "timeline_duty", "timeline_standing")
NEW = """
CREATE TEMP TABLE bench_{what} AS
SELECT id AS was, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS many, max(id) OVER () AS last
FROM {table}
"""
IS = "{alias}.last + (k - 1) * {alias}.many + {alias}.place + 1"
COPIES = "CROSS JOIN LATERAL (SELECT mod(k, {apart}) AS days) d"


def multiplied(times: int) -> dict[str, int]:
    """Leave so many of every case, itself among them; how many rows each table holds then."""
    with _owner() as owner:
        for table in TABLES:
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for what, table in (("person", "cases_person"), ("case", "cases_case"), ("fact", "timeline_fact")):
            owner.execute(NEW.format(what=what, table=table))
            owner.execute(f"CREATE INDEX ON bench_{what} (was)")
        for first in range(1, times, AT_ONCE):
            for table, columns, values, source in _copies():
                owner.execute(
                    f"INSERT INTO {table} ({columns}) SELECT {values} FROM {source} "
                    f"CROSS JOIN generate_series(%s::int, %s::int) k {COPIES.format(apart=APART)}".encode(),
                    [first, min(first + AT_ONCE, times) - 1],
                )
        for table in TABLES[:-1]:
            owner.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
        for table in TABLES:
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        for table in TABLES:
            owner.execute(f"VACUUM (ANALYZE) {table}")
        return {table: _count(owner, table) for table in TABLES}


def _copies() -> Iterator[tuple[str, str, str, str]]:
    """For each table: its columns, what a copy has in them, and where that comes from."""
    person, case, fact = (IS.format(alias=alias) for alias in ("np", "nc", "nf"))
    yield _copy("cases_person", {"id": person}, "cases_person t JOIN bench_person np ON np.was = t.id")
    yield _copy(
        "cases_case",
        {"id": case, "key": "gen_random_uuid()", "reference": "t.reference || '-' || k", "person_id": person},
        "cases_case t JOIN bench_case nc ON nc.was = t.id JOIN bench_person np ON np.was = t.person_id",
    )
    of_case = "JOIN bench_case nc ON nc.was = t.case_id"
    yield _copy(
        "cases_responsibility",
        {"id": "nextval('cases_responsibility_id_seq')", "case_id": case},
        f"cases_responsibility t {of_case}",
    )
    days = {name: f"t.{name} - d.days::int" for name in ('"on"', "recorded_on")}
    yield _copy(
        "timeline_fact",
        {"id": fact, "case_id": case, "submission": "NULL", **days},
        f"timeline_fact t {of_case} JOIN bench_fact nf ON nf.was = t.id",
    )
    dates = ("opened_on", "due_on", "met_on", "closed_on", "because_on")
    yield _copy(
        "timeline_duty",
        {
            "id": "nextval('timeline_duty_id_seq')",
            "case_id": case,
            "because_fact_id": fact,
            **{name: f"t.{name} - d.days::int" for name in dates},
        },
        f"timeline_duty t {of_case} LEFT JOIN bench_fact nf ON nf.was = t.because_fact_id",
    )
    yield _copy("timeline_standing", {"case_id": case}, f"timeline_standing t {of_case}")


def _copy(table: str, other: dict[str, str], source: str) -> tuple[str, str, str, str]:
    """``other`` are the columns that are not the same as in the original."""
    columns = [f'"{column}"' if column == "on" else column for column in _columns(table)]
    return table, ", ".join(columns), ", ".join(other.get(column, f"t.{column}") for column in columns), source


def _columns(table: str) -> Sequence[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def _count(owner: "psycopg.Connection[Any]", table: str) -> int:
    row = owner.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
    assert row is not None
    return int(row[0])


@contextmanager
def _owner() -> "Iterator[psycopg.Connection[Any]]":
    connection.ensure_connection()  # which starts the embedded server
    name = connection.settings_dict["NAME"]
    with psycopg.connect(**settings.DATABASE_ACCESS.owner.for_psycopg(name), autocommit=True) as owner:
        owner.execute("SELECT set_config('openmappa.job', 'bench', false)")
        yield owner
