"""Who must know of a change on a case: those who can act on it and read the record, each with the reason why.

The other service's officer and everybody else involved (9.10): police officer, case manager, those who cover for them,
the coordinator of the area, the victim contact officers, and whoever was given the case to work on it. Where nobody
holds the case for a service, the line managers of its unit stand in. Line managers otherwise hear of what is overdue.
Whoever reads for audit or inspection, or in an emergency, is not asked: they judge the work or are gone tomorrow. Nor
is a partner agency, which reads no field of the record that a change is about.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from openmappa.core.access import PERMISSIONS, Permission, Role
from openmappa.core.compartments import Compartment
from openmappa.core.involvement import CaseHeld, Covering, Given, InvolvementKind, Reader, reach


class Why(StrEnum):
    """Why somebody must know."""

    POLICE_OFFICER = "police_officer"
    CASE_MANAGER = "case_manager"
    COVER = "cover"
    COORDINATOR = "coordinator"
    VICTIM_CONTACT = "victim_contact"
    GIVEN = "given"
    LINE_MANAGER = "line_manager"

    @property
    def label(self) -> str:
        """The reason as pages show it."""
        return LABELS[self]


LABELS: Mapping[Why, str] = {
    Why.POLICE_OFFICER: "Police officer of the case",
    Why.CASE_MANAGER: "Case manager",
    Why.COVER: "Covers for somebody away",
    Why.COORDINATOR: "MAPPA coordinator of the area",
    Why.VICTIM_CONTACT: "Victim contact officer",
    Why.GIVEN: "Was given the case",
    Why.LINE_MANAGER: "Line manager: nobody holds the case",
}

ASKED: Mapping[InvolvementKind, Why] = {
    InvolvementKind.VICTIM_CONTACT: Why.VICTIM_CONTACT,
    InvolvementKind.INVITED: Why.GIVEN,
    InvolvementKind.NAMED: Why.GIVEN,
}
"""The kinds by which a case is given to somebody to work on it."""

ASKED_AS_A_UNIT = frozenset({InvolvementKind.VICTIM_CONTACT})
"""The kinds by which everybody of a unit or agency is asked; by the others only who was given the case by name."""


Cover = tuple[int, Covering]
"""Who covers, and for whom from when until when."""


def who_must_know(
    case: CaseHeld,
    readers: Iterable[Reader],
    covers: Sequence[Cover],
    given: Sequence[Given],
    *,
    at: datetime,
    today: date,
    compartment: Compartment = Compartment.OPEN,
    but: frozenset[int] = frozenset(),
) -> dict[int, Why]:
    """Who must know of a change that stands in ``compartment``: by person, the first reason that holds.

    ``readers`` are candidates; ``given`` holds what was given of this case. Somebody is left out who does not see the
    case, does not open the compartment, may not read the record, or is one of ``but``.
    """
    found: dict[int, Why] = {}
    for reader in readers:
        theirs = [cover for covering, cover in covers if covering == reader.person and cover.holds_on(today)]
        why = _why(case, reader, theirs, [each for each in given if each.holds_at(at) and each.is_for(reader)])
        if why is None or reader.person in but or reader.role not in PERMISSIONS[Permission.READ_RECORD]:
            continue
        if reach(reader, theirs, given, at=at, today=today).opens(case, compartment):
            found[reader.person] = why
    return found


def _why(case: CaseHeld, reader: Reader, covers: Sequence[Covering], given: Sequence[Given]) -> Why | None:
    if reader.person == case.police_officer:
        return Why.POLICE_OFFICER
    if reader.person == case.case_manager:
        return Why.CASE_MANAGER
    if any(cover.absent.person in (case.police_officer, case.case_manager) for cover in covers):
        return Why.COVER
    if reader.role is Role.MAPPA_COORDINATOR and reader.area == case.area:
        return Why.COORDINATOR
    asked = [each for each in given if each.kind in ASKED and (each.person or each.kind in ASKED_AS_A_UNIT)]
    if asked:
        return ASKED[asked[0].kind]
    return Why.LINE_MANAGER if reader.role is Role.LINE_MANAGER and _units(reader) & unheld(case) else None


def unheld(case: CaseHeld) -> frozenset[int]:
    """The units that answer for a case for a service for which nobody holds it."""
    answering = ((case.police_unit, case.police_officer), (case.probation_unit, case.case_manager))
    return frozenset(unit for unit, holder in answering if unit is not None and holder is None)


def _units(reader: Reader) -> frozenset[int]:
    return reader.manages if reader.unit is None else reader.manages | {reader.unit}
