"""Pages of what-if questions: those there are, asking one, its answer, and taking one's own away."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmappa.accounts.models import User
from openmappa.board.views.reading import reader, tabs
from openmappa.core.workload.answer import By
from openmappa.core.workload.forecast import ASSUMPTIONS
from openmappa.timeline.forms.sharing import RecipientForm
from openmappa.ui.answering import done, sent
from openmappa.ui.csv_files import csv_answer
from openmappa.workload.disclosure import export_answer
from openmappa.workload.forms import QuestionForm
from openmappa.workload.models import Question
from openmappa.workload.queries.answers import shown
from openmappa.workload.queries.drafts import NAMES, checked
from openmappa.workload.queries.questions import names_in, question_for, questions_for
from openmappa.workload.services.asking import MONTHS, ask, take_away

LABELS = {By.OFFICER: "Person", By.UNIT: "Service in an area", By.AREA: "Area"}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The questions that this person may read."""
    who = reader(request)
    context = {"found": questions_for(who.user), "user": who.user, "tabs": tabs("workload:list")}
    return render(request, "workload/list.html", {**context, "deleted": "deleted" in request.GET})


@require_http_methods(["GET", "HEAD", "POST"])
def asking(request: HttpRequest) -> HttpResponse:
    """Write one draft or two, and have them worked out."""
    who = reader(request)
    files = request.FILES if request.method == "POST" else None
    form = QuestionForm(sent(request), files, areas=who.areas, every=who.user.area_id is None)
    if form.is_bound and form.is_valid():
        said = form.said
        parts = (said["drafts"], said["minutes"], said["hours"])
        _, problems = checked(*parts, on=timezone.localdate(), months=MONTHS)
        form.refuse_drafts(problems)
        rows: list[Question] = []
        if not problems and done(form, lambda: rows.append(ask(by=who.user, **said))):
            return redirect("workload:show", question=rows[0].key)
    return render(request, "workload/ask.html", {"form": form, "tabs": tabs("workload:list")})


@require_safe
def show(request: HttpRequest, question: uuid.UUID) -> HttpResponse:
    """What was asked, how far it is, and what came of it."""
    user, row = _question(request, question)
    by = next((each for each in By if each.value == request.GET.get("by")), By.OFFICER)
    found = None
    if row.answer is not None:
        found = shown(row.answer, by, names_in(user, row.answer), _areas(request))
    context = {
        **{"question": row, "found": found, "by": by, "labels": LABELS, "tabs": tabs("workload:list")},
        "texts": list(zip(NAMES, row.drafts, strict=False)),
        "assumptions": ASSUMPTIONS,
        "every": "every" in request.GET,
        "own": row.asked_by_id == user.pk,
        "address": reverse("workload:show", kwargs={"question": row.key}),
    }
    return render(request, "workload/show.html", context)


@require_POST
def delete(request: HttpRequest, question: uuid.UUID) -> HttpResponse:
    """Take one's own question away."""
    user, row = _question(request, question)
    take_away(by=user, question=row)
    return redirect(f"{reverse('workload:list')}?deleted")


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest, question: uuid.UUID) -> HttpResponse:
    """Ask for whom the figures are and why; then give them as a file."""
    user, row = _question(request, question)
    if row.answer is None:
        raise Http404("No answer yet")
    form = RecipientForm(sent(request))
    if form.is_bound and form.is_valid():
        sharing = form.sharing_by(f"{user.display_name}, {user.role_label}, {user.agency_name}")
        text = export_answer(by=user, question=row, areas=_areas(request), sharing=sharing)
        return csv_answer("what-if.csv", text)
    return render(request, "workload/export.html", {"form": form, "question": row})


def _question(request: HttpRequest, key: uuid.UUID) -> tuple[User, Question]:
    who = reader(request)
    row = question_for(who.user, key)
    if row is None:
        raise Http404("No such question")
    return who.user, row


def _areas(request: HttpRequest) -> dict[str, str]:
    return {area.code: area.name for area in reader(request).areas}
