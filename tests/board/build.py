"""Made-up boards: rows as they stand in the tables, whatever a service would say of them."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from openmappa.accounts.models import Area, User
from openmappa.board.models.links import Exchange, OtherBody
from openmappa.board.models.meetings import Attendance, BoardMeeting, Decision
from openmappa.board.models.plan import Aim, BusinessAction, BusinessNote, BusinessPlan
from openmappa.board.models.seats import Member
from openmappa.core.access import Role
from tests.timeline.build import ago, make_area, make_person, make_unit


def a_seat(area: Area, by: User, **changed: Any) -> Member:
    plain: dict[str, Any] = {
        "area": area,
        "kind": "responsible",
        "agency": make_unit(area, "police").agency,
        "name": "Chief Sample",
        "from_on": ago(700),
        "added_by": by,
        "added_at": timezone.now(),
    }
    return Member.objects.create(**(plain | changed))


def a_board_meeting(area: Area, by: User, **changed: Any) -> BoardMeeting:
    plain: dict[str, Any] = {"area": area, "on": ago(10), "called_by": by, "called_at": timezone.now()}
    return BoardMeeting.objects.create(**(plain | changed))


def an_attendance(meeting: BoardMeeting, member: Member, by: User, **changed: Any) -> Attendance:
    plain: dict[str, Any] = {
        "meeting": meeting,
        "member": member,
        "came": "attended",
        "noted_by": by,
        "noted_at": timezone.now(),
    }
    return Attendance.objects.create(**(plain | changed))


def a_decision(meeting: BoardMeeting, by: User, **changed: Any) -> Decision:
    plain: dict[str, Any] = {
        "meeting": meeting,
        "number": 1,
        "text": "Every area has a housing lead.",
        "reasons": "Places are found too late.",
        "noted_by": by,
        "noted_at": timezone.now(),
    }
    return Decision.objects.create(**(plain | changed))


def a_plan(area: Area, by: User, **changed: Any) -> BusinessPlan:
    plain: dict[str, Any] = {
        "area": area,
        "title": "Business plan",
        "from_on": ago(100),
        "until_on": ago(-265),
        "made_by": by,
        "made_at": timezone.now(),
    }
    return BusinessPlan.objects.create(**(plain | changed))


def an_aim(plan: BusinessPlan, by: User, **changed: Any) -> Aim:
    plain: dict[str, Any] = {
        "plan": plan,
        "number": 1,
        "text": "Every visit is made on time.",
        "added_by": by,
        "added_at": timezone.now(),
    }
    return Aim.objects.create(**(plain | changed))


def a_business_action(aim: Aim, by: User, **changed: Any) -> BusinessAction:
    plain: dict[str, Any] = {
        "aim": aim,
        "number": 1,
        "text": "Hold a course.",
        "owner_words": "The training officer",
        "first_due_on": ago(-20),
        "due_on": ago(-20),
        "added_by": by,
        "added_at": timezone.now(),
    }
    return BusinessAction.objects.create(**(plain | changed))


def a_business_note(action: BusinessAction, by: User, **changed: Any) -> BusinessNote:
    plain: dict[str, Any] = {
        "action": action,
        "step": "on_course",
        "on": ago(5),
        "noted_by": by,
        "noted_at": timezone.now(),
    }
    return BusinessNote.objects.create(**(plain | changed))


def another_body(area: Area, by: User, **changed: Any) -> OtherBody:
    plain: dict[str, Any] = {
        "area": area,
        "kind": "lcjb",
        "name": "Criminal Justice Board",
        "added_by": by,
        "added_at": timezone.now(),
    }
    return OtherBody.objects.create(**(plain | changed))


def an_exchange(body: OtherBody, by: User, **changed: Any) -> Exchange:
    plain: dict[str, Any] = {
        "body": body,
        "reported_on": ago(30),
        "reported_by_whom": "The chair",
        "way": "paper",
        "what": "How many cases there are at Level 3.",
        "noted_by": by,
        "noted_at": timezone.now(),
    }
    return Exchange.objects.create(**(plain | changed))


@dataclass(frozen=True)
class WholeBoard:
    """One row of everything, in one area."""

    area: Area
    by: User
    member: Member
    meeting: BoardMeeting
    plan: BusinessPlan
    aim: Aim
    action: BusinessAction
    body: OtherBody
    exchange: Exchange

    def parts(self, name: str) -> dict[str, object]:
        """What the address of a page of one row holds."""
        of = {
            "member": ("change_member", "end_member"),
            "meeting": ("meeting", "note_attendance", "notes", "decide", "close", "call_off"),
            "plan": ("plan_of", "agree_plan", "add_aim"),
            "aim": ("add_action",),
            "action": ("action", "progress"),
            "body": ("note_report",),
            "exchange": ("answer",),
        }
        row = next(row for row, names in of.items() if name in names)
        return {row: getattr(self, row).key}


def a_whole_board(area: Area | None = None) -> WholeBoard:
    area = area or make_area()
    by = make_person(Role.MAPPA_COORDINATOR, area=area)
    meeting, plan = a_board_meeting(area, by), a_plan(area, by)
    member = a_seat(area, by)
    an_attendance(meeting, member, by)
    a_decision(meeting, by)
    aim = an_aim(plan, by)
    action = a_business_action(aim, by)
    a_business_note(action, by)
    body = another_body(area, by)
    return WholeBoard(area, by, member, meeting, plan, aim, action, body, an_exchange(body, by))
