"""The minutes as they are drafted from a meeting at once: one line after another, each in its part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openmappa.core.compartments import Compartment

ABOUT, THERE, ACTIONS, LEVEL, REVIEW = (
    "The meeting",
    "Who was there",
    "Actions agreed",
    "MAPPA level",
    "Next review",
)
OPEN, CONFIDENTIAL = Compartment.OPEN.value, Compartment.CONFIDENTIAL.value


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One line of the minutes. ``kind`` is facts, said, decision, disclosure or action."""

    kind: str
    compartment: str
    heading: str
    label: str
    text: str
    plain_words: str = ""


@dataclass(frozen=True, slots=True)
class Presence:
    """One invitee: how they are named, and what was written down of them, as words. ``was_there`` also for a deputy."""

    agency: str
    who: str
    how: str
    was_there: bool
    in_writing: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One line written down while the meeting ran. ``item`` is the heading of its place on the agenda."""

    kind: str
    compartment: str
    item: str
    who: str
    text: str
    reasons: str = ""
    dissent: str = ""
    plain_words: str = ""
    disclosed: str = ""
    to_whom: str = ""
    by_on: str = ""


@dataclass(frozen=True, slots=True)
class Agreed:
    """One action: its number, what, who does it, and by when, as words."""

    number: str
    what: str
    who: str
    due_on: str


@dataclass(frozen=True, slots=True)
class Held:
    """A whole meeting, everything in words but the order. ``chairs`` are who chaired, from when."""

    offender: str
    when: str
    where: str
    why: str
    chairs: Sequence[tuple[str, str]]
    presences: Sequence[Presence]
    spoken: Sequence[Spoken]
    agreed: Sequence[Agreed]
    level: str
    level_reasons: str
    review: str
    review_reason: str


def draft(held: Held) -> list[DraftLine]:
    """Every line of the minutes, in their order. What was written down for one part stays in that part.

    Why the agencies met, and what they sent in writing, was written without thought of who gets a copy: both stand in
    the confidential part.
    """
    return [
        *_about(held),
        *_presences(held.presences),
        *[_spoken(one) for one in held.spoken if one.text.strip() or one.reasons.strip()],
        *[
            DraftLine("action", OPEN, ACTIONS, f"Action {one.number}", f"{one.what}\n{one.who}, by {one.due_on}")
            for one in held.agreed
        ],
        DraftLine("facts", OPEN, LEVEL, held.level, held.level_reasons),
        DraftLine("facts", OPEN, REVIEW, "", _with(held.review, held.review_reason)),
    ]


def _about(held: Held) -> Iterator[DraftLine]:
    yield DraftLine("facts", OPEN, ABOUT, "About", held.offender)
    yield DraftLine("facts", OPEN, ABOUT, "When", held.when)
    yield DraftLine("facts", OPEN, ABOUT, "Where", held.where)
    yield DraftLine("facts", CONFIDENTIAL, ABOUT, "Why the agencies met", held.why)
    chairs = held.chairs
    words = chairs[0][0] if len(chairs) == 1 else "\n".join(f"{name}, from {since}" for name, since in chairs)
    yield DraftLine("facts", OPEN, ABOUT, "Chair", words)


def _presences(presences: Sequence[Presence]) -> Iterator[DraftLine]:
    for label, wanted in (("Present", True), ("Not present", False)):
        rows = [f"{one.agency}: {one.who}, {one.how}" for one in presences if one.was_there is wanted]
        if rows:
            yield DraftLine("facts", OPEN, THERE, label, "\n".join(rows))
    for one in presences:
        if one.in_writing.strip():
            yield DraftLine("facts", CONFIDENTIAL, THERE, f"Sent in writing by {one.agency}", one.in_writing)


def _spoken(one: Spoken) -> DraftLine:
    plain = one.plain_words if one.compartment == OPEN else ""
    if one.kind == "decision":
        text = _with(one.text, f"Reasons: {one.reasons}", f"Dissent: {one.dissent}" if one.dissent.strip() else "")
        return DraftLine("decision", one.compartment, one.item, "Decision", text, plain)
    if one.kind == "disclosure":
        made = one.disclosed == "yes"
        label = f"Disclosure to {one.to_whom or 'nobody named'}" if made else "No disclosure"
        considered = f"Considered: {one.to_whom}" if one.to_whom.strip() and not made else ""
        who = f"By {one.who}, by {one.by_on}" if made else ""
        why = f"Reasons: {one.reasons}" if one.reasons.strip() else ""
        return DraftLine("disclosure", one.compartment, one.item, label, _with(considered, one.text, who, why))
    return DraftLine("said", one.compartment, one.item, one.who, one.text)


def _with(*parts: str) -> str:
    return "\n".join(part for part in parts if part.strip())
