"""Closing a meeting: what was decided comes into force, and the minutes are drafted at once."""

import uuid
from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.cases.queries import coordinators_of
from openmappa.core.access import Permission
from openmappa.core.mappa.minutes import IN_COPIES, gaps, is_later_than_allowed
from openmappa.core.mappa.minutes_draft import DraftLine, draft
from openmappa.meetings.models.sitting import Meeting
from openmappa.meetings.services.holding import end
from openmappa.minutes.errors import NotClosed, NotMinuted
from openmappa.minutes.models.minutes import Line, Minutes
from openmappa.minutes.models.running import Running
from openmappa.minutes.queries.closing import closing_of, held_of
from openmappa.minutes.services.locking import lock_even_if_closed
from openmappa.notes.models import open_compartments
from openmappa.notices.services import tell
from openmappa.referrals.services.levels import decide_level
from openmappa.timeline.queries.who import who_answers_for

KIND = "minutes"
"""The kind of the notices that lead to minutes and meetings."""
LABEL = 400


def close_meeting(*, by: User, meeting: Meeting, submission: uuid.UUID | None = None) -> Minutes:
    """Close a meeting: its level is decided, its fact recorded, and its minutes are drafted. Doing it again: the same.

    Whoever closes it reads every part of it, since the draft is made from all that they read. A review that is later
    than the pack allows is escalated to the coordinators of the area and the line managers of who holds the case.

    Raises NotAllowed, NotRunning, NotClosed (everything that is missing), NotMinuted, NotDecided (the level).
    """
    require(by, Permission.CHAIR_MEETING)
    with transaction.atomic():
        running = lock_even_if_closed(meeting)
        made = Minutes.objects.filter(meeting=meeting, number=1).first()
        if made is not None:
            return made
        case = Case.objects.select_related("person", "area").get(pk=running.case_id)
        refuse_unless_all_is_read(by, case)
        state = closing_of(meeting, running)
        missing = gaps(state)
        if missing:
            raise NotClosed(missing)
        decide_level(
            by=by,
            case=case,
            level=running.level or 0,
            category=running.category or 0,
            on=state.held_on,
            reasons=running.level_reasons,
            meeting=meeting.key,
        )
        minutes = _drafted(by, meeting, case, state.held_on, draft(held_of(meeting, running)))
        end(
            by=by,
            meeting=meeting,
            review_on=running.review_on,
            review_reason=running.review_reason,
            submission=submission,
        )
        late = is_later_than_allowed(running.level, state.held_on, running.review_on, state.months)
        if late:
            _escalate(by, case, running)
        about = {"meeting": str(meeting.key), "minutes": minutes.pk, "review_escalated": late}
        log(by=by, verb="draft minutes", case_id=case.pk, about=about)
        return minutes


def refuse_unless_all_is_read(by: User, case: Case) -> None:
    """Raise NotMinuted where some part of the minutes is not open to this person: they would make gaps unseen."""
    if not set(IN_COPIES) <= open_compartments(by, case):
        raise NotMinuted(
            "Only somebody who reads every part of this case can do this, the victim’s part too: the MAPPA coordinator "
            "of the area, or a line manager of the units that hold it. Ask one of them."
        )


def _drafted(by: User, meeting: Meeting, case: Case, held_on: date, lines: Sequence[DraftLine]) -> Minutes:
    """The first draft of the minutes, with its lines."""
    minutes = Minutes.objects.create(
        meeting=meeting,
        case=case,
        reference=case.reference,
        level=meeting.sitting.level,
        held_on=held_on,
        marking=settings.OPENMAPPA_MARKING,
        drafted_by=by,
        drafted_at=timezone.now(),
    )
    Line.objects.bulk_create(
        Line(
            minutes=minutes,
            case=case,
            number=number,
            kind=one.kind,
            compartment=one.compartment,
            heading=one.heading,
            label=one.label[:LABEL],
            text=one.text or "Nothing was written down.",
            plain_words=one.plain_words,
        )
        for number, one in enumerate(lines, start=1)
    )
    return minutes


def _escalate(by: User, case: Case, running: Running) -> None:
    """Tell coordinators and line managers that a review is later than the pack allows; the reason is on the page."""
    people = {person.pk: person for person in coordinators_of(case)}
    for holder in (case.police_officer, case.case_manager):
        if holder is not None:
            people |= {person.pk: person for person in who_answers_for(holder, case)}
    tell(
        people=people.values(),
        kind=KIND,
        words=f"The next MAPPA review of case {case.reference} is set later than Level {running.level} allows.",
        case_id=case.pk,
        link=reverse("minutes:case", kwargs={"key": case.key}),
    )
