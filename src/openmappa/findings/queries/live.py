"""The live figure of a recommendation that a standard measures: its duties met on time over the year to today."""

from dataclasses import dataclass
from datetime import date

from openmappa.accounts.models import Area, User
from openmappa.accounts.queries import areas_for
from openmappa.board.queries.on_time import Asked, live_table
from openmappa.board.queries.rows import RowsBy, standards
from openmappa.core.inspection.on_time import Step
from openmappa.core.inspection.proportions import Proportion
from openmappa.findings.models import Recommendation


@dataclass(frozen=True)
class LiveFigure:
    """Duties of one standard, due between two days, that were met on time."""

    standard: str
    since: date
    until: date
    on_time: Proportion


def live_figure(user: User, row: Recommendation, today: date) -> LiveFigure | None:
    """The figure over the year to today, of its area, or of the inspection's where an agency owns it.

    None where no standard measures it, or the reader sees no figures of these areas. Three queries.
    """
    if row.standard not in standards():
        return None
    theirs = {area.pk for area in areas_for(user)}
    of = [row.area] if row.area else list(Area.objects.filter(pk__in=row.exercise.in_areas.values("area")))
    areas = [area for area in of if area.pk in theirs]
    if not areas:
        return None
    since = date(today.year - 1, today.month, min(today.day, 28))
    found = live_table(
        Asked(
            areas=areas,
            every_area=False,
            standard=row.standard,
            by=RowsBy.ALL,
            step=Step.YEAR,
            since=since,
            until=today,
            on=today,
        )
    )
    return LiveFigure(standards()[row.standard], since, today, found.table.whole.on_time)
