"""The offender's copy holds what was written for the offender and nothing else: proved by filling every text column.

The columns are found by walking the models, so that one added later without an audience, or without a word here, fails.
"""

import io
from typing import Any

import pypdf
import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.cases.models import Case, Person
from openmappa.core.access import Role
from openmappa.core.compartments import Compartment
from openmappa.core.grading import Basis, Concern
from openmappa.core.plans.audience import Audience
from openmappa.notes.services import Placed, write_note
from openmappa.plans.errors import NamesShared
from openmappa.plans.models.plan import Plan
from openmappa.plans.queries.glance import glance
from openmappa.plans.queries.offender import offender_plan
from openmappa.plans.services.copies import copy_for_a_file, copy_for_the_offender
from openmappa.timeline.queries.frame import case_frame
from openmappa.ui.csv_files import Sharing
from tests.plans.build import a_draft, a_full_plan, a_manager, an_objective, confidential, signed
from tests.timeline.build import ago, make_case, make_person

pytestmark = pytest.mark.django_db

CODED = {"Plan.pack", "Plan.harm_level", "PlanGround.code", "ConfidentialPart.compartment", "Progress.state"}
"""Columns that hold a code of ours and never what somebody typed."""
AFTER_SIGNING = {"Plan.countersign_comment", "Plan.return_comment", "Plan.abandon_reason"}
"""Said of a plan when there is a copy already; they are filled on a plan of their own below."""


def text_columns() -> dict[str, Any]:
    """Every text column of every table of plans, by model and name; those with fixed choices left out."""
    found = {}
    for model in apps.get_app_config("plans").get_models():
        for field in model._meta.concrete_fields:
            inner = field.base_field if isinstance(field, ArrayField) else field
            if isinstance(inner, models.CharField | models.TextField) and not inner.choices:
                found[f"{model.__name__}.{field.name}"] = field
    return found


def sentinel(column: str) -> str:
    """A word that stands for a column and occurs nowhere else."""
    return f"Zq{column.replace('.', 'x').replace('_', 'x')}Zq"


