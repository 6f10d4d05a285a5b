"""An extract from the log, for the Information Commissioner or whoever else may ask for one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.oversight.errors import TooMuch
from openmappa.oversight.forms import Extract
from openmappa.oversight.queries.cases import Subject, subjects_called
from openmappa.oversight.queries.log import Asked
from openmappa.oversight.services.extracts import extract_from_log
from openmappa.signin.step_up import stepped_up


@require_http_methods(["GET", "HEAD", "POST"])
@stepped_up
def extract(request: HttpRequest) -> HttpResponse:
    """Ask of whom, of which case and for whom, and give the table."""
    assert isinstance(request.user, User)
    require(request.user, Permission.READ_AUDIT)
    form = Extract(request.POST if request.method == "POST" else None)
    table = _table(request.user, form) if form.is_valid() else ""
    if not table:
        return render(request, "oversight/extract.html", {"form": form})
    answer = HttpResponse(table, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="log-extract-{timezone.localdate()}.csv"'
    return answer


def _table(user: User, form: Extract) -> str:
    """The table; nothing where the form was refused, which it then says."""
    case, person = _case(user, form), _person(form)
    if form.errors:
        return ""
    asked = Asked("everything", *form.span)
    try:
        return extract_from_log(
            by=user, case=case, person=person, asked=asked, recipient=form.cleaned_data["recipient"]
        )
    except TooMuch as refused:
        form.refuse("until_on", str(refused))
        return ""


def _case(user: User, form: Extract) -> Subject | None:
    reference = form.cleaned_data["reference"]
    found = subjects_called(user, reference) if reference else []
    if reference and len(found) != 1:
        several = "Several sources have a case with this reference: enter its key instead"
        form.refuse("reference", several if found else "There is no case with this reference")
        return None
    return found[0] if found else None


def _person(form: Extract) -> User | None:
    name = form.cleaned_data["name"]
    person = User.objects.filter(username=name).first() if name else None
    if name and person is None:
        form.refuse("name", "Nobody has this username")
    return person
