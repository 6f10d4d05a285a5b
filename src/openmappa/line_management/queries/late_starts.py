"""How starts were kept, person by person, with the reasons recorded (6.4 to 6.7, 7.4, 7.6).

By who is responsible for the case today: over half of all cases change hands (6.3), and the page says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import reduce
from typing import Any

from django.db.models import Case as Either
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.dates import add_months
from openmappa.core.line_management import StartCounts
from openmappa.core.packs.load import packs_in_service
from openmappa.core.standards.reasons import standard_of
from openmappa.line_management.models import LatenessReason
from openmappa.line_management.queries.cases import cases_to_show
from openmappa.line_management.queries.rules import rules
from openmappa.line_management.queries.starts import reason_label
from openmappa.line_management.queries.whose import CASE_MANAGERS, POLICE_OFFICERS, units_of
from openmappa.timeline.models import Duty, DutyQuerySet
from openmappa.ui.paging import A_PAGE, Page, page_of

HOLDER = Either(When(of__in=POLICE_OFFICERS, then=F("case__police_officer_id")), default=F("case__case_manager_id"))


class Outcome(StrEnum):
    """How a start turned out, as the list can be narrowed."""

    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    NEVER = "never"

    @property
    def label(self) -> str:
        """The outcome as pages show it."""
        return LABELS[self]


LABELS = {
    Outcome.ON_TIME: "On time",
    Outcome.LATE: "Late",
    Outcome.MISSING: "Still missing",
    Outcome.NEVER: "Never done",
}
WHICH = {
    Outcome.ON_TIME: Q(met_on__lte=F("due_on")),
    Outcome.LATE: Q(met_on__gt=F("due_on")),
    Outcome.MISSING: Q(met_on__isnull=True, closed_on__isnull=True),
    Outcome.NEVER: Q(closed_on__gt=F("due_on")),
}


@dataclass(frozen=True)
class PersonStarts:
    """One person's starts in numbers; None where nobody is responsible."""

    person: User | None
    counts: StartCounts


@dataclass(frozen=True)
class UnitStarts:
    """The starts of units in numbers: person by person, those with the most that were not on time first; and why."""

    people: tuple[PersonStarts, ...]
    reasons: tuple[tuple[str, int], ...]

    @property
    def all(self) -> StartCounts:
        """Everybody's together."""
        return reduce(StartCounts.plus, (row.counts for row in self.people), StartCounts())


@dataclass(frozen=True)
class Start:
    """One start as the list shows it."""

    duty: Duty
    case: Case
    title: str
    holder: str
    outcome: Outcome
    days_late: int
    reason: LatenessReason | None

    @property
    def reason_label(self) -> str:
        """Why it was late, in words."""
        return reason_label(self.reason.reason) if self.reason else ""


def unit_starts(user: User, today: date) -> UnitStarts:
    """The starts that fell due in the last months, person by person, and the reasons recorded. Two queries."""
    rows: Iterable[Any] = (
        _starts(user, today)
        .annotate(holder=HOLDER, why=Subquery(_reasons().values("reason")[:1]))
        .values("holder", "why")
        .annotate(**{outcome.value: Count("pk", filter=which) for outcome, which in WHICH.items()})
    )
    people: dict[int | None, StartCounts] = {}
    reasons: dict[str, int] = {}
    for row in rows:
        holder, why = row.pop("holder"), row.pop("why")
        counts = StartCounts(**row)
        if why:
            reasons[why] = reasons.get(why, 0) + counts.not_on_time
            counts = replace(counts, explained=counts.not_on_time)
        people[holder] = people.get(holder, StartCounts()).plus(counts)
    named = User.objects.in_bulk([pk for pk in people if pk is not None])
    found = [PersonStarts(named.get(pk) if pk else None, counts) for pk, counts in people.items()]
    found.sort(key=lambda row: (-row.counts.not_on_time, str(row.person or "")))
    given = sorted(((reason_label(why), count) for why, count in reasons.items()), key=lambda pair: -pair[1])
    return UnitStarts(tuple(found), tuple(given))


def starts_listed(
    user: User, today: date, *, of: int | None = None, outcome: str = "", standard: str = "", number: int = 1
) -> Page[Start]:
    """The starts behind the numbers, of one person or of all, the longest due first. Four queries."""
    rows = _starts(user, today).annotate(holder=HOLDER)
    if of is not None:
        rows = rows.filter(holder=of) if of else rows.filter(holder__isnull=True)
    if outcome in WHICH:
        rows = rows.filter(WHICH[Outcome(outcome)])
    if standard in rules().starts.standards:
        rows = rows.filter(standard=standard)
    ids = list(rows.order_by("due_on", "id").values_list("pk", flat=True))
    return page_of(ids, number, A_PAGE, lambda some: _shown(user, some, today))


def start_titles() -> dict[str, str]:
    """The starting standards, id to title, in the pack's order."""
    titles = {one.id: one.title for pack in packs_in_service() for one in pack.standards}
    return {id_: titles[id_] for id_ in rules().starts.standards if id_ in titles}


def _starts(user: User, today: date) -> DutyQuerySet:
    """The judged starts of the units' people that fell due in the last months."""
    units = units_of(user)
    theirs = Q(of__in=POLICE_OFFICERS, case__police_unit_id__in=units) | Q(
        of__in=CASE_MANAGERS, case__probation_unit_id__in=units
    )
    judged = Q(closed_on__isnull=True) | Q(closed_on__gt=F("due_on"))
    return Duty.objects.filter(
        theirs,
        judged,
        standard__in=rules().starts.standards,
        due_on__gte=add_months(today, -rules().starts.months),
        due_on__lt=today,
        case__in=Case.objects.visible_to(user),
    )


def _reasons() -> QuerySet[LatenessReason]:
    """The reason recorded for the duty around it."""
    same = {name: OuterRef(name) for name in ("case_id", "standard", "opened_on")}
    began = LatenessReason.objects.annotate(began=Coalesce("because_fact_id", 0))
    return began.filter(began=Coalesce(OuterRef("because_fact_id"), 0), **same)


def _shown(user: User, ids: Sequence[int], today: date) -> Sequence[Start]:
    by_id = Duty.objects.in_bulk(ids)
    rows = [by_id[pk] for pk in ids]
    cases = cases_to_show(user, [row.case_id for row in rows])
    reasons = {
        (one.case_id, one.standard, one.opened_on, one.because_fact_id): one
        for one in LatenessReason.objects.filter(case__in=list(cases)).select_related("given_by")
    }
    found = []
    for row in rows:
        case = cases[row.case_id]
        holder = case.police_officer if row.of in POLICE_OFFICERS else case.case_manager
        ended_on = row.met_on or row.closed_on or today
        outcome = _outcome(row)
        reason = reasons.get((row.case_id, row.standard, row.opened_on, row.because_fact_id))
        title = standard_of(row, packs_in_service()).title
        late = max(0, (ended_on - row.due_on).days)
        found.append(Start(row, case, title, str(holder or "Nobody"), outcome, late, reason))
    return found


def _outcome(duty: Duty) -> Outcome:
    if duty.met_on is not None:
        return Outcome.ON_TIME if duty.met_on <= duty.due_on else Outcome.LATE
    return Outcome.MISSING if duty.closed_on is None else Outcome.NEVER
