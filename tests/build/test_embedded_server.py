"""The embedded PostgreSQL: shared by several processes, gone with the last one, whatever ends it."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from openmappa.config.cluster import EmbeddedServerError
from openmappa.config.embedded import EmbeddedServer

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes in /proc")
PYTHON_IS_OPEN = all(part.stat().st_mode & 0o001 for part in Path(sys.executable).resolve().parents)
HOLD = """
import sys, time
from pathlib import Path
from openmappa.config.embedded import EmbeddedServer
EmbeddedServer(Path(sys.argv[1]), durable=False).acquire()
print("ready", flush=True)
time.sleep(600)
"""
LET_GO = """
import os, sys, threading, time
from multiprocessing import get_context
from pathlib import Path
from openmappa.config import embedded
folder = Path(sys.argv[1])

def ask_again_and_again():
    try:
        while True:
            embedded.ensure_running(folder, durable=False)
    except embedded.EmbeddedServerError as problem:
        print(problem, flush=True)

embedded.ensure_running(folder, durable=False)
get_context("fork").Process(target=time.sleep, args=(600,), daemon=True).start()  # as counting in several does
asking = threading.Thread(target=ask_again_and_again)
asking.start()
embedded.let_go()
asking.join()
print(embedded.EmbeddedServer(folder, durable=False).cluster.pid(), flush=True)
"""


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that an unprivileged user may pass through, as a checkout outside a home folder is."""
    made = Path(tempfile.mkdtemp())
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def server(place: Path) -> Iterator[EmbeddedServer]:
    made = EmbeddedServer(place / "postgres", durable=False)
    yield made
    made.remove()


def answer(server: EmbeddedServer) -> int:
    with psycopg.connect(host=str(server.cluster.socket_folder), user="postgres", dbname="postgres") as connection:
        row = connection.execute("SELECT 6 * 7").fetchone()
        assert row is not None
        return int(row[0])


def holder(server: EmbeddedServer) -> "subprocess.Popen[str]":
    """Another process that uses the server until it is ended."""
    command = [sys.executable, "-c", HOLD, str(server.folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def end(process: "subprocess.Popen[str]", how: signal.Signals = signal.SIGKILL) -> None:
    process.send_signal(how)
    process.communicate()


def is_gone(server: EmbeddedServer, seconds: float = 90) -> bool:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if server.cluster.pid() is None:
            return True
        time.sleep(0.05)
    return False


def test_it_answers_and_stops_with_its_only_user(server: EmbeddedServer) -> None:
    lease = server.acquire()
    assert answer(server) == 42
    assert server.release_and_wait(lease)
    assert server.cluster.pid() is None


def test_what_was_written_is_there_after_a_restart(server: EmbeddedServer) -> None:
    login: dict[str, Any] = {"host": str(server.cluster.socket_folder), "user": "postgres", "dbname": "postgres"}
    lease = server.acquire()
    with psycopg.connect(**login) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    server.release_and_wait(lease)
    lease = server.acquire()
    with psycopg.connect(**login) as connection:
        assert connection.execute("SELECT number FROM kept").fetchall() == [(7,)]
    server.release_and_wait(lease)


def test_two_users_share_one_server_and_the_first_to_leave_does_not_stop_it(server: EmbeddedServer) -> None:
    other = holder(server)
    lease = server.acquire()
    pid = server.cluster.pid()
    assert server.release_and_wait(lease) is False
    assert server.cluster.pid() == pid
    end(other, signal.SIGTERM)
    assert is_gone(server)


def test_who_lets_go_leaves_no_server_although_a_thread_asks_for_it_and_a_forked_process_lives(
    server: EmbeddedServer,
) -> None:
    command = [sys.executable, "-c", LET_GO, str(server.folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.stderr == ""
    assert done.stdout == "This process is ending, so it does not start the database again.\nNone\n"


def test_it_stops_when_its_only_user_is_killed(server: EmbeddedServer) -> None:
    other = holder(server)
    assert server.cluster.pid() is not None
    end(other, signal.SIGKILL)
    assert is_gone(server)


def test_a_killed_server_is_started_again_for_the_next_user(server: EmbeddedServer) -> None:
    lease = server.acquire()
    pid = server.cluster.pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert is_gone(server)
    second = server.acquire()
    assert answer(server) == 42
    assert server.cluster.pid() not in (None, pid)
    os.close(lease)
    server.release_and_wait(second)


def test_a_process_number_left_behind_that_belongs_to_another_does_not_stop_a_start(server: EmbeddedServer) -> None:
    server.release_and_wait(server.acquire())
    (server.cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{server.cluster.data}\n")
    lease = server.acquire()
    assert answer(server) == 42
    server.release_and_wait(lease)


def test_a_first_start_that_was_broken_off_is_done_again(server: EmbeddedServer) -> None:
    half_made = server.cluster.home / "data.new"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18\n")
    lease = server.acquire()
    assert answer(server) == 42
    server.release_and_wait(lease)


@pytest.mark.parametrize("name", ["deep/" * 30 + "checkout", "it's a folder, with signs"])
def test_a_long_or_odd_path_works(place: Path, name: str) -> None:
    server = EmbeddedServer(place / name / "postgres", durable=False)
    lease = server.acquire()
    assert answer(server) == 42
    assert server.release_and_wait(lease)
    server.remove()


def test_a_folder_in_use_is_not_removed(server: EmbeddedServer) -> None:
    other = holder(server)
    with pytest.raises(EmbeddedServerError, match="is in use, so it was not removed"):
        server.remove()
    assert answer(server) == 42
    end(other)
    assert is_gone(server)


def test_a_removed_folder_starts_empty(server: EmbeddedServer) -> None:
    server.release_and_wait(server.acquire())
    server.remove()
    assert not server.cluster.data.exists()
    assert server.release_and_wait(server.acquire())


def test_nobody_else_may_reach_the_socket(server: EmbeddedServer) -> None:
    lease = server.acquire()
    assert server.cluster.socket_folder.stat().st_mode & 0o777 == 0o700
    assert server.cluster.data.stat().st_mode & 0o777 == 0o700
    server.release_and_wait(lease)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
def test_root_uses_a_folder_under_a_closed_home_without_opening_it(place: Path) -> None:
    closed = place / "home"
    closed.mkdir(mode=0o700)
    server = EmbeddedServer(closed / "checkout" / "var" / "postgres", durable=False)
    lease = server.acquire()
    assert answer(server) == 42
    assert closed.stat().st_mode & 0o777 == 0o700
    server.release_and_wait(lease)
    server.remove()
    shutil.rmtree(server.cluster.home)


@pytest.mark.skipif(os.geteuid() != 0 or not PYTHON_IS_OPEN, reason="only root can be another user, who needs a Python")
def test_an_ordinary_user_is_told_when_the_folder_is_anothers(server: EmbeddedServer) -> None:
    server.release_and_wait(server.acquire())
    command = [sys.executable, "-c", HOLD, str(server.folder)]
    done = subprocess.run(command, user=12345, group=12345, extra_groups=[], capture_output=True, text=True)
    assert done.returncode == 1
    assert "for the embedded database cannot be used" in done.stderr
