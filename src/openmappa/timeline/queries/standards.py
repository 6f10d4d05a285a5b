"""The rules behind a duty: the standard that judged it, from the pack in force on the day its clock started."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import NamedTuple, Protocol

from openmappa.core.packs.load import packs_in_service
from openmappa.core.packs.model import Pack, Standard


class Judged(Protocol):
    """A duty, worked out or stored."""

    @property
    def standard(self) -> str: ...

    @property
    def opened_on(self) -> date: ...


def standard_of(duty: Judged) -> Standard:
    """The standard that this duty was judged by. Raises KeyError where no pack in service has it."""
    return pack_of(duty).standard(duty.standard)


def pack_of(duty: Judged) -> Pack:
    """The pack that this duty was judged by."""
    for pack in packs_in_service():
        if pack.in_force_on(duty.opened_on) and any(one.id == duty.standard for one in pack.standards):
            return pack
    raise KeyError(duty.standard)


class Acknowledging(NamedTuple):
    """The service that is to acknowledge a change of one level, and the standards by which that is a duty."""

    service: str
    standards: frozenset[str]


@cache
def services_that_acknowledge() -> Mapping[str, Acknowledging]:
    """For each level of the state whose change starts a duty to have it acknowledged: by which service."""
    found: dict[str, Acknowledging] = {}
    for standard in (each for pack in packs_in_service() for each in pack.standards if each.on_change):
        for match in standard.met_by:
            service = next(str(value) for name, values in match.details if name == "service" for value in values)
            known = found.get(standard.on_change, Acknowledging(service, frozenset()))
            found[standard.on_change] = Acknowledging(service, known.standards | {standard.id})
    return found
