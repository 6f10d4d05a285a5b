"""Write ``library_values.json``: what statsmodels, scipy and krippendorff give for invented counts.

    .venv/bin/python -m uv run --no-project --with-requirements tools/requirements/statistics.lock \
        python tests/core/inspection/library_values.py

The tests compare with the file, so that neither the service nor its tests need these libraries, which take 350 MB and
minutes to install. Run it again when a function is added; its values say which versions they are from.
"""

import json
import random
import warnings
from importlib.metadata import version
from pathlib import Path

import krippendorff
import numpy as np
from scipy.optimize import brentq
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    power_proportions_2indep,
    proportion_confint,
)

LIBRARIES = ("krippendorff", "numpy", "scipy", "statsmodels")
chosen = random.Random(1997)


def part_of_some(most):
    """Some of a number, neither none nor all: there statsmodels' own search for a ratio stops too early."""
    n = chosen.randint(4, most)
    return chosen.randint(1, n - 1), n


def ratios():
    """Koopman's interval is the score interval without Miettinen's correction."""
    for _ in range(30):
        one, other = part_of_some(120), part_of_some(400)
        low, high = confint_proportions_2indep(*one, *other, compare="ratio", method="score", correction=False)
        yield {"group": one, "against": other, "low": float(low), "high": float(high)}


def kappas():
    """Two inspectors on a scale of four, agreeing more often than not."""
    for weights, named in [("equal", None), ("linear", "linear"), ("quadratic", "quadratic")]:
        for _ in range(6):
            cases = chosen.randint(10, 90)
            first = [chosen.randrange(4) for _ in range(cases)]
            pairs = [(one, one if chosen.random() < 0.6 else chosen.randrange(4)) for one in first]
            table = np.zeros((4, 4))
            for pair in pairs:
                table[pair] += 1
            found = cohens_kappa(table, wt=named)
            yield {"weights": weights, "pairs": pairs, "value": float(found.kappa), "error": float(found.std_kappa)}


def alphas():
    """Two to four inspectors, each of whom leaves some cases out."""
    for level in ("nominal", "ordinal"):
        for inspectors in (2, 3, 4):
            for _ in range(4):
                answers = []
                for _ in range(chosen.randint(8, 40)):
                    true = chosen.randrange(4)
                    given = [true if chosen.random() < 0.6 else chosen.randrange(4) for _ in range(inspectors)]
                    answers.append([None if chosen.random() < 0.2 else each for each in given])
                table = [[np.nan if each is None else each for each in case] for case in zip(*answers, strict=True)]
                value = krippendorff.alpha(reliability_data=table, level_of_measurement=level)
                yield {"level": level, "cases": answers, "value": float(value)}


def corrections():
    """Holm's correction."""
    for size in (1, 2, 5, 12):
        chances = [chosen.choice([chosen.random(), chosen.random() / 50]) for _ in range(size)]
        yield {"chances": chances, "raised": [float(each) for each in multipletests(chances, method="holm")[1]]}


def powers():
    """How often a difference is found: of the chance given here, a difference the other way round is a small part."""
    for _ in range(12):
        base, other, one_n, other_n = chosen.random(), chosen.random(), chosen.randint(10, 200), chosen.randint(10, 200)
        power = power_proportions_2indep(
            other - base, base, other_n, ratio=one_n / other_n, alpha=0.05, return_results=False
        )
        if 0.5 <= power < 0.999:
            yield {"base": base, "other": other, "n": [one_n, other_n], "power": float(power)}


def effective():
    """Wilson's interval of numbers that are not whole."""
    for _ in range(12):
        part, n = chosen.random(), chosen.uniform(1, 200)
        low, high = proportion_confint(part * n, n, method="wilson")
        yield {"part": part, "n": n, "low": float(low), "high": float(high)}


def touching():
    """The chance at which Newcombe's interval has nought for an end."""
    for _ in range(12):
        one, other = part_of_some(60), part_of_some(60)
        if one[0] * other[1] == other[0] * one[1]:
            continue

        def nearest(chance, one=one, other=other):
            low, high = confint_proportions_2indep(*one, *other, method="newcomb", compare="diff", alpha=chance)
            return low if one[0] * other[1] > other[0] * one[1] else -high

        yield {"one": one, "other": other, "chance": float(brentq(nearest, 1e-12, 1 - 1e-9, xtol=1e-14))}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    made = [ratios, kappas, alphas, corrections, powers, effective, touching]
    written = {"versions": {name: version(name) for name in LIBRARIES}}
    written |= {each.__name__: list(each()) for each in made}
    lines = ",\n".join(f" {json.dumps(name)}: {json.dumps(value)}" for name, value in written.items())
    Path(__file__).with_suffix(".json").write_text(f"{{\n{lines}\n}}\n")
