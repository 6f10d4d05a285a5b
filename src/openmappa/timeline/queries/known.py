"""The facts of a case as they were known at the end of a day: what was written down later does not exist, and a mistake
stands that nobody had found by then."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from openmappa.cases.models import Case
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.facts import FactRows, core_fact


def facts_known_on(case: Case, day: date) -> FactRows:
    """The facts by that day, as known then, by day and then as entered, with whoever recorded them. One query."""
    standing = Q(voided_at__isnull=True) | Q(voided_at__gte=end_of(day))
    found = Fact.objects.filter(standing, case=case, on__lte=day, recorded_on__lte=day)
    rows = tuple(found.select_related("recorded_by").order_by("on", "id"))
    return FactRows(tuple(core_fact(row) for row in rows), rows)


def end_of(day: date) -> datetime:
    """The instant at which a day is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
