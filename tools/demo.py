"""Run the whole service on this machine with generated people: ``make demo``. Runs with the Python of
``.venv``.

Everything it starts ends with it, however it ends: Ctrl-C, a closed terminal, ``kill`` and ``kill -9``.
"""

import argparse
import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from io import StringIO
from pathlib import Path
from types import FrameType

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection

from openmappa.config.embedded import EmbeddedServer, let_go
from steps import ROOT, VAR, digest, fail, is_done, mark_done, one_at_a_time, say

BIN = Path(sys.executable).parent
HOST = "127.0.0.1"
STOP_SECONDS = 10
TIMETABLE_SECONDS = 300
ON_A_TIMETABLE = (
    "tell",
    "follow_up_actions",
    "chase_movements",
    "remind_of_transfers",
    "work_out_past_days",
    "send_notices",
    "send_invitations",
)
"""What a service does again and again by itself; docs/how-to/notices.md has the timetable of a real one."""
WAITING_SECONDS = 3
FOR_WHOEVER_WAITS = ("work_out_what_if", "work_out_past_days")
"""What somebody looks at a progress bar for: done at once."""

ENDING = threading.Event()


class Stopped(BaseException):
    """Somebody asked the demonstration to stop."""


def main() -> None:
    """Prepare what is missing, serve, and leave nothing behind."""
    options = _options()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    _end_with_parent()
    os.environ["OPENMAPPA_DEMO"] = "yes"
    os.environ["DJANGO_SETTINGS_MODULE"] = "openmappa.config.settings"
    os.environ["OPENMAPPA_DB_ROLE"] = "jobs"  # what is loaded here; the pages act for people (_serve)
    try:
        if options.reset:
            _reset()
            return
        _refuse_taken_port(options.port)
        sign_ins = _prepare(options)
        _serve(options.port, sign_ins)
    except Stopped:
        print("\nStopping.", flush=True)
    finally:
        ENDING.set()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        let_go()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run OpenMAPPA on this machine with generated people.")
    parser.add_argument("--reset", action="store_true", help="delete the demonstration's database, and stop")
    parser.add_argument("--port", type=int, default=os.environ.get("PORT") or 8000)
    parser.add_argument("--areas", type=int, default=5)
    parser.add_argument("--cases", type=int, default=100, help="cases in each area")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--until", help="the last day of the generated facts; today unless given")
    return parser.parse_args()


def _prepare(options: argparse.Namespace) -> str:
    """Bring the database and the static files up to date; what to print once the service answers."""
    _plainly(django.setup)
    say(f"Starting the database ({'DATABASE_URL' if settings.DATABASE_URL else settings.POSTGRES_FOLDER}).")
    _plainly(lambda: call_command("prepare_database", verbosity=0))
    with one_at_a_time("demo"):
        call_command("migrate", verbosity=0, interactive=False)
        _load_people(options, Path(settings.POSTGRES_FOLDER))
        _collect_static()
    said = StringIO()
    call_command("demo_signins", address=f"http://{HOST}:{options.port}", stdout=said)
    connection.close()
    return said.getvalue()


def _load_people(options: argparse.Namespace, folder: Path) -> None:
    """Generate and load a caseload, unless somebody can sign in already: passwords are given last."""
    if get_user_model().objects.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).exists():
        return
    file = _caseload_file(folder)
    if not file.exists():
        say(f"Making up {options.areas} areas with {options.cases} cases each.")
        fresh = file.with_suffix(".new")
        numbers = {
            "--areas": options.areas,
            "--cases": options.cases,
            "--seed": options.seed,
            "--until": options.until,
        }
        words = [word for name, value in numbers.items() if value is not None for word in (name, str(value))]
        subprocess.run([str(BIN / "openmappa"), "sample", *words, "--out", str(fresh)], check=True)
        fresh.replace(file)
    say("Loading them.")
    call_command("load_demo", str(file))
    file.unlink()


