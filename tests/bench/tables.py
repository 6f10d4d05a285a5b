"""How fast live tables and inspections are: ``python -m tests.bench.tables [CASES [ROUNDS]]``, 100,000 and 3 by itself.

A caseload of 1,000 cases is generated and imported, and multiplied in the tables (``multiplied``) to so many; with 34
facts each, 100,000 cases have about 3 million duties. Then every table is asked for, over one area and over all, of the
present and of a past day; an inspection of all areas is opened, drawn and assessed, and its pages are asked for
(``inspected``). Prints one line each, the slowest first, and ends with 1 where one took a second or more. Needs about
6 GB under var/bench and an idle machine; a few minutes. KEEP=1 keeps the database; IMPORTED says how many cases are
imported before they are multiplied. ``make bench`` does the same, and writes it to docs/reference/performance.md.
"""

import json
import os
import sys
from typing import Any

from openmappa.config.embedded import EmbeddedServer
from tests.bench.measuring import Failed, run
from tests.bench.report import TABLE_MS, tables
from tests.bench.running import AREAS, FOLDER, OPENMAPPA, ROOT, SEED, prepare, told, vacuum

CASES, ROUNDS = 100_000, 3
IMPORTED, FACTS = int(os.environ.get("IMPORTED", "1000")), 34


def tabled(cases: int = CASES, rounds: int = ROUNDS) -> dict[str, Any]:
    """Milliseconds by table (``best_ms``), by what an inspection does (``assurance_ms``), and ``rows`` of tables."""
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
        content: dict[str, Any] = json.loads(out.read_text())
        return content
    finally:
        file.unlink(missing_ok=True)
        out.unlink(missing_ok=True)
        server.release_and_wait(lease)
        if not keep:
            server.remove()


if __name__ == "__main__":
    numbers = [int(word.replace(",", "")) for word in sys.argv[1:]]
    try:
        found = tabled(*numbers)
    except Failed as failure:
        sys.exit(str(failure))
    print("\n".join(tables(found)))
    sys.exit(any(best >= TABLE_MS for best in found["best_ms"].values()))
