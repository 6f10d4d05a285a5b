"""Counts for boards, inspectors and managers: how each standard was kept. No case and no name comes out of here.

Cost: one aggregate over every duty of an area, or of all areas; the only page here that grows with the whole record.
"""

from dataclasses import dataclass
from datetime import date
from functools import reduce

from openmappa.accounts.models import Area
from openmappa.core.packs.load import packs_in_service
from openmappa.timeline.models import Duty


@dataclass(frozen=True)
class Figures:
    """How often one standard was kept by a day, one count for each outcome (standards, section 5)."""

    title: str
    met: int = 0
    met_late: int = 0
    due: int = 0
    overdue: int = 0
    lapsed: int = 0
    missed: int = 0
    source: str = ""
    assumption: bool = False

    @property
    def judged(self) -> int:
        """The duties whose due date decides: all but those still due and those that lapsed."""
        return self.met + self.met_late + self.missed + self.overdue

    @property
    def percentage(self) -> int | None:
        """Met on time, of those judged, to the nearest per cent; None if there are none. Shown with its count only."""
        return (200 * self.met + self.judged) // (2 * self.judged) if self.judged else None

    def plus(self, other: "Figures") -> "Figures":
        """Both together, under this one's title."""
        sums = {name: getattr(self, name) + getattr(other, name) for name in COUNTED}
        return Figures(self.title, **sums)


COUNTED = ("met", "met_late", "due", "overdue", "lapsed", "missed")


def figures(areas: list[Area], today: date) -> list[Figures]:
    """One row for each standard of the packs in service, in the pack's order, over these areas together.

    The database counts, by a function of its owner's that checks who asks: of cases that the reader may not open, no
    row comes here, only how many.
    """
    rows = Duty.objects.raw(
        "SELECT row_number() OVER () AS id, f.* FROM figures_of_areas(%s, %s) f", [[area.pk for area in areas], today]
    )
    counts = {row.standard: {name: int(getattr(row, name)) for name in COUNTED} for row in rows}
    standards = {one.id: one for pack in packs_in_service() for one in pack.standards}
    return [
        Figures(one.title, source=one.source, assumption=one.assumption, **counts.get(one.id, {}))
        for one in standards.values()
    ]


def together(rows: list[Figures]) -> Figures:
    """All standards added up."""
    return reduce(lambda sum_, row: sum_.plus(row), rows, Figures("All standards"))
