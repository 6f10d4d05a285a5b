"""What the list of a sample says of each case: which cases are on it, what they are drawn from apart, their traits.

Everything is as it was known on the day of the list. The database works it out (``samples`` app, ``samples_list``),
because whoever makes a list may open none of the cases; here is what its words mean.
"""

from collections.abc import Mapping
from enum import StrEnum

from openmappa.core.inspection.framework import CaseKind

YES, NO, NOT_KNOWN = "yes", "no", "not known"


class Whom(StrEnum):
    """Which cases are on the list; none that was closed by then."""

    MANAGED = "managed"
    SUPERVISED = "supervised"
    REGISTERED = "registered"
    MAPPA = "mappa"

    @property
    def label(self) -> str:
        """The cases as pages name them."""
        return _WHOM[self]


_WHOM = {
    Whom.MANAGED: "Everybody who was managed: registered, or under an order or licence",
    Whom.SUPERVISED: "Those under an order or licence only, as in the inspection of 2005 (3.4)",
    Whom.REGISTERED: "Those registered with the police only",
    Whom.MAPPA: "Those who had a MAPPA level only",
}


class Strata(StrEnum):
    """What cases are drawn from apart."""

    AREA = "area"
    LEVEL = "level"

    @property
    def label(self) -> str:
        """What pages call it."""
        return {Strata.AREA: "Area", Strata.LEVEL: "MAPPA level"}[self]


class Trait(StrEnum):
    """What is known of each case of a list."""

    ETHNICITY = "ethnicity"
    SEX = "sex"
    MAPPA = "mappa"
    LEVEL = "level"
    LICENCE = "licence"
    HIGH_HARM = "high_harm"
    HIGH_HARM_AT_START = "high_harm_at_start"
    CHILD_PROTECTION = "child_protection"

    @property
    def label(self) -> str:
        """What pages call it."""
        return _TRAITS[self]


_TRAITS = {
    Trait.ETHNICITY: "Ethnicity",
    Trait.SEX: "Sex",
    Trait.MAPPA: "In MAPPA",
    Trait.LEVEL: "MAPPA level",
    Trait.LICENCE: "On licence",
    Trait.HIGH_HARM: "High or very high risk of harm",
    Trait.HIGH_HARM_AT_START: "High or very high risk of harm at the start",
    Trait.CHILD_PROTECTION: "Risk to children",
}

SMALL_WORDS = frozenset({"and", "any", "other", "or", "not", "stated", "known", "background"})
"""What stays small in the name of an ethnicity."""
REPRESENTED = (Trait.MAPPA, Trait.ETHNICITY, Trait.SEX)
"""What a sample of an inspection represents unless somebody says otherwise, the most important first (3.5)."""


def kind_of(traits: Mapping[str, str]) -> CaseKind:
    """What decides which questions a case with these traits is asked. KeyError where one is missing."""
    return CaseKind(
        on_licence=traits[Trait.LICENCE] == YES,
        high_harm=traits[Trait.HIGH_HARM] == YES,
        high_harm_at_start=traits[Trait.HIGH_HARM_AT_START] == YES,
        child_protection=traits[Trait.CHILD_PROTECTION] == YES,
    )


def value_label(trait: str, value: str) -> str:
    """A value of a trait as pages show it."""
    words = value.replace("_", " ")
    if trait == Trait.LEVEL and value.isdecimal():
        return f"Level {value}"
    if trait == Trait.ETHNICITY:  # peoples and places are written with capitals
        return " ".join(word if word in SMALL_WORDS else word.capitalize() for word in words.split())
    return words[:1].upper() + words[1:]
