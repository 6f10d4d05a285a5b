"""What every write of the board's begins with."""

import uuid

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.board.errors import AnotherArea, ChangedSince, NotKept
from openmappa.board.models.meetings import BoardMeeting
from openmappa.core.access import Permission


def require_to_keep(by: User, area_id: int) -> None:
    """Raise NotAllowed unless the person keeps a board, AnotherArea unless it is this one."""
    require(by, Permission.KEEP_BOARD)
    if by.area_id != area_id:
        raise AnotherArea


def refuse_what_has_changed(seen: int | None, version: int) -> None:
    """Raise ChangedSince where somebody else saved the row since this person saw it. None: nothing was seen."""
    if seen is not None and seen != version:
        raise ChangedSince


def open_meeting(meeting: BoardMeeting) -> BoardMeeting:
    """The meeting, locked. Raises NotKept where nothing can be written on it any more."""
    row = BoardMeeting.objects.select_for_update(of=("self",)).select_related("area").get(pk=meeting.pk)
    if row.closed_at is not None:
        raise NotKept({"": "This meeting is closed. What has to be put right is noted at the next one."})
    if row.cancelled_at is not None:
        raise NotKept({"": "This meeting was called off."})
    return row


Submission = uuid.UUID | None
"""The token of the form that something was sent with, so that a second press writes nothing twice."""
