"""How fast live tables are: ``python -m tests.bench.tables [CASES [ROUNDS]]``, 100,000 cases and 3 rounds unless given.

A caseload of 1,000 cases is generated and imported, and multiplied in the tables (``multiplied``) to so many; with 34
facts each, 100,000 cases have about 3 million duties. Then every table is asked for, over one area and over all, of the
present and of a past day. Prints one line a table, the slowest first, and ends with 1 where one took a second or more.
Needs about 6 GB under var/bench and an idle machine; a few minutes. KEEP=1 keeps the database; IMPORTED says how many
cases are imported before they are multiplied.
"""

import json
import os
import sys
from pathlib import Path

from openmappa.config.embedded import EmbeddedServer
from tests.bench.__main__ import AREAS, FOLDER, OPENMAPPA, ROOT, SEED, prepare, say, told, vacuum
from tests.bench.measuring import Failed, run

CASES, ROUNDS = 100_000, 3
IMPORTED, FACTS = int(os.environ.get("IMPORTED", "1000")), 34
LIMIT_MS = 1_000


def main(cases: int, rounds: int) -> bool:
    """Measure and print; whether every table stayed under a second."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    server, keep = EmbeddedServer(FOLDER / "postgres-tables"), bool(os.environ.get("KEEP"))
    server.remove()
    lease = server.acquire()
    environment = {
        "DJANGO_SETTINGS_MODULE": "openmappa.config.settings",
        "OPENMAPPA_DEMO": "yes",
        "OPENMAPPA_POSTGRES": str(server.folder),
        "OPENMAPPA_DB_ROLE": "jobs",
        "OPENMAPPA_READING_LIMITS_FACTOR": "100000",
        "OPENMAPPA_DEBUG": "no",
        "OPENMAPPA_VAR": str(FOLDER.parent),
        "DATABASE_URL": "",
        "PYTHONPATH": str(ROOT),
    }
    file, out = FOLDER / "caseload-tables.jsonl", FOLDER / "tables.json"
    try:
        some = min(IMPORTED, cases)
        sample = ["sample", "--areas", str(AREAS), "--cases", str(-(-some // AREAS)), "--facts", str(FACTS)]
        words = [*sample, "--seed", str(SEED), "--out", str(file)]
        told(some, "generate", run([OPENMAPPA, *words], environment=environment))
        prepare(environment)
        told(some, "import", run([OPENMAPPA, "import", str(file)], environment=environment))
        vacuum(server)
        asked = [sys.executable, "-m", "tests.bench.tables_asked", str(out), str(-(-cases // some)), str(rounds)]
        done = run(
            asked, environment={**environment, "PGOPTIONS": "-c openmappa.job=bench"}, server=server.cluster.data
        )
        told(cases, "multiply, then ask for every table", done)
        return _printed(json.loads(out.read_text()))
    finally:
        file.unlink(missing_ok=True)
        server.release_and_wait(lease)
        if not keep:
            server.remove()


def _printed(content: dict[str, dict[str, float]]) -> bool:
    rows = content["rows"]
    say(", ".join(f"{name}: {count:,.0f}" for name, count in rows.items()))
    print(f"| table | milliseconds, the best of its rounds | under {LIMIT_MS:,} |\n| --- | --- | --- |")
    for name, best in sorted(content["best_ms"].items(), key=lambda one: -one[1]):
        print(f"| {name} | {best:,.0f} | {'yes' if best < LIMIT_MS else '**no**'} |")
    return all(best < LIMIT_MS for best in content["best_ms"].values())


if __name__ == "__main__":
    numbers = [int(word.replace(",", "")) for word in sys.argv[1:]]
    try:
        sys.exit(0 if main(*(numbers + [CASES, ROUNDS][len(numbers) :])[:2]) else 1)
    except Failed as failure:
        sys.exit(str(failure))
    finally:
        Path(FOLDER / "tables.json").unlink(missing_ok=True)
