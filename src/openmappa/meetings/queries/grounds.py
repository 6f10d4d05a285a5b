"""Why the child protection unit and the victim contact officer have to be asked to the meeting on a case."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils import timezone

from openmappa.cases.models import Case, Involvement
from openmappa.core.instruments.oasys.harm import levels
from openmappa.core.involvement import InvolvementKind
from openmappa.core.mappa.meetings import risk_to_a_child, victim_to_hear
from openmappa.core.packs.oasys_rules import AtRisk, Place
from openmappa.meetings.queries.rules import rules
from openmappa.oasys.queries.oasys import Written, latest_signed, written
from openmappa.timeline.models import Fact

PLACE_WORDS: Mapping[Place, str] = {Place.COMMUNITY: "in the community", Place.CUSTODY: "in custody"}


class Grounds(NamedTuple):
    """Why somebody has to be asked, one sentence for each reason; empty where nothing asks for it."""

    child: tuple[str, ...]
    victim: tuple[str, ...]


def grounds_of(case: Case) -> Grounds:
    """What the record knows of children at risk and of victims. Four queries at most."""
    facts = Fact.objects.standing().filter(case=case, kind=rules().victims.fact).values_list("kind", flat=True)
    return Grounds(_child(case), victim_to_hear(facts, len(victim_contacts(case)), rules()))


def victim_contacts(case: Case) -> list[int]:
    """Who was named for the case's victim and still is: the numbers of these people. One query."""
    rows = Involvement.objects.in_force_at(timezone.now()).filter(case=case, kind=InvolvementKind.VICTIM_CONTACT)
    return sorted({pk for pk in rows.values_list("person_id", flat=True) if pk is not None})


def _child(case: Case) -> tuple[str, ...]:
    last = latest_signed(case)
    return child_at_risk(written(last)) if last is not None else ()


def child_at_risk(known: Written) -> tuple[str, ...]:
    """Why, by an OASys, there is a risk to a child: one sentence for each reason."""
    said = {name: answer for answers in known.answers.values() for name, answer in answers.items()}
    titles = {item.name: item.title for section in known.rules.sections for item in section.items}
    given = {
        PLACE_WORDS[level.place]: level.level
        for level in levels(known.rules, known.answers)
        if level.at_risk is AtRisk.CHILDREN
    }
    return risk_to_a_child(given, said, titles, rules())
