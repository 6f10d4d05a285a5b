"""What came out: the figures of Table 6 on attendance, found again in the generated meetings."""

from collections import Counter
from collections.abc import Iterable, Mapping

from openmappa.core.synthetic.content.mappa.held import ATTENDED, MappaContent
from openmappa.core.synthetic.content.mappa.posts import CASE_MANAGER, OFFICER
from openmappa.core.synthetic.measure import Row, rows_of
from openmappa.core.synthetic.shape import Shape

ATTENDS: Mapping[str, str] = {"mappa_case_manager_attends": CASE_MANAGER, "mappa_police_attends": OFFICER}
"""Whose attendance each figure is about."""


def measure_meetings(contents: Iterable[MappaContent], shape: Shape) -> list[Row]:
    """A row for each figure on meetings, in the shape's order."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ATTENDS}
    for content in contents:
        for seat in (seat for held in content.meetings for seat in held.seats):
            for name, post in ATTENDS.items():
                if seat.post == post:
                    counts[name]["yes" if seat.attendance == ATTENDED else "no"] += 1
    return list(rows_of(shape.content, counts))
