"""Setting a target for a standard in an area, from a day on. What stood before stays on the record."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import Area, User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.board.errors import NotKept
from openmappa.board.models.targets import Target
from openmappa.board.queries.rows import standards
from openmappa.board.queries.targets import chief_ranks_in_words, sets_targets
from openmappa.core.access import Permission
from openmappa.core.inspection.targets import Aim


def set_target(*, by: User, area: Area, standard: str, aim: Aim | None, from_on: date, reason: str) -> Target:
    """Say what is to be reached from a day on; ``aim`` None: from that day there is no target.

    Raises NotAllowed (the role), PermissionDenied (rank, another area), NotKept (no such standard, no reason, nothing
    to end).
    """
    require(by, Permission.SET_TARGET)
    if not sets_targets(by, area):
        raise PermissionDenied(
            f"Targets of {area.name} are set by its MAPPA coordinator or one of its chief officers: "
            f"a line manager of the rank {chief_ranks_in_words()}."
        )
    if standard not in standards():
        raise NotKept({"standard": "Choose one of the standards"})
    if not reason.strip():
        raise NotKept({"reason": "Say why: who decided it, and what it rests on"})
    with transaction.atomic():
        if aim is None and not _stands(area, standard, from_on):
            raise NotKept({"percent": "There is no target on that day that could end. Enter a percentage"})
        row = Target.objects.create(
            area=area,
            standard=standard,
            percent=aim.percent if aim else None,
            near_from=aim.near_from if aim else None,
            from_on=from_on,
            reason=reason.strip(),
            set_by=by,
            set_at=timezone.now(),
        )
        about = {"area": area.code, "standard": standard, "percent": row.percent, "near_from": row.near_from}
        log(by=by, verb="set target", about={**about, "target": row.pk, "from": from_on.isoformat()})
        return row


def _stands(area: Area, standard: str, on: date) -> bool:
    row = Target.objects.filter(area=area, standard=standard).in_force_on(on).first()
    return row is not None and row.percent is not None
