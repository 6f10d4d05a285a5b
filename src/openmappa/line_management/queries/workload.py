"""Who holds how much: the units' cases by risk of harm, and what is open and overdue on them (6.5)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q

from openmappa.accounts.models import User
from openmappa.core.bands import HarmLevel
from openmappa.line_management.queries.whose import CASE_MANAGERS, POLICE_OFFICERS, cases_of_units, units_of
from openmappa.timeline.models import Duty

NOT_SET = "not_set"
LEVELS = tuple(reversed([level.value for level in HarmLevel]))


@dataclass(frozen=True)
class Held:
    """What one person holds, or what nobody holds (None): cases by risk of harm, and duties that wait for them."""

    person: User | None
    cases: int
    by_harm: dict[str, int]
    open_duties: int
    overdue: int


def workload(user: User, today: date) -> list[Held]:
    """The open cases of the units by who holds them, those with the most overdue first. Five queries."""
    found: dict[int | None, dict[str, Any]] = {}
    for holder, unit, whose in (
        ("case_manager_id", "probation_unit_id__in", CASE_MANAGERS),
        ("police_officer_id", "police_unit_id__in", POLICE_OFFICERS),
    ):
        for row in _cases(user, holder, unit):
            _add(found, row.pop("holder"), row)
        for row in _duties(user, holder, unit, whose, today):
            _add(found, row.pop("holder"), row)
    people = User.objects.in_bulk([pk for pk in found if pk is not None])
    held = [_held(people.get(pk) if pk else None, counts) for pk, counts in found.items()]
    return sorted(held, key=lambda row: (-row.overdue, -row.cases, str(row.person or "")))


def _cases(user: User, holder: str, unit: str) -> Any:
    mine = cases_of_units(user).filter(**{unit: units_of(user)}, standing__closed=False)
    levels = {level: Count("pk", filter=Q(standing__harm_level=level)) for level in LEVELS}
    not_set = Count("pk", filter=Q(standing__harm_level=""))
    return mine.values(holder=F(holder)).annotate(cases=Count("pk"), **levels, not_set=not_set).order_by()


def _duties(user: User, holder: str, unit: str, whose: tuple[str, ...], today: date) -> Any:
    mine = cases_of_units(user).filter(**{unit: units_of(user)})
    waiting = Duty.objects.open().filter(of__in=whose, case__in=mine)
    late = Count("pk", filter=Q(due_on__lt=today))
    return waiting.values(holder=F(f"case__{holder}")).annotate(open=Count("pk"), overdue=late).order_by()


def _add(found: dict[int | None, dict[str, Any]], holder: int | None, row: dict[str, Any]) -> None:
    known = found.setdefault(holder, {})
    for name, count in row.items():
        known[name] = known.get(name, 0) + count


def _held(person: User | None, counts: dict[str, Any]) -> Held:
    by_harm = {level: counts.get(level, 0) for level in (*LEVELS, NOT_SET)}
    return Held(person, counts.get("cases", 0), by_harm, counts.get("open", 0), counts.get("overdue", 0))
