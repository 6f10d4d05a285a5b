"""Restoring a backup into a new database, and looking whether it is all there.

Nothing is written before the whole backup has been read and its checksums hold, and what is written is one transaction:
a restore that is broken off leaves an empty database, and can be started again.
"""

import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import IO, Final

import pyrage
from psycopg import sql

from openmappa.config.backups import BackupError, Manifest, connected, newest_seal, who_copies
from openmappa.config.counting import rows_of_every_table
from openmappa.config.database import APPLICATION_ROLE, DatabaseAccess
from openmappa.config.programs import piped, program, reached, started
from openmappa.config.rights import guards_of_everything
from openmappa.config.roles import prepare
from openmappa.config.streams import Hashed, Split, decrypted

JOB: Final = "restore"
LEFT_OUT: Final = (" DEFAULT ACL ",)
"""What the dump holds and the roles' preparation makes by itself: rights on tables that are yet to be made."""
ANYTHING: Final = """
SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
"""
EMBEDDED_VERSION: Final = 18
Keys = Sequence["pyrage.x25519.Identity"]


def restore_backup(
    backup: Path, manifest: Manifest, access: DatabaseAccess, *, keys: Keys = (), say: Callable[[str], None] = print
) -> None:
    """Restore ``backup`` into the database of ``access``, which must be empty, and compare it with its manifest.

    Raises ``SettingsError`` when the backup is damaged or encrypted for another key, when the database is not empty or
    belongs to a role of another name, or when something is missing afterwards.
    """
    if manifest.owner != access.owner.user:
        raise BackupError(
            f"The rights in this backup are those of an owner named {manifest.owner!r}, and the target's owner is "
            f"{access.owner.user!r}. Make the owner of the new database a role with the name {manifest.owner!r}."
        )
    say("Reading the whole backup and comparing its checksums.")
    contents = _contents(backup / manifest.file, manifest, access, keys)
    if access.embedded is None:
        _refuse_what_is_not_empty(access)
    for sentence in prepare(access):
        say(sentence)
    _refuse_what_is_not_empty(access)
    _take_default_rights_away(access)
    say(f"Restoring {manifest.total:,} rows.")
    _pour(backup / manifest.file, contents, manifest, access, keys)
    prepare(access)
    say("Counting what is there now.")
    compare(manifest, access)


def compare(manifest: Manifest, access: DatabaseAccess) -> None:
    """Raise ``BackupError`` unless every table has the manifest's rows and guards, and the newest seal is the same."""
    with connected(who_copies(access, job=JOB)) as connection:
        rows, seal = rows_of_every_table(connection), newest_seal(connection)
        guards = guards_of_everything(connection)
        connection.execute("ANALYZE")
    for name in sorted({*rows, *manifest.rows}):
        if rows.get(name) != manifest.rows.get(name):
            raise BackupError(
                f"The restored record is not whole: {name} should have {manifest.rows.get(name, 0):,} rows and has "
                f"{rows.get(name, 0):,}. Do not use this database; restore another backup."
            )
    if changed := sorted(name for name, digest in manifest.guards.items() if guards.get(name) != digest):
        raise BackupError(f"The rights or the guards of {changed[0]} are not what they were. Do not use this database.")
    if seal != manifest.seal:
        raise BackupError(
            "The newest seal of the audit log is not the one that the backup was made with. Do not use this database."
        )


def _refuse_what_is_not_empty(access: DatabaseAccess) -> None:
    with connected(who_copies(access, job=JOB)) as connection:
        row = connection.execute(ANYTHING).fetchone()
    if row and row[0]:
        raise BackupError(
            f"The database {access.owner.name!r} is not empty, so nothing was restored into it. Name a new one."
        )


def _take_default_rights_away(access: DatabaseAccess) -> None:
    """Have no right given but those in the dump, which does not take away what a new table gets by default.

    Otherwise the application could change the audit log afterwards. The preparation at the end gives the defaults back.
    """
    with connected(access.owner) as connection:
        for kind in ("TABLES", "SEQUENCES"):
            statement = "ALTER DEFAULT PRIVILEGES FOR ROLE {} IN SCHEMA public REVOKE ALL ON {} FROM {}"
            owner, role = sql.Identifier(access.owner.user), sql.Identifier(APPLICATION_ROLE)
            connection.execute(sql.SQL(statement).format(owner, sql.SQL(kind), role))


def _contents(file: Path, manifest: Manifest, access: DatabaseAccess, keys: Keys) -> str:
    """The dump's table of contents without what is left out; the whole file was read and is as it was written."""
    restoring = program("pg_restore", access.owner, server=_version(access), exactly=True)
    with (
        _opened(file, manifest, keys) as handle,
        TemporaryFile() as said,
        TemporaryFile() as listed,
    ):
        source = Split(handle)
        command = [str(restoring), "--list"]
        listing = started(command, {"LC_ALL": "C"}, said, reads=True, output=listed)
        with listing, Hashed(piped(listing.stdin)) as target:
            decrypted(source, target, keys)
            target.flush()
        listed.seek(0)
        lines = listed.read().decode().splitlines()
    if (source.sha256, target.sha256) != (manifest.sha256, manifest.dump_sha256):
        raise BackupError(f"{file} is not as it was written: its checksum differs. Use another backup.")
    return "\n".join(line for line in lines if not any(word in line for word in LEFT_OUT))


def _pour(file: Path, contents: str, manifest: Manifest, access: DatabaseAccess, keys: Keys) -> None:
    address, environment = reached(access.owner.stating_job(JOB))
    restoring = program("pg_restore", access.owner, server=_version(access), exactly=True)
    with (
        _opened(file, manifest, keys) as handle,
        NamedTemporaryFile("w", encoding="utf-8") as wanted,
        TemporaryFile() as said,
    ):
        wanted.write(contents)
        wanted.flush()
        command = [str(restoring), "--no-owner", "--exit-on-error", "--single-transaction", "--no-password"]
        command += [f"--use-list={wanted.name}", f"--dbname={address}"]
        pouring = started(command, environment, said, reads=True, output=said)
        with pouring, Hashed(piped(pouring.stdin)) as target:
            decrypted(Split(handle), target, keys)
            target.flush()
        if pouring.returncode:
            said.seek(0)
            raise BackupError(
                f"Nothing was restored: {said.read().decode(errors='replace').strip()[-2000:]}\n"
                "The new database is empty, as it was."
            )


def _version(access: DatabaseAccess) -> int:
    """The major version of the server that is restored to."""
    if access.embedded is not None:
        return EMBEDDED_VERSION
    with connected(access.owner) as connection:
        return connection.info.server_version // 10000


@contextmanager
def _opened(file: Path, manifest: Manifest, keys: Keys) -> Iterator[IO[bytes]]:
    if file.suffix == ".age" and not keys:
        raise BackupError(
            f"{file} is encrypted. Name the file of the secret key it was made for: "
            f"openmappa restore {shlex.quote(str(file.parent))} --key FILE …"
        )
    try:
        with file.open("rb") as handle:
            if file.stat().st_size != manifest.bytes:
                raise BackupError(
                    f"{file} is {file.stat().st_size:,} bytes long, not {manifest.bytes:,}. Use another backup."
                )
            yield handle
    except OSError as problem:
        raise BackupError(f"{file} cannot be read: {problem.strerror or problem}. Use another backup.") from None
