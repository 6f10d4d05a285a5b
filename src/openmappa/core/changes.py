"""What a fact changes that others must be told of: from what to what, and by when they acknowledge it (9.10).

Compared is where the case stands at the end of all its facts, before and after. So a fact about the past that leaves
the case where it stands tells nobody anything, and a first value is no change.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from openmappa.core.dates import add_working_days
from openmappa.core.packs.change_rules import ChangeRules, NewsRule, What
from openmappa.core.packs.model import Match
from openmappa.core.standards.facts import Fact
from openmappa.core.standards.state import State, effects_of, state
from openmappa.core.standards.words import level_label


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed. ``rule`` is the id of the pack's rule; ``before`` and ``after`` are levels' values."""

    what: What
    rule: str
    before: str = ""
    after: str = ""


def changes(fact: Fact, earlier: Sequence[Fact], rules: ChangeRules) -> tuple[Change, ...]:
    """What recording ``fact`` on a case that has the facts ``earlier`` changes that others must be told of.

    A case without an earlier fact is only being set up.
    """
    if not earlier:
        return ()
    before, after = state(earlier, date.max), state([*earlier, fact], date.max)
    return (*_levels(before, after, rules), *_news(fact, earlier, before, after, rules))


def acknowledge_by(told_on: date, rules: ChangeRules, *, urgent: bool = False) -> date:
    """The last day on which a change that others were told of on ``told_on`` is acknowledged in time."""
    allowed = rules.acknowledge_urgent if urgent else rules.acknowledge
    return add_working_days(told_on, allowed.working_days)


def escalates(due_on: date, today: date) -> bool:
    """Whether the line manager is told that somebody has not acknowledged: from the day after it was due."""
    return due_on < today


def sentence(rule: str, before: str, after: str, rules: ChangeRules) -> str:
    """What changed, in one sentence without its full stop: "Risk of harm went from medium to high"."""
    words = rules.words.get(rule, rule)
    if before and after:
        return f"{words} went from {_level(before)} to {_level(after)}"
    return words


def _levels(before: State, after: State, rules: ChangeRules) -> Iterator[Change]:
    for rule in rules.levels:
        old, new = getattr(before, rule.field), getattr(after, rule.field)
        if old is not None and new is not None and old != new:
            yield Change(rule.what, rule.id, str(old), str(new))


def _news(fact: Fact, earlier: Sequence[Fact], before: State, after: State, rules: ChangeRules) -> Iterator[Change]:
    if not _leaves_a_mark(fact, before, after):
        return
    for rule in rules.news:
        if _fits(rule.fact, fact) and not _known_already(rule, fact, earlier):
            yield Change(rule.what, rule.id)


def _leaves_a_mark(fact: Fact, before: State, after: State) -> bool:
    """Whether a fact that sets fields of the state left one of them other than it was; others always tell something."""
    fields = effects_of(fact)
    return not fields or any(getattr(before, name) != getattr(after, name) for name in fields)


def _known_already(rule: NewsRule, fact: Fact, earlier: Sequence[Fact]) -> bool:
    if rule.from_the_second and not any(known.kind == fact.kind for known in earlier):
        return True
    if rule.told_by is None:
        return False
    same = [known for known in earlier if known.details.get("what") == fact.details.get("what")]
    told = [known for known in same if _fits(rule.told_by, known) or _fits(rule.fact, known)]
    last = max(told, key=lambda known: known.on, default=None)
    return last is not None and _fits(rule.told_by, last)


def _fits(match: Match, fact: Fact) -> bool:
    return match.kind == fact.kind and match.fits(fact.details)


def _level(value: str) -> str:
    return level_label(value).lower()
