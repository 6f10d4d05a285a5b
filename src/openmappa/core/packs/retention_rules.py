"""Review, retention and disposal as a pack gives it: frozen values, and how they are read and checked."""

from dataclasses import dataclass

from openmappa.core.packs.model import Match
from openmappa.core.packs.reading import PackTable, hint
from openmappa.core.packs.standards_rules import read_match
from openmappa.core.sources import Source
from openmappa.core.standards.facts import KINDS


@dataclass(frozen=True, slots=True)
class RetentionGroup:
    """How long the cases of a group are kept. Exactly one of `keep_until_age` and `clear_months` is given.

    With an age, the case is kept until the person has reached it. Otherwise it is kept until `clear_months` have passed
    without anything that shows risk. Either way it is looked at again every `review_every_months`.
    """

    number: int
    title: str
    keep_until_age: int | None
    clear_months: int | None
    review_every_months: int
    source: Source

    @property
    def name(self) -> str:
        """The group in words: "Group 1, certain public protection matters"."""
        return f"Group {self.number}, {self.title[:1].lower()}{self.title[1:]}"


@dataclass(frozen=True, slots=True)
class GivesGroup:
    """Facts that put a case into a group, and why."""

    group: RetentionGroup
    fact: Match
    because: str
    source: Source


@dataclass(frozen=True, slots=True)
class ClearPeriod:
    """The kinds of facts with which a clear period starts again."""

    starts_with: frozenset[str]
    source: Source


@dataclass(frozen=True, slots=True)
class ChildRule:
    """The age below which a record needs special handling, and what that means in a sentence or two."""

    age: int
    words: str
    source: Source


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground for a decision. An exceptional one allows disposal before the time for keeping is over."""

    id: str
    words: str
    exceptional: bool
    source: Source


@dataclass(frozen=True, slots=True)
class RetentionRules:
    """The groups, those kept longest first, what gives them, and the grounds on which people decide."""

    title: str
    groups: tuple[RetentionGroup, ...]
    gives: tuple[GivesGroup, ...]
    otherwise: GivesGroup
    clear_period: ClearPeriod
    child: ChildRule
    keep: tuple[Ground, ...]
    dispose: tuple[Ground, ...]

    def ground(self, ground_id: str) -> Ground | None:
        """The ground with this id, whichever decision it is for; None where the pack has no such ground."""
        return next((one for one in (*self.keep, *self.dispose) if one.id == ground_id), None)


def read_retention(table: PackTable) -> RetentionRules:
    """The rules from the table of a whole `retention.toml`.

    Raises PackError with everything that is wrong with it.
    """
    groups = tuple(_read_group(row) for row in table.tables("groups"))
    _check_numbers(table, groups)
    by_number = {group.number: group for group in groups}
    rules = RetentionRules(
        title=table.text("title"),
        groups=groups,
        gives=tuple(_read_gives(row, by_number) for row in table.tables("gives")),
        otherwise=_read_otherwise(table.table("otherwise"), by_number),
        clear_period=_read_clear_period(table.table("clear_period")),
        child=_read_child(table.table("child")),
        keep=tuple(_read_ground(row) for row in table.tables("keep")),
        dispose=tuple(_read_ground(row) for row in table.tables("dispose")),
    )
    _check_grounds(table, rules)
    table.finish()
    return rules


def _read_group(row: PackTable) -> RetentionGroup:
    if row.has("keep_until_age") == row.has("clear_months"):
        row.problem("give exactly one of `keep_until_age` and `clear_months`.")
    return RetentionGroup(
        number=row.whole("number"),
        title=row.text("title"),
        keep_until_age=_from_one_up(row, "keep_until_age") if row.has("keep_until_age") else None,
        clear_months=_from_one_up(row, "clear_months") if row.has("clear_months") else None,
        review_every_months=_from_one_up(row, "review_every_months"),
        source=row.source(),
    )


def _from_one_up(row: PackTable, key: str) -> int:
    value = row.whole(key)
    if value == 0:
        row.problem(f"`{key}` must be 1 or more.")
    return value


def _check_numbers(table: PackTable, groups: tuple[RetentionGroup, ...]) -> None:
    numbers = [group.number for group in groups]
    if len(set(numbers)) < len(numbers):
        table.problem("two groups have the same number; give each its own.")


def _read_gives(row: PackTable, groups: dict[int, RetentionGroup]) -> GivesGroup:
    return GivesGroup(_group(row, groups), read_match(row.table("fact")), row.text("because"), row.source())


def _read_otherwise(row: PackTable, groups: dict[int, RetentionGroup]) -> GivesGroup:
    because = "nothing on the record puts it into another group"
    return GivesGroup(_group(row, groups), Match(""), because, row.source())


def _group(row: PackTable, groups: dict[int, RetentionGroup]) -> RetentionGroup:
    number = row.whole("group")
    if number in groups:
        return groups[number]
    row.problem(f"`group` is {number}, and there is no such group; {hint(str(number), [str(one) for one in groups])}.")
    return RetentionGroup(number, "", None, 1, 1, row.source())


def _read_clear_period(row: PackTable) -> ClearPeriod:
    kinds = row.words("starts_with")
    for kind in kinds:
        if kind not in KINDS:
            row.problem(f"`starts_with` names {kind!r}, which is not a kind of fact; {hint(kind, list(KINDS))}.")
    return ClearPeriod(frozenset(kinds), row.source())


def _read_child(row: PackTable) -> ChildRule:
    return ChildRule(row.whole("age"), row.text("words"), row.source())


def _read_ground(row: PackTable) -> Ground:
    return Ground(row.text("id"), row.text("words"), row.yes("exceptional"), row.source())


def _check_grounds(table: PackTable, rules: RetentionRules) -> None:
    ids = [ground.id for ground in (*rules.keep, *rules.dispose)]
    if len(set(ids)) < len(ids):
        table.problem("two grounds have the same id; give each its own.")
    if any(ground.exceptional for ground in rules.keep):
        table.problem("`exceptional` is for grounds to dispose; take it out of `keep`.")
    if all(ground.exceptional for ground in rules.dispose):
        table.problem("every ground in `dispose` is exceptional; add one for when the time for keeping is over.")
