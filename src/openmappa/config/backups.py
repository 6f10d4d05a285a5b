"""A whole backup of the record: one folder with the dump and a manifest that says what must be in it.

The dump and the figures come from one snapshot, and while the dump is written it is read back and its rows are counted:
a dump that row-level security has silently cut short does not become a backup. The folder gets its name last.
"""

import fcntl
import os
import shlex
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Final, LiteralString

import orjson
import psycopg
import pyrage

from openmappa.config.counting import rows_of_every_table
from openmappa.config.database import DatabaseAccess, Login
from openmappa.config.embedded import ensure_running
from openmappa.config.environment import SettingsError
from openmappa.config.programs import piped, program, reached, started
from openmappa.config.rights import guards_of_everything
from openmappa.config.streams import Hashed, RowsCounted, Split, copy, recipients_from

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
DUMP: Final = "database.dump"
ENCRYPTED: Final = "database.dump.age"
UNFINISHED: Final = "unfinished-"
JOB: Final = "backup"
MIGRATIONS: Final = "SELECT app, name FROM django_migrations ORDER BY app, name"
NEWEST_SEAL: Final = "SELECT day || ' ' || encode(hash, 'hex') FROM audit_seal ORDER BY day DESC LIMIT 1"
WITHOUT_ROWS: Final = ("public.django_session",)
"""Tables that come back empty: a session that had ended must not live again."""
PRIVATE: Final = 0o700


