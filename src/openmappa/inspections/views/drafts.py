"""A draft of a framework: its parts changed one by one, then saved as a version, or thrown away."""

import uuid
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from openmappa.accounts.asking import whoever_asks
from openmappa.accounts.models import User
from openmappa.core.access import Permission
from openmappa.core.inspection import framework_editing as editing
from openmappa.core.inspection.framework import Framework
from openmappa.core.inspection.framework_changes import changed_questions
from openmappa.inspections.errors import NotSaved
from openmappa.inspections.forms.frameworks import CriterionForm, QuestionForm, SaveForm
from openmappa.inspections.models import FrameworkDraft
from openmappa.inspections.queries.checking import checked, read
from openmappa.inspections.queries.frameworks import draft_of, framework_in, may_add_to
from openmappa.inspections.services.frameworks import change_draft, discard_draft, save_draft
from openmappa.ui.answering import done, sent

Part = TypeVar("Part")
REMOVES = {"question": editing.without_question, "criterion": editing.without_criterion}


class OnDraft(NamedTuple):
    """A draft of one's own, and the framework in it."""

    user: User
    draft: FrameworkDraft
    framework: Framework


def to_draft(request: HttpRequest, key: uuid.UUID) -> OnDraft:
    """One's own draft. Raises NotAllowed, Http404."""
    user = whoever_asks(request, Permission.OPEN_INSPECTION)
    draft = draft_of(user, key)
    framework, _ = read(draft.text)
    assert framework is not None  # a draft is kept only when it makes sense
    return OnDraft(user, draft, framework)


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """The parts of a draft, what is different so far, and saving it as a version."""
    on = to_draft(request, draft)
    form = SaveForm(sent(request), framework=on.framework, own=may_add_to(on.user, on.framework.code))

    def service() -> object:
        said = form.cleaned_data
        named = checked(editing.with_name(on.framework, said["code"], said["title"]))
        return save_draft(by=on.user, draft=on.draft, framework=named, note=said["note"])

    if done(form, service):
        return redirect(reverse("inspections:frameworks") + "?saved=1")
    before = framework_in(on.draft.based_on) if on.draft.based_on else None
    changed = changed_questions(before, on.framework) if before else ()
    shown = {**on._asdict(), "form": form, "changed": changed, "saved": "saved" in request.GET}
    return render(request, "inspections/draft.html", shown)


@require_POST
def discard(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """Throw a draft away."""
    on = to_draft(request, draft)
    discard_draft(by=on.user, draft=on.draft)
    return redirect("inspections:frameworks")


@require_http_methods(["GET", "HEAD", "POST"])
def add_question(request: HttpRequest, draft: uuid.UUID, criterion: str) -> HttpResponse:
    """Add a question to a criterion."""
    on = to_draft(request, draft)
    under = _found(lambda: editing.criterion_named(on.framework, criterion))
    form = QuestionForm(sent(request), question=None, version=on.draft.version)
    if done(form, lambda: _keep(on, editing.with_question(on.framework, criterion, form.made()), form.seen)):
        return _back(on)
    return render(request, "inspections/question.html", {**on._asdict(), "form": form, "under": under})


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, draft: uuid.UUID, question: str) -> HttpResponse:
    """Change a question."""
    on = to_draft(request, draft)
    under = _found(lambda: editing.criterion_of(on.framework, question))
    form = QuestionForm(sent(request), question=on.framework.question(question), version=on.draft.version)

    def service() -> object:
        return _keep(on, editing.with_question(on.framework, under.code, form.made(), instead_of=question), form.seen)

    if done(form, service):
        return _back(on)
    return render(request, "inspections/question.html", {**on._asdict(), "form": form, "under": under})


@require_http_methods(["GET", "HEAD", "POST"])
def add_criterion(request: HttpRequest, draft: uuid.UUID, chapter: str) -> HttpResponse:
    """Add a criterion to a chapter, which then needs questions."""
    on = to_draft(request, draft)
    under = next((each for each in on.framework.chapters if each.code == chapter), None)
    if under is None:
        raise Http404("No such chapter")
    form = CriterionForm(sent(request), criterion=None, version=on.draft.version)
    if done(form, lambda: _keep(on, editing.with_criterion(on.framework, chapter, form.made()), form.seen)):
        return _back(on)
    return render(request, "inspections/criterion.html", {**on._asdict(), "form": form, "under": under})


@require_http_methods(["GET", "HEAD", "POST"])
def criterion(request: HttpRequest, draft: uuid.UUID, criterion: str) -> HttpResponse:
    """Change a criterion."""
    on = to_draft(request, draft)
    under = _found(lambda: editing.chapter_of(on.framework, criterion))
    now = editing.criterion_named(on.framework, criterion)
    form = CriterionForm(sent(request), criterion=now, version=on.draft.version)

    def service() -> object:
        return _keep(on, editing.with_criterion(on.framework, under.code, form.made(), instead_of=criterion), form.seen)

    if done(form, service):
        return _back(on)
    return render(request, "inspections/criterion.html", {**on._asdict(), "form": form, "under": under})


@require_POST
def remove(request: HttpRequest, draft: uuid.UUID, what: str, code: str) -> HttpResponse:
    """Take a question or a criterion out. The version that the draft is of keeps it."""
    on = to_draft(request, draft)
    if what not in REMOVES:
        raise Http404("No such part")
    try:
        _keep(on, _found(lambda: REMOVES[what](on.framework, code)), None)
    except NotSaved as refused:
        return render(request, "inspections/not_removed.html", {**on._asdict(), "why": str(refused)}, status=409)
    return _back(on)


def _keep(on: OnDraft, changed: Framework, version: int | None) -> object:
    return change_draft(by=on.user, draft=on.draft, framework=checked(changed), version=version)


def _found(find: Callable[[], Part]) -> Part:
    try:
        return find()
    except KeyError as unknown:
        raise Http404("No such part") from unknown


def _back(on: OnDraft) -> HttpResponse:
    return redirect(reverse("inspections:draft", kwargs={"draft": on.draft.key}) + "?saved=1")
