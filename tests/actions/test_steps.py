"""What becomes of an action: each step, by whom, what it records, and what is refused."""

import uuid
from datetime import date

import pytest

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import Cover, User
from openmappa.actions.errors import MovedOn, NotDone
from openmappa.actions.models import Action, ActionStep
from openmappa.actions.queries.of_case import actions_of_case, open_actions_of_case, unaccounted_before
from openmappa.actions.services.chairing import (
    agree_it_cannot_be_done,
    answer_question,
    carry_action_over,
    change_action,
    move_due_date,
    withdraw_action,
)
from openmappa.actions.services.doing import accept_action, complete_action, question_action, say_it_cannot_be_done
from openmappa.actions.services.handing_over import decline_action, hand_over_action, take_on_action
from openmappa.audit.models import Event
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.core.involvement import InvolvementKind
from openmappa.notices.models import Notice
from openmappa.timeline.errors import Impossible
from openmappa.timeline.models import Duty, Fact
from openmappa.timeline.services import void_fact
from tests.actions.build import a_coordinator, a_partner, an_action, an_officer, in_days
from tests.timeline.build import ago, give, make_area, make_case, make_person, make_unit, today, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    case = make_case()
    write(case, "registered", ago(100))
    return case


@pytest.fixture
def officer() -> User:
    return an_officer()


@pytest.fixture
def chair() -> User:
    return a_coordinator()


def steps(action: Action) -> list[tuple[str, str, str]]:
    return [(row.kind, row.state, row.words) for row in ActionStep.objects.filter(action=action.pk)]


def completed(by: User, action: Action, on: date | None = None) -> Action:
    with as_person(by):
        return complete_action(by=by, action=action, on=on or ago(1), evidence="Letter of 3 May")


def test_the_owner_accepts_and_completes_and_the_duty_is_met(case: Case, officer: User) -> None:
    action = an_action(case, officer)
    with as_person(officer):
        accept_action(by=officer, action=action)
    done = completed(officer, action)
    assert (done.state, done.completed_on, done.version) == ("completed", ago(1), 2)
    assert steps(action) == [("accepted", "accepted", ""), ("completed", "completed", "Letter of 3 May")]
    fact = Fact.objects.get(case=case, kind="action_completed")
    assert (fact.details, fact.on, fact.recorded_by, fact.pk) == ({"action": "A1"}, ago(1), officer, done.done_fact_id)
    assert Duty.objects.get(case=case, standard="mappa-action").met_on == ago(1)
    assert Event.objects.filter(verb__in=["action accepted", "action completed"]).count() == 2


def test_a_partner_completes_an_action_of_a_case_that_they_never_saw(case: Case) -> None:
    partner = a_partner()
    action = an_action(case, partner)
    with as_person(partner):
        assert Case.objects.count() == 0
        complete_action(by=partner, action=action, on=ago(1), evidence="Flat let")
        assert (Case.objects.count(), Fact.objects.count()) == (0, 0), "the case is out of reach again"
    fact = Fact.objects.get(case=case, kind="action_completed")
    assert fact.recorded_by == partner
    assert Duty.objects.get(case=case, standard="mappa-action").met_on == ago(1)


def test_a_partner_completes_it_on_a_restricted_case_and_after_the_invitation_ended(case: Case) -> None:
    partner = a_partner()
    give(case, InvolvementKind.INVITED, person=partner)
    action = an_action(case, partner)
    Case.objects.filter(pk=case.pk).update(
        restricted=True, restricted_contact=a_coordinator(), restricted_reason="A colleague"
    )
    completed(partner, action)
    assert Fact.objects.filter(case=case, kind="action_completed").count() == 1


def test_a_failed_completion_leaves_the_case_out_of_reach(case: Case) -> None:
    partner = a_partner()
    action = an_action(case, partner)
    with as_person(partner):
        with pytest.raises(Impossible, match="has not come yet"):
            complete_action(by=partner, action=action, on=in_days(2), evidence="Soon")
        assert (Case.objects.count(), Fact.objects.count()) == (0, 0)
    assert steps(action) == []


def test_completing_needs_evidence_and_cannot_be_before_it_was_agreed(case: Case, officer: User) -> None:
    action = an_action(case, officer)
    with as_person(officer), pytest.raises(NotDone, match="Say what was done"):
        complete_action(by=officer, action=action, on=ago(1), evidence=" ")
    with as_person(officer), pytest.raises(Impossible, match="only agreed on"):
        complete_action(by=officer, action=action, on=ago(20), evidence="x")


