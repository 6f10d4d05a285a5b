"""The job: reminders, telling upwards once each, owners who left, and facts that changed apart from the action."""

import threading
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, connections

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Cover, User
from openmappa.actions.models import Action, ActionStep
from openmappa.actions.queries.late import failing_agencies, late_actions_by_agency
from openmappa.actions.queries.of_case import open_actions_of_case
from openmappa.actions.queries.owned import listed
from openmappa.actions.services.doing import complete_action
from openmappa.actions.services.following import FollowedUp, follow_up
from openmappa.actions.services.handing_over import hand_over_action
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.notices.models import Notice
from openmappa.timeline.services import void_fact
from tests.actions.build import a_coordinator, a_partner, an_action, an_officer, in_days
from tests.timeline.build import ago, make_area, make_case, make_person, today, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    case = make_case()
    write(case, "registered", ago(100), by=an_officer())
    return case


def late(case: Case, owner: User | None, days: int, **more: object) -> Action:
    return an_action(case, owner, agreed_on=ago(60), due_on=ago(days), **more)


def told(kind: str) -> list[int]:
    return sorted(Notice.objects.filter(kind=kind).values_list("to", flat=True))


def test_the_owner_is_reminded_once_and_so_is_who_covers(case: Case) -> None:
    owner, covering = an_officer(), an_officer()
    Cover.objects.create(
        absent=owner, covering=covering, from_on=today(), until_on=today(), reason="Leave", arranged_by=owner
    )
    an_action(case, owner, due_on=in_days(2))
    an_action(case, owner, due_on=in_days(30))
    assert [follow_up().reminded for _ in range(2)] == [1, 0]
    reminders = Notice.objects.filter(words__startswith="Due in 2 days: action A1")
    assert sorted(reminders.values_list("to", flat=True)) == sorted([owner.pk, covering.pk])


def test_a_late_one_goes_to_the_manager_and_after_ten_days_to_the_agencys_board_member_once(case: Case) -> None:
    owner, manager = an_officer(), make_person(Role.LINE_MANAGER)
    board, other_board = make_person(Role.SMB_MEMBER), make_person(Role.SMB_MEMBER, kind="probation")
    late(case, owner, 1)
    assert [(done.managers, done.board) for done in (follow_up(), follow_up())] == [(1, 0), (0, 0)]
    assert told("action_late") == sorted([owner.pk, manager.pk])
    assert "yours to do" in Notice.objects.get(to=owner, kind="action_late").words
    assert "Ask what stands in the way" in Notice.objects.get(to=manager, kind="action_late").words
    late(case, owner, 10)
    assert [(done.managers, done.board) for done in (follow_up(), follow_up())] == [(1, 1), (0, 0)]
    notice = Notice.objects.get(to=board)
    assert (notice.link, "Testcase" in notice.words, "flat" in notice.words) == ("", False, False)
    assert Notice.objects.filter(to=other_board).count() == 0


def test_without_a_board_member_of_the_agency_it_is_the_areas(case: Case) -> None:
    board = make_person(Role.SMB_MEMBER, kind="probation")
    late(case, a_partner(), 12)
    follow_up()
    assert Notice.objects.filter(to=board).count() == 1


def test_where_there_is_nobody_at_all_the_command_says_so(case: Case) -> None:
    coordinator = a_coordinator()
    late(case, None, 12, by=coordinator)
    User.objects.filter(pk=coordinator.pk).update(is_active=False)
    out, err = StringIO(), StringIO()
    call_command("follow_up_actions", stdout=out, stderr=err)
    assert "Reminded owners of 0" in out.getvalue()
    assert "2 times there was nobody to tell" in err.getvalue()


