"""The page of a meeting while it runs: opening it, its lines as they are typed, what is new, level and review."""

import uuid
from functools import partial

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from openmappa.audit.looks import shows_nothing
from openmappa.core.compartments import Compartment
from openmappa.minutes.errors import SavedMeanwhile
from openmappa.minutes.forms.running import ONLY, ActionForm, ChairForm, ConclusionForm, EntryForm, line_form
from openmappa.minutes.models.minutes import Minutes
from openmappa.minutes.models.running import Entry, Running
from openmappa.minutes.queries.page import (
    LineShown,
    RunningPage,
    entries_since,
    has_victim_lines,
    lists_of,
    places_of,
    running_page,
    values_of,
    who_may_chair,
    who_may_own,
)
from openmappa.minutes.services.running import SAVES, change_chair, conclude, open_meeting, remove_entry
from openmappa.minutes.views.blanks import blank_line
from openmappa.minutes.views.loading import OnMeeting, on_meeting
from openmappa.minutes.words import EntryKind
from openmappa.signin.step_up import fresh, stepped_up
from openmappa.timeline.errors import NotRecorded
from openmappa.ui.formats import clock

DATES = {"by_on", "review_on"}
REGIONS: tuple[str, ...] = ("missing", "actions", "chairs")
"""What the page shows anew when somebody saved something."""


