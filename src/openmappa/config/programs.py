"""PostgreSQL's own programs for backing up and restoring: which ones fit the server, and how they are run."""

import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from psycopg.conninfo import make_conninfo

from openmappa.config.cluster import installed_programs
from openmappa.config.database import Login
from openmappa.config.environment import SettingsError

NEEDS_TLS = frozenset({"require", "verify-ca", "verify-full"})
VERSION = re.compile(r"\(PostgreSQL\) (\d+)")


def program(name: str, login: Login, *, server: int, exactly: bool) -> Path:
    """The program ``name`` for a server of major version ``server``.

    The machine's own is preferred for a server elsewhere, since the one in the wheel speaks no TLS; the wheel's is
    right for the embedded server. ``exactly``: it must be of the server's own version, as for restoring; dumping allows
    newer. Raises ``SettingsError`` with what to install when none fits.
    """
    here = shutil.which(name)
    found = [Path(here)] if here else []
    if login.options.get("sslmode") not in NEEDS_TLS:
        found.append(installed_programs() / name)
    versions = {place: _major(place) for place in found}
    for place, version in versions.items():
        if version == server or (version > server and not exactly):
            return place
    seen = ", ".join(f"{place} is version {version}" for place, version in versions.items()) or "none was found"
    raise SettingsError(
        f"{name} for PostgreSQL {server} is needed, and {seen}. Install PostgreSQL's client programs of that version "
        f"(on Debian and Ubuntu: apt-get install postgresql-client-{server})."
    )


def reached(login: Login) -> tuple[str, dict[str, str]]:
    """How a program reaches the database as ``login``: its address, and the environment it runs in.

    The password stands in the environment alone, since everybody on the machine may list the words of a command.
    """
    address = login.for_psycopg()
    password = address.pop("password", "")
    environment = {"LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/bin:/bin"} | ({"PGPASSWORD": password} if password else {})
    return make_conninfo("", **address), environment


def started(
    command: Sequence[str | Path],
    environment: Mapping[str, str],
    complaints: IO[bytes],
    *,
    reads: bool = False,
    output: IO[bytes] | None = None,
) -> "subprocess.Popen[bytes]":
    """Start a program. What it complains of goes to a file, and what it writes to ``output`` or to a pipe.

    ``reads``: it is given input by a pipe. Then nobody may wait with reading its other pipe until all is written.
    """
    return subprocess.Popen(  # noqa: S603 - PostgreSQL's own program, without a shell
        [str(word) for word in command],
        env=dict(environment),
        stdin=subprocess.PIPE if reads else subprocess.DEVNULL,
        stdout=subprocess.PIPE if output is None else output,
        stderr=complaints,
    )


def piped(end: IO[bytes] | None) -> IO[bytes]:
    """One end of a pipe to a program that was started with it."""
    if end is None:
        raise ValueError("The program was started without this pipe.")
    return end


def _major(place: Path) -> int:
    done = subprocess.run([str(place), "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    found = VERSION.search(done.stdout)
    return int(found[1]) if found else 0
