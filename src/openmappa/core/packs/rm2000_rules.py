"""The rules of Risk Matrix 2000 scale S as a pack gives them: frozen values, read and checked.

The shapes are the instrument's own (three items added up and cut into categories, then four factors counted);
every number, and where it comes from, is the pack's.
"""

from dataclasses import dataclass

from openmappa.core.bands import LikelihoodBand
from openmappa.core.packs.reading import PackTable
from openmappa.core.sources import Source

ITEMS = ("age_at_risk", "sexual_appearances", "criminal_appearances")
FACTORS = ("male_victim", "stranger_victim", "single", "non_contact")


@dataclass(frozen=True, slots=True)
class Points:
    """The points for a range of answers, both ends included; `highest` None has no upper end."""

    lowest: int
    highest: int | None
    points: int

    @property
    def label(self) -> str:
        """The range in words: "18 to 24", "2", "5 or more"."""
        if self.highest is None:
            return f"{self.lowest} or more"
        return f"{self.lowest}" if self.lowest == self.highest else f"{self.lowest} to {self.highest}"


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """An item of step 1: the answers it takes (whole numbers from `lowest` to `highest`) and their points.

    `at_least` names another item whose answer this one cannot be below.
    """

    name: str
    title: str
    meaning: str
    meaning_source: Source
    lowest: int
    lowest_because: str
    highest: int
    at_least: str | None
    at_least_because: str
    ranges: tuple[Points, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Factor:
    """An aggravating factor of step 2: a yes or no question."""

    name: str
    title: str
    meaning: str
    meaning_source: Source
    source: Source


@dataclass(frozen=True, slots=True)
class Cut:
    """The category for a total of step 1 from `lowest` to `highest`, both included."""

    lowest: int
    highest: int
    band: LikelihoodBand
    source: Source


@dataclass(frozen=True, slots=True)
class Uplift:
    """By how many categories a count of aggravating factors raises the first category."""

    factors: int
    raised_by: int
    source: Source


@dataclass(frozen=True, slots=True)
class Caution:
    """Something that whoever reads a score has to keep in mind."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Rm2000SRules:
    """Scale S.

    Items and factors stand in the order in which they are asked; `uplifts[n]` is for n factors.
    """

    title: str
    items: tuple[ScoredItem, ...]
    cuts: tuple[Cut, ...]
    factors: tuple[Factor, ...]
    uplifts: tuple[Uplift, ...]
    ceiling: Source
    cautions: tuple[Caution, ...]


def read_rm2000_s(table: PackTable) -> Rm2000SRules:
    """Scale S from the table of a whole `rm2000.toml`.

    Raises PackError with everything that is wrong with it.
    """
    table.text("title")
    scale = table.table("s")
    items = _read_items(scale)
    cuts = tuple(_read_cut(row) for row in scale.tables("bands"))
    _check_cuts(scale, items, cuts)
    rules = Rm2000SRules(
        title=scale.text("title"),
        items=items,
        cuts=cuts,
        factors=_read_factors(scale),
        uplifts=_read_uplifts(scale),
        ceiling=scale.table("ceiling").source(),
        cautions=tuple(Caution(row.text("text"), row.source()) for row in scale.tables("cautions")),
    )
    table.finish()
    return rules


def _read_items(scale: PackTable) -> tuple[ScoredItem, ...]:
    rows = scale.tables("items")
    items = tuple(_read_item(row) for row in rows)
    _check_names(scale, "items", [item.name for item in items], ITEMS)
    return items


def _read_item(row: PackTable) -> ScoredItem:
    at_least = row.text("at_least") if row.has("at_least") else None
    if at_least is not None and at_least not in ITEMS:
        row.problem(f"`at_least` is {at_least!r}; write one of {', '.join(ITEMS)}.")
    item = ScoredItem(
        name=row.text("name"),
        title=row.text("title"),
        meaning=row.text("meaning"),
        meaning_source=row.source("meaning_source"),
        lowest=row.whole("lowest"),
        lowest_because=row.text("lowest_because"),
        highest=row.whole("highest"),
        at_least=at_least,
        at_least_because=row.text("at_least_because") if at_least is not None else "",
        ranges=tuple(_read_points(points) for points in row.tables("points")),
        source=row.source(),
    )
    _check_ranges(row, item)
    return item


def _read_points(row: PackTable) -> Points:
    return Points(row.whole("from"), row.whole("to") if row.has("to") else None, row.whole("points"))


def _check_ranges(row: PackTable, item: ScoredItem) -> None:
    """The ranges must follow on each other, from the lowest answer to one without an upper end."""
    expected: int | None = item.lowest
    for points in item.ranges:
        if points.lowest != expected:
            row.problem(f"the points for {points.label} leave a gap or overlap; write from = {expected}.")
        if points.highest is not None and points.highest < points.lowest:
            row.problem(f"the points for {points.label} end before they begin; swap `from` and `to`.")
        expected = None if points.highest is None else points.highest + 1
    if expected is not None:
        row.problem("the last points have an upper end; leave its `to` out, so that every answer scores.")


def _read_cut(row: PackTable) -> Cut:
    return Cut(row.whole("from"), row.whole("to"), row.choice("band", LikelihoodBand), row.source())


def _check_cuts(scale: PackTable, items: tuple[ScoredItem, ...], cuts: tuple[Cut, ...]) -> None:
    """The cuts must name every category once, low to very high, and reach exactly the highest total."""
    if [cut.band for cut in cuts] != list(LikelihoodBand):
        scale.problem("`bands` must give low, medium, high and very_high, once each and in that order.")
    expected = 0
    for cut in cuts:
        if cut.lowest != expected or cut.highest < cut.lowest:
            scale.problem(f"the band {cut.band} is from {cut.lowest} to {cut.highest}; write from = {expected}.")
        expected = cut.highest + 1
    most = sum(max((points.points for points in item.ranges), default=0) for item in items)
    if expected != most + 1:
        scale.problem(f"`bands` end at {expected - 1} points, but the items add up to at most {most}.")


def _read_factors(scale: PackTable) -> tuple[Factor, ...]:
    factors = tuple(
        Factor(
            row.text("name"),
            row.text("title"),
            row.text("meaning"),
            row.source("meaning_source"),
            row.source(),
        )
        for row in scale.tables("factors")
    )
    _check_names(scale, "factors", [factor.name for factor in factors], FACTORS)
    return factors


def _read_uplifts(scale: PackTable) -> tuple[Uplift, ...]:
    uplifts = tuple(
        Uplift(row.whole("factors"), row.whole("raised_by"), row.source()) for row in scale.tables("uplifts")
    )
    counts = list(range(len(FACTORS) + 1))
    if [uplift.factors for uplift in uplifts] != counts:
        scale.problem(f"`uplifts` must have one row for each of {counts} factors, in that order.")
    return uplifts


def _check_names(scale: PackTable, key: str, found: list[str], wanted: tuple[str, ...]) -> None:
    if tuple(found) != wanted:
        scale.problem(f"`{key}` are {', '.join(found) or 'missing'}; write {', '.join(wanted)}, in that order.")
