"""What the front sheet says of a serious further offence: that its review is open."""

from collections.abc import Callable

from django.http import HttpRequest

from openmappa.accounts.models import User
from openmappa.further_offences.models.review import FurtherOffenceReview
from openmappa.further_offences.queries.reviews import STAFF
from openmappa.timeline.queries.frame import CaseFrame


def under_review(frame: CaseFrame) -> FurtherOffenceReview | None:
    """The first review of this case that is open, for the staff of the case. One query."""
    if frame.user.role not in STAFF:
        return None
    return FurtherOffenceReview.objects.filter(case=frame.case, concluded_at__isnull=True).order_by("id").first()


def for_the_front_sheet(request: HttpRequest) -> dict[str, Callable[[CaseFrame], FurtherOffenceReview | None]]:
    """A context processor: the front sheet asks only where it is shown."""
    return {"further_offence_under_review": under_review} if isinstance(getattr(request, "user", None), User) else {}
