"""Cases of high and very high risk of harm whose reviews are overdue or that lack a risk management plan (7.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Min

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.packs.load import packs_in_service
from openmappa.core.standards.reasons import standard_of
from openmappa.line_management.queries.cases import cases_to_show
from openmappa.line_management.queries.rules import rules
from openmappa.line_management.queries.whose import cases_of_units
from openmappa.timeline.models import Duty, DutyQuerySet
from openmappa.ui.paging import A_PAGE, Page, page_of

VERY_HIGH = "very_high"


@dataclass(frozen=True)
class Overdue:
    """One thing that is overdue on a case."""

    title: str
    due_on: date


@dataclass(frozen=True)
class NotReviewed:
    """A case and what is overdue on it, the longest first."""

    case: Case
    duties: tuple[Overdue, ...]


@dataclass(frozen=True)
class NotReviewedPage:
    """A page of cases, and how many there are of each level."""

    page: Page[NotReviewed]
    very_high: int


def not_reviewed(user: User, today: date, number: int = 1, size: int = A_PAGE) -> NotReviewedPage:
    """The cases, very high first, then by how late. Three queries."""
    duties = _overdue(user, today)
    grouped = duties.values("case_id", "case__standing__harm_level").annotate(since=Min("due_on")).order_by()
    rows = list(grouped.values_list("case__standing__harm_level", "since", "case_id"))
    rows.sort(key=lambda row: (row[0] != VERY_HIGH, row[1], row[2]))
    page = page_of([row[2] for row in rows], number, size, lambda some: _shown(user, duties, some))
    return NotReviewedPage(page, sum(row[0] == VERY_HIGH for row in rows))


def _overdue(user: User, today: date) -> DutyQuerySet:
    return Duty.objects.open().filter(
        standard__in=rules().watched.standards,
        due_on__lt=today,
        case__standing__harm_level__in=rules().review.harm,
        case__in=cases_of_units(user),
    )


def _shown(user: User, duties: DutyQuerySet, ids: Sequence[int]) -> Sequence[NotReviewed]:
    cases = cases_to_show(user, ids)
    found: dict[int, list[Overdue]] = {}
    for duty in duties.filter(case_id__in=ids).order_by("due_on", "standard"):
        title = standard_of(duty, packs_in_service()).title
        found.setdefault(duty.case_id, []).append(Overdue(title, duty.due_on))
    return [NotReviewed(cases[pk], tuple(found[pk])) for pk in ids]
