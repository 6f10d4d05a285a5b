"""The list of OASys on a case, and the overview of one: sections with their state, component by component."""

from collections.abc import Sequence
from dataclasses import dataclass

from openmappa.cases.models import Case
from openmappa.core.instruments.oasys.answering import standing
from openmappa.core.instruments.oasys.missing import Missing
from openmappa.core.packs.oasys_rules import OasysSection as Section
from openmappa.core.standards.words import describe
from openmappa.oasys.models import Oasys
from openmappa.oasys.queries.oasys import Written, with_people
from openmappa.oasys.queries.section_page import counted_by_section
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.facts import core_fact

COMPONENTS = {
    1: "Likelihood of reconviction and needs",
    2: "Risk of serious harm",
    3: "Summary sheet",
    4: "Supervision and sentence planning",
    5: "Self-assessment by the offender",
}


@dataclass(frozen=True)
class Entry:
    """An OASys on a case: its entry on the timeline, what that says, and its content (None: made elsewhere)."""

    fact: Fact
    words: str
    oasys: Oasys | None

    @property
    def is_replaced(self) -> bool:
        """Whether a later version of it has been signed."""
        return self.oasys is not None and any(one.signed_at for one in self.oasys.replaced_by.all())


@dataclass(frozen=True)
class SectionState:
    """A section on the overview: how much of it is answered and what is missing."""

    section: Section
    answered: int
    missing: Sequence[Missing]
    to_confirm: int

    @property
    def words(self) -> str:
        """Its state in words."""
        if not self.missing:
            return "Complete"
        if not self.answered:
            return "Not started"
        if self.to_confirm == len(self.missing):
            return f"{self.to_confirm} to confirm"
        return f"{len(self.missing)} to do"


@dataclass(frozen=True)
class Component:
    """One of the five components, with those of its sections that are asked."""

    number: int
    title: str
    sections: Sequence[SectionState]


def entries_of(case: Case) -> list[Entry]:
    """Every OASys on the timeline of a case, newest first, voided ones too. Two queries."""
    facts = Fact.objects.filter(case=case, kind="oasys_completed").select_related("recorded_by", "voided_by")
    signed = with_people(Oasys.objects.filter(case=case, fact__isnull=False)).prefetch_related("replaced_by")
    by_fact = {one.fact_id: one for one in signed}
    return [Entry(fact, describe(core_fact(fact)), by_fact.get(fact.pk)) for fact in facts.order_by("-on", "-id")]


def unsigned_of(case: Case) -> list[Oasys]:
    """The draft of a case, then what was abandoned, newest first. One query."""
    rows = with_people(Oasys.objects.filter(case=case, signed_at__isnull=True)).order_by("-started_at")
    return sorted(rows, key=lambda one: not one.is_draft)


def later_version_of(oasys: Oasys) -> Oasys | None:
    """The version that corrects this one, signed or a draft; None where there is none. One query."""
    return Oasys.objects.filter(replaces=oasys, abandoned_at__isnull=True).order_by("-number").first()


def components_of(found: Written) -> list[Component]:
    """Components 1 and 2 with the state of each section that is asked."""
    missing = counted_by_section(found.missing)
    states = [_state(found, section, missing.get(section.slug, [])) for section in found.sections]
    return [
        Component(number, title, [state for state in states if state.section.component == number])
        for number, title in COMPONENTS.items()
        if number <= 2
    ]


def _state(found: Written, section: Section, missing: Sequence[Missing]) -> SectionState:
    answered = len(standing(section, found.answers_in(section)))
    return SectionState(section, answered, missing, sum("copied" in one.sentence for one in missing))
