"""How long ``what-if`` takes with two drafts, by the command and by the record: one changes visits, one reviews."""

import sys
from pathlib import Path

from tests.bench.measuring import Run, run

DRAFTS = {
    "visits": """
[[table]]
name = "visit-interval"
rows = [{ force = "A", band = "high", months = 1 }, { force = "C", band = "high", months = 1 }]
""",
    "reviews": """
[[standard]]
id = "oasys-review"
allowed = { weeks = 12 }
[[standard]]
id = "plan-review"
allowed = { weeks = 12 }
""",
}


def asked(openmappa: str, folder: Path, file: Path, on: str, environment: dict[str, str]) -> Run:
    """Twelve months ahead and the past year of the whole file, by the pack and by both drafts, as CSV."""
    out = folder / "what-if.csv"
    command = [openmappa, "what-if", str(file), "--on", on, "--format", "csv"]
    written = []
    for name, changes in DRAFTS.items():
        draft = folder / f"{name}.toml"
        draft.write_text(f'extends = "england-wales-2005"\ntitle = "{name}"\nsource = "the bench"\n{changes}')
        command += ["--draft", str(draft)]
        written.append(draft)
    done = run(command, environment=environment, out=out)
    for path in (*written, out):
        path.unlink()
    return done


def answered(environment: dict[str, str], server: Path) -> Run:
    """The job's run over every case of the record."""
    return run([sys.executable, "-m", "tests.bench.answering"], environment=environment, server=server)
