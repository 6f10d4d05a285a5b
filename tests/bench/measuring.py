"""How long a program runs and how much memory it takes, its children included; and what to make of many timings."""

import math
import os
import resource
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
SECONDS_BETWEEN_LOOKS = 0.2
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Run:
    """One program's run: seconds on the clock, seconds of processor, and the most memory at once (in MB)."""

    seconds: float
    cpu_seconds: float
    peak_mb: float
    server_peak_mb: float = 0.0


class Failed(Exception):
    """A program that was measured ended badly, so there is nothing to report."""


def run(
    command: Sequence[str], *, environment: Mapping[str, str], out: Path | None = None, server: Path | None = None
) -> Run:
    """Run a program to its end. ``out`` takes its output; ``server`` is a database's data folder, watched as well."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    target = out.open("wb") if out else subprocess.DEVNULL
    process = subprocess.Popen(
        list(command), env={**os.environ, **environment}, stdout=target, stdin=subprocess.DEVNULL
    )
    peaks = {"program": 0.0, "server": 0.0}
    with _looking(lambda: _look(process.pid, server, peaks)):
        status = process.wait()
    seconds = time.perf_counter() - started
    if out and not isinstance(target, int):
        target.close()
    if status:
        raise Failed(f"{' '.join(command)} ended with {status}.")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(seconds, cpu, peaks["program"] or after.ru_maxrss / 1024, peaks["server"])


@contextmanager
def _looking(look: Callable[[], None]) -> Iterator[None]:
    ended = threading.Event()

    def again() -> None:
        while not ended.wait(SECONDS_BETWEEN_LOOKS):
            look()

    thread = threading.Thread(target=again, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _look(pid: int, server: Path | None, peaks: dict[str, float]) -> None:
    processes = {int(path.name): path for path in PROC.iterdir() if path.name.isdecimal()} if PROC.is_dir() else {}
    family = {pid}
    parents = {each: _parent(path) for each, path in processes.items()}
    for _ in range(4):  # children, grandchildren and so on
        family |= {each for each, parent in parents.items() if parent in family}
    peaks["program"] = max(peaks["program"], sum(_shared_out(processes[each]) for each in family if each in processes))
    if server is not None:
        members = [path for path in processes.values() if _working_folder(path) == server]
        peaks["server"] = max(peaks["server"], sum(_own(path) for path in members))


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return 0


def _working_folder(process: Path) -> Path | None:
    try:
        return (process / "cwd").readlink()
    except OSError:
        return None


def _shared_out(process: Path) -> float:
    """Memory in MB, with pages that several processes share counted once between them."""
    return _field(process / "smaps_rollup", "Pss:")


def _own(process: Path) -> float:
    """Memory in MB that a process has for itself alone, without the server's shared buffers."""
    return _field(process / "status", "RssAnon:")


def _field(file: Path, name: str) -> float:
    try:
        for line in file.read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) / 1024
    except OSError:
        return 0.0
    return 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` of the values do not exceed (nearest rank)."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(round(len(ranked) * share, 6)) - 1)]


def size_of(folder: Path) -> float:
    """What the files under a folder take, in MB."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.lstat().st_size
        except OSError:
            continue  # a server removes files of its own while one looks
    return total / MEGABYTE
