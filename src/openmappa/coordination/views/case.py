"""MAPPA on one case."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openmappa.coordination.queries.around import around
from openmappa.coordination.queries.tracking import tracking_of
from openmappa.timeline.queries.frame import case_frame


@require_safe
def case(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Where the case stands under MAPPA, and whether what its meetings agreed is being done."""
    frame = case_frame(request.user, key)
    tracking = tracking_of(frame)
    context = {
        "frame": frame,
        "tracking": tracking,
        "around": around(frame),
        "not_done": tracking.not_done(frame.today),
    }
    return render(request, "coordination/case.html", context)
