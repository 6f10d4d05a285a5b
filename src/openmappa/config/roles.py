"""The database roles, what each may do, and how a command becomes the owner for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from openmappa.config.database import APPLICATION_ROLE, JOBS_ROLE, OWNER_ROLE, DatabaseAccess
from openmappa.config.embedded import ensure_running
from openmappa.config.environment import SettingsError

OLDEST_VERSION = 15
ONE_AT_A_TIME = 20040405
"""The lock under which roles and rights are prepared."""


def prepare(access: DatabaseAccess, *, durable: bool = True) -> list[str]:
    """Make the roles, the database and the application's default rights where they are missing.

    Doing it again changes nothing. Returns what was made, one sentence each.
    Raises ``SettingsError`` when the login may not do it, or the application role could get round row-level
    security.
    """
    if access.embedded is not None:
        ensure_running(access.embedded, durable=durable)
    done: list[str] = []
    name = access.owner.name
    if access.embedded is not None:
        with _connect(access, database="postgres") as connection:
            done += _make_roles(connection, access)
            done += make_database(connection, name, owner=access.owner.user)
    with _connect(access, database=name) as connection:
        if access.embedded is None:
            done += _make_roles(connection, access)
        grant_defaults(connection, access)
        _check_application_role(connection, access)
    return done


def make_database(
    connection: "psycopg.Connection[Any]", name: str, *, owner: str, template: str = "template0"
) -> list[str]:
    """Make the database ``name`` for ``owner`` unless there is one."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return []
    statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
    connection.execute(statement.format(sql.Identifier(name), sql.Identifier(owner), sql.Identifier(template)))
    return [f"Made the database {name}."]


def grant_defaults(connection: "psycopg.Connection[Any]", access: DatabaseAccess) -> None:
    """Let the application read and write the rows of every table that the owner makes from now on.

    Only from now on: what a migration has taken away from one table must not come back.
    """
    owner, role = sql.Identifier(access.owner.user), sql.Identifier(APPLICATION_ROLE)
    for statement in (
        "GRANT USAGE ON SCHEMA public TO {role}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public "
        "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
    ):
        connection.execute(sql.SQL(statement).format(owner=owner, role=role))


@contextmanager
def as_owner(connection: BaseDatabaseWrapper, access: DatabaseAccess) -> Iterator[None]:
    """Let Django's ``connection`` be the owner's inside the block. It must not be inside a transaction."""
    settings = connection.settings_dict
    owner = access.owner.for_django() | {"NAME": settings["NAME"]}
    before = {key: settings[key] for key in owner}
    connection.close()
    settings.update(owner)
    try:
        yield
    finally:
        connection.close()
        settings.update(before)


def _connect(access: DatabaseAccess, *, database: str) -> "psycopg.Connection[Any]":
    try:
        connection = psycopg.connect(**access.administrator.for_psycopg(database), autocommit=True)
    except psycopg.OperationalError as problem:
        raise SettingsError(
            f"The database {database!r} on {access.administrator.host or 'the local socket'} "
            f"did not let {access.administrator.user!r} in: {str(problem).strip()}\n"
            "Check DATABASE_URL. The database must exist; to make it: "
            f'CREATE DATABASE "{database}" OWNER "{access.owner.user}";'
        ) from None
    if connection.info.server_version // 10000 < OLDEST_VERSION:
        found = connection.info.parameter_status("server_version")
        connection.close()
        raise SettingsError(f"The server runs PostgreSQL {found}. OpenMAPPA needs version {OLDEST_VERSION} or newer.")
    connection.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])  # until closed: two at once would collide
    return connection


def _make_roles(connection: "psycopg.Connection[Any]", access: DatabaseAccess) -> list[str]:
    done: list[str] = []
    wanted = [APPLICATION_ROLE, JOBS_ROLE] if access.embedded is None else [APPLICATION_ROLE, JOBS_ROLE, OWNER_ROLE]
    for role in wanted:
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
            continue
        can_sign_in = "LOGIN" if access.embedded is not None else "NOLOGIN"
        _refusable(
            connection,
            sql.SQL("CREATE ROLE {} {} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE").format(
                sql.Identifier(role), sql.SQL(can_sign_in)
            ),
        )
        done.append(f"Made the database role {role}.")
    member_of = connection.execute("SELECT pg_has_role(%s, %s, 'USAGE')", [JOBS_ROLE, APPLICATION_ROLE]).fetchone()
    if member_of != (True,):
        _refusable(
            connection,
            sql.SQL("GRANT {} TO {}").format(sql.Identifier(APPLICATION_ROLE), sql.Identifier(JOBS_ROLE)),
        )
        done.append(f"Let {JOBS_ROLE} do what {APPLICATION_ROLE} may do.")
    for member in sorted({access.application.user, access.owner.user} - {APPLICATION_ROLE}):
        for role in (APPLICATION_ROLE, JOBS_ROLE) if access.embedded is None else ():
            if not _may_become(connection, member, role):
                _refusable(connection, sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(member)))
                done.append(f"Let {member} act as {role}.")
    return done


def _may_become(connection: "psycopg.Connection[Any]", member: str, role: str) -> bool:
    """Whether ``member`` may SET ROLE to ``role``; since version 16 its maker may not by itself."""
    right = "SET" if connection.info.server_version >= 160000 else "MEMBER"
    found = connection.execute("SELECT pg_has_role(%s, %s, %s)", [member, role, right]).fetchone()
    return bool(found and found[0])


def _refusable(connection: "psycopg.Connection[Any]", statement: sql.Composed) -> None:
    try:
        connection.execute(statement)
    except psycopg.errors.InsufficientPrivilege:
        user = connection.info.user
        raise SettingsError(
            f"The database login {user!r} may not make roles. Ask the database's administrator to run once:\n"
            f"  CREATE ROLE {APPLICATION_ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS;\n"
            f"  CREATE ROLE {JOBS_ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS;\n"
            f"  GRANT {APPLICATION_ROLE} TO {JOBS_ROLE};\n"
            f'  GRANT {APPLICATION_ROLE}, {JOBS_ROLE} TO "{user}";\n'
            "and the last GRANT to the application's own login too, where it has one."
        ) from None


def _check_application_role(connection: "psycopg.Connection[Any]", access: DatabaseAccess) -> None:
    for role in (APPLICATION_ROLE, JOBS_ROLE):
        _check_bound(connection, role, owner=access.owner.user)


def _check_bound(connection: "psycopg.Connection[Any]", role: str, *, owner: str) -> None:
    found = connection.execute(
        "SELECT rolsuper, rolbypassrls, pg_has_role(rolname, %s, 'MEMBER'),"
        " (SELECT count(*) FROM pg_class WHERE relowner = pg_roles.oid AND relkind IN ('r', 'p', 'v', 'm', "
        "'S'))"
        " FROM pg_roles WHERE rolname = %s",
        [owner, role],
    ).fetchone()
    if found is None:
        return
    superuser, bypasses, is_owner, owned = found
    faults = {
        "is a superuser": superuser,
        "may bypass row-level security": bypasses,
        f"is a member of the owner {owner!r}": is_owner,
        "owns tables itself": owned,
    }
    for fault, present in faults.items():
        if present:
            raise SettingsError(
                f"The database role {role} {fault}, so the database could not keep it from records that a person may "
                "not see. Take that right away from it, then run this again."
            )
