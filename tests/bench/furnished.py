"""Cases with assessments and plans, for the pages that show them: some of the caseload, since no page asks for all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from openmappa.accounts.acting import as_job
from openmappa.accounts.models import User
from openmappa.caseload.queries import sources
from openmappa.caseload.services.content.furnishing import furnish
from openmappa.cases.models import Case
from openmappa.core.packs.load import load_oasys
from openmappa.oasys.forms import initial_of
from openmappa.oasys.models import Oasys, OasysSection
from openmappa.oasys.services.drafting import start_oasys

EACH = 5
"""Cases of each case manager that get content."""
RULES = load_oasys("england-wales-2005")
LEAD = "Seen at the office, and asked again. "


@dataclass
class Desk:
    """A case manager, a case of theirs, and the OASys that they are writing on it."""

    manager: User
    case: Case
    draft: Oasys
    sections: Sequence[str]
    count: int = 0
    section: str = ""

    def address_of(self, section: str) -> str:
        """The address of a section of the draft."""
        self.section = section
        return reverse("oasys:section", kwargs={"key": self.case.key, "oasys": self.draft.key, "section": section})

    def answers_to(self, page: Any) -> dict[str, str]:
        """What the page of that section sends when every answer is kept and the words behind them are written again."""
        self.count += 1
        row = OasysSection.objects.get(oasys=self.draft, section=self.section)
        section = RULES.section(self.section)
        words = {item.evidence_name for item in section.items if item.evidence_at}
        answers = {
            name: f"{LEAD}{self.count}" if name in words and value else str(value)
            for name, value in initial_of(section, row.answers).items()
        }
        confirmed = {f"confirm_{name}": "on" for name in row.unconfirmed}
        return {**answers, **confirmed, "revision": str(row.revision), "go": "stay"}


def furnished(managers: Sequence[User], most: int) -> list[Desk]:
    """Content for some cases of these people, and a draft OASys on one case of each, begun from the one before."""
    (source,) = sources()[:1]
    held = {
        manager: list(Case.objects.filter(case_manager=manager, standing__closed=False).order_by("pk")[:EACH])
        for manager in managers[:most]
    }
    with as_job("bench"):
        furnish(source, [case.pk for cases in held.values() for case in cases])
    desks = []
    for manager, cases in held.items():
        signed = Oasys.objects.signed().filter(case__in=cases, case__oasys__signed_at__isnull=False)
        drafted = Oasys.objects.drafts().filter(case__in=cases).values("case")
        last = signed.exclude(case__in=drafted).select_related("case").first()
        if last is None:
            continue
        with as_job("bench"):
            draft = start_oasys(by=manager, case=last.case, stage="review", copy_last=True)
        desks.append(Desk(manager, last.case, draft, [row.section for row in draft.sections.all()]))
    if not desks:
        raise SystemExit("None of the case managers drawn has a case with an OASys. Ask for more cases.")
    return desks


def desk_pages(desks: Sequence[Desk], supervisors: Sequence[User]) -> Mapping[str, list[tuple[User, str]]]:
    """Each kind of page with who opens it and where: those that this version of the service has."""
    of_case = {
        "OASys, list of a case": "oasys:list",
        "Plan at a glance": "plans:list",
        "Front sheet with assessments": "timeline:front_sheet",
    }
    found = {
        name: [(desk.manager, reverse(view, kwargs={"key": desk.case.key})) for desk in desks]
        for name, view in of_case.items()
        if _exists(view, desks[0])
    }
    try:
        unit = reverse("line_management:unit")
    except NoReverseMatch:
        return found
    return {**found, "Line manager's page": [(person, unit) for person in supervisors]}


def _exists(view: str, desk: Desk) -> bool:
    try:
        return bool(reverse(view, kwargs={"key": desk.case.key}))
    except NoReverseMatch:
        return False
