"""The real thing: ``make demo``'s own script on a free port, with a database of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from openmappa.config.embedded import EmbeddedServer

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 600


@dataclass(frozen=True)
class Server:
    """A running demonstration: where it answers, and the environment in which commands reach its database."""

    address: str
    environment: dict[str, str]
    process: "subprocess.Popen[str]"

    def manage(self, *words: str) -> str:
        """Run ``openmappa manage …`` on this server's database and return what it printed."""
        command = [str(Path(sys.executable).with_name("openmappa")), "manage", *words]
        done = subprocess.run(command, env=self.environment, text=True, capture_output=True, check=True)
        return done.stdout


@contextmanager
def demonstration(folder: Path, *options: str, keep_database: bool = False) -> Iterator[Server]:
    """Start the demonstration with its database in ``folder`` and stop it as Ctrl-C would.

    ``options`` are those of ``tools/demo.py``, such as ``"--cases", "4"``. The database is deleted afterwards
    unless it is to be kept. Raises ``AssertionError`` with all output when it does not start.
    """
    port = free_port()
    environment = demonstration_environment(folder)
    log = folder.with_name(f"{folder.name}.log")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w+", encoding="utf-8") as output:
        process = start(environment, port, *options, output=output)
        try:
            address = f"http://127.0.0.1:{port}"
            if not answers(f"{address}/health", process):
                raise AssertionError(f"The demonstration did not start:\n{log.read_text(encoding='utf-8')}")
            yield Server(address, environment, process)
        finally:
            stop(process)
    log.unlink()
    if not keep_database:
        EmbeddedServer(folder, durable=False).remove()


def demonstration_environment(folder: Path) -> dict[str, str]:
    """The environment of a demonstration on an embedded database of its own in ``folder``."""
    dropped = {"DATABASE_URL", "DATABASE_OWNER_URL", "DJANGO_SETTINGS_MODULE", "OPENMAPPA_SECRET_KEY"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    patient = {"OPENMAPPA_IDLE_MINUTES": "240", "OPENMAPPA_STEP_UP_MINUTES": "240"}  # sign-ins are shared by many tests
    return {**patient, **kept} | {
        "OPENMAPPA_DEMO": "yes",
        "OPENMAPPA_POSTGRES": str(folder),
        "OPENMAPPA_POSTGRES_DURABLE": "no",
        "PYTHONUNBUFFERED": "1",
    }


def start(environment: dict[str, str], port: int, *options: str, output: object) -> "subprocess.Popen[str]":
    """Start ``tools/demo.py`` in a session of its own, as a terminal would."""
    command = [sys.executable, str(ROOT / "tools" / "demo.py"), "--port", str(port), *options]
    process: subprocess.Popen[str] = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=output,  # type: ignore[call-overload]
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    return process


def stop(process: "subprocess.Popen[str]", how: signal.Signals = signal.SIGINT) -> int:
    """Send what Ctrl-C sends, to the whole group, and return the exit code."""
    if process.poll() is None:
        os.killpg(process.pid, how)
    return process.wait(120)


def answers(address: str, process: "subprocess.Popen[str]", seconds: float = START_SECONDS) -> bool:
    """Wait until a GET of ``address`` is answered with 200; False when the process ends first, or time runs out."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as response:
                return bool(response.status == 200)
        except OSError:
            time.sleep(0.1)
    return False


def free_port() -> int:
    """A port of this machine that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
