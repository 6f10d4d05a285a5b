"""What came out: the report's figures on content, found again in what was written and not in how it was dealt."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from openmappa.core.packs.oasys_rules import DIVERSITY, SUMMARY
from openmappa.core.synthetic.content.case import CaseContent
from openmappa.core.synthetic.content.given import THIN_HARM
from openmappa.core.synthetic.content.need_words import THIN as THIN_EVIDENCE
from openmappa.core.synthetic.content.offence_words import BLANK
from openmappa.core.synthetic.content.plan_words import GOOD, LIAISON, MAPPA_TAKEN_IN, REVIEW_CHANGED
from openmappa.core.synthetic.content.planned import RISK_MANAGEMENT, SUPERVISION, LiaisonText, PlanText
from openmappa.core.synthetic.content.profile import NEEDS
from openmappa.core.synthetic.content.step_words import STEPS
from openmappa.core.synthetic.measure import Row, rows_of
from openmappa.core.synthetic.shape import Shape

Found = Iterable[bool]
Measure = Callable[[CaseContent], Found]
WorkMeasure = Callable[[CaseContent, int], bool | None]


def measure_content(contents: Iterable[CaseContent], shape: Shape) -> list[Row]:
    """A row for each answer about content that the shape says to show, in the shape's order."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in MEASURES}
    for content in contents:
        for name, found in MEASURES.items():
            counts[name].update("yes" if each else "no" for each in found(content))
    return list(rows_of(shape.content, counts))


def _evidence(content: CaseContent) -> Found:
    """Of a case with an OASys: whether every score of the last has more behind it than a word or two."""
    for each in content.assessments[-1:]:
        words = {words for slug in NEEDS for words in each.sections[slug].values()}
        yield words.isdisjoint(THIN_EVIDENCE)


def _harm(content: CaseContent) -> Found:
    return (each.sections[SUMMARY]["who"] != THIN_HARM["who"] for each in content.assessments[-1:])


def _diversity(content: CaseContent) -> Found:
    return (BLANK not in each.sections[DIVERSITY].values() for each in content.assessments[-1:])


def _plans(content: CaseContent, kind: str, purpose: str) -> Iterator[PlanText]:
    return (plan for plan in content.plans if plan.kind == kind and plan.purpose == purpose)


def _whole(content: CaseContent) -> Found:
    """Of each initial plan that an OASys gave something to answer: whether it answers all of it."""
    for plan in _plans(content, SUPERVISION, "initial"):
        if must := {ground.code for ground in plan.grounds if ground.must}:
            yield must <= {code for objective in plan.objectives for code in objective.grounds}


def _supervision(content: CaseContent) -> list[PlanText]:
    return [plan for plan in content.plans if plan.kind == SUPERVISION]


def _sequence(content: CaseContent) -> Found:
    """Of a case whose supervision plan has two interventions or more: whether one comes after another."""
    plans = [plan for plan in _supervision(content) if len(plan.steps) > 1]
    return (any(step.after for step in plan.steps) for plan in plans[:1])


def _step(name: str) -> Measure:
    return lambda content: (
        any(step.what == STEPS[name].what for step in plan.steps) for plan in _supervision(content)[:1]
    )


MEASURES: Mapping[str, Measure] = {
    "oasys_evidence": _evidence,
    "oasys_harm": _harm,
    "oasys_diversity": _diversity,
    "oasys_countersigned": lambda content: (each.countersigned for each in content.assessments),
    "isp_smart": lambda content: (
        not any(objective.insist for objective in plan.objectives) for plan in _plans(content, SUPERVISION, "initial")
    ),
    "isp_content": _whole,
    "isp_shared": lambda content: (plan.shared_on is not None for plan in _supervision(content)),
    "isp_diversity": lambda content: (plan.texts["diversity"] == GOOD["diversity"] for plan in _supervision(content)),
    "plan_liaison": lambda content: (plan.liaison == LiaisonText(*LIAISON) for plan in content.plans),
    "plan_sequence": _sequence,
    "plan_mappa": lambda content: (
        plan.review["mappa_taken_in"] == MAPPA_TAKEN_IN for plan in content.plans if plan.review and plan.mappa_actions
    ),
    "review_content": lambda content: (
        plan.review["what_changed"] == REVIEW_CHANGED for plan in _plans(content, SUPERVISION, "review")
    ),
    "rmp_content": lambda content: (
        plan.texts["other_agencies"] == GOOD["other_agencies"] for plan in content.plans if plan.kind == RISK_MANAGEMENT
    ),
    **{f"step_{name}": _step(name) for name in STEPS if name != "programme"},
}
"""Whether each piece of work that a figure is about is as the figure asks."""


def _of_assessment(found: Measure) -> WorkMeasure:
    """A measure of the last OASys of a case, for that OASys."""
    return lambda content, place: next(iter(found(content)))


def _of_plan(found: Callable[[PlanText], bool]) -> WorkMeasure:
    return lambda content, place: next(found(plan) for plan in content.plans if plan.fact == place)


WORK_MEASURES: Mapping[str, WorkMeasure] = {
    "harm_content": _of_assessment(_harm),
    "harm_management": lambda content, place: next(
        each.countersigned for each in content.assessments if each.fact == place
    ),
    "likelihood_evidence": _of_assessment(_evidence),
    "plan_content": lambda content, place: next(iter(_whole(content)), None),
    "plan_objectives": _of_plan(lambda plan: not any(each.insist for each in plan.objectives)),
    "review_content": _of_plan(lambda plan: plan.review["what_changed"] == REVIEW_CHANGED),
    "rmp_together": _of_plan(lambda plan: plan.texts["other_agencies"] == GOOD["other_agencies"]),
}
"""Criteria of quality that the work shows: whether it is above the line; None where there is nothing to judge."""