class BackupError(SettingsError):
    """No backup was made, or one cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Manifest:
    """What a backup must hold. ``sha256`` is of the file as it lies there, ``dump_sha256`` of the dump within.

    ``seal`` is the newest seal of the audit log, its day and hash. Kept elsewhere, it tells a log that was made anew.
    ``guards`` are checksums of each table's rights, policies and triggers, and of each function.
    """

    format: int
    made_at: str
    program: str
    server: int
    owner: str
    file: str
    bytes: int
    sha256: str
    dump_sha256: str
    rows: dict[str, int]
    migrations: list[str]
    seal: str
    guards: dict[str, str]

    @property
    def total(self) -> int:
        """The rows of all tables together."""
        return sum(self.rows.values())


def make_backup(
    access: DatabaseAccess, folder: Path, *, recipients: Sequence[str] = (), say: Callable[[str], None] = print
) -> Path:
    """Make one backup below ``folder``, encrypted for ``recipients`` (age's public keys), and return where it lies.

    Raises ``SettingsError`` when the folder is open to others, when the login does not see every row, when a program
    fails, or when the dump does not hold what the record holds; then nothing is left that looks like a backup.
    """
    keys = recipients_from(recipients)
    if access.embedded is not None:
        ensure_running(access.embedded)
    with _alone_in(folder):
        made_at = datetime.now(UTC)
        place = folder / f"{UNFINISHED}{os.getpid()}"
        place.mkdir(mode=PRIVATE)
        try:
            manifest = _dump(access, place / (ENCRYPTED if keys else DUMP), keys, made_at, say)
            _write(place / MANIFEST, orjson.dumps(asdict(manifest), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS))
            whole = folder / f"openmappa-{made_at:%Y-%m-%dT%H%M%SZ}"
            place.rename(whole)
            _keep_on_disk(folder)
        except OSError as problem:
            raise BackupError(
                f"The backup could not be written to {folder}: {problem.strerror or problem}."
            ) from problem
        finally:
            shutil.rmtree(place, ignore_errors=True)
    return whole


def read_manifest(backup: Path) -> Manifest:
    """The manifest of the backup in the folder ``backup``. Raises ``BackupError`` where there is no whole one."""
    file = backup / MANIFEST
    try:
        found = orjson.loads(file.read_bytes())
    except FileNotFoundError:
        raise BackupError(
            f"{backup} is no whole backup: it has no {MANIFEST}. Name a folder that openmappa backup has made."
        ) from None
    except (OSError, orjson.JSONDecodeError) as problem:
        raise BackupError(f"{file} cannot be read: {problem}. Use another backup.") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise BackupError(f"{file} is of another format than this version of OpenMAPPA reads ({FORMAT}).")
    return Manifest(**found)


def who_copies(access: DatabaseAccess, *, job: str) -> Login:
    """Who may see every row: the server's administrator where it is ours, otherwise the owner, for a stated job."""
    return (access.administrator if access.embedded is not None else access.owner).stating_job(job)


@contextmanager
def connected(login: Login) -> Iterator["psycopg.Connection[Any]"]:
    """A connection of its own. Raises ``BackupError`` when the database does not let ``login`` in."""
    try:
        connection = psycopg.connect(**login.for_psycopg(), autocommit=True)
    except psycopg.OperationalError as problem:
        raise BackupError(
            f"The database {login.name!r} did not let {login.user!r} in: {str(problem).strip()}"
        ) from None
    with connection:
        yield connection


def newest_seal(connection: "psycopg.Connection[Any]") -> str:
    """The newest seal of the audit log as ``2026-11-23 9f86…``, or nothing before the first."""
    return str(_one(connection, NEWEST_SEAL) or "")


# ---- dumping


@dataclass(frozen=True)
class Copied:
    """What went into the file: bytes, checksums, and rows by table as they were read back."""

    written: int
    sha256: str
    dump_sha256: str
    rows: dict[str, int]


def _dump(
    access: DatabaseAccess,
    file: Path,
    keys: "Sequence[pyrage.x25519.Recipient]",
    made_at: datetime,
    say: Callable[[str], None],
) -> Manifest:
    login = who_copies(access, job=JOB)
    with connected(login) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = str(_one(connection, "SELECT pg_export_snapshot()"))
        server = connection.info.server_version // 10000
        say("Counting the rows of every table.")
        rows = rows_of_every_table(connection) | dict.fromkeys(WITHOUT_ROWS, 0)
        migrations = [f"{app}.{name}" for app, name in connection.execute(MIGRATIONS).fetchall()]
        seal, guards = newest_seal(connection), guards_of_everything(connection)
        say(f"Writing {sum(rows.values()):,} rows of {len(rows)} tables, and reading them back.")
        copied = _copy(login, server, snapshot, file, keys)
    differing = [name for name, count in rows.items() if copied.rows.get(name, 0) != count]
    if differing or set(copied.rows) - set(rows):
        name = (differing or sorted(set(copied.rows) - set(rows)))[0]
        raise BackupError(
            f"The dump is not whole: {name} has {rows.get(name, 0):,} rows, and the dump {copied.rows.get(name, 0):,}. "
            "No backup was kept. Try again; if it stays so, tell whoever looks after the database."
        )
    return Manifest(
        format=FORMAT,
        made_at=made_at.isoformat(timespec="seconds"),
        program=version("openmappa"),
        server=server,
        owner=access.owner.user,
        file=file.name,
        bytes=copied.written,
        sha256=copied.sha256,
        dump_sha256=copied.dump_sha256,
        rows=rows,
        migrations=migrations,
        seal=seal,
        guards=guards,
    )


def _copy(login: Login, server: int, snapshot: str, file: Path, keys: "Sequence[pyrage.x25519.Recipient]") -> Copied:
    """Run ``pg_dump``, and give what it writes to the file and, at the same time, to ``pg_restore`` to be counted."""
    address, environment = reached(login)
    dumping = program("pg_dump", login, server=server, exactly=False)
    command: list[str | Path] = [
        dumping,
        "--format=custom",
        "--enable-row-security",
        "--no-password",
        f"--snapshot={snapshot}",
    ]
    command += [f"--exclude-table-data={name}" for name in WITHOUT_ROWS]
    counting: list[str | Path] = [dumping.with_name("pg_restore"), "--data-only", "--file=-"]
    with TemporaryFile() as said, _new_file(file) as handle:
        with (
            started([*command, f"--dbname={address}"], environment, said) as dump,
            started(counting, environment, said, reads=True) as reading,
            RowsCounted(piped(reading.stdout)) as counted,
            Split(piped(dump.stdout), piped(reading.stdin)) as source,
        ):
            target = Hashed(handle)
            copy(source, target, keys)
            handle.flush()
            os.fsync(handle.fileno())
        if dump.returncode or reading.returncode:
            said.seek(0)
            raise BackupError(
                f"The database could not be copied: {said.read().decode(errors='replace').strip()[-2000:]}"
            )
    return Copied(target.written, target.sha256, source.sha256, counted.rows)


# ---- the folder


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Make the folder private and ours for as long as a backup is made; clear away what a killed one left."""
    try:
        folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        mode = folder.stat().st_mode & 0o777
        if mode & 0o007:
            raise BackupError(
                f"Everybody on this machine may look into {folder} (mode {mode:o}), and a backup holds everything. "
                f"Run: chmod 700 {shlex.quote(str(folder))}"
            )
        lock = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as problem:
        raise BackupError(f"The folder {folder} cannot be used: {problem.strerror or problem}.") from problem
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for left in folder.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield
    except BlockingIOError:
        raise BackupError(f"Another backup to {folder} is under way. Wait until it has ended.") from None
    finally:
        os.close(lock)


def _new_file(file: Path) -> IO[bytes]:
    """A file of ours alone, which was not there before."""
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb")


def _write(file: Path, content: bytes) -> None:
    with _new_file(file) as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    _keep_on_disk(file.parent)


def _keep_on_disk(folder: Path) -> None:
    """Have the names in a folder written to the disk, so that a power cut leaves all of it or nothing."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _one(connection: "psycopg.Connection[Any]", statement: LiteralString) -> Any:
    row = connection.execute(statement).fetchone()
    return row[0] if row else None
