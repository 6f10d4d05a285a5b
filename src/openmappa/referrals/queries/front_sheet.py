"""What the front sheet says of MAPPA beside the level: on what it rests and why, the category, a referral under way."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from openmappa.accounts.models import User
from openmappa.core.compartments import Compartment
from openmappa.notes.models import open_compartments
from openmappa.referrals.models.levels import CategoryConfirmation, LevelDecision
from openmappa.referrals.models.referral import Referral
from openmappa.referrals.queries.category import newest_confirmation
from openmappa.timeline.queries.frame import CaseFrame


@dataclass(frozen=True)
class MappaBeside:
    """The newest decision that stands, the newest confirmation of the category, and a referral that waits."""

    decision: LevelDecision | None
    confirmed: CategoryConfirmation | None
    waiting: Referral | None


def mappa_beside(frame: CaseFrame) -> MappaBeside:
    """What stands beside the level on the front sheet. Three queries at most."""
    rows = LevelDecision.objects.filter(case=frame.case, fact__voided_at__isnull=True)
    decision = rows.select_related("decided_by", "referral").first()
    waiting = next((row for row in referrals_of(frame) if not row.is_decided), None)
    return MappaBeside(decision, newest_confirmation(frame.case), waiting)


def referrals_of(frame: CaseFrame) -> list[Referral]:
    """The referrals of a case, newest first, for those who read its confidential part. One query."""
    if Compartment.CONFIDENTIAL not in open_compartments(frame.user, frame.case):
        return []
    rows = Referral.objects.sent().filter(case=frame.case).select_related("referred_by__agency", "agency", "decided_by")
    return list(rows.order_by("-sent_at", "-pk"))


def for_the_front_sheet(request: HttpRequest) -> dict[str, Callable[[CaseFrame], MappaBeside]]:
    """A context processor: the card asks only where it is shown."""
    return {"mappa_beside": mappa_beside} if isinstance(getattr(request, "user", None), User) else {}
