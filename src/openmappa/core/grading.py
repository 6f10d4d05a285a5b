"""What a statement rests on, whom it concerns, and how intelligence is graded (5x5x5; domain-facts section 6).

The Data Protection Act 2018 asks that facts be told from opinions (s38(2)), and the convicted from victims, witnesses
and others (s38(3)).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Words(NamedTuple):
    """What a choice is called, and what it means in one plain sentence."""

    label: str
    sentence: str


class Basis(StrEnum):
    """What a statement rests on."""

    FACT = "fact"
    OPINION = "professional_opinion"
    THIRD_PARTY = "third_party"
    INTELLIGENCE = "intelligence"

    @property
    def label(self) -> str:
        """The basis as pages and exports show it."""
        return BASES[self].label

    @property
    def sentence(self) -> str:
        """What it means."""
        return BASES[self].sentence


BASES: Mapping[Basis, Words] = {
    Basis.FACT: Words("Fact", "You saw or heard it yourself, or a record shows it."),
    Basis.OPINION: Words("Professional opinion", "What you make of it, with your reasons."),
    Basis.THIRD_PARTY: Words("Said by a third party", "Somebody told you; you did not see it yourself."),
    Basis.INTELLIGENCE: Words("Intelligence", "Graded by its source and by what is known of it."),
}


class Concern(StrEnum):
    """Whom a statement is about. The same person can be several of these, on different cases."""

    OFFENDER = "offender"
    VICTIM = "victim"
    WITNESS = "witness"
    FAMILY = "family"
    STAFF = "staff"
    OTHER = "other"

    @property
    def label(self) -> str:
        """Whom it concerns, as pages and exports show it."""
        return CONCERNS[self]


CONCERNS: Mapping[Concern, str] = {
    Concern.OFFENDER: "The offender",
    Concern.VICTIM: "A victim",
    Concern.WITNESS: "A witness",
    Concern.FAMILY: "Family, or whoever the offender lives with",
    Concern.STAFF: "Staff",
    Concern.OTHER: "Another third party",
}
NEVER_OPEN: frozenset[Concern] = frozenset({Concern.VICTIM, Concern.WITNESS})
"""What concerns these is never left open to everybody who reads the case."""

SOURCES: Mapping[str, str] = {
    "A": "Always reliable",
    "B": "Mostly reliable",
    "C": "Sometimes reliable",
    "D": "Unreliable",
    "E": "Untested",
}
INFORMATION: Mapping[int, str] = {
    1: "Known to be true without reservation",
    2: "Known personally to the source, but not to the officer",
    3: "Not known personally to the source, but corroborated",
    4: "Cannot be judged",
    5: "Suspected to be false or malicious",
}


class Grading(NamedTuple):
    """How a piece of intelligence is graded: source A to E, information 1 to 5, handling 1 to 5."""

    source: str
    information: int
    handling: int

    def __str__(self) -> str:
        return f"{self.source}{self.information}{self.handling}"
