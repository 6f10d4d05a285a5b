"""``make demo`` for real: it serves, keeps what was entered, recovers from a kill, and leaves no process behind."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from openmappa.config.embedded import EmbeddedServer
from tests.support.processes import living_with
from tests.support.server import ROOT, answers, demonstration_environment, free_port, start, stop

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes in /proc")
SMALL = ("--areas", "1", "--cases", "2")


class Demonstration:
    """One checkout's demonstration, which can be started and stopped several times."""

    def __init__(self, place: Path) -> None:
        self.folder = place / "postgres"
        self.log = place / "output"
        self.environment = demonstration_environment(self.folder)
        self.port = free_port()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self, *options: str) -> "subprocess.Popen[str]":
        with self.log.open("w", encoding="utf-8") as output:
            return start(self.environment, self.port, *(options or SMALL), output=output)

    def served(self) -> "subprocess.Popen[str]":
        process = self.run()
        assert answers(f"{self.address}/health", process), self.said()
        return process

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def processes(self) -> dict[int, str]:
        return living_with(str(self.folder))

    def leaves_nothing(self, seconds: float = 90) -> bool:
        limit = time.monotonic() + seconds
        while self.processes() and time.monotonic() < limit:
            time.sleep(0.1)
        return not self.processes()


@pytest.fixture(scope="module")
def demo() -> Iterator[Demonstration]:
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    made = Demonstration(place)
    yield made
    EmbeddedServer(made.folder, durable=False).remove()
    shutil.rmtree(place)


def test_a_load_that_was_killed_is_done_again_by_the_next_run_and_ctrl_c_ends_everything_at_once(
    demo: Demonstration,
) -> None:
    process = demo.run("--areas", "1", "--cases", "20")
    limit = time.monotonic() + 600
    while "Loading them." not in demo.said() and time.monotonic() < limit and process.poll() is None:
        time.sleep(0.02)
    assert demo.said().endswith("Loading them.\n"), demo.said()
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert demo.leaves_nothing(), demo.processes()
    again = demo.served()
    assert "Loading them." in demo.said()
    assert len([line for line in demo.processes().values() if "granian" in line]) == 3
    assert any("postgres" in line for line in demo.processes().values())
    assert stop(again) == 0
    assert demo.processes() == {}
    assert "Stopping." in demo.said()


def test_a_second_run_keeps_what_is_there_prints_the_sign_ins_and_ends_with_its_terminal(demo: Demonstration) -> None:
    process = demo.served()
    limit = time.monotonic() + 60
    while "auditor" not in demo.said() and time.monotonic() < limit:
        time.sleep(0.05)
    assert "Loading them." not in demo.said()
    assert f"OpenMAPPA demonstration: {demo.address}" in demo.said()
    for name in ("police1", "manager.police", "coordinator", "inspector", "admin", "auditor"):
        assert name in demo.said()
    os.kill(process.pid, signal.SIGHUP)
    assert process.wait(120) == 0
    assert demo.processes() == {}


def test_even_kill_9_leaves_no_process(demo: Demonstration) -> None:
    process = demo.served()
    process.kill()
    process.wait()
    assert demo.leaves_nothing(), demo.processes()


def test_a_reset_is_refused_while_the_demonstration_runs_and_then_deletes_it(demo: Demonstration) -> None:
    process = demo.served()  # after the kill -9: so the folder can be used again
    reset = [str(ROOT / ".venv" / "bin" / "python"), str(ROOT / "tools" / "demo.py"), "--reset"]
    refused = subprocess.run(reset, env=demo.environment, capture_output=True, text=True)
    assert refused.returncode == 1
    assert "is in use, so it was not removed. Stop what uses it first." in refused.stderr
    os.kill(process.pid, signal.SIGTERM)
    assert process.wait(120) == 0
    assert demo.processes() == {}
    done = subprocess.run(reset, env=demo.environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert not EmbeddedServer(demo.folder).cluster.data.exists()


def test_a_taken_port_is_said_in_one_sentence(demo: Demonstration) -> None:
    with socket.create_server(("127.0.0.1", demo.port)):
        process = demo.run()
        assert process.wait(120) == 1
    assert demo.said().strip() == (
        f"Port {demo.port} of 127.0.0.1 is in use already, perhaps by another make demo. "
        f"Stop that one, or choose another port: make demo PORT={demo.port + 1}"
    )
