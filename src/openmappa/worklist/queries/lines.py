"""The worklist: what is due, by when, how late and why, a page at a time, grouped by case.

Cost: one count of the open duties asked for (an index-only scan of ``duty_open_in_area``, also for a whole area), one
query for the groups of the page, and two for what they show, whatever its length.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, Max, Min, Q, QuerySet

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.packs.load import packs_in_service
from openmappa.core.standards.reasons import reason, standard_of, whose
from openmappa.timeline.forms.ways import Way, way_to_meet
from openmappa.timeline.models import Duty, DutyQuerySet
from openmappa.worklist.queries.filters import Filters, Sort
from openmappa.worklist.queries.whose import OFFENDER, Scope, open_duties, responsible

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


def worklist(user: User, filters: Filters, page: int, today: date) -> Worklist:
    """A page of the worklist that was asked for; a page past the end is the first."""
    wanted = narrowed(open_duties(user, filters.scope), filters)
    counts = _counts(wanted, today)
    groups = [counts[f"groups_{section}"] for section in SECTIONS]
    pages = -(-sum(groups) // GROUPS_A_PAGE)
    page = page if 1 <= page <= pages else 1
    rows = _groups_of_page(wanted, filters.sort, groups, page, today)
    return Worklist(
        groups=_filled(rows, wanted, user, filters.scope, today),
        tallies=tuple(Tally(section, counts[f"duties_{section}"], _page_of(section, groups)) for section in SECTIONS),
        page=page,
        pages=pages,
        groups_in_all=sum(groups),
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


def _counts(duties: DutyQuerySet, today: date) -> dict[str, int]:
    """How many duties, and on how many cases, each section holds. One pass over the index."""
    counted: dict[str, Count] = {}
    for section in SECTIONS:
        there = _in_section(section, today)
        counted[f"duties_{section}"] = Count("case_id", filter=there)
        counted[f"groups_{section}"] = Count("case_id", filter=there, distinct=True)
    return duties.aggregate(**counted)


def _page_of(section: int, groups: Sequence[int]) -> int | None:
    return sum(groups[:section]) // GROUPS_A_PAGE + 1 if groups[section] else None


def _groups_of_page(
    duties: DutyQuerySet, sort: Sort, groups: Sequence[int], page: int, today: date
) -> list[tuple[int, int]]:
    """Section and case of each group on a page, in order. One query, for those sections only that the page touches."""
    start, end = (page - 1) * GROUPS_A_PAGE, page * GROUPS_A_PAGE
    slices = []
    for section in SECTIONS:
        before = sum(groups[:section])
        first, last = max(start - before, 0), min(end - before, groups[section])
        if first < last:
            slices.append(_ordered(duties, sort, section, today)[first:last])
    if not slices:
        return []
    rows = slices[0].union(*slices[1:], all=True) if len(slices) > 1 else slices[0]
    found = [(row["section"], row["case_id"]) for row in rows]
    return sorted(found, key=lambda group: group[0])


def _ordered(duties: DutyQuerySet, sort: Sort, section: int, today: date) -> QuerySet[Duty, dict[str, Any]]:
    named = ("case__person__family_name", "case__person__given_names") if sort is Sort.NAME else ()
    order = {Sort.URGENT: ("first",), Sort.NEWEST: ("-first",), Sort.NAME: named}[sort]
    first = Max("due_on") if sort is Sort.NEWEST else Min("due_on")
    in_section = duties.filter(_in_section(section, today))
    grouped: QuerySet[Duty, dict[str, Any]] = in_section.values("case_id", *named).annotate(
        first=first, section=models.Value(section, WHOLE)
    )
    return grouped.order_by(*order, "case_id")


def _filled(
    rows: Sequence[tuple[int, int]], wanted: DutyQuerySet, user: User, scope: Scope, today: date
) -> tuple[Group, ...]:
    """The rows of a page with their cases and lines. Two queries."""
    ids = {case_id for _, case_id in rows}
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
            cases[case_id],
            section,
            tuple(line(duty, cases[case_id], user, scope) for duty in found[case_id, section]),
        )
        for section, case_id in rows
    )


def line(duty: Duty, case: Case, user: User, scope: Scope) -> Line:
    """A duty in words; whom it waits for is said where it need not be the reader."""
    standard = standard_of(duty, packs_in_service())
    said = "" if scope is Scope.MINE else _waits_for(duty.of, case)
    return Line(duty, standard.title, reason(duty, standard), said, way_to_meet(standard, user, case.key))


def _waits_for(of: str, case: Case) -> str:
    name = responsible(of, case)
    if not name:
        return whose(of)
    return f"{whose(of)}; {name} keeps watch" if of == OFFENDER else f"{whose(of)}, {name}"
