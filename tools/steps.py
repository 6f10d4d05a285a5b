"""What the build's scripts share:

where things are, when a step may be skipped, and how one fails in plain words.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("OPENMAPPA_VAR") or ROOT / "var").expanduser().absolute()
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"


def say(sentence: str) -> None:
    """Tell the person what is being done."""
    print(f"==> {sentence}", flush=True)


def fail(sentence: str) -> NoReturn:
    """Stop with a sentence that says what to do."""
    sys.exit(f"\n{sentence}")


def run(command: Sequence[str | Path], *, doing: str, environment: dict[str, str] | None = None) -> None:
    """Run ``command`` and stop with its output when it fails. ``doing`` completes "This failed while …"."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            cwd=ROOT,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    except OSError as problem:
        fail(f"This failed while {doing}: {words[0]} could not be run ({problem.strerror}).")
    if done.returncode:
        said = done.stdout.strip()[-4000:]
        fail(f"This failed while {doing}:\n\n{said}\n\nThe command was: {' '.join(words)}")


def digest(files: Iterable[Path], *words: str) -> str:
    """A fingerprint of ``files`` and ``words``: when it is the same, so is what was made of them."""
    found = hashlib.sha256("\0".join(words).encode())
    for file in files:
        found.update(f"\0{file.name}\0".encode() + file.read_bytes())
    return found.hexdigest()


def is_done(stamp: Path, fingerprint: str) -> bool:
    """Whether ``stamp`` says that the step was finished with this very input."""
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == fingerprint


def mark_done(stamp: Path, fingerprint: str) -> None:
    """Write ``stamp`` in one go, so that an interrupted step is done again."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    fresh = stamp.with_name(f"{stamp.name}.{os.getpid()}")
    fresh.write_text(fingerprint, encoding="utf-8")
    fresh.replace(stamp)


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Wait for another ``make`` that is doing the same step in this checkout."""
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / f"{name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"Waiting for another make in this folder ({name}).")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
