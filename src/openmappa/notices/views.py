"""What the service told the reader."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from openmappa.accounts.models import User
from openmappa.notices.queries import notices_of
from openmappa.notices.services import mark_all_read, mark_read

A_PAGE = 25


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Everything the reader was told, newest first."""
    assert isinstance(request.user, User)
    page = Paginator(notices_of(request.user), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/list.html", {"page": page, "unread": notices_of(request.user).unread().count()})


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice as read, and go to what it is about or back to the list. Somebody else's is not there."""
    assert isinstance(request.user, User)
    notice = get_object_or_404(notices_of(request.user), pk=pk)
    mark_read(by=request.user, notice=notice)
    if "open" in request.POST and notice.link:
        return HttpResponseRedirect(notice.link)
    return redirect("notices:list")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    assert isinstance(request.user, User)
    mark_all_read(by=request.user)
    return redirect("notices:list")
