"""An agency writes its contribution to a review: kept as a draft, then sent."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.audit.services import log
from openmappa.further_offences.errors import ChangedSince, NotReviewed, NotTheirs
from openmappa.further_offences.models.review import Contribution
from openmappa.further_offences.queries.reviews import may_write
from openmappa.notices.services import tell


def save_contribution(
    *, by: User, contribution: Contribution, chronology: str, differently: str, version: int | None = None
) -> Contribution:
    """Keep what was written so far. Raises NotTheirs, NotReviewed (sent or closed), ChangedSince."""
    with transaction.atomic():
        row = _locked(by, contribution, version)
        _write(by, row, chronology, differently)
        row.save(update_fields=["chronology", "differently", "saved_by", "saved_at", "version"])
        log(by=by, verb="save contribution", case_id=row.case_id, about={"contribution": row.pk})
        return row


def send_contribution(
    *, by: User, contribution: Contribution, chronology: str, differently: str, version: int | None = None
) -> Contribution:
    """Send it; whoever asked is told, and it is not changed any more. Raises NotTheirs, NotReviewed, ChangedSince."""
    problems = {}
    if not chronology.strip():
        problems["chronology"] = "Write what your agency did and knew, day by day"
    if not differently.strip():
        problems["differently"] = "Say what your agency would do differently; if nothing, say why"
    if problems:
        raise NotReviewed(problems)
    with transaction.atomic():
        row = _locked(by, contribution, version)
        _write(by, row, chronology, differently)
        row.sent_by, row.sent_at = by, row.saved_at
        row.save(update_fields=["chronology", "differently", "saved_by", "saved_at", "version", "sent_by", "sent_at"])
        log(by=by, verb="send contribution", case_id=row.case_id, about={"contribution": row.pk})
        words = f"{row.agency.name} has sent its contribution to the review of a serious further offence."
        tell(people=[row.asked_by], kind="further_offence", words=words, link=reverse("further_offences:desk"))
        return row


def _locked(by: User, contribution: Contribution, version: int | None) -> Contribution:
    rows = Contribution.objects.select_for_update(of=("self",)).select_related("agency", "asked_by")
    row = rows.filter(pk=contribution.pk).first()
    if row is None or not may_write(by, row):
        raise NotTheirs("This contribution is another agency’s, or somebody else was asked.")
    if row.closed_at is not None:
        raise NotReviewed({"": "The review was concluded meanwhile. Nothing was saved: ring whoever asked for it."})
    if row.sent_at is not None:
        raise NotReviewed({"": "This contribution was sent meanwhile. Nothing was saved."})
    if version is not None and version != row.version:
        raise ChangedSince
    return row


def _write(by: User, row: Contribution, chronology: str, differently: str) -> None:
    row.chronology, row.differently = (text.replace("\r\n", "\n").strip() for text in (chronology, differently))
    row.saved_by, row.saved_at = by, timezone.now()
    row.version += 1
