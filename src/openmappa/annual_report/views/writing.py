"""Writing an annual report: begun, read as a draft, its words and standards, and published."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.annual_report.forms import BeginForm, KeptForm, PublishForm, StandardsForm, WordsForm
from openmappa.annual_report.models import AnnualReport
from openmappa.annual_report.queries.content import report_content, seal_of, title_of
from openmappa.annual_report.queries.reading import (
    commentaries_of,
    publishes,
    report_of,
    versions_of,
    years_open,
)
from openmappa.annual_report.services.publishing import NOT_YOURS, publish_report, what_stands_in_the_way
from openmappa.annual_report.services.writing import begin_report, choose_standards, write_commentary
from openmappa.board.views.loading import OnBoard, to_keep
from openmappa.core.board.annual_report import Section, years_to_report
from openmappa.ui.answering import done, sent

BOTH = ["GET", "HEAD", "POST"]
SAVED = {
    "begun": "The report is drafted: its figures are counted, the words are yours",
    "written": "What you wrote is saved",
    "standards": "The standards are chosen",
}


@require_http_methods(BOTH)
def begin(request: HttpRequest) -> HttpResponse:
    """Draft a report on a year that is over."""
    on = to_keep(request)
    years = years_open(on.area, on.today)
    answers = sent(request)
    # A form that is sent a second time names a year that is begun by now: the service says what becomes of it.
    form = BeginForm(answers, years=years if answers is None else years_to_report(on.today))
    made = []

    def service() -> None:
        made.append(begin_report(by=on.user, area=on.area, year=form.of, submission=form.submission_key))

    if done(form, service):
        return _to_draft(made[0], "begun")
    return render(request, "annual_report/begin.html", {"on": on, "form": form, "years": years})


@require_safe
def draft(request: HttpRequest, report: uuid.UUID) -> HttpResponse:
    """The report as it would be published now, with what is still to be written."""
    on, row = _keeping(request, report)
    shown = {
        "row": row,
        "report": report_content(row, on.today),
        "versions": versions_of(row),
        "missing": what_stands_in_the_way(row),
        "publishes": publishes(on.user, on.area, on.today),
        "saved": SAVED.get(request.GET.get("saved", "")),
    }
    return render(request, "annual_report/draft.html", {"on": on, **shown})


@require_http_methods(BOTH)
def standards(request: HttpRequest, report: uuid.UUID) -> HttpResponse:
    """Choose whose figures the report shows."""
    on, row = _keeping(request, report)
    form = StandardsForm(sent(request), initial={"standards": row.standards, "version": row.version})

    def service() -> object:
        return choose_standards(by=on.user, report=row, standards=form.cleaned_data["standards"], seen=form.seen)

    if done(form, service):
        return _to_draft(row, "standards")
    row.refresh_from_db()
    stale = _is_stale(form, row.version)
    return render(request, "annual_report/standards.html", {"on": on, "form": form, "row": row, "stale": stale})


@require_http_methods(BOTH)
def write(request: HttpRequest, report: uuid.UUID, section: str) -> HttpResponse:
    """Write on a section, or the foreword."""
    on, row = _keeping(request, report)
    if section not in list(Section):
        raise Http404("No such section of the report")
    of = Section(section)
    now = commentaries_of(row).get(section)
    start = {"words": now.words if now else "", "version": now.version if now else 0}
    form = WordsForm(sent(request), initial=start)

    def service() -> object:
        return write_commentary(by=on.user, report=row, section=of, words=form.cleaned_data["words"], seen=form.seen)

    if done(form, service):
        return _to_draft(row, "written")
    now = commentaries_of(row).get(section)
    theirs = now if now and _is_stale(form, now.version) else None
    return render(request, "annual_report/write.html", {"on": on, "form": form, "row": row, "of": of, "theirs": theirs})


@require_http_methods(BOTH)
def publish(request: HttpRequest, report: uuid.UUID) -> HttpResponse:
    """Publish what stands now, or its correction."""
    on, row = _keeping(request, report)
    if not publishes(on.user, on.area, on.today):
        raise PermissionDenied(NOT_YOURS)
    versions = versions_of(row)
    answers = sent(request)
    start = {} if answers is not None else {"seal": seal_of(report_content(row, on.today))}
    form = PublishForm(answers, first=not versions, initial=start)
    made = []

    def service() -> None:
        said = form.cleaned_data
        made.append(publish_report(by=on.user, report=row, seen=said["seal"], corrects=said.get("corrects", "")))

    if done(form, service):
        parts = {"report": row.key, "number": made[0].number}
        return redirect(f"{reverse('annual_report:show', kwargs=parts)}?saved=published")
    shown = {"row": row, "title": title_of(row), "versions": versions, "missing": what_stands_in_the_way(row)}
    return render(request, "annual_report/publish.html", {"on": on, "form": form, **shown})


def _keeping(request: HttpRequest, key: uuid.UUID) -> tuple[OnBoard, AnnualReport]:
    on = to_keep(request)
    return on, report_of(on.area, key)


def _to_draft(row: AnnualReport, saved: str) -> HttpResponse:
    return redirect(f"{reverse('annual_report:draft', kwargs={'report': row.key})}?saved={saved}")


def _is_stale(form: KeptForm, version: int) -> bool:
    """Whether a form that was sent has not seen what stands now."""
    return form.is_bound and not form.errors.get("version") and form.seen != version
