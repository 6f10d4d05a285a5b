"""The list of cases, what a size buys, the draw, the sample, replacements, joint work, drawing again, the file."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.audit.looks import shows
from openmappa.core.inspection.frame import SampleRefused
from openmappa.inspections.disclosure import export_list
from openmappa.inspections.errors import NotTheirs
from openmappa.inspections.forms.sampling import DrawForm, JointWorkForm, ListForm, ReplaceForm, RulesForm
from openmappa.inspections.queries.inspections import names_joint_work_of
from openmappa.inspections.queries.sampling import cases_of_area, list_page, outlook, sample_page, values_of
from openmappa.inspections.services.sampling import draw_sample, make_list, name_joint_work, replace_case
from openmappa.inspections.views.loading import NOT_READ, back_to, to_inspection, to_lead, to_sample, to_work
from openmappa.samples.queries import drawn_again, drawn_of, frame_of, last_list, rules_of, sample_of
from openmappa.timeline.forms.sharing import RecipientForm
from openmappa.ui.answering import done, sent
from openmappa.ui.csv_files import csv_answer

SAVED = {
    "listed": "The cases are listed",
    "drawn": "The sample is drawn. Its cases are open now to everybody who works on the inspection",
    "replaced": "The case is replaced by the next reserve",
    "named": "The joint work is named",
}


@require_http_methods(["GET", "HEAD", "POST"])
def cases(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """The list of cases: making it, and how many there are by area and trait."""
    on = to_lead(request, inspection) if request.method == "POST" else to_inspection(request, inspection)
    if not on.reads:
        raise NotTheirs(NOT_READ)
    case_list, drawn = last_list(on.inspection.exercise), drawn_of(on.inspection.exercise)
    form = ListForm(sent(request))
    if done(form, lambda: make_list(by=on.user, inspection=on.inspection, whom=form.chosen)):
        return back_to(on, "cases", "listed")
    found = list_page(case_list) if case_list else None
    shown = {"form": form, "found": found, "drawn": drawn, "saved": SAVED.get(request.GET.get("saved", ""))}
    return render(request, "inspections/cases.html", {**on.shown, **shown})


@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """What a size buys, as often as one likes; then the seed, and the draw."""
    on = to_lead(request, inspection)
    case_list = last_list(on.inspection.exercise)
    if case_list is None or drawn_of(on.inspection.exercise):
        raise Http404("There is nothing to draw from, or it is drawn")
    frame = frame_of(case_list)
    asked = RulesForm(request.GET if "size" in request.GET else None, values=values_of(frame), sizes=frame.sizes)
    form, seen = DrawForm(sent(request)), None
    if not asked.is_bound or asked.is_valid():
        try:
            seen = outlook(frame, asked.rules)
        except SampleRefused as refused:
            asked.refuse("size", str(refused))

    def service() -> object:
        return draw_sample(by=on.user, inspection=on.inspection, rules=asked.rules, **form.cleaned_data)

    if seen and done(form, service):
        return back_to(on, "sample", "drawn")
    shown = {"asked": asked, "form": form, "seen": seen, "case_list": case_list, "query": request.GET.urlencode()}
    return render(request, "inspections/draw.html", {**on.shown, **shown})


@require_safe
def sample(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """The sample by area, beside the list it was drawn from."""
    if (on := to_inspection(request, inspection)).reads and drawn_of(on.inspection.exercise) is None:
        return render(request, "inspections/not_drawn.html", on.shown)
    on, drawn = to_sample(request, inspection)
    page = sample_page(on.inspection, drawn)
    shows(request, page.cases)
    saved = SAVED.get(request.GET.get("saved", ""))
    shown = {"page": page, "rules": rules_of(drawn), "names": names_joint_work_of(on.user, on.inspection)}
    return render(request, "inspections/sample.html", {**on.shown, **shown, "saved": saved})


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, inspection: uuid.UUID, case: str) -> HttpResponse:
    """Replace a case of the sample."""
    on = to_work(request, inspection)
    _, drawn = to_sample(request, inspection)
    if not on.inspection.is_open:
        raise NotTheirs("This inspection is closed: its sample cannot be changed any more.")
    page = sample_page(on.inspection, drawn)
    line = next((one for lines in page.areas.values() for one in lines if one.key == case), None)
    if line is None:
        raise Http404("No such case in the sample")
    shows(request, [line.case.pk] if line.case else [])
    form = ReplaceForm(sent(request))

    def service() -> object:
        words = form.cleaned_data["words"]
        said = {"key": case, "ground": form.chosen, "words": words}
        return replace_case(by=on.user, inspection=on.inspection, drawn=drawn, **said)

    if done(form, service):
        return back_to(on, "sample", "replaced")
    return render(request, "inspections/replace.html", {**on.shown, "form": form, "line": line})


@require_http_methods(["GET", "HEAD", "POST"])
def joint_work(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """Name the joint work of one's own area."""
    on, drawn = to_sample(request, inspection)
    area = names_joint_work_of(on.user, on.inspection)
    if area is None or not on.inspection.is_open:
        raise NotTheirs(
            "The MAPPA coordinator of an area, or a chief officer there, names its joint work while it is open."
        )
    there = cases_of_area(on.user, on.inspection, drawn, area.name)
    shows(request, [row.pk for _, row in there])
    choices = [(key, f"{row.reference}, {row.person.full_name}") for key, row in there]
    form = JointWorkForm(sent(request), cases=choices, named=sorted(sample_of(drawn).joint))

    def service() -> object:
        keys = form.cleaned_data["keys"]
        return name_joint_work(by=on.user, inspection=on.inspection, drawn=drawn, keys=keys)

    if done(form, service):
        return back_to(on, "sample", "named")
    most = rules_of(drawn).joint_work_at_most
    return render(request, "inspections/joint_work.html", {**on.shown, "form": form, "area": area, "most": most})


@require_safe
def again(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """Draw again, and compare."""
    on, drawn = to_sample(request, inspection)
    try:
        found, why = drawn_again(drawn), ""
    except SampleRefused as refused:
        found, why = None, str(refused)
    return render(request, "inspections/again.html", {**on.shown, "drawn": drawn, "found": found, "why": why})


@require_http_methods(["GET", "HEAD", "POST"])
def download(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """Ask for whom the list is and why; then give it as a file without names, to draw from again."""
    on, drawn = to_sample(request, inspection)
    form = RecipientForm(sent(request))
    if form.is_bound and form.is_valid():
        sharing = form.sharing_by(f"{on.user.display_name}, {on.user.role_label}, {on.user.agency_name}")
        return csv_answer("frame.csv", export_list(by=on.user, inspection=on.inspection, drawn=drawn, sharing=sharing))
    return render(request, "inspections/download.html", {**on.shown, "form": form})
