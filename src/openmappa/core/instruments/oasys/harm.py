"""Risk of serious harm in OASys: what the screening calls for, the levels by who is at risk, and the highest."""

from dataclasses import dataclass

from openmappa.core.answers import counted
from openmappa.core.bands import HarmLevel
from openmappa.core.instruments.oasys.answering import is_answered, is_same, section_answers, standing
from openmappa.core.packs.oasys_rules import (
    FULL_ANALYSIS,
    LEVELS,
    REASON_AGAINST,
    SCREENING,
    AllAnswers,
    AtRisk,
    ItemKind,
    OasysItem,
    OasysRules,
    OasysSection,
    Place,
)


@dataclass(frozen=True, slots=True)
class Call:
    """An answer of the screening that calls for the full analysis."""

    item: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Screening:
    """What the screening comes to.

    ``decided`` is the decision written down (None: none yet). ``is_due`` says whether the full analysis is to be done:
    where an answer calls for it, until somebody decides against it; where none does, only if somebody decides for it.
    A decision against what is called for needs a reason and a middle manager's countersignature (PC 10/2005).
    """

    calls: tuple[Call, ...]
    decided: bool | None
    reason_against: str

    @property
    def is_called_for(self) -> bool:
        """Whether an answer calls for the full analysis."""
        return bool(self.calls)

    @property
    def is_due(self) -> bool:
        """Whether the full analysis is to be done."""
        return self.is_called_for if self.decided is None else self.decided

    @property
    def is_decided_against(self) -> bool:
        """Whether somebody decided against a full analysis that is called for: it has to be countersigned."""
        return self.is_called_for and self.decided is False

    @property
    def sentence(self) -> str:
        """What it comes to, in one sentence."""
        number = counted(len(self.calls), "answer")
        if self.is_decided_against:
            return f"{number} of the screening would call for a full analysis; the decision is not to do one."
        if self.is_called_for:
            verb = "calls" if len(self.calls) == 1 else "call"
            return f"{number} of the screening {verb} for a full analysis."
        return (
            "No answer calls for a full analysis; it is done by choice."
            if self.is_due
            else "No answer of the screening calls for a full analysis."
        )


@dataclass(frozen=True, slots=True)
class LevelOf:
    """The level of risk of serious harm to one group, in one place, and the words behind it."""

    item: str
    at_risk: AtRisk
    place: Place
    title: str
    level: HarmLevel
    evidence: str


def screening(rules: OasysRules, answers: AllAnswers) -> Screening:
    """What the screening calls for, and what was decided."""
    section = rules.section(SCREENING)
    found = standing(section, section_answers(answers, section))
    calls = tuple(
        Call(item.name, f"{item.code} {item.title}: {item.label_of(found[item.name]).lower()}.")
        for item in section.items
        if any(is_same(found.get(item.name), one) for one in item.calls_for_full_analysis)
    )
    decided = found.get(FULL_ANALYSIS)
    reason = found.get(REASON_AGAINST)
    return Screening(calls, decided if isinstance(decided, bool) else None, str(reason) if is_answered(reason) else "")


def sections_to_answer(rules: OasysRules, answers: AllAnswers) -> tuple[OasysSection, ...]:
    """The sections that are asked: those of the full analysis only where it is to be done."""
    is_due = screening(rules, answers).is_due
    return tuple(section for section in rules.sections if is_due or not section.only_with_full_analysis)


def levels(rules: OasysRules, answers: AllAnswers) -> tuple[LevelOf, ...]:
    """The levels given, in the order asked; in custody also those that hold there."""
    section = rules.section(LEVELS)
    found = standing(section, section_answers(answers, section))
    return tuple(
        LevelOf(
            item=item.name,
            at_risk=item.at_risk,
            place=item.place,
            title=item.title,
            level=HarmLevel(str(found[item.name])),
            evidence=str(found.get(item.evidence_name) or ""),
        )
        for item in _level_items(section)
        if item.name in found and item.at_risk and item.place
    )


def overall_harm_level(rules: OasysRules, answers: AllAnswers) -> HarmLevel | None:
    """The highest of the levels given; None while none is."""
    return max((line.level for line in levels(rules, answers)), key=lambda level: level.place, default=None)


def _level_items(section: OasysSection) -> list[OasysItem]:
    return [item for item in section.items if item.kind is ItemKind.LEVEL]
