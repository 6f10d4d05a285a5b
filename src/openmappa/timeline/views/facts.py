"""One fact: what it changed, and saying that it was a mistake."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.timeline.errors import AlreadyVoided
from openmappa.timeline.forms.saving import saved
from openmappa.timeline.forms.void import VoidForm
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.effects import effect_of, effect_of_voiding
from openmappa.timeline.queries.entries import entry
from openmappa.timeline.queries.facts import fact_of
from openmappa.timeline.queries.frame import CaseFrame, case_frame
from openmappa.timeline.services import Recording, void_fact
from openmappa.timeline.views.recording import to_what_it_changed


@require_safe
def recorded(request: HttpRequest, key: uuid.UUID, pk: int) -> HttpResponse:
    """What a fact changed, or what voiding it changed."""
    frame = case_frame(request.user, key)
    fact = _fact(frame, pk)
    shown = {
        "frame": frame,
        "entry": entry(fact, frame.user),
        "effect": effect_of(fact),
        "saved": "saved" in request.GET,
    }
    return render(request, "timeline/recorded.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def void(request: HttpRequest, key: uuid.UUID, pk: int) -> HttpResponse:
    """Ask why a fact is a mistake, with what voiding it will change, and void it."""
    frame = case_frame(request.user, key)
    fact = _fact(frame, pk)
    require(frame.user, Permission.VOID_OWN_FACT if fact.recorded_by_id == frame.user.pk else Permission.VOID_ANY_FACT)
    if fact.is_voided:
        return to_what_it_changed(key, pk)
    form = VoidForm(request.POST if request.method == "POST" else None, initial={"version": frame.case.version})

    def write(version: int, submission: uuid.UUID) -> Recording:
        return Recording(void_fact(by=frame.user, fact=fact, reason=form.cleaned_data["reason"], version=version))

    try:
        outcome = saved(form, write)
    except AlreadyVoided:
        return to_what_it_changed(key, pk)
    if outcome.recording:
        return to_what_it_changed(key, pk)
    shown = {"frame": frame, "form": form, "entry": entry(fact, frame.user), "effect": effect_of_voiding(fact)}
    return render(request, "timeline/void.html", {**shown, "conflict": outcome.conflict})


def _fact(frame: CaseFrame, pk: int) -> Fact:
    """The fact, if it is on this case."""
    fact = fact_of(frame.case, pk)
    if fact is None:
        raise Http404("No such fact on this case")
    fact.case = frame.case
    return fact
