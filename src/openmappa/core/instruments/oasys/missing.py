"""What an OASys still lacks before it can be signed: one sentence for each thing, with where to put it right."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from openmappa.core.instruments.oasys.answering import (
    is_answered,
    is_asked,
    needs_evidence,
    section_answers,
    standing,
)
from openmappa.core.instruments.oasys.harm import screening, sections_to_answer
from openmappa.core.packs.oasys_rules import (
    REASON_AGAINST,
    SCREENING,
    AllAnswers,
    Answers,
    OasysItem,
    OasysRules,
    OasysSection,
)

NOTHING: Set[str] = frozenset()
Unconfirmed = Mapping[str, Set[str]]
"""The names of items, by the slug of their section, whose answers were copied and are not yet confirmed."""
ALL_CONFIRMED: Unconfirmed = {}


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing: the section and item to go to, and what to do there."""

    section: str
    item: str
    sentence: str


def missing_in_section(section: OasysSection, answers: Answers, unconfirmed: Set[str] = NOTHING) -> tuple[Missing, ...]:
    """What a section lacks by itself: an answer, the words behind one, or the confirmation of a copied one."""
    found = standing(section, answers)
    asked = [item for item in section.items if is_asked(section, item, answers)]
    return tuple(
        Missing(section.slug, item.name, f"{item.code} {item.title.removesuffix('?')}: {what}")
        for item in asked
        if (what := _missing_of(item, found, unconfirmed))
    )


def missing(rules: OasysRules, answers: AllAnswers, unconfirmed: Unconfirmed = ALL_CONFIRMED) -> tuple[Missing, ...]:
    """What the whole lacks, in the order of its sections; nothing where it can be signed."""
    found: list[Missing] = []
    for section in sections_to_answer(rules, answers):
        of_section = section_answers(answers, section)
        found += missing_in_section(section, of_section, unconfirmed.get(section.slug, NOTHING))
        if section.slug == SCREENING:
            found += _missing_reason(rules, answers)
    return tuple(found)


def _missing_of(item: OasysItem, found: Answers, unconfirmed: Set[str]) -> str:
    answer = found.get(item.name)
    if not is_answered(answer):
        return "" if item.optional else "answer it."
    if needs_evidence(item, answer) and not is_answered(found.get(item.evidence_name)):
        return f"write what stands behind “{item.label_of(answer)}”."
    return "it was copied; confirm it or change it." if item.name in unconfirmed else ""


def _missing_reason(rules: OasysRules, answers: AllAnswers) -> list[Missing]:
    result = screening(rules, answers)
    if not result.is_decided_against or result.reason_against:
        return []
    item = rules.section(SCREENING).item(REASON_AGAINST)
    return [Missing(SCREENING, REASON_AGAINST, f"{item.code} {item.title}: write the reason.")]
