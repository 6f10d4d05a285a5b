"""The agenda of the meeting on a case, filled with what the record knows and the reader may read."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from openmappa.accounts.models import User
from openmappa.actions.queries.of_case import ActionLine, open_actions_of_case
from openmappa.core.access import Permission
from openmappa.core.compartments import Compartment
from openmappa.core.mappa.agenda import (
    CHILDREN,
    INFORMATION,
    LAST_ACTIONS,
    LEVEL,
    LIKELIHOOD,
    NEXT_REVIEW,
    VICTIMS,
    AgendaItem,
    Line,
    agenda_items,
)
from openmappa.core.mappa.meetings import review_due
from openmappa.core.standards.words import level_label
from openmappa.meetings.models.sitting import Meeting
from openmappa.meetings.queries.contributions import contributions, open_places
from openmappa.meetings.queries.rules import rules
from openmappa.timeline.models import Standing
from openmappa.ui.formats import day, instant

Part = Callable[[Meeting, User], Mapping[str, Iterable[Line]]]
NOT_SET = "Not set"


def agenda(meeting: Meeting, reader: User) -> tuple[AgendaItem, ...]:
    """The standing items in order, each with what the record knows of it, as far as this reader may read it.

    Somebody who reads no record gets the items and what their own agency sent. Six queries, and those of the parts that
    other apps add (``AGENDA_PARTS``).
    """
    known: dict[str, list[Line]] = {INFORMATION: _information(meeting, reader)}
    if reader.may(Permission.READ_RECORD):
        known |= _of_the_record(meeting, reader)
        for part in _parts():
            for slug, lines in part(meeting, reader).items():
                known.setdefault(slug, []).extend(lines)
    return agenda_items(rules(), known)


def _of_the_record(meeting: Meeting, reader: User) -> dict[str, list[Line]]:
    standing = Standing.objects.filter(case_id=meeting.case_id).first() or Standing(case_id=meeting.case_id)
    known = {
        LAST_ACTIONS: [
            _action(line)
            for line in open_actions_of_case(meeting.case)
            if line.action is None or line.action.meeting != meeting.key
        ],
        LIKELIHOOD: [
            Line("Likelihood of reconviction", _label(standing.band), "RM2000"),
            Line("Risk of harm", _label(standing.harm_level), "OASys"),
        ],
        LEVEL: [Line("Now", _level(standing))],
        NEXT_REVIEW: [_next_review(meeting)],
    }
    if meeting.concerns_child and Compartment.CONFIDENTIAL in open_places(meeting, reader):
        known[CHILDREN] = [Line("Risk to a child", meeting.child_why, "so the child protection unit is told")]
    if meeting.concerns_victim:
        known[VICTIMS] = [Line("Victim", meeting.victim_why, "so the victim contact officer is invited")]
    return known


def _information(meeting: Meeting, reader: User) -> list[Line]:
    return [
        Line(
            f"{row.agency.name}, {row.written_by.full_name}{' (late)' if row.is_late else ''}",
            row.text,
            f"{row.get_compartment_display()}, {instant(timezone.localtime(row.sent_at) if row.sent_at else None)}",
            is_walled=row.is_walled,
        )
        for row in contributions(meeting, reader)
    ]


def _action(line: ActionLine) -> Line:
    text = line.text or "Recorded without its text"
    return Line(f"{line.name}: {text}", f"{line.whose}, due {day(line.due_on)}", line.lateness(timezone.localdate()))


def _level(standing: Standing) -> str:
    if standing.mappa_level is None:
        return NOT_SET
    return f"Level {standing.mappa_level}, category {standing.mappa_category or 'not set'}"


def _next_review(meeting: Meeting) -> Line:
    level, held_on = meeting.sitting.level, timezone.localdate(meeting.starts_at)
    months = rules().review_months(level)
    latest = day(review_due(level, held_on, rules()))
    return Line("By the rule", f"Level {level}: within {months} {'month' if months == 1 else 'months'}, by {latest}")


def _label(value: str) -> str:
    return level_label(value) if value else NOT_SET


@cache
def _parts() -> tuple[Part, ...]:
    return tuple(import_string(path) for path in settings.AGENDA_PARTS)
