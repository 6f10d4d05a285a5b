"""What pages of a meeting and of minutes begin with: the case as this person sees it, the meeting, the minutes."""

import uuid
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.meetings.models.sitting import Meeting
from openmappa.minutes.models.minutes import Minutes
from openmappa.minutes.queries.minutes import minutes_on
from openmappa.timeline.queries.frame import CaseFrame, case_frame


class OnMeeting(NamedTuple):
    """A meeting on a case, and the case around it as this person sees it."""

    frame: CaseFrame
    meeting: Meeting


class OnMinutes(NamedTuple):
    """One version of minutes, and the case around it as this person sees it."""

    frame: CaseFrame
    minutes: Minutes


def on_meeting(
    user: User | AnonymousUser, key: uuid.UUID, meeting: uuid.UUID, needs: Permission = Permission.TAKE_MINUTES
) -> OnMeeting:
    """The meeting for somebody who has this permission. Raises Http404 (also once they lost the case), NotAllowed."""
    frame = case_frame(user, key)
    require(frame.user, needs)
    people = ("sitting__area", "sitting__chair__agency")
    row = Meeting.objects.filter(case=frame.case, key=meeting, taken_off_at__isnull=True)
    found = row.select_related(*people).first()
    if found is None:
        raise Http404("No such meeting")
    found.case = frame.case
    return OnMeeting(frame, found)


def on_minutes(
    user: User | AnonymousUser, key: uuid.UUID, minutes: uuid.UUID, needs: Permission = Permission.READ_RECORD
) -> OnMinutes:
    """The minutes for somebody who has this permission. Raises Http404, NotAllowed."""
    frame = case_frame(user, key)
    require(frame.user, needs)
    found = minutes_on(frame.case, minutes)
    if found is None:
        raise Http404("No such minutes")
    found.case = frame.case
    return OnMinutes(frame, found)
