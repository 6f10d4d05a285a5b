"""OGRS3 as somebody would write it on an afternoon: read the CSV, put each row into the formula, write it out.

It checks nothing and explains nothing; its numbers are those of the pack. ``python -m tests.bench.plain_ogrs3 FILE``.
"""

import csv
import math
import sys

INTERCEPTS = (1.402562384, 2.121705678)
FIRST, LATER, RATE = 0.126142106, 0.463062792, 1.251124464
MALE = ((18, 20, -0.625103618), (21, 24, -1.051515067), (25, 29, -1.166679288), (30, 34, -1.325976554))
MALE_OLDER = ((35, 39, -1.368045933), (40, 49, -1.499690953), (50, 200, -2.025261458))
OFFENCE = {"sexual_not_child": 0.003276327, "sexual_child": -0.653434071, "violence": 0.0, "other": -0.060667525}


def main(name: str) -> None:
    """Score a file whose people are men of 18 and over."""
    with open(name, newline="", encoding="utf-8") as file:  # noqa: PTH123 - the plain way
        rows = csv.DictReader(file)
        write = csv.DictWriter(sys.stdout, [*(rows.fieldnames or []), "p1", "p2"], lineterminator="\n")
        write.writeheader()
        for row in rows:
            age = int(row["age_at_risk_date"])
            count = int(row["previous_sanctions"]) + 1
            years = int(row["age_at_conviction"]) - int(row["age_at_first_sanction"])
            of_age = next(weight for low, high, weight in (*MALE, *MALE_OLDER) if low <= age <= high)
            history = FIRST if count == 1 else LATER
            z = of_age + history + RATE * math.log(count / (10 + years)) + OFFENCE[row["offence_group"]]
            p1, p2 = (1 / (1 + math.exp(-(intercept + z))) for intercept in INTERCEPTS)
            write.writerow({**row, "p1": f"{p1:.15g}", "p2": f"{p2:.15g}"})


if __name__ == "__main__":
    main(sys.argv[1])
