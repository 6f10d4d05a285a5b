"""What was said and decided in generated meetings, line by line, as somebody took it down while they ran."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from openmappa.caseload.services.content.mappa.sittings import Held
from openmappa.core.synthetic.content.mappa.held import DecisionText, DisclosureText, EntryText
from openmappa.minutes.models.running import Chairing, Entry, Running

AT_ONCE = 1000
DECISIONS, DISCLOSURE = "risk-management-plan", "disclosure"
"""The items of the agenda under which decisions and disclosures are taken down."""
BETWEEN = timedelta(seconds=50)


def write_running(held: Sequence[Held]) -> dict[uuid.UUID, list[Entry]]:
    """Write the lines of meetings that are open; returns them by the key of the meeting, in their order."""
    runs, chairs = [], []
    entries: dict[uuid.UUID, list[Entry]] = {}
    for each in held:
        lines = list(_entries(each))
        entries[each.meeting.key] = lines
        runs.append(_running(each, len(lines)))
        chairs.append(_chairing(each))
    Running.objects.bulk_create(runs, AT_ONCE)
    Chairing.objects.bulk_create(chairs, AT_ONCE)
    Entry.objects.bulk_create((entry for lines in entries.values() for entry in lines), AT_ONCE)
    return entries


def _running(held: Held, lines: int) -> Running:
    text = held.text
    return Running(
        meeting=held.meeting,
        case=held.filed.case,
        version=lines,
        level=text.level,
        category=text.category,
        level_reasons=text.level_reasons,
        review_on=text.review_on,
        review_reason=text.review_reason,
        changed_by=held.sitting.minute_taker,
        changed_at=held.ended_at,
    )


def _chairing(held: Held) -> Chairing:
    return Chairing(
        meeting=held.meeting,
        case=held.filed.case,
        person=held.sitting.chair,
        from_at=held.meeting.starts_at,
        noted_by=held.sitting.minute_taker,
        noted_at=held.meeting.starts_at,
    )


def _entries(held: Held) -> Iterator[Entry]:
    before = ("last-actions", "information", "likelihood-and-harm", "victims", "children", "accommodation")
    said = held.text.entries
    number = 0
    for text in (each for each in said if each.item in before):
        number += 1
        yield _said(held, text, number)
    number += 1
    yield _disclosed(held, held.text.disclosure, number)
    for text in (each for each in said if each.item not in before):
        number += 1
        yield _said(held, text, number)
    for decision in held.text.decisions:
        number += 1
        yield _decided(held, decision, number)


def _said(held: Held, text: EntryText, number: int) -> Entry:
    row = _entry(held, number, kind="said", item=text.item, who=_who(held, text.post), text=text.text)
    row.compartment = text.compartment
    return row


def _decided(held: Held, decision: DecisionText, number: int) -> Entry:
    against = f"{_who(held, decision.dissent_post)}: {decision.dissent}" if decision.dissent else ""
    row = _entry(held, number, kind="decision", item=DECISIONS, who="", text=decision.text)
    row.reasons, row.dissent, row.plain_words = decision.reasons, against, decision.plain
    return row


def _disclosed(held: Held, disclosure: DisclosureText, number: int) -> Entry:
    row = _entry(
        held, number, kind="disclosure", item=DISCLOSURE, who=_who(held, disclosure.post), text=disclosure.what
    )
    row.reasons, row.disclosed = disclosure.reasons, "yes" if disclosure.made else "no"
    row.to_whom, row.by_on = disclosure.to_whom, disclosure.by_on
    return row


def _entry(held: Held, number: int, *, kind: str, item: str, who: str, text: str) -> Entry:
    at = _said_at(held, number)
    taker = held.sitting.minute_taker
    return Entry(
        key=uuid.uuid4(),
        meeting=held.meeting,
        case=held.filed.case,
        item=item,
        kind=kind,
        who=who,
        text=text,
        sequence=number,
        revision=1,
        written_by=taker,
        written_at=at,
        changed_by=taker,
        changed_at=at,
    )


def _said_at(held: Held, number: int) -> datetime:
    return held.meeting.starts_at + BETWEEN * number


def _who(held: Held, post: str) -> str:
    attendee = held.desk.attendee(post, held.filed.case) if post else None
    return attendee.in_words[:150] if attendee else ""
