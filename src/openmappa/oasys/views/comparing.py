"""A review beside what it reviews: the last answers and the new ones, and what changed in one list."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openmappa.core.instruments.oasys.comparing import differences
from openmappa.oasys.queries.comparison import both, earlier_than
from openmappa.oasys.queries.oasys import oasys_on, written
from openmappa.timeline.queries.frame import case_frame


@require_safe
def compare(request: HttpRequest, key: uuid.UUID, oasys: uuid.UUID) -> HttpResponse:
    """What changed since the OASys before, in one list; below, both, section by section."""
    frame = case_frame(request.user, key)
    found = written(oasys_on(frame.case, oasys))
    before = earlier_than(found.oasys)
    context = {"frame": frame, "oasys": found.oasys, "rules": found.rules, "before": before, "changes": ()}
    if before is not None:
        last = written(before)
        context |= {
            "changes": differences(found.rules, last.answers, found.answers),
            "sections": both(found.rules, last.answers, found.answers),
        }
    return render(request, "oasys/around/compare.html", context)
