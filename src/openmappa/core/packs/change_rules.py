"""Changes that others must be told of, as a pack gives them: frozen values, and how they are read and checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from openmappa.core.packs.model import Match
from openmappa.core.packs.reading import PackTable, one_of
from openmappa.core.packs.standards_rules import read_match
from openmappa.core.sources import Source

LEVEL_FIELDS = ("harm", "band", "mappa_level")
"""The fields of the state that are levels on a scale."""


class What(StrEnum):
    """What kind of thing changed."""

    HARM = "harm"
    BAND = "band"
    MAPPA = "mappa"
    ADDRESS = "address"
    CIRCUMSTANCES = "circumstances"
    VICTIM_RISK = "victim_risk"


@dataclass(frozen=True, slots=True)
class TimeAllowed:
    """How many working days there are to acknowledge a change, counted from the day after others were told."""

    working_days: int
    source: Source


@dataclass(frozen=True, slots=True)
class LevelRule:
    """A field of the state whose change others must be told of."""

    id: str
    what: What
    field: str
    words: str
    source: Source


@dataclass(frozen=True, slots=True)
class NewsRule:
    """Facts that say that something changed. See the pack for ``told_by`` and ``from_the_second``."""

    id: str
    what: What
    fact: Match
    told_by: Match | None
    from_the_second: bool
    words: str
    source: Source


@dataclass(frozen=True, slots=True)
class Topic:
    """What a change of circumstances is about, where a person says so."""

    id: str
    words: str


Named = LevelRule | NewsRule | Topic


@dataclass(frozen=True, slots=True)
class ChangeRules:
    """Everything about telling others of changes that is a number, a name or a choice."""

    title: str
    acknowledge: TimeAllowed
    acknowledge_urgent: TimeAllowed
    levels: tuple[LevelRule, ...]
    news: tuple[NewsRule, ...]
    topics: tuple[Topic, ...]

    @property
    def words(self) -> Mapping[str, str]:
        """What each rule and topic is called, by its id."""
        named: Sequence[Named] = (*self.levels, *self.news, *self.topics)
        return {one.id: one.words for one in named}

    def rule(self, rule_id: str) -> LevelRule | NewsRule | None:
        """The rule with this id; None for a topic or an id that this pack does not have."""
        rules: Sequence[LevelRule | NewsRule] = (*self.levels, *self.news)
        return next((one for one in rules if one.id == rule_id), None)


def read_changes(table: PackTable) -> ChangeRules:
    """The rules from the table of a whole ``changes.toml``. Raises PackError with everything that is wrong with it."""
    rules = ChangeRules(
        title=table.text("title"),
        acknowledge=_read_time(table.table("acknowledge")),
        acknowledge_urgent=_read_time(table.table("acknowledge_urgent")),
        levels=tuple(_read_level(row) for row in table.tables("level")),
        news=tuple(_read_news(row) for row in table.tables("news")),
        topics=tuple(Topic(row.text("id"), row.text("words")) for row in table.tables("topic")),
    )
    named: Sequence[Named] = (*rules.levels, *rules.news, *rules.topics)
    _check_ids(table, [one.id for one in named])
    table.finish()
    return rules


def _read_time(row: PackTable) -> TimeAllowed:
    days = row.whole("working_days")
    if days == 0:
        row.problem("`working_days` must be 1 or more: nobody can acknowledge what they were told this minute.")
    return TimeAllowed(days, row.source())


def _read_level(row: PackTable) -> LevelRule:
    field = row.text("field")
    if field and field not in LEVEL_FIELDS:
        row.problem(f"`field` is {field!r}; write {one_of(LEVEL_FIELDS, field)}.")
    return LevelRule(row.text("id"), row.choice("what", What), field, row.text("words"), row.source())


def _read_news(row: PackTable) -> NewsRule:
    return NewsRule(
        id=row.text("id"),
        what=row.choice("what", What),
        fact=read_match(row.table("fact")),
        told_by=read_match(row.table("told_by")) if row.has("told_by") else None,
        from_the_second=row.yes("from_the_second"),
        words=row.text("words"),
        source=row.source(),
    )


def _check_ids(table: PackTable, ids: Sequence[str]) -> None:
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        table.problem(f"these ids are given more than once: {', '.join(twice)}; give each rule and topic its own.")