def test_an_officers_action_goes_to_their_manager_when_they_leave(case: Case) -> None:
    owner, manager = an_officer(), make_person(Role.LINE_MANAGER)
    action = an_action(case, owner, due_on=in_days(20))
    User.objects.filter(pk=owner.pk).update(is_active=False)
    assert [follow_up().owners_left for _ in range(2)] == [1, 0]
    action.refresh_from_db()
    assert (action.owner_left, action.stand_in, action.is_open) == (True, manager, True)
    coordinator = User.objects.get(pk=action.agreed_by_id)
    with as_person(coordinator):
        assert [row.pk for row in listed(coordinator, "area", "left", 1).rows] == [action.pk]
    assert Notice.objects.filter(to=coordinator, words__contains="has left").count() == 1
    colleague = an_officer()
    with as_person(manager):
        handed = hand_over_action(
            by=manager, action=action, agency=colleague.agency, person=colleague, words="He has left"
        )
    assert handed.is_offered


def test_a_partners_action_goes_to_the_members_of_their_agency_when_they_leave(case: Case) -> None:
    owner, colleague = a_partner(), a_partner()
    action = an_action(case, owner, due_on=in_days(20))
    with as_person(colleague):
        assert Action.objects.count() == 0
    User.objects.filter(pk=owner.pk).update(is_active=False)
    follow_up()
    with as_person(colleague):
        assert Action.objects.get().whose == f"{owner.full_name}, who has left"
        complete_action(by=colleague, action=action, on=today(), evidence="Done")


def test_a_completion_recorded_by_hand_and_one_voided_as_a_mistake_are_brought_in_step(case: Case) -> None:
    action = an_action(case, an_officer())
    fact = write(case, "action_completed", ago(1), action="A1")
    assert open_actions_of_case(case) == [], "at once, where it counts"
    assert follow_up().in_step == 1
    action.refresh_from_db()
    assert (action.state, action.completed_on, action.done_fact) == ("completed", ago(1), fact)
    manager = make_person(Role.LINE_MANAGER)
    with as_person(manager):
        void_fact(by=manager, fact=fact, reason="Another case")
    assert [follow_up().in_step for _ in range(2)] == [1, 0]
    action.refresh_from_db()
    assert (action.state, ActionStep.objects.filter(action=action).last().kind) == ("accepted", "reopened")
    with as_person(manager):
        void_fact(by=manager, fact=action.fact, reason="Never agreed")
    follow_up()
    action.refresh_from_db()
    assert (action.mistaken, action.is_open) == (True, False)


def test_agencies_are_counted_without_a_case_and_one_that_fails_again_is_shown(case: Case) -> None:
    board, owner = make_person(Role.SMB_MEMBER), a_partner()
    for days in (5, 30, 50):
        late(case, owner, days)
    on_time, done_late = late(case, an_officer(), 3), late(case, an_officer(), 8)
    for action, on in ((on_time, ago(4)), (done_late, ago(2))):
        by = User.objects.get(pk=action.owner_id)
        with as_person(by):
            complete_action(by=by, action=action, on=on, evidence="x")
    an_action(case, owner, due_on=in_days(3))
    with as_person(board):
        assert Action.objects.count() == 0
        rows = late_actions_by_agency(case.area, ago(90), today())
        found = [(row.name, row.due, row.on_time, row.done_late, row.still_open, row.late) for row in rows]
        failing = [row.name for row in failing_agencies(case.area, today())]
    partner, police = owner.agency.name, "Northshire Police"
    assert found == [(partner, 3, 0, 0, 3, 3), (police, 2, 1, 1, 0, 1)]
    assert failing == [partner]
    for nobody in (a_partner(), make_person(Role.SMB_MEMBER, area=make_area("eastmarch", "B"))):
        with as_person(nobody):
            assert late_actions_by_agency(case.area, ago(90), today()) == []


@pytest.mark.django_db(transaction=True)
def test_two_jobs_at_once_tell_nobody_twice() -> None:
    case = make_case()
    write(case, "registered", ago(100), by=an_officer())
    manager, owner = make_person(Role.LINE_MANAGER), an_officer()
    for _ in range(4):
        late(case, owner, 2)
    found: list[FollowedUp] = []

    def run() -> None:
        try:
            found.append(follow_up())
        finally:
            connections.close_all()

    jobs = [threading.Thread(target=run) for _ in range(2)]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    assert sum(done.managers for done in found) == 4
    assert Notice.objects.filter(to=manager, kind="action_late").count() == 4
    assert connection.vendor == "postgresql"
