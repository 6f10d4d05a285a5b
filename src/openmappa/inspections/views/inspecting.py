"""The inspections there are, opening one, its first page, who works on it, and closing it."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmappa.accounts.asking import whoever_asks
from openmappa.accounts.models import Area
from openmappa.core.access import Permission, Role
from openmappa.inspections.errors import NotInspected, NotTheirs
from openmappa.inspections.forms.inspecting import CloseForm, MemberForm, OpenForm
from openmappa.inspections.models import Kind
from openmappa.inspections.queries.frameworks import latest_versions
from openmappa.inspections.queries.inspections import areas_of, inspections_for, names_joint_work_of, people_to_add
from openmappa.inspections.services.inspecting import (
    add_member,
    close_inspection,
    make_lead,
    open_inspection,
    remove_member,
)
from openmappa.inspections.views.loading import back_to, to_inspection, to_lead
from openmappa.samples.errors import NotDrawn
from openmappa.samples.queries import drawn_of, last_list, members_of
from openmappa.ui.answering import RefusedAtFields, done, sent

SAVED = {
    "opened": "The inspection is opened, and you lead it",
    "added": "They work on it now, and have been told",
    "lead": "They lead it too now",
    "removed": "They work on it no more, and its cases are closed to them",
    "closed": "The inspection is closed, and so are its cases",
}
DEEDS = {"lead": make_lead, "removed": remove_member}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The inspections that the reader may know of."""
    user = whoever_asks(request, Permission.SEE_INSPECTIONS)
    shown = {"inspections": list(inspections_for(user)), "may_open": user.may(Permission.OPEN_INSPECTION)}
    return render(request, "inspections/list.html", {**shown, "inspects": user.role == Role.INSPECTOR})


@require_http_methods(["GET", "HEAD", "POST"])
def open_one(request: HttpRequest) -> HttpResponse:
    """Open an inspection: a joint one, or of one's own area."""
    user = whoever_asks(request, Permission.OPEN_INSPECTION)
    kind = Kind.JOINT if user.role == Role.INSPECTOR else Kind.OWN
    areas = list(Area.objects.all()) if kind == Kind.JOINT else [user.area] if user.area else []
    if not areas:
        raise NotTheirs("You belong to no area that could inspect itself. Ask your administrator.")
    form = OpenForm(sent(request), areas=areas, frameworks=latest_versions(), today=timezone.localdate())
    made = []
    if done(form, lambda: made.append(open_inspection(by=user, kind=kind, **form.details()))):
        return redirect(reverse("inspections:show", kwargs={"inspection": made[0].key}) + "?saved=opened")
    return render(request, "inspections/open.html", {"form": form, "kind": kind, "areas": areas})


@require_safe
def show(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """One inspection: what it is, who works on it, how far it is."""
    on = to_inspection(request, inspection)
    shown = {
        **on.shown,
        "areas": areas_of(on.inspection),
        "members": list(members_of(on.inspection.exercise)),
        "case_list": last_list(on.inspection.exercise) if on.reads else None,
        "drawn": drawn_of(on.inspection.exercise) if on.reads else None,
        "names_joint_work": names_joint_work_of(on.user, on.inspection),
        "saved": SAVED.get(request.GET.get("saved", "")),
    }
    return render(request, "inspections/show.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """Let somebody work on it."""
    on = to_lead(request, inspection)
    form = MemberForm(sent(request), people=people_to_add(on.inspection))

    def service() -> object:
        leads_it = form.cleaned_data["leads"]
        return add_member(by=on.user, inspection=on.inspection, person=form.chosen, leads_it=leads_it)

    if done(form, service):
        return back_to(on, "show", "added")
    return render(request, "inspections/add.html", {**on.shown, "form": form})


@require_POST
def member(request: HttpRequest, inspection: uuid.UUID, pk: int, deed: str) -> HttpResponse:
    """Let somebody who works on it lead it too, or end their work on it."""
    on = to_lead(request, inspection)
    row = members_of(on.inspection.exercise).select_related("exercise").filter(pk=pk).first()
    if row is None or deed not in DEEDS:
        raise Http404("No such person")
    try:
        DEEDS[deed](by=on.user, inspection=on.inspection, member=row)
    except (NotDrawn, NotInspected) as refused:
        return _refused(request, inspection, refused)
    if not members_of(on.inspection.exercise).in_force().filter(person=on.user).exists():
        return redirect("inspections:list")
    return back_to(on, "show", deed)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """Close it."""
    on = to_lead(request, inspection)
    form = CloseForm(sent(request))
    if done(form, lambda: close_inspection(by=on.user, inspection=on.inspection)):
        return back_to(on, "show", "closed")
    return render(request, "inspections/close.html", {**on.shown, "form": form})


def _refused(request: HttpRequest, inspection: uuid.UUID, refused: RefusedAtFields) -> HttpResponse:
    on = to_inspection(request, inspection)
    return render(request, "inspections/refused.html", {**on.shown, "why": str(refused)}, status=409)
