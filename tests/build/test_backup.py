"""The drill: back up, restore elsewhere, compare. And everything that must not pass for a whole backup."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg
import pyrage
import pytest
from psycopg import sql

from openmappa.config.backups import BackupError, make_backup
from openmappa.config.cluster import installed_programs
from openmappa.config.database import DatabaseAccess, embedded_access
from openmappa.config.embedded import EmbeddedServer
from openmappa.config.environment import SettingsError
from tests.support.server import demonstration_environment

OPENMAPPA = str(Path(sys.executable).with_name("openmappa"))
ASKED_FOR_ITS_VERSION = '#!/bin/sh\ncase "$*" in *--version*) exec {real} "$@";; esac\n'
SLOW = ASKED_FOR_ITS_VERSION + '{real} "$@" | head -c 20000\nsleep 60\n'
SHORT = ASKED_FOR_ITS_VERSION + 'exec {real} --exclude-table-data=public.cases_case "$@"\n'
BROKEN = ASKED_FOR_ITS_VERSION + '{real} "$@" | head -c 20000\nexit 3\n'


@dataclass
class Service:
    """An installation of its own: an embedded database with a few generated cases."""

    place: Path

    @property
    def folder(self) -> Path:
        return self.place / "postgres"

    @property
    def environment(self) -> dict[str, str]:
        return demonstration_environment(self.folder) | {"OPENMAPPA_VAR": str(self.place / "var")}

    @property
    def as_owner(self) -> DatabaseAccess:
        """Its database as if on a server elsewhere, where nobody of ours is above row-level security."""
        access = embedded_access(self.folder, EmbeddedServer(self.folder).cluster.socket_folder)
        return replace(access, embedded=None, administrator=access.owner)

    def run(self, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        environment = self.environment | more
        return subprocess.run([OPENMAPPA, *words], env=environment, text=True, capture_output=True, timeout=900)

    def ask(self, statement: str, folder: Path | None = None) -> list[tuple[Any, ...]]:
        """Ask the database, or the one restored to ``folder``, as its superuser."""
        server = EmbeddedServer(folder or self.folder, durable=False)
        lease = server.acquire()
        login = embedded_access(server.folder, server.cluster.socket_folder).administrator.for_psycopg()
        with psycopg.connect(**login, autocommit=True) as connection:
            done = connection.execute(sql.SQL(statement))
            found = done.fetchall() if done.description else []
        os.close(lease)
        return found


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    place = Path(tempfile.mkdtemp(prefix="openmappa-drill-"))
    place.chmod(0o755)
    made = Service(place)
    file = place / "sample.jsonl"
    made.run("sample", "--areas", "1", "--cases", "6", "--seed", "7", "--out", str(file))
    imported = made.run("import", str(file))
    assert imported.returncode == 0, imported.stderr
    server = EmbeddedServer(made.folder, durable=False)
    lease = server.acquire()
    yield made
    server.release_and_wait(lease)
    for folder in place.iterdir():
        if (folder / "data").exists():
            EmbeddedServer(folder, durable=False).remove()
    shutil.rmtree(place)


@pytest.fixture
def backups(service: Service) -> Iterator[Path]:
    folder = service.place / "backups"
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def only(folder: Path) -> Path:
    """The one backup in a folder."""
    (found,) = folder.glob("openmappa-*")
    return found


def programs(place: Path, script: str) -> str:
    """A PATH whose pg_dump is the script, around the real one."""
    folder = place / "programs"
    folder.mkdir(exist_ok=True)
    fake = folder / "pg_dump"
    fake.write_text(script.format(real=installed_programs() / "pg_dump"))
    fake.chmod(0o755)
    if not (folder / "pg_restore").exists():
        (folder / "pg_restore").symlink_to(installed_programs() / "pg_restore")
    return f"{folder}{os.pathsep}/usr/bin:/bin"


COUNTS = "SELECT (SELECT count(*) FROM cases_case), (SELECT count(*) FROM timeline_fact)"
CHANGES = "SELECT count(*), max(id) FROM audit_change"
EVENTS = "SELECT verb FROM audit_event ORDER BY at, id"


def test_a_backup_restored_elsewhere_holds_every_row_and_its_audit_log_is_whole(
    service: Service, backups: Path
) -> None:
    key, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    files = {name: service.place / name for name in ("key", "other")}
    files["key"].write_text(f"# made for a test\n{key}\n")
    files["other"].write_text(f"{other}\n")
    before = service.ask(COUNTS), service.ask(CHANGES)
    events = service.ask(EVENTS)
    made = service.run("backup", str(backups), OPENMAPPA_BACKUP_RECIPIENTS=str(key.to_public()))
    assert (made.returncode, "read back and counted" in made.stdout) == (0, True), made.stderr
    assert service.ask(EVENTS) == [*events, ("back up",)]
    whole, target = only(backups), service.place / "restored"
    assert sorted(file.name for file in whole.iterdir()) == ["database.dump.age", "manifest.json"]
    assert b"PGDMP" not in (whole / "database.dump.age").read_bytes()
    manifest = json.loads((whole / "manifest.json").read_text())
    assert manifest["rows"]["public.cases_case"] == 6

    without = service.run("restore", str(whole), "--into", str(target))
    assert "is encrypted. Name the file of the secret key it was made for" in without.stderr
    wrong = service.run("restore", str(whole), "--into", str(target), "--key", str(files["other"]))
    assert "cannot be decrypted with this key" in wrong.stderr
    assert not target.exists()
    right = service.run("restore", str(whole), "--into", str(target), "--key", str(files["key"]))
    assert right.returncode == 0, right.stderr
    assert f"All {sum(manifest['rows'].values()):,} rows of {manifest['made_at']} are there." in right.stdout
    assert (service.ask(COUNTS, target), service.ask(CHANGES, target)) == before
    assert service.ask(EVENTS, target) == [*events, ("verify audit log",)]
    assert service.ask("SELECT relforcerowsecurity FROM pg_class WHERE relname = 'cases_case'", target) == [(True,)]
    assert service.ask("SELECT has_table_privilege('openmappa_app', 'audit_event', 'DELETE')", target) == [(False,)]

    again = service.run("restore", str(whole), "--into", str(target), "--key", str(files["key"]))
    assert (again.returncode, again.stderr.strip()) == (
        1,
        "CommandError: The database 'openmappa' is not empty, so nothing was restored into it. Name a new one.",
    )


def test_a_backup_that_was_touched_is_refused_before_anything_is_restored(service: Service, backups: Path) -> None:
    made = service.run("backup", str(backups))
    assert "It is not encrypted: keep it on an encrypted disk" in made.stderr
    file = only(backups) / "database.dump"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    target = service.place / "touched"
    refused = service.run("restore", str(only(backups)), "--into", str(target))
    assert (refused.returncode, "its checksum differs. Use another backup." in refused.stderr) == (1, True)
    file.write_bytes(content[:-1])
    refused = service.run("restore", str(only(backups)), "--into", str(target))
    assert f"bytes long, not {len(content):,}. Use another backup." in refused.stderr
    assert not target.exists()


def test_the_owner_of_a_server_elsewhere_copies_every_row_though_row_level_security_binds_it(
    service: Service, backups: Path
) -> None:
    whole = make_backup(service.as_owner, backups, say=lambda words: None)
    assert json.loads((whole / "manifest.json").read_text())["rows"]["public.cases_case"] == 6


def test_a_login_that_does_not_see_every_row_makes_no_backup(service: Service, backups: Path) -> None:
    service.ask("ALTER POLICY by_owner ON cases_case USING (id > 1)")
    try:
        with pytest.raises(SettingsError, match=r"does not see every row of public\.cases_case"):
            make_backup(service.as_owner, backups, say=lambda words: None)
    finally:
        service.ask("ALTER POLICY by_owner ON cases_case USING ((SELECT access_job() IS NOT NULL))")
    assert [place.name for place in backups.iterdir()] == [".lock"]


@pytest.mark.parametrize(
    ("script", "said"),
    [(SHORT, "The dump is not whole: public.cases_case has 6 rows, and the dump 0."), (BROKEN, "could not be copied")],
    ids=["rows are missing", "it broke off"],
)
def test_a_dump_that_lacks_rows_or_broke_off_is_no_backup(
    service: Service, backups: Path, script: str, said: str
) -> None:
    made = service.run("backup", str(backups), PATH=programs(service.place, script))
    assert (made.returncode, said in made.stderr) == (1, True), made.stderr
    assert [place.name for place in backups.iterdir()] == [".lock"]


def test_a_backup_that_is_killed_leaves_nothing_that_passes_for_one(service: Service, backups: Path) -> None:
    environment = service.environment | {"PATH": programs(service.place, SLOW)}
    command = [OPENMAPPA, "backup", str(backups)]
    process = subprocess.Popen(command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while not list(backups.glob("unfinished-*/database.dump")) and time.monotonic() < end:
        time.sleep(0.05)
    time.sleep(0.5)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    (left,) = [place for place in backups.iterdir() if place.name != ".lock"]
    refused = service.run("restore", str(left), "--into", str(service.place / "nowhere"))
    assert "is no whole backup: it has no manifest.json." in refused.stderr
    made = service.run("backup", str(backups))
    assert made.returncode == 0, made.stderr
    assert [place.name for place in backups.iterdir() if place.name != ".lock"] == [only(backups).name]


def test_a_folder_that_others_may_look_into_is_refused(service: Service, backups: Path) -> None:
    backups.mkdir()
    backups.chmod(0o755)
    with pytest.raises(BackupError, match=f"Run: chmod 700 {backups}"):
        make_backup(service.as_owner, backups)
    assert list(backups.iterdir()) == []
