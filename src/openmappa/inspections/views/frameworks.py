"""Frameworks: their lines of versions, one to read, what changed between two, and bringing one as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.asking import whoever_asks
from openmappa.core.access import Permission
from openmappa.core.inspection.framework import AskedOf
from openmappa.core.inspection.framework_changes import changed_questions, comparable_questions
from openmappa.inspections.forms.frameworks import BringForm
from openmappa.inspections.queries.checking import read
from openmappa.inspections.queries.frameworks import drafts_of, framework_in, may_add_to, version_of, versions
from openmappa.inspections.services.frameworks import start_draft
from openmappa.ui.answering import sent


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every version, by line; and what the reader is changing."""
    user = whoever_asks(request, Permission.SEE_INSPECTIONS)
    edits = user.may(Permission.OPEN_INSPECTION)
    shown = {"versions": versions(), "drafts": drafts_of(user), "edits": edits, "saved": "saved" in request.GET}
    return render(request, "inspections/frameworks.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One version to read; POST begins a draft that changes it."""
    needs = Permission.OPEN_INSPECTION if request.method == "POST" else Permission.SEE_INSPECTIONS
    user = whoever_asks(request, needs)
    version = version_of(code, number)
    framework = framework_in(version)
    if request.method == "POST":
        draft = start_draft(by=user, framework=framework, based_on=version)
        return redirect("inspections:draft", draft=draft.key)
    counts = {"case": len(framework.asked_of(AskedOf.CASE)), "area": len(framework.asked_of(AskedOf.AREA))}
    edits = user.may(Permission.OPEN_INSPECTION)
    shown = {"version": version, "framework": framework, "counts": counts, "edits": edits}
    return render(request, "inspections/framework.html", {**shown, "own": edits and may_add_to(user, code)})


@require_safe
def changes(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What is different between this version and the one that it was made from, or another."""
    whoever_asks(request, Permission.SEE_INSPECTIONS)
    version = version_of(code, number)
    known = {f"{each.code}/{each.number}": each for each in versions()}
    other = known.get(request.GET.get("from", "")) or version.based_on
    after = framework_in(version)
    before = framework_in(other) if other else after
    shown = {"changed": changed_questions(before, after), "same": comparable_questions(after, before)}
    return render(request, "inspections/changes.html", {**shown, "version": version, "other": other, "known": known})


@require_safe
def file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A version as a TOML file. It holds nothing of any case."""
    whoever_asks(request, Permission.SEE_INSPECTIONS)
    version = version_of(code, number)
    answer = HttpResponse(version.text.encode(), content_type="application/toml; charset=utf-8")
    name = f"{version.code}-{version.number}.toml"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Bring a framework as TOML; what is wrong stands beside it, with its line, and nothing typed is lost."""
    user = whoever_asks(request, Permission.OPEN_INSPECTION)
    form = BringForm(sent(request), request.FILES if request.method == "POST" else None)
    problems: list[str] = []
    if form.is_bound and form.is_valid():
        framework, problems = read(form.cleaned_data["text"])
        if framework is not None:
            draft = start_draft(by=user, framework=framework)
            return redirect("inspections:draft", draft=draft.key)
        form.refuse("text", f"The framework has {len(problems)} problem{'s' if len(problems) > 1 else ''}: see below")
    return render(request, "inspections/bring.html", {"form": form, "problems": problems})
