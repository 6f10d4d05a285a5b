"""An OASys on paper: all of it for the file, or what the offender may read."""

from dataclasses import dataclass
from typing import Final

from openmappa.core.instruments.oasys.answering import is_asked, section_answers, standing
from openmappa.core.instruments.oasys.harm import sections_to_answer
from openmappa.core.instruments.oasys.third_parties import for_the_offender
from openmappa.core.packs.oasys_rules import AllAnswers, Answers, ItemKind, OasysItem, OasysRules, OasysSection

FILE: Final = "file"
CONFIDENTIAL: Final = "confidential"
OFFENDER: Final = "offender"


@dataclass(frozen=True)
class PrintedLine:
    """One question on paper: the answer in words, and the words behind it."""

    item: OasysItem
    answer: str
    words: str


@dataclass(frozen=True)
class PrintedSection:
    """One section on paper."""

    section: OasysSection
    lines: tuple[PrintedLine, ...]


def whole(rules: OasysRules, answers: AllAnswers) -> list[PrintedSection]:
    """Every section that is asked, with every question that is asked, for the file."""
    return [_section(section, section_answers(answers, section)) for section in sections_to_answer(rules, answers)]


def what_the_offender_may_read(rules: OasysRules, answers: AllAnswers) -> list[PrintedSection]:
    """The same, without what is hidden from the offender and without what came from somebody else.

    A question that is hidden is left out with its answer, and so is what was not answered. A level stays without its
    reasons, which are about whoever is at risk. In every text passages marked as somebody else's are taken out.
    """
    sections = (
        PrintedSection(each.section, tuple(_cleaned(line) for line in each.lines if _is_theirs_to_read(line)))
        for each in whole(rules, answers)
    )
    return [section for section in sections if section.lines]


def _section(section: OasysSection, answers: Answers) -> PrintedSection:
    found = standing(section, answers)
    asked = [item for item in section.items if is_asked(section, item, answers)]
    return PrintedSection(section, tuple(_line(item, found) for item in asked))


def _line(item: OasysItem, found: Answers) -> PrintedLine:
    return PrintedLine(item, item.label_of(found.get(item.name)), str(found.get(item.evidence_name) or ""))


def _is_theirs_to_read(line: PrintedLine) -> bool:
    return bool(line.answer) and not line.item.hidden_from_offender


def _cleaned(line: PrintedLine) -> PrintedLine:
    answer = for_the_offender(line.answer) if line.item.kind is ItemKind.TEXT else line.answer
    words = "" if line.item.kind is ItemKind.LEVEL else for_the_offender(line.words)
    return PrintedLine(line.item, answer, words)
