"""Seats on the board of an area: which there have to be, which are there, and who came.

The responsible authorities are the police, probation and prisons; agencies with a duty to co-operate send members;
lay advisers are appointed beside them (9.5, 9.6; which and how many is in the pack).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openmappa.core.packs.board_rules import SeatRules


class SeatKind(StrEnum):
    """Why somebody has a seat."""

    RESPONSIBLE = "responsible"
    COOPERATING = "cooperating"
    LAY = "lay"

    @property
    def label(self) -> str:
        """As pages name it."""
        return _LABELS[self]


_LABELS = {
    SeatKind.RESPONSIBLE: "Responsible authority",
    SeatKind.COOPERATING: "Agency with a duty to co-operate",
    SeatKind.LAY: "Lay adviser",
}


class Came(StrEnum):
    """How it went with a seat at one meeting."""

    ATTENDED = "attended"
    DEPUTY = "deputy"
    APOLOGIES = "apologies"
    ABSENT = "absent"

    @property
    def label(self) -> str:
        """As pages name it."""
        return _CAME[self]

    @property
    def is_there(self) -> bool:
        """Whether the seat was filled: by the member, or by a deputy in their place."""
        return self in (Came.ATTENDED, Came.DEPUTY)


_CAME = {
    Came.ATTENDED: "Came",
    Came.DEPUTY: "A deputy came",
    Came.APOLOGIES: "Sent apologies",
    Came.ABSENT: "Did not come",
}


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat: why it is there, the kind of agency that holds it ("" for a lay adviser), from when to when."""

    kind: SeatKind
    agency_kind: str
    from_on: date
    until_on: date | None = None
    chairs: bool = False

    def is_held_on(self, day: date) -> bool:
        """Whether the member has it on a day; on the last day they still do."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


def gaps(seats: Iterable[Seat], rules: SeatRules, on: date) -> list[str]:
    """What a board lacks on a day, in sentences; none where every seat that must be there is filled."""
    held = [seat for seat in seats if seat.is_held_on(on)]
    there = {seat.agency_kind for seat in held if seat.kind is SeatKind.RESPONSIBLE}
    lay = sum(seat.kind is SeatKind.LAY for seat in held)
    found = [f"The {_NAMES.get(kind, kind)} has no seat." for kind in rules.responsible if kind not in there]
    if lay < rules.lay_advisers:
        found.append(f"There should be {rules.lay_advisers} lay advisers; there {'is' if lay == 1 else 'are'} {lay}.")
    if held and not any(seat.chairs for seat in held):
        found.append("Nobody has the chair.")
    return found


_NAMES = {"police": "police service", "probation": "probation service", "prison": "prison service"}
