"""Finding a case, and the cases one holds."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit import looks
from openmappa.cases.forms import FindCase
from openmappa.cases.queries import found, held_by
from openmappa.core.access import Permission

CASES_A_PAGE = 50
LOOKED_FOR = "looked_for"


@never_cache
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Look for a case. What was typed comes by POST and goes into no address, no log of addresses and no history.

    It waits in the session while the browser goes on to the results, so that Back leads to them again.
    """
    assert isinstance(request.user, User)
    require(request.user, Permission.FIND_CASE)
    if request.method == "POST":
        form = FindCase(request.POST)
        if form.is_valid():
            request.session[LOOKED_FOR] = form.cleaned_data["text"]
            looks.searched(request, form.cleaned_data["text"])
            return redirect(f"{reverse('cases:find')}?page=1")
        return render(request, "cases/find.html", {"form": form, "results": None})
    text = request.session.get(LOOKED_FOR, "") if "page" in request.GET else ""
    results = found(request.user, text, _number(request.GET["page"])) if text else None
    looks.shows(request, [match.case.pk for match in results.matches] if results else [])
    return render(request, "cases/find.html", {"form": FindCase(initial={"text": text}), "results": results})


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The cases this person holds, with where each stands and what is due next."""
    assert isinstance(request.user, User)
    require(request.user, Permission.FIND_CASE)
    today = timezone.localdate()
    page = Paginator(held_by(request.user, today), CASES_A_PAGE).get_page(request.GET.get("page"))
    looks.shows(request, [case.pk for case in page])
    return render(request, "cases/mine.html", {"page": page, "on": today})


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
