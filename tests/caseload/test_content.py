"""The demonstration is furnished: behind each score and assessment stands what somebody would have written."""

from collections import defaultdict
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from openmappa.assessments.models import Countersignature, Rm2000Score
from openmappa.audit.models import Event
from openmappa.core.caseload import header_line, record_line
from openmappa.core.instruments.oasys.harm import overall_harm_level
from openmappa.core.instruments.oasys.missing import missing
from openmappa.core.packs.load import load_oasys
from openmappa.core.synthetic.generate import generate
from openmappa.oasys.models import Oasys
from openmappa.plans.models.parts import Progress
from openmappa.plans.models.plan import Plan
from openmappa.timeline.models import Fact
from tests.core.synthetic.samples import sample

pytestmark = pytest.mark.django_db
CASES = 20


@pytest.fixture
def demo(tmp_path: Path) -> str:
    """A generated caseload of one area with twenty cases, loaded."""
    wanted = sample(areas=1, cases=CASES)
    file = tmp_path / "sample.jsonl"
    file.write_bytes(header_line(wanted.header) + b"".join(map(record_line, generate(wanted))))
    call_command("load_demo", str(file), stdout=StringIO())
    return str(file)


def test_every_rm2000_has_answers_that_give_its_band_and_the_police_officer_as_scorer(demo: str) -> None:
    facts = list(Fact.objects.filter(kind="rm2000_completed").select_related("rm2000_score", "case"))
    assert facts
    assert {fact.rm2000_score.s_band == fact.details["band"] for fact in facts} == {True}
    assert {fact.rm2000_score.scored_by_id == fact.case.police_officer_id for fact in facts} == {True}


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
