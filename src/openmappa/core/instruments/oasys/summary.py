"""The summary sheet (component 3), drawn from components 1 and 2, and what plans can be grounded on."""

from dataclasses import dataclass
from enum import StrEnum

from openmappa.core.bands import HarmLevel
from openmappa.core.instruments.oasys.answering import section_answers, standing
from openmappa.core.instruments.oasys.harm import (
    LevelOf,
    Screening,
    levels,
    overall_harm_level,
    screening,
    sections_to_answer,
)
from openmappa.core.instruments.oasys.missing import Missing, missing
from openmappa.core.instruments.oasys.scoring import SectionScore, TotalBanding, scores, total_band
from openmappa.core.packs.oasys_rules import LIKELIHOOD, SUMMARY, AllAnswers, OasysRules


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and its answer in words."""

    item: str
    title: str
    answer: str


@dataclass(frozen=True, slots=True)
class SummarySheet:
    """Component 3: the scores and needs, the likelihood as entered, the harm summary, and what is still missing."""

    scores: tuple[SectionScore, ...]
    needs: tuple[SectionScore, ...]
    ogrs2: int | None
    total: TotalBanding | None
    screening: Screening
    harm: tuple[Answered, ...]
    levels: tuple[LevelOf, ...]
    overall: HarmLevel | None
    missing: tuple[Missing, ...]

    @property
    def doubt(self) -> str:
        """What hardly goes together: a high or very high level, and no full analysis behind it. Empty as a rule."""
        if self.overall is None or self.overall.place < HarmLevel.HIGH.place or self.screening.is_due:
            return ""
        level = self.overall.label.lower()
        return (
            f"The level is {level}, but no full analysis was done. What makes it {level} should call for one: look at "
            "the screening again."
        )


class GroundKind(StrEnum):
    """Why something is in a plan: it drives the offending, or it bears on serious harm."""

    NEED = "need"
    HARM = "harm"


@dataclass(frozen=True, slots=True)
class Ground:
    """Something of an OASys that an objective or control can be tied to.

    ``key`` names it for good ("need:accommodation", "harm:children"), across versions of one OASys.
    """

    key: str
    kind: GroundKind
    title: str
    reason: str


def summary_sheet(rules: OasysRules, answers: AllAnswers) -> SummarySheet:
    """The summary sheet of an OASys as far as it is answered."""
    every = scores(rules, answers)
    likelihood = rules.section(LIKELIHOOD)
    entered = standing(likelihood, section_answers(answers, likelihood))
    ogrs2, total = entered.get("ogrs2"), entered.get("total")
    return SummarySheet(
        scores=every,
        needs=tuple(score for score in every if score.is_need),
        ogrs2=ogrs2 if isinstance(ogrs2, int) else None,
        total=total_band(rules, total) if isinstance(total, int) else None,
        screening=screening(rules, answers),
        harm=_harm_answers(rules, answers),
        levels=levels(rules, answers),
        overall=overall_harm_level(rules, answers),
        missing=missing(rules, answers),
    )


def grounds(rules: OasysRules, answers: AllAnswers) -> tuple[Ground, ...]:
    """What plans can be grounded on: needs first, then what bears on serious harm, in the order of the sections."""
    return (*_needs(rules, answers), *_harm_factors(rules, answers))


def _harm_answers(rules: OasysRules, answers: AllAnswers) -> tuple[Answered, ...]:
    section = rules.section(SUMMARY)
    found = standing(section, section_answers(answers, section))
    return tuple(
        Answered(item.name, item.title, item.label_of(found[item.name])) for item in section.items if item.name in found
    )


def _needs(rules: OasysRules, answers: AllAnswers) -> list[Ground]:
    by_slug = {score.slug: score for score in scores(rules, answers)}
    found: list[Ground] = []
    for section in rules.sections:
        score = by_slug.get(section.slug)
        if score and score.need and score.need.is_need:
            found.append(Ground(f"need:{section.slug}", GroundKind.NEED, section.title, score.need.sentence))
        elif section.linked_to_offending:
            linked = standing(section, section_answers(answers, section)).get(section.linked_to_offending)
            if linked is True:
                reason = (
                    f"{section.title} is linked to the offending ({section.item(section.linked_to_offending).code})."
                )
                found.append(Ground(f"need:{section.slug}", GroundKind.NEED, section.title, reason))
    return found


def _harm_factors(rules: OasysRules, answers: AllAnswers) -> list[Ground]:
    found: list[Ground] = []
    for section in sections_to_answer(rules, answers):
        if not section.linked_to_harm:
            continue
        item = section.item(section.linked_to_harm)
        answered = standing(section, section_answers(answers, section))
        if answered.get(item.name) is True:
            reason = str(answered.get(item.evidence_name) or f"Linked to the risk of serious harm ({item.code}).")
            found.append(Ground(f"harm:{section.slug}", GroundKind.HARM, section.title, reason))
    return found + _people_at_risk(rules, answers)


def _people_at_risk(rules: OasysRules, answers: AllAnswers) -> list[Ground]:
    highest: dict[str, LevelOf] = {}
    for line in levels(rules, answers):
        if line.level is not HarmLevel.LOW:
            known = highest.get(line.at_risk)
            if known is None or line.level.place > known.level.place:
                highest[line.at_risk] = line
    return [
        Ground(
            f"harm:{who}",
            GroundKind.HARM,
            f"{who.replace('_', ' ').capitalize()} at risk of serious harm",
            f"{line.level.label} ({line.place}).",
        )
        for who, line in highest.items()
    ]
