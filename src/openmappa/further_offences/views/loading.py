"""What pages of a review begin and end with: the case, the review, and a form whose service may refuse."""

import uuid
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.further_offences.errors import NotTheirs
from openmappa.further_offences.models.review import FurtherOffenceReview
from openmappa.further_offences.queries.reviews import may_read, review_of
from openmappa.timeline.queries.frame import CaseFrame, case_frame

NOT_READ = "Until it is concluded, line managers and MAPPA coordinators read this review."


class OnReview(NamedTuple):
    """A review, and the case around it as this person sees it."""

    frame: CaseFrame
    review: FurtherOffenceReview


def to_review(request: HttpRequest, key: uuid.UUID) -> CaseFrame:
    """The case, for somebody who reviews. Raises Http404, NotAllowed."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.REVIEW_FURTHER_OFFENCE)
    return frame


def to_write(request: HttpRequest, key: uuid.UUID, review: uuid.UUID) -> OnReview:
    """The review, for somebody who reviews. Raises Http404, NotAllowed."""
    frame = to_review(request, key)
    return OnReview(frame, review_of(frame.case, review))


def to_read(request: HttpRequest, key: uuid.UUID, review: uuid.UUID) -> OnReview:
    """The review, for somebody who may read it now. Raises Http404, NotAllowed, NotTheirs."""
    frame = case_frame(request.user, key)
    if not frame.user.may(Permission.REVIEW_FURTHER_OFFENCE):
        found = FurtherOffenceReview.objects.filter(case=frame.case, key=review).first()
        if found is None or not may_read(frame.user, found):
            raise NotTheirs(NOT_READ)
    return OnReview(frame, review_of(frame.case, review))


def back_to(on: OnReview, saved: str) -> HttpResponse:
    """To the page of the review, which says what was saved."""
    address = reverse("further_offences:show", kwargs={"key": on.frame.key, "review": on.review.key})
    return redirect(f"{address}?saved={saved}")
