"""Reading what agencies wrote for a meeting: each reader what is open to them."""

from openmappa.accounts.models import User
from openmappa.cases.models import held, reach_of
from openmappa.core.access import Role
from openmappa.core.compartments import Compartment
from openmappa.meetings.models.contribution import PLACES, Contribution
from openmappa.meetings.models.sitting import Meeting


def contributions(meeting: Meeting, reader: User) -> list[Contribution]:
    """What was sent for a meeting and not withdrawn, as far as the reader may read it, by agency. One query.

    Somebody of a partner agency reads what their own agency sent, and nothing else.
    """
    rows = Contribution.objects.filter(meeting=meeting, sent_at__isnull=False, withdrawn_at__isnull=True)
    if reader.role == Role.PARTNER_MEMBER:
        rows = rows.filter(agency_id=reader.agency_id)
    else:
        rows = rows.filter(compartment__in=[each.value for each in open_places(meeting, reader)])
    return list(rows.select_related("agency", "written_by", "meeting").order_by("agency__name", "sent_at", "id"))


def open_places(meeting: Meeting, reader: User) -> tuple[Compartment, ...]:
    """The compartments of a meeting's case that are open to a reader."""
    reach, case = reach_of(reader), held(meeting.case)
    return tuple(each for each in PLACES if reach.opens(case, each))


def own_contributions(meeting: Meeting, writer: User) -> list[Contribution]:
    """What somebody wrote for a meeting: the draft first, then what they sent, the newest first. One query."""
    rows = Contribution.objects.filter(meeting=meeting, written_by=writer).select_related("meeting", "agency")
    return sorted(rows, key=lambda row: (not row.is_draft, -row.started_at.timestamp()))
