"""What the last meeting decided, on the agenda of the next one (``AGENDA_PARTS``)."""

from collections.abc import Mapping, Sequence

from openmappa.accounts.models import User
from openmappa.core.compartments import Compartment
from openmappa.core.mappa.agenda import LAST_ACTIONS, Line
from openmappa.meetings.models.sitting import Meeting
from openmappa.meetings.queries.sittings import last_meeting
from openmappa.minutes.models.minutes import Minutes
from openmappa.minutes.queries.minutes import lines_read
from openmappa.ui.formats import day


def last_decisions(meeting: Meeting, reader: User) -> Mapping[str, Sequence[Line]]:
    """The decisions of the last meeting that stand in parts this reader opens, from its newest issued minutes.

    Three queries at most; nothing before minutes are issued, since a draft is not what was decided yet.
    """
    before = last_meeting(meeting.case, meeting.starts_at)
    if before is None:
        return {}
    rows = Minutes.objects.filter(meeting=before, issued_at__isnull=False).order_by("-number")
    newest = rows.select_related("case").first()
    if newest is None:
        return {}
    decided = f"Decided on {day(newest.held_on)}"
    lines = [
        Line(decided, line.text, is_walled=line.compartment == Compartment.VICTIM)
        for line in lines_read(newest, reader)
        if line.kind == "decision"
    ]
    return {LAST_ACTIONS: lines}
