"""Marks of quality of a line manager’s units: counts above the line, the markings behind them, what to mark next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.dates import add_months
from openmappa.core.packs.quality_rules import WorkKind
from openmappa.core.quality import Tally, tallies
from openmappa.core.standards.words import describe
from openmappa.line_management.models import QualityMark, QualityMarking
from openmappa.line_management.queries.cases import cases_to_show
from openmappa.line_management.queries.rules import quality_rules
from openmappa.line_management.queries.whose import WITH_AUTHOR, author_of, cases_of_units, units_of
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.facts import core_fact
from openmappa.ui.paging import A_PAGE, Page, page_of

MONTHS = 12
TO_MARK_DAYS = 30


@dataclass(frozen=True)
class ShownMarking:
    """A marking as the list shows it."""

    marking: QualityMarking
    case: Case
    words: str


@dataclass(frozen=True)
class ToMark:
    """A piece of work that nobody has marked."""

    fact: Fact
    case: Case
    words: str
    author: User | None


def unit_tallies(user: User, today: date) -> list[tuple[WorkKind, tuple[Tally, ...]]]:
    """How often each mark was given for each criterion in the last 12 months, to the units' work. One query."""
    marks = QualityMark.objects.filter(marking__in=_markings(user, today))
    counted = marks.values_list("criterion", "mark").annotate(count=Count("pk")).order_by()
    return tallies(quality_rules().criteria, counted)


def markings(user: User, today: date, number: int = 1) -> Page[ShownMarking]:
    """The markings of the last 12 months, the newest first. Three queries."""
    ids = list(_markings(user, today).values_list("pk", flat=True))

    def show(some: Sequence[int]) -> Sequence[ShownMarking]:
        by_id = QualityMarking.objects.select_related("fact", "author", "marked_by").in_bulk(some)
        found = [by_id[pk] for pk in some]
        cases = cases_to_show(user, [one.case_id for one in found])
        return [ShownMarking(one, cases[one.case_id], describe(core_fact(one.fact))) for one in found]

    return page_of(ids, number, A_PAGE, show)


def to_mark(user: User, today: date) -> Sequence[ToMark]:
    """The newest work of the units' people of the last 30 days that nobody has marked; not one's own. Two queries."""
    units = units_of(user)
    theirs = Q(recorded_by__unit_id__in=units) | Q(recorded_by__isnull=True, case__probation_unit_id__in=units)
    rows = list(
        Fact.objects.filter(
            theirs,
            kind__in=sorted(quality_rules().fact_kinds),
            on__gte=today - timedelta(days=TO_MARK_DAYS),
            voided_at__isnull=True,
            case__in=cases_of_units(user),
        )
        .exclude(recorded_by=user)
        .exclude(Exists(QualityMarking.objects.filter(fact=OuterRef("pk"))))
        .select_related(*WITH_AUTHOR)
        .order_by("-on", "-id")[:A_PAGE]
    )
    cases = cases_to_show(user, [row.case_id for row in rows])
    return [ToMark(row, cases[row.case_id], describe(core_fact(row)), author_of(row)) for row in rows]


def _markings(user: User, today: date) -> QuerySet[QualityMarking]:
    since = add_months(today, -MONTHS)
    seen = Case.objects.visible_to(user)
    return QualityMarking.objects.filter(unit_id__in=units_of(user), marked_on__gte=since, case__in=seen)
