"""What pages of meetings begin with: the sitting or the meeting, and who is asking."""

import uuid
from collections.abc import Callable
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, QueryDict

from openmappa.accounts.asking import whoever_asks
from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.meetings.errors import Clashes, NotCalled, SittingChanged
from openmappa.meetings.forms.sittings import Clashing
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.models.sitting import Meeting, Sitting
from openmappa.meetings.queries.sittings import meeting_with, sitting_with
from openmappa.timeline.queries.frame import CaseFrame, case_frame
from openmappa.ui.forms import Form


class OnMeeting(NamedTuple):
    """The meeting on a case, and the case around it as this person sees it."""

    frame: CaseFrame
    meeting: Meeting

    @property
    def may_call(self) -> bool:
        """Whether this person may invite and change the list."""
        return self.frame.user.may(Permission.CALL_MEETING)


def sitting_of(request: HttpRequest, key: uuid.UUID, needs: Permission) -> tuple[User, Sitting]:
    """A sitting of one's own area, or one that one chairs, minutes or called. Raises Http404, NotAllowed."""
    user = whoever_asks(request, needs)
    found = sitting_with(key)
    if found is None or not (
        found.area_id == user.area_id or user.pk in (found.chair_id, found.minute_taker_id, found.called_by_id)
    ):
        raise Http404("No such sitting")
    return user, found


def on_meeting(user: User | AnonymousUser, key: uuid.UUID, meeting: uuid.UUID) -> OnMeeting:
    """The meeting on a case for somebody who reads the record of the case. Raises Http404, NotAllowed."""
    frame = case_frame(user, key)
    return OnMeeting(frame, _of_the_case(frame, meeting))


def to_call(user: User | AnonymousUser, key: uuid.UUID, meeting: uuid.UUID) -> OnMeeting:
    """The meeting on a case for somebody who may call meetings. Raises Http404, NotAllowed."""
    here = on_meeting(user, key, meeting)
    require(here.frame.user, Permission.CALL_MEETING)
    return here


def invited(user: User | AnonymousUser, key: uuid.UUID, meeting: uuid.UUID) -> tuple[OnMeeting, Invitee]:
    """The meeting on a case for somebody who is invited to it, whether or not they read the record. Raises Http404."""
    frame = case_frame(user, key, Permission.CONTRIBUTE_TO_MEETING)
    here = OnMeeting(frame, _of_the_case(frame, meeting))
    rows = Invitee.objects.filter(meeting=here.meeting, person=frame.user, withdrawn_at__isnull=True)
    row = rows.select_related("agency").first()
    if row is None:
        raise Http404("Not invited to this meeting")
    row.meeting = here.meeting
    return here, row


def invitee_of(here: OnMeeting, key: uuid.UUID) -> Invitee:
    """One invitation of a meeting. Raises Http404."""
    row = Invitee.objects.filter(meeting=here.meeting, key=key).select_related("agency", "person").first()
    if row is None:
        raise Http404("No such invitation")
    row.meeting = here.meeting
    return row


def done(form: Form, service: Callable[[], object]) -> bool:
    """Call the service when the form is valid; what it refuses stands at the top of the form, with nothing lost."""
    if not form.is_valid():
        return False
    try:
        service()
    except Clashes as found:
        if isinstance(form, Clashing):
            form.clashes = found.sentences
        form.refuse(None, "Something stands in the way. Change it, or tick “Go ahead all the same”")
        return False
    except SittingChanged as changed:
        again = QueryDict(mutable=True)
        again.update(form.data)
        again["version"] = str(changed.version)
        form.data = again
        form.refuse(None, str(changed))
        return False
    except NotCalled as refused:
        form.refuse(None, str(refused))
        return False
    return True


def _of_the_case(frame: CaseFrame, key: uuid.UUID) -> Meeting:
    found = meeting_with(frame.user, key)
    if found is None or found.case_id != frame.case.pk:
        raise Http404("No such meeting on this case")
    return found
