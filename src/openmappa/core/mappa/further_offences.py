"""The review of a serious further offence: how the case stood as known then, what is due, lessons without names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from openmappa.core.dates import add_days, add_months, add_working_days, days_between
from openmappa.core.names import name_parts, squeezed
from openmappa.core.packs.further_offences_rules import FurtherOffenceRules
from openmappa.core.packs.model import Pack
from openmappa.core.standards.duties import Outcome, duties
from openmappa.core.standards.facts import Fact
from openmappa.core.standards.state import effects_of, in_order, state

_POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)
SHORTEST_NAME = 3
"""Shorter parts of a name ("Al", "de") stand in too many ordinary sentences to be refused."""


@dataclass(frozen=True, slots=True)
class OverdueThen:
    """A duty that was overdue on that day: the standard, whose it was, and how late."""

    standard: str
    of: str
    due_on: date
    days: int


@dataclass(frozen=True, slots=True)
class StoodThen:
    """How a case stood on a day, as it was known then. ``highest`` is the highest level in the days before."""

    level: int | None
    highest: int | None
    category: int | None
    overdue: tuple[OverdueThen, ...]

    @property
    def managed_by_several(self) -> bool:
        """Whether several agencies managed the case at Level 2 or 3, then or shortly before."""
        return (self.highest or 0) > 1


@dataclass(frozen=True, slots=True)
class Deadlines:
    """By when it is notified, the agencies contribute, and the review is concluded."""

    notify_by: date
    contribute_by: date
    conclude_by: date


def stood_then(
    facts: Sequence[Fact], packs: tuple[Pack, ...], rules: FurtherOffenceRules, *, force: str, on: date
) -> StoodThen:
    """How the case stood at the end of a day, from what was written down by then."""
    then = state(facts, on, known_on=on)
    worked_out = duties(facts, packs, force=force, as_of=on, known_on=on)
    late = [
        OverdueThen(duty.standard, duty.of, duty.due_on, days_between(duty.due_on, on))
        for duty in worked_out
        if duty.outcome(on) is Outcome.OVERDUE
    ]
    late.sort(key=lambda one: (-one.days, one.standard))
    return StoodThen(then.mappa_level, _highest(facts, rules, on), then.mappa_category, tuple(late))


def _highest(facts: Sequence[Fact], rules: FurtherOffenceRules, on: date) -> int | None:
    """The highest level in force on any day of the window that ends on ``on``."""
    since = add_days(on, -rules.window.days)
    levels = [state(facts, since, known_on=on).mappa_level]
    later = (fact for fact in in_order(facts, on, on) if fact.on > since)
    levels += [int(str(effects["mappa_level"])) for fact in later if (effects := effects_of(fact)).get("mappa_level")]
    return max((level for level in levels if level is not None), default=None)


def deadlines(charged_on: date, opened_on: date, rules: FurtherOffenceRules) -> Deadlines:
    """By when what is due: notified from the charge or the day it is opened, whichever is later; the rest from then."""
    start = max(charged_on, opened_on)
    return Deadlines(
        add_days(start, rules.notify.days),
        add_working_days(start, rules.contribution.working_days),
        add_months(start, rules.conclusion.months),
    )


def identifying_words(text: str, names: Iterable[str], numbers: Iterable[str]) -> tuple[str, ...]:
    """The words of a lesson that would say whose case it was: parts of these names, and these numbers."""
    said = name_parts(_POSSESSIVE.sub("", text))
    known = {part for name in names for part in name_parts(name) if len(part) >= SHORTEST_NAME}
    found = [part for part in dict.fromkeys(said) if part in known]
    whole = squeezed(text)
    found += [number for number in numbers if squeezed(number) and squeezed(number) in whole]
    return tuple(dict.fromkeys(found))
