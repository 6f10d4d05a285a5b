"""What a pack says about marking work: the four steps, the kinds of work, the criteria of each; read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from openmappa.core.packs.model import Match
from openmappa.core.packs.reading import PackTable, hint
from openmappa.core.packs.standards_rules import read_match
from openmappa.core.sources import Source
from openmappa.core.standards.facts import KINDS, Value


class Mark(StrEnum):
    """The four steps of the inspectorates, from worst to best, and what is left out of the count."""

    POOR = "poor"
    NOT_SUFFICIENT = "not_sufficient"
    SUFFICIENT = "sufficient"
    EXCELLENT = "excellent"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        """The mark as pages show it."""
        return self.value.replace("_", " ").capitalize()

    @property
    def is_above_the_line(self) -> bool:
        """Whether it counts as good enough (glossary: excellent or sufficient)."""
        return self in (Mark.SUFFICIENT, Mark.EXCELLENT)

    @property
    def counts(self) -> bool:
        """Whether it is judged at all."""
        return self is not Mark.NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the scale, and what it means."""

    mark: Mark
    meaning: str
    source: Source


@dataclass(frozen=True, slots=True)
class WorkKind:
    """A kind of work that is marked, and the kinds of facts that say it was done."""

    id: str
    title: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is marked. ``only``: the facts that it is for; none given: every fact of its kind of work."""

    id: str
    kind: WorkKind
    title: str
    question: str
    only: tuple[Match, ...]
    source: Source

    def is_for(self, fact: str, details: Mapping[str, Value]) -> bool:
        """Whether work that this fact recorded is marked by it."""
        if fact not in self.kind.facts:
            return False
        return not self.only or any(match.kind == fact and match.fits(details) for match in self.only)


@dataclass(frozen=True, slots=True)
class QualityRules:
    """The scale from worst to best, the kinds of work, and the criteria in the order they are asked."""

    title: str
    scale: tuple[Step, ...]
    kinds: tuple[WorkKind, ...]
    criteria: tuple[Criterion, ...]

    @property
    def fact_kinds(self) -> frozenset[str]:
        """Every kind of fact that can be marked."""
        return frozenset(fact for kind in self.kinds for fact in kind.facts)

    def kind_of(self, fact: str) -> WorkKind | None:
        """The kind of work that a fact records; None where it is none that is marked."""
        return next((kind for kind in self.kinds if fact in kind.facts), None)

    def criteria_for(self, fact: str, details: Mapping[str, Value]) -> tuple[Criterion, ...]:
        """What is marked of the work that a fact recorded."""
        return tuple(criterion for criterion in self.criteria if criterion.is_for(fact, details))


def read_quality(table: PackTable) -> QualityRules:
    """The rules from the table of a whole `quality.toml`. Raises PackError with everything that is wrong with it."""
    kinds = {kind.id: kind for kind in (_read_kind(row) for row in table.tables("kinds"))}
    rules = QualityRules(
        title=table.text("title"),
        scale=tuple(_read_step(row) for row in table.tables("scale")),
        kinds=tuple(kinds.values()),
        criteria=tuple(_read_criterion(row, kinds) for row in table.tables("criteria")),
    )
    _check(table, rules)
    table.finish()
    return rules


def _read_step(row: PackTable) -> Step:
    return Step(row.choice("mark", Mark), row.text("meaning"), row.source())


def _read_kind(row: PackTable) -> WorkKind:
    facts = row.words("facts")
    for fact in facts:
        if fact not in KINDS:
            row.problem(f"`facts` names {fact!r}, which is not a kind of fact; {hint(fact, list(KINDS))}.")
    return WorkKind(row.text("id"), row.text("title"), tuple(facts))


def _read_criterion(row: PackTable, kinds: Mapping[str, WorkKind]) -> Criterion:
    named = row.text("kind")
    if named and named not in kinds:
        row.problem(f"`kind` is {named!r}, and there is no such kind of work; {hint(named, list(kinds))}.")
    kind = kinds.get(named, WorkKind(named, named, ()))
    only = tuple(read_match(one) for one in row.tables("only")) if row.has("only") else ()
    for match in only:
        if kind.facts and match.kind not in kind.facts:
            row.problem(f"`only` names {match.kind!r}, which is not one of the facts of {kind.id}.")
    return Criterion(row.text("id"), kind, row.text("title"), row.text("question"), only, row.source())


def _check(table: PackTable, rules: QualityRules) -> None:
    given = [step.mark for step in rules.scale]
    wanted = [mark for mark in Mark if mark.counts]
    if given != wanted:
        table.problem(f"`scale` must have {', '.join(wanted)}, once each and in this order.")
    ids = [criterion.id for criterion in rules.criteria]
    if len(set(ids)) < len(ids):
        table.problem("two criteria have the same id; give each its own.")
