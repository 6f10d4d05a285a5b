"""Reading `rm2000.toml`: its tables as frozen values, with everything that is wrong named at once."""

from openmappa.core.bands import LikelihoodBand
from openmappa.core.packs.reading import PackTable
from openmappa.core.packs.rm2000.shapes import (
    FACTORS,
    S_ITEMS,
    V_ITEMS,
    V_YES_ITEMS,
    Caution,
    Cut,
    Factor,
    NoScoreReason,
    Points,
    Rm2000CRules,
    Rm2000Rules,
    Rm2000SRules,
    Rm2000VRules,
    ScoredItem,
    Uplift,
    YesItem,
)


def read_rm2000(table: PackTable) -> Rm2000Rules:
    """The instrument from the table of a whole `rm2000.toml`.

    Raises PackError with everything that is wrong with it.
    """
    table.text("title")
    eligibility = table.table("eligibility")
    rules = Rm2000Rules(
        s=_read_s(table.table("s")),
        v=_read_v(table.table("v")),
        c=_read_c(table.table("c")),
        conditions=_read_cautions(eligibility, "conditions"),
        no_score_reasons=tuple(_read_reason(row) for row in eligibility.tables("no_score")),
    )
    codes = [reason.code for reason in rules.no_score_reasons]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        eligibility.problem(f"the code {code!r} stands twice under `no_score`; give one of them another.")
    table.finish()
    return rules


def _read_s(scale: PackTable) -> Rm2000SRules:
    items = _read_items(scale, S_ITEMS)
    cuts = tuple(_read_cut(row) for row in scale.tables("bands"))
    _check_cuts(scale, cuts, _most(items))
    return Rm2000SRules(
        title=scale.text("title"),
        items=items,
        cuts=cuts,
        factors=_read_factors(scale),
        uplifts=_read_uplifts(scale),
        ceiling=scale.table("ceiling").source(),
        cautions=_read_cautions(scale, "cautions"),
    )


def _read_v(scale: PackTable) -> Rm2000VRules:
    items = _read_items(scale, V_ITEMS)
    yes_items = tuple(_read_yes_item(row) for row in scale.tables("yes_items"))
    _check_names(scale, "yes_items", [item.name for item in yes_items], V_YES_ITEMS)
    cuts = tuple(_read_cut(row) for row in scale.tables("bands"))
    _check_cuts(scale, cuts, _most(items) + sum(item.points for item in yes_items))
    cautions = _read_cautions(scale, "cautions")
    return Rm2000VRules(scale.text("title"), items, yes_items, cuts, cautions)


def _read_c(scale: PackTable) -> Rm2000CRules:
    row = scale.table("points")
    points = {band: row.whole(band) for band in LikelihoodBand}
    cuts = tuple(_read_cut(row) for row in scale.tables("bands"))
    _check_cuts(scale, cuts, 2 * max(points.values()))
    return Rm2000CRules(
        title=scale.text("title"),
        points=points,
        points_source=row.source(),
        sum_source=scale.source("sum_source"),
        cuts=cuts,
        cautions=_read_cautions(scale, "cautions"),
    )


def _read_reason(row: PackTable) -> NoScoreReason:
    return NoScoreReason(
        row.text("code"), row.text("text"), row.text("next_step"), row.yes("needs_words"), row.source()
    )


def _read_cautions(table: PackTable, key: str) -> tuple[Caution, ...]:
    return tuple(Caution(row.text("text"), row.source()) for row in table.tables(key))


def _read_items(scale: PackTable, names: tuple[str, ...]) -> tuple[ScoredItem, ...]:
    rows = scale.tables("items")
    items = tuple(_read_item(row, names) for row in rows)
    _check_names(scale, "items", [item.name for item in items], names)
    return items


def _read_item(row: PackTable, names: tuple[str, ...]) -> ScoredItem:
    at_least, at_most = _other_item(row, "at_least", names), _other_item(row, "at_most", S_ITEMS)
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
        at_most=at_most,
        at_most_because=row.text("at_most_because") if at_most is not None else "",
        ranges=tuple(_read_points(points) for points in row.tables("points")),
        source=row.source(),
    )
    _check_ranges(row, item)
    return item


def _other_item(row: PackTable, key: str, names: tuple[str, ...]) -> str | None:
    """The item that this one is compared with; None when it is compared with none."""
    if not row.has(key):
        return None
    other = row.text(key)
    if other not in names:
        row.problem(f"`{key}` is {other!r}; write one of {', '.join(names)}.")
    return other


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


def _read_yes_item(row: PackTable) -> YesItem:
    return YesItem(
        name=row.text("name"),
        title=row.text("title"),
        meaning=row.text("meaning"),
        meaning_source=row.source("meaning_source"),
        points=row.whole("points"),
        source=row.source(),
    )


def _read_cut(row: PackTable) -> Cut:
    return Cut(row.whole("from"), row.whole("to"), row.choice("band", LikelihoodBand), row.source())


def _most(items: tuple[ScoredItem, ...]) -> int:
    """The highest total that these items can come to."""
    return sum(max((points.points for points in item.ranges), default=0) for item in items)


def _check_cuts(scale: PackTable, cuts: tuple[Cut, ...], most: int) -> None:
    """The cuts must name every category once, low to very high, and reach exactly the highest total."""
    if [cut.band for cut in cuts] != list(LikelihoodBand):
        scale.problem("`bands` must give low, medium, high and very_high, once each and in that order.")
    expected = 0
    for cut in cuts:
        if cut.lowest != expected or cut.highest < cut.lowest:
            scale.problem(f"the band {cut.band} is from {cut.lowest} to {cut.highest}; write from = {expected}.")
        expected = cut.highest + 1
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
