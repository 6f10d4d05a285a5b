"""What a pack says of the review of a serious further offence: offences, days, what lessons are about and for whom."""

from dataclasses import dataclass

from openmappa.core.packs.movements_rules import Days, Kind, from_one_up, read_kinds
from openmappa.core.packs.reading import PackTable
from openmappa.core.sources import Source


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A number of working days, and where it comes from."""

    working_days: int
    source: Source


@dataclass(frozen=True, slots=True)
class Months:
    """A number of months, and where it comes from."""

    months: int
    source: Source


@dataclass(frozen=True, slots=True)
class FurtherOffenceRules:
    """All of it, in the order in which a review asks."""

    title: str
    offences: tuple[Kind, ...]
    window: Days
    notify: Days
    contribution: WorkingDays
    conclusion: Months
    practice_areas: tuple[Kind, ...]
    audiences: tuple[Kind, ...]


def read_further_offences(table: PackTable) -> FurtherOffenceRules:
    """The rules from the table of a whole `mappa_further_offences.toml`. Raises PackError with all that is wrong."""
    window, notify, contribution, conclusion = (
        table.table(name) for name in ("window", "notify", "contribution", "conclusion")
    )
    rules = FurtherOffenceRules(
        title=table.text("title"),
        offences=read_kinds(table, "offences"),
        window=Days(from_one_up(window, "days"), window.source()),
        notify=Days(from_one_up(notify, "days"), notify.source()),
        contribution=WorkingDays(from_one_up(contribution, "working_days"), contribution.source()),
        conclusion=Months(from_one_up(conclusion, "months"), conclusion.source()),
        practice_areas=read_kinds(table, "practice_areas"),
        audiences=read_kinds(table, "audiences"),
    )
    table.finish()
    return rules
