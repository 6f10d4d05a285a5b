"""Who sees a case: the rule, in one place, without a database.

A person sees a case through being involved in it: they or their unit are responsible for it, they manage those who are,
they cover for somebody absent who is, they coordinate MAPPA in its area, or they were given it for a time (invited to
its meeting, named for its victim, drawn into an audit or an inspection, emergency). A restricted case is seen by the
people named for it alone. Row-level security says the same in SQL; a property test compares the two, row for row.

Times are instants and days are dates of the caller; nothing here reads a clock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from openmappa.core.access import PERMISSIONS, Permission, Role
from openmappa.core.compartments import COMPARTMENTS_OF, Compartment


class InvolvementKind(StrEnum):
    """Why somebody was given a case."""

    INVITED = "invited"
    VICTIM_CONTACT = "victim_contact"
    AUDIT = "audit"
    INSPECTION = "inspection"
    BREAK_GLASS = "break_glass"
    NAMED = "named"

    @property
    def label(self) -> str:
        """The reason as pages show it."""
        return LABELS[self]


LABELS: Mapping[InvolvementKind, str] = {
    InvolvementKind.INVITED: "Invited",
    InvolvementKind.VICTIM_CONTACT: "Victim contact",
    InvolvementKind.AUDIT: "Case audit",
    InvolvementKind.INSPECTION: "Inspection sample",
    InvolvementKind.BREAK_GLASS: "Emergency",
    InvolvementKind.NAMED: "Named for a restricted case",
}

WORKING: frozenset[Role] = frozenset(
    {Role.POLICE_OFFICER, Role.CASE_MANAGER, Role.LINE_MANAGER, Role.MAPPA_COORDINATOR}
)
RESPONSIBLE: frozenset[Role] = frozenset({Role.POLICE_OFFICER, Role.CASE_MANAGER, Role.LINE_MANAGER})
"""Roles whose holders are responsible for cases, by themselves or through their unit."""

GIVEN_TO: Mapping[InvolvementKind, frozenset[Role]] = {
    InvolvementKind.INVITED: WORKING | {Role.VICTIM_CONTACT_OFFICER, Role.PARTNER_MEMBER},
    InvolvementKind.VICTIM_CONTACT: frozenset({Role.VICTIM_CONTACT_OFFICER}),
    InvolvementKind.AUDIT: frozenset({Role.SMB_MEMBER, Role.LINE_MANAGER, Role.MAPPA_COORDINATOR}),
    InvolvementKind.INSPECTION: frozenset({Role.INSPECTOR, Role.LINE_MANAGER, Role.MAPPA_COORDINATOR}),
    InvolvementKind.BREAK_GLASS: PERMISSIONS[Permission.BREAK_GLASS],
    InvolvementKind.NAMED: WORKING | {Role.VICTIM_CONTACT_OFFICER},
}
"""The roles that each kind opens a case to; for another role it opens nothing."""

KIND_OPENS: Mapping[InvolvementKind, frozenset[Compartment]] = {
    InvolvementKind.INVITED: frozenset({Compartment.OPEN, Compartment.CONFIDENTIAL}),
    InvolvementKind.VICTIM_CONTACT: frozenset({Compartment.OPEN, Compartment.VICTIM}),
    InvolvementKind.AUDIT: frozenset({Compartment.OPEN}),
    InvolvementKind.INSPECTION: frozenset({Compartment.OPEN, Compartment.CONFIDENTIAL}),
    InvolvementKind.BREAK_GLASS: frozenset({Compartment.OPEN, Compartment.CONFIDENTIAL}),
    InvolvementKind.NAMED: frozenset(Compartment),
}
"""The compartments that each kind opens, to those roles that open them at all (``COMPARTMENTS_OF``)."""

THROUGH_A_WALL: frozenset[InvolvementKind] = frozenset({InvolvementKind.NAMED, InvolvementKind.BREAK_GLASS})
"""The kinds that open a restricted case."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks. Ids are those of the record; ``manages`` holds further units that a line manager manages."""

    person: int
    role: Role
    agency: int
    area: int | None = None
    unit: int | None = None
    manages: frozenset[int] = frozenset()
    active: bool = True


