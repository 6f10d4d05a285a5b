"""What changed on a case, who must know, and who knew when (9.10); saying that one knows."""

import uuid

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.timeline.errors import NotRecorded
from openmappa.timeline.forms.changes_told import CommentForm
from openmappa.timeline.queries.changes import changes_of, shown, waiting_on
from openmappa.timeline.queries.frame import case_frame
from openmappa.timeline.services import acknowledge_change

PAGE_SIZE = 25


@require_safe
def listing(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Every change that others were told of, newest first, with who knew of it when."""
    frame = case_frame(request.user, key)
    page = Paginator(changes_of(frame.case), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "frame": frame,
        "page": page,
        "changes": shown(list(page.object_list), frame.user),
        "waiting": waiting_on(frame.case, frame.user),
        "saved": request.GET.get("saved", ""),
    }
    return render(request, "timeline/changes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, key: uuid.UUID, notice: uuid.UUID) -> HttpResponse:
    """One change, and saying that one knows of it and what one did about it."""
    frame = case_frame(request.user, key)
    found = changes_of(frame.case).filter(key=notice).first()
    if found is None:
        raise Http404("No such change on this case")
    form = CommentForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            acknowledge_change(by=frame.user, notice=found, comment=form.cleaned_data["comment"])
            return redirect(f"{reverse('timeline:changes', kwargs={'key': key})}?saved=acknowledged#change-{notice}")
        except NotRecorded as refused:
            form.refuse(None, str(refused))
    return render(
        request, "timeline/change.html", {"frame": frame, "change": shown([found], frame.user)[0], "form": form}
    )
