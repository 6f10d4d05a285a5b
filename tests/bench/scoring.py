"""How fast `openmappa score` is on a large file, beside the plain way, whose probabilities it must give."""

import csv
import random
import sys
from pathlib import Path
from typing import Any

from tests.bench.measuring import Failed, run

ROOT = Path(__file__).resolve().parents[2]
ROWS = 100_000
SEED = 7
DIGITS = 12
GROUPS = ("sexual_child", "sexual_not_child", "violence", "other")


def scored(openmappa: str, folder: Path, rows: int) -> dict[str, Any]:
    """Seconds for each instrument on a file of so many rows, and for OGRS3 the plain way, in turn in one run."""
    files = {"rm2000": folder / "rm2000.csv", "ogrs3": folder / "ogrs3.csv"}
    dice = random.Random(SEED)
    _write(files["rm2000"], [_rm2000(dice) for _ in range(rows)])
    _write(files["ogrs3"], [_ogrs3(dice) for _ in range(rows)])
    out, plain = folder / "scored.csv", folder / "plain.csv"
    seconds = {}
    for name, file in files.items():
        seconds[name] = run([openmappa, "score", name, str(file)], environment={}, out=out).seconds
    command = [sys.executable, "-m", "tests.bench.plain_ogrs3", str(files["ogrs3"])]
    seconds["plain"] = run(command, environment={"PYTHONPATH": str(ROOT)}, out=plain).seconds
    _must_agree(out, plain)
    for file in (*files.values(), out, plain):
        file.unlink()
    return {"rows": rows, "seconds": seconds}


def _write(file: Path, rows: list[dict[str, object]]) -> None:
    with file.open("w", newline="", encoding="utf-8") as opened:
        write = csv.DictWriter(opened, list(rows[0]))
        write.writeheader()
        write.writerows(rows)


def _rm2000(dice: random.Random) -> dict[str, object]:
    sexual = dice.choice((1, 1, 1, 2, 3, 5))
    return {
        "age_at_risk": dice.randint(18, 80),
        "sexual_appearances": sexual,
        "criminal_appearances": sexual + dice.randint(0, 9),
        **{name: dice.choice(("yes", "no")) for name in ("male_victim", "stranger_victim", "single", "non_contact")},
        "violent_appearances": dice.randint(0, 5),
        "burglary": dice.choice(("yes", "no")),
    }


def _ogrs3(dice: random.Random) -> dict[str, object]:
    age = dice.randint(18, 70)
    return {
        "sex": "male",
        "age_at_conviction": age,
        "age_at_first_sanction": dice.randint(14, age),
        "age_at_risk_date": age + dice.randint(0, 4),
        "previous_sanctions": dice.randint(0, 40),
        "offence_group": dice.choice(GROUPS),
    }


def _must_agree(ours: Path, plain: Path) -> None:
    """Stop where the two ways give different probabilities: a quick wrong answer is no comparison."""
    with ours.open(newline="") as one, plain.open(newline="") as other:
        for line, (mine, theirs) in enumerate(zip(csv.DictReader(one), csv.DictReader(other), strict=True), 2):
            for name in ("p1", "p2"):
                if abs(float(mine[name]) - float(theirs[name])) > 10**-DIGITS:
                    raise Failed(f"line {line}: {name} is {mine[name]}, the plain way has {theirs[name]}.")
