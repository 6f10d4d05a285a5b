"""When a case may be sent to another area, taken on there, and given back; and whether responsibility was ever unclear.

A MAPPA case is sent after a meeting (9.8, PC 52/2004), at Level 3 with a chief officer of each side. Every function
gives the sentences of what stands in the way; nothing stands in it where it gives none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from openmappa.core.access import Rank
from openmappa.core.dates import add_working_days
from openmappa.core.packs.transfers_rules import TransferRules

NOT_ANSWERED = "Answer every question of the checklist. Where there is nothing to say, write why."


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    """A meeting on the case, of Level 2 or 3, held on a day; and whether the record shows the other area as invited."""

    on: date
    level: int
    invited: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for, as sending looks at it. ``level`` is the case's MAPPA level today; None where it has none."""

    level: int | None
    asked_on: date
    approved: bool
    """Whether a chief officer of the sending side has approved it."""


@dataclass(frozen=True, slots=True)
class Holders:
    """Which services hold a case: the police, probation, or both."""

    police: bool
    probation: bool


@dataclass(frozen=True, slots=True)
class Span:
    """Responsibility from one instant until another; ``until`` None: still."""

    begins: datetime
    until: datetime | None


def needs_meeting(rules: TransferRules, level: int | None) -> bool:
    """Whether a meeting is held before a case of this level is sent."""
    return level in rules.meeting.levels


def needs_chief_officer(rules: TransferRules, level: int | None) -> bool:
    """Whether a chief officer of each side approves the transfer of a case of this level."""
    return level in rules.chief_officer.levels


def may_approve(rules: TransferRules, rank: str) -> bool:
    """Whether somebody of this rank or grade counts as a chief officer."""
    return rank in rules.chief_officer.ranks


def ranks_in_words(rules: TransferRules) -> str:
    """The ranks that count, the lowest first, as a sentence names them."""
    named = [rank.label.lower() for rank in Rank if rank in rules.chief_officer.ranks]
    return ", ".join(named[:-1]) + f" or {named[-1]}" if len(named) > 1 else "".join(named)


def meetings_that_count(
    rules: TransferRules, request: Request, meetings: Iterable[HeldMeeting], today: date
) -> tuple[HeldMeeting, ...]:
    """The meetings held since the request and not too long ago, those with an invitation and the latest first."""
    earliest = max(request.asked_on, today - timedelta(days=rules.meeting.within_days))
    found = [each for each in meetings if earliest <= each.on <= today]
    return tuple(sorted(found, key=lambda each: (each.invited, each.on), reverse=True))


def sending_objections(
    rules: TransferRules, request: Request, meetings: Iterable[HeldMeeting], today: date, *, invited_how: str = ""
) -> tuple[str, ...]:
    """What stands in the way of sending a case to the other area.

    ``invited_how`` says how the receiving area was brought into the meeting, where the record does not show it.
    """
    against = []
    if needs_meeting(rules, request.level):
        counting = meetings_that_count(rules, request, meetings, today)
        if not counting:
            against.append(
                f"Hold a Level {request.level} meeting first. It has to be held after the transfer was asked for, "
                f"and not more than {rules.meeting.within_days} days before it is sent. The receiving area is invited."
            )
        elif not counting[0].invited and not invited_how.strip():
            against.append(
                "The record does not show that the receiving area was invited to the meeting. "
                "Say how it was invited and who came."
            )
    if needs_chief_officer(rules, request.level) and not request.approved:
        against.append(
            f"A chief officer of your area has to approve it first: at Level {request.level} that takes "
            f"{_a(ranks_in_words(rules))}."
        )
    return tuple(against)


def accepting_objections(
    rules: TransferRules, level: int | None, *, approved: bool, held_by: Holders, named: Holders
) -> tuple[str, ...]:
    """What stands in the way of taking a case on: no chief officer, or nobody named for a service that holds it now."""
    against = []
    if needs_chief_officer(rules, level) and not approved:
        against.append(
            f"A chief officer of your area has to approve it first: at Level {level} that takes "
            f"{_a(ranks_in_words(rules))}."
        )
    if held_by.police and not named.police:
        against.append("Name the police officer who is responsible from now on: the police are responsible today.")
    if held_by.probation and not named.probation:
        against.append("Name the case manager who is responsible from now on: probation is responsible today.")
    if not (named.police or named.probation):
        against.append("Name at least one person who is responsible from now on.")
    return tuple(dict.fromkeys(against))


def missing_answers(rules: TransferRules, answers: dict[str, str]) -> tuple[str, ...]:
    """The ids of the questions of the checklist that are not answered, in their order."""
    return tuple(each.id for each in rules.checklist if not answers.get(each.id, "").strip())


def answer_by(rules: TransferRules, sent_on: date) -> date:
    """The last day on which the receiving area answers in time."""
    return add_working_days(sent_on, rules.answer.working_days)


def remind_again(rules: TransferRules, due_on: date, reminded_on: date | None, today: date) -> bool:
    """Whether both coordinators are reminded today that the answer is late."""
    if today <= due_on:
        return False
    return reminded_on is None or today >= reminded_on + timedelta(days=rules.answer.remind_every_days)


def may_give_back(rules: TransferRules, handed_over_on: date, today: date) -> bool:
    """Whether a transfer accepted in error may still be given back, without a transfer of its own."""
    return today <= handed_over_on + timedelta(days=rules.give_back.within_days)


def faults_of(chain: Sequence[Span]) -> tuple[str, ...]:
    """Where responsibility was unclear: a gap, an overlap, an end without a successor. None where it never was."""
    if not chain:
        return ("Nobody is responsible.",)
    faults = []
    for earlier, later in pairwise(chain):
        if earlier.until is None or earlier.until > later.begins:
            faults.append(f"Two at once from {later.begins.isoformat()}.")
        elif earlier.until < later.begins:
            faults.append(f"Nobody from {earlier.until.isoformat()} until {later.begins.isoformat()}.")
    if chain[-1].until is not None:
        faults.append(f"Nobody since {chain[-1].until.isoformat()}.")
    return tuple(faults)


def _a(words: str) -> str:
    return f"{'an' if words[:1] in 'aeio' else 'a'} {words}"
