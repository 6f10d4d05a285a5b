"""A plan that was signed or abandoned never changes, whoever asks, nor does any part of it."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, models, transaction
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.core.access import Role
from openmappa.plans.models.parts import Intervention, Objective, ObjectiveGround, PlanAction, PlanGround, Progress
from openmappa.plans.models.plan import Plan
from openmappa.plans.models.written import ConfidentialPart, Contingency, Liaison, PlanReview, RiskManagement
from tests.plans.build import a_draft, a_full_draft, a_full_plan, a_manager, an_objective, signed
from tests.timeline.build import make_case, make_person

pytestmark = pytest.mark.django_db

PARTS: list[type[Any]] = [
    PlanGround,
    Objective,
    ObjectiveGround,
    Intervention,
    PlanAction,
    Contingency,
    Liaison,
    RiskManagement,
    ConfidentialPart,
    PlanReview,
]


def refused(deed: Any, match: str = "no longer a draft") -> None:
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        deed()


@pytest.mark.parametrize("model", PARTS, ids=lambda model: model.__name__)
def test_no_part_of_a_signed_plan_is_changed_added_or_deleted(model: type[models.Model]) -> None:
    plan = a_full_plan(make_case(), a_manager())
    rows = model._default_manager.filter(plan=plan)
    row = rows.get()
    refused(lambda: rows.update(case=plan.case_id))
    refused(lambda: rows._raw_delete(rows.db))  # type: ignore[attr-defined]
    row.pk, row._state.adding = None, True
    refused(lambda: row.save(force_insert=True))
    assert rows.count() == 1


def test_parts_of_a_draft_change() -> None:
    plan = a_full_draft(make_case(), a_manager())
    plan.objectives.update(what="Something else")
    assert plan.objectives.get().what == "Something else"


def test_a_signed_plan_keeps_its_words_and_may_still_be_countersigned_once() -> None:
    author, manager = a_manager(), make_person(Role.LINE_MANAGER)
    plan = signed(a_draft(make_case(), author), author)
    same = Plan.objects.filter(pk=plan.pk)
    refused(lambda: same.update(diversity="Changed"))
    refused(lambda: same.update(signed_by=manager))
    same.update(countersigned_by=manager, countersigned_at=timezone.now())
    refused(lambda: same.update(countersign_comment="Once more"))


def test_an_abandoned_plan_does_not_come_back() -> None:
    author = a_manager()
    plan = a_draft(make_case(), author, abandoned_by=author, abandoned_at=timezone.now(), abandon_reason="A mistake")
    refused(lambda: Plan.objects.filter(pk=plan.pk).update(abandoned_at=None, abandoned_by=None, abandon_reason=""))
    refused(lambda: an_objective(plan))


def test_a_part_is_of_the_case_of_its_plan() -> None:
    plan, other = a_draft(make_case(), a_manager()), make_case()
    said = {"who": "x", "with_whom": "x", "how_often": "x", "about": "x"}
    refused(lambda: Liaison.objects.create(plan=plan, case=other, number=1, **said), match="is not a plan of case")
    refused(lambda: Plan.objects.filter(pk=plan.pk).update(case=other), match="keeps its case")


def test_the_application_deletes_no_plan_and_changes_no_progress() -> None:
    plan = a_full_plan(make_case(), a_manager())
    for deed in (
        lambda: Plan.objects.filter(pk=plan.pk)._raw_delete("default"),
        lambda: Progress.objects.update(evidence="Nothing"),
        lambda: Progress.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            deed()


def test_who_does_not_read_the_compartment_reads_no_confidential_part_of_it() -> None:
    case = make_case()
    a_full_plan(case, a_manager())
    found = {}
    for role in (Role.CASE_MANAGER, Role.POLICE_OFFICER, Role.LINE_MANAGER, Role.AUDITOR):
        with as_person(make_person(role)):
            found[role] = (Plan.objects.count(), ConfidentialPart.objects.count())
    assert found == {
        Role.CASE_MANAGER: (1, 1),
        Role.POLICE_OFFICER: (1, 1),
        Role.LINE_MANAGER: (1, 1),
        Role.AUDITOR: (0, 0),
    }
