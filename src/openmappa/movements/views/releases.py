"""Planned releases: the list, giving notice, matching it to a case, acknowledging it; and arrivals without notice."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmappa.accounts.asking import whoever_asks
from openmappa.accounts.models import Area, User
from openmappa.accounts.services import require
from openmappa.audit.looks import shows
from openmappa.core.access import Permission
from openmappa.core.dates import add_months
from openmappa.movements.forms import (
    HAND_ON,
    MATCH,
    MOVE,
    AcknowledgeForm,
    ArrivalForm,
    ChangeReleaseForm,
    MatchForm,
    PrisonersReleaseForm,
    ReleaseForm,
    first_choice,
)
from openmappa.movements.queries.releases import (
    RELEASED,
    Release,
    arrivals,
    arrivals_by_prison,
    candidates,
    prisons,
    release_of,
    releases_for,
)
from openmappa.movements.queries.rules import rules
from openmappa.movements.services.releases import (
    acknowledge_release,
    give_release_notice,
    hand_on_release,
    match_release,
    move_release,
    note_arrival,
    require_to_give_notice,
    set_aside_release,
    withdraw_release,
)
from openmappa.timeline.queries.facts import fact_of
from openmappa.timeline.queries.frame import case_frame
from openmappa.ui.answering import done, sent

SAVED = {
    "given": "Notice is given",
    "acknowledged": "You have acknowledged the release",
    "matched": "The notice is matched to its case",
    "handed_on": "The other area has been told",
    "set_aside": "The notice is set aside",
    "changed": "The notice is changed, and everybody who must know has been told",
}
SHOWN_MONTHS = 12


@require_safe
def release_list(request: HttpRequest) -> HttpResponse:
    """The releases that the reader has to do with: a prison member's own, an area's, those of their cases."""
    user = whoever_asks(request)
    require_to_give_notice(user)
    found = releases_for(user)
    shows(request, [one.notice.case_id for one in found if one.notice.case_id])
    shown = {"releases": found, "rules": rules(), "coordinates": user.may(Permission.COORDINATE)}
    return render(request, "movements/releases.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Give notice of a release of somebody who is typed: whoever does so finds nobody."""
    user = whoever_asks(request)
    require_to_give_notice(user)
    form = PrisonersReleaseForm(sent(request), areas=_areas(), prisons=prisons(), by=user)
    made = []

    def service() -> None:
        made.append(
            give_release_notice(by=user, planned=form.planned(), typed=form.typed(), submission=form.submission_key)
        )

    if done(form, service):
        return _to(made[0].key, "given")
    return render(request, "movements/give.html", {"form": form, "rules": rules()})


