"""How many rows each table has, and whether whoever counts sees all of them.

Row-level security is forced on the owner of the tables too, so a dump or a count by the wrong login is not refused:
it is silently smaller. Who counts must therefore be bound by no policy, or be let through by one whatever the row is.
"""

from typing import Any

import psycopg
from psycopg import sql

from openmappa.config.environment import SettingsError

TABLES = """
SELECT n.nspname, c.relname, row_security_active(c.oid)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY 1, 2
"""
POLICIES = """
SELECT permissive = 'PERMISSIVE', coalesce(qual, 'true')
FROM pg_policies
WHERE schemaname = %s AND tablename = %s AND cmd IN ('ALL', 'SELECT')
AND EXISTS (SELECT FROM unnest(roles) AS role WHERE role = 'public' OR pg_has_role(current_user, role, 'USAGE'))
"""
Connection = psycopg.Connection[Any]


def rows_of_every_table(connection: Connection) -> dict[str, int]:
    """The exact number of rows of each table, partitions one by one, in this connection's snapshot.

    Reads every table. Raises ``SettingsError`` for the first table of which the login may not see every row.
    """
    counts = {}
    for schema, table, is_bound in connection.execute(TABLES).fetchall():
        name = f"{schema}.{table}"
        if is_bound and not _lets_every_row_through(connection, schema, table):
            raise SettingsError(
                f"The database login {connection.info.user!r} does not see every row of {name}, so what it copies "
                "would be incomplete. Use the login that owns the tables (DATABASE_OWNER_URL), or one with BYPASSRLS."
            )
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))).fetchone()
        counts[name] = int(row[0]) if row else 0
    return counts


def _lets_every_row_through(connection: Connection, schema: str, table: str) -> bool:
    """Whether a policy that looks at no column lets this login through, and none takes rows away again."""
    permitting, restricting = [False], [True]
    for is_permissive, condition in connection.execute(POLICIES, [schema, table]).fetchall():
        (permitting if is_permissive else restricting).append(_holds_without_a_row(connection, condition))
    return any(permitting) and all(restricting)


def _holds_without_a_row(connection: Connection, condition: str) -> bool:
    try:
        with connection.transaction():  # a condition that names a column fails here, and nothing else with it
            row = connection.execute(sql.SQL("SELECT ({})").format(sql.SQL(condition))).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])
