"""A draft list for a day of meetings: the cases whose review is due and that no coming sitting has on its list."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from openmappa.accounts.models import Area, User
from openmappa.cases.models import Case
from openmappa.coordination.queries.cases import cases_to_show
from openmappa.coordination.queries.desk import reviews
from openmappa.coordination.queries.figures import rules
from openmappa.core.mappa.day_list import Due, draft_list
from openmappa.meetings.models.sitting import Meeting, Sitting

LOOKED_AT = 200
"""How many of the reviews that are longest due are looked at: many more than a day holds."""


@dataclass(frozen=True)
class ReviewDue:
    """A case whose review is due, and since when it has been: the last meeting, or the day its level was set."""

    case: Case
    due_on: date
    because_on: date


def proposed(user: User, area: Area, level: int, today: date) -> Sequence[ReviewDue]:
    """The draft list of one level, the most pressing first. Two queries."""
    last = today + timedelta(weeks=rules().desk.weeks_ahead)
    coming = Meeting.objects.filter(
        case=OuterRef("case"),
        taken_off_at__isnull=True,
        closed_at__isnull=True,
        sitting__cancelled_at__isnull=True,
        sitting__ends_at__gte=timezone.now(),
    )
    rows = reviews(user, area, last=last).filter(~Exists(coming), case__standing__mappa_level=level)
    found = {
        case: (due_on, because_on, harm)
        for case, due_on, because_on, harm in rows.values_list(
            "case_id", "due_on", "because_on", "case__standing__harm_level"
        )[:LOOKED_AT]
    }
    listed = draft_list((Due(pk, row[0], row[2]) for pk, row in found.items()), rules().desk.cases_a_day)
    cases = cases_to_show(user, [each.case for each in listed]) if listed else {}
    return [ReviewDue(cases[each.case], each.due_on, found[each.case][1]) for each in listed if each.case in cases]


def usual_place(area: Area) -> tuple[str, str]:
    """Place and link of the area's last sitting that was called: where the next is likely to be. One query."""
    rows = Sitting.objects.filter(area=area, cancelled_at__isnull=True).order_by("-starts_at", "-id")
    return rows.values_list("place", "link").first() or ("", "")


def called_by(submission: uuid.UUID | None) -> Sitting | None:
    """The sitting that this very form called when it was sent before. One query."""
    return Sitting.objects.filter(submission=submission).first() if submission is not None else None
