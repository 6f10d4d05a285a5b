"""What a pack says about oversight: which starts are watched, why they come late, and management reviews."""

from dataclasses import dataclass

from openmappa.core.bands import HarmLevel
from openmappa.core.packs.reading import PackTable, hint
from openmappa.core.sources import Source


@dataclass(frozen=True, slots=True)
class Starts:
    """The standards that begin a piece of work, and how many months back they are shown."""

    standards: tuple[str, ...]
    months: int
    assumption: bool
    source: Source


@dataclass(frozen=True, slots=True)
class WatchedReviews:
    """The standards whose lateness a manager looks at first where the risk of harm is high or very high."""

    standards: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class LateReason:
    """A reason why something came late."""

    id: str
    label: str
    source: Source


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """The levels of risk of harm at which a manager looks at a case, and after how many weeks at the latest."""

    harm: frozenset[str]
    weeks: int
    assumption: bool
    source: Source


@dataclass(frozen=True, slots=True)
class ReviewChoice:
    """Something that a review looked at, or what it came to. ``stands_alone``: no other goes with it."""

    id: str
    label: str
    stands_alone: bool = False


@dataclass(frozen=True, slots=True)
class LineManagementRules:
    """All of it, in the order in which pages ask."""

    title: str
    starts: Starts
    late_reasons: tuple[LateReason, ...]
    watched: WatchedReviews
    review: ReviewRule
    looked_at: tuple[ReviewChoice, ...]
    outcomes: tuple[ReviewChoice, ...]


def read_line_management(table: PackTable) -> LineManagementRules:
    """The rules from the table of a whole `line_management.toml`.

    Raises PackError with everything that is wrong with it.
    """
    rules = LineManagementRules(
        title=table.text("title"),
        starts=_read_starts(table.table("starts")),
        late_reasons=tuple(LateReason(*_named(row), row.source()) for row in table.tables("late_reasons")),
        watched=_read_watched(table.table("watched_reviews")),
        review=_read_review(table.table("management_review")),
        looked_at=tuple(ReviewChoice(*_named(row)) for row in table.tables("looked_at")),
        outcomes=tuple(ReviewChoice(*_named(row), row.yes("stands_alone")) for row in table.tables("outcomes")),
    )
    for name, found in (("late_reasons", rules.late_reasons), ("outcomes", rules.outcomes)):
        _check_ids(table, name, [one.id for one in found])
    _check_ids(table, "looked_at", [one.id for one in rules.looked_at])
    table.finish()
    return rules


def _read_starts(table: PackTable) -> Starts:
    return Starts(
        tuple(table.words("standards")), _from_one_up(table, "months"), table.yes("assumption"), table.source()
    )


def _read_watched(table: PackTable) -> WatchedReviews:
    return WatchedReviews(tuple(table.words("standards")), table.source())


def _read_review(table: PackTable) -> ReviewRule:
    known = [level.value for level in HarmLevel]
    levels = table.words("harm")
    for level in levels:
        if level not in known:
            table.problem(f"`harm` names {level!r}, which is not a level; {hint(level, known)}.")
    return ReviewRule(frozenset(levels), _from_one_up(table, "weeks"), table.yes("assumption"), table.source())


def _named(row: PackTable) -> tuple[str, str]:
    return row.text("id"), row.text("label")


def _from_one_up(table: PackTable, key: str) -> int:
    value = table.whole(key)
    if value == 0:
        table.problem(f"`{key}` must be 1 or more.")
    return value


def _check_ids(table: PackTable, name: str, ids: list[str]) -> None:
    if len(set(ids)) < len(ids):
        table.problem(f"two of `{name}` have the same id; give each its own.")
