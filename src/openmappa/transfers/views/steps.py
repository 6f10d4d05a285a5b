"""A transfer and its steps: what is on its way, one transfer, and each thing that is done with it."""

import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.asking import whoever_asks
from openmappa.audit.looks import shows
from openmappa.core.access import Permission
from openmappa.core.compartments import FieldClass
from openmappa.core.mappa.transfers import needs_meeting, ranks_in_words
from openmappa.transfers.forms import AcceptForm, ApproveForm, DeclineForm, ReasonForm, SendForm
from openmappa.transfers.glance import glance
from openmappa.transfers.queries import meeting_it_rests_on, people_who_can_hold, rules, waiting_for
from openmappa.transfers.services.answering import accept_transfer, decline_transfer
from openmappa.transfers.services.asking import approve_transfer, recall_transfer, send_transfer
from openmappa.transfers.services.giving_back import give_back
from openmappa.transfers.views.around import done, found, shown_after, what_was_done
from openmappa.transfers.words import OPEN

PER_PAGE = 25


@require_safe
def on_the_way(request: HttpRequest) -> HttpResponse:
    """What is on its way from and to one's area, and what has ended."""
    user = whoever_asks(request, Permission.APPROVE_TRANSFER)
    rows = waiting_for(user)
    ended = Paginator(rows.exclude(state__in=OPEN), PER_PAGE).get_page(request.GET.get("page"))
    waiting = list(rows.open())
    shows(request, [row.case_id for row in [*waiting, *ended]], [FieldClass.PERSONAL])
    context = {"open": waiting, "page": ended, "today": timezone.localdate(), "done": what_was_done(request)}
    return render(request, "transfers/list.html", context)


@require_safe
def show(request: HttpRequest, transfer: uuid.UUID) -> HttpResponse:
    """One transfer: what was asked, how far it is, what stands in the way, and what this person can do."""
    user = whoever_asks(request, Permission.ASK_FOR_TRANSFER)
    row = found(request, user, transfer)
    context = {"seen": glance(user, row), "transfer": row, "rules": rules(), "done": what_was_done(request)}
    return render(request, "transfers/show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, transfer: uuid.UUID) -> HttpResponse:
    """Send it to the other area."""
    user = whoever_asks(request, Permission.BROKER_TRANSFER)
    row = found(request, user, transfer)
    form = SendForm(request.POST if request.method == "POST" else None)
    if done(form, lambda: send_transfer(by=user, transfer=row, invited_how=form.cleaned_data["invited_how"])):
        return shown_after(row, "sent")
    context = {"transfer": row, "form": form, "rules": rules(), "meeting": needs_meeting(rules(), row.level)}
    rests_on = meeting_it_rests_on(row, row.level, timezone.localdate())
    return render(request, "transfers/send.html", context | {"rests_on": rests_on})


@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, transfer: uuid.UUID) -> HttpResponse:
    """Approve it as a chief officer."""
    user = whoever_asks(request, Permission.APPROVE_TRANSFER)
    row = found(request, user, transfer)
    form = ApproveForm(request.POST if request.method == "POST" else None)
    if done(form, lambda: approve_transfer(by=user, transfer=row, words=form.cleaned_data["words"])):
        return shown_after(row, "approved")
    return render(request, "transfers/approve.html", {"transfer": row, "form": form, "ranks": ranks_in_words(rules())})


@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, transfer: uuid.UUID) -> HttpResponse:
    """Take the case on, naming who is responsible from now on."""
    user = whoever_asks(request, Permission.BROKER_TRANSFER)
    row = found(request, user, transfer)
    people = {
        "officers": people_who_can_hold(row.to_area, "police"),
        "managers": people_who_can_hold(row.to_area, "probation"),
    }
    form = AcceptForm(request.POST if request.method == "POST" else None, **people)
    if done(form, lambda: accept_transfer(by=user, transfer=row, **form.details())):
        return shown_after(row, "accepted")
    return render(request, "transfers/accept.html", {"transfer": row, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, transfer: uuid.UUID) -> HttpResponse:
    """Decline it on one of the grounds."""
    user = whoever_asks(request, Permission.BROKER_TRANSFER)
    row = found(request, user, transfer)
    form = DeclineForm(request.POST if request.method == "POST" else None, grounds=rules().grounds)
    if done(form, lambda: decline_transfer(by=user, transfer=row, **form.cleaned_data)):
        return shown_after(row, "declined")
    return render(request, "transfers/decline.html", {"transfer": row, "form": form, "rules": rules()})


@require_http_methods(["GET", "HEAD", "POST"])
def recall(request: HttpRequest, transfer: uuid.UUID) -> HttpResponse:
    """Recall it before it is answered."""
    user = whoever_asks(request, Permission.ASK_FOR_TRANSFER)
    row = found(request, user, transfer)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if done(form, lambda: recall_transfer(by=user, transfer=row, reason=form.cleaned_data["reason"])):
        return shown_after(row, "recalled")
    return render(request, "transfers/recall.html", {"transfer": row, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def back(request: HttpRequest, transfer: uuid.UUID) -> HttpResponse:
    """Give a case back, or ask for it back, after a transfer in error."""
    user = whoever_asks(request, Permission.BROKER_TRANSFER)
    row = found(request, user, transfer)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if done(form, lambda: give_back(by=user, transfer=row, reasons=form.cleaned_data["reason"])):
        return redirect(f"{reverse('transfers:list')}?done=given-back")
    return render(request, "transfers/give_back.html", {"transfer": row, "form": form, "rules": rules()})
