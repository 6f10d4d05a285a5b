"""The rules behind a duty: the standard that judged it, from the pack in force on the day its clock started."""

from datetime import date
from typing import Protocol

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
