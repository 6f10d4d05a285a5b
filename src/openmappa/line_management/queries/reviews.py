"""Management reviews of one case: what stands, with the words where the reader may read them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Q
from django.http import HttpRequest

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.core.involvement import WORKING
from openmappa.core.line_management import labels
from openmappa.line_management.models import ManagementAction, ManagementReview
from openmappa.line_management.queries.rules import rules
from openmappa.line_management.queries.whose import may_complete
from openmappa.notes.models import Note

SHOWN = 30


@dataclass(frozen=True)
class ReviewOnCase:
    """One review as the case shows it. ``note`` is None where the reader may not read its words."""

    review: ManagementReview
    note: Note | None
    actions: tuple[tuple[ManagementAction, bool], ...]

    @property
    def outcome_labels(self) -> list[str]:
        """What it came to, in words."""
        return labels(self.review.outcomes, rules().outcomes)

    @property
    def looked_at_labels(self) -> list[str]:
        """What was looked at, in words."""
        return labels(self.review.looked_at, rules().looked_at)


@dataclass(frozen=True)
class LastReview:
    """What the front sheet says: the last review, and how many actions of reviews are open and late."""

    review: ManagementReview | None
    open_actions: int
    late_actions: int

    @property
    def outcome_labels(self) -> list[str]:
        """What it came to, in words."""
        return labels(self.review.outcomes, rules().outcomes) if self.review else []


def reviews_of(user: User, case: Case) -> list[ReviewOnCase]:
    """The last reviews of a case, newest first. Three queries."""
    reviews = list(
        ManagementReview.objects.filter(case=case).select_related("reviewed_by").order_by("-reviewed_on", "-id")[:SHOWN]
    )
    readable = Note.objects.open_to(user, case).filter(pk__in=[review.note_id for review in reviews])
    notes = {note.pk: note for note in readable}
    actions = ManagementAction.objects.filter(review__in=[review.pk for review in reviews])
    by_review: dict[int, list[tuple[ManagementAction, bool]]] = {}
    for action in actions.select_related("owner", "done_by", "case"):
        may = action.done_on is None and may_complete(user, action)
        by_review.setdefault(action.review_id, []).append((action, may))
    return [ReviewOnCase(review, notes.get(review.note_id), tuple(by_review.get(review.pk, ()))) for review in reviews]


def action_of(case: Case, pk: int) -> ManagementAction | None:
    """An action of a review of this case, if the reader may read it. One query."""
    return (
        ManagementAction.objects.filter(case=case, pk=pk).select_related("case", "owner", "review__reviewed_by").first()
    )


def owners_for(user: User, case: Case) -> list[User]:
    """Who can be given an action: the people of the case's two units, the area's coordinators; the holders first.

    One query.
    """
    units = [unit for unit in (case.police_unit_id, case.probation_unit_id) if unit is not None]
    holders = [holder for holder in (case.case_manager_id, case.police_officer_id) if holder is not None]
    working = Q(unit_id__in=units, role__in=[role.value for role in WORKING])
    coordinates = Q(area_id=case.area_id, role=Role.MAPPA_COORDINATOR)
    people = User.objects.filter(working | coordinates | Q(pk__in=[*holders, user.pk]), is_active=True)
    return sorted(people, key=lambda one: (one.pk not in holders, one.pk != user.pk, one.full_name))


def last_review_of(today: date, case: Case) -> LastReview:
    """The last review of a case, and its open actions. Two queries."""
    review = (
        ManagementReview.objects.filter(case=case).select_related("reviewed_by").order_by("-reviewed_on", "-id").first()
    )
    due = list(ManagementAction.objects.open().filter(case=case).values_list("due_on", flat=True))
    return LastReview(review, len(due), sum(day < today for day in due))


def for_the_front_sheet(request: HttpRequest) -> dict[str, Callable[[date, Case], LastReview]]:
    """A context processor: what the card on the front sheet asks, which it does once, and only there."""
    user = getattr(request, "user", None)
    return {"last_management_review": partial(last_review_of)} if isinstance(user, User) else {}
