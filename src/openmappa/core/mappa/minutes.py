"""What a meeting has to have before it ends, when it is reviewed, and which lines of its minutes go into which copy.

Sources: 4.12 (who was there, with rank), 7.8 and 7.9 (actions of the meeting before accounted for, notes that capture
actions), Table 6 (how often cases were reviewed; whether the offender was told). How often a case is reviewed at most
comes from the pack of standards (``mappa-review-interval``).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from openmappa.core.compartments import Compartment
from openmappa.core.dates import add_months

IN_COPIES: tuple[Compartment, ...] = (Compartment.OPEN, Compartment.CONFIDENTIAL, Compartment.VICTIM)
"""The parts of minutes, in their order. Intelligence is never minuted."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that a meeting still lacks: the place on its page, and what is missing with what to do."""

    place: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Attended:
    """One invitee as written down: whether anything is, whether they or a deputy were there, with a rank or grade."""

    name: str
    noted: bool
    was_there: bool = False
    has_rank: bool = False


@dataclass(frozen=True, slots=True)
class Considered:
    """One disclosure that was considered. ``disclosed`` is None where nothing was decided yet."""

    disclosed: bool | None
    what: str = ""
    to_whom: str = ""
    by_whom: str = ""
    by_on: date | None = None
    reasons: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision: its words, and its reasons."""

    words: str
    reasons: str


@dataclass(frozen=True, slots=True)
class Closing:
    """A meeting as it stands when somebody wants to close it. ``level`` is the level decided on; None: not decided.

    ``unaccounted`` are the actions of the meeting before that nobody has accounted for, by number.
    """

    chair: str
    attended: Sequence[Attended]
    considered: Sequence[Considered]
    decided: Sequence[Decided]
    unaccounted: Sequence[str]
    level: int | None
    level_reasons: str
    held_on: date
    review_on: date | None
    review_reason: str
    months: Mapping[int, int] = field(default_factory=dict)


def gaps(meeting: Closing) -> list[Gap]:
    """Everything that the meeting still lacks, in the order of its page; empty when it can be closed."""
    return [
        *([] if meeting.chair else [Gap("chair", "Say who chaired the meeting.")]),
        *_attendance(meeting.attended),
        *_actions(meeting.unaccounted),
        *_decisions(meeting.decided),
        *_disclosure(meeting.considered),
        *_level(meeting),
        *_review(meeting),
    ]


def latest_review(level: int, held_on: date, months: Mapping[int, int]) -> date | None:
    """The last day on which the review may be, by level; None where the pack has no frequency, as for Level 1."""
    return add_months(held_on, months[level]) if level in months else None


def is_later_than_allowed(level: int | None, held_on: date, review_on: date | None, months: Mapping[int, int]) -> bool:
    """Whether the review is later than the pack's frequency allows, which needs a reason and is escalated."""
    limit = latest_review(level or 0, held_on, months)
    return limit is not None and review_on is not None and review_on > limit


def parts_of_copy(opened: Collection[Compartment]) -> tuple[Compartment, ...]:
    """The parts of the minutes that a recipient's copy holds, by what is open to them on the case.

    Everybody who gets a copy gets the open part; a member of a partner agency opens nothing of the record, and gets no
    more than that.
    """
    return tuple(each for each in IN_COPIES if each is Compartment.OPEN or each in opened)


class Placed(Protocol):
    """A line of minutes: all that counts here is the part it stands in, and what the offender may be told of it."""

    @property
    def compartment(self) -> str: ...

    @property
    def plain_words(self) -> str: ...


Line = TypeVar("Line", bound=Placed)


def lines_for(parts: Collection[str], lines: Iterable[Line]) -> list[Line]:
    """The lines that stand in these parts, and no other."""
    wanted = {str(part) for part in parts}
    return [line for line in lines if line.compartment in wanted]


def told_to_the_offender(lines: Iterable[Placed]) -> list[str]:
    """What the offender may be told: the plain words of open decisions that were marked, and nothing else."""
    return [line.plain_words for line in lines if line.plain_words and line.compartment == Compartment.OPEN]


def _attendance(attended: Sequence[Attended]) -> Iterator[Gap]:
    if not attended:
        yield Gap("attendance", "Nobody was invited. Add who was there to the meeting’s invitations.")
    missing = [one.name for one in attended if not one.noted]
    if missing:
        yield Gap("attendance", f"Write down whether these attended: {_listed(missing)}.")
    nameless = [one.name for one in attended if one.was_there and not one.has_rank]
    if nameless:
        yield Gap("attendance", f"Add the rank or grade of these: {_listed(nameless)}.")
    if attended and not missing and not any(one.was_there for one in attended):
        yield Gap("attendance", "Nobody attended, by what is written down. A meeting that was not held is taken off.")


def _actions(unaccounted: Sequence[str]) -> Iterator[Gap]:
    if unaccounted:
        these = "this action" if len(unaccounted) == 1 else "these actions"
        yield Gap(
            "actions",
            f"Account for {these} of the last meeting: {_listed(unaccounted)}. Each is done, "
            "carried over, or withdrawn.",
        )


def _decisions(decided: Sequence[Decided]) -> Iterator[Gap]:
    for number, one in enumerate(decided, start=1):
        if not one.words.strip():
            yield Gap("decisions", f"Decision {number} has no words. Write what was decided, or remove it.")
        elif not one.reasons.strip():
            yield Gap("decisions", f"Give the reasons for the decision “{_cut(one.words)}”.")


def _disclosure(considered: Sequence[Considered]) -> Iterator[Gap]:
    if not considered:
        yield Gap(
            "disclosure", "Write down that disclosure was considered: to whom, or why nothing is disclosed to anybody."
        )
    for number, one in enumerate(considered, start=1):
        missing = _missing_in(one)
        if missing:
            yield Gap("disclosure", f"Disclosure {number}: add {_listed(missing)}.")


def _missing_in(one: Considered) -> list[str]:
    if one.disclosed is None:
        return ["whether it is made"]
    if not one.disclosed:
        return [] if one.reasons.strip() else ["why not"]
    asked = [
        ("to whom", one.to_whom.strip()),
        ("what is disclosed", one.what.strip()),
        ("who does it", one.by_whom.strip()),
        ("by when", one.by_on),
    ]
    return [name for name, said in asked if not said]


def _level(meeting: Closing) -> Iterator[Gap]:
    if meeting.level is None:
        yield Gap("level", "Decide the MAPPA level: whether it stays or changes.")
    elif not meeting.level_reasons.strip():
        yield Gap("level", "Give the reasons for the level, also where it stays.")


def _review(meeting: Closing) -> Iterator[Gap]:
    if meeting.review_on is None:
        if meeting.level in meeting.months:
            yield Gap("review", "Set the date of the next review before the meeting ends.")
        elif meeting.level is not None and not meeting.review_reason.strip():
            yield Gap("review", "Set the date of the next review, or say why there is none.")
        return
    if meeting.review_on <= meeting.held_on:
        yield Gap("review", "The next review must be after this meeting. Set a later day.")
    late = is_later_than_allowed(meeting.level, meeting.held_on, meeting.review_on, meeting.months)
    if late and not meeting.review_reason.strip():
        most = meeting.months[meeting.level or 0]
        yield Gap(
            "review",
            f"The review is later than {most} {'month' if most == 1 else 'months'} after the meeting, which Level "
            f"{meeting.level} allows. Set an earlier day, or give the reason: the coordinator and line managers read "
            "it.",
        )


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _cut(words: str, most: int = 60) -> str:
    said = " ".join(words.split())
    return said if len(said) <= most else said[: most - 1].rstrip() + "…"
