"""Passing each event on as a line of JSON, for a system that watches over several services. Off unless asked for."""

import json
import logging
from collections.abc import Mapping

from django.conf import settings
from django.utils import timezone

logger = logging.getLogger("openmappa.audit")


def forwards() -> bool:
    """Whether events are passed on: ``OPENMAPPA_AUDIT_LOG`` names a file, or ``-`` for standard output."""
    return bool(settings.OPENMAPPA_AUDIT_LOG)


def pass_on(event: Mapping[str, object]) -> None:
    """Write one event as one line.

    It holds numbers and fixed words, no names and no content: whoever needs more finds the row by its number.
    Everything outside printable ASCII is escaped, so that nothing somebody typed can begin a line of its own or steer
    a terminal.
    """
    logger.info("%s", json.dumps({"at": timezone.now().isoformat(), **event}, ensure_ascii=True, separators=(",", ":")))
