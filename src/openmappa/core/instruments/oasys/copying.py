"""Copying an OASys forward: the answers of the last one stand again, each to be confirmed or changed."""

from collections.abc import Set
from dataclasses import dataclass

from openmappa.core.instruments.oasys.answering import is_same, problems, section_answers, standing
from openmappa.core.packs.oasys_rules import AllAnswers, Answer, Answers, OasysItem, OasysRules, OasysSection


@dataclass(frozen=True, slots=True)
class Copied:
    """The answers to begin with, and for each section the items whose copied answers are not yet confirmed."""

    answers: dict[str, dict[str, Answer]]
    unconfirmed: dict[str, frozenset[str]]


def copied_forward(rules: OasysRules, answers: AllAnswers) -> Copied:
    """Start from the answers of an earlier OASys.

    What counted then is copied, every answer unconfirmed. What the pack no longer asks, or no longer takes as an
    answer, is left out, and so asked anew.
    """
    kept = {section.slug: _kept(section, section_answers(answers, section)) for section in rules.sections}
    kept = {slug: found for slug, found in kept.items() if found}
    return Copied(kept, {slug: _items(rules.section(slug), found) for slug, found in kept.items()})


def unconfirmed_after(
    section: OasysSection, unconfirmed: Set[str], before: Answers, after: Answers, confirmed: Set[str]
) -> frozenset[str]:
    """Which items of a section are still to be confirmed once it is saved.

    An item is confirmed by saying so (``confirmed``), or by changing its answer or the words behind it.
    """
    return frozenset(
        item.name
        for item in section.items
        if item.name in unconfirmed and item.name not in confirmed and not _changed(item, before, after)
    )


def _changed(item: OasysItem, before: Answers, after: Answers) -> bool:
    return any(not is_same(before.get(name), after.get(name)) for name in (item.name, item.evidence_name))


def _kept(section: OasysSection, answers: Answers) -> dict[str, Answer]:
    refused = problems(section, answers)
    return standing(section, {name: answer for name, answer in answers.items() if name not in refused})


def _items(section: OasysSection, found: Answers) -> frozenset[str]:
    return frozenset(item.name for item in section.items if item.name in found)
