"""Screening: what waits, one referral, which case it is, what is missing, who screens, each view, the decision."""

import uuid
from collections.abc import Callable
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.asking import whoever_asks
from openmappa.accounts.services import require
from openmappa.audit.looks import searched, shows
from openmappa.cases.errors import NotGiven
from openmappa.cases.queries import found
from openmappa.core.access import Permission
from openmappa.core.compartments import FieldClass
from openmappa.referrals.errors import NotDecided
from openmappa.referrals.forms.screening import DecideForm, LookForm, MatchForm, MoreForm, ScreenersForm, ViewForm
from openmappa.referrals.queries.category import category_of
from openmappa.referrals.queries.referrals import (
    Screening,
    lately_decided,
    people_for,
    screening,
    to_screen,
    way_to_call,
)
from openmappa.referrals.queries.rules import referral_rules
from openmappa.referrals.services.screening import (
    ask_for_more,
    ask_to_screen,
    decide_referral,
    give_view,
    match_referral,
)
from openmappa.timeline.errors import NotRecorded
from openmappa.ui.forms import Form

SHOWN_FOR = timedelta(days=28)
MOST = 200
DONE = {
    "matched": "The referral is matched to the case",
    "asked": "The referrer was asked. The clock stands until they answer",
    "screeners": "They were asked, and told of it",
    "view": "Your view was recorded",
    "decided": "The decision was recorded, and the referrer was told",
}


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for the reader to screen, and what was decided lately."""
    user = whoever_asks(request)
    require(user, Permission.SCREEN_REFERRAL)
    today = timezone.localdate()
    waiting = list(to_screen(user)[:MOST])
    decided = list(lately_decided(user, today - SHOWN_FOR)[:MOST])
    shows(request, [row.case_id for row in [*waiting, *decided] if row.case_id])
    context = {"waiting": waiting, "decided": decided, "today": today, "rules": referral_rules(), "user": user}
    return render(request, "referrals/queue.html", context)


@require_safe
def screen(request: HttpRequest, referral: uuid.UUID) -> HttpResponse:
    """One referral whole: what was said, the clock, who screens, what they think, what it came to."""
    seen = _seen(request, referral)
    context = {
        "seen": seen,
        "done": DONE.get(request.GET.get("done", "")),
        "rules": referral_rules(),
        "call": way_to_call(seen.referral),
        "today": timezone.localdate(),
    }
    return render(request, "referrals/screen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def match(request: HttpRequest, referral: uuid.UUID) -> HttpResponse:
    """Find the case that a typed-in referral is about. What is looked for comes by POST and goes into no address."""
    seen = _coordinated(request, referral)
    looking = "text" in request.POST
    text = request.POST.get("text") or request.POST.get("looked_for") or seen.referral.name
    results = found(whoever_asks(request), text)
    searched(request, text)
    shows(request, [each.case.pk for each in results.matches])
    sent = request.POST if request.method == "POST" and not looking else None
    form = MatchForm(sent, cases=[each.case for each in results.matches])
    if _done(form, lambda: match_referral(by=whoever_asks(request), referral=seen.referral, case=form.chosen)):
        return _back(referral, "matched")
    context = {"seen": seen, "form": form, "look": LookForm(initial={"text": text}), "results": results, "text": text}
    return render(request, "referrals/match.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def more(request: HttpRequest, referral: uuid.UUID) -> HttpResponse:
    """Send a referral back with what is missing."""
    seen = _coordinated(request, referral)
    form = MoreForm(request.POST if request.method == "POST" else None)
    if _done(
        form, lambda: ask_for_more(by=whoever_asks(request), referral=seen.referral, words=form.cleaned_data["words"])
    ):
        return _back(referral, "asked")
    return render(request, "referrals/more.html", {"seen": seen, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def screeners(request: HttpRequest, referral: uuid.UUID) -> HttpResponse:
    """Ask people to screen a referral."""
    seen, user = _coordinated(request, referral), whoever_asks(request)
    open_seats = [each.seat for each in seen.seats if each.screener is None or each.screener.given_at is None]
    seats = {seat: people_for(seen.referral, seat, user) for seat in open_seats}
    taken = {each.seat.id: str(each.screener.person_id) for each in seen.seats if each.screener}
    form = ScreenersForm(request.POST if request.method == "POST" else None, seats=seats, initial=taken)

    def ask() -> None:
        for seat, person in form.chosen.items():
            ask_to_screen(by=user, referral=seen.referral, seat=seat, person=person)

    if _done(form, ask):
        return _back(referral, "screeners")
    return render(request, "referrals/screeners.html", {"seen": seen, "form": form, "seats": seats})


@require_http_methods(["GET", "HEAD", "POST"])
def view(request: HttpRequest, referral: uuid.UUID) -> HttpResponse:
    """Say what one thinks, in one's seat."""
    seen, user = _seen(request, referral), whoever_asks(request, Permission.SCREEN_REFERRAL)
    mine = seen.mine
    if mine is None:
        raise Http404("Nobody asked this person")
    form = ViewForm(request.POST if request.method == "POST" else None)
    if _done(
        form,
        lambda: give_view(by=user, screener=mine, view=form.chosen, reasons=form.cleaned_data["reasons"]),
    ):
        return _back(referral, "view")
    return render(request, "referrals/view.html", {"seen": seen, "form": form, "mine": mine})


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, referral: uuid.UUID) -> HttpResponse:
    """Decide, as the coordinator, what a referral comes to."""
    seen = _coordinated(request, referral)
    case = seen.referral.case
    category = category_of(case) if case else None
    suggested = category.suggested if category else None
    form = DecideForm(
        request.POST if request.method == "POST" else None,
        matched=case is not None,
        initial={"category": str(suggested or ""), "outcome": "" if case else "not_mappa"},
    )
    if _done(form, lambda: decide_referral(by=whoever_asks(request), referral=seen.referral, **form.details())):
        return _back(referral, "decided")
    return render(request, "referrals/decide.html", {"seen": seen, "form": form, "category": category})


def _seen(request: HttpRequest, key: uuid.UUID) -> Screening:
    """A referral that the reader may screen or read; else Http404, whether or not there is such a one."""
    user = whoever_asks(request)
    seen = screening(user, key)
    if seen is None:
        raise Http404("No such referral")
    classes = [FieldClass.VICTIM] if seen.victims else []
    shows(request, [seen.referral.case_id] if seen.referral.case_id else [], classes)
    return seen


def _coordinated(request: HttpRequest, key: uuid.UUID) -> Screening:
    """A referral for the coordinator who runs its screening. Raises Http404, NotAllowed."""
    seen = _seen(request, key)
    require(whoever_asks(request), Permission.COORDINATE)
    return seen


def _done(form: Form, service: Callable[[], object]) -> bool:
    """Call the service when the form is valid; what it refuses stands at the top of the form."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        service()
    except (NotDecided, NotRecorded, NotGiven) as refused:
        form.refuse(None, str(refused))
        return False
    return True


def _back(key: uuid.UUID, what: str) -> HttpResponse:
    return redirect(f"{reverse('referrals:screen', kwargs={'referral': key})}?done={what}")
