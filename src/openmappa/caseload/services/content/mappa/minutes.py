"""Minutes of generated meetings: drafted from what was taken down, and issued, filed and told where a fact says so."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.assessments.queries import PACK
from openmappa.caseload.services.content.mappa.attending import attendance_of
from openmappa.caseload.services.content.mappa.people import Attendee
from openmappa.caseload.services.content.mappa.sittings import Held
from openmappa.caseload.services.content.moments import signed_at
from openmappa.core.access import Role
from openmappa.core.compartments import COMPARTMENTS_OF, Compartment
from openmappa.core.dates import add_working_days
from openmappa.core.mappa.minutes import parts_of_copy, told_to_the_offender
from openmappa.core.mappa.minutes_draft import Agreed, DraftLine, Presence, Spoken, draft
from openmappa.core.mappa.minutes_draft import Held as Drafted
from openmappa.core.packs.load import load_mappa_meetings
from openmappa.core.synthetic.content.mappa.filling import day_in_words
from openmappa.core.synthetic.content.mappa.held import ATTENDED, DEPUTY
from openmappa.core.synthetic.dealing import Dice
from openmappa.minutes.models.copies import Copy, Filing, Telling
from openmappa.minutes.models.minutes import Line, Minutes
from openmappa.minutes.models.running import Entry

AT_ONCE = 1000
BEFORE_FILING = timedelta(hours=2)
CHECKED_BEFORE = timedelta(hours=20)
ISSUED_UNFILED = 0.5
"""How often minutes that nobody filed were issued at all, once their time was over. Believable, and no finding."""
LEVELS = {2: "Level 2", 3: "Level 3 (MAPPP)"}


def write_minutes(source: str, held: Sequence[Held], entries: Mapping[uuid.UUID, Sequence[Entry]]) -> int:
    """Write minutes for meetings that are closed; returns how many were issued."""
    titles = {item.slug: item.title for item in load_mappa_meetings(PACK).agenda}
    minutes = [_minutes(each) for each in held]
    Minutes.objects.bulk_create(minutes, AT_ONCE)
    lines: dict[int, list[DraftLine]] = {
        row.pk: draft(_drafted(each, entries[each.meeting.key], titles))
        for each, row in zip(held, minutes, strict=True)
    }
    Line.objects.bulk_create((line for row in minutes for line in _lines(row, lines[row.pk])), AT_ONCE)
    issued = [
        (each, row)
        for each, row in zip(held, minutes, strict=True)
        if _issue(each, row, Dice(source, "minutes", each.filed.case.reference, each.text.on))
    ]
    Minutes.objects.bulk_update(
        [row for _, row in issued], ["checked_by", "checked_at", "issued_by", "issued_at"], AT_ONCE
    )
    Copy.objects.bulk_create((copy for each, row in issued for copy in _copies(each, row)), AT_ONCE)
    Filing.objects.bulk_create((filing for each, row in issued for filing in _filings(each, row)), AT_ONCE)
    Telling.objects.bulk_create(
        (telling for each, row in issued for telling in _tellings(each, row, lines[row.pk])), AT_ONCE
    )
    return len(issued)


def _minutes(held: Held) -> Minutes:
    return Minutes(
        case=held.filed.case,
        meeting=held.meeting,
        reference=held.filed.case.reference,
        level=held.text.level,
        held_on=held.text.on,
        marking=settings.OPENMAPPA_MARKING,
        drafted_by=held.sitting.minute_taker,
        drafted_at=held.ended_at,
    )


def _drafted(held: Held, entries: Sequence[Entry], titles: Mapping[str, str]) -> Drafted:
    case, sitting = held.filed.case, held.sitting
    return Drafted(
        offender=f"{case.person.given_names} {case.person.family_name}, born {_full(case.person.born_on)}",
        when=f"{_full(held.text.on)}, {timezone.localtime(held.meeting.starts_at):%H:%M}",
        where=f"{sitting.room}, {sitting.place}",
        why=held.meeting.why,
        chairs=[(sitting.chair.full_name, f"{timezone.localtime(held.meeting.starts_at):%H:%M}")],
        presences=[
            Presence(
                agency=row.agency.name,
                who=row.name,
                how=_how(row.attendance, row.attended_name),
                was_there=row.attendance in (ATTENDED, DEPUTY),
                in_writing=row.sent_in_writing,
            )
            for row in attendance_of(held)
        ],
        spoken=[_spoken(entry, titles) for entry in entries],
        agreed=[
            Agreed(story.number, story.text, _owner(held, story.post), _full(story.due_on))
            for story in held.text.actions
        ],
        level=LEVELS[held.text.level],
        level_reasons=held.text.level_reasons,
        review=_full(held.text.review_on),
        review_reason=held.text.review_reason,
    )


def _spoken(entry: Entry, titles: Mapping[str, str]) -> Spoken:
    return Spoken(
        kind=entry.kind,
        compartment=entry.compartment,
        item=titles[entry.item],
        who=entry.who,
        text=entry.text,
        reasons=entry.reasons,
        dissent=entry.dissent,
        plain_words=entry.plain_words,
        disclosed=entry.disclosed,
        to_whom=entry.to_whom,
        by_on=_full(entry.by_on) if entry.by_on else "",
    )


def _lines(row: Minutes, lines: Sequence[DraftLine]) -> Iterator[Line]:
    for number, line in enumerate((line for line in lines if line.text.strip()), 1):
        yield Line(
            case=row.case,
            minutes=row,
            number=number,
            kind=line.kind,
            compartment=line.compartment,
            heading=line.heading,
            label=line.label,
            text=line.text,
            plain_words=line.plain_words,
        )


def _issue(held: Held, row: Minutes, dice: Dice) -> bool:
    """Issue them before they were filed or told; where neither was, now and then once their time was over."""
    days = [held.filed.known.facts[place].recorded_on for _, place in held.text.filed]
    if held.text.told is not None:
        days.append(held.filed.known.facts[held.text.told].recorded_on)
    late = add_working_days(held.text.on, 10)
    if not days and late < timezone.localdate() and dice.roll() < ISSUED_UNFILED:
        days.append(late)
    if not days:
        return False
    row.issued_by, row.issued_at = held.desk.coordinator, max(signed_at(min(days)) - BEFORE_FILING, held.ended_at)
    row.checked_by, row.checked_at = held.sitting.chair, max(row.issued_at - CHECKED_BEFORE, held.ended_at)
    return True


def _copies(held: Held, row: Minutes) -> Iterator[Copy]:
    """A numbered copy for each who was there, and for whoever is invited and can sign in."""
    invitees = [
        invitee
        for invitee in attendance_of(held)
        if invitee.attendance in (ATTENDED, DEPUTY) or invitee.person is not None
    ]
    for number, invitee in enumerate(invitees, 1):
        yield Copy(
            case=held.filed.case,
            minutes=row,
            number=number,
            of=len(invitees),
            person=invitee.person,
            agency=invitee.agency,
            recipient=invitee.name,
            post=invitee.post,
            compartments=[part.value for part in parts_of_copy(_opened(invitee.person))],
            made_by=held.desk.coordinator,
            made_at=row.issued_at or held.ended_at,
        )


def _opened(person: User | None) -> frozenset[Compartment]:
    return COMPARTMENTS_OF[Role(person.role)] if person is not None else frozenset()


def _filings(held: Held, row: Minutes) -> Iterator[Filing]:
    managers = {"police": held.desk.police, "probation": held.desk.probation}
    for service, place in held.text.filed:
        yield Filing(
            case=held.filed.case,
            minutes=row,
            agency=managers[service].agency,
            filed_by=held.desk.coordinator,
            filed_at=_filed_at(held, place, row),
            fact_id=held.filed.ids[place],
        )


def _filed_at(held: Held, place: int, row: Minutes) -> datetime:
    at = signed_at(held.filed.known.facts[place].recorded_on)
    return max(at, row.issued_at) if row.issued_at else at


def _tellings(held: Held, row: Minutes, lines: Sequence[DraftLine]) -> Iterator[Telling]:
    if held.text.told is None:
        return
    fact = held.filed.known.facts[held.text.told]
    by = held.filed.manager or held.desk.probation
    yield Telling(
        case=held.filed.case,
        minutes=row,
        told_on=fact.on,
        told_by=by,
        how=held.text.told_how,
        words="\n".join(told_to_the_offender(lines)) or NOTHING_TO_TELL,
        response=held.text.response,
        recorded_by=by,
        recorded_at=signed_at(fact.recorded_on),
        fact_id=held.filed.ids[held.text.told],
    )


NOTHING_TO_TELL = "The meeting was held. Nothing that it decided changes what you have to do."


def _how(attendance: str, name: str) -> str:
    words = {ATTENDED: "attended", DEPUTY: f"{name} attended for them", "apologies": "apologies"}
    return words.get(attendance, "did not attend")


def _owner(held: Held, post: str) -> str:
    attendee: Attendee | None = held.desk.attendee(post, held.filed.case)
    return attendee.in_words if attendee else "The coordinator"


def _full(day: date) -> str:
    return f"{day_in_words(day)} {day.year}"
