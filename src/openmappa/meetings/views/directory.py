"""The directory of an area: who is invited to meetings, by agency and post. The coordinator keeps it."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmappa.accounts.asking import whoever_asks
from openmappa.accounts.models import User
from openmappa.core.access import Permission
from openmappa.meetings.forms.meetings import Post
from openmappa.meetings.models.directory import DirectoryEntry
from openmappa.meetings.queries.directory import directory_of, entry_of, posts_without_a_holder
from openmappa.meetings.queries.people import agencies, people_of_the_directory
from openmappa.meetings.services.directory import add_to_directory, change_entry, leave_directory
from openmappa.meetings.views.loading import done

BOTH = ["GET", "HEAD", "POST"]


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every post of the reader's area."""
    user = whoever_asks(request, Permission.CALL_MEETING)
    area = user.area_id or 0
    context = {
        "entries": directory_of(area),
        "vacant": posts_without_a_holder(area),
        "area": user.area,
        "may_keep": user.may(Permission.COORDINATE),
    }
    return render(request, "meetings/directory.html", {**context, "saved": request.GET.get("saved", "")})


@require_http_methods(BOTH)
def add(request: HttpRequest) -> HttpResponse:
    """Add a post."""
    user = whoever_asks(request, Permission.COORDINATE)
    area = user.area
    if area is None:
        raise Http404("Only somebody of an area keeps a directory")
    form = _form(request, user, None)
    if done(form, lambda: add_to_directory(by=user, area=area, **form.details())):
        return _back("added")
    return render(request, "meetings/directory_form.html", {"form": form, "entry": None})


@require_http_methods(BOTH)
def change(request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
    """Change a post: who holds it, where they are written to, which meetings it is always invited to."""
    user, row = _entry(request, entry)
    form = _form(request, user, row)
    if done(form, lambda: change_entry(by=user, entry=row, **form.details())):
        return _back("changed")
    return render(request, "meetings/directory_form.html", {"form": form, "entry": row})


@require_POST
def leave(request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
    """Take a post out of the directory."""
    user, row = _entry(request, entry)
    leave_directory(by=user, entry=row)
    return _back("left")


def _entry(request: HttpRequest, key: uuid.UUID) -> tuple[User, DirectoryEntry]:
    user = whoever_asks(request, Permission.COORDINATE)
    row = entry_of(user.area_id or 0, key)
    if row is None:
        raise Http404("No such post in your area's directory")
    return user, row


def _form(request: HttpRequest, user: User, row: DirectoryEntry | None) -> Post:
    plain = ("post", "kind", "holder", "email", "phone", "core_at_2", "core_at_3")
    initial = {name: getattr(row, name) for name in plain} if row else {"kind": "case"}
    initial |= {"agency": str(row.agency_id), "person": str(row.person_id or "")} if row else {}
    return Post(
        request.POST if request.method == "POST" else None,
        people=people_of_the_directory(user.area_id or 0),
        agencies=agencies(),
        initial=initial,
    )


def _back(what: str) -> HttpResponse:
    return redirect(f"{reverse('meetings:directory')}?saved={what}")
