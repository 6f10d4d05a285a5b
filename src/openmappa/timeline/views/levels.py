"""Levels over time: a chart, a table, and how both looked on a day of the past."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openmappa.core.levels import described
from openmappa.core.levels_chart import levels_chart
from openmappa.timeline.forms.changes_told import KnownOnForm
from openmappa.timeline.queries.frame import case_frame
from openmappa.timeline.queries.levels import levels_of

WIDE, NARROW = 760, 310


@require_safe
def levels(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Every change of the three levels, with incidents, custody and who knew when; as known today, or on a day."""
    frame = case_frame(request.user, key)
    asked = "known_on-day" in request.GET
    form = KnownOnForm(request.GET if asked else None)
    known_on = form.cleaned_data["known_on"] if asked and form.is_valid() else None
    found = levels_of(frame.case, today=frame.today, known_on=known_on)
    context = {
        "frame": frame,
        "form": form,
        "known_on": known_on,
        "rows": found.rows,
        "charts": [levels_chart(found.levels, width=width) for width in (WIDE, NARROW)],
        "described": described(found.levels),
    }
    return render(request, "timeline/levels.html", context)
