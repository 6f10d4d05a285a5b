"""Targets: whether what was counted meets one, and what may honestly be said where chance alone could decide.

A target is a percentage to be reached, and beside it a lower one from which a shortfall still counts as near. What was
counted is judged by its 95 % interval (Wilson), not by its percentage alone: of nine duties, eight met on time say
little about a target of 95 %. So there are four answers.

- **Met**: the whole interval lies at the target or above it. Where the target is 100 %, it is met where all was.
- **Cannot be told apart from the target**: the target lies within the interval.
- **Near the target**: the whole interval lies below the target, and the percentage is at the lower one or above.
- **Below the target**: the whole interval lies below the target, and the percentage is below the lower one too.

The inspection found no joint targets of any board (8.1), and one force with a target for visits of 100 % (8.2).
"""

from dataclasses import dataclass
from enum import StrEnum

from openmappa.core.inspection.proportions import Proportion

WHOLE = 100


class Light(StrEnum):
    """How what was counted stands to a target. Pages always say the words; the colour comes second."""

    MET = "met"
    OPEN = "open"
    NEAR = "near"
    BELOW = "below"

    @property
    def words(self) -> str:
        """As pages say it."""
        return WORDS[self]


WORDS = {
    Light.MET: "Target met",
    Light.OPEN: "Cannot be told apart from target",
    Light.NEAR: "Near target",
    Light.BELOW: "Below target",
}


@dataclass(frozen=True, slots=True)
class Aim:
    """What is to be reached, in per cent, and from where a shortfall is near it.

    ValueError unless 1 <= ``near_from`` <= ``percent`` <= 100.
    """

    percent: int
    near_from: int

    def __post_init__(self) -> None:
        if not 1 <= self.near_from <= self.percent <= WHOLE:
            raise ValueError(
                f"A target of {self.percent}% that is near from {self.near_from}% makes no sense: "
                "both are from 1 to 100, and the second is no more than the first."
            )


def light(found: Proportion, aim: Aim) -> Light | None:
    """How a count stands to a target; None where nothing was counted."""
    interval = found.interval
    if interval is None:
        return None
    target = aim.percent / WHOLE
    if interval.low >= target or (aim.percent == WHOLE and found.k == found.n):
        return Light.MET
    if interval.high >= target:
        return Light.OPEN
    return Light.NEAR if WHOLE * found.k >= aim.near_from * found.n else Light.BELOW
