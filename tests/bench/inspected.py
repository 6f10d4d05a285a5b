"""Inspections and the annual report at full size: their lists, draws and counts, and the pages that show them, timed.

Each area's cases are listed, twenty of each are drawn, dealt out and assessed (as in a demonstration), and what an
inspector, a board or a reader asks for is asked again and again. Called by ``tables_asked``, as a job.
"""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Area, User
from openmappa.annual_report.services.writing import begin_report
from openmappa.assessing.models import Assessment
from openmappa.assessing.queries.assessments import framework_for
from openmappa.caseload.services.content.inspected.answering import assess_nearly_all
from openmappa.caseload.services.content.inspected.interviewing import hold_interviews
from openmappa.caseload.services.content.inspected.reporting import write_findings
from openmappa.caseload.services.content.mappa.deeds import a_deed
from openmappa.core.access import Role
from openmappa.core.board.annual_report import years_to_report
from openmappa.core.inspection.framework import AskedOf
from openmappa.core.inspection.sample import Rules
from openmappa.core.inspection.traits import REPRESENTED, Whom
from openmappa.inspections.models import Inspection, Kind
from openmappa.inspections.queries.frameworks import shipped
from openmappa.inspections.queries.inspections import areas_of
from openmappa.inspections.services.inspecting import add_member, open_inspection
from openmappa.inspections.services.sampling import draw_sample, make_list

OF_EACH = 20
HIDDEN = re.compile(r'name="(revision|turn)"[^>]*value="([^"]*)"')
GIVEN = {"passage": "As the plan says.", "overruled_because": "The plan says otherwise."}
Timed = Callable[[str, Callable[[], object]], None]


def inspected(rounds: int) -> dict[str, float]:
    """Milliseconds by what was done: once for what is done once, else the best of so many rounds."""
    best: dict[str, float] = {}

    def timed(name: str, deed: Callable[[], object], *, times: int = rounds) -> None:
        best[name] = min(_milliseconds(deed) for _ in range(times))

    browser = Client(SERVER_NAME="127.0.0.1")
    lead, other = User.objects.filter(role=Role.INSPECTOR, area__isnull=True).order_by("pk")[:2]
    browser.force_login(lead)
    row = _opened(lead, other, browser, lambda name, deed: timed(name, deed, times=1))
    assess_nearly_all(lead=lead, exercise=row.exercise, people=[lead, other])
    themes = hold_interviews([lead, other], row.exercise, areas_of(row))
    write_findings(lead, row.exercise, areas_of(row)[0], themes)
    for name, address in pages_of(row, lead):
        timed(name, lambda address=address: _page(browser, address))  # type: ignore[misc]
    timed("An answer of an assessment, saved", _answer_again(browser, row, lead))
    _annual_report(timed)
    return best


def _opened(lead: User, other: User, browser: Client, timed: Timed) -> Inspection:
    areas = list(Area.objects.order_by("name"))
    with a_deed(), as_person(lead):
        row = open_inspection(
            by=lead,
            kind=Kind.JOINT,
            title="Every area",
            purpose="How long it takes",
            framework=shipped(),
            areas=areas,
            on=timezone.localdate(),
        )
        add_member(by=lead, inspection=row, person=other)
    with a_deed(), as_person(lead):
        timed("Listing every case as known on the day", lambda: make_list(by=lead, inspection=row, whom=Whom.MANAGED))
    rules = Rules(OF_EACH * len(areas), OF_EACH, tuple(trait.value for trait in REPRESENTED))
    asked = f"{reverse('inspections:draw', kwargs={'inspection': row.key})}?size={rules.size}"
    timed("Inspection, what a size buys", lambda: _page(browser, asked))
    with a_deed(), as_person(lead):
        timed(
            f"Drawing {rules.size} of them",
            lambda: draw_sample(by=lead, inspection=row, seed="8 14 23", seed_from="the bench", rules=rules),
        )
    return row


def pages_of(row: Inspection, lead: User) -> Iterator[tuple[str, str]]:
    """What an inspector opens, by its name."""
    one = {"inspection": row.key}
    own = Assessment.objects.filter(exercise=row.exercise, inspector=lead).order_by("pk")[0]
    asked = framework_for(row.exercise).asked_of(AskedOf.CASE)
    answered = own.answers.filter(question__in=[each.code for each in asked]).order_by("pk")[0].question
    yield "Inspection, its page", reverse("inspections:show", kwargs=one)
    yield "Inspection, the list of cases", reverse("inspections:cases", kwargs=one)
    yield "Inspection, the sample", reverse("inspections:sample", kwargs=one)
    yield "Assessing, how far everybody is", reverse("assessing:progress", kwargs=one)
    yield "Assessing, agreement", reverse("assessing:agreement", kwargs=one)
    yield "Assessing, a case with its record", reverse("assessing:show", kwargs={**one, "assessment": own.key})
    yield (
        "Assessing, the questions of a criterion",
        reverse(
            "assessing:criterion", kwargs={**one, "assessment": own.key, "criterion": _criterion_of(row, answered)}
        ),
    )
    yield "Results by question", reverse("findings:results", kwargs=one)
    yield "Results by area", reverse("findings:areas", kwargs=one)
    yield "Tables 3, 4, 5 and 8", reverse("findings:tables", kwargs=one)
    yield "Report, its draft", reverse("findings:draft", kwargs=one)


def _answer_again(browser: Client, row: Inspection, lead: User) -> Callable[[], object]:
    """Save an answer that nobody signed yet, as its page's button does."""
    own = Assessment.objects.filter(exercise=row.exercise, signed_at__isnull=True).select_related("inspector")[0]
    browser.force_login(own.inspector)
    question = own.answers.order_by("pk")[0].question
    answer = framework_for(row.exercise).question(question).answers[0]
    where = {"inspection": row.key, "assessment": own.key}
    page = reverse("assessing:criterion", kwargs={**where, "criterion": _criterion_of(row, question)})
    address = reverse("assessing:question", kwargs={**where, "question": question})

    def save() -> None:
        shown = browser.get(page).content.decode()
        form = shown[shown.index(f'action="{address}"') :]
        answers: dict[str, Any] = dict(HIDDEN.findall(form[: form.index("</form>")]))
        sent = browser.post(address, {**answers, **GIVEN, "answer": answer})
        if sent.status_code != 302:
            raise SystemExit(f"{address} gave {sent.status_code}: the answer was not saved.")

    return save


def _criterion_of(row: Inspection, question: str) -> str:
    criteria = framework_for(row.exercise).criteria
    return next(each.code for each in criteria if question in [one.code for one in each.questions])


def _annual_report(timed: Timed) -> None:
    member = User.objects.filter(role=Role.SMB_MEMBER, area__isnull=False).select_related("area").order_by("pk")[0]
    assert member.area is not None
    year = years_to_report(timezone.localdate())[0]
    with a_deed(), as_person(member):
        row = begin_report(by=member, area=member.area, year=year)
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.force_login(member)
    timed(
        "Annual report, its draft", lambda: _page(browser, reverse("annual_report:draft", kwargs={"report": row.key}))
    )


def _page(browser: Client, address: str) -> None:
    response = browser.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} gave {response.status_code}.")


def _milliseconds(deed: Callable[[], object]) -> float:
    began = time.perf_counter()
    deed()
    return (time.perf_counter() - began) * 1000
