"""An import that is killed, cut off or overtaken leaves the record as it was; two imports never mix."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.db import connections

from openmappa.accounts.models import Area, User
from openmappa.audit.models import Event
from openmappa.caseload.services.importing import ONE_AT_A_TIME
from openmappa.cases.models import Case, Person
from openmappa.timeline.models import Fact
from tests.caseload.support import HEADER, REGISTERED, VISITED, case

pytestmark = pytest.mark.django_db(transaction=True)
CASES = 3_000
PATIENCE = 60.0
WRITING = "SELECT DISTINCT pid FROM pg_locks WHERE mode = 'RowExclusiveLock' AND relation = 'timeline_fact'::regclass"
WAITING = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


@contextmanager
def server_itself() -> Iterator["psycopg.Connection[Any]"]:
    """A connection to the test's database that may look at other connections and end them."""
    name = connections["default"].settings_dict["NAME"]
    with psycopg.connect(**settings.DATABASE_ACCESS.administrator.for_psycopg(name), autocommit=True) as connection:
        yield connection


def until(connection: "psycopg.Connection[Any]", question: str) -> int:
    """Wait until a question to the database has an answer; the first one, a server process."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := connection.execute(question).fetchone():
            return int(found[0])
        time.sleep(0.005)
    raise AssertionError(f"nothing came of: {question}")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A caseload large enough to be caught in the middle of."""
    path = tmp_path / "caseload.jsonl"
    lines = [HEADER, *(case(f"NSH-{number}", REGISTERED, *([VISITED] * 20)) for number in range(CASES))]
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return path


@pytest.fixture
def start() -> Iterator[Callable[[Path], "subprocess.Popen[str]"]]:
    """Start an import in a process of its own, on this test's database."""
    started: list[subprocess.Popen[str]] = []
    login = settings.DATABASE_ACCESS.jobs
    name = connections["default"].settings_dict["NAME"]
    credentials = quote(login.user, safe="") + (f":{quote(login.password, safe='')}" if login.password else "")
    address = f"postgresql://{credentials}@/{name}?host={quote(login.host, safe='')}&port={login.port}"

    def begin(file: Path) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-m", "django", "import_caseload", str(file)],
            env={**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "openmappa.config.settings"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def rows() -> dict[str, int]:
    """How many rows the import would have written to."""
    return {model.__name__: model.objects.count() for model in (Area, User, Person, Case, Fact, Event)}


def nothing() -> dict[str, int]:
    """A record as it was before."""
    return dict.fromkeys(rows(), 0)


def test_an_import_killed_in_the_middle_has_written_nothing_and_can_be_done_again(
    file: Path, start: Callable[[Path], "subprocess.Popen[str]"]
) -> None:
    with server_itself() as server:
        process = start(file)
        worker = until(server, WRITING)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        until(server, f"SELECT 1 WHERE NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = {worker})")
        assert rows() == nothing()
    again = start(file)
    assert again.wait(PATIENCE) == 0
    assert Case.objects.count() == CASES


def test_an_import_whose_connection_is_cut_says_so_and_has_written_nothing(
    file: Path, start: Callable[[Path], "subprocess.Popen[str]"]
) -> None:
    with server_itself() as server:
        process = start(file)
        server.execute("SELECT pg_terminate_backend(%s)", [until(server, WRITING)])
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert errors.startswith("The connection to the database broke, so nothing was imported: ")
    assert "Traceback" not in errors
    assert rows() == nothing()


def test_ctrl_c_in_the_middle_says_so_and_has_written_nothing(
    file: Path, start: Callable[[Path], "subprocess.Popen[str]"]
) -> None:
    with server_itself() as server:
        process = start(file)
        until(server, WRITING)
        process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, errors) == (130, "Stopped, so nothing was imported.\n")
    assert rows() == nothing()


def test_a_second_import_waits_until_the_first_has_ended(
    file: Path, start: Callable[[Path], "subprocess.Popen[str]"]
) -> None:
    with server_itself() as first:
        first.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        second = start(file)
        until(first, WAITING)
        assert rows() == nothing()
        first.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])
    _, errors = second.communicate(timeout=PATIENCE)
    assert second.returncode == 0
    assert errors.splitlines()[0] == "Another import is running. This one starts when it has ended."
    assert Case.objects.count() == CASES
