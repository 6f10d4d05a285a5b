"""What the record knows already of the answers to a section: shown to begin with, saved only by whoever checks it."""

from collections.abc import Mapping

from openmappa.cases.models import Case
from openmappa.core.packs.oasys_rules import LIKELIHOOD, Answer
from openmappa.core.packs.oasys_rules import OasysSection as Section
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.frame import age_on

IN_THE_COMMUNITY = ("community_order", "suspended_sentence")
"""Orders that begin on the day of the sentence, so that the person is at liberty from that day on."""


def known_answers(case: Case, section: Section) -> Mapping[str, Answer]:
    """Sex, and the ages on the day the order or licence started. One query for the page of likelihood, else none."""
    if section.slug != LIKELIHOOD:
        return {}
    known: dict[str, Answer] = {"sex": case.person.sex} if case.person.sex in ("male", "female") else {}
    started = Fact.objects.filter(case=case, kind="order_started").standing().last()
    if started is not None:
        age = age_on(started.on, born_on=case.person.born_on)
        known["age_at_risk_date"] = age
        if started.details.get("order") in IN_THE_COMMUNITY:
            known["age_at_conviction"] = age
    return known
