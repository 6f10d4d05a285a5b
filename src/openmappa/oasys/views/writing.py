"""Writing one section of an OASys: the page, and saving while somebody types."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.core.instruments.oasys.answering import NO_ANSWERS
from openmappa.core.packs.oasys_rules import Answers
from openmappa.core.packs.oasys_rules import OasysSection as Section
from openmappa.oasys.errors import NotADraft, SavedMeanwhile
from openmappa.oasys.forms import SectionForm, initial_of
from openmappa.oasys.models import OasysSection
from openmappa.oasys.queries.known_answers import known_answers
from openmappa.oasys.queries.oasys import Written, oasys_on, written
from openmappa.oasys.queries.section_page import (
    differing,
    in_groups,
    lines_of,
    lines_to_read,
    neighbours,
    so_far,
    taken,
)
from openmappa.oasys.services.drafting import save_section
from openmappa.timeline.queries.frame import CaseFrame, case_frame

NOTHING_SAVED = 0


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, key: uuid.UUID, oasys: uuid.UUID, section: str) -> HttpResponse:
    """One section: to be written in a draft by those who write OASys, to be read otherwise."""
    frame = case_frame(request.user, key)
    found = written(oasys_on(frame.case, oasys))
    asked = _section(found, section)
    if request.method == "POST":
        require(frame.user, Permission.RECORD_ASSESSMENT)
        return _save(request, frame, found, asked)
    if not (found.oasys.is_draft and frame.user.may(Permission.RECORD_ASSESSMENT)):
        return _read(request, frame, found, asked)
    return _page(request, frame, found, asked, _form(found, asked, frame))


@require_POST
def autosave(request: HttpRequest, key: uuid.UUID, oasys: uuid.UUID, section: str) -> HttpResponse:
    """Save the section as it stands, as its page asks while somebody types. What cannot be kept stays unsaved.

    409 where somebody else saved it meanwhile, or it is no draft any more; the page says so.
    """
    frame = case_frame(request.user, key)
    found = written(oasys_on(frame.case, oasys))
    asked = _section(found, section)
    require(frame.user, Permission.RECORD_ASSESSMENT)
    form = SectionForm(asked, request.POST, initial={})
    form.is_valid()
    answers = _without_refused(found, asked, form)
    try:
        row = _store(frame, found, asked, form, answers)
    except SavedMeanwhile as meanwhile:
        who = "you" if meanwhile.row.saved_by_id == frame.user.pk else meanwhile.row.saved_by.full_name
        return JsonResponse({"by": who, "at": _clock(meanwhile.row)}, status=409)
    except NotADraft as refused:
        return JsonResponse({"refused": str(refused)}, status=409)
    shown = so_far(found, asked, row.answers, frozenset(row.unconfirmed))
    said = {
        "saved": _clock(row) if row.revision else "",
        "revision": row.revision,
        "problems": {name: list(said) for name, said in form.errors.items()},
        "html": render_to_string("oasys/so_far.html", {"so_far": shown}, request, using=None),
    }
    return JsonResponse(said)


def _save(request: HttpRequest, frame: CaseFrame, found: Written, asked: Section) -> HttpResponse:
    """Save what a button sent; then where the button leads. What is refused or contested is shown on the page."""
    form = SectionForm(asked, request.POST, initial={})
    if not form.is_valid():
        return _page(request, frame, found, asked, form)
    theirs = found.answers_in(asked)
    answers = taken(asked, form.answers, theirs, form.taken_from_others)
    try:
        _store(frame, found, asked, form, answers)
    except SavedMeanwhile as meanwhile:
        return _page(request, frame, found, asked, form, meanwhile=meanwhile.row)
    except NotADraft as refused:
        form.refuse(None, str(refused))
        return _page(request, frame, found, asked, form)
    return redirect(_next_address(request.POST.get("go", ""), frame, written(found.oasys), asked))


def _next_address(go: str, frame: CaseFrame, found: Written, asked: Section) -> str:
    place: dict[str, Any] = {"key": frame.key, "oasys": found.oasys.key}
    following = neighbours(found, asked)[1]
    if go == "stay":
        return reverse("oasys:section", kwargs={**place, "section": asked.slug})
    if go == "stop" or following is None:
        return reverse("oasys:show", kwargs=place)
    return reverse("oasys:section", kwargs={**place, "section": following.slug})


def _store(frame: CaseFrame, found: Written, asked: Section, form: SectionForm, answers: Answers) -> OasysSection:
    return save_section(
        by=frame.user,
        oasys=found.oasys,
        section=asked.slug,
        answers=answers,
        confirmed=form.confirmed,
        revision=form.seen,
        page=form.cleaned_data.get("page"),
        turn=form.cleaned_data.get("turn") or 0,
    )


def _without_refused(found: Written, asked: Section, form: SectionForm) -> Answers:
    """The answers that can be kept; for the others what was saved before."""
    before = found.answers_in(asked)
    kept = {name: answer for name, answer in form.answers.items() if name not in form.errors}
    return {name: before[name] for name in form.errors if name in before} | kept


def _page(
    request: HttpRequest,
    frame: CaseFrame,
    found: Written,
    asked: Section,
    form: SectionForm,
    *,
    meanwhile: OasysSection | None = None,
) -> HttpResponse:
    row = found.rows.get(asked.slug)
    unconfirmed = found.unconfirmed_in(asked) - (form.confirmed if form.is_bound else frozenset())
    answers = form.answers if form.is_bound else (row.answers if row else NO_ANSWERS)
    before, after = neighbours(found, asked)
    context = {
        "frame": frame,
        "oasys": found.oasys,
        "rules": found.rules,
        "asked": asked,
        "form": form,
        "row": row,
        "groups": in_groups(lines_of(asked, form, answers, unconfirmed)),
        "so_far": so_far(found, asked, answers, unconfirmed),
        "before": before,
        "after": after,
        "meanwhile": meanwhile,
        "differing": list(differing(asked, form.answers, meanwhile.answers)) if meanwhile else [],
        "known": {} if row or form.is_bound else known_answers(frame.case, asked),
    }
    return render(request, "oasys/section.html", context)


def _form(found: Written, asked: Section, frame: CaseFrame) -> SectionForm:
    row = found.rows.get(asked.slug)
    answers = row.answers if row else known_answers(frame.case, asked)
    revision = row.revision if row else NOTHING_SAVED
    return SectionForm(asked, initial={"revision": revision, **initial_of(asked, answers)})


def _read(request: HttpRequest, frame: CaseFrame, found: Written, asked: Section) -> HttpResponse:
    before, after = neighbours(found, asked)
    answers = found.answers_in(asked)
    context = {
        "frame": frame,
        "oasys": found.oasys,
        "rules": found.rules,
        "asked": asked,
        "groups": in_groups(lines_to_read(asked, answers)),
        "reading": True,
        "so_far": so_far(found, asked, answers, frozenset()),
        "before": before,
        "after": after,
    }
    return render(request, "oasys/read_section.html", context)


def _section(found: Written, slug: str) -> Section:
    """The section with this slug, whether it is asked or not. Raises Http404."""
    named = {section.slug: section for section in found.rules.sections}
    if slug not in named:
        raise Http404("No such section")
    return named[slug]


def _clock(row: OasysSection) -> str:
    """When it was saved, as "10:32"."""
    return f"{timezone.localtime(row.saved_at):%H:%M}"
