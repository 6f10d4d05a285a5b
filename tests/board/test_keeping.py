"""Keeping a board: seats, meetings with attendance and decisions, the plan, and links; what is refused and why."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import Area, User
from openmappa.actions.models import Action
from openmappa.audit.models import Event
from openmappa.board.errors import AnotherArea, ChangedSince, NotKept
from openmappa.board.models.meetings import Attendance, BoardMeeting
from openmappa.board.models.plan import BusinessNote
from openmappa.board.models.seats import Member
from openmappa.board.queries.figures import on_time, standing_figures
from openmappa.board.queries.links import bodies_of
from openmappa.board.queries.meetings import attendance_by_agency, is_overdue, meetings_of
from openmappa.board.queries.rules import rules
from openmappa.board.queries.seats import board_of
from openmappa.board.queries.told import told_upwards
from openmappa.board.services.linking import Reported, add_body, note_answer, note_report
from openmappa.board.services.meeting import (
    call_board,
    call_off_board,
    close_board,
    note_attendance,
    note_decision,
    write_notes,
)
from openmappa.board.services.planning import (
    ActionSaid,
    NoteSaid,
    add_aim,
    add_business_action,
    agree_plan,
    begin_plan,
    note_progress,
)
from openmappa.board.services.seating import SeatSaid, change_seat, end_seat, give_seat
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from openmappa.core.board.plan import Standing, Step
from openmappa.core.board.seats import Came, SeatKind
from openmappa.core.board.years import year_of
from openmappa.core.inspection.proportions import Proportion
from tests.actions.build import an_action
from tests.board.build import a_board_meeting, a_seat, a_whole_board, an_attendance
from tests.house.test_queries_constant import queries_of
from tests.timeline.build import ago, day_boxes, make_area, make_case, make_person, make_unit, signed_in, today, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def area() -> Area:
    return make_area()


@pytest.fixture
def keeper(area: Area) -> User:
    return make_person(Role.MAPPA_COORDINATOR, area=area)


def police(area: Area, **more: Any) -> SeatSaid:
    said: dict[str, Any] = {
        "kind": SeatKind.RESPONSIBLE,
        "from_on": ago(400),
        "agency": make_unit(area, "police").agency,
        "name": "Chief Sample",
    }
    return SeatSaid(**(said | more))


def problems(refused: pytest.ExceptionInfo[NotKept]) -> set[str]:
    return set(refused.value.problems)


def test_seats_are_given_changed_and_ended_and_the_board_says_what_it_lacks(area: Area, keeper: User) -> None:
    with as_person(keeper):
        chair = give_seat(by=keeper, area=area, said=police(area, chairs=True))
        give_seat(by=keeper, area=area, said=SeatSaid(SeatKind.LAY, ago(100), name="Lay One"))
        board = board_of(area, today())
        assert list(board.lacks) == [
            "The probation service has no seat.",
            "The prison service has no seat.",
            "There should be 2 lay advisers; there is 1.",
        ]
        with pytest.raises(NotKept) as refused:
            give_seat(by=keeper, area=area, said=police(area, agency=None, name=" ", chairs=True))
        assert problems(refused) == {"agency", "name", "chairs"}
        changed = change_seat(by=keeper, member=chair, said=police(area, name="Chief Second", chairs=True), version=0)
        with pytest.raises(ChangedSince):
            change_seat(by=keeper, member=chair, said=police(area), version=0)
        with pytest.raises(NotKept):
            end_seat(by=keeper, member=changed, until_on=ago(401))
        end_seat(by=keeper, member=changed, until_on=ago(1))
        with pytest.raises(NotKept):
            end_seat(by=keeper, member=changed, until_on=today())
        board = board_of(area, today())
        assert ([one.who for one in board.members], [one.who for one in board.former]) == (
            ["Lay One"],
            ["Chief Second"],
        )
    assert Event.objects.filter(verb__contains="seat on the board").count() == 4


def test_somebody_of_another_area_or_without_the_permission_keeps_nothing(area: Area, keeper: User) -> None:
    stranger = make_person(Role.SMB_MEMBER, area=make_area("eastmarch", "B"))
    with pytest.raises(AnotherArea):
        give_seat(by=stranger, area=area, said=police(area))
    with pytest.raises(NotAllowed):
        call_board(by=make_person(Role.LINE_MANAGER), area=area, on=ago(3))
    assert (Member.objects.count(), BoardMeeting.objects.count()) == (0, 0)


def test_a_meeting_is_held_with_a_deputy_in_whose_place_and_closes_once_every_seat_is_accounted_for(
    area: Area, keeper: User
) -> None:
    with as_person(keeper):
        first = give_seat(by=keeper, area=area, said=police(area, deputy="Deputy Sample"))
        second = give_seat(by=keeper, area=area, said=SeatSaid(SeatKind.LAY, ago(100), name="Lay One"))
        late = give_seat(by=keeper, area=area, said=SeatSaid(SeatKind.LAY, today(), name="Lay Two"))
        meeting = call_board(by=keeper, area=area, on=ago(2), place="Hall")
        with pytest.raises(NotKept) as refused:
            call_board(by=keeper, area=area, on=ago(2))
        assert problems(refused) == {"on"}
        with pytest.raises(NotKept) as refused:
            note_attendance(by=keeper, meeting=meeting, came={first.pk: (Came.DEPUTY, " ")})
        assert problems(refused) == {f"deputy_{first.pk}"}
        note_attendance(
            by=keeper, meeting=meeting, came={first.pk: (Came.DEPUTY, "Deputy Sample"), late.pk: (Came.ATTENDED, "")}
        )
        with pytest.raises(NotKept, match="Lay One"):
            close_board(by=keeper, meeting=meeting)
        note_attendance(by=keeper, meeting=meeting, came={second.pk: (Came.APOLOGIES, "not kept")})
        write_notes(by=keeper, meeting=meeting, notes="Much was said.", version=0)
        with pytest.raises(ChangedSince):
            write_notes(by=keeper, meeting=meeting, notes="Other.", version=0)
        made = [
            note_decision(by=keeper, meeting=meeting, text=text, reasons="It is late.").number
            for text in ("One", "Two")
        ]
        close_board(by=keeper, meeting=meeting)
        with pytest.raises(NotKept, match="closed"):
            note_decision(by=keeper, meeting=meeting, text="Three", reasons="Late.")
        with pytest.raises(NotKept, match="closed"):
            call_off_board(by=keeper, meeting=meeting, reason="Snow")
    assert made == [1, 2]
    rows = {row.member_id: (row.came, row.deputy) for row in Attendance.objects.all()}
    assert rows == {first.pk: ("deputy", "Deputy Sample"), second.pk: ("apologies", "")}, "Lay Two had no seat yet"


def test_a_meeting_to_come_takes_no_attendance_and_can_be_called_off_with_a_reason(area: Area, keeper: User) -> None:
    with as_person(keeper):
        assert is_overdue(area, today())
        meeting = call_board(by=keeper, area=area, on=ago(-10))
        assert not is_overdue(area, today())
        with pytest.raises(NotKept, match="still to come"):
            note_decision(by=keeper, meeting=meeting, text="One", reasons="Why.")
        with pytest.raises(NotKept):
            call_off_board(by=keeper, meeting=meeting, reason=" ")
        call_off_board(by=keeper, meeting=meeting, reason="Snow")
        assert call_board(by=keeper, area=area, on=ago(-10)).is_open, "the day is free again"


def test_meetings_stand_the_latest_first_whenever_they_were_written_down(area: Area, keeper: User) -> None:
    for days in (50, 400, 10, 200):
        a_board_meeting(area, keeper, on=ago(days))
    with as_person(keeper):
        assert [row.on for row in meetings_of(area)] == [ago(days) for days in (10, 50, 200, 400)]


def test_attendance_by_agency_counts_a_deputy_as_there_and_leaves_out_another_year(area: Area, keeper: User) -> None:
    seat = a_seat(area, keeper)
    second = a_seat(area, keeper, name="Second", from_on=ago(700))
    lay = a_seat(area, keeper, name="Lay", kind="lay", agency=None)
    this = year_of(today())
    for number, how in enumerate(("attended", "deputy", "apologies", "absent")):
        meeting = a_board_meeting(area, keeper, on=this.since.replace(day=1 + number))
        deputy = "Somebody" if how == "deputy" else ""
        an_attendance(meeting, seat, keeper, came=how, deputy=deputy)
        an_attendance(meeting, second, keeper)
        an_attendance(meeting, lay, keeper, came="absent")
    before = a_board_meeting(area, keeper, on=this.before.since)
    an_attendance(before, seat, keeper)
    with as_person(keeper):
        found = {
            row.name: (row.there, row.deputy, row.apologies, row.absent) for row in attendance_by_agency(area, this)
        }
    assert found == {
        "Northshire Police": (Proportion(6, 8), 1, 1, 1),
        "Lay adviser": (Proportion(0, 4), 0, 0, 4),
    }


def test_a_plan_is_begun_agreed_measured_and_looked_at_again(area: Area, keeper: User) -> None:
    with as_person(keeper):
        plan = begin_plan(by=keeper, area=area, title="Plan", from_on=ago(100), until_on=ago(-265))
        with pytest.raises(NotKept) as refused:
            begin_plan(by=keeper, area=area, title="Other", from_on=ago(0), until_on=ago(-300))
        assert problems(refused) == {"from_on"}
        meeting = call_board(by=keeper, area=area, on=ago(90))
        agree_plan(by=keeper, plan=plan, meeting=meeting)
        aim = add_aim(by=keeper, plan=plan, text="Visits are made on time.")
        with pytest.raises(NotKept) as refused:
            add_business_action(by=keeper, aim=aim, said=ActionSaid(" ", ago(101), standard="nonsense"))
        assert problems(refused) == {"text", "owner_words", "due_on", "standard"}
        said = ActionSaid("Hold a course.", ago(20), owner_words="The trainer", standard="home-visit")
        action = add_business_action(by=keeper, aim=aim, said=said)
        assert action.stands_on(today()) is Standing.LATE
        with pytest.raises(NotKept) as refused:
            note_progress(by=keeper, action=action, said=NoteSaid(Step.DONE, today()))
        assert problems(refused) == {"words", "late_words"}
        moved = NoteSaid(Step.MOVED, ago(30), "No trainer.", moved_to=ago(5), meeting=meeting)
        note_progress(by=keeper, action=action, said=moved, version=0)
        with pytest.raises(ChangedSince):
            note_progress(by=keeper, action=action, said=moved, version=0)
        done = NoteSaid(Step.DONE, today(), "Twelve officers came.", late_words="The trainer was ill.")
        note_progress(by=keeper, action=action, said=done)
        action.refresh_from_db()
        assert (action.due_on, action.done_on, action.stands_on(today())) == (ago(5), today(), Standing.DONE_LATE)
        with pytest.raises(NotKept, match="done or dropped"):
            note_progress(by=keeper, action=action, said=NoteSaid(Step.ON_COURSE, today()))
        page = signed_in(keeper).get(reverse("board:plan")).content.decode()
    assert [note.step for note in BusinessNote.objects.all()] == ["moved", "done"]
    for words in ("Hold a course.", "Done late", "The trainer was ill.", "Unannounced police home visit"):
        assert words in page, words


def test_what_was_reported_and_what_came_back_is_kept_and_a_body_without_a_word_for_a_year_is_quiet(
    area: Area, keeper: User
) -> None:
    with as_person(keeper):
        body = add_body(by=keeper, area=area, kind="lcjb", name="Justice Board")
        with pytest.raises(NotKept) as refused:
            add_body(by=keeper, area=area, kind="club", name="justice board")
        assert problems(refused) == {"kind", "name"}
        assert [one.is_quiet for one in bodies_of(area, today())] == [True]
        report = note_report(by=keeper, body=body, said=Reported(ago(400), "The chair", "paper", "Numbers."))
        assert [one.is_quiet for one in bodies_of(area, today())] == [True]
        note_report(by=keeper, body=body, said=Reported(ago(300), "The chair", "paper", "More numbers."))
        assert [(one.is_quiet, one.waits) for one in bodies_of(area, today())] == [(False, 2)]
        with pytest.raises(NotKept) as refused:
            note_answer(by=keeper, exchange=report, on=ago(401), answer=" ")
        assert problems(refused) == {"on", "answer"}
        note_answer(by=keeper, exchange=report, on=ago(390), answer="Thank you.")
        with pytest.raises(NotKept):
            note_answer(by=keeper, exchange=report, on=ago(380), answer="Again.")
        assert bodies_of(area, today())[0].waits == 1


def late_action(by: User, told_days_ago: int, *, restricted: bool = False) -> Action:
    case = make_case()
    action = an_action(case, make_person(Role.POLICE_OFFICER), by=by, due_on=ago(30), agreed_on=ago(60))
    if restricted:
        walled = {"restricted": True, "restricted_contact": by, "restricted_reason": "A colleague's relative"}
        Case.objects.filter(pk=case.pk).update(**walled)
    Action.objects.filter(pk=action.pk).update(smb_told_at=timezone.now() - timedelta(days=told_days_ago))
    return action


def test_late_actions_told_upwards_stand_on_the_page_without_their_text_or_whose_case(area: Area, keeper: User) -> None:
    shown = late_action(keeper, 3)
    walled = late_action(keeper, 3, restricted=True)
    late_action(keeper, 40)
    member = make_person(Role.SMB_MEMBER, area=area, kind="partner")
    with as_person(member):
        told = told_upwards(area, ago(10), today())
    assert {row.reference for row in told} == {shown.reference, ""}
    assert {row.case_id for row in told} == {shown.case_id, walled.case_id}
    for user in (make_person(Role.LINE_MANAGER), make_person(Role.SMB_MEMBER, area=make_area("eastmarch", "B"))):
        with as_person(user):
            assert list(told_upwards(area, ago(10), today())) == []
    a_board_meeting(area, keeper, on=ago(20))
    meeting = a_board_meeting(area, keeper, on=today())
    page = signed_in(member).get(reverse("board:meeting", kwargs={"meeting": meeting.key})).content.decode()
    assert (shown.reference in page, "a restricted case" in page, walled.reference in page) == (True, True, False)
    assert ("Testcase" in page, "Sample Testcase" in page) == (False, False)
    looked = Event.objects.filter(by_id=member.pk, verb="read list").latest("pk")
    assert (sorted(looked.case_ids), looked.classes) == (sorted([shown.case_id, walled.case_id]), ["open"])


def test_standing_figures_are_the_live_ones_up_to_the_day_of_the_meeting(area: Area, keeper: User) -> None:
    officer = make_person(Role.POLICE_OFFICER, rank=Rank.SERGEANT)
    case = make_case(police_officer=officer)
    write(case, "registered", ago(200), by=officer)
    write(case, "rm2000_completed", ago(198), by=officer, band="high", rank="sergeant")
    late = make_case(police_officer=officer)
    write(late, "registered", ago(200), by=officer)
    with as_person(keeper):
        found = {row.standard: row.now for row in on_time([area], today(), 12, ["rm2000-start"], today())}
        before_they_were_due = on_time([area], ago(195), 12, ["rm2000-start"], today())[0]
        standing = standing_figures(area, today(), today())
    assert found == {"rm2000-start": Proportion(1, 2)}
    assert before_they_were_due.now == Proportion(0, 0)
    assert [row.standard for row in standing.on_time] == list(rules().standing.standards)
    assert [row.rule.id.value for row in standing.mappa] == list(rules().standing.figures)


def test_the_forms_write_what_they_say_and_keep_what_was_typed(area: Area, keeper: User) -> None:
    browser = signed_in(keeper)
    agency = make_unit(area, "police").agency
    seat = {"kind": "responsible", "agency": str(agency.pk), "name": "Chief Sample", "chairs": "on"}
    refused = browser.post(reverse("board:add_member"), {**seat, "name": "", **day_boxes("from_on", ago(100))})
    assert "Choose the person above, or write their name" in refused.content.decode()
    assert browser.post(reverse("board:add_member"), {**seat, **day_boxes("from_on", ago(100))}).status_code == 302
    called = browser.post(reverse("board:call"), {"place": "Hall", **day_boxes("on", ago(1))})
    meeting, member = BoardMeeting.objects.get(), Member.objects.get()
    assert called["Location"] == reverse("board:meeting", kwargs={"meeting": meeting.key}) + "?saved=called"
    came = {f"came_{member.pk}": "deputy", f"deputy_{member.pk}": ""}
    page = browser.post(reverse("board:note_attendance", kwargs={"meeting": meeting.key}), came).content.decode()
    assert "Write who came for Chief Sample" in page
    came[f"deputy_{member.pk}"] = "Deputy Sample"
    browser.post(reverse("board:note_attendance", kwargs={"meeting": meeting.key}), came)
    closed = browser.post(reverse("board:close", kwargs={"meeting": meeting.key}), follow=True).content.decode()
    assert ("The meeting is closed" in closed, "A deputy came: Deputy Sample" in closed) == (True, True)
    assert "Write down a decision" not in closed


def test_the_pages_ask_as_often_for_many_rows_as_for_one(area: Area, keeper: User) -> None:
    board = a_whole_board(area)
    browser = signed_in(keeper)
    pages = [reverse(f"board:{name}") for name in ("home", "members", "meetings", "attendance", "plan", "links")]
    pages += [reverse(f"board:{name}", kwargs=board.parts(name)) for name in ("meeting", "action")]
    one = {page: queries_of(lambda page=page: browser.get(page)) for page in pages}  # type: ignore[misc]
    for number in range(2, 12):
        member = a_seat(area, keeper, name=f"Member {number}")
        meeting = a_board_meeting(area, keeper, on=ago(20 * number))
        an_attendance(meeting, member, keeper)
        an_attendance(board.meeting, member, keeper)
        with as_person(keeper):
            note_decision(by=keeper, meeting=board.meeting, text=f"Decision {number}", reasons="Why.")
            aim = add_aim(by=keeper, plan=board.plan, text=f"Aim {number}")
            action = add_business_action(by=keeper, aim=aim, said=ActionSaid("Do it.", today(), owner_words="I"))
            note_progress(by=keeper, action=action, said=NoteSaid(Step.ON_COURSE, today(), meeting=board.meeting))
            note_progress(by=keeper, action=board.action, said=NoteSaid(Step.ON_COURSE, today()))
            body = add_body(by=keeper, area=area, kind="acpc", name=f"Committee {number}", sits_on_both=member)
            note_report(by=keeper, body=body, said=Reported(ago(5), "The chair", "paper", "Numbers."))
    assert {page: queries_of(lambda page=page: browser.get(page)) for page in pages} == one  # type: ignore[misc]
