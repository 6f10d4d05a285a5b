"""What every step of the bench needs: where things are, an empty record, and a line about how a step went."""

import os
import sys
import time
from dataclasses import asdict
from pathlib import Path

import psycopg

from openmappa.config.embedded import EmbeddedServer
from tests.bench.measuring import Run, run
from tests.bench.report import DISTURBED

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("OPENMAPPA_VAR") or ROOT / "var").absolute()
FOLDER = VAR / "bench"
OPENMAPPA = str(Path(sys.executable).with_name("openmappa"))
AREAS = 5
SEED = 7


def prepare(environment: dict[str, str]) -> None:
    """An empty record, and the styles and scripts that pages ask for."""
    for words in (["prepare_database"], ["migrate"]):
        run([OPENMAPPA, "manage", *words, "--verbosity", "0"], environment=environment)


def vacuum(server: EmbeddedServer) -> None:
    """What a server does by itself within minutes of a large import: count and tidy."""
    say("vacuum analyze")
    login = {"host": str(server.cluster.socket_folder), "user": "openmappa_owner", "dbname": "openmappa"}
    with psycopg.connect(**login, autocommit=True) as connection:  # type: ignore[arg-type]
        connection.execute("VACUUM (ANALYZE)")


def size_of_file(file: Path) -> float:
    """A file's size in MB."""
    return file.stat().st_size / 1024 / 1024


def told(size: int, what: str, done: Run) -> dict[str, float]:
    """Say how a step went, and give it as plain numbers."""
    say(
        f"{size:,} cases: {what}: {done.seconds:.1f} s, {done.cpu_seconds:.1f} s of processor, {done.peak_mb:.0f} MB"
        f"{f'; other programs took {done.others_share:.0%} of the machine' if done.others_share > DISTURBED else ''}"
    )
    return asdict(done)


def say(sentence: str) -> None:
    """A line on standard error, where progress belongs."""
    print(f"{time.strftime('%H:%M:%S')} {sentence}", file=sys.stderr, flush=True)
