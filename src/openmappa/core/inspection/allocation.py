"""How many cases each part of a frame gives to the sample: by its size, with a minimum, adding up exactly."""

from collections.abc import Mapping
from fractions import Fraction

from openmappa.core.inspection.frame import SampleRefused


def allocate(sizes: Mapping[str, int], total: int, at_least: Mapping[str, int] | int = 1) -> dict[str, int]:
    """How many of ``total`` to take from each part, by its size; parts without a case are given none.

    Largest remainder (Hare's quota): each part is given the whole number in its share, and what is then left goes, one
    each, to the largest fractions; equal fractions by size and then by name. A part whose share is under its minimum
    is given the minimum, or all it has if that is less; the others share the rest by size. So the sum is exact, and no
    part gives more than it has.

    ``at_least`` is one minimum for all, or one for some; where none is named it is 1, and it is never less than 1,
    because cases that cannot be drawn at all are cases of which the sample says nothing.

    SampleRefused where the parts have fewer cases than ``total``, or the minima ask for more.
    """
    if total > sum(sizes.values()):
        raise SampleRefused(
            f"{total} cases cannot be drawn from {sum(sizes.values())}. Ask for fewer, or add areas to the frame."
        )
    named = dict.fromkeys(sizes, at_least) if isinstance(at_least, int) else at_least
    taken = {name: min(max(1, named.get(name, 1)), size) for name, size in sizes.items()}
    if sum(taken.values()) > total:
        raise SampleRefused(
            f"The minima ask for {sum(taken.values())} cases and {total} are to be drawn. "
            "Draw more, or lower a minimum; every part that has a case gives at least one."
        )
    free = {name: size for name, size in sizes.items() if size}
    while True:
        left = total - sum(taken[name] for name in sizes if name not in free)
        whole = sum(free.values())
        shares = {name: Fraction(left * size, whole) for name, size in free.items()}
        short = [name for name, share in shares.items() if share < taken[name]]
        if not short:
            return taken | _whole_numbers(shares, left, free)
        for name in short:
            del free[name]


def _whole_numbers(shares: Mapping[str, Fraction], total: int, sizes: Mapping[str, int]) -> dict[str, int]:
    given = {name: int(share) for name, share in shares.items()}
    by_fraction = sorted(shares, key=lambda name: (given[name] - shares[name], -sizes[name], name))
    for name in by_fraction[: total - sum(given.values())]:
        given[name] += 1
    return given
