"""A review is not signed while an objective stays open past its day."""

import uuid
from typing import Any

import pytest
from django.urls import reverse

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.plans.models.plan import Plan
from openmappa.plans.queries.content import gaps_of
from openmappa.plans.services.objectives import save_objective
from openmappa.plans.services.progress import record_progress
from openmappa.plans.words import Purpose
from tests.plans.build import a_manager, in_days
from tests.plans.test_writing import COLUMNS, SMART, signed, started, written
from tests.timeline.build import ago, make_case, signed_in, today, write

pytestmark = pytest.mark.django_db
PASSED = "The day of objective 1 has passed."


def an_overdue_review(case: Case, by: User) -> Plan:
    """A review of a plan whose only objective was due yesterday."""
    write(case, "order_started", ago(20), order="community_order", ends=in_days(700))
    plan = written(by, case)
    plan.objectives.update(due_on=ago(1))
    return started(by, signed(by, plan, on=ago(2)).case, Purpose.REVIEW)


def passed(plan: Plan) -> list[str]:
    return [gap.step for gap in gaps_of(plan) if gap.sentence.startswith(PASSED)]


def test_an_objective_whose_day_has_passed_gets_a_new_day() -> None:
    case, by = make_case(), a_manager()
    review = an_overdue_review(case, by)
    assert passed(review) == ["review"]
    objective = review.objectives.get()
    address = reverse("plans:step", kwargs={"key": case.key, "plan": review.key, "step": "review"})
    page = signed_in(by).get(address).content.decode()
    changed = {"key": case.key, "plan": review.key, "what": "objective", "part": objective.key}
    assert (PASSED in page, reverse("plans:change", kwargs=changed) in page) == (True, True)
    save_objective(
        by=by, plan=review, key=objective.key, wording=SMART, values=COLUMNS, grounds=list(objective.grounds.all())
    )
    assert passed(review) == []


@pytest.mark.parametrize(("state", "left"), [("open", ["review"]), ("achieved", []), ("partly", []), ("dropped", [])])
def test_or_it_is_closed_with_what_shows_it(state: str, left: list[str]) -> None:
    case, by = make_case(), a_manager()
    review = an_overdue_review(case, by)
    said: dict[str, Any] = {"state": state, "on": today(), "evidence": "The register."}
    key = review.objectives.get().key
    record_progress(by=by, plan=review, what="objective", key=key, submission=uuid.uuid4(), **said)
    assert passed(review) == left
