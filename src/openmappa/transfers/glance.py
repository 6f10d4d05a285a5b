"""One transfer as one person sees it: what stands in the way, and what they can do next."""

from dataclasses import dataclass

from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.core.access import Permission
from openmappa.core.mappa.transfers import may_approve, may_give_back, needs_chief_officer, needs_meeting
from openmappa.core.packs.transfers_rules import Question
from openmappa.transfers.models import Transfer
from openmappa.transfers.queries import brokers, meeting_it_rests_on, reads_case, rules, side_of
from openmappa.transfers.words import Side, State


@dataclass(frozen=True)
class Need:
    """Something that has to be there before the next step, and whether it is."""

    words: str
    met: bool


@dataclass(frozen=True)
class Glance:
    """What the page of a transfer shows this person."""

    may: frozenset[str]
    needs: tuple[Need, ...]
    reads_case: bool
    is_late: bool
    answers: tuple[tuple[Question, str], ...]
    ground: str


def glance(user: User, row: Transfer) -> Glance:
    """A transfer as this person sees it today. At most four queries."""
    today = timezone.localdate()
    ground = rules().ground(row.ground)
    return Glance(
        may=_may(user, row),
        needs=_needs(row) if row.is_open and not row.gives_back else (),
        reads_case=reads_case(user, row),
        is_late=row.is_late_on(today),
        answers=tuple((each, str(row.answers.get(each.id, ""))) for each in rules().checklist if row.answers),
        ground=ground.label if ground else row.ground,
    )


def _may(user: User, row: Transfer) -> frozenset[str]:
    """The steps that this person can take now; the services ask again."""
    sending, receiving = brokers(user, row.from_area_id), brokers(user, row.to_area_id)
    asks_back = row.gives_back and receiving
    can = {
        "send": row.state == State.ASKED and sending,
        "accept": row.state == State.SENT and receiving,
        "decline": row.state == State.SENT and receiving and not row.gives_back,
        "recall": (row.is_open and sending) or (row.state == State.ASKED and (row.asked_by_id == user.pk or asks_back)),
        "approve": _may_approve(user, row),
        "give_back": (sending or receiving) and _may_go_back(row),
    }
    return frozenset(step for step, holds in can.items() if holds)


def _may_approve(user: User, row: Transfer) -> bool:
    if row.gives_back or not (user.may(Permission.APPROVE_TRANSFER) and may_approve(rules(), user.rank)):
        return False
    side = side_of(user, row)
    early = side is Side.RECEIVING and row.state != State.SENT
    given = {approval.side for approval in row.approvals.all()}
    return (
        row.is_open and needs_chief_officer(rules(), row.level) and side is not None and not early and side not in given
    )


def _may_go_back(row: Transfer) -> bool:
    if row.state != State.ACCEPTED or row.gives_back or row.handed_over_at is None:
        return False
    return may_give_back(rules(), timezone.localdate(row.handed_over_at), timezone.localdate())


def _needs(row: Transfer) -> tuple[Need, ...]:
    needs = []
    if needs_meeting(rules(), row.level):
        held = row.meeting_on or meeting_it_rests_on(row, row.level, timezone.localdate())
        words = f"A Level {row.level} meeting held since it was asked for, with the receiving area invited"
        needs.append(Need(words, held is not None))
    if needs_chief_officer(rules(), row.level):
        given = {approval.side for approval in row.approvals.all()}
        needs += [Need(f"Approval by a chief officer of the {side.label.lower()}", side in given) for side in Side]
    return tuple(needs)
