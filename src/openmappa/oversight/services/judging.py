"""Judging unusual reading: somebody else than the reader says, in words, whether the work explains it."""

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.notices.services import tell
from openmappa.oversight.errors import AlreadyJudged, NotForReview
from openmappa.oversight.models import UnusualReading
from openmappa.oversight.services.limits import KIND
from openmappa.ui.formats import instant

LIFTED = "Your access to cases is open again: {name} found that your work explains what you read."
KEPT = "{name} has looked at what you read and is following it up. Your access to cases stays stopped until {until}."


def judge_unusual_reading(*, by: User, row: UnusualReading, finding: str, judgement: str) -> UnusualReading:
    """Judge unusual reading of somebody else. A stop that is explained ends at once, and counting starts again.

    Raises NotForReview or AlreadyJudged.
    """
    require(by, Permission.REVIEW_UNUSUAL_READING)
    with transaction.atomic():
        if not UnusualReading.objects.for_review_by(by).filter(pk=row.pk).exists():
            raise NotForReview
        held = UnusualReading.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if held.judged_at is not None:
            raise AlreadyJudged
        held.finding, held.judgement = finding, judgement
        held.judged_by, held.judged_at = by, timezone.now()
        held.save(update_fields=["finding", "judgement", "judged_by", "judged_at"])
        log(by=by, verb="judge unusual reading", about={"unusual_reading": held.pk, "finding": finding})
        if held.stopped_until and held.stopped_until > held.judged_at:
            lifted = finding == UnusualReading.Finding.EXPLAINED
            words = (LIFTED if lifted else KEPT).format(
                name=by.full_name, until=instant(timezone.localtime(held.stopped_until))
            )
            tell(people=[held.person], kind=KIND, words=words)
        return held
