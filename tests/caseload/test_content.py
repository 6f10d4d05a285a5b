"""The demonstration is furnished: behind each score and assessment stands what somebody would have written."""

from collections import defaultdict
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from openmappa.accounts.models import User
from openmappa.assessments.models import Countersignature, Rm2000Score
from openmappa.audit.models import Event
from openmappa.cases.models import Case
from openmappa.core.caseload import header_line, record_line
from openmappa.core.instruments.oasys.harm import overall_harm_level
from openmappa.core.instruments.oasys.missing import missing
from openmappa.core.packs.load import load_oasys
from openmappa.core.synthetic.generate import generate
from openmappa.line_management.models import LatenessReason, ManagementReview, QualityMarking
from openmappa.line_management.queries.rules import quality_rules
from openmappa.oasys.models import Oasys
from openmappa.oasys.models_around import InformationRequest
from openmappa.plans.models.parts import Progress
from openmappa.plans.models.plan import Plan
from openmappa.timeline.models import Acknowledgement, Fact
from tests.core.synthetic.samples import sample

CASES = 40


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A generated caseload of one area with forty cases until today, loaded once for all and taken back at the end."""
    wanted = sample(areas=1, cases=CASES, until=timezone.localdate())
    file = tmp_path_factory.mktemp("demo") / "sample.jsonl"
    file.write_bytes(header_line(wanted.header) + b"".join(map(record_line, generate(wanted))))
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", str(file), stdout=StringIO())
        yield str(file)
        transaction.set_rollback(True)


def test_every_rm2000_has_answers_that_give_its_band_and_the_police_officer_as_scorer(demo: str) -> None:
    facts = list(Fact.objects.filter(kind="rm2000_completed").select_related("rm2000_score", "case"))
    assert facts
    assert {fact.rm2000_score.s_band == fact.details["band"] for fact in facts} == {True}
    assert {fact.rm2000_score.scored_by_id == fact.case.police_officer_id for fact in facts} == {True}


def test_facts_behind_which_something_stands_name_their_author_and_no_others_do(demo: str) -> None:
    named = Fact.objects.filter(recorded_by__isnull=False)
    assert {*named.values_list("kind", flat=True)} == {"rm2000_completed", "oasys_completed", *PLAN_KINDS}
    assert {fact.recorded_by_id for fact in named if fact.kind == "rm2000_completed"} <= {
        *User.objects.filter(role="police_officer").values_list("pk", flat=True)
    }


def test_every_countersignature_is_the_police_line_managers_under_the_score_before_it(demo: str) -> None:
    facts = Fact.objects.filter(kind="rm2000_countersigned")
    signed = list(Countersignature.objects.select_related("of", "fact", "signed_by"))
    assert {each.fact_id for each in signed} == {fact.pk for fact in facts} != set()
    assert {each.signed_by.username for each in signed} == {"n.manager.police"}
    assert {each.of.kind == "rm2000_completed" and each.of.on <= each.fact.on for each in signed} == {True}


def counts() -> list[int]:
    return [model.objects.count() for model in (Rm2000Score, Countersignature, Oasys, Plan, Progress, Event)]


def test_loading_again_furnishes_nothing(demo: str) -> None:
    before = counts()
    call_command("load_demo", demo, stdout=StringIO())
    assert counts() == before
    assert min(before) > 0


def test_every_oasys_is_signed_complete_and_at_the_level_of_its_fact(demo: str) -> None:
    facts = list(Fact.objects.filter(kind="oasys_completed").select_related("oasys", "case"))
    assert facts
    rules = load_oasys("england-wales-2005")
    for fact in facts:
        answers = {row.section: row.answers for row in fact.oasys.sections.all()}
        assert missing(rules, answers) == ()
        assert overall_harm_level(rules, answers) == fact.details["harm"] == fact.oasys.harm_level
        assert (fact.oasys.stage, fact.oasys.signed_by_id) == (fact.details["stage"], fact.case.case_manager_id)


def test_reviews_begin_with_the_oasys_before(demo: str) -> None:
    by_case: dict[int, list[Oasys]] = defaultdict(list)
    for oasys in Oasys.objects.order_by("fact__on", "fact_id"):
        by_case[oasys.case_id].append(oasys)
    for of_case in by_case.values():
        before = [None, *(oasys.pk for oasys in of_case)]
        assert [oasys.copied_from_id for oasys in of_case] == before[:-1]


PLAN_KINDS = ("isp_completed", "plan_reviewed", "rmp_completed", "rmp_reviewed")


def test_every_plan_and_review_is_signed_by_the_case_manager_as_the_fact_says(demo: str) -> None:
    facts = list(Fact.objects.filter(kind__in=PLAN_KINDS).select_related("plan", "case"))
    assert facts
    for fact in facts:
        kind = "supervision" if fact.kind in PLAN_KINDS[:2] else "risk_management"
        purpose = "initial" if fact.kind in ("isp_completed", "rmp_completed") else "review"
        assert (fact.plan.kind, fact.plan.purpose, fact.plan.case_id) == (kind, purpose, fact.case_id)
        assert fact.plan.signed_by_id == fact.case.case_manager_id


def test_supervision_plans_have_objectives_and_interventions_and_the_others_actions_and_contingencies(
    demo: str,
) -> None:
    for plan in Plan.objects.all():
        supervision = plan.kind == "supervision"
        assert (plan.objectives.exists(), plan.interventions.exists()) == (supervision, supervision)
        assert (plan.actions.exists(), plan.contingencies.exists()) == (not supervision, not supervision)
        assert (plan.liaisons.count(), plan.confidential is not None) == (1, True)


def test_each_version_follows_the_one_before_and_progress_is_of_parts_of_that_one(demo: str) -> None:
    for plan in Plan.objects.filter(version__gt=1).select_related("replaces"):
        assert plan.replaces is not None
        assert (plan.replaces.case_id, plan.replaces.kind, plan.replaces.version) == (
            plan.case_id,
            plan.kind,
            plan.version - 1,
        )
    for progress in Progress.objects.select_related("objective", "action"):
        part = progress.objective or progress.action
        assert part is not None
        assert part.plan_id == progress.plan_id


def test_there_is_work_under_way_to_try_the_rest_from(demo: str) -> None:
    new = {case.reference: case for case in Case.objects.filter(reference__startswith="NSH-NEW")}
    assert [case.case_manager.username for case in new.values() if case.case_manager] == ["n.probation1"] * 4
    assert Fact.objects.filter(case=new["NSH-NEW1"]).count() == 3
    draft = Oasys.objects.drafts().get()
    unconfirmed = [bool(row.unconfirmed) for row in draft.sections.order_by("id")]
    assert (unconfirmed[0], unconfirmed[-1], draft.started_by.username) == (False, True, "n.probation1")
    assert Oasys.objects.get(returned_at__isnull=False).returned_by_id == line_manager().pk


def line_manager() -> User:
    return User.objects.get(username="n.manager.probation")


def test_line_managers_have_marked_work_reviewed_cases_and_asked_why_starts_were_late(demo: str) -> None:
    markings = list(QualityMarking.objects.select_related("fact", "case"))
    assert {marking.marked_by_id for marking in markings} == {line_manager().pk}
    assert {marking.author_id == marking.case.case_manager_id for marking in markings} == {True}
    for marking in markings:
        criteria = quality_rules().criteria_for(marking.fact.kind, marking.fact.details)
        assert [mark.criterion for mark in marking.marks.all()] == [criterion.id for criterion in criteria]
    reviews = list(ManagementReview.objects.select_related("note"))
    assert {review.note.compartment for review in reviews} == {"confidential"}
    assert LatenessReason.objects.exists()


def test_other_parties_were_asked_by_the_case_manager(demo: str) -> None:
    asked = list(InformationRequest.objects.select_related("case"))
    assert asked
    assert {one.asked_by_id == one.case.case_manager_id for one in asked} == {True}


def test_each_change_of_harm_is_told_to_the_police_officer_and_open_where_no_fact_says_otherwise(demo: str) -> None:
    found = list(Acknowledgement.objects.filter(notice__what="harm").select_related("case"))
    assert {each.person_id == each.case.police_officer_id for each in found} == {True}
    given = Fact.objects.filter(kind="risk_change_acknowledged", details__service="police").values_list(
        "case", flat=True
    )
    assert {each.case_id for each in found if each.acknowledged_at} <= set(given)
    assert any(each.acknowledged_at is None for each in found)
