"""The directory of coordinators, and one's own entry in it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.asking import whoever_asks
from openmappa.core.access import Permission
from openmappa.transfers.forms import ContactForm
from openmappa.transfers.queries import contact_of, directory
from openmappa.transfers.services.directory import keep_contact_details


@require_safe
def coordinators(request: HttpRequest) -> HttpResponse:
    """Every area with its coordinators, how they are reached, and who covers for them."""
    user = whoever_asks(request, Permission.FIND_CASE)
    context = {"areas": directory(timezone.localdate()), "mine": user.may(Permission.BROKER_TRANSFER)}
    return render(request, "transfers/directory.html", context | {"saved": request.GET.get("saved", "")})


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """How the reader, a coordinator, is reached."""
    user = whoever_asks(request, Permission.BROKER_TRANSFER)
    known = contact_of(user)
    initial = {"phone": known.phone, "email": known.email, "hours": known.hours} if known else {}
    form = ContactForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        keep_contact_details(by=user, **form.cleaned_data)
        return redirect(f"{reverse('transfers:directory')}?saved=yes")
    return render(request, "transfers/mine.html", {"form": form})
