"""The standing figures before a meeting: duties met on time by the pack's standards, and its figures of MAPPA."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from openmappa.accounts.models import Area
from openmappa.board.queries.on_time import Asked, live_table
from openmappa.board.queries.rows import RowsBy, standards
from openmappa.board.queries.rules import rules
from openmappa.coordination.queries.figures import Figure, Period, figures
from openmappa.core.dates import add_months
from openmappa.core.inspection.on_time import NONE, Step
from openmappa.core.inspection.proportions import Difference, Proportion, difference

NOUGHT = Proportion(0, 0)


@dataclass(frozen=True)
class OnTime:
    """A standard's duties met on time over the months up to a day, and over the same months before."""

    standard: str
    title: str
    now: Proportion
    before: Proportion

    @property
    def change(self) -> Difference | None:
        """Now less before, with its interval; None where either counts nothing."""
        return difference(self.now, self.before)


@dataclass(frozen=True)
class Standing:
    """What stands before a meeting: as of a day, over so many months."""

    on: date
    months: int
    on_time: Sequence[OnTime]
    mappa: Sequence[Figure]


def standards_by_id() -> Mapping[str, str]:
    """Every standard of the packs in service: its title by its id."""
    return standards()


def standing_figures(area: Area, on: date, today: date) -> Standing:
    """The pack's figures over its months up to a day, counted from the record. Four queries."""
    asked = rules().standing
    period = Period(asked.months, on)
    wanted = {each.rule.id.value: each for _, _, some in figures([area], period) for each in some}
    return Standing(
        on,
        asked.months,
        on_time([area], on, asked.months, asked.standards, today),
        [wanted[id_] for id_ in asked.figures if id_ in wanted],
    )


def on_time(areas: Sequence[Area], on: date, months: int, wanted: Sequence[str], today: date) -> list[OnTime]:
    """These standards over the months up to a day and the same months before, as both stood then. Two queries."""
    since = add_months(on, -months) + timedelta(days=1)
    before = since - timedelta(days=1)
    now = _by_standard(areas, since, on, on, today)
    then = _by_standard(areas, add_months(before, -months) + timedelta(days=1), before, on, today)
    return [OnTime(id_, standards()[id_], now.get(id_, NOUGHT), then.get(id_, NOUGHT)) for id_ in wanted]


def _by_standard(areas: Sequence[Area], since: date, until: date, on: date, today: date) -> Mapping[str, Proportion]:
    asked = Asked(
        areas=areas,
        every_area=False,
        standard="",
        by=RowsBy.STANDARD,
        step=Step.YEAR,
        since=since,
        until=until,
        on=on,
        live=on == today,
    )
    table = live_table(asked).table
    return {key: (table.of_row(key) if key in table.rows else NONE).on_time for key in table.rows}
