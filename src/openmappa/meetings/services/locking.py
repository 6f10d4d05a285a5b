"""Locking a sitting or a meeting, so that two people's changes come one after the other.

The order is always the same: the area's calendar, cases in order of their number, the sitting, its meetings.
"""

from django.db import connection
from django.db.models import QuerySet

from openmappa.cases.models import Case
from openmappa.meetings.errors import SittingChanged
from openmappa.meetings.models.sitting import Meeting, Sitting

WITH_PEOPLE = ("area", "chair__agency", "minute_taker__agency")


def lock_calendar_of(area_id: int) -> None:
    """Until the transaction ends, nobody else calls or moves a sitting in this area: clashes are seen by the second."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('meetings calendar'), %s)", [area_id])


def locked_sitting(sitting: Sitting, version: int | None = None) -> Sitting:
    """The sitting, locked. Raises SittingChanged where it is not the version that was seen (None: whatever it is)."""
    row = Sitting.objects.select_for_update(of=("self",)).select_related(*WITH_PEOPLE).get(pk=sitting.pk)
    if version is not None and row.version != version:
        raise SittingChanged(row.version)
    return row


def next_version(sitting: Sitting) -> None:
    """Count one more change of a locked sitting."""
    sitting.version += 1
    sitting.save(update_fields=["version"])


def locked_meeting(meeting: Meeting) -> Meeting:
    """The meeting, locked, with its sitting and case."""
    row = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    row.sitting = Sitting.objects.select_related(*WITH_PEOPLE).get(pk=row.sitting_id)
    row.case = with_its_people(Case.objects.filter(pk=row.case_id)).get()
    return row


def with_its_people(cases: QuerySet[Case]) -> QuerySet[Case]:
    """These cases with everybody who answers for them by name."""
    return cases.select_related("person", "area", "case_manager__agency", "police_officer__agency")
