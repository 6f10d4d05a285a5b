"""What whole numbers of cases may stand behind percentages that were printed without them.

A percentage is k of n, rounded to the nearest whole one, halves up, as ``Proportion.percentage`` is. So a printed one
says less than it seems to: several k give the same, and at some n none does (of 86, nothing is 89 %). Percentages of
answers that are together all there are may add up to 99 or 102 and be right, but only at some n.
"""

from collections.abc import Sequence

WHOLE = 100
MOST = 100
"""As many cases as the inspection of 2005 had."""


def counts_for(percentage: int, n: int) -> range:
    """Every k of n that is this percentage when rounded; empty where none is. ValueError for n below 1."""
    if n < 1:
        raise ValueError(f"Of {n} cases there is no percentage.")
    # (200k + n) // 2n = percentage, solved for k
    low = -(-n * (2 * percentage - 1) // (2 * WHOLE))
    high = -(-n * (2 * percentage + 1) // (2 * WHOLE))
    return range(max(0, low), min(n + 1, high))


def nearest_count(percentage: int, n: int) -> int:
    """The k whose proportion is nearest to the percentage, whether or not it rounds to it; of two, the smaller.

    ValueError for n below 1.
    """
    if n < 1:
        raise ValueError(f"Of {n} cases there is no percentage.")
    return min(range(n + 1), key=lambda k: abs(WHOLE * k - percentage * n))


def counts_of_parts(percentages: Sequence[int], n: int) -> tuple[int, ...] | None:
    """A count for each part of a whole of n, so that each rounds to its percentage and together they are n.

    None where there are none. Of several solutions, the one that raises the parts in their order, each as little as
    needed: a solution is enough, for the printed figures do not tell which was true.
    """
    ranges = [counts_for(percentage, n) for percentage in percentages]
    if not all(ranges):
        return None
    counts = [each.start for each in ranges]
    missing = n - sum(counts)
    if missing < 0:
        return None
    for place, each in enumerate(ranges):
        more = min(missing, len(each) - 1)
        counts[place] += more
        missing -= more
    return None if missing else tuple(counts)


def shared_out(percentages: Sequence[int], n: int) -> tuple[int, ...]:
    """A count for each part of a whole of n, in the proportions of the percentages, however they add up.

    What is left after rounding down goes to the parts that lost most by it. ValueError where all are nought.
    """
    total = sum(percentages)
    if not total:
        raise ValueError("Parts that are all 0% share nothing out.")
    counts = [percentage * n // total for percentage in percentages]
    lost = sorted(range(len(counts)), key=lambda place: counts[place] * total - percentages[place] * n)
    for place in lost[: n - sum(counts)]:
        counts[place] += 1
    return tuple(counts)


def possible_numbers(percentages: Sequence[int], most: int = MOST) -> tuple[int, ...]:
    """Every n up to ``most`` at which whole counts give these percentages of the parts of one whole."""
    return tuple(n for n in range(1, most + 1) if counts_of_parts(percentages, n))
