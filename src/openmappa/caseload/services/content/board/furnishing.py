"""The board of each area of a demonstration: seats, a year of meetings, a plan, links."""

from collections import Counter

from openmappa.board.models.seats import Member
from openmappa.caseload.services.content.board.meetings import write_links, write_meetings, write_plan
from openmappa.caseload.services.content.board.people import seat_everybody
from openmappa.caseload.services.content.mappa.people import desks
from openmappa.cases.models import Case


def furnish_boards(source: str) -> dict[str, int]:
    """Write the board of every area of the source that has none; returns how much of each.

    Must be called as a job, once the areas have their coordinators. Doing it again finds nothing to write.
    """
    found: Counter[str] = Counter()
    for _, desk in sorted(desks().items()):
        if Member.objects.filter(area=desk.area).exists():
            continue
        if not Case.objects.filter(source=source, area=desk.area).exists():
            continue
        seats = seat_everybody(desk)
        held = write_meetings(seats)
        write_plan(seats, held)
        found["boards"] += 1
        found["board meetings"] += len(held)
        found["other bodies"] += write_links(seats)
    return dict(found)
