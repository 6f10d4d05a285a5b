"""Why the child protection unit and the victim contact officer are asked, for many cases in four queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.utils import timezone

from openmappa.cases.models import Case, Involvement
from openmappa.core.involvement import InvolvementKind
from openmappa.core.mappa.meetings import victim_to_hear
from openmappa.core.packs.load import load_oasys
from openmappa.meetings.queries.grounds import Grounds, child_at_risk
from openmappa.meetings.queries.rules import rules
from openmappa.oasys.models import Oasys, OasysSection
from openmappa.oasys.queries.oasys import Written
from openmappa.timeline.models import Fact


def grounds_of_all(cases: Sequence[Case]) -> Mapping[int, Grounds]:
    """As ``grounds_of`` says for one case, by its key."""
    children = _children(cases)
    eligible: dict[int, list[str]] = defaultdict(list)
    facts = Fact.objects.standing().filter(case__in=cases, kind=rules().victims.fact)
    for case_id, kind in facts.values_list("case_id", "kind"):
        eligible[case_id].append(kind)
    contacts: dict[int, set[int]] = defaultdict(set)
    named = Involvement.objects.in_force_at(timezone.now()).filter(
        case__in=cases, kind=InvolvementKind.VICTIM_CONTACT, person__isnull=False
    )
    for case_id, person in named.values_list("case_id", "person_id"):
        contacts[case_id].add(person or 0)
    return {
        case.pk: Grounds(children.get(case.pk, ()), victim_to_hear(eligible[case.pk], len(contacts[case.pk]), rules()))
        for case in cases
    }


def _children(cases: Sequence[Case]) -> Mapping[int, tuple[str, ...]]:
    last = {row.case_id: row for row in Oasys.objects.filter(case__in=cases).signed().order_by("fact__on", "fact_id")}
    rows: dict[int, dict[str, OasysSection]] = defaultdict(dict)
    for row in OasysSection.objects.filter(oasys__in=last.values()):
        rows[row.oasys_id][row.section] = row
    return {
        case_id: child_at_risk(Written(oasys, load_oasys(oasys.pack), rows[oasys.pk]))
        for case_id, oasys in last.items()
    }
