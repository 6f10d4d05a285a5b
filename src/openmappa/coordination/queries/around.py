"""What the apps know of a case under MAPPA beside its facts: each part by its app’s query, as far as one may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.actions.queries.of_case import ActionLine, actions_of_case
from openmappa.cases.models import Case
from openmappa.core.compartments import FieldClass, reads
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.models.sitting import Meeting
from openmappa.meetings.queries.sittings import next_meeting
from openmappa.meetings.words import Attendance, InviteeKind
from openmappa.minutes.models.minutes import Minutes
from openmappa.minutes.queries.minutes import minutes_of_case
from openmappa.movements.queries.moves import Move, moves_of_case
from openmappa.movements.queries.releases import Release, releases_of_case
from openmappa.referrals.models.other_meetings import OtherMeeting
from openmappa.referrals.models.referral import Referral
from openmappa.referrals.queries.levels import LevelLine, level_history
from openmappa.timeline.queries.frame import CaseFrame
from openmappa.transfers.models import Transfer
from openmappa.transfers.queries import open_transfer_of

THERE = {Attendance.ATTENDED.value, Attendance.DEPUTY.value}


@dataclass(frozen=True)
class Around:
    """All of it. ``there`` and ``missing`` name, by the meeting's fact, the agencies that came and that did not."""

    level: LevelLine | None
    next: Meeting | None
    there: Mapping[int, Sequence[str]]
    missing: Mapping[int, Sequence[str]]
    actions: Sequence[ActionLine]
    referrals: Sequence[Referral]
    other_meetings: Sequence[OtherMeeting]
    transfer: Transfer | None
    releases: Sequence[Release]
    moves: Sequence[Move]
    minutes: Mapping[int, Minutes]
    """By the meeting's fact, the latest minutes of it, for whoever may read them."""


def around(frame: CaseFrame) -> Around:
    """What stands around the case's facts. About fifteen queries, however much there is."""
    case = frame.case
    there, missing = _attendance(case, frame.user)
    history = level_history(case)
    return Around(
        level=next((line for line in history if not line.is_voided), None),
        next=next_meeting(case, timezone.now()),
        there=there,
        missing=missing,
        actions=actions_of_case(case),
        referrals=list(Referral.objects.sent().filter(case=case).select_related("agency").order_by("-sent_at", "-pk")),
        other_meetings=list(OtherMeeting.objects.filter(case=case).order_by("-held_on", "-pk")),
        transfer=open_transfer_of(case),
        releases=[one for one in releases_of_case(case) if one.is_open],
        moves=[one for one in moves_of_case(case, registered=frame.standing.registered) if _matters(one)],
        minutes=_minutes(case, frame.user),
    )


def _minutes(case: Case, reader: User) -> dict[int, Minutes]:
    rows = [one.minutes for one in minutes_of_case(case, reader) if one.is_latest]
    return {row.meeting.fact_id: row for row in rows if row.meeting.fact_id is not None}


def _matters(move: Move) -> bool:
    return move.move.is_standing and move.move.returned_on is None


def _attendance(case: Case, reader: User) -> tuple[Mapping[int, Sequence[str]], Mapping[int, Sequence[str]]]:
    """Who came to each closed meeting and who did not, by agency. That a victim is heard only some may know."""
    rows = Invitee.objects.filter(case=case, meeting__fact__isnull=False, withdrawn_at__isnull=True)
    if not reads(reader.role, FieldClass.VICTIM):
        rows = rows.exclude(kind=InviteeKind.VICTIM_CONTACT)
    there: dict[int, dict[str, None]] = {}
    missing: dict[int, dict[str, None]] = {}
    noted = (
        rows.exclude(attendance="").order_by("agency__name").values_list("meeting__fact", "agency__name", "attendance")
    )
    for fact, agency, attendance in noted:
        (there if attendance in THERE else missing).setdefault(fact, {})[agency] = None
    without = {fact: [name for name in names if name not in there.get(fact, {})] for fact, names in missing.items()}
    return {fact: list(names) for fact, names in there.items()}, without
