"""How an action of a business plan stands: from what was said of it at meetings, its day, and today."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Step(StrEnum):
    """What is said of an action, at a meeting or between two."""

    ON_COURSE = "on_course"
    BEHIND = "behind"
    MOVED = "moved"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """As pages name it."""
        return _LABELS[self]

    @property
    def ends(self) -> bool:
        """Whether nothing is left to do after it."""
        return self in (Step.DONE, Step.DROPPED)

    @property
    def asks(self) -> str:
        """What has to be said with it, as a sentence; nothing for one that speaks for itself."""
        return _ASKS.get(self, "")


_LABELS = {
    Step.ON_COURSE: "On course",
    Step.BEHIND: "Behind, the day stays",
    Step.MOVED: "Moved to another day",
    Step.DONE: "Done",
    Step.DROPPED: "Dropped",
}
_ASKS = {
    Step.BEHIND: "Say what holds it up",
    Step.MOVED: "Say why the day is moved",
    Step.DONE: "Say what shows that it is done",
    Step.DROPPED: "Say why it is dropped",
}


class Standing(StrEnum):
    """How an action stands on a day."""

    NOT_BEGUN = "not_begun"
    ON_COURSE = "on_course"
    BEHIND = "behind"
    LATE = "late"
    DONE = "done"
    DONE_LATE = "done_late"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """As pages name it."""
        return self.value.replace("_", " ").capitalize()

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do."""
        return self in (Standing.NOT_BEGUN, Standing.ON_COURSE, Standing.BEHIND, Standing.LATE)


def stands(due_on: date, last: Step | None, done_on: date | None, today: date) -> Standing:
    """How an action stands: ``due_on`` is the day that holds now, ``last`` what was said of it last.

    On its day it is not late yet. What is past its day is late, whatever was said of it.
    """
    if last is Step.DROPPED:
        return Standing.DROPPED
    if done_on is not None:
        return Standing.DONE_LATE if done_on > due_on else Standing.DONE
    if today > due_on:
        return Standing.LATE
    if last is Step.BEHIND:
        return Standing.BEHIND
    return Standing.NOT_BEGUN if last is None else Standing.ON_COURSE


class Said(NamedTuple):
    """What was said of an action on a day; ``moved_to`` is the new day where it was moved."""

    step: Step
    on: date
    moved_to: date | None = None


def stood(first_due_on: date, said: Iterable[Said], day: date) -> tuple[date, Standing]:
    """The day by which an action was due as of a day, and how it stood then; what was said later does not count.

    ``said`` is in the order in which it was said.
    """
    due_on, last, done_on = first_due_on, None, None
    for each in said:
        if each.on <= day:
            due_on = each.moved_to or due_on
            last, done_on = each.step, each.on if each.step is Step.DONE else None
    return due_on, stands(due_on, last, done_on, day)


def refusal(
    step: Step, words: str, *, due_on: date, on: date, moved_to: date | None, late_words: str
) -> dict[str, str]:
    """What stands in the way of saying this of an action, by field; empty where nothing does.

    ``on`` is the day of what is said; ``late_words`` why it was done after its day.
    """
    problems = {}
    if step.asks and not words.strip():
        problems["words"] = step.asks
    if step is Step.MOVED and (moved_to is None or moved_to <= on):
        problems["moved_to"] = "The new day must be after the day on which it is moved"
    if step is Step.DONE and on > due_on and not late_words.strip():
        problems["late_words"] = "It was due earlier. Say why it is late"
    return problems
