"""Which PostgreSQL, and as whom: the address, and the three logins that different jobs use.

The *application* reads and writes case records on behalf of a person, and is bound by row-level security. *Jobs*
(commands, background tasks) are bound by it too, but see rows when they state which job they are. The *owner* owns the
tables and migrates. The *administrator* makes the roles, once. Nothing uses a stronger login than it needs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from openmappa.config.environment import SettingsError

APPLICATION_ROLE = "openmappa_app"
JOBS_ROLE = "openmappa_jobs"
OWNER_ROLE = "openmappa_owner"
EMBEDDED_SUPERUSER = "postgres"
DATABASE_NAME = "openmappa"
PASSED_ON = frozenset(
    {
        "application_name",
        "channel_binding",
        "connect_timeout",
        "gssencmode",
        "keepalives",
        "keepalives_count",
        "keepalives_idle",
        "keepalives_interval",
        "options",
        "passfile",
        "require_auth",
        "service",
        "sslcert",
        "sslcrl",
        "sslkey",
        "sslmode",
        "sslrootcert",
        "target_session_attrs",
        "tcp_user_timeout",
    }
)


@dataclass(frozen=True)
class Login:
    """Where to connect and as whom. ``options`` are libpq's own, such as ``sslmode``."""

    host: str
    port: str
    name: str
    user: str
    password: str = field(default="", repr=False)
    options: Mapping[str, str] = field(default_factory=dict)

    def as_role(self, role: str) -> "Login":
        """This login, acting as ``role`` from its first statement on."""
        if self.user == role:
            return self
        flags = f"{self.options.get('options', '')} -c role={role}".strip()
        return replace(self, options={**self.options, "options": flags})

    def stating_job(self, job: str) -> "Login":
        """This login, with a job stated from its first statement on (row-level security asks for one)."""
        flags = f"{self.options.get('options', '')} -c openmappa.job={job}".strip()
        return replace(self, options={**self.options, "options": flags})

    def for_django(self) -> dict[str, Any]:
        """The keys of a Django ``DATABASES`` entry that say where and as whom."""
        return {
            "NAME": self.name,
            "HOST": self.host,
            "PORT": self.port,
            "USER": self.user,
            "PASSWORD": self.password,
            "OPTIONS": dict(self.options),
        }

    def for_psycopg(self, name: str | None = None) -> dict[str, Any]:
        """Keyword arguments of ``psycopg.connect``; ``name`` is another database of the same server."""
        wanted = {
            "host": self.host,
            "port": self.port,
            "dbname": name or self.name,
            "user": self.user,
            "password": self.password,
        }
        return {key: value for key, value in wanted.items() if value} | dict(self.options)


@dataclass(frozen=True)
class DatabaseAccess:
    """The four logins to one database.

    ``embedded`` is the folder of the server that the program starts itself.
    """

    application: Login
    jobs: Login
    owner: Login
    administrator: Login
    embedded: Path | None = None


def embedded_access(folder: Path, socket_folder: Path) -> DatabaseAccess:
    """The logins of the embedded server, which lets in whoever may reach its socket:

    its own user, and root.
    """

    def login(user: str) -> Login:
        return Login(host=str(socket_folder), port="5432", name=DATABASE_NAME, user=user)

    return DatabaseAccess(
        application=login(APPLICATION_ROLE),
        jobs=login(JOBS_ROLE),
        owner=login(OWNER_ROLE).stating_job("migrate"),
        administrator=login(EMBEDDED_SUPERUSER),
        embedded=folder,
    )


def url_access(url: str, owner_url: str = "") -> DatabaseAccess:
    """The logins of a real server.

    With ``owner_url`` (``DATABASE_OWNER_URL``) that login migrates and ``url`` (``DATABASE_URL``) is the
    application's. With ``url`` alone, it is the owner's login, and the application gives up its rights at
    every connection. Raises ``SettingsError`` when an address cannot be read, or the two name different
    databases.
    """
    application = read_url("DATABASE_URL", url)
    if not owner_url:
        return _bound(application, owner=application)
    owner = read_url("DATABASE_OWNER_URL", owner_url)
    if owner.name != application.name:
        raise SettingsError(
            f"DATABASE_URL names the database {application.name!r} and DATABASE_OWNER_URL names "
            f"{owner.name!r}. "
            "Both must name the same one."
        )
    if owner.user == application.user:
        raise SettingsError(
            f"DATABASE_URL and DATABASE_OWNER_URL both sign in as {owner.user!r}. Give the application a "
            "login of its "
            "own, or leave DATABASE_OWNER_URL out."
        )
    return _bound(application, owner=owner)


def _bound(application: Login, *, owner: Login) -> DatabaseAccess:
    return DatabaseAccess(
        application.as_role(APPLICATION_ROLE),
        jobs=application.as_role(JOBS_ROLE),
        owner=owner.stating_job("migrate"),
        administrator=owner,
    )


def read_url(setting: str, url: str) -> Login:
    """A login from ``postgresql://user:password@host:port/name?sslmode=require``.

    Special characters are percent-encoded; a socket folder stands in the host as ``%2Frun%2Fpostgresql`` or
    in ``?host=/run/postgresql``. Raises ``SettingsError`` in the name of ``setting``, never showing a
    password.
    """
    if "#" in url:
        raise _unreadable(setting, "it contains a # character; in a password write %23 for it")
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        raise _unreadable(setting, "the host is not valid") from None
    if parts.scheme not in ("postgresql", "postgres"):
        found = f"it begins with {parts.scheme + '://'!r}" if parts.scheme else "it has no postgresql:// at its start"
        raise _unreadable(setting, found)
    try:
        port = parts.port
    except ValueError:
        raise _unreadable(setting, "the port is not a number from 0 to 65535") from None
    options = _options(setting, parts.query)
    host = unquote(_raw_host(parts.netloc)) or options.pop("host", "")
    user = unquote(parts.username or "") or options.pop("user", "")
    name = unquote(parts.path.removeprefix("/")) or options.pop("dbname", "")
    password = unquote(parts.password or "") or options.pop("password", "")
    if "/" in name:
        raise _unreadable(setting, f"the database name {name!r} contains a slash; in a password write %2F for /")
    if not name:
        raise _unreadable(setting, "it names no database after the last slash")
    if not user:
        raise _unreadable(setting, "it names no user before the @")
    stated_port = str(port) if port is not None else options.pop("port", "5432")
    return Login(host, stated_port, name, user, password, {k: v for k, v in options.items() if k in PASSED_ON})


def _options(setting: str, query: str) -> dict[str, str]:
    try:
        options = dict(parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query)))
    except ValueError:
        raise _unreadable(setting, "the part after the ? is not written as name=value&name=value") from None
    unknown = sorted(set(options) - PASSED_ON - {"host", "user", "dbname", "password", "port"})
    if unknown:
        raise _unreadable(setting, f"{unknown[0]!r} after the ? is no connection setting that is passed on")
    return options


def _raw_host(netloc: str) -> str:
    """The host part as written: ``SplitResult.hostname`` would lower the case of a socket's path."""
    host = netloc.rpartition("@")[2]
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _unreadable(setting: str, found: str) -> SettingsError:
    return SettingsError(
        f"{setting} cannot be used: {found}. Write postgresql://USER:PASSWORD@HOST:5432/DATABASE, "
        "with special characters in the password percent-encoded."
    )
