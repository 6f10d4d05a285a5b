"""MAPPA levels: which go with which category, and what a decision on a level has to rest on (7.1)."""

from dataclasses import dataclass
from enum import StrEnum

MEETING_LEVELS = frozenset({2, 3})
"""The levels at which agencies meet."""

CATEGORY_3_IS_NOT_LEVEL_1 = (
    "Category 3 is for Level 2 or Level 3 only: at Level 1 one agency alone manages the case, and MAPPA has nothing to "
    "do. Choose Level 2 or Level 3, another category, or leave the case outside MAPPA."
)
WHY = "Give the reasons for the decision. They stand on the front sheet with your name."
NOT_YOURS = (
    "A MAPPA level changes by a MAPPA meeting, or by the coordinator’s recorded decision. Refer the case to MAPPA "
    "instead, or ask the coordinator of the area."
)


class Step(StrEnum):
    """What a decision does to the level that stood."""

    FIRST = "first"
    RAISED = "raised"
    LOWERED = "lowered"
    KEPT = "kept"
    OTHER_CATEGORY = "other_category"


@dataclass(frozen=True, slots=True)
class Standing:
    """The level and the category that stand before a decision; None where none was ever set."""

    level: int | None
    category: int | None


def step(before: Standing, level: int, category: int) -> Step:
    """What deciding on this level and category does to what stood before."""
    if before.level is None:
        return Step.FIRST
    if level != before.level:
        return Step.RAISED if level > before.level else Step.LOWERED
    return Step.KEPT if category == before.category else Step.OTHER_CATEGORY


def objections(level: int, category: int, reasons: str, *, by_meeting: bool, by_coordinator: bool) -> tuple[str, ...]:
    """What stands in the way of this decision, one sentence each: who decides, the reasons, level and category."""
    found = []
    if not (by_meeting or by_coordinator):
        found.append(NOT_YOURS)
    if level == 1 and category == 3:
        found.append(CATEGORY_3_IS_NOT_LEVEL_1)
    if not reasons.strip():
        found.append(WHY)
    return tuple(found)


def starts_meetings(before: Standing, level: int) -> bool:
    """Whether agencies begin to meet about a case of which nobody was told a level before."""
    return before.level is None and level in MEETING_LEVELS


def in_words(level: int | None, category: int | None) -> str:
    """Level and category in a few words: "Category 1, Level 2"."""
    if level is None:
        return "no level"
    return f"Category {category}, Level {level}" if category else f"Level {level}"
