"""The PostgreSQL server that the program starts itself, from the binaries in a Python wheel.

Several processes may use one server at once. Each holds a shared lock on ``users.lock`` for as long as it
lives; a *keeper* process waits for the exclusive lock and stops the server when it gets it. The kernel gives
a lock back however a process ends, ``kill -9`` included, so no server outlives its last user and none is
stopped under another's feet.
"""

import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from openmappa.config.cluster import Cluster, EmbeddedServerError


class EmbeddedServer:
    """One data folder and the server on it. Making the object touches nothing."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        """``folder`` holds everything.

        Not ``durable`` means faster and lost in a power cut: for tests only.
        """
        self.folder = folder
        self.durable = durable
        self.cluster = Cluster(folder, durable=durable)
        self._users = self.cluster.home / "users.lock"
        self._keeper = self.cluster.home / "keeper.lock"
        self._start = self.cluster.home / "start.lock"

    def acquire(self) -> int:
        """Make sure that the server runs until this process ends or closes the returned file descriptor.

        The first time takes about three seconds, a start half a second, a running server a millisecond.
        Raises ``EmbeddedServerError`` when it cannot be started.
        """
        self.cluster.make_folders()
        lease = _lock(self._users, fcntl.LOCK_SH)  # waits while a keeper is stopping the server
        try:
            self.revive()
        except BaseException:
            os.close(lease)
            raise
        return lease

    def revive(self) -> None:
        """Start the server where it does not run: not yet, or not any more since somebody killed it.

        Only for who holds a lease. Costs a millisecond when it runs.
        """
        with self._starting():
            if not self._kept():
                self._start_keeper()
            elif self.cluster.pid() is None:
                self.cluster.start()

    def release_and_wait(self, lease: int, seconds: float = 30.0) -> bool:
        """Give ``lease`` back. True when the server has stopped, False when others still use it."""
        os.close(lease)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if not self._kept():
                return True
            if self._used():
                return False
            time.sleep(0.02)
        return False

    def remove(self) -> None:
        """Delete the folder and all data in it.

        Raises ``EmbeddedServerError`` while anything uses the server.
        """
        if not self.cluster.data.exists():
            return
        self.cluster.make_folders()
        if self._used():
            raise EmbeddedServerError(
                f"The database in {self.folder} is in use, so it was not removed. Stop what uses it first."
            )
        lock = _lock(self._users, fcntl.LOCK_EX)  # waits at most while a keeper is stopping the server
        try:
            self.cluster.remove()  # the lock files stay: a keeper may be waiting for one
        finally:
            os.close(lock)

    # ---- the keeper: a small process of its own session that outlives whoever started it

    def keep(self) -> None:
        """Start the server, wait until its last user is gone, stop it. Runs in the keeper process."""
        keeper = _lock(self._keeper, fcntl.LOCK_EX)
        self.cluster.start()
        if os.fork():
            os._exit(0)  # tells the waiting starter that the server is ready
        nowhere = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nowhere, descriptor)
        signal.signal(signal.SIGTERM, _leave)
        users = os.open(self._users, os.O_RDONLY)
        try:
            fcntl.flock(users, fcntl.LOCK_EX)
        finally:
            self.cluster.stop()
            os.close(keeper)

    def _start_keeper(self) -> None:
        command = [sys.executable, "-m", "openmappa.config.embedded", str(self.folder)]
        command += [] if self.durable else ["--not-durable"]
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            check=False,
        )
        if done.returncode:
            raise EmbeddedServerError(done.stderr.strip() or "The embedded PostgreSQL server could not be started.")

    def _kept(self) -> bool:
        """Whether a keeper is alive; it holds its lock from before the start until after the stop."""
        return not _free(self._keeper, fcntl.LOCK_EX)

    def _used(self) -> bool:
        """Whether others hold a lease; a keeper that holds the lock alone is stopping the server."""
        return not _free(self._users, fcntl.LOCK_EX) and _free(self._users, fcntl.LOCK_SH)

    @contextmanager
    def _starting(self) -> Iterator[None]:
        lock = _lock(self._start, fcntl.LOCK_EX)
        try:
            yield
        finally:
            os.close(lock)


def _lock(path: Path, how: int) -> int:
    descriptor = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, how)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _free(path: Path, how: int) -> bool:
    try:
        os.close(_lock(path, how | fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


class _Leases:
    """What this process holds, until it lets go for good. Threads may ask at once."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._guard = threading.Lock()
        self._held: dict[Path, tuple[EmbeddedServer, int]] = {}
        self._over = False

    def hold(self, folder: Path, *, durable: bool) -> None:
        with self._guard:
            if self._over:
                raise EmbeddedServerError("This process is ending, so it does not start the database again.")
            if folder not in self._held:
                server = EmbeddedServer(folder, durable=durable)
                self._held[folder] = (server, server.acquire())
            elif self._held[folder][0].cluster.pid() is None:
                self._held[folder][0].revive()

    def end(self) -> None:
        with self._guard:
            self._over = True
            while self._held:
                _, (server, lease) = self._held.popitem()
                server.release_and_wait(lease)

    def forget(self) -> None:
        """In a process that was forked: what it holds is its parent's, and would outlive it."""
        for _, lease in self._held.values():
            os.close(lease)
        self._begin()


_leases = _Leases()
os.register_at_fork(after_in_child=_leases.forget)


def ensure_running(folder: Path, *, durable: bool = True) -> None:
    """Make sure that the server of ``folder`` runs for as long as this process lives.

    Cheap when called again. Raises ``EmbeddedServerError`` where it cannot be started, and after ``let_go``.
    """
    _leases.hold(folder, durable=durable)


def let_go() -> None:
    """Give every lease of this process back for good, and wait for the servers that nobody else uses to stop."""
    _leases.end()


if __name__ == "__main__":
    try:
        EmbeddedServer(Path(sys.argv[1]), durable="--not-durable" not in sys.argv).keep()
    except EmbeddedServerError as problem:
        sys.exit(str(problem))
