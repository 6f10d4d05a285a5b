"""What the offender may be told of a meeting, and the record that they were."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from openmappa.accounts.models import User
from openmappa.core.access import Permission
from openmappa.minutes.forms.minutes import TellingForm
from openmappa.minutes.models.copies import Telling
from openmappa.minutes.queries.minutes import offender_list
from openmappa.minutes.services.copying import take_offender_list
from openmappa.minutes.services.issuing import tell_offender
from openmappa.minutes.views.loading import OnMinutes, on_minutes
from openmappa.minutes.views.minutes import pdf
from openmappa.minutes.words import How
from openmappa.timeline.errors import NotRecorded


@require_http_methods(["GET", "HEAD", "POST"])
def told(request: HttpRequest, key: uuid.UUID, minutes: uuid.UUID) -> HttpResponse:
    """The plain list of what the offender may be told, and the record that they were: by whom, when and how."""
    here = on_minutes(request.user, key, minutes)
    may_tell = here.frame.user.may(Permission.INFORM_OFFENDER) and not here.minutes.is_draft
    if request.method == "POST":
        on_minutes(request.user, key, minutes, Permission.INFORM_OFFENDER)
    form = TellingForm(
        request.POST if request.method == "POST" else None, people=_tellers(here), initial={"on": timezone.localdate()}
    )
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            tell_offender(
                by=here.frame.user,
                minutes=here.minutes,
                told_on=said["on"],
                told_by=form.person,
                how=How(said["how"]),
                response=said["response"],
                submission=said["submission"],
            )
        except NotRecorded as refused:
            form.refuse("on", str(refused))
        else:
            return redirect(f"{reverse('minutes:told', kwargs={'key': key, 'minutes': minutes})}?done=told")
    context = {
        "frame": here.frame,
        "minutes": here.minutes,
        "decisions": offender_list(here.minutes),
        "tellings": list(Telling.objects.filter(minutes=here.minutes).select_related("told_by", "recorded_by")),
        "form": form,
        "may_tell": may_tell,
        "done": request.GET.get("done") == "told",
    }
    return render(request, "minutes/told.html", context)


@require_POST
def printed(request: HttpRequest, key: uuid.UUID, minutes: uuid.UUID) -> HttpResponse:
    """The plain list as a PDF file for the offender."""
    here = on_minutes(request.user, key, minutes, Permission.INFORM_OFFENDER)
    try:
        made = take_offender_list(by=here.frame.user, minutes=here.minutes)
    except NotRecorded as refused:
        return render(request, "minutes/no_copy.html", {"refused": str(refused)}, status=409)
    return pdf(made, "what-was-decided.pdf")


def _tellers(here: OnMinutes) -> list[User]:
    """Whoever records it, and those who hold the case."""
    holders = (here.frame.user, here.frame.case.case_manager, here.frame.case.police_officer)
    return list({person.pk: person for person in holders if person is not None}.values())
