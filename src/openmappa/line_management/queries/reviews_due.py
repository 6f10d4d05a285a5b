"""Cases that a line manager has to look at: without a review in 16 weeks, or past the day they set (9.13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case as Either
from django.db.models import F, IntegerField, OuterRef, Q, Subquery, Value, When

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.line_management.models import ManagementAction, ManagementReview
from openmappa.line_management.queries.cases import cases_to_show
from openmappa.line_management.queries.rules import rules
from openmappa.line_management.queries.whose import cases_of_units
from openmappa.ui.paging import A_PAGE, Page, page_of

PLACE = Either(
    When(standing__harm_level="very_high", then=Value(0)),
    When(standing__harm_level="high", then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)
Row = tuple[int, date | None, date | None]
"""A case, when it was last reviewed, and the day that was set for the next."""


@dataclass(frozen=True)
class DueForReview:
    """A case to look at: when it was last reviewed (None: never), and the day that was set for the next."""

    case: Case
    last_on: date | None
    next_on: date | None


@dataclass(frozen=True)
class LateAction:
    """An action of a management review that is past its day."""

    action: ManagementAction
    case: Case


def due_for_review(user: User, today: date, number: int = 1, size: int = A_PAGE) -> Page[DueForReview]:
    """The cases to review, very high first, then those never reviewed, then the longest ago. Two queries."""
    return page_of(_due(user, today), number, size, lambda some: _shown(user, some))


def late_actions(user: User, today: date, size: int = A_PAGE) -> Page[LateAction]:
    """The actions of reviews that are past their day, the longest first. Two queries."""
    late = ManagementAction.objects.open().filter(due_on__lt=today, case__in=cases_of_units(user))
    rows = list(late.select_related("owner").order_by("due_on", "id"))

    def show(some: Sequence[ManagementAction]) -> Sequence[LateAction]:
        cases = cases_to_show(user, [one.case_id for one in some])
        return [LateAction(one, cases[one.case_id]) for one in some]

    return page_of(rows, 1, size, show)


def _due(user: User, today: date) -> list[Row]:
    last = ManagementReview.objects.filter(case=OuterRef("pk")).order_by("-reviewed_on", "-id")
    rule = rules().review
    too_long = today - timedelta(weeks=rule.weeks)
    at_these = Q(standing__harm_level__in=rule.harm) & (Q(last_on__isnull=True) | Q(last_on__lt=too_long))
    rows = (
        cases_of_units(user)
        .filter(standing__closed=False)
        .annotate(last_on=Subquery(last.values("reviewed_on")[:1]), next_on=Subquery(last.values("next_on")[:1]))
        .filter(at_these | Q(next_on__lt=today))
        .order_by(PLACE, F("last_on").asc(nulls_first=True), "pk")
    )
    return list(rows.values_list("pk", "last_on", "next_on"))


def _shown(user: User, rows: Sequence[Row]) -> Sequence[DueForReview]:
    cases = cases_to_show(user, [row[0] for row in rows])
    return [DueForReview(cases[pk], last_on, next_on) for pk, last_on, next_on in rows]
