"""How far a plan has come: how many of its parts are done, open, overdue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

DONE = frozenset({"achieved", "done", "completed"})
PARTLY = frozenset({"partly"})
GIVEN_UP = frozenset({"dropped", "stopped"})


@dataclass(frozen=True, slots=True)
class Item:
    """An objective or action: its state, and the day it is due."""

    state: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Tally:
    """How many parts there are in each way. ``overdue`` ones are open as well."""

    done: int
    partly: int
    given_up: int
    still_open: int
    overdue: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.done + self.partly + self.given_up + self.still_open

    @property
    def sentence(self) -> str:
        """The tally in words: "2 of 5 done, 1 partly, 2 open (1 overdue)"."""
        if not self.total:
            return "None yet"
        more = [(self.partly, "partly"), (self.given_up, "given up"), (self.still_open, "open")]
        said = [f"{self.done} of {self.total} done", *(f"{count} {word}" for count, word in more if count)]
        return ", ".join(said) + (f" ({self.overdue} overdue)" if self.overdue else "")


def tally(items: Iterable[Item], today: date) -> Tally:
    """Count items. What is due today is not overdue yet."""
    found = list(items)
    still_open = [item for item in found if is_open(item.state)]
    return Tally(
        done=sum(item.state in DONE for item in found),
        partly=sum(item.state in PARTLY for item in found),
        given_up=sum(item.state in GIVEN_UP for item in found),
        still_open=len(still_open),
        overdue=sum(item.due_on < today for item in still_open),
    )


def is_open(state: str) -> bool:
    """Whether there is still something to be done."""
    return state not in DONE | PARTLY | GIVEN_UP