def test_who_works_on_the_case_completes_it_for_the_owner_and_a_stranger_does_not(case: Case) -> None:
    action = an_action(case, a_partner())
    other = make_person(Role.POLICE_OFFICER, area=make_area("eastmarch", "B"))
    with pytest.raises(NotDone, match="no longer with you"):
        completed(other, action)
    with pytest.raises(NotDone, match="no longer with you"):
        completed(a_partner(), action)
    assert completed(an_officer(), action).state == "completed"


def test_twice_the_same_form_is_one_step_and_a_second_completion_is_told(case: Case, officer: User) -> None:
    action, token = an_action(case, officer), uuid.uuid4()
    with as_person(officer):
        for _ in range(2):
            complete_action(by=officer, action=action, on=ago(1), evidence="x", submission=token)
        with pytest.raises(NotDone, match="already “completed”"):
            complete_action(by=officer, action=action, on=ago(1), evidence="y")
    assert Fact.objects.filter(kind="action_completed").count() == 1
    second = an_action(case, officer)
    with as_person(officer), pytest.raises(NotDone, match="another action"):
        accept_action(by=officer, action=second, submission=token)


def test_a_stale_page_is_noticed(case: Case, officer: User) -> None:
    action = an_action(case, officer)
    with as_person(officer):
        accept_action(by=officer, action=action, version=0)
        with pytest.raises(MovedOn, match="since you opened the page"):
            question_action(by=officer, action=action, words="Which flat?", version=0)


def test_a_question_goes_to_the_coordinator_who_answers(case: Case, officer: User, chair: User) -> None:
    action = an_action(case, officer, by=chair)
    with as_person(officer):
        question_action(by=officer, action=action, words="Which school?")
    assert Notice.objects.get(to=chair).words == (
        f"{officer.full_name} asks about action A1 on case {case.reference}. Answer on its page."
    )
    with as_person(officer), pytest.raises(NotAllowed):
        answer_question(by=officer, action=action, words="That one")
    with as_person(chair):
        answer_question(by=chair, action=action, words="That one")
    assert [step[:2] for step in steps(action)] == [("questioned", "questioned"), ("answered", "agreed")]
    assert Notice.objects.filter(to=officer, words__startswith="Your question is answered").count() == 1


def test_the_chair_agrees_that_it_cannot_be_done_and_the_duty_goes(case: Case, officer: User, chair: User) -> None:
    action = an_action(case, officer)
    with as_person(chair), pytest.raises(NotDone, match="Nobody has said"):
        agree_it_cannot_be_done(by=chair, action=action, words="So be it")
    with as_person(officer):
        said = say_it_cannot_be_done(by=officer, action=action, words="No flats")
    with as_person(chair):
        agreed = agree_it_cannot_be_done(by=chair, action=said, words="A hostel instead")
    assert (agreed.state, Duty.objects.filter(case=case, standard="mappa-action").count()) == ("withdrawn", 0)
    fact = Fact.objects.get(case=case, kind="action_agreed")
    assert fact.void_reason == "Withdrawn by the chair, since it cannot be done: A hostel instead"
    assert [line.state.value for line in actions_of_case(case)] == ["withdrawn"]


def test_a_chair_changes_what_cannot_be_done_and_the_old_words_stay(case: Case, officer: User, chair: User) -> None:
    action = an_action(case, officer, text="Find a flat")
    with as_person(officer):
        say_it_cannot_be_done(by=officer, action=action, words="No flats")
    with as_person(chair):
        changed = change_action(by=chair, action=action, text="Find a room", due_on=in_days(20), words="Rooms exist")
        with pytest.raises(NotDone, match="today or later"):
            change_action(by=chair, action=action, text="x", due_on=ago(1), words="x")
    assert (changed.state, changed.text, changed.due_on) == ("agreed", "Find a room", in_days(20))
    assert steps(action)[-1] == ("changed", "agreed", "Rooms exist\nIt was: Find a flat")


def test_a_moved_date_leaves_the_duty_where_it_was_and_nobody_moves_their_own(case: Case, chair: User) -> None:
    manager = make_person(Role.LINE_MANAGER)
    action = an_action(case, manager)
    Action.objects.filter(pk=action.pk).update(reminded_at=action.agreed_at)
    with as_person(manager), pytest.raises(NotAllowed):
        move_due_date(by=manager, action=action, due_on=in_days(9), words="Busy")
    with as_person(chair):
        with pytest.raises(NotDone, match="that day already"):
            move_due_date(by=chair, action=action, due_on=in_days(5), words="x")
        moved = move_due_date(by=chair, action=action, due_on=in_days(9), words="The court sits later")
    assert (moved.due_on, moved.first_due_on, moved.reminded_at) == (in_days(9), in_days(5), None)
    assert Duty.objects.get(case=case, standard="mappa-action").due_on == in_days(5)


