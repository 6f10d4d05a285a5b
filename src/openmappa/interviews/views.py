"""Interviews: all of an inspection, who is asked what, planning one, its notes saved as they are typed, themes."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmappa.accounts.asking import whoever_asks
from openmappa.accounts.models import User
from openmappa.audit.looks import shows_nothing
from openmappa.core.access import Permission
from openmappa.inspections.models import Inspection
from openmappa.interviews import queries
from openmappa.interviews.disclosure import export_matrix
from openmappa.interviews.errors import NotInterviewed, SavedMeanwhile
from openmappa.interviews.forms import (
    ChangeThemeForm,
    DropForm,
    EndThemeForm,
    MergeThemeForm,
    NoteForm,
    PlanForm,
    QuoteForm,
    ThemeForm,
)
from openmappa.interviews.models import Interview, InterviewNote, Quote, Theme
from openmappa.interviews.services import (
    add_theme,
    change_theme,
    drop_interview,
    finish_interview,
    mark_quote,
    merge_theme,
    plan_interview,
    remove_theme,
    save_note,
    take_quote_away,
)
from openmappa.samples.models import Exercise
from openmappa.samples.queries import areas_of, members_of
from openmappa.timeline.forms.sharing import RecipientForm
from openmappa.ui.answering import done, sent
from openmappa.ui.csv_files import csv_answer
from openmappa.ui.formats import clock
from openmappa.ui.forms import Form

DONE = {
    "planned": "The interview is planned",
    "finished": "The interview is finished. Its notes do not change any more",
    "dropped": "The interview is dropped",
    "theme": "The theme is added",
    "changed": "The theme is changed. What it was is kept with the reason",
    "merged": "The theme is merged. Its quotes, and the findings that rest on it, go with it",
    "removed": "The theme is removed. It stays below, with the reason",
    "quoted": "The words are kept under their theme",
    "taken-away": "The quote is taken away",
}


@dataclass(frozen=True)
class On:
    """Who asks, and the inspection that they work on."""

    user: User
    inspection: Inspection

    @property
    def exercise(self) -> Exercise:
        """What its interviews hang on."""
        return self.inspection.exercise

    def address(self, name: str, word: str = "", **parts: object) -> str:
        """A page of its interviews, with what was just done."""
        found = reverse(f"interviews:{name}", kwargs={"inspection": self.inspection.key, **parts})
        return f"{found}?done={word}" if word else found


def _on(request: HttpRequest, inspection: uuid.UUID) -> On:
    user = whoever_asks(request, Permission.READ_INSPECTION_REPORTS)
    return On(user, queries.inspection_for(user, inspection))


def _page(request: HttpRequest, on: On, name: str, status: int = 200, **shown: object) -> HttpResponse:
    known = {"inspection": on.inspection, "exercise": on.exercise, "done": DONE.get(request.GET.get("done", ""))}
    roles = queries.role_titles()
    return render(request, f"interviews/{name}.html", {**known, "roles": roles, **shown}, status=status)


@require_safe
def listing(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """Every interview, by day."""
    on = _on(request, inspection)
    return _page(request, on, "list", rows=list(queries.interviews_of(on.exercise)))


@require_safe
def who_is_asked_what(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """The schedule as a matrix: each question, which roles are asked it, and what nobody was asked yet."""
    on = _on(request, inspection)
    return _page(request, on, "schedule", found=queries.matrix_of(on.exercise))


@require_http_methods(["GET", "HEAD", "POST"])
def schedule_file(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """Ask for whom the matrix is and why; then give it as a file."""
    on = _on(request, inspection)
    form = RecipientForm(sent(request))
    if form.is_bound and form.is_valid():
        sharing = form.sharing_by(f"{on.user.display_name}, {on.user.role_label}, {on.user.agency_name}")
        return csv_answer("who-is-asked-what.csv", export_matrix(by=on.user, inspection=on.inspection, sharing=sharing))
    return _page(request, on, "schedule_file", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """Plan an interview."""
    on = _on(request, inspection)
    people = [member.person for member in members_of(on.exercise).in_force()]
    initial = {"asked_by": str(on.user.pk)}
    form = PlanForm(sent(request), areas=areas_of(on.exercise), people=people, initial=initial)

    def service() -> object:
        return plan_interview(by=on.user, exercise=on.exercise, said=form.said, submission=form.submission_key)

    if form.is_bound and done(form, service):
        return redirect(on.address("list", "planned"))
    return _page(request, on, "plan", form=form)


@require_safe
def show(request: HttpRequest, inspection: uuid.UUID, interview: uuid.UUID) -> HttpResponse:
    """One interview: each question that its role is asked, with its notes."""
    on = _on(request, inspection)
    return _shown(request, on, queries.interview_in(on.exercise, interview), {})


def _shown(
    request: HttpRequest,
    on: On,
    row: Interview,
    bound: dict[str, NoteForm],
    *,
    theirs: InterviewNote | None = None,
    status: int = 200,
    refused: str = "",
) -> HttpResponse:
    notes = queries.notes_in(row)
    writes = row.is_open and on.exercise.is_open
    noted = {number for number, note in notes.items() if note.words}
    parts, silent = [], []
    for part, asked in queries.parts_for(row.role):
        lines = []
        for each in asked:
            if writes or each.number in noted:
                note = notes.get(each.number)
                lines.append((each, note, bound.get(each.number) or NoteForm(each.number, row=note)))
            else:
                silent.append(each.number)
        if lines:
            parts.append((part, lines))
    quotes = list(queries.quotes_in(row))
    shown = {"row": row, "parts": parts, "silent": silent, "writes": writes, "quotes": quotes}
    return _page(request, on, "show", status, **shown, theirs=theirs, refused=refused)


@require_POST
def note(request: HttpRequest, inspection: uuid.UUID, interview: uuid.UUID, question: str) -> HttpResponse:
    """Save what was said to one question: as somebody types, or by its button without scripts."""
    on = _on(request, inspection)
    row = queries.interview_in(on.exercise, interview)
    queries.question_for(row.role, question)
    form = NoteForm(question, request.POST)
    by_script = request.headers.get("X-Requested-With") == "fetch"
    try:
        if form.is_valid():
            words = form.cleaned_data["words"]
            kept = save_note(by=on.user, interview=row, question=question, words=words, seen=form.seen)
            if not by_script:
                return redirect(f"{on.address('show', interview=row.key)}#q{question.replace('.', '-')}")
            shows_nothing(request)
            said = {"revision": kept.revision, "saved": clock(timezone.localtime(kept.saved_at)), "problems": {}}
            return JsonResponse(said)
    except SavedMeanwhile as meanwhile:
        return _conflict(request, on, row, question, form, meanwhile.note)
    except NotInterviewed as refused:
        form.refuse(None, refused.problems.get("", ""))
    if by_script:
        shows_nothing(request)
        return JsonResponse({"problems": form.errors}, status=422)
    return _shown(request, on, row, {question: form}, status=422)


def _conflict(request: HttpRequest, on: On, row: Interview, question: str, form: NoteForm, pk: int) -> HttpResponse:
    """Saved in another window since: both are shown, and pressing again keeps this one."""
    theirs = InterviewNote.objects.get(pk=pk)
    if request.headers.get("X-Requested-With") == "fetch":
        shows_nothing(request)
        at = clock(timezone.localtime(theirs.saved_at))
        said = {"at": at, "revision": theirs.revision, "theirs": {"words": theirs.words}, "says": [theirs.words]}
        return JsonResponse(said, status=409)
    form.keep_at(theirs.revision)
    return _shown(request, on, row, {question: form}, theirs=theirs, status=409)


@require_POST
def finish(request: HttpRequest, inspection: uuid.UUID, interview: uuid.UUID) -> HttpResponse:
    """Say that it was held."""
    on = _on(request, inspection)
    row = queries.interview_in(on.exercise, interview)
    try:
        finish_interview(by=on.user, interview=row)
    except NotInterviewed as refused:
        return _shown(request, on, row, {}, status=422, refused=str(refused))
    return redirect(on.address("show", "finished", interview=row.key))


@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, inspection: uuid.UUID, interview: uuid.UUID) -> HttpResponse:
    """Say that it is not held, and why."""
    on = _on(request, inspection)
    row = queries.interview_in(on.exercise, interview)
    form = DropForm(sent(request))
    if form.is_bound and done(form, lambda: drop_interview(by=on.user, interview=row, **form.cleaned_data)):
        return redirect(on.address("list", "dropped"))
    return _page(request, on, "drop", form=form, row=row)


@require_http_methods(["GET", "HEAD", "POST"])
def quote(request: HttpRequest, inspection: uuid.UUID, interview: uuid.UUID) -> HttpResponse:
    """Keep words as they were said, under a theme."""
    on = _on(request, inspection)
    row = queries.interview_in(on.exercise, interview)
    asked, themes = queries.schedule().asked_of(row.role), queries.themes_of(on.exercise)
    form = QuoteForm(sent(request), questions=asked, role=row.role, themes=themes)

    def service() -> object:
        kept = form.cleaned_data
        return mark_quote(
            by=on.user,
            interview=row,
            question=kept["question"],
            theme=form.chosen,
            words=kept["words"],
            attributable=kept["attributable"],
            submission=form.submission_key,
        )

    if form.is_bound and done(form, service):
        return redirect(on.address("show", "quoted", interview=row.key))
    return _page(request, on, "quote", form=form, row=row, themes=themes)


@require_http_methods(["GET", "HEAD", "POST"])
def themes(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """Themes with what was said, and adding one."""
    on = _on(request, inspection)
    form = ThemeForm(sent(request))

    def service() -> object:
        kept = {name: form.cleaned_data[name] for name in ("title", "words")}
        return add_theme(by=on.user, exercise=on.exercise, submission=form.submission_key, **kept)

    if form.is_bound and done(form, service):
        return redirect(on.address("themes", "theme"))
    rows, ended = queries.themes_of(on.exercise), list(queries.ended_themes_of(on.exercise))
    return _page(request, on, "themes", form=form, rows=rows, ended=ended)


def _tried(form: EndThemeForm, row: Theme, service: Callable[[], object]) -> tuple[bool, Theme | None]:
    """Whether it is done; and the theme as it stands now, where somebody else changed it since the page was opened."""
    if not form.is_bound or done(form, service):
        return form.is_bound, None
    now = Theme.objects.get(pk=row.pk)
    if form.cleaned_data.get("version") == now.version:
        return False, None
    form.press_again(now.version)
    return False, now


@require_http_methods(["GET", "HEAD", "POST"])
def theme(request: HttpRequest, inspection: uuid.UUID, theme: uuid.UUID) -> HttpResponse:
    """Rename a theme or describe it anew; what it was before stands below."""
    on = _on(request, inspection)
    row = queries.theme_in(on.exercise, theme)
    said = {"title": row.title, "words": row.words, "version": row.version}
    form = ChangeThemeForm(sent(request), theme=row, initial=said)
    finished, now = _tried(form, row, lambda: change_theme(by=on.user, theme=row, seen=form.seen, **form.said))
    if finished:
        return redirect(on.address("themes", "changed"))
    return _page(request, on, "theme", form=form, row=row, theirs=now, changes=list(queries.changes_of(row)))


@require_http_methods(["GET", "HEAD", "POST"])
def merge_into(request: HttpRequest, inspection: uuid.UUID, theme: uuid.UUID) -> HttpResponse:
    """Ask into which theme another goes and why, and merge them."""
    on = _on(request, inspection)
    row = queries.theme_in(on.exercise, theme)
    others = [each for each in queries.themes_of(on.exercise) if each.pk != row.pk]
    form = MergeThemeForm(sent(request), themes=others, initial={"version": row.version})
    finished, now = _tried(form, row, lambda: merge_theme(by=on.user, theme=row, seen=form.seen, **form.said))
    if finished:
        return redirect(on.address("themes", "merged"))
    return _page(request, on, "merge_theme", form=form, row=row, theirs=now, others=others)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, inspection: uuid.UUID, theme: uuid.UUID) -> HttpResponse:
    """Ask why a theme is to go, and take it out of use."""
    on = _on(request, inspection)
    row = queries.theme_in(on.exercise, theme)
    form = EndThemeForm(sent(request), initial={"version": row.version})
    finished, now = _tried(form, row, lambda: remove_theme(by=on.user, theme=row, seen=form.seen, **form.said))
    if finished:
        return redirect(on.address("themes", "removed"))
    return _page(request, on, "remove_theme", form=form, row=row, theirs=now)


@require_http_methods(["GET", "HEAD", "POST"])
def take_away(request: HttpRequest, inspection: uuid.UUID, quote: uuid.UUID) -> HttpResponse:
    """Ask whether a quote is to go, and take it away."""
    on = _on(request, inspection)
    row = Quote.objects.filter(interview__exercise=on.exercise, key=quote).select_related("interview__exercise").first()
    if row is None:
        raise Http404("No such quote")
    form = Form(sent(request))
    if form.is_bound and done(form, lambda: take_quote_away(by=on.user, quote=row)):
        return redirect(on.address("themes", "taken-away"))
    return _page(request, on, "take_away", form=form, quote=row)
