"""``make bench``: generate, judge, import and use caseloads of several sizes, and write down how long it takes.

``python -m tests.bench [SIZE …]``; without sizes 1,000, 10,000 and 100,000 cases of 60 facts, whose table goes to
docs/reference/performance.md. Takes more than two hours and 10 GB under var/bench, removed at the end (KEEP=1
keeps it); REQUESTS=100 sends half as many of each kind.
"""

import json
import os
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any

from openmappa.config.embedded import EmbeddedServer
from tests.bench.asking import asked
from tests.bench.measuring import Failed, run, size_of
from tests.bench.report import machine, report
from tests.bench.running import AREAS, FOLDER, OPENMAPPA, ROOT, SEED, VAR, prepare, say, size_of_file, told, vacuum
from tests.bench.scoring import ROWS, scored
from tests.bench.tables import CASES, tabled

PAGE = ROOT / "docs" / "reference" / "performance.md"
SIZES = (1_000, 10_000, 100_000)
FACTS = int(os.environ.get("FACTS", "60"))
REQUESTS = 200


def main(sizes: list[int]) -> None:
    """Measure every size, print the report, and keep it where all sizes were asked for."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    keep = bool(os.environ.get("KEEP"))
    try:
        scoring = scored(OPENMAPPA, FOLDER, int(os.environ.get("ROWS", ROWS)))
        say(f"scoring: {scoring}")
        results = [{**measured(size, keep), "scoring": scoring} for size in sizes]
        if max(sizes) >= CASES:
            results[-1]["tables"] = tabled()
        (FOLDER / "results.json").write_text(json.dumps(results))
        text = report(results, machine(), date.today())
        print(text)
        if tuple(sizes) == SIZES and FACTS == 60:
            PAGE.parent.mkdir(parents=True, exist_ok=True)
            PAGE.write_text(text)
            say(f"Written to {PAGE.relative_to(ROOT)}.")
    finally:
        if not keep:
            shutil.rmtree(FOLDER, ignore_errors=True)


def measured(size: int, keep: bool) -> dict[str, Any]:
    """Everything about one size."""
    server = EmbeddedServer(FOLDER / f"postgres-{size}")
    server.remove()
    lease = server.acquire()
    environment = {
        "DJANGO_SETTINGS_MODULE": "openmappa.config.settings",
        "OPENMAPPA_DEMO": "yes",
        "OPENMAPPA_POSTGRES": str(server.folder),
        "OPENMAPPA_POSTGRES_DURABLE": "yes",
        "OPENMAPPA_DB_ROLE": "jobs",
        "OPENMAPPA_READING_LIMITS_FACTOR": "100000",  # one person reads here in minutes what is a year's work
        "OPENMAPPA_DEBUG": "no",
        "OPENMAPPA_VAR": str(VAR),
        "DATABASE_URL": "",  # never a real database, whatever the shell that this is started from has set
    }
    file = FOLDER / f"caseload-{size}.jsonl"
    result: dict[str, Any] = {"cases": size, "facts_per_case": FACTS}
    try:
        per_area = str(-(-size // AREAS))
        sample = ["sample", "--areas", str(AREAS), "--cases", per_area, "--facts", str(FACTS), "--seed", str(SEED)]
        result["sample"] = told(
            size, "generate", run([OPENMAPPA, *sample, "--out", str(file)], environment=environment)
        )
        result["file_mb"] = size_of_file(file)
        result["evaluate"] = evaluated(size, file, environment)
        comparing = asked(OPENMAPPA, FOLDER, file, date.today().isoformat(), environment)
        result["what_if"] = told(size, "what if, two drafts", comparing)
        prepare(environment)
        importing = run([OPENMAPPA, "import", str(file)], environment=environment, server=server.cluster.data)
        result["import"] = told(size, "import", importing)
        again = run([OPENMAPPA, "import", str(file)], environment=environment, server=server.cluster.data)
        result["import_again"] = told(size, "import the same file again", again)
        vacuum(server)
        out = FOLDER / f"export-{size}.jsonl"
        exporting = [OPENMAPPA, "export", "--out", str(out)]
        result["export"] = told(size, "export", run(exporting, environment=environment, server=server.cluster.data))
        out.unlink()
        working = {**environment, "PYTHONPATH": str(ROOT), "PGOPTIONS": "-c openmappa.job=bench"}
        result["what_if_of_the_record"] = told(
            size,
            "what if of the record, two drafts",
            run([sys.executable, "-m", "tests.bench.answering"], environment=working, server=server.cluster.data),
        )
        result["database_mb"] = size_of(server.cluster.data / "base")
        result |= requests(size, environment, server)
    finally:
        if not keep:
            file.unlink(missing_ok=True)
        server.release_and_wait(lease)
        if not keep:
            server.remove()
    return result


def evaluated(size: int, file: Path, environment: dict[str, str]) -> dict[str, float]:
    """``evaluate`` of the whole file, its output kept in a file so that nothing is saved by not writing it."""
    out = FOLDER / f"duties-{size}.jsonl"
    command = [OPENMAPPA, "evaluate", str(file), "--pack", "england-wales-2005", "--as-of", date.today().isoformat()]
    result = told(size, "evaluate", run(command, environment=environment, out=out))
    with out.open("rb") as lines:
        result["duties"] = sum(1 for _ in lines)
    out.unlink()
    return result


def requests(size: int, environment: dict[str, str], server: EmbeddedServer) -> dict[str, Any]:
    """Pages, searches and recordings, in a process of their own."""
    out = FOLDER / f"requests-{size}.json"
    command = [sys.executable, "-m", "tests.bench.requests", str(out), os.environ.get("REQUESTS", str(REQUESTS))]
    done = run(
        command,
        environment={**environment, "PYTHONPATH": str(ROOT), "PGOPTIONS": "-c openmappa.job=bench"},
        server=server.cluster.data,
    )
    measuring = told(size, "requests", done)
    content: dict[str, Any] = json.loads(out.read_text())
    return {**content, "measuring": measuring}


if __name__ == "__main__":
    words = " ".join(sys.argv[1:]).replace(",", " ").split()
    try:
        main([int(word) for word in words] or list(SIZES))
    except Failed as failure:
        sys.exit(str(failure))