@require_safe
def run(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """The page on which a minute-taker follows a meeting. Before it is opened it asks for that; closed, it leads on."""
    here = on_meeting(request.user, key, meeting)
    running = Running.objects.filter(meeting=here.meeting).first()
    if here.meeting.closed_at is not None:
        made = Minutes.objects.filter(meeting=here.meeting).order_by("number").last()
        return redirect("minutes:show", key=key, minutes=made.key) if made else redirect("minutes:case", key=key)
    if running is None:
        return render(request, "minutes/open.html", {"frame": here.frame, "meeting": here.meeting})
    return page(request, here, running)


def page(
    request: HttpRequest, here: OnMeeting, running: Running, *, action: ActionForm | None = None, refused: str = ""
) -> HttpResponse:
    """The page of a meeting that runs, with a form that was refused where there is one.

    Whoever reads something on victims there proves first who they are.
    """
    shown = running_page(here.meeting, here.frame.user, running)
    return (stepped_up(_page) if shown.is_walled else _page)(request, here, running, shown, action, refused)


def _page(
    request: HttpRequest, here: OnMeeting, running: Running, shown: RunningPage, action: ActionForm | None, refused: str
) -> HttpResponse:
    people, agencies = who_may_own(shown.invitees)
    standing = here.frame.standing
    context = {
        "frame": here.frame,
        "meeting": here.meeting,
        "running": running,
        "page": shown,
        "part": request.GET.get("part", ""),
        "conclusion": ConclusionForm.of(running, standing.mappa_level, standing.mappa_category),
        "action": action or ActionForm(people=people, agencies=agencies, auto_id="new-action-%s"),
        "chair": ChairForm(people=who_may_chair(here.meeting)),
        "blank": partial(blank_line, {}, request, here),
        "refused": refused,
    }
    return render(request, "minutes/run.html", context, status=422 if action or refused else 200)


@require_POST
def opened(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """Open the meeting: from now on it is minuted."""
    here = on_meeting(request.user, key, meeting)
    try:
        open_meeting(by=here.frame.user, meeting=here.meeting)
    except NotRecorded as refused:
        context = {"frame": here.frame, "meeting": here.meeting, "refused": str(refused)}
        return render(request, "minutes/open.html", context, status=422)
    return redirect("minutes:run", key=key, meeting=meeting)


@require_POST
def entry(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """Save one line, or remove it; as the page asks while somebody types, or as a button does without scripts."""
    here = on_meeting(request.user, key, meeting)
    kind = request.POST.get("kind", "")
    if kind not in EntryKind.values:
        return _answer(request, here, {"refused": "This line cannot be read. Open the page again."}, 422)
    form = EntryForm(kind, request.POST, places=places_of(here.frame.user, here.meeting))
    form.is_valid()
    problems = {name: [str(one) for one in said] for name, said in form.errors.items()}
    if set(problems) - DATES:
        return _answer(request, here, {"problems": problems}, 422)
    try:
        if request.POST.get("remove"):
            remove_entry(by=here.frame.user, meeting=here.meeting, key=entry, seen=form.seen)
            item = form.cleaned_data["item"]
            return _answer(request, here, {"removed": True}, anchor=item, part=item)
        row = SAVES[EntryKind(kind)](
            by=here.frame.user, meeting=here.meeting, key=entry, words=form.words, seen=form.seen
        )
    except SavedMeanwhile as meanwhile:
        return _conflict(request, here, meanwhile.row, form)
    except NotRecorded as refused:
        return _answer(request, here, {"refused": str(refused)}, 422)
    said = {"revision": row.revision, "saved": _at(row), "problems": problems}
    return _answer(request, here, said, anchor=f"line-{entry}", part=row.item)


@require_POST
def conclusion(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """Save what the meeting decides about level and review, complete or not."""
    here = on_meeting(request.user, key, meeting)
    form = ConclusionForm(request.POST)
    form.is_valid()
    problems = {name: [str(one) for one in said] for name, said in form.errors.items()}
    if set(problems) - DATES:
        return _answer(request, here, {"problems": problems}, 422)
    try:
        row = conclude(by=here.frame.user, meeting=here.meeting, concluded=form.concluded, seen=form.seen)
    except SavedMeanwhile as meanwhile:
        return _conflict(request, here, meanwhile.row, form)
    except NotRecorded as refused:
        return _answer(request, here, {"refused": str(refused)}, 422)
    return _answer(
        request, here, {"revision": row.revision, "saved": _at(row), "problems": problems}, anchor="conclusion"
    )


@require_GET
def news(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """What was saved since this page last asked (``since``): lines as values, new ones as forms too, and the lists."""
    here = on_meeting(request.user, key, meeting)
    running = Running.objects.select_related("meeting", "changed_by").filter(meeting=here.meeting).first()
    since = request.GET.get("since", "0")
    if running is None or not since.isdecimal() or (running.version <= int(since) and not here.meeting.closed_at):
        shows_nothing(request)
        return JsonResponse({"version": running.version if running else 0, "lines": []})
    places = places_of(here.frame.user, here.meeting)
    rows = entries_since(here.meeting, int(since))
    regions = REGIONS
    if not fresh(request):  # what stands behind a wall waits until somebody has proved once more who they are
        rows = [row for row in rows if row.compartment != Compartment.VICTIM]
        if has_victim_lines(here.meeting):  # what is missing quotes decisions
            regions = tuple(name for name in REGIONS if name != "missing")
    lists = {"frame": here.frame, "meeting": here.meeting, "page": lists_of(here.meeting, running)}
    said = {
        "version": running.version,
        "closed": here.meeting.closed_at is not None,
        "lines": [_line(request, here, row, places) for row in rows],
        "conclusion": values_of(running, ConclusionForm.FIELDS) | {"revision": running.revision},
        **{name: render_to_string(f"minutes/{name}.html", lists, request) for name in regions},
    }
    return JsonResponse(said)


@require_http_methods(["POST"])
def chair(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """Somebody else chairs from now on."""
    here = on_meeting(request.user, key, meeting)
    form = ChairForm(request.POST, people=who_may_chair(here.meeting))
    if not form.is_valid():
        return _answer(request, here, {"refused": "Choose who chairs from now on."}, 422)
    try:
        change_chair(by=here.frame.user, meeting=here.meeting, chair=form.person)
    except NotRecorded as refused:
        return _answer(request, here, {"refused": str(refused)}, 422)
    return redirect("minutes:run", key=key, meeting=meeting)


def _line(request: HttpRequest, here: OnMeeting, row: Entry, places: list[Compartment]) -> dict[str, object]:
    names = (*ONLY[EntryKind(row.kind)], "compartment")
    shown = LineShown(row.key, line_form(row, places), row)
    context = {"frame": here.frame, "meeting": here.meeting, "line": shown}
    return {
        "key": str(row.key),
        "item": row.item,
        "removed": row.removed_at is not None,
        "revision": row.revision,
        "by": row.changed_by.full_name,
        "at": _at(row),
        "values": values_of(row, names),
        "html": render_to_string("minutes/line.html", context, request),
    }


def _conflict(
    request: HttpRequest, here: OnMeeting, row: Entry | Running, form: EntryForm | ConclusionForm
) -> HttpResponse:
    names = (*ONLY[EntryKind(row.kind)], "compartment") if isinstance(row, Entry) else ConclusionForm.FIELDS
    theirs = values_of(row, names)
    said = {"by": row.changed_by.full_name, "at": _at(row), "revision": row.revision, "theirs": theirs}
    if _asked_by_script(request):
        return JsonResponse(said, status=409)
    context = {
        "frame": here.frame,
        "meeting": here.meeting,
        "row": row,
        "names": names,
        "form": form,
        "said": said,
        "address": request.path,
    }
    return render(request, "minutes/conflict.html", context, status=409)


def _answer(
    request: HttpRequest, here: OnMeeting, said: dict[str, object], status: int = 200, anchor: str = "", part: str = ""
) -> HttpResponse:
    """What the page is told; without scripts, the page again, with the part open that was written in."""
    shows_nothing(request)
    if _asked_by_script(request):
        return JsonResponse(said, status=status)
    if status == 200:
        response = redirect("minutes:run", key=here.frame.key, meeting=here.meeting.key)
        response["Location"] += f"?{urlencode({'part': part})}" if part else ""
        response["Location"] += f"#{anchor}" if anchor else ""
        return response
    running = Running.objects.filter(meeting=here.meeting).first()
    if running is None or here.meeting.closed_at is not None:
        return redirect("minutes:run", key=here.frame.key, meeting=here.meeting.key)
    return page(request, here, running, refused=_in_words(said))


def _in_words(said: dict[str, object]) -> str:
    problems = said.get("problems")
    if isinstance(problems, dict):
        return " ".join(sentence for sentences in problems.values() for sentence in sentences)
    return str(said.get("refused", ""))


def _asked_by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _at(row: Entry | Running) -> str:
    return clock(timezone.localtime(row.changed_at))
