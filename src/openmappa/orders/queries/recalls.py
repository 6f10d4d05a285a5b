"""Reading recalls: of a case, one of them, and the facts of custody that may belong to one."""

import uuid
from collections.abc import Sequence

from django.db.models import Q
from django.http import Http404

from openmappa.cases.models import Case
from openmappa.core.orders.recall import RecallStands
from openmappa.orders.models.recall import Recall
from openmappa.timeline.models import Fact

RETURNED, RELEASED = "custody_started", "custody_ended"


def recalls_of_case(case: Case) -> list[Recall]:
    """Every recall of a case, the newest first. One query."""
    rows = Recall.objects.filter(case=case)
    return list(rows.select_related("returned", "released", "recorded_by__agency", "set_aside_by"))


def recall_of(case: Case, key: uuid.UUID) -> Recall:
    """One recall of this case. Raises Http404. One query."""
    rows = Recall.objects.filter(case=case, key=key)
    row = rows.select_related("case", "returned", "released", "recorded_by").first()
    if row is None:
        raise Http404("No such recall")
    return row


def open_recall(case: Case) -> Recall | None:
    """The recall that waits for a decision, or on which the person is at large. One query."""
    waiting = (RecallStands.ASKED, RecallStands.AT_LARGE)
    return next((row for row in recalls_of_case(case) if row.is_standing and row.days.stands in waiting), None)


def returns_that_may_be(recall: Recall) -> Sequence[Fact]:
    """Entries of custody that may be the return: from the request on, or the stretch that ran then. Two queries."""
    facts = Fact.objects.standing().filter(case=recall.case, kind__in=(RETURNED, RELEASED))
    free = Q(recall_returned__isnull=True) | Q(recall_returned=recall) | Q(recall_returned__set_aside_at__isnull=False)
    started = list(facts.filter(free, kind=RETURNED).order_by("on", "id"))
    ended = list(facts.filter(kind=RELEASED).values_list("on", flat=True))
    return [
        each
        for each in started
        if each.on >= recall.asked_on or not any(each.on <= day < recall.asked_on for day in ended)
    ]


def releases_that_may_be(recall: Recall) -> Sequence[Fact]:
    """Entries of release that may be the one from this recall: from the return on. One query."""
    if recall.days.returned_on is None:
        return []
    free = Q(recall_released__isnull=True) | Q(recall_released__set_aside_at__isnull=False)
    facts = Fact.objects.standing().filter(free, case=recall.case, kind=RELEASED, on__gte=recall.days.returned_on)
    return list(facts.order_by("on", "id")[:1])
