"""Checking an objective that is being written against the rules of the pack, on this case and today."""

from datetime import date

from django.utils import timezone

from openmappa.cases.models import Case
from openmappa.core.plans.smart import Refusal, Span, Wording, refusals
from openmappa.plans.queries.content import plan_rules
from openmappa.timeline.models import Fact


def refusals_on(case: Case, wording: Wording) -> tuple[Refusal, ...]:
    """What keeps these words from being a SMART objective on this case. One query."""
    return refusals(wording, Span(timezone.localdate(), order_ends_on(case)), plan_rules())


def order_ends_on(case: Case) -> date | None:
    """The day on which the order or licence that started last ends, where its fact says so. One query."""
    rows = Fact.objects.filter(case=case, kind="order_started").standing().order_by("-on", "-id")
    ends = rows.values_list("details__ends", flat=True).first()
    return date.fromisoformat(ends) if ends else None
