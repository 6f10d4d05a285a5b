"""Handing over the cases of somebody who left, or is away for long."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.looks import shows
from openmappa.core.access import Permission
from openmappa.core.compartments import FieldClass
from openmappa.people.errors import NotChanged
from openmappa.people.forms.cases import HandOver
from openmappa.people.queries.cases import cases_held, hands_over_for
from openmappa.people.services.cases import hand_over


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_cases(request: HttpRequest, pk: int) -> HttpResponse:
    """The cases somebody holds, and handing all or some of them to a colleague of their unit."""
    assert isinstance(request.user, User)
    user = request.user
    require(user, Permission.ASSIGN_CASE)
    person = hands_over_for(user).filter(pk=pk).first()
    if person is None:
        raise Http404("Nobody whose cases the reader hands over")
    held = list(cases_held(user, person))
    shows(request, [case.pk for case in held], [FieldClass.PERSONAL])
    form = HandOver(user, person, held, request.POST if request.method == "POST" else None)
    if form.is_valid():
        to = form.colleagues[form.cleaned_data["to"]]
        try:
            hand_over(by=user, person=person, cases=form.chosen, to=to, reason=form.cleaned_data["reason"])
            return redirect(f"{reverse('people:hand_over', args=[pk])}?done=handed")
        except NotChanged as refused:
            form.refuse(refused.field or None, str(refused))
    context = {"form": form, "person": person, "held": held, "done": request.GET.get("done", "")}
    return render(request, "people/hand_over.html", context)
