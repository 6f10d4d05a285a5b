"""Writing the log."""

from collections.abc import Mapping
from typing import Any, Protocol

from openmappa.audit.models import Event


class Actor(Protocol):
    """Whoever can be named in the log: a signed-in person."""

    pk: Any

    @property
    def display_name(self) -> str: ...

    @property
    def agency_name(self) -> str: ...


def log(*, by: Actor | None, verb: str, case_id: int | None = None, about: Mapping[str, object] | None = None) -> Event:
    """Write one event. ``by`` is None when a command line did it; then the event is by "command line"."""
    return Event.objects.create(
        by_id=by.pk if by else None,
        by_name=by.display_name if by else "command line",
        agency=by.agency_name if by else "",
        verb=verb,
        case_id=case_id,
        about=dict(about or {}),
    )
