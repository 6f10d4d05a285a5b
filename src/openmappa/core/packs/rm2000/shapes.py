"""The rules of Risk Matrix 2000 as a pack gives them: frozen values for scales S, V and C, and who is scored.

The shapes are the instrument's own (items added up and cut into categories; for S, factors that raise the category;
for C, the points of two categories); every number, and where it comes from, is the pack's.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from openmappa.core.bands import LikelihoodBand
from openmappa.core.sources import Source

S_ITEMS = ("age_at_risk", "sexual_appearances", "criminal_appearances")
FACTORS = ("male_victim", "stranger_victim", "single", "non_contact")
V_ITEMS = ("age_at_risk", "violent_appearances")
V_YES_ITEMS = ("burglary",)


@dataclass(frozen=True, slots=True)
class Points:
    """The points for a range of answers, both ends included; `highest` None has no upper end."""

    lowest: int
    highest: int | None
    points: int

    @property
    def label(self) -> str:
        """The range in words: "18 to 24", "2", "5 or more"."""
        if self.highest is None:
            return f"{self.lowest} or more"
        return f"{self.lowest}" if self.lowest == self.highest else f"{self.lowest} to {self.highest}"


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """An item that is counted: the answers it takes (whole numbers from `lowest` to `highest`) and their points.

    `at_least` names another item of the scale whose answer this one cannot be below; `at_most` one of scale S whose
    answer this one cannot be above.
    """

    name: str
    title: str
    meaning: str
    meaning_source: Source
    lowest: int
    lowest_because: str
    highest: int
    at_least: str | None
    at_least_because: str
    at_most: str | None
    at_most_because: str
    ranges: tuple[Points, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class YesItem:
    """An item that is answered yes or no, and the points for yes."""

    name: str
    title: str
    meaning: str
    meaning_source: Source
    points: int
    source: Source


@dataclass(frozen=True, slots=True)
class Factor:
    """An aggravating factor of step 2 of scale S: a yes or no question."""

    name: str
    title: str
    meaning: str
    meaning_source: Source
    source: Source


@dataclass(frozen=True, slots=True)
class Cut:
    """The category for a total from `lowest` to `highest`, both included."""

    lowest: int
    highest: int
    band: LikelihoodBand
    source: Source

    @property
    def label(self) -> str:
        """The totals in words: "0", "1 to 2"."""
        return f"{self.lowest}" if self.lowest == self.highest else f"{self.lowest} to {self.highest}"


@dataclass(frozen=True, slots=True)
class Uplift:
    """By how many categories a count of aggravating factors raises the first category."""

    factors: int
    raised_by: int
    source: Source


@dataclass(frozen=True, slots=True)
class Caution:
    """Something that whoever reads a score has to keep in mind."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Rm2000SRules:
    """Scale S.

    Items and factors stand in the order in which they are asked; `uplifts[n]` is for n factors.
    """

    title: str
    items: tuple[ScoredItem, ...]
    cuts: tuple[Cut, ...]
    factors: tuple[Factor, ...]
    uplifts: tuple[Uplift, ...]
    ceiling: Source
    cautions: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class Rm2000VRules:
    """Scale V: counted items, then yes or no items, in the order in which they are asked."""

    title: str
    items: tuple[ScoredItem, ...]
    yes_items: tuple[YesItem, ...]
    cuts: tuple[Cut, ...]
    cautions: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class Rm2000CRules:
    """Scale C: the points of a category of S or V, and the cuts of their sum."""

    title: str
    points: Mapping[LikelihoodBand, int]
    points_source: Source
    sum_source: Source
    cuts: tuple[Cut, ...]
    cautions: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class NoScoreReason:
    """A coded reason why no score is made. `needs_words`: the assessor has to write what it means on this case."""

    code: str
    text: str
    next_step: str
    needs_words: bool
    source: Source


@dataclass(frozen=True, slots=True)
class Rm2000Rules:
    """The whole instrument: its three scales, whom it is for, and the reasons why no score is made."""

    s: Rm2000SRules
    v: Rm2000VRules
    c: Rm2000CRules
    conditions: tuple[Caution, ...]
    no_score_reasons: tuple[NoScoreReason, ...]

    def no_score_reason(self, code: str) -> NoScoreReason:
        """The reason with this code. Raises KeyError."""
        for reason in self.no_score_reasons:
            if reason.code == code:
                return reason
        raise KeyError(code)
