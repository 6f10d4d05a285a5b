"""What a pack says about figures of MAPPA: which there are, what the report found, what is a rhythm of reviews."""

from dataclasses import dataclass
from enum import StrEnum

from openmappa.core.mappa.frequency import Band, Frequency
from openmappa.core.packs.reading import PackTable
from openmappa.core.sources import Source


class Group(StrEnum):
    """Figures that belong together. Those of the first two are the parts of one whole."""

    LEVELS = "levels"
    REVIEWS = "reviews"
    PRACTICE = "practice"
    CARRIED_OUT = "carried_out"

    @property
    def parts_of_a_whole(self) -> bool:
        """Whether every case counted stands in exactly one of its figures."""
        return self in (Group.LEVELS, Group.REVIEWS)


class FigureId(StrEnum):
    """Every figure there is: each is counted by code of its own, so that a pack cannot name another."""

    LEVEL_1 = "level_1"
    LEVEL_2 = "level_2"
    LEVEL_3 = "level_3"
    NONE = "none"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    SIX_MONTHLY = "six_monthly"
    IRREGULAR = "irregular"
    SUFFICIENT = "sufficient"
    TOLD = "told"
    CASE_MANAGER = "case_manager"
    POLICE_OFFICER = "police_officer"
    PROBATION_FILE = "probation_file"
    POLICE_FILE = "police_file"
    ACTIONS = "actions"
    INTEGRATED = "integrated"


@dataclass(frozen=True, slots=True)
class FigureRule:
    """One figure: what the report says, its number where it gives one, and how it is counted here."""

    id: FigureId
    of: Group
    title: str
    report: str
    per_cent: int | None
    counted: str
    source: Source


@dataclass(frozen=True, slots=True)
class DeskRules:
    """What the coordinator's desk looks at: how far ahead and back, and the list of a day."""

    cases_a_day: int
    notice_days: int
    weeks_ahead: int
    months_back: int
    source: Source


@dataclass(frozen=True, slots=True)
class MappaFigureRules:
    """All of it: the period shown first, the rhythms from the shortest, the figures in the order of pages."""

    title: str
    months: int
    source: Source
    desk: DeskRules
    bands: tuple[Band, ...]
    figures: tuple[FigureRule, ...]

    def of(self, group: Group) -> tuple[FigureRule, ...]:
        """The figures of one group, in order."""
        return tuple(figure for figure in self.figures if figure.of is group)

    def figure(self, figure_id: str) -> FigureRule | None:
        """The figure with this id; None where there is none."""
        return next((figure for figure in self.figures if figure.id == figure_id), None)


def read_mappa_figures(table: PackTable) -> MappaFigureRules:
    """The rules from the table of a whole `mappa_figures.toml`. Raises PackError with everything wrong with it."""
    rules = MappaFigureRules(
        title=table.text("title"),
        months=table.whole("months"),
        source=table.source(),
        desk=_read_desk(table.table("desk")),
        bands=tuple(_read_band(row) for row in table.tables("band")),
        figures=tuple(_read_figure(row) for row in table.tables("figure")),
    )
    if rules.months == 0:
        table.problem("`months` must be 1 or more.")
    if 0 in (rules.desk.cases_a_day, rules.desk.weeks_ahead, rules.desk.months_back):
        table.problem("`cases_a_day`, `weeks_ahead` and `months_back` of the desk must be 1 or more.")
    if [band.days for band in rules.bands] != sorted({band.days for band in rules.bands}):
        table.problem("`days` of the bands must grow from one to the next; sort them.")
    if len({figure.id for figure in rules.figures}) < len(rules.figures):
        table.problem("two figures have the same id; give each its own.")
    table.finish()
    return rules


def _read_desk(row: PackTable) -> DeskRules:
    return DeskRules(
        cases_a_day=row.whole("cases_a_day"),
        notice_days=row.whole("notice_days"),
        weeks_ahead=row.whole("weeks_ahead"),
        months_back=row.whole("months_back"),
        source=row.source(),
    )


def _read_band(row: PackTable) -> Band:
    row.source()
    return Band(row.choice("id", Frequency), row.whole("days"))


def _read_figure(row: PackTable) -> FigureRule:
    per_cent = row.whole("per_cent") if row.has("per_cent") else None
    if per_cent is not None and per_cent > 100:
        row.problem("`per_cent` is more than 100.")
    return FigureRule(
        row.choice("id", FigureId),
        row.choice("of", Group),
        row.text("title"),
        row.text("report"),
        per_cent,
        row.text("counted"),
        row.source(),
    )
