"""What of a case is kept behind a wall, who opens each wall, and what class every field belongs to.

A *compartment* is a property of a row: a note or a file stands in one. A *class* is a property of a field: each field
of each model has one. Both come on top of seeing the case at all (``core.involvement``).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from openmappa.core.access import Role

_PO, _CM, _LM, _MC = Role.POLICE_OFFICER, Role.CASE_MANAGER, Role.LINE_MANAGER, Role.MAPPA_COORDINATOR
_VCO, _PARTNER, _SMB, _INSPECTOR = (
    Role.VICTIM_CONTACT_OFFICER,
    Role.PARTNER_MEMBER,
    Role.SMB_MEMBER,
    Role.INSPECTOR,
)


class Compartment(StrEnum):
    """Where on a case a row stands."""

    OPEN = "open"
    CONFIDENTIAL = "confidential"
    VICTIM = "victim"
    INTELLIGENCE = "intelligence"

    @property
    def label(self) -> str:
        """The compartment's name as pages show it."""
        return COMPARTMENTS[self].label

    @property
    def sentence(self) -> str:
        """Who reads what stands in it, in one plain sentence."""
        return COMPARTMENTS[self].sentence


class CompartmentFacts(NamedTuple):
    """What a compartment is called and who reads it."""

    label: str
    sentence: str


COMPARTMENTS: Mapping[Compartment, CompartmentFacts] = {
    Compartment.OPEN: CompartmentFacts(
        "Open to those involved",
        "Everybody who is involved in the case and reads its record can read it.",
    ),
    Compartment.CONFIDENTIAL: CompartmentFacts(
        "Third-party and confidential",
        "Police, probation and MAPPA staff of the case can read it. It must never be disclosed to the offender.",
    ),
    Compartment.VICTIM: CompartmentFacts(
        "Victim",
        "Only the case's victim contact officer, its line managers and the MAPPA coordinator can read it.",
    ),
    Compartment.INTELLIGENCE: CompartmentFacts(
        "Intelligence",
        "Who can read it follows from its handling code.",
    ),
}

COMPARTMENTS_OF: Mapping[Role, frozenset[Compartment]] = {
    _PO: frozenset({Compartment.OPEN, Compartment.CONFIDENTIAL, Compartment.INTELLIGENCE}),
    _CM: frozenset({Compartment.OPEN, Compartment.CONFIDENTIAL, Compartment.INTELLIGENCE}),
    _LM: frozenset(Compartment),
    _MC: frozenset(Compartment),
    _VCO: frozenset({Compartment.OPEN, Compartment.VICTIM}),
    _PARTNER: frozenset(),
    _SMB: frozenset({Compartment.OPEN}),
    _INSPECTOR: frozenset({Compartment.OPEN, Compartment.CONFIDENTIAL}),
    Role.ADMINISTRATOR: frozenset(),
    Role.AUDITOR: frozenset(),
}
"""The compartments that a role opens on a case that it is fully involved in. A partner agency reads no row."""

WALLED: frozenset[Compartment] = frozenset({Compartment.VICTIM, Compartment.INTELLIGENCE})
"""What is opened only after proving once more who one is, and never by break-glass."""


class Handling(NamedTuple):
    """One handling code of the 5x5x5 system, and the kinds of agency that may read what bears it."""

    label: str
    kinds: frozenset[str]
    whose: str


HANDLING: Mapping[int, Handling] = {
    1: Handling("Law enforcement and prosecuting bodies in the UK and the EEA", frozenset({"police"}), "anybody"),
    2: Handling("Also non-prosecuting bodies in the UK", frozenset({"police", "probation", "prison"}), "anybody"),
    3: Handling("Also law enforcement outside the EEA, on conditions", frozenset({"police"}), "anybody"),
    4: Handling("Within the originating agency only", frozenset(), "same agency"),
    5: Handling("No further without asking the originator", frozenset(), "the author"),
}
"""Handling codes 1 to 5 (5x5x5; domain-facts section 6). Kinds are those of ``accounts.Agency``.

Which of the two services stands on which side of codes 1 to 3 is our reading: the police enforce the law, probation and
prisons are bodies that do not prosecute.
"""


def opens_intelligence(code: int, agency_kind: str, *, same_agency: bool, is_author: bool) -> bool:
    """Whether somebody whose role opens intelligence reads an entry with this handling code.

    The author reads their own. ``same_agency`` says whether the reader's agency is the one it came from. Raises
    KeyError for a code other than 1 to 5.
    """
    handling = HANDLING[code]
    if is_author:
        return True
    if handling.whose == "the author":
        return False
    return same_agency or agency_kind in handling.kinds


class FieldClass(StrEnum):
    """How much harm a field can do in the wrong hands."""

    OPEN = "open"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    VICTIM = "victim"
    INTELLIGENCE = "intelligence"


READS: Mapping[FieldClass, frozenset[Role]] = {
    FieldClass.OPEN: frozenset(Role),
    FieldClass.PERSONAL: frozenset({_PO, _CM, _LM, _MC, _VCO, _PARTNER, _SMB, _INSPECTOR}),
    FieldClass.SENSITIVE: frozenset({_PO, _CM, _LM, _MC, _VCO, _SMB, _INSPECTOR}),
    FieldClass.VICTIM: frozenset({_LM, _MC, _VCO}),
    FieldClass.INTELLIGENCE: frozenset({_PO, _CM, _LM, _MC}),
}
"""Which roles read fields of each class, on a case that they see. Pages, exports and search go by this."""


def reads(role: str, field_class: FieldClass) -> bool:
    """Whether a role reads fields of this class on a case it sees. An unknown role reads nothing."""
    return any(reader == role for reader in READS[field_class])
