"""The list of actions, and the page of one, which holds nothing else of its case."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.actions.deeds import DEEDS, Deed, deeds_for, do
from openmappa.actions.errors import MovedOn
from openmappa.actions.forms import DeedForm
from openmappa.actions.models import Action
from openmappa.actions.queries.one import OnePage, one_action
from openmappa.actions.queries.owned import STATES, how_late, listed, scopes_of
from openmappa.audit import looks
from openmappa.cases.queries import ask_row_by_row
from openmappa.core.access import Permission
from openmappa.core.compartments import FieldClass
from openmappa.timeline.errors import Impossible, NotRecorded
from openmappa.ui.paging import page_number


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """One's own actions, or those of the people one manages or of one's area, by how they stand."""
    user = request.user
    assert isinstance(user, User)
    require(user, Permission.DO_ACTION)
    scopes = scopes_of(user)
    scope = request.GET.get("scope", "")
    scope = scope if scope in scopes else "mine"
    state = request.GET.get("state", "")
    state = state if state in STATES else "open"
    if scope == "area":
        ask_row_by_row()
    found = listed(user, scope, state, page_number(request.GET))
    looks.shows(request, [row.case_id for row in found.rows], [FieldClass.SENSITIVE])
    context = {"found": found, "scope": scope, "state": state, "scopes": scopes, "states": STATES}
    return render(request, "actions/list.html", {**context, "how_late": how_late, "today": timezone.localdate()})


@require_safe
def show(request: HttpRequest, action: uuid.UUID) -> HttpResponse:
    """One action, what became of it, and what this person may do with it."""
    user, here = _loaded(request, action)
    context = {**_context(here), "deeds": deeds_for(user, here.action), "done": request.GET.get("done") == "yes"}
    return render(request, "actions/show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: HttpRequest, action: uuid.UUID, what: str) -> HttpResponse:
    """One thing done with an action: accept, complete, hand over and the others, each a small form."""
    user, here = _loaded(request, action)
    doing = DEEDS.get(what)
    if doing is None:
        raise Http404("There is no such page")
    if not doing.may(user, here.action):
        raise NotAllowed(user, Permission.DO_ACTION)
    form = doing.form(request.POST if request.method == "POST" else None, action=here.action)
    if form.is_bound and form.is_valid() and _done(doing, form, user):
        return redirect(f"{reverse('actions:show', kwargs={'action': here.action.key})}?done=yes")
    return render(request, "actions/deed.html", {**_context(here), "deed": doing, "form": form})


def _done(doing: Deed, form: DeedForm, user: User) -> bool:
    """Do it; what is refused goes back to its place on the form."""
    try:
        do(doing, form, user)
    except Impossible as refused:
        for objection in refused.objections:
            form.refuse(objection.field if objection.field in form.fields else None, objection.sentence)
    except MovedOn as moved:
        form.refuse(None, str(moved))
        form.seen_again(Action.objects.values_list("version", flat=True).get(pk=form.action.pk))
    except NotRecorded as refused_otherwise:
        form.refuse(None, str(refused_otherwise))
    else:
        return True
    return False


def _loaded(request: HttpRequest, key: uuid.UUID) -> tuple[User, OnePage]:
    """The action for its reader. Raises Http404 whether or not there is one that they may not read."""
    if not isinstance(request.user, User):
        raise Http404("No such action")
    here = one_action(request.user, key)
    classes = [FieldClass.SENSITIVE, *([FieldClass.PERSONAL] if here.name else [])]
    looks.shows(request, [here.action.case_id], classes)
    return request.user, here


def _context(here: OnePage) -> dict[str, object]:
    return {"here": here, "action": here.action, "late": how_late(here.action), "today": timezone.localdate()}
