"""An assessment: its overview with the record, the questions of one criterion, each answer saved by itself, signing."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmappa.assessing.errors import NotAssessed, SavedMeanwhile
from openmappa.assessing.forms import QuestionForm, RemarkForm, answer_label, offer_label, values_of
from openmappa.assessing.models import ConfidentialRemark, GivenAnswer
from openmappa.assessing.services.answering import give_answer, missing, remark_apart, sign_assessment
from openmappa.assessing.views.loading import OnAssessment, question_in, to_assessment, to_own
from openmappa.audit.looks import shows_nothing
from openmappa.core.inspection.framework import Criterion, Question
from openmappa.core.inspection.scores import Answer
from openmappa.ui.answering import done, sent
from openmappa.ui.formats import clock

SAVED = {"remark": "Your remark is kept, apart from the answers", "signed": "The assessment is signed"}


@require_safe
def show(request: HttpRequest, inspection: uuid.UUID, assessment: uuid.UUID) -> HttpResponse:
    """Where an assessment stands, and the record of the case side by side."""
    on = to_assessment(request, inspection, assessment)
    return _overview(request, on, RemarkForm(initial={"words": _remark(on)}))


def _overview(request: HttpRequest, on: OnAssessment, form: RemarkForm) -> HttpResponse:
    lacks = missing(on.questions, on.answers)
    parts = [
        (criterion, len(asked), sum(_is_answered(on.answers.get(each.code)) for each in asked))
        for criterion, asked in on.criteria
    ]
    shown = {"parts": parts, "lacks": len(lacks), "form": form, "remark": _remark(on), "answer_label": answer_label}
    saved = SAVED.get(request.GET.get("saved", ""))
    return render(request, "assessing/show.html", {**on.shown, **shown, "saved": saved})


@require_safe
def criterion(request: HttpRequest, inspection: uuid.UUID, assessment: uuid.UUID, criterion: str) -> HttpResponse:
    """The questions of one criterion; for whoever has the case, to be answered."""
    on = to_assessment(request, inspection, assessment)
    return _questions(request, on, criterion, {})


def _questions(
    request: HttpRequest,
    on: OnAssessment,
    code: str,
    sent_forms: Mapping[str, QuestionForm],
    *,
    theirs: GivenAnswer | None = None,
    status: int = 200,
) -> HttpResponse:
    codes = [criterion.code for criterion, _ in on.criteria]
    if code not in codes:
        raise Http404("This case is not judged by that")
    at = codes.index(code)
    found, asked = on.criteria[at]
    lines = [_line(on, question, sent_forms.get(question.code)) for question in asked]
    around: dict[str, Criterion | None] = {
        "before": on.criteria[at - 1][0] if at else None,
        "after": on.criteria[at + 1][0] if at + 1 < len(codes) else None,
    }
    labels = {"answer_label": answer_label, "offer_label": offer_label}
    shown = {"criterion": found, "lines": lines, "theirs": theirs, **around, **labels}
    return render(request, "assessing/criterion.html", {**on.shown, **shown}, status=status)


def _line(on: OnAssessment, question: Question, form: QuestionForm | None) -> dict[str, object]:
    row = on.answers.get(question.code)
    shown = form or QuestionForm(question, on.record, row=row)
    return {"question": question, "form": shown, "row": row, "offer": on.offers.get(question.code)}


@require_POST
def question(request: HttpRequest, inspection: uuid.UUID, assessment: uuid.UUID, question: str) -> HttpResponse:
    """Save one answer: as the page asks while somebody types, or as its button does without scripts."""
    on = to_own(request, inspection, assessment)
    asked = question_in(on, question)
    form = QuestionForm(asked, on.record, request.POST)
    form.is_valid()
    if form.is_behind:
        return _refused(request, on, form)
    more: dict[str, Any] = {"question": asked, "offer": on.offers.get(question)}
    try:
        row = give_answer(by=on.user, assessment=on.assessment, case=on.case, said=form.said, seen=form.seen, **more)
    except SavedMeanwhile as meanwhile:
        return _conflict(request, on, form, meanwhile.answer)
    except NotAssessed as refused:
        for name, sentence in refused.problems.items():
            form.refuse(name if name in form.fields else None, sentence)
        return _refused(request, on, form)
    if by_script(request):
        shows_nothing(request)
        said = {"revision": row.revision, "saved": clock(timezone.localtime(row.saved_at))}
        return JsonResponse({**said, "problems": form.errors, "overrules": row.overrules})
    if form.errors:
        return _refused(request, on, form, row.revision)
    address = reverse("assessing:criterion", kwargs=_here(on) | {"criterion": _criterion_of(on, question)})
    return redirect(f"{address}#{question}")


def _refused(request: HttpRequest, on: OnAssessment, form: QuestionForm, revision: int | None = None) -> HttpResponse:
    """Not saved, or not all of it: what is wrong, and everything that was typed still there."""
    if by_script(request):
        shows_nothing(request)
        return JsonResponse({"problems": form.errors}, status=422)
    if revision is not None:
        form.keep_at(revision)
    code = form.question.code
    return _questions(request, on, _criterion_of(on, code), {code: form}, status=422)


def _conflict(request: HttpRequest, on: OnAssessment, form: QuestionForm, pk: int) -> HttpResponse:
    """Saved in another window since: both are shown, and pressing again keeps this one."""
    theirs = GivenAnswer.objects.select_related("words").get(pk=pk)
    if by_script(request):
        at = clock(timezone.localtime(theirs.saved_at))
        said = {"at": at, "revision": theirs.revision, "theirs": values_of(on.record, theirs)}
        label = answer_label(form.question, theirs.answer)
        return JsonResponse({**said, "says": [label, said["theirs"].get("passage", "")]}, status=409)  # type: ignore[attr-defined]
    form.keep_at(theirs.revision)
    code = form.question.code
    return _questions(request, on, _criterion_of(on, code), {code: form}, theirs=theirs, status=409)


@require_POST
def remark(request: HttpRequest, inspection: uuid.UUID, assessment: uuid.UUID) -> HttpResponse:
    """Keep a confidential remark."""
    on = to_own(request, inspection, assessment)
    form = RemarkForm(request.POST)

    def service() -> object:
        words = form.cleaned_data["words"]
        return remark_apart(by=on.user, assessment=on.assessment, case=on.case, words=words)

    if done(form, service):
        return redirect(f"{reverse('assessing:show', kwargs=_here(on))}?saved=remark")
    return _overview(request, on, form)


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, inspection: uuid.UUID, assessment: uuid.UUID) -> HttpResponse:
    """Sign the assessment, or see what is still missing."""
    on = to_own(request, inspection, assessment)
    if on.assessment.is_signed:
        return redirect(reverse("assessing:show", kwargs=_here(on)))
    refused = ""
    if sent(request) is not None:
        try:
            sign_assessment(by=on.user, assessment=on.assessment, case=on.case, questions=on.questions)
            return redirect(f"{reverse('assessing:show', kwargs=_here(on))}?saved=signed")
        except NotAssessed as problem:
            refused = problem.problems.get("", "Answer what is missing first")
    lacks = missing(on.questions, on.answers)
    rows = [(_criterion_of(on, each.code), each, lacks[each.code]) for each in on.questions if each.code in lacks]
    shown = {"lacks": rows, "refused": refused, "asked": len(on.questions)}
    return render(request, "assessing/sign.html", {**on.shown, **shown}, status=422 if refused else 200)


def by_script(request: HttpRequest) -> bool:
    """Whether the page's own script sends this."""
    return request.headers.get("X-Requested-With") == "fetch"


def _remark(on: OnAssessment) -> str:
    return ConfidentialRemark.objects.filter(assessment=on.assessment).values_list("words", flat=True).first() or ""


def _is_answered(row: GivenAnswer | None) -> bool:
    return row is not None and row.answer != Answer.NOT_ANSWERED


def _criterion_of(on: OnAssessment, question: str) -> str:
    return next(each.code for each, asked in on.criteria if any(one.code == question for one in asked))


def _here(on: OnAssessment) -> dict[str, object]:
    return {"inspection": on.exercise.key, "assessment": on.assessment.key}
