"""The levels of a case over time: every change of each of the three, each on its own scale, and what happened between.

Likelihood of reconviction, risk of harm and MAPPA level are three things: nothing here adds or compares them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openmappa.core.standards.facts import Fact, Value
from openmappa.core.standards.state import effects_of, in_order
from openmappa.core.standards.words import in_full, level_label

SCALES: Mapping[str, tuple[str, tuple[Value, ...]]] = {
    "band": ("Likelihood of reconviction", ("low", "medium", "high", "very_high")),
    "harm": ("Risk of harm", ("low", "medium", "high", "very_high")),
    "mappa_level": ("MAPPA level", (1, 2, 3)),
}
"""Each level by its field of the state: what it is called, and its own scale from the lowest up."""

INCIDENT, TAKEN, RELEASED = "significant_incident", "custody_started", "custody_ended"
EVENTS = (INCIDENT, TAKEN, RELEASED)


@dataclass(frozen=True, slots=True)
class LevelChange:
    """One level became another (``before`` None: it was set for the first time), by a fact of that day."""

    field: str
    before: Value
    after: Value
    fact: Fact


@dataclass(frozen=True, slots=True)
class Levels:
    """Every change of every level in order, and the incidents and turns of custody, up to a day."""

    changes: tuple[LevelChange, ...]
    events: tuple[Fact, ...]
    until: date

    def of(self, field: str) -> tuple[LevelChange, ...]:
        """The changes of one level, in order."""
        return tuple(change for change in self.changes if change.field == field)

    @property
    def began_on(self) -> date | None:
        """The first day that there is anything to show for; None where there is nothing."""
        days = [change.fact.on for change in self.changes] + [event.on for event in self.events]
        return min(days, default=None)

    @property
    def custody(self) -> tuple[tuple[date, date], ...]:
        """The spans in custody, from day to day; the last to the end where it goes on."""
        spans: list[tuple[date, date]] = []
        began: date | None = None
        for event in self.events:
            if event.kind == TAKEN:
                began = began or event.on
            elif event.kind == RELEASED and began is not None:
                spans.append((began, event.on))
                began = None
        return (*spans, (began, self.until)) if began is not None else tuple(spans)

    @property
    def incidents(self) -> tuple[date, ...]:
        """The days of significant incidents."""
        return tuple(event.on for event in self.events if event.kind == INCIDENT)


def levels(facts: Sequence[Fact], until: date) -> Levels:
    """The levels that these facts leave, day after day, up to ``until``."""
    now: dict[str, Value] = {}
    changed: list[LevelChange] = []
    events: list[Fact] = []
    for fact in in_order(facts, until):
        if fact.kind in EVENTS:
            events.append(fact)
        for field, value in effects_of(fact).items():
            if field in SCALES and value is not None and now.get(field) != value:
                changed.append(LevelChange(field, now.get(field), value, fact))
                now[field] = value
    return Levels(tuple(changed), tuple(events), until)


def described(found: Levels) -> str:
    """What a chart of these levels shows, in sentences, for whoever does not see it."""
    told = [f"{title}: {_steps(found.of(field), field)}." for field, (title, _) in SCALES.items()]
    if found.incidents:
        told.append(f"Significant incidents: {_days(found.incidents)}.")
    told += [f"In custody from {in_full(first)} to {in_full(last)}." for first, last in found.custody]
    return " ".join(told)


def level_words(field: str, value: Value) -> str:
    """One step of a scale in words: "Very high", "Level 2"."""
    return f"Level {value}" if field == "mappa_level" else level_label(value)


def _steps(changes: Iterable[LevelChange], field: str) -> str:
    steps = [f"{level_words(field, change.after).lower()} from {in_full(change.fact.on)}" for change in changes]
    return ", then ".join(steps) or "never set"


def _days(days: Iterable[date]) -> str:
    return ", ".join(in_full(day) for day in days)
