"""The worklist: what is due, by when, how late and why, a page at a time, grouped by case.

Cost: one aggregate over the open duties asked for (an index-only scan of ``duty_open_in_area``, also for a whole area), then
two queries for the page, whatever its length.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, Max, Min, Q, QuerySet, When, Window

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.packs.load import packs_in_service
from openmappa.core.standards.reasons import reason, standard_of, whose
from openmappa.timeline.forms.ways import Way, way_to_meet
from openmappa.timeline.models import Duty, DutyQuerySet
from openmappa.worklist.queries.filters import Filters, Sort
from openmappa.worklist.queries.whose import Scope, open_duties, responsible

SOON = timedelta(days=7)
GROUPS_A_PAGE = 25
SECTIONS = OVERDUE, THIS_WEEK, LATER = 0, 1, 2
WHOLE = models.IntegerField()


@dataclass(frozen=True)
class Line:
    """One duty as a worklist says it."""

    duty: Duty
    what: str
    why: str
    of: str
    way: Way | None


@dataclass(frozen=True)
class Group:
    """What is overdue, or due within the week, or later, on one case."""

    case: Case
    section: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Tally:
    """How much one section holds, and the page on which it begins (None when it is empty)."""

    section: int
    duties: int
    page: int | None


@dataclass(frozen=True)
class Worklist:
    """One page of a worklist, and how much there is in all."""

    groups: tuple[Group, ...]
    tallies: tuple[Tally, ...]
    page: int
    pages: int
    groups_in_all: int

    @property
    def duties(self) -> int:
        """Every duty on the list, on all its pages."""
        return sum(tally.duties for tally in self.tallies)


class Total(models.Func):
    """A sum over all groups: SUM of an aggregate, as a window."""

    function = "SUM"
    window_compatible = True
    output_field = WHOLE


def worklist(user: User, filters: Filters, page: int, today: date) -> Worklist:
    """A page of the worklist that was asked for; a page past the end is the first."""
    wanted = narrowed(open_duties(user, filters.scope), filters)
    grouped = _grouped(wanted, filters.sort, today)
    page = max(page, 1)
    rows = list(grouped[(page - 1) * GROUPS_A_PAGE : page * GROUPS_A_PAGE])
    if not rows and page > 1:
        page, rows = 1, list(grouped[:GROUPS_A_PAGE])
    first: dict[str, Any] = rows[0] if rows else {}
    return Worklist(
        groups=_filled(rows, wanted, user, filters.scope, today),
        tallies=_tallies(first),
        page=page,
        pages=-(-first.get("groups", 0) // GROUPS_A_PAGE),
        groups_in_all=first.get("groups", 0),
    )


def narrowed(duties: DutyQuerySet, filters: Filters) -> DutyQuerySet:
    """The duties of one standard, on cases of these bands and levels."""
    chosen = {
        "standard": filters.standard,
        "case__standing__band__in": filters.band,
        "case__standing__harm_level__in": filters.harm,
        "case__standing__mappa_level__in": [int(level) for level in filters.level],
    }
    return duties.filter(**{name: value for name, value in chosen.items() if value})


def _in_section(section: int, today: date) -> Q:
    due = {
        OVERDUE: Q(due_on__lt=today),
        THIS_WEEK: Q(due_on__gte=today, due_on__lte=today + SOON),
        LATER: Q(due_on__gt=today + SOON),
    }
    return due[section]


def section_of(due_on: date, today: date) -> int:
    """Overdue, due within the next seven days, or later."""
    return OVERDUE if due_on < today else THIS_WEEK if due_on <= today + SOON else LATER


def _grouped(duties: DutyQuerySet, sort: Sort, today: date) -> QuerySet[Duty, dict[str, Any]]:
    """A row for each case and section, in order, each with the totals of the whole list beside it."""
    section = models.Case(*(When(_in_section(each, today), then=each) for each in SECTIONS), output_field=WHOLE)
    named = ("case__person__family_name", "case__person__given_names") if sort is Sort.NAME else ()
    grouped = (
        duties.annotate(section=section)
        .values("case_id", "section", *named)
        .annotate(first=Min("due_on"), last=Max("due_on"), groups=Window(Count("*")))
    )
    for each in SECTIONS:
        lines = Count("case_id", filter=_in_section(each, today))
        belongs = models.Case(When(section=each, then=1), default=0)
        totals = {f"lines_{each}": Window(Total(lines)), f"groups_{each}": Window(Total(belongs))}
        grouped = grouped.annotate(**totals)
    order = {Sort.URGENT: ("first",), Sort.NEWEST: ("-last",), Sort.NAME: named}[sort]
    return grouped.order_by("section", *order, "case_id")


def _tallies(row: dict[str, Any]) -> tuple[Tally, ...]:
    before, tallies = 0, []
    for section in SECTIONS:
        groups = row.get(f"groups_{section}", 0)
        tallies.append(
            Tally(section, row.get(f"lines_{section}", 0), before // GROUPS_A_PAGE + 1 if groups else None)
        )
        before += groups
    return tuple(tallies)


def _filled(
    rows: Sequence[dict[str, Any]], wanted: DutyQuerySet, user: User, scope: Scope, today: date
) -> tuple[Group, ...]:
    """The rows of a page with their cases and lines. Two queries."""
    ids = {row["case_id"] for row in rows}
    cases = (
        Case.objects.visible_to(user)
        .select_related("person", "standing", "case_manager", "police_officer")
        .defer("person__name_keys")
        .in_bulk(ids)
    )
    found: dict[tuple[int, int], list[Duty]] = {}
    for duty in wanted.filter(case_id__in=ids).order_by("due_on", "standard", "id"):
        found.setdefault((duty.case_id, section_of(duty.due_on, today)), []).append(duty)
    return tuple(
        Group(
            cases[row["case_id"]],
            row["section"],
            tuple(
                line(duty, cases[row["case_id"]], user, scope)
                for duty in found.get((row["case_id"], row["section"]), ())
            ),
        )
        for row in rows
    )


def line(duty: Duty, case: Case, user: User, scope: Scope) -> Line:
    """A duty in words; whom it waits for is said where it need not be the reader."""
    standard = standard_of(duty, packs_in_service())
    name = responsible(duty.of, case)
    said = f"{whose(duty.of)}{f', {name}' if name else ''}" if scope is not Scope.MINE else ""
    return Line(duty, standard.title, reason(duty, standard), said, way_to_meet(standard, user, case.key))