def words_of(pdf: bytes) -> str:
    """All text of a PDF file, without the breaks that its lines make."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def offender_copy(by: User, plan: Plan, harmless: tuple[str, ...] = ()) -> str:
    with as_person(by):
        frame = case_frame(by, plan.case.key)
        return words_of(copy_for_the_offender(by=by, frame=frame, plan=plan, harmless=harmless))


def test_every_text_column_declares_its_audience_and_has_a_word_in_this_test() -> None:
    undeclared = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("plans").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | ArrayField)
        and not isinstance(getattr(model, "audience", {}).get(field.name), Audience)
    ]
    assert undeclared == []
    said: list[str] = []
    a_full_plan(make_case(), a_manager(), say=lambda column: said.append(column) or sentinel(column))  # type: ignore[func-returns-value]
    assert set(said) | CODED | AFTER_SIGNING == set(text_columns())


def test_of_every_text_column_only_those_written_for_the_offender_reach_their_copy() -> None:
    by = a_manager()
    plan = a_full_plan(make_case(case_manager=by), by, say=sentinel)
    copy = offender_copy(by, plan)
    allowed = {
        f"{model.__name__}.{name}"
        for model in apps.get_app_config("plans").get_models()
        for name, audience in getattr(model, "audience", {}).items()
        if audience is Audience.OFFENDER
    }
    reached = {column for column in text_columns() if sentinel(column) in copy}
    assert reached == allowed
    assert len(text_columns()) - len(reached) > 35


def test_what_was_said_when_it_was_returned_reaches_no_copy_either() -> None:
    by, manager = a_manager(), make_person(Role.LINE_MANAGER)
    plan = signed(a_draft(make_case(), by, contact="Every Tuesday."), by)
    plan.returned_by, plan.returned_at = manager, plan.signed_at
    plan.return_comment = sentinel("Plan.return_comment")
    plan.save()
    assert "Zq" not in offender_copy(by, plan)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    hidden=st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=6, max_size=40),
    marks=st.lists(st.sampled_from(["#", "$", "*", "_", "]", "[", "\\", '"', "//", "`", "@", "<", "="]), max_size=8),
)
def test_no_hidden_text_reaches_it_and_no_sign_is_read_as_markup(hidden: str, marks: list[str]) -> None:
    by = a_manager()
    plan = a_draft(make_case(), by, diversity=f"Zq{hidden}", contact="Meet " + "".join(marks) + " here")
    confidential(plan, hidden_controls=f"Zq{hidden}")
    an_objective(plan, what=f"Zq{hidden}", plain_words="go there")
    copy = offender_copy(by, plan)
    assert "Zq" not in copy
    assert "Meet" + "".join("".join(marks).split()) + "here" in copy


def a_plan_with_a_name(by: User, words: str) -> Plan:
    plan = a_draft(make_case(), by, contact="Every Tuesday at the office.")
    an_objective(plan, plain_words=words)
    return plan


def test_it_is_refused_while_it_names_somebody_from_the_confidential_part() -> None:
    by = a_manager()
    plan = a_plan_with_a_name(by, "Keep away from the street where Rosalind lives.")
    confidential(plan, victim_safety="Rosalind has an alarm. Police answer it.")
    with pytest.raises(NamesShared, match="“Rosalind” stands under “Step 1”"):
        offender_copy(by, plan)
    assert not Event.objects.filter(verb="copy plan for offender").exists()
    assert "Rosalind" in offender_copy(by, plan, harmless=("rosalind",)), "somebody said that it is nobody's name"


def test_a_name_from_a_confidential_note_is_found_and_the_offenders_own_is_not() -> None:
    by = a_manager()
    plan = a_plan_with_a_name(by, "Testcase keeps away from Hyacinth.")
    Person.objects.filter(pk=plan.case.person_id).update(family_name="Testcase")
    placed = Placed(Compartment.CONFIDENTIAL, Basis.THIRD_PARTY, Concern.VICTIM, ago(1))
    with as_person(by):
        write_note(by=by, case=plan.case, text="Testcase knows hyacinth from school.", placed=placed)
    with pytest.raises(NamesShared) as refused:
        offender_copy(by, plan)
    assert [one.word for one in refused.value.found] == ["Hyacinth"]


def test_a_copy_is_logged_as_a_disclosure_to_the_offender_and_bears_no_marking(settings: Any) -> None:
    by = a_manager()
    plan = a_plan_with_a_name(by, "You go to the course.")
    copy = offender_copy(by, plan)
    assert settings.OPENMAPPA_MARKING not in copy
    event = Event.objects.get(verb="copy plan for offender")
    assert (event.operation, event.recipient, event.case_id) == ("disclosure", "the offender", plan.case_id)
    assert event.about["plan"] == plan.pk


def test_it_is_a_tagged_pdf_in_british_english_with_a_title() -> None:
    by = a_manager()
    plan = a_plan_with_a_name(by, "You go to the course.")
    with as_person(by):
        made = copy_for_the_offender(by=by, frame=case_frame(by, plan.case.key), plan=plan)
    reader = pypdf.PdfReader(io.BytesIO(made))
    root: Any = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en-GB", True)
    assert reader.metadata is not None and reader.metadata.title == "Your plan: Sample Testcase"


def test_the_copy_for_a_file_is_marked_and_holds_the_confidential_part_only_when_asked(settings: Any) -> None:
    by, manager = a_manager(), make_person(Role.LINE_MANAGER)
    plan = a_full_plan(make_case(), by, say=sentinel)
    found = {}
    for asked in (False, True):
        with as_person(manager):
            made = copy_for_a_file(
                by=manager,
                frame=case_frame(manager, plan.case.key),
                plan=plan,
                sharing=Sharing("Somebody", "A judge", "A hearing"),
                confidential=asked,
                marking=settings.OPENMAPPA_MARKING,
            )
        text = words_of(made)
        found[asked] = (sentinel("ConfidentialPart.third_party") in text, sentinel("Objective.what") in text)
        assert "".join(settings.OPENMAPPA_MARKING.split()) in text
    assert found == {False: (False, True), True: (True, True)}
    events = Event.objects.filter(verb="export plan", operation="disclosure", recipient="A judge")
    assert [event.about["compartments"] for event in events.order_by("id")] == [["open"], ["open", "confidential"]]


def test_what_the_copy_says_is_what_the_page_before_it_shows() -> None:
    by = a_manager()
    case: Case = make_case(case_manager=by)
    plan = a_draft(
        case, by, contact="Every Tuesday.", own_words="Fine by me.", adapted="Large print.", shared_on=ago(1)
    )
    an_objective(plan, plain_words="Go to the course.", owner_kind="person", owner=by)
    with as_person(by):
        frame = case_frame(by, case.key)
        copy = offender_plan(frame, glance(plan, frame.today))
    assert [(step.words, step.who, step.state) for step in copy.steps] == [
        ("Go to the course.", "Your case manager", "Open")
    ]
    assert (copy.contact, copy.own_words, copy.adapted) == ("Every Tuesday.", "Fine by me.", "Large print.")
