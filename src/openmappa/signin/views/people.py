"""For administrators: how somebody of their agency signs in, and help for who is locked out or has lost a factor."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.signin import services
from openmappa.signin.errors import NotDone
from openmappa.signin.forms import ForgetFactors, LinkIdentity
from openmappa.signin.queries import (
    factors_of,
    identities_of,
    locked_until,
    looked_after_by,
    open_sessions_of,
    subject_of,
)
from openmappa.signin.step_up import stepped_up

DONE = {
    "forget": "Their second factors are removed. At the next sign-in they set up new ones.",
    "end": "They are signed out everywhere.",
    "lift": "They can try to sign in again at once.",
    "link": "They can sign in through their agency now.",
    "unlink": "They can no longer sign in through their agency.",
}


@require_http_methods(["GET", "POST"])
@stepped_up
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """How somebody signs in, and what can be done for them; each thing is a form of its own on this page."""
    by = request.user
    assert isinstance(by, User)
    require(by, Permission.MANAGE_PEOPLE)
    somebody = looked_after_by(by, pk)
    if somebody is None:
        raise Http404
    wanted = request.POST.get("do", "")
    forget = ForgetFactors(request.POST if wanted == "forget" else None)
    link = LinkIdentity(somebody, request.POST if wanted == "link" else None)
    form = {"forget": forget, "link": link}.get(wanted)
    if wanted in DONE and (form is None or form.is_valid()):
        try:
            _do(by, somebody, wanted, request, forget, link)
            return redirect(f"{request.path}?done={wanted}")
        except NotDone as why:
            (form or forget).refuse(None, str(why))
    return render(request, "signin/person.html", _context(request, somebody, forget, link, form))


def _do(by: User, somebody: User, wanted: str, request: HttpRequest, forget: ForgetFactors, link: LinkIdentity) -> None:
    if wanted == "forget":
        services.forget_factors(by=by, person=somebody, reason=forget.cleaned_data["reason"])
    elif wanted == "end":
        services.end_all_sessions(by=by, person=somebody)
    elif wanted == "lift":
        services.lift_lock(by=by, person=somebody)
    elif wanted == "unlink":
        for provider in set(identities_of(somebody)) & {request.POST.get("provider", "")}:
            services.unlink_identity(by=by, person=somebody, provider=provider)
    else:
        agency = settings.OPENMAPPA_AGENCIES[link.cleaned_data["provider"]]
        services.link_identity(by=by, person=somebody, agency=agency, subject=link.cleaned_data["subject"])


def _context(
    request: HttpRequest, somebody: User, forget: ForgetFactors, link: LinkIdentity, form: object
) -> dict[str, object]:
    now = timezone.now()
    subjects = (subject_of("password", somebody.username), subject_of("proof", str(somebody.pk)))
    return {
        "person": somebody,
        "factors": factors_of(somebody),
        "sessions": open_sessions_of(somebody),
        "locked_until": max((until for each in subjects if (until := locked_until(each, None, now))), default=None),
        "identities": identities_of(somebody),
        "agencies": [each for each in settings.OPENMAPPA_AGENCIES.values() if each.agency == somebody.agency.code],
        "forget": forget,
        "link": link,
        "form": form,
        "done": DONE.get(request.GET.get("done", "")),
    }
