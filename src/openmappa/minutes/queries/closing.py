"""A meeting as it stands: what it still lacks, and everything its minutes are drafted from."""

from collections.abc import Mapping

from django.utils import timezone

from openmappa.actions.queries.of_case import actions_of_meeting, unaccounted_before
from openmappa.core.access import Rank
from openmappa.core.mappa.minutes import Attended, Closing, Considered, Decided
from openmappa.core.mappa.minutes_draft import Agreed, Held, Presence, Spoken
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.models.sitting import Meeting
from openmappa.meetings.queries.rules import rules
from openmappa.meetings.words import Attendance
from openmappa.minutes.models.running import Chairing, Entry, Running
from openmappa.minutes.words import EntryKind
from openmappa.ui.formats import clock, day

THERE = {Attendance.ATTENDED, Attendance.DEPUTY}
LEVELS = (2, 3)


def review_months() -> Mapping[int, int]:
    """How many months after a meeting the next one is at most, by level."""
    return {level: rules().review_months(level) for level in LEVELS}


def agenda_titles() -> Mapping[str, str]:
    """The titles of the agenda's items by their slugs, in order."""
    return {item.slug: item.title for item in rules().agenda}


def closing_of(meeting: Meeting, running: Running) -> Closing:
    """The meeting as the rules of closing see it. Seven queries."""
    chair = Chairing.objects.filter(meeting=meeting).select_related("person").order_by("from_at").last()
    entries = entries_of(meeting)
    return Closing(
        chair=chair.person.full_name if chair else "",
        attended=[_attended(row) for row in invitees_of(meeting)],
        considered=[_considered(row) for row in entries if row.kind == EntryKind.DISCLOSURE],
        decided=[Decided(row.text, row.reasons) for row in entries if row.kind == EntryKind.DECISION],
        unaccounted=[line.name for line in unaccounted_before(meeting.case, meeting.key)],
        level=running.level if running.category else None,
        level_reasons=running.level_reasons,
        held_on=timezone.localdate(meeting.opened_at),
        review_on=running.review_on,
        review_reason=running.review_reason,
        months=review_months(),
    )


def held_of(meeting: Meeting, running: Running) -> Held:
    """The meeting in words, for its minutes. Six queries."""
    case, sitting = meeting.case, meeting.sitting
    chairings = Chairing.objects.filter(meeting=meeting).select_related("person").order_by("from_at")
    titles = agenda_titles()
    order = {slug: place for place, slug in enumerate(titles)}
    entries = sorted(entries_of(meeting), key=lambda row: order.get(row.item, len(order)))
    return Held(
        offender=f"{case.person.full_name}, born {day(case.person.born_on)}, case {case.reference}",
        when=f"{day(timezone.localdate(meeting.opened_at))}, from {_clock(meeting)}",
        where=", ".join(part for part in (sitting.room, sitting.place, "by link" if sitting.link else "") if part),
        why=meeting.why,
        chairs=[(row.person.full_name, clock(timezone.localtime(row.from_at))) for row in chairings],
        presences=[_presence(row) for row in invitees_of(meeting)],
        spoken=[_spoken(row, titles) for row in entries],
        agreed=[
            Agreed(row.number, row.text, f"{row.agency.name}, {row.whose}", day(row.due_on))
            for row in actions_of_meeting(meeting.key)
        ],
        level=f"Level {running.level}, category {running.category}",
        level_reasons=running.level_reasons,
        review=f"By {day(running.review_on)}" if running.review_on else "No further meeting is set",
        review_reason=running.review_reason,
    )


def invitees_of(meeting: Meeting) -> list[Invitee]:
    """Who is invited to the meeting and was not withdrawn, by agency and name. One query."""
    rows = Invitee.objects.filter(meeting=meeting, withdrawn_at__isnull=True)
    return list(rows.select_related("agency", "person__agency").order_by("agency__name", "name", "pk"))


def entries_of(meeting: Meeting) -> list[Entry]:
    """The lines of a meeting that the reader opens and that were not removed, in the order they came. One query."""
    rows = Entry.objects.filter(meeting=meeting, removed_at__isnull=True)
    return list(rows.select_related("changed_by").order_by("written_at", "pk"))


def rank_words(row: Invitee) -> str:
    """The rank or grade of whoever was there."""
    rank = Rank(row.attended_rank).label if row.attended_rank else ""
    return row.attended_grade or rank


def _attended(row: Invitee) -> Attended:
    was_there = row.attendance in THERE
    return Attended(row.name, bool(row.attendance), was_there, bool(row.attended_rank or row.attended_grade))


def _considered(row: Entry) -> Considered:
    made = {"yes": True, "no": False}.get(row.disclosed)
    return Considered(made, row.text, row.to_whom, row.who, row.by_on, row.reasons)


def _presence(row: Invitee) -> Presence:
    was_there = row.attendance in THERE
    who = row.attended_name if was_there and row.attended_name else row.name
    how = Attendance(row.attendance).label.lower()
    if was_there:
        how = f"{rank_words(row)}{f' for {row.name}' if row.attendance == Attendance.DEPUTY else ''}"
    return Presence(row.agency.name, who, how, was_there, row.sent_in_writing)


def _spoken(row: Entry, titles: Mapping[str, str]) -> Spoken:
    return Spoken(
        kind=row.kind,
        compartment=row.compartment,
        item=titles.get(row.item, "Other matters"),
        who=row.who,
        text=row.text,
        reasons=row.reasons,
        dissent=row.dissent,
        plain_words=row.plain_words,
        disclosed=row.disclosed,
        to_whom=row.to_whom,
        by_on=day(row.by_on) if row.by_on else "",
    )


def _clock(meeting: Meeting) -> str:
    return clock(timezone.localtime(meeting.opened_at))
