"""What makes an installation careless, as far as its database tells: who asks, what binds them, what is kept."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from openmappa.config.database import APPLICATION_ROLE, JOBS_ROLE
from openmappa.config.deployment import Finding

MAKE_MIGRATE: Final = "Run make migrate"
RIGHTS: Final = """
SELECT rolname, rolsuper, rolbypassrls, rolname = session_user AND EXISTS (
    SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
    AND pg_has_role(session_user, relowner, 'MEMBER'))
FROM pg_roles WHERE rolname IN (current_user, session_user) ORDER BY rolname
"""
# Tables that lead to a person or a case by foreign keys, or name a case by number, and that the application can read.
UNBOUND: Final = """
WITH RECURSIVE about AS (
    SELECT oid FROM pg_class WHERE oid IN (to_regclass('public.cases_case'), to_regclass('public.cases_person'))
    UNION
    SELECT conrelid FROM pg_constraint JOIN about ON confrelid = about.oid WHERE contype = 'f'
)
SELECT c.relname, c.relrowsecurity FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
AND (c.relrowsecurity OR c.oid IN (SELECT oid FROM about) OR EXISTS (
    SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname IN ('case_id', 'case_ids') AND NOT attisdropped))
AND (has_any_column_privilege(%s, c.oid, 'SELECT') OR has_any_column_privilege(%s, c.oid, 'SELECT'))
ORDER BY 1
"""
CHANGEABLE: Final = """
SELECT DISTINCT c.relname FROM pg_class c, unnest(ARRAY[%s, %s]) AS role
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname LIKE 'audit\\_%%'
AND (has_table_privilege(role, c.oid, 'UPDATE') OR has_table_privilege(role, c.oid, 'DELETE')
    OR has_table_privilege(role, c.oid, 'TRUNCATE'))
ORDER BY 1
"""
SEALED_UNTIL: Final = """
SELECT until, (clock_timestamp() AT TIME ZONE 'UTC')::date - until > %s FROM (SELECT coalesce(
    (SELECT max(day) FROM audit_seal),
    (SELECT min(at AT TIME ZONE 'UTC')::date - 1 FROM audit_event)) AS until) AS found
"""
SEAL_DAYS: Final = 2


def findings_in_reach(connection: BaseDatabaseWrapper) -> Iterator[Finding]:
    """Whether there is a database, as new as the program. With a finding here, there is nothing else to look at."""
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
    except DatabaseError as problem:
        yield Finding(
            f"The database cannot be reached: {str(problem).strip()} Look at DATABASE_URL, and at the server."
        )
        return
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Finding(f"The tables are of an older version than the program. {MAKE_MIGRATE}.")


def findings_in_database(connection: BaseDatabaseWrapper) -> Iterator[Finding]:
    """What the catalogue gives away, by Django's own ``connection``, whoever that is."""
    yield from _rights(connection)
    yield from _durability(connection)
    yield from _tables(connection)


def findings_in_seals(connection: BaseDatabaseWrapper) -> Iterator[Finding]:
    """Whether the audit log is sealed. Only for a connection that states a job: nobody else sees all of it."""
    rows = _asked(connection, SEALED_UNTIL, [SEAL_DAYS])
    if rows and rows[0][1]:
        yield Finding(
            f"The audit log is sealed until {rows[0][0]} only, so rows since then could be changed unnoticed. Run "
            "openmappa manage daily, and see that it runs every day.",
            stops=False,
        )


def _rights(connection: BaseDatabaseWrapper) -> Iterator[Finding]:
    for role, is_superuser, bypasses, owns in _asked(connection, RIGHTS):
        if is_superuser or bypasses:
            what = "is a superuser" if is_superuser else "may bypass row-level security"
            yield Finding(
                f"The database login {role!r} {what}, so the database cannot keep anything from the service. Sign in "
                "as a login without that right (DATABASE_URL); see the how-to on your own PostgreSQL."
            )
        elif owns:
            yield Finding(
                f"The database login {role!r} of the service may become the owner of its tables. Give the service a "
                "login of its own in DATABASE_URL, and name the owner's in DATABASE_OWNER_URL for make migrate alone."
            )


def _durability(connection: BaseDatabaseWrapper) -> Iterator[Finding]:
    for name in ("fsync", "full_page_writes"):
        if _asked(connection, "SELECT current_setting(%s)", [name]) == [("off",)]:
            yield Finding(
                f"The database server runs with {name} = off, so a power cut can lose the record. Switch it on in its "
                "postgresql.conf; begin anew where it is an embedded database that was made to be thrown away."
            )


def _tables(connection: BaseDatabaseWrapper) -> Iterator[Finding]:
    roles = [APPLICATION_ROLE, JOBS_ROLE]
    for table, is_enabled in _asked(connection, UNBOUND, roles):
        what = "does not bind its owner" if is_enabled else "is off"
        yield Finding(
            f"Row-level security {what} on the table {table}, which holds rows about cases. {MAKE_MIGRATE}; if it "
            f"stays so, somebody switched it off. As the owner: ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, "
            "FORCE ROW LEVEL SECURITY;"
        )
    for (table,) in _asked(connection, CHANGEABLE, roles):
        yield Finding(
            f"The service may change or delete rows of {table}, which belongs to the audit log. As the owner of the "
            f"tables: REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APPLICATION_ROLE}, {JOBS_ROLE};"
        )


def _asked(connection: BaseDatabaseWrapper, statement: str, values: Sequence[str | int] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values) or None)
        return list(cursor.fetchall())
