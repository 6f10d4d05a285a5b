"""The test database: migrated once by the owner, copied for each run and worker, used as the application."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from openmappa.audit import protection
from openmappa.config import roles
from openmappa.config.database import APPLICATION_ROLE
from openmappa.config.embedded import ensure_running


def use(name: str) -> None:
    """Make the database ``name`` afresh and let Django's default connection use it."""
    if settings.DATABASE_ACCESS.embedded is not None:
        ensure_running(settings.DATABASE_ACCESS.embedded, durable=settings.DATABASE_IS_DURABLE)
    with _one_at_a_time():
        if settings.DATABASE_ACCESS.embedded is not None:
            roles.prepare(settings.DATABASE_ACCESS, durable=settings.DATABASE_IS_DURABLE)
        template = _template()
        with administrator() as connection:
            _drop(connection, name)
            _copy(connection, template, name)
    _point_django_at(name)


def drop(name: str) -> None:
    """Close what is open on ``name`` and remove it."""
    connections.close_all()
    with administrator() as connection:
        _drop(connection, name)


@contextmanager
def owner() -> Iterator["psycopg.Connection[Any]"]:
    """A connection of the owner's to the database in use, beside Django's, without transactions."""
    name = connections["default"].settings_dict["NAME"]
    with psycopg.connect(**settings.DATABASE_ACCESS.owner.for_psycopg(name), autocommit=True) as connection:
        yield connection


@contextmanager
def application() -> Iterator["psycopg.Connection[Any]"]:
    """A connection of the application's own role to the database in use, beside Django's, without transactions."""
    name = connections["default"].settings_dict["NAME"]
    with psycopg.connect(**settings.DATABASE_ACCESS.application.for_psycopg(name), autocommit=True) as connection:
        yield connection


@contextmanager
def administrator() -> Iterator["psycopg.Connection[Any]"]:
    """A connection that may make and remove databases."""
    access = settings.DATABASE_ACCESS
    name = "postgres" if access.embedded is not None else access.administrator.name
    with psycopg.connect(**access.administrator.for_psycopg(name), autocommit=True) as connection:
        yield connection


def _template() -> str:
    """A migrated database for exactly these migrations and rights, made when there is none."""
    name = f"openmappa_template_{_fingerprint()}"
    with administrator() as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return name
        for (stale,) in connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'openmappa\\_template\\_%'"
        ).fetchall():
            _drop(connection, stale)
        making = f"{name}_making"
        _drop(connection, making)
        roles.make_database(connection, making, owner=settings.DATABASE_ACCESS.owner.user)
    login = settings.DATABASE_ACCESS.administrator.for_psycopg(making)
    with psycopg.connect(**login, autocommit=True) as connection:
        roles.grant_defaults(connection, settings.DATABASE_ACCESS)
    _point_django_at(making)
    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()
    with administrator() as connection:
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(making), sql.Identifier(name))
        )
    return name


def _fingerprint() -> str:
    """What the template depends on: every migration, and who may do what."""
    digest = hashlib.sha256(Path(roles.__file__).read_bytes() + Path(protection.__file__).read_bytes())
    for configuration in sorted(apps.get_app_configs(), key=lambda each: each.label):
        for migration in sorted(Path(configuration.path).glob("migrations/*.py")):
            digest.update(f"{configuration.label}/{migration.name}".encode() + migration.read_bytes())
    return digest.hexdigest()[:16]


def _copy(connection: "psycopg.Connection[Any]", template: str, name: str) -> None:
    owner_name = settings.DATABASE_ACCESS.owner.user
    roles.make_database(connection, name, owner=owner_name, template=template)
    connection.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(name), sql.Identifier(APPLICATION_ROLE))
    )


def _drop(connection: "psycopg.Connection[Any]", name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _point_django_at(name: str) -> None:
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = name
    connections["default"].settings_dict["NAME"] = name


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Workers of one run, and runs at the same time, make the template one after the other."""
    lock = settings.VAR / "test-database.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
