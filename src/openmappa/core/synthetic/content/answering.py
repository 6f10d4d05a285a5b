"""The answers of one OASys: every item that is asked gets one that fits the person, with words where it needs them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from openmappa.core.instruments.oasys.answering import is_asked, needs_evidence
from openmappa.core.packs.oasys_rules import (
    DIVERSITY,
    Answer,
    ItemKind,
    OasysItem,
    OasysRules,
    OasysSection,
)
from openmappa.core.synthetic.content.need_words import EVIDENCE, SOURCES, THIN
from openmappa.core.synthetic.content.offence_words import (
    BECAUSE,
    BLANK,
    COMMON,
    HOLDS,
    LEVEL_BECAUSE,
    NO_NEED,
    OFFENCES,
)
from openmappa.core.synthetic.content.profile import Profile
from openmappa.core.synthetic.content.scores import weighted
from openmappa.core.synthetic.dealing import Dice

BY_STRENGTH = (((0, 0.92), (1, 0.08)), ((0, 0.35), (1, 0.5), (2, 0.15)), ((0, 0.1), (1, 0.35), (2, 0.55)))
"""How often each score is given where a section is no, some and a serious problem."""
Sections = dict[str, dict[str, Answer]]


class Care(NamedTuple):
    """Where an OASys is done well: evidence behind scores (7.5), the content on harm (Table 4), diversity (5.18)."""

    evidence: bool
    harm: bool
    diversity: bool


@dataclass(frozen=True)
class Answering:
    """Answers for a person, whose answers of what is known are `given`, by the name of the item."""

    rules: OasysRules
    profile: Profile
    given: Mapping[str, Answer]
    care: Care
    dice: Dice

    def section(self, section: OasysSection) -> dict[str, Answer]:
        """Every answer of one section."""
        answers: dict[str, Answer] = {}
        for item in section.items:
            if not is_asked(section, item, answers):
                continue
            answer = self._answer(section, item)
            answers[item.name] = answer
            if needs_evidence(item, answer):
                answers[item.evidence_name] = self._words(section, item, answer)
        return answers

    def _answer(self, section: OasysSection, item: OasysItem) -> Answer:
        if item.name in self.given:
            return self.given[item.name]
        strength = self.profile.needs.get(section.slug, 0)
        if item.kind is ItemKind.SCORE:
            return weighted(list(BY_STRENGTH[strength]), self.dice)
        if item.kind is ItemKind.YES_NO_SCORE:
            return 2 if self.dice.roll() < (0.03, 0.25, 0.5)[strength] else 0
        if item.name == section.linked_to_offending:
            return self.dice.roll() < (0.0, 0.4, 0.9)[strength]
        if item.name == section.linked_to_harm:
            return self.dice.roll() < (0.0, 0.1, 0.5)[strength]
        if item.kind is ItemKind.TEXT:
            return self._text(item)
        if section.slug == DIVERSITY:
            return self._diversity(item)
        if item.kind is ItemKind.YES_NO:
            return False
        return item.lowest if item.kind is ItemKind.NUMBER else item.choices[0].value

    def _text(self, item: OasysItem) -> str:
        return self._of_the_offence(item.name) or COMMON.get(item.name, "Nothing is known of it.")

    def _of_the_offence(self, name: str) -> str | None:
        return OFFENCES[self.profile.offence].get({"item_fa4": "item_2_4"}.get(name, name))

    def _diversity(self, item: OasysItem) -> str:
        if not self.care.diversity:
            return "not_applicable"
        return "matters" if item.name in HOLDS and self.dice.roll() < 0.3 else "nothing"

    def _words(self, section: OasysSection, item: OasysItem, answer: Answer) -> str:
        if section.slug == DIVERSITY:
            if not self.care.diversity:
                return BLANK
            return HOLDS[item.name] if answer == "matters" else NO_NEED.format(title=item.title.lower())
        if item.kind is ItemKind.LEVEL:
            return LEVEL_BECAUSE[str(answer)] if self.care.harm else self.dice.one_of(THIN)
        if section.component == 1 and not self.care.evidence and self.dice.roll() < 0.8:
            return self.dice.one_of(THIN)
        if item.name in EVIDENCE:
            return f"{EVIDENCE[item.name][int(answer == 2)]} {self.dice.one_of(SOURCES)}"
        if item.name == section.linked_to_harm:
            return f"It was there before the offences, and is there again. {self.dice.one_of(SOURCES)}"
        said = {True: "yes", False: "no"}.get(answer, "") if isinstance(answer, bool) else ""
        words = self._of_the_offence(item.name) or BECAUSE.get(item.name) or BECAUSE.get(f"{item.name}_{said}")
        return words or f"{item.title}: {item.label_of(answer).lower()}. {self.dice.one_of(SOURCES)}"