def test_a_meeting_withdraws_one_and_carries_another_over_and_none_is_left(case: Case, officer: User) -> None:
    first, second, third = (an_action(case, officer, meeting=uuid.uuid4()) for _ in range(3))
    taker, meeting = an_officer(), uuid.uuid4()
    assert [line.name for line in unaccounted_before(case, meeting)] == ["A1", "A2", "A3"]
    with as_person(taker):
        withdraw_action(by=taker, action=first, meeting=meeting, words="He has moved")
        carried = carry_action_over(by=taker, action=second, meeting=meeting, words="In hand", due_on=in_days(30))
    completed(officer, third)
    assert (carried.state, carried.due_on) == ("agreed", in_days(30))
    assert unaccounted_before(case, meeting) == []
    assert [line.name for line in open_actions_of_case(case)] == ["A2"]
    assert [line.name for line in unaccounted_before(case, uuid.uuid4())] == ["A2"]


def test_it_is_handed_to_another_agency_whose_member_takes_it_on(case: Case, officer: User, chair: User) -> None:
    partner = a_partner()
    action = an_action(case, officer)
    with as_person(officer):
        hand_over_action(by=officer, action=action, agency=partner.agency, person=None, words="They let flats")
    action.refresh_from_db()
    assert (action.owner, action.is_offered) == (officer, True), "it stays with the officer until then"
    with as_person(partner):
        taken = take_on_action(by=partner, action=action)
    assert (taken.owner, taken.agency, taken.state, taken.is_offered) == (partner, partner.agency, "accepted", False)
    told = Notice.objects.filter(words__contains="has taken on").values_list("to", flat=True)
    assert set(told) == {officer.pk, chair.pk, action.agreed_by_id}
    completed(partner, action)


def test_who_does_not_take_it_on_says_why_and_it_stays(case: Case, officer: User) -> None:
    partner = a_partner()
    action = an_action(case, officer)
    with as_person(officer):
        hand_over_action(by=officer, action=action, agency=partner.agency, person=partner, words="Yours")
    with as_person(partner):
        declined = decline_action(by=partner, action=action, words="No flats")
        with pytest.raises(NotAllowed):
            take_on_action(by=partner, action=action)
    assert (declined.owner, declined.is_offered) == (officer, False)
    assert Notice.objects.get(to=officer, words__contains="does not take on").case_id == case.pk


def test_it_is_not_handed_to_whom_it_is_or_to_who_cannot_do_it(case: Case, officer: User) -> None:
    action, auditor = an_action(case, officer), make_person(Role.AUDITOR)
    with as_person(officer):
        with pytest.raises(NotDone, match="theirs already"):
            hand_over_action(by=officer, action=action, agency=officer.agency, person=officer, words="x")
        with pytest.raises(NotDone, match="cannot take it on"):
            hand_over_action(by=officer, action=action, agency=auditor.agency, person=auditor, words="x")
    colleague = an_officer()
    with as_person(colleague), pytest.raises(NotAllowed):
        hand_over_action(by=colleague, action=action, agency=officer.agency, person=colleague, words="Mine now")


def test_who_covers_for_the_owner_and_their_manager_do_it_for_them(case: Case) -> None:
    owner, covering = a_partner(), a_partner()
    Cover.objects.create(
        absent=owner, covering=covering, from_on=today(), until_on=today(), reason="Leave", arranged_by=owner
    )
    action = an_action(case, owner)
    with as_person(covering):
        assert accept_action(by=covering, action=action).state == "accepted"
    manager, officer = make_person(Role.LINE_MANAGER), an_officer()
    other = make_person(Role.LINE_MANAGER, unit=make_unit(case.area, "probation"))
    theirs = an_action(case, officer)
    with as_person(other), pytest.raises(NotAllowed):
        accept_action(by=other, action=theirs)
    with as_person(manager):
        assert accept_action(by=manager, action=theirs).state == "accepted"


def test_a_completion_that_was_a_mistake_leaves_it_open(case: Case, officer: User) -> None:
    action = completed(officer, an_action(case, officer))
    manager = make_person(Role.LINE_MANAGER)
    assert action.done_fact is not None
    with as_person(manager):
        void_fact(by=manager, fact=action.done_fact, reason="Another case")
    assert [line.name for line in open_actions_of_case(case)] == ["A1"]
