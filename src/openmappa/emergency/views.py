"""The pages of emergency access: asking for it, giving it back, the queue of those who review it, and judging one."""

import uuid

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.looks import reads_log, shows
from openmappa.core.access import Permission
from openmappa.emergency.errors import NotOpened, NotReviewed, TooManyMisses
from openmappa.emergency.forms import ActNow, Judge
from openmappa.emergency.models import Outcome
from openmappa.emergency.queries import (
    line_managers_of,
    looked_at,
    open_access,
    own_access,
    review_queue,
    to_end,
    to_review,
)
from openmappa.emergency.services import end_emergency_access, judge, open_in_emergency
from openmappa.timeline.queries.frame import case_frame


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest) -> HttpResponse:
    """Ask for emergency access. What was typed comes by POST and goes into no address, no session and no log."""
    assert isinstance(request.user, User)
    require(request.user, Permission.BREAK_GLASS)
    form = ActNow(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            opened = open_in_emergency(by=request.user, **form.details())
            return redirect("timeline:front_sheet", key=opened.case.key)
        except TooManyMisses as refused:
            return _too_many(request, request.user, refused)
        except NotOpened as refused:
            form.refuse(form.at_fault, str(refused))
    shown = {"form": form, "own": own_access(request.user), "ended": "ended" in request.GET}
    return render(request, "emergency/act.html", {**shown, "hours": settings.OPENMAPPA_BREAK_GLASS_HOURS})


def _too_many(request: HttpRequest, user: User, refused: TooManyMisses) -> HttpResponse:
    shown = {"refused": refused, "managers": line_managers_of(user)}
    return render(request, "emergency/too_many.html", shown, status=429)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End emergency access now: one's own, or one that one may review. Any other is not there."""
    assert isinstance(request.user, User)
    access = to_end(request.user, pk)
    if access is None:
        raise Http404("No such emergency access")
    end_emergency_access(by=request.user, access=access)
    if access.is_own(request.user):
        return redirect(f"{reverse('emergency:act')}?ended=yes")
    return redirect(f"{reverse('emergency:review', kwargs={'pk': pk})}?ended=yes")


@require_POST
def end_here(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Give a case back from one of its own pages: "I no longer need it"."""
    frame = case_frame(request.user, key)
    access = open_access(frame.user, frame.case)
    if access is None:
        return redirect("timeline:front_sheet", key=key)
    end_emergency_access(by=frame.user, access=access)
    return redirect(f"{reverse('emergency:act')}?ended=yes")


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for the reader's judgement, the oldest first, and what was judged last."""
    assert isinstance(request.user, User)
    require(request.user, Permission.REVIEW_BREAK_GLASS)
    waiting, judged = review_queue(request.user)
    shows(request, [access.case_id for access in [*waiting, *judged]])
    shown = {"waiting": waiting, "judged": judged, "saved": "saved" in request.GET}
    return render(request, "emergency/queue.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Who opened the case, why, what they looked at; and, once, whether it was justified."""
    assert isinstance(request.user, User)
    require(request.user, Permission.REVIEW_BREAK_GLASS)
    access = to_review(request.user, pk)
    if access is None:
        raise Http404("No such emergency access")
    reads_log(request, of_case=access.case_id, of_person=access.by_id)
    form = Judge(request.POST if request.method == "POST" else None)
    if form.is_valid():
        outcome = Outcome(form.cleaned_data["outcome"])
        try:
            judge(by=request.user, access=access, outcome=outcome, words=form.cleaned_data["words"])
            return redirect(f"{reverse('emergency:review', kwargs={'pk': pk})}?saved=yes")
        except NotReviewed as refused:
            form.refuse(None, str(refused))
    shown = {"access": access, "form": form, "events": looked_at(access), "ended": "ended" in request.GET}
    return render(request, "emergency/review.html", {**shown, "saved": "saved" in request.GET})
