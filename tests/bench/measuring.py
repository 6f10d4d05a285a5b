"""How long a program runs and how much memory it takes, its children included; and what to make of many timings."""

import math
import os
import resource
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PROC = Path("/proc")
SECONDS_BETWEEN_LOOKS = 0.2
MEGABYTE = 1024 * 1024
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Run:
    """One program's run: seconds on the clock, seconds of processor, and the most memory at once (in MB).

    ``server_`` is the same of the database server's processes, where one was watched. ``others_share`` is how much of
    the whole machine other programs took meanwhile, from 0 to 1: above a few per cent the run was disturbed.
    """

    seconds: float
    cpu_seconds: float
    peak_mb: float
    server_peak_mb: float = 0.0
    server_cpu_seconds: float = 0.0
    others_share: float = 0.0


@dataclass
class Seen:
    """What looking at a running program has found so far."""

    peak_mb: float = 0.0
    server_peak_mb: float = 0.0
    server_cpu: dict[int, tuple[float, float]] = field(default_factory=dict)

    @property
    def server_cpu_seconds(self) -> float:
        """What the server's processes used, each from the first to the last look at it."""
        return sum(last - first for first, last in self.server_cpu.values())


class Failed(Exception):
    """A program that was measured ended badly, so there is nothing to report."""


def run(
    command: Sequence[str], *, environment: Mapping[str, str], out: Path | None = None, server: Path | None = None
) -> Run:
    """Run a program to its end. ``out`` takes its output; ``server`` is a database's data folder, watched as well."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = _machine_busy()
    started = time.perf_counter()
    target = out.open("wb") if out else subprocess.DEVNULL
    process = subprocess.Popen(
        list(command), env={**os.environ, **environment}, stdout=target, stdin=subprocess.DEVNULL
    )
    seen = Seen()
    with _looking(lambda: _look(process.pid, server, seen)):
        status = process.wait()
    seconds = time.perf_counter() - started
    if out and not isinstance(target, int):
        target.close()
    if status:
        raise Failed(f"{' '.join(command)} ended with {status}.")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    capacity = seconds * (os.cpu_count() or 1)
    others = max(0.0, _machine_busy() - busy - cpu - seen.server_cpu_seconds) / capacity
    peak = seen.peak_mb or after.ru_maxrss / 1024
    return Run(seconds, cpu, peak, seen.server_peak_mb, seen.server_cpu_seconds, others)


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


def _look(pid: int, server: Path | None, seen: Seen) -> None:
    processes = {int(path.name): path for path in PROC.iterdir() if path.name.isdecimal()} if PROC.is_dir() else {}
    family = {pid}
    parents = {each: _parent(path) for each, path in processes.items()}
    for _ in range(4):  # children, grandchildren and so on
        family |= {each for each, parent in parents.items() if parent in family}
    seen.peak_mb = max(seen.peak_mb, sum(_shared_out(processes[each]) for each in family if each in processes))
    if server is None:
        return
    members = {each: path for each, path in processes.items() if _working_folder(path) == server}
    seen.server_peak_mb = max(seen.server_peak_mb, sum(map(_own, members.values())))
    for each, path in members.items():
        used = _processor_seconds(path)
        seen.server_cpu[each] = (seen.server_cpu.get(each, (used, used))[0], used)


def _machine_busy() -> float:
    """Seconds of processor that everything on the machine has used since it started, over all cores."""
    try:
        user, nice, system, _idle, _waiting, *others = (PROC / "stat").read_text().split("\n", 1)[0].split()[1:9]
    except (OSError, ValueError):
        return 0.0
    return sum(map(int, (user, nice, system, *others))) / TICKS


def _processor_seconds(process: Path) -> float:
    try:
        fields = (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


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
