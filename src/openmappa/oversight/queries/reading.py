"""How much somebody has read lately, from their own rows in the log. Each scans an index by person and time."""

import uuid
from datetime import datetime

from django.db.models import F, Func, Max, Q

from openmappa.accounts.models import User
from openmappa.audit.models import Event, Operation, Outcome
from openmappa.cases.models import Case, reach_of
from openmappa.core.reading_limits import Opened
from openmappa.oversight.shown import Verb

SHOWN = (Operation.CONSULTATION, Operation.DISCLOSURE)


def opened_since(user: User, since: datetime) -> list[Opened]:
    """Each case that this person opened, printed or exported since then, with the last time they did."""
    rows = (
        Event.objects.filter(by_id=user.pk, at__gt=since, operation__in=SHOWN, outcome=Outcome.DONE)
        .filter(case_id__isnull=False)
        .values_list("case_id")
        .annotate(last=Max("at"))
    )
    return [Opened(case, at) for case, at in rows]


def listed_since(user: User, since: datetime) -> int:
    """How many different cases lists, searches and exports have shown this person since then."""
    return (
        Event.objects.filter(by_id=user.pk, at__gt=since, operation__in=SHOWN, outcome=Outcome.DONE)
        .exclude(case_ids=[])
        .annotate(case=Func(F("case_ids"), function="unnest"))
        .values("case")
        .distinct()
        .count()
    )


def was_given_out(user: User, correlation: uuid.UUID, since: datetime) -> bool:
    """Whether this request has given something out already, which the service that did so has logged."""
    rows = Event.objects.filter(by_id=user.pk, at__gte=since, operation=Operation.DISCLOSURE)
    return rows.filter(correlation=correlation).exists()


def searches_since(user: User, words: str, since: datetime) -> int:
    """How often this person has looked for the same words since then, by their keyed hash."""
    return Event.objects.filter(by_id=user.pk, at__gt=since, verb=Verb.SEARCH, about__words=words).count()


def outside_caseload(user: User, opened: list[Opened]) -> int:
    """How many of these cases are neither this person's nor one of their units' nor in an area they coordinate."""
    reach = reach_of(user)
    ids = [each.case for each in opened]
    held = (
        Q(area_id__in=reach.areas)
        | Q(police_unit_id__in=reach.units)
        | Q(probation_unit_id__in=reach.units)
        | Q(police_officer_id__in=reach.people)
        | Q(case_manager_id__in=reach.people)
    )
    return len(ids) - Case.objects.filter(held, pk__in=ids).count()
