"""What a fact changed: the case's duties and standing worked out with it and without it, side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openmappa.core.packs.load import packs_in_service
from openmappa.core.standards import duties as engine
from openmappa.core.standards.duties import Duty
from openmappa.core.standards.facts import Fact as CoreFact
from openmappa.core.standards.state import State, state
from openmappa.core.standards.words import interval_words, level_label, order_label
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.facts import core_fact, core_facts
from openmappa.timeline.queries.standards import standard_of

Key = tuple[str, date, int | None]
NEVER = date.max


class Turn(StrEnum):
    """What became of a duty."""

    MET = "met"
    OPENED = "opened"
    MOVED = "moved"
    CLOSED = "closed"
    UNMET = "unmet"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class DutyChange:
    """One duty that is different: as it stands ``now``, and as it was ``before`` (None: there was no such duty)."""

    turn: Turn
    title: str
    now: Duty
    before: Duty | None


@dataclass(frozen=True)
class StandingChange:
    """One thing about the case that is different, in words."""

    what: str
    now: str
    before: str


@dataclass(frozen=True)
class Effect:
    """Everything that a fact changed. ``later`` are duties of the days after it, which only follow from the others."""

    standing: tuple[StandingChange, ...]
    duties: tuple[DutyChange, ...]
    later: tuple[DutyChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the fact changed neither a duty nor where the case stands."""
        return not (self.standing or self.duties or self.later)


def effect_of(fact: Fact) -> Effect:
    """What this fact changed, as the record stands today. One query.

    For a voided fact: what voiding it changed.
    """
    without, with_it = _around(fact)
    return _effect(fact, with_it, without) if fact.is_voided else _effect(fact, without, with_it)


def effect_of_voiding(fact: Fact) -> Effect:
    """What would change if this standing fact were voided. One query."""
    without, with_it = _around(fact)
    return _effect(fact, with_it, without)


@dataclass(frozen=True)
class _Side:
    """The facts of one side, and the rows they came from."""

    facts: tuple[CoreFact, ...]
    ids: tuple[int, ...]


def _around(fact: Fact) -> tuple[_Side, _Side]:
    """The case's facts without this one, and with it."""
    loaded = core_facts(fact.case)
    pairs = [(pk, found) for pk, found in zip(loaded.ids, loaded.facts, strict=True) if pk != fact.pk]
    both = sorted([*pairs, (fact.pk, core_fact(fact))], key=lambda pair: (pair[1].on, pair[0]))
    return _side(pairs), _side(both)


def _side(pairs: Sequence[tuple[int, CoreFact]]) -> _Side:
    return _Side(tuple(fact for _, fact in pairs), tuple(pk for pk, _ in pairs))


def _effect(fact: Fact, before: _Side, now: _Side) -> Effect:
    force = fact.case.force
    changes = sorted(_compare(_duties(before, force), _duties(now, force)), key=_order)
    at_once = tuple(change for change in changes if change.now.opened_on <= fact.on)
    later = tuple(change for change in changes if change.now.opened_on > fact.on)
    return Effect(tuple(_standing_changes(before, now)), at_once, later)


def _duties(side: _Side, force: str) -> Mapping[Key, Duty]:
    found = engine.duties(side.facts, packs_in_service(), force=force, as_of=NEVER)
    return {(duty.standard, duty.opened_on, _row(duty, side)): duty for duty in found}


def _row(duty: Duty, side: _Side) -> int | None:
    return None if duty.because_position is None else side.ids[duty.because_position]


def _compare(before: Mapping[Key, Duty], now: Mapping[Key, Duty]) -> Iterator[DutyChange]:
    for key, duty in now.items():
        earlier = before.get(key)
        turn = Turn.OPENED if earlier is None else _turn(earlier, duty)
        if turn is not None:
            yield DutyChange(turn, standard_of(duty).title, duty, earlier)
    for key, duty in before.items():
        if key not in now:
            yield DutyChange(Turn.WITHDRAWN, standard_of(duty).title, duty, duty)


def _turn(before: Duty, now: Duty) -> Turn | None:
    """What became of a duty that is on both sides; None when nothing did."""
    if now.met_on != before.met_on:
        return Turn.UNMET if now.met_on is None else Turn.MET
    if now.closed_on != before.closed_on:
        return Turn.REOPENED if now.closed_on is None else Turn.CLOSED
    return Turn.MOVED if now.due_on != before.due_on else None


def _order(change: DutyChange) -> tuple[int, date, str]:
    return list(Turn).index(change.turn), change.now.due_on, change.title


def _standing_changes(before: _Side, now: _Side) -> Iterator[StandingChange]:
    was, is_now = state(before.facts, NEVER), state(now.facts, NEVER)
    told_before, told_now = _told(was), _told(is_now)
    for what, words in told_now.items():
        if told_before[what] != words:
            yield StandingChange(what, words, told_before[what])


def _told(now: State) -> dict[str, str]:
    """Where a case stands, in words."""
    order = order_label(now.order) if now.order else "None"
    mappa = "Not set" if now.mappa_level is None else f"Level {now.mappa_level}, category {now.mappa_category}"
    return {
        "Likelihood of reconviction": level_label(now.band) if now.band else "Not scored",
        "Risk of harm": level_label(now.harm) if now.harm else "Not set",
        "MAPPA": mappa,
        "Registration": "Registered" if now.registered else "Not registered",
        "Order or licence": order if now.supervised else "None",
        "Custody": "In custody" if now.in_custody else "In the community",
        "Own visit interval": interval_words(now.visit_months).capitalize() if now.visit_months else "None",
        "Case": "Closed" if now.closed else "Open",
    }
