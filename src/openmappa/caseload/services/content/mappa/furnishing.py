"""All of the MAPPA side of a demonstration, once its cases, assessments and plans are there."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Max
from django.utils import timezone

from openmappa.caseload.services.content.filed import Filed
from openmappa.caseload.services.content.mappa.acting import write_actions
from openmappa.caseload.services.content.mappa.attending import write_attendance
from openmappa.caseload.services.content.mappa.levels import write_kept_levels, write_levels
from openmappa.caseload.services.content.mappa.minutes import write_minutes
from openmappa.caseload.services.content.mappa.people import Desk, desks
from openmappa.caseload.services.content.mappa.running import write_running
from openmappa.caseload.services.content.mappa.sittings import Held, close, open_all, seated
from openmappa.core.synthetic.content.live import NEWCOMERS
from openmappa.core.synthetic.content.mappa.held import MappaContent
from openmappa.core.synthetic.content.mappa.minuting import Minuting
from openmappa.core.synthetic.shape import Shape
from openmappa.timeline.models import Fact

THREE_MONTHS = timedelta(days=92)


class Mappa:
    """Collects the cases of a caseload batch by batch, since a sitting is on cases of several, and writes them."""

    def __init__(self, source: str, shape: Shape, only: Sequence[int] | None) -> None:
        self._source = source
        self._desks = desks()
        self._minuting = Minuting(source, shape.content)
        self._since = caseload_day(source, only) - THREE_MONTHS
        self._told: list[tuple[Filed, Desk, MappaContent]] = []

    def take(self, cases: Sequence[Filed]) -> None:
        """Make up what stands behind the MAPPA facts of these cases. Writes nothing yet."""
        for filed in cases:
            desk = self._desks.get(filed.case.area_id)
            if desk is not None:
                self._told.append((filed, desk, self._minuting.of(filed.content, self._since)))

    def write(self) -> dict[str, int]:
        """Write all that was collected; returns how many of each."""
        if not self._told:
            return {}
        levels = write_levels(self._told)
        meetings = ((filed, desk, text) for filed, desk, content in self._told for text in content.meetings)
        held = seated(self._source, meetings)
        sittings = self._write_meetings(held)
        keys = {(each.filed.case.pk, each.text.on): each.meeting.key for each in held}
        actions = write_actions(self._told, keys)
        return {"levels": levels, "sittings": sittings, "meetings": len(held), "actions": actions}

    def _write_meetings(self, held: Sequence[Held]) -> int:
        """Each is opened, taken down, closed and minuted, in that order, as the database asks."""
        sittings = open_all(held)
        write_attendance(held)
        entries = write_running(held)
        close(held)
        write_kept_levels(held)
        write_minutes(self._source, held, entries)
        return sittings


def caseload_day(source: str, only: Sequence[int] | None = None) -> date:
    """The last day of a generated caseload, the newcomers apart; today where it has no fact."""
    facts = Fact.objects.filter(case__source=source)
    if only is not None:
        facts = facts.filter(case__in=only)
    for newcomer in NEWCOMERS:
        facts = facts.exclude(case__reference__endswith=newcomer)
    last = facts.aggregate(last=Max("recorded_on"))["last"]
    return last if isinstance(last, date) else timezone.localdate()
