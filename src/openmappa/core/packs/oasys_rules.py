"""The questions and rules of OASys as a pack gives them: frozen values.

A section is a page of items; every page is drawn from the same values, whatever it asks. What is said of the answers
(scores, needs, levels, what is missing) is worked out in ``core.instruments.oasys``. Read by ``oasys_reading``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from openmappa.core.bands import HarmLevel, LikelihoodBand
from openmappa.core.sources import Source

Answer = int | str | bool | None
Answers = Mapping[str, Answer]
"""The answers of one section: by item name, and the evidence of an item under its ``evidence_name``."""
AllAnswers = Mapping[str, Answers]
"""The answers of a whole OASys, by the slug of the section."""

LIKELIHOOD, DIVERSITY = "likelihood", "diversity"
SCREENING, SUMMARY, LEVELS = "harm-screening", "harm-summary", "harm-levels"
FULL_ANALYSIS, REASON_AGAINST, IN_CUSTODY = "full_analysis", "reason_against", "in_custody"
HARM_SECTIONS = (SCREENING, SUMMARY, LEVELS)
FREE_TEXT = 4000
"""How many characters a written answer may have."""


class ItemKind(StrEnum):
    """What sort of answer an item takes, and how a page asks for it."""

    SCORE = "score"
    YES_NO_SCORE = "yes_no_score"
    YES_NO = "yes_no"
    OCCASION = "occasion"
    CHOICE = "choice"
    LEVEL = "level"
    NUMBER = "number"
    TEXT = "text"


SCORES = (ItemKind.SCORE, ItemKind.YES_NO_SCORE)


class AtRisk(StrEnum):
    """Who could be harmed: each has a level of their own (glossary; OASys harm summary)."""

    CHILDREN = "children"
    PUBLIC = "public"
    KNOWN_ADULT = "known_adult"
    STAFF = "staff"
    PRISONERS = "prisoners"


class Place(StrEnum):
    """Where: a level in the community is the one that would hold on release."""

    COMMUNITY = "community"
    CUSTODY = "custody"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be picked, and how the page words it."""

    value: int | str | bool
    label: str


@dataclass(frozen=True, slots=True)
class AskedWhen:
    """An item is asked only when another of its section, ``item``, has one of these answers."""

    item: str
    among: tuple[int | str | bool, ...]


@dataclass(frozen=True, slots=True)
class OasysItem:
    """One question.

    An occasion is something that may have happened now, before, or both. ``choices`` is empty for a number (whole,
    ``lowest`` to ``highest``) and for text. ``evidence_at`` holds the answers that need words behind them; where it is
    empty, no words are asked. ``calls_for_full_analysis`` holds the answers that call for the full analysis of harm.
    ``group`` is the heading that the item stands under. What is ``hidden_from_offender`` is in no version for them.
    """

    name: str
    code: str
    title: str
    guidance: str
    kind: ItemKind
    choices: tuple[Choice, ...]
    source: Source
    group: str = ""
    optional: bool = False
    lowest: int = 0
    highest: int = 0
    evidence_at: tuple[int | str | bool, ...] = ()
    evidence_title: str = ""
    asked_when: AskedWhen | None = None
    calls_for_full_analysis: tuple[int | str | bool, ...] = ()
    at_risk: AtRisk | None = None
    place: Place | None = None
    hidden_from_offender: bool = False

    @property
    def evidence_name(self) -> str:
        """Under which name the words behind the answer stand."""
        return f"{self.name}_evidence"

    @property
    def is_score(self) -> bool:
        """Whether the answer counts towards the section's score."""
        return self.kind in SCORES

    def label_of(self, answer: Answer) -> str:
        """The answer in words; empty where there is none."""
        for choice in self.choices:
            if type(choice.value) is type(answer) and choice.value == answer:
                return choice.label
        return "" if answer is None else str(answer)


@dataclass(frozen=True, slots=True)
class NeedRule:
    """When a section is a criminogenic need: the items named add up to ``cut_off`` or more, of ``highest``."""

    items: tuple[str, ...]
    cut_off: int
    highest: int
    source: Source


@dataclass(frozen=True, slots=True)
class OasysSection:
    """One page. ``only_with_full_analysis``: it is asked only where the full analysis of harm is done."""

    slug: str
    code: str
    title: str
    component: int
    lead: str
    items: tuple[OasysItem, ...]
    source: Source
    need: NeedRule | None = None
    linked_to_harm: str = ""
    linked_to_offending: str = ""
    only_with_full_analysis: bool = False

    def item(self, name: str) -> OasysItem:
        """The item with this name. Raises KeyError."""
        found = {item.name: item for item in self.items}
        return found[name]

    @property
    def highest_score(self) -> int:
        """The highest that the scored items of the section can add up to."""
        return sum(2 for item in self.items if item.is_score)


@dataclass(frozen=True, slots=True)
class TotalBand:
    """The band of a total entered for sections 1 to 12, from ``lowest`` to ``highest``, both included."""

    lowest: int
    highest: int
    band: LikelihoodBand


@dataclass(frozen=True, slots=True)
class LevelMeaning:
    """What one level of risk of serious harm means, in our words, with who says so."""

    level: HarmLevel
    meaning: str
    source: Source


@dataclass(frozen=True, slots=True)
class HarmRules:
    """What serious harm is, and its four levels in rising order."""

    serious_harm: str
    serious_harm_source: Source
    levels: tuple[LevelMeaning, ...]

    def meaning_of(self, level: HarmLevel) -> LevelMeaning:
        """What this level means."""
        return self.levels[level.place]


@dataclass(frozen=True, slots=True)
class OasysRules:
    """All of OASys that is asked: sections in the order in which they are worked through."""

    title: str
    source: str
    evidence_hint: str
    sections: tuple[OasysSection, ...]
    total_bands: tuple[TotalBand, ...]
    total_source: Source
    harm: HarmRules

    def section(self, slug: str) -> OasysSection:
        """The section with this slug. Raises KeyError."""
        found = {section.slug: section for section in self.sections}
        return found[slug]
