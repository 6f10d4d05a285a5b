"""For each constraint on what line managers leave behind: a row that breaks it."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from tests.notes import build as notes
from tests.timeline.build import ago, make_person, today, write

from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.line_management.models import (
    LatenessReason,
    ManagementAction,
    ManagementReview,
    QualityMark,
    QualityMarking,
)


def lateness(case: Case, **changed: Any) -> None:
    plain = {"standard": "oasys-start", "opened_on": ago(30), "reason": "absence", "given_at": timezone.now()}
    LatenessReason.objects.create(case=case, given_by=make_person(Role.LINE_MANAGER), **(plain | changed))


def review(case: Case, **changed: Any) -> ManagementReview:
    plain = {"reviewed_on": today(), "looked_at": ["oasys"], "outcomes": ["as_it_is"], "next_on": ago(-7)}
    by = make_person(Role.LINE_MANAGER)
    return ManagementReview.objects.create(
        case=case, reviewed_by=by, note=notes.note(case), pack="any", **(plain | changed)
    )


def action(case: Case, **changed: Any) -> None:
    plain = {"what": "Ring.", "owner": make_person(Role.POLICE_OFFICER), "due_on": ago(-7)}
    ManagementAction.objects.create(case=case, review=review(case), **(plain | changed))


def marking(case: Case, **changed: Any) -> QualityMarking:
    by = make_person(Role.LINE_MANAGER)
    plain = {"author": None, "marked_by": by, "unit": by.unit, "marked_on": today(), "pack": "any"}
    fact = write(case, "significant_incident", ago(1))
    return QualityMarking.objects.create(case=case, **({"fact": fact} | plain | changed))


def own_marking(case: Case) -> None:
    by = make_person(Role.LINE_MANAGER)
    marking(case, author=by, marked_by=by)


def marked_twice(case: Case) -> None:
    first = marking(case)
    marking(case, fact=first.fact, marked_by=first.marked_by)


def mark(case: Case, times: int = 1, **changed: Any) -> None:
    of = marking(case)
    for _ in range(times):
        QualityMark.objects.create(
            case=case, marking=of, **({"criterion": "plan_content", "mark": "sufficient"} | changed)
        )


BREAKS: dict[str, Callable[[Case], object]] = {
    "lateness_is_explained_once": lambda case: (lateness(case), lateness(case)),
    "lateness_has_a_reason": lambda case: lateness(case, reason=""),
    "lateness_other_is_in_words": lambda case: lateness(case, reason="other"),
    "management_review_came_to_something": lambda case: review(case, outcomes=[]),
    "management_review_is_before_the_next": lambda case: review(case, next_on=today()),
    "management_action_says_what": lambda case: action(case, what=""),
    "management_action_done_by_somebody_with_evidence": lambda case: action(case, done_on=today()),
    "quality_is_marked_once_by_each": marked_twice,
    "quality_is_not_marked_by_the_author": own_marking,
    "quality_criterion_is_marked_once": lambda case: mark(case, 2),
    "quality_mark_is_on_the_scale": lambda case: mark(case, mark="splendid"),
    "quality_below_the_line_says_why": lambda case: mark(case, mark="poor"),
}
