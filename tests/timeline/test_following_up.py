"""What is overdue goes to line managers, once; and whoever takes a case over is told of what waits on it."""

import threading
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, connections

from openmappa.accounts.models import Cover, User
from openmappa.audit.models import Event
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from openmappa.core.dates import add_working_days
from openmappa.notices.models import Notice
from openmappa.timeline.models import Acknowledgement, ChangeNotice
from openmappa.timeline.queries.changes import overdue_acknowledgements, waiting_for
from openmappa.timeline.services import acknowledge_change
from openmappa.timeline.telling import FollowedUp, follow_up
from tests.timeline.build import ago, give, make_area, make_case, make_person, make_unit, today
from tests.timeline.changed import told_long_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return make_person(Role.POLICE_OFFICER, rank=Rank.CONSTABLE)


@pytest.fixture
def case(officer: User) -> Case:
    return make_case(police_officer=officer, case_manager=make_person(Role.CASE_MANAGER))


def away(person: User, covering: User, by: User) -> None:
    days = {"from_on": today(), "until_on": today()}
    Cover.objects.create(absent=person, covering=covering, reason="Leave", arranged_by=by, **days)


def told_upwards() -> list[int]:
    return sorted(Notice.objects.filter(kind="change_overdue").values_list("to", flat=True))


def test_the_line_manager_of_who_has_not_acknowledged_is_told_once(case: Case, officer: User) -> None:
    sergeant = make_person(Role.LINE_MANAGER)
    make_person(Role.LINE_MANAGER, kind="probation")
    late = told_long_ago(case, officer)
    assert [follow_up().escalated for _ in range(2)] == [1, 0]
    late.refresh_from_db()
    assert (told_upwards(), late.escalated_to, late.escalated_at is not None) == ([sergeant.pk], [sergeant.pk], True)
    due = ago(3)
    assert Notice.objects.get(to=sergeant).words == (
        f"{officer.full_name} has not acknowledged a change on case {case.reference}. It was due on {due:%A} {due.day} "
        f"{due:%B} {due.year}. Ask whether they know."
    )
    assert Event.objects.get(verb="escalate change").about["to"] == [sergeant.pk]
    assert list(overdue_acknowledgements(sergeant)) == [late]


def test_what_is_due_today_or_acknowledged_goes_to_nobody(case: Case, officer: User) -> None:
    make_person(Role.LINE_MANAGER)
    told_long_ago(case, officer, days=0)
    acknowledge_change(by=officer, notice=told_long_ago(case, officer).notice)
    assert follow_up() == FollowedUp(came=1)
    assert told_upwards() == []


def test_who_covers_for_an_absent_line_manager_is_told_too(case: Case, officer: User) -> None:
    sergeant, inspector = (
        make_person(Role.LINE_MANAGER),
        make_person(Role.LINE_MANAGER, unit=make_unit(case.area, "police", 2)),
    )
    away(sergeant, inspector, officer)
    told_long_ago(case, officer)
    follow_up()
    assert told_upwards() == sorted([sergeant.pk, inspector.pk])


def test_where_there_is_no_line_manager_the_coordinator_is_told_and_where_there_is_neither_it_is_said(
    case: Case, officer: User
) -> None:
    late = told_long_ago(case, officer)
    said = StringIO()
    call_command("tell", stdout=StringIO(), stderr=said)
    assert said.getvalue().startswith("1 overdue: nobody answers for the person")
    coordinator = make_person(Role.MAPPA_COORDINATOR)
    make_person(Role.MAPPA_COORDINATOR, area=make_area("eastmarch", "B"))
    follow_up()
    late.refresh_from_db()
    assert (told_upwards(), late.escalated_to) == ([coordinator.pk], [coordinator.pk])


def test_somebody_away_whose_cover_has_acknowledged_owes_nothing(case: Case, officer: User) -> None:
    make_person(Role.LINE_MANAGER)
    stand_in = make_person(Role.POLICE_OFFICER)
    away(officer, stand_in, officer)
    notice = told_long_ago(case, officer).notice
    Acknowledgement.objects.create(notice=notice, case=case, person=stand_in, why="cover", due_on=ago(3))
    acknowledge_change(by=stand_in, notice=notice)
    assert follow_up().escalated == 0


def test_of_a_restricted_case_the_line_manager_hears_no_reference_and_gets_no_link(officer: User) -> None:
    case = make_case(police_officer=officer, restricted_contact=officer)
    give(case, "named", person=officer)  # type: ignore[arg-type]
    sergeant = make_person(Role.LINE_MANAGER)
    told_long_ago(case, officer)
    follow_up()
    said = Notice.objects.get(to=sergeant)
    assert (case.reference in said.words, "a restricted case" in said.words, said.link) == (False, True, "")


def test_whoever_takes_the_case_over_is_told_of_what_waits_and_for_who_had_it_that_lapses(
    case: Case, officer: User
) -> None:
    notice = told_long_ago(case, officer).notice
    successor = make_person(Role.POLICE_OFFICER, unit=make_unit(case.area, "police", 2))
    Case.objects.filter(pk=case.pk).update(police_officer=successor, police_unit=successor.unit)
    manager = case.case_manager
    assert manager is not None
    done = follow_up()
    assert (done.came, done.went, done.escalated) == (2, 1, 0)
    assert (waiting_for(officer).count(), waiting_for(manager).count()) == (0, 1)
    row = waiting_for(successor).get()
    assert (row.notice, row.due_on, row.why) == (notice, add_working_days(today(), 2), "police_officer")
    assert follow_up() == FollowedUp()


def test_who_told_of_it_is_not_asked_to_acknowledge_it(case: Case, officer: User) -> None:
    told_long_ago(case, officer, by=case.case_manager)
    follow_up()
    assert set(Acknowledgement.objects.values_list("person", flat=True)) == {officer.pk}


@pytest.mark.django_db(transaction=True)
def test_two_jobs_at_once_tell_each_line_manager_once_and_two_presses_are_one_acknowledgement() -> None:
    officer, sergeant = make_person(Role.POLICE_OFFICER), make_person(Role.LINE_MANAGER)
    case = make_case(police_officer=officer, case_manager=make_person(Role.CASE_MANAGER))
    for days in range(1, 5):
        told_long_ago(case, officer, days=days)
    _twice(follow_up)
    assert Notice.objects.filter(to=sergeant, kind="change_overdue").count() == 4
    notice = ChangeNotice.objects.earliest("pk")
    _twice(lambda: acknowledge_change(by=officer, notice=notice, comment="Done."))
    assert Event.objects.filter(verb="acknowledge change").count() == 1
    connection.close()


def _twice(do: object) -> None:
    begin = threading.Barrier(2)
    problems: list[BaseException] = []

    def run() -> None:
        begin.wait(timeout=10)
        try:
            do()  # type: ignore[operator]
        except BaseException as problem:
            problems.append(problem)
        connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert problems == []