@dataclass(frozen=True, slots=True)
class CaseHeld:
    """What of a case decides who sees it."""

    case: int
    area: int
    police_unit: int | None = None
    probation_unit: int | None = None
    police_officer: int | None = None
    case_manager: int | None = None
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A case given to one person, unit or agency from an instant until another (None: until ended)."""

    case: int
    kind: InvolvementKind
    from_at: datetime
    until_at: datetime | None = None
    ended_at: datetime | None = None
    person: int | None = None
    unit: int | None = None
    agency: int | None = None

    def holds_at(self, at: datetime) -> bool:
        """Whether it is in force: from its first instant on, until just before its last."""
        ends = [end for end in (self.until_at, self.ended_at) if end is not None]
        return self.from_at <= at and all(at < end for end in ends)

    def is_for(self, reader: Reader) -> bool:
        """Whether it was given to this reader, to their unit or to their agency, and opens a case to their role."""
        to_them = (
            self.person == reader.person
            or (self.unit is not None and self.unit == reader.unit)
            or (self.agency is not None and self.agency == reader.agency)
        )
        return to_them and reader.role in GIVEN_TO[self.kind]


@dataclass(frozen=True, slots=True)
class Covering:
    """The reader covers for ``absent`` on the days from ``from_on`` to ``until_on``, both included."""

    absent: Reader
    from_on: date
    until_on: date
    ended_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the cover is in force on a day; on the day it is ended it no longer is."""
        return self.from_on <= day <= self.until_on and (self.ended_on is None or day < self.ended_on)


@dataclass(frozen=True, slots=True)
class Reach:
    """What a person reaches at one instant: cases of these areas, units and people, and the cases given to them.

    ``given`` maps each case given to the compartments that its kinds open; ``named`` holds those that open a restricted
    case.
    """

    areas: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()
    given: Mapping[int, frozenset[Compartment]] | None = None
    named: frozenset[int] = frozenset()
    compartments: frozenset[Compartment] = frozenset()

    def is_responsible_for(self, case: CaseHeld) -> bool:
        """Whether the case is reached through its area, units or people."""
        return (
            case.area in self.areas
            or case.police_unit in self.units
            or case.probation_unit in self.units
            or case.police_officer in self.people
            or case.case_manager in self.people
        )

    def involves(self, case: CaseHeld) -> bool:
        """Whether the person is involved, a restriction apart."""
        return self.is_responsible_for(case) or case.case in (self.given or {})

    def sees(self, case: CaseHeld) -> bool:
        """Whether the person sees the case."""
        return self.involves(case) and (not case.restricted or case.case in self.named)

    def opens(self, case: CaseHeld, compartment: Compartment) -> bool:
        """Whether rows of this compartment on this case are open to the person; intelligence by its code besides.

        On a restricted case being responsible opens nothing: what counts is how one was named.
        """
        if compartment not in self.compartments or not self.sees(case):
            return False
        fully = self.is_responsible_for(case) and not case.restricted
        return fully or compartment in (self.given or {}).get(case.case, frozenset())


NOTHING = Reach()
"""The reach of somebody who may open no case at all."""


def reach(reader: Reader, covers: Iterable[Covering], given: Iterable[Given], *, at: datetime, today: date) -> Reach:
    """What a reader reaches at an instant. ``given`` may hold what was given to others: it is passed over.

    Cover is not passed on: who covers for somebody reaches what is that person's own, not what they cover.
    """
    if not reader.active or reader.role not in PERMISSIONS[Permission.VIEW_CASE]:
        return NOTHING
    stands_in_for = [reader]
    if reader.role in WORKING:
        stands_in_for += [cover.absent for cover in covers if cover.holds_on(today)]
    mine = [each for each in given if each.holds_at(at) and each.is_for(reader)]
    opened: dict[int, frozenset[Compartment]] = {}
    for each in mine:
        opened[each.case] = opened.get(each.case, frozenset()) | KIND_OPENS[each.kind]
    return Reach(
        areas=frozenset(one.area for one in stands_in_for if one.role is Role.MAPPA_COORDINATOR and one.area),
        units=frozenset(unit for one in stands_in_for for unit in _units(one)),
        people=frozenset(one.person for one in stands_in_for if one.role in RESPONSIBLE),
        given=opened,
        named=frozenset(each.case for each in mine if each.kind in THROUGH_A_WALL),
        compartments=COMPARTMENTS_OF[reader.role],
    )


def _units(reader: Reader) -> frozenset[int]:
    """The units through which somebody is responsible: their own, and those they manage."""
    if reader.role not in RESPONSIBLE:
        return frozenset()
    own = frozenset() if reader.unit is None else frozenset({reader.unit})
    return own | reader.manages if reader.role is Role.LINE_MANAGER else own