@require_http_methods(["GET", "HEAD", "POST"])
def give_for_case(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Give notice of a release on a case."""
    frame = case_frame(request.user, key)
    require_to_give_notice(frame.user)
    form = ReleaseForm(sent(request), areas=_areas(), prisons=prisons(), by=frame.user)
    first_choice(form, "area", str(frame.case.area_id))

    def service() -> object:
        planned, submission = form.planned(), form.submission_key
        return give_release_notice(by=frame.user, planned=planned, case=frame.case, submission=submission)

    if done(form, service):
        return redirect(f"{reverse('movements:case', kwargs={'key': key})}?saved=given")
    return render(request, "movements/give_for_case.html", {"frame": frame, "form": form, "rules": rules()})


@require_safe
def show(request: HttpRequest, notice: uuid.UUID) -> HttpResponse:
    """One notice: what it says, where it stands, and what the reader can do."""
    user, release = _release(request, notice)
    shown = _shown(user, release, AcknowledgeForm())
    return render(request, "movements/release.html", {**shown, "saved": SAVED.get(request.GET.get("saved", ""))})


@require_POST
def acknowledge(request: HttpRequest, notice: uuid.UUID) -> HttpResponse:
    """Say that one knows of a release."""
    user, release = _release(request, notice)
    require(user, Permission.RECORD_CUSTODY)
    form = AcknowledgeForm(request.POST)
    if done(form, lambda: acknowledge_release(by=user, notice=release.notice, words=form.cleaned_data["words"])):
        return _to(notice, "acknowledged")
    return render(request, "movements/release.html", _shown(user, release, form))


@require_http_methods(["GET", "HEAD", "POST"])
def match(request: HttpRequest, notice: uuid.UUID) -> HttpResponse:
    """Say which case a notice is about, hand it on to another area, or set it aside."""
    user, release = _release(request, notice)
    require(user, Permission.COORDINATE)
    row, found = release.notice, candidates(user, release.notice)
    shows(request, [case.pk for case, _ in found])
    form = MatchForm(sent(request), notice=row, cases=found, areas=_areas())

    def service() -> object:
        said, seen = form.cleaned_data, form.seen
        if said["what"] == MATCH:
            return match_release(by=user, notice=row, case=form.cases[said["case"]], version=seen)
        if said["what"] == HAND_ON:
            return hand_on_release(by=user, notice=row, area=form.areas[said["area"]], version=seen)
        return set_aside_release(by=user, notice=row, reason=said["reason"], version=seen)

    if done(form, service):
        return _to(notice, {MATCH: "matched", HAND_ON: "handed_on"}.get(form.cleaned_data["what"], "set_aside"))
    return render(request, "movements/match.html", {"release": release, "form": form, "found": found})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, notice: uuid.UUID) -> HttpResponse:
    """Give another day of release, or withdraw the notice."""
    user, release = _release(request, notice)
    row = release.notice
    form = ChangeReleaseForm(sent(request), initial={"version": row.version})

    def service() -> object:
        said = form.cleaned_data
        what = {"by": user, "notice": row, "reason": said["reason"], "version": form.seen}
        return (
            move_release(expected_on=said["expected_on"], **what) if said["what"] == MOVE else withdraw_release(**what)
        )

    if done(form, service):
        return _to(notice, "changed")
    return render(request, "movements/change.html", {"release": release, "form": form})


@require_safe
def arrival_list(request: HttpRequest) -> HttpResponse:
    """Releases of the last twelve months in the coordinator's area: how much warning there was, by prison."""
    user = whoever_asks(request)
    require(user, Permission.COORDINATE)
    today = timezone.localdate()
    first = add_months(today, -SHOWN_MONTHS)
    found = arrivals(user.area, first, today) if user.area else []
    shows(request, [one.case.pk for one in found])
    shown = {"arrivals": found, "prisons": arrivals_by_prison(found), "first": first, "rules": rules()}
    return render(request, "movements/arrivals.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def arrival(request: HttpRequest, key: uuid.UUID, pk: int) -> HttpResponse:
    """Say from which prison somebody came without notice."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.RECORD_CUSTODY)
    fact = fact_of(frame.case, pk)
    if fact is None or fact.kind != RELEASED or fact.is_voided:
        raise Http404("No such release")
    form = ArrivalForm(sent(request), prisons=prisons())
    if done(form, lambda: note_arrival(by=frame.user, fact=fact, **form.details())):
        return redirect(f"{reverse('movements:case', kwargs={'key': key})}?saved=arrival")
    return render(request, "movements/arrival.html", {"frame": frame, "form": form, "fact": fact})


def _release(request: HttpRequest, notice: uuid.UUID) -> tuple[User, Release]:
    """The reader, and a notice that they may read. Raises Http404, NotAllowed."""
    user = whoever_asks(request)
    require(user, Permission.GIVE_RELEASE_NOTICE)
    release = release_of(user, notice)
    if release.notice.case_id is not None:
        shows(request, [release.notice.case_id])
    return user, release


def _shown(user: User, release: Release, form: AcknowledgeForm) -> dict[str, object]:
    """What the page of a notice shows, and what this person can do with it."""
    may = user.may(Permission.RECORD_CUSTODY)
    own = release.notice.given_by_id == user.pk
    return {
        "release": release,
        "rules": rules(),
        "may_acknowledge": may and not own and release.is_open and not release.acknowledged_by(user),
        "may_match": user.may(Permission.COORDINATE) and release.is_open and release.notice.case_id is None,
        "may_change": release.is_open and (own or may),
        "case_opens": release.notice.case_id is not None and user.may(Permission.READ_RECORD),
        "form": form,
        "saved": "",
    }


def _areas() -> list[Area]:
    return list(Area.objects.order_by("name"))


def _to(notice: uuid.UUID, saved: str) -> HttpResponse:
    return redirect(f"{reverse('movements:release', kwargs={'notice': notice})}?saved={saved}")
