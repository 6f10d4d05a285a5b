"""Referrals that wait for a decision, by area."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from openmappa.accounts.models import Area
from openmappa.core.mappa.screening import Pause
from openmappa.referrals.models.referral import MoreAsked, Referral


def waiting_referrals(area: Area) -> QuerySet[Referral]:
    """The referrals of an area that were sent and not decided, the most urgent first; ``waits``: more was asked.

    Row-level security leaves those that the reader may see.
    """
    asked = MoreAsked.objects.filter(referral=OuterRef("pk"), answered_at__isnull=True)
    return (
        Referral.objects.waiting()
        .filter(area=area)
        .select_related("case__person", "referred_by", "agency", "area")
        .annotate(waits=Exists(asked))
        .order_by("due_on", "pk")
    )


def pauses_of(referral: Referral) -> list[Pause]:
    """When more was asked of the referrer, and answered. One query."""
    return [
        Pause(timezone.localdate(one.asked_at), timezone.localdate(one.answered_at) if one.answered_at else None)
        for one in referral.asked.all()
    ]
