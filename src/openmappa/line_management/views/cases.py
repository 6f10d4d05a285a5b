"""The pages on a case: why a start was late, management reviews and their actions."""

import uuid
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.core.compartments import Compartment
from openmappa.core.standards.reasons import reason as because
from openmappa.line_management.errors import NotKept, NotTheirs
from openmappa.line_management.forms import DoneForm, LatenessForm, ReviewForm, day_in_words, refuse
from openmappa.line_management.queries.reviews import action_of, owners_for, reviews_of
from openmappa.line_management.queries.rules import rules
from openmappa.line_management.queries.starts import is_late, reason_for, start_of
from openmappa.line_management.queries.whose import answers_for, may_complete, may_explain
from openmappa.line_management.services import complete_action, explain_lateness, review_case
from openmappa.notes.models import open_compartments
from openmappa.timeline.errors import ChangedMeanwhile
from openmappa.timeline.forms.saving import conflict_of, seen_version
from openmappa.timeline.queries.frame import case_frame
from openmappa.timeline.queries.standards import standard_of
from openmappa.ui.forms import Form

SAVED = {"review": "The management review was recorded", "done": "The action is done"}


@require_safe
def reviews(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The management reviews of a case, newest first, with their actions."""
    frame = case_frame(request.user, key)
    shown = {
        "frame": frame,
        "reviews": reviews_of(frame.user, frame.case),
        "rule": rules().review,
        "saved": SAVED.get(request.GET.get("saved", "")),
        "may_review": frame.user.may(Permission.OVERSEE_WORK) and answers_for(frame.user, frame.case),
    }
    return render(request, "line_management/reviews.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Record a management review."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.OVERSEE_WORK)
    if not answers_for(frame.user, frame.case):
        raise NotTheirs("Only a line manager of a unit that is responsible for this case reviews it.")
    form = ReviewForm(
        request.POST if request.method == "POST" else None,
        harm=frame.standing.harm_level,
        owners=owners_for(frame.user, frame.case),
        version=frame.case.version,
    )

    def write() -> object:
        return review_case(
            by=frame.user,
            case=frame.case,
            answers=form.answers(),
            actions=form.actions(),
            version=seen_version(form),
            submission=form.submission_key,
        )

    conflict = None
    try:
        if _written(form, write):
            return redirect(reverse("line_management:reviews", kwargs={"key": key}) + "?saved=review")
    except ChangedMeanwhile as changed:
        conflict = conflict_of(changed)
    shown = {"frame": frame, "form": form, "conflict": conflict, "rule": rules().review}
    return render(request, "line_management/review.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: HttpRequest, key: uuid.UUID, pk: int) -> HttpResponse:
    """Say that an action of a management review is done."""
    frame = case_frame(request.user, key)
    if Compartment.CONFIDENTIAL not in open_compartments(frame.user, frame.case):
        raise NotTheirs(
            "Actions of management reviews are third-party and confidential, and you do not read that part."
        )
    action = action_of(frame.case, pk)
    if action is None:
        raise Http404("No such action on this case")
    if not may_complete(frame.user, action):
        raise NotTheirs("Whoever was given this action completes it, or a line manager of the case.")
    form = DoneForm(request.POST if request.method == "POST" else None)
    if _written(form, lambda: complete_action(by=frame.user, action=action, **form.cleaned_data)):
        return redirect(reverse("line_management:reviews", kwargs={"key": key}) + "?saved=done")
    return render(request, "line_management/complete.html", {"frame": frame, "form": form, "action": action})


@require_http_methods(["GET", "HEAD", "POST"])
def explain(request: HttpRequest, key: uuid.UUID, standard: str, opened_on: str, because_fact: int) -> HttpResponse:
    """Say why a start came late, or correct what was said."""
    frame = case_frame(request.user, key)
    day = day_in_words(opened_on)
    duty = start_of(frame.case, standard, day, because_fact) if day else None
    if duty is None or not is_late(duty, frame.today):
        raise Http404("No start on this case that is late is named like this")
    if not may_explain(frame.user, duty.of, frame.case):
        raise NotTheirs("Whoever is responsible for this says why it was late, or their line manager.")
    known = reason_for(duty)
    form = LatenessForm(request.POST if request.method == "POST" else None, known=known)
    if _written(form, lambda: explain_lateness(by=frame.user, duty=duty, **form.cleaned_data)):
        return redirect(f"{reverse('timeline:duties', kwargs={'key': key})}#duty-{standard}-{opened_on}")
    rule = standard_of(duty)
    shown = {"frame": frame, "form": form, "duty": duty, "known": known, "title": rule.title}
    ended_on = duty.met_on or duty.closed_on or timezone.localdate()
    words = {"because": because(duty, rule), "days": (ended_on - duty.due_on).days}
    return render(request, "line_management/explain.html", {**shown, **words})


def _written(form: Form, write: Callable[[], object]) -> bool:
    """Whether the form was sent and its service wrote; what the service refuses goes back to the form."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        write()
    except NotKept as refused:
        refuse(form, refused.problems)
        return False
    return True
