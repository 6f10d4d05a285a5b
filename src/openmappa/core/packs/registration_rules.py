"""The notification periods as a pack gives them: frozen values, and how they are read and checked."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openmappa.core.packs.reading import PackTable
from openmappa.core.sources import Source


class DisposalKind(StrEnum):
    """How a person was dealt with for the offence, as far as the period depends on it."""

    IMPRISONMENT = "imprisonment"
    INDETERMINATE = "indeterminate"
    HOSPITAL_RESTRICTED = "hospital_restricted"
    HOSPITAL = "hospital"
    CAUTION = "caution"
    CONDITIONAL_DISCHARGE = "conditional_discharge"
    OTHER = "other"


WITH_LENGTH = frozenset({DisposalKind.IMPRISONMENT, DisposalKind.CONDITIONAL_DISCHARGE})
"""The disposals whose length decides the period."""


@dataclass(frozen=True, slots=True)
class Period:
    """One row of the table. Lengths are in months.

    Of `months` (with `under_18_months`), `indefinite` and `own_length` exactly one is given.
    `at_least_months` and `more_than_months` limit the row to terms of that length; a row with neither takes
    every term.
    """

    disposal: DisposalKind
    title: str
    at_least_months: int | None
    more_than_months: int | None
    indefinite: bool
    own_length: bool
    months: int | None
    under_18_months: int | None
    longest_months: int | None
    source: Source
    longest_source: Source | None


@dataclass(frozen=True, slots=True)
class AgeLimit:
    """An age in whole years, and its source."""

    age: int
    source: Source


@dataclass(frozen=True, slots=True)
class DateCaution:
    """What to check when the relevant date is before a day."""

    relevant_before: date
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class RegistrationRules:
    """The table and how it is read. Rows of one disposal stand in the order in which they are tried."""

    title: str
    periods: tuple[Period, ...]
    under_18: AgeLimit
    not_halved: Source
    counting: Source
    counting_discharge: Source
    youngest: AgeLimit
    oldest: AgeLimit
    cautions: tuple[DateCaution, ...]

    def titles(self, disposal: DisposalKind) -> tuple[str, ...]:
        """The rows of a disposal, by name."""
        return tuple(period.title for period in self.periods if period.disposal is disposal)


def read_registration(table: PackTable) -> RegistrationRules:
    """The rules from the table of a whole `registration.toml`.

    Raises PackError with everything that is wrong with it.
    """
    rows = table.tables("periods")
    periods = tuple(_read_period(row) for row in rows)
    _check_rows(table, periods)
    rules = RegistrationRules(
        title=table.text("title"),
        periods=periods,
        under_18=_read_age(table.table("under_18")),
        not_halved=table.table("not_halved").source(),
        counting=table.table("counting").source(),
        counting_discharge=table.table("counting_discharge").source(),
        youngest=_read_age(table.table("youngest")),
        oldest=_read_age(table.table("oldest")),
        cautions=tuple(
            DateCaution(row.day("relevant_before"), row.text("text"), row.source()) for row in table.tables("cautions")
        ),
    )
    table.finish()
    return rules


def _read_age(table: PackTable) -> AgeLimit:
    return AgeLimit(table.whole("age"), table.source())


def _whole_or_none(row: PackTable, key: str) -> int | None:
    return row.whole(key) if row.has(key) else None


def _read_period(row: PackTable) -> Period:
    period = Period(
        disposal=row.choice("disposal", DisposalKind),
        title=row.text("title"),
        at_least_months=_whole_or_none(row, "at_least_months"),
        more_than_months=_whole_or_none(row, "more_than_months"),
        indefinite=row.yes("indefinite"),
        own_length=row.yes("own_length"),
        months=_whole_or_none(row, "months"),
        under_18_months=_whole_or_none(row, "under_18_months"),
        longest_months=_whole_or_none(row, "longest_months"),
        source=row.source(),
        longest_source=row.source("longest_source") if row.has("longest_source") else None,
    )
    _check_period(row, period)
    return period


def _check_period(row: PackTable, period: Period) -> None:
    if (period.months is not None) + period.indefinite + period.own_length != 1:
        row.problem("give exactly one of `months`, `indefinite = true` and `own_length = true`.")
    if (period.months is None) != (period.under_18_months is None):
        row.problem("`months` and `under_18_months` go together; give both or neither.")
    if (period.longest_months is None) != (period.longest_source is None):
        row.problem("`longest_months` and `longest_source` go together; give both or neither.")
    if period.own_length and period.disposal is not DisposalKind.CONDITIONAL_DISCHARGE:
        row.problem("`own_length = true` is only for conditional_discharge; give `months`, or `indefinite = true`.")
    limits = (period.at_least_months, period.more_than_months)
    if limits != (None, None) and period.disposal is not DisposalKind.IMPRISONMENT:
        row.problem("`at_least_months` and `more_than_months` are only for imprisonment; take them out.")


def _check_rows(table: PackTable, periods: tuple[Period, ...]) -> None:
    """Every disposal has rows; the last one takes every term, and no row before it does."""
    for disposal in DisposalKind:
        rows = [period for period in periods if period.disposal is disposal]
        takes_all = [row.at_least_months is None and row.more_than_months is None for row in rows]
        if not rows:
            table.problem(f"`periods` has no row for {disposal}; add one.")
        elif takes_all != [False] * (len(rows) - 1) + [True]:
            table.problem(
                f"of the rows for {disposal}, the last, and only the last, must be without a limit of months."
            )
        _check_order(table, disposal, rows)


def _check_order(table: PackTable, disposal: DisposalKind, rows: list[Period]) -> None:
    """Longer terms come first, or their row would never be reached."""
    limits = [row.at_least_months or row.more_than_months or 0 for row in rows]
    if limits != sorted(limits, reverse=True):
        table.problem(f"the rows for {disposal} must go from the longest terms to the shortest.")
