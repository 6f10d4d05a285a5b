"""The library of good practice: searched, read, added to by a board."""

import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.asking import whoever_asks
from openmappa.core.access import Permission
from openmappa.good_practice.errors import NotTheirs
from openmappa.good_practice.forms import PracticeForm, WithdrawForm
from openmappa.good_practice.models import Practice
from openmappa.good_practice.queries import (
    Sought,
    areas_offered,
    criteria_offered,
    practice_of,
    practices,
    withdraws,
)
from openmappa.good_practice.services import add_practice, withdraw_practice
from openmappa.ui.answering import done, sent

BOTH = ["GET", "HEAD", "POST"]
PAGE = 25
LONGEST = 200
"""Longer words than this are cut: a search is a few of them."""
SAVED = {"added": "It is in the library", "withdrawn": "It is withdrawn, and no longer found"}


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """The library, searched by words, criterion and area."""
    user = whoever_asks(request, Permission.READ_LESSONS)
    said = {name: request.GET.get(name, "").replace("\x00", "")[:LONGEST] for name in ("words", "criterion", "area")}
    sought = Sought(**said)
    page = Paginator(practices(sought), PAGE).get_page(request.GET.get("page"))
    shown = {
        "sought": sought,
        "page": page,
        "query": urlencode({name: value for name, value in said.items() if value}),
        "criteria": criteria_offered(),
        "areas": areas_offered(),
        "keeps": user.area_id is not None and user.may(Permission.KEEP_BOARD),
    }
    return render(request, "good_practice/list.html", shown)


@require_safe
def show(request: HttpRequest, practice: uuid.UUID) -> HttpResponse:
    """One entry."""
    user = whoever_asks(request, Permission.READ_LESSONS)
    row = practice_of(practice)
    shown = {"row": row, "withdraws": withdraws(user, row), "saved": SAVED.get(request.GET.get("saved", ""))}
    return render(request, "good_practice/show.html", shown)


@require_http_methods(BOTH)
def add(request: HttpRequest) -> HttpResponse:
    """Write an entry of one's own area."""
    user = whoever_asks(request, Permission.KEEP_BOARD)
    form = PracticeForm(sent(request))
    made = []

    def service() -> None:
        made.append(add_practice(by=user, said=form.said(), submission=form.submission_key))

    if done(form, service):
        return _to(made[0], "added")
    return render(request, "good_practice/add.html", {"form": form, "area": user.area})


@require_http_methods(BOTH)
def withdraw(request: HttpRequest, practice: uuid.UUID) -> HttpResponse:
    """Take an entry of one's own board out of the library."""
    user = whoever_asks(request, Permission.KEEP_BOARD)
    row = practice_of(practice)
    if not withdraws(user, row):
        raise NotTheirs("The board that wrote an entry withdraws it; one of a report goes when that is corrected.")
    form = WithdrawForm(sent(request))
    if done(form, lambda: withdraw_practice(by=user, practice=row, why=form.cleaned_data["why"])):
        return _to(row, "withdrawn")
    return render(request, "good_practice/withdraw.html", {"form": form, "row": row})


def _to(row: Practice, saved: str) -> HttpResponse:
    return redirect(f"{reverse('good_practice:show', kwargs={'practice': row.key})}?saved={saved}")
