"""The usual questions about the log, asked so that they are quick at ten million rows."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from openmappa.audit.models import Event

PAGE = 50


class Looker(NamedTuple):
    """Somebody who opened a case or was shown it in a list: how often each, and when first and last."""

    by_id: int | None
    by_name: str
    agency: str
    role: str
    opened: int
    shown: int
    first_at: datetime
    last_at: datetime


def who_has_seen(
    case_id: int, *, before: datetime | None = None, before_id: int | None = None, at_most: int = PAGE
) -> list[Event]:
    """What was done to a case or seen of it, newest first: opened, or shown in a list.

    For the next page give the ``at`` and ``id`` of the last event of this one. Nothing for anybody but an auditor, a
    line manager who sees the case, or a job: the database decides. Cost: the months are asked one after the other,
    newest first, until a page is full.
    """
    return list(Event.objects.raw("SELECT * FROM audit_of_case(%s, %s, %s, %s)", [case_id, before, before_id, at_most]))


def lookers(case_id: int) -> list[Looker]:
    """Everybody who has seen a case, whoever saw it last first; for the same people as ``who_has_seen``."""
    rows = Event.objects.raw("SELECT 0 AS id, looker.* FROM audit_people_of_case(%s) looker", [case_id])
    return [Looker(*(getattr(row, name) for name in Looker._fields)) for row in rows]


def looked_at_by(person_id: int) -> "QuerySet[Event]":
    """What a person did and saw, newest first. Whoever asks sees their own, an auditor everybody's.

    For the next page filter by ``at``; an offset would read everything before it.
    """
    return Event.objects.filter(by_id=person_id).order_by("-at", "-id")