def _caseload_file(folder: Path) -> Path:
    """Kept until it is loaded, so that a load that was broken off goes on with the same people."""
    return VAR / f"caseload-{digest([], str(folder))[:8]}.jsonl"


def _collect_static() -> None:
    inputs = sorted((VAR / "assets").rglob("*")) + sorted((ROOT / "src").glob("openmappa/*/static/**/*"))
    fingerprint = digest([file for file in inputs if file.is_file()], str(VAR))
    if not is_done(VAR / "static.done", fingerprint):
        say("Collecting styles and scripts.")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        mark_done(VAR / "static.done", fingerprint)


def _serve(port: int, sign_ins: str) -> None:
    """Serve in a process group of its own, so that every signal reaches it once, from here."""
    command = [str(BIN / "granian"), "--interface", "wsgi", "--host", HOST, "--port", str(port)]
    command += ["--workers", "2", "--blocking-threads", "4", "--log-level", "warning"]
    command += ["--workers-kill-timeout", str(STOP_SECONDS // 2), "openmappa.config.wsgi:application"]
    serving = {**os.environ, "OPENMAPPA_DB_ROLE": "app"}
    with subprocess.Popen(command, env=serving, start_new_session=True, preexec_fn=_end_with_parent) as server:
        try:
            threading.Thread(target=_announce, args=(port, sign_ins, server), daemon=True).start()
            for names, pause in ((ON_A_TIMETABLE, TIMETABLE_SECONDS), (FOR_WHOEVER_WAITS, WAITING_SECONDS)):
                threading.Thread(target=_again_and_again, args=(names, pause), daemon=True).start()
            if code := server.wait():
                fail(f"The web server ended by itself (code {code}). What it printed above says why.")
        finally:
            _end(server)


def _announce(port: int, sign_ins: str, server: "subprocess.Popen[bytes]") -> None:
    """Say where to go once somebody answers there."""
    while server.poll() is None:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
            continue
        print(f"\n{sign_ins}\nCtrl-C here stops everything.", flush=True)
        return


def _again_and_again(names: Sequence[str], pause: float) -> None:
    """Do what the timetable says, and again after a pause in seconds, until it all ends.

    What one of them could not do is printed, and tried again with the next round.
    """
    while not ENDING.is_set():
        for name in names:
            try:
                call_command(name, verbosity=0)
            except Exception:
                if ENDING.is_set():
                    return
                traceback.print_exc()
        connection.close()
        ENDING.wait(pause)


def _end(server: "subprocess.Popen[bytes]") -> None:
    """Ask the server and its workers to stop, then make them."""
    if server.poll() is None:
        server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(STOP_SECONDS)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        limit = time.monotonic() + STOP_SECONDS
        while time.monotonic() < limit:  # a worker that is still dying still uses the database
            os.killpg(server.pid, 0)
            time.sleep(0.02)


def _reset() -> None:
    if settings.DATABASE_URL:
        fail("make demo-reset deletes only the embedded database. DATABASE_URL is set, so nothing was deleted.")
    say(f"Deleting the demonstration's database and all that was entered in it ({settings.POSTGRES_FOLDER}).")
    _plainly(EmbeddedServer(settings.POSTGRES_FOLDER).remove)
    _caseload_file(Path(settings.POSTGRES_FOLDER)).unlink(missing_ok=True)


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            fail(
                f"Port {port} of {HOST} is in use already, perhaps by another make demo. "
                f"Stop that one, or choose another port: make demo PORT={port + 1}"
            )


def _plainly(step: Callable[[], object]) -> None:
    """Run a step whose errors are sentences, and show the sentence alone."""
    try:
        step()
    except (CommandError, ImproperlyConfigured) as problem:
        fail(str(problem))


def _end_with_parent() -> None:
    """On Linux: have this process told to stop when the one that started it dies, even by kill -9."""
    if sys.platform == "linux":
        set_death_signal = 1
        ctypes.CDLL(None).prctl(set_death_signal, signal.SIGTERM)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


if __name__ == "__main__":
    main()
