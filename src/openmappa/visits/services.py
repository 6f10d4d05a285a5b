"""Recording home visits."""

import uuid
from datetime import date
from typing import Any

from django.db import transaction

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.standards.facts import Fact, Value
from openmappa.timeline.errors import NotRecorded
from openmappa.timeline.services import SENT_BEFORE, Recording, record_fact
from openmappa.visits.models import HomeVisit


def record_home_visit(
    *,
    by: User,
    case: Case,
    visited_on: date,
    outcome: str,
    announced: bool,
    joint: bool,
    visited_by: User | None = None,
    accompanied_by: str = "",
    observed: str = "",
    concern: str = "",
    intelligence_to_submit: bool = False,
    version: int | None = None,
    submission: uuid.UUID | None = None,
) -> Recording:
    """Record a visit to the offender's home: one fact, and the notes beside it, in one transaction.

    The visit counts for the service of whoever made it. ``outcome`` is seen, not_seen or refused.
    Raises what ``record_fact`` raises; then nothing is written.
    """
    visitor = visited_by or by
    if visitor.service is None:
        raise NotRecorded("A home visit is made by the police or by probation. Choose who made it.")
    details: dict[str, Value] = {"service": visitor.service, "outcome": outcome, "announced": announced, "joint": joint}
    with transaction.atomic():
        recording = record_fact(
            by=by,
            case=case,
            fact=Fact(kind="home_visit", on=visited_on, details=details, recorded_on=visited_on),
            version=version,
            submission=submission,
        )
        notes: dict[str, Any] = {
            "visited_by": visitor,
            "accompanied_by": accompanied_by.strip(),
            "observed": observed.strip(),
            "has_concern": bool(concern.strip()),
            "concern": concern.strip(),
            "intelligence_to_submit": intelligence_to_submit,
        }
        if not recording.replayed:
            HomeVisit.objects.create(fact=recording.fact, case=case, **notes)
        elif not HomeVisit.objects.filter(fact=recording.fact, **notes).exists():
            raise NotRecorded(SENT_BEFORE)
        return recording
