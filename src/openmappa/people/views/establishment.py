"""How many posts units have: the list, one unit with its history, and voiding a wrong entry."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.asking import whoever_asks
from openmappa.core.access import Permission
from openmappa.core.inspection.establishment import roles_with_posts
from openmappa.people.forms.establishment import PostsForm, VoidPostsForm
from openmappa.people.queries.establishment import (
    entries_of_unit,
    entry_seen_by,
    posts_of_units,
    units_with_posts,
    version_of_posts,
)
from openmappa.people.queries.tabs import tabs_for
from openmappa.people.services.establishment import enter_posts, void_posts
from openmappa.ui.answering import done, sent

FORM = ["GET", "HEAD", "POST"]


@require_safe
def posts(request: HttpRequest) -> HttpResponse:
    """Posts and people of every unit whose posts the reader sets."""
    user = whoever_asks(request, Permission.SET_POSTS)
    found = posts_of_units(list(units_with_posts(user)), timezone.localdate())
    return render(request, "people/posts.html", {"units": found, "tabs": tabs_for(user, "people:posts")})


@require_http_methods(FORM)
def unit_posts(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit's posts with their history, and the form that enters how many there are from a day on."""
    user = whoever_asks(request, Permission.SET_POSTS)
    unit = units_with_posts(user).filter(pk=pk).first()
    if unit is None:
        raise Http404("No such unit among those whose posts you set")
    today = timezone.localdate()
    start = {"version": version_of_posts(entries_of_unit(unit)), "from_on": today}
    form = PostsForm(roles_with_posts(unit.agency.kind), sent(request), initial=start)
    if done(form, lambda: enter_posts(by=user, unit=unit, today=today, **form.answers)):
        return redirect(f"{reverse('people:unit_posts', args=[unit.pk])}?done=entered")
    entries = entries_of_unit(unit)
    form.renew(version_of_posts(entries))
    (found,) = posts_of_units([unit], today)
    context = {"unit": unit, "found": found, "entries": entries, "form": form, "today": today}
    return render(request, "people/unit_posts.html", {**context, "done": request.GET.get("done", "")})


@require_http_methods(FORM)
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Void an entry that was wrong."""
    user = whoever_asks(request, Permission.SET_POSTS)
    entry = entry_seen_by(user, pk)
    if entry is None:
        raise Http404("No such entry among those of your units")
    back = reverse("people:unit_posts", args=[entry.unit_id])
    form = VoidPostsForm(sent(request), initial={"version": version_of_posts(entries_of_unit(entry.unit))})
    if done(form, lambda: void_posts(by=user, entry=entry, reason=form.cleaned_data["reason"], seen=form.seen)):
        return redirect(f"{back}?done=voided")
    form.renew(version_of_posts(entries_of_unit(entry.unit)))
    context = {"entry": entry, "form": form, "back": back}
    return render(request, "people/void_posts.html", context)
