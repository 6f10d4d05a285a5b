"""Unusual reading: what waits to be judged, and judging one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.core.access import Permission, Role
from openmappa.core.reading_limits import Measure, limit_of
from openmappa.oversight.errors import AlreadyJudged
from openmappa.oversight.forms import Judge
from openmappa.oversight.models import UnusualReading
from openmappa.oversight.services.judging import judge_unusual_reading

JUDGED_SHOWN = 25


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What waits for the reader's judgement, stops first, and what was judged last."""
    assert isinstance(request.user, User)
    require(request.user, Permission.REVIEW_UNUSUAL_READING)
    rows = UnusualReading.objects.for_review_by(request.user).select_related("person__unit", "judged_by")
    now = timezone.now()
    waiting = sorted(rows.waiting(), key=lambda row: not (row.stopped_until and row.stopped_until > now))
    judged = rows.filter(judged_at__isnull=False).order_by("-judged_at")[:JUDGED_SHOWN]
    shown = {"waiting": waiting, "judged": judged, "moment": now, "saved": "saved" in request.GET}
    return render(request, "oversight/unusual.html", {**shown, "labels": {each.value: each.label for each in Measure}})


@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Judge one: by somebody else than the reader, with words. One's own is not there."""
    assert isinstance(request.user, User)
    require(request.user, Permission.REVIEW_UNUSUAL_READING)
    row = get_object_or_404(
        UnusualReading.objects.for_review_by(request.user).select_related("person__unit", "judged_by"), pk=pk
    )
    form = Judge(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            judge_unusual_reading(by=request.user, row=row, **form.cleaned_data)
            return redirect(f"{reverse('oversight:unusual')}?saved=yes")
        except AlreadyJudged as refused:
            form.refuse(None, str(refused))
    shown = {"row": row, "form": form, "label": Measure(row.measure).label, "moment": timezone.now()}
    limit = limit_of(Role(row.person.role), Measure(row.measure))
    return render(request, "oversight/judge.html", {**shown, "reason": limit.reason if limit else ""})
