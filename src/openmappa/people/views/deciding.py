"""What waits for a second person, and everybody's access every 90 days."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmappa.accounts.models import User
from openmappa.audit.services import log
from openmappa.core.spreadsheets import as_csv
from openmappa.people.forms.deciding import Decision
from openmappa.people.forms.versions import SureForm, sent
from openmappa.people.models import Posting
from openmappa.people.queries.access import further_units, opens
from openmappa.people.queries.confirming import HEADINGS, report_rows, standing_of
from openmappa.people.queries.history import version_of, waiting_for
from openmappa.people.queries.people import (
    RECERTIFY_DAYS,
    looked_after_by,
    not_confirmed,
    second_people_for,
    vouched_for_by,
)
from openmappa.people.queries.tabs import tabs_for
from openmappa.people.services.limits import require_vouching
from openmappa.people.services.posts import confirm, confirm_access, refuse
from openmappa.people.views.loading import person_or_404, reader
from openmappa.signin.step_up import stepped_up


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The changes that wait for a second person, among the people the reader looks after."""
    user = reader(request)
    entries = waiting_for(looked_after_by(user).values_list("pk", flat=True))
    return render(request, "people/waiting.html", {"entries": entries, "tabs": tabs_for(user, "people:waiting")})


@require_http_methods(["GET", "HEAD", "POST"])
@stepped_up
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, refuse or withdraw a change that waits."""
    user = reader(request)
    entry, person = _entry(user, pk)
    own = entry.asked_by_id == user.pk
    initial = {"version": version_of(person)}
    form = Decision(request.POST if request.method == "POST" else None, initial=initial, own=own)

    def act() -> Posting:
        if form.confirms:
            return confirm(by=user, entry=entry, version=form.seen_version)
        return refuse(by=user, entry=entry, reason=form.cleaned_data["reason"], version=form.seen_version)

    outcome = sent(form, act)
    if outcome.entry:
        return redirect(f"{reverse('people:person', args=[person.pk])}?done={outcome.entry.state}")
    context = {"form": form, "entry": entry, "person": person, "own": own, "conflict": outcome.conflict}
    after = User(pk=person.pk, role=entry.role, unit=entry.unit, area=entry.area)
    context |= {"opens": opens(after, timezone.localdate()), "seconds": second_people_for(entry) if own else []}
    return render(request, "people/decide.html", context)


@require_safe
def to_confirm(request: HttpRequest) -> HttpResponse:
    """Whose access nobody has confirmed in 90 days, and how everybody stands."""
    user, today = reader(request), timezone.localdate()
    mine = vouched_for_by(user)
    late = not_confirmed(mine, today)
    context = {"people": late, "standing": standing_of(mine, today), "days": RECERTIFY_DAYS, "today": today}
    return render(request, "people/to_confirm.html", {**context, "tabs": tabs_for(user, "people:to_confirm")})


@require_POST
@stepped_up
def to_confirm_file(request: HttpRequest) -> HttpResponse:
    """The same as a file for a spreadsheet, safe to open."""
    user, today = reader(request), timezone.localdate()
    rows = report_rows(vouched_for_by(user), today)
    log(by=user, verb="export access report", operation="access", about={"people": len(rows)})
    answer = HttpResponse(as_csv([HEADINGS, *rows]), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="access-{today.isoformat()}.csv"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that one person still needs what they can open."""
    user, today = reader(request), timezone.localdate()
    person = person_or_404(user, pk)
    require_vouching(user, person)
    form = SureForm(request.POST if request.method == "POST" else None, initial={"version": version_of(person)})
    outcome = sent(form, lambda: confirm_access(by=user, person=person, version=form.seen_version, today=today))
    if outcome.entry:
        return redirect(f"{reverse('people:person', args=[pk])}?done=confirmed")
    context = {"form": form, "person": person, "opens": opens(person, today), "conflict": outcome.conflict}
    return render(request, "people/confirm.html", {**context, "further_units": further_units(person)})


def _entry(user: User, pk: int) -> tuple[Posting, User]:
    """The entry of this number that waits, of somebody the reader looks after."""
    found = Posting.objects.waiting().filter(pk=pk, person__in=looked_after_by(user).values("pk"))
    entry = found.select_related(
        "person__agency", "unit__area", "area", "unit_before", "area_before", "asked_by"
    ).first()
    if entry is None:
        raise Http404("No such change waits")
    return entry, entry.person
