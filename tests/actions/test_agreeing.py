"""Agreeing an action: the fact and its duty, the number, whom it is told, what is refused."""

import uuid

import pytest

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.actions.errors import NotAgreed
from openmappa.actions.models import Action
from openmappa.actions.queries.of_case import actions_of_case, actions_of_meeting, unaccounted_before
from openmappa.actions.services.agreeing import action_of_fact
from openmappa.audit.models import Event
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.core.mappa.actions import ActionState
from openmappa.notices.models import Notice
from openmappa.timeline.models import Duty, Fact
from openmappa.timeline.services import void_fact
from tests.actions.build import TEXT, a_coordinator, a_partner, an_action, an_officer, in_days
from tests.timeline.build import ago, make_case, make_person, make_unit, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    case = make_case()
    write(case, "registered", ago(100))
    return case


def test_an_action_records_its_fact_and_the_duty_of_its_service(case: Case) -> None:
    officer = an_officer()
    action = an_action(case, officer)
    fact = Fact.objects.get(case=case, kind="action_agreed")
    assert (action.number, action.text, action.state, action.fact_id) == ("A1", TEXT, "agreed", fact.pk)
    assert fact.details == {"action": "A1", "due_on": in_days(5).isoformat(), "service": "police"}
    duty = Duty.objects.get(case=case, standard="mappa-action")
    assert (duty.of, duty.due_on, duty.because_fact_id) == ("police", in_days(5), fact.pk)
    assert Event.objects.filter(verb="agree action", case_id=case.pk).count() == 1
    assert an_action(case, officer).number == "A2"


def test_a_partners_action_is_answered_for_by_probation(case: Case) -> None:
    an_action(case, a_partner())
    assert Fact.objects.get(case=case, kind="action_agreed").details["service"] == "probation"
    assert Duty.objects.get(case=case, standard="mappa-action").of == "probation"


def test_its_owner_is_told_without_a_word_of_the_case(case: Case) -> None:
    partner = a_partner()
    action = an_action(case, partner)
    notice = Notice.objects.get(to=partner)
    assert (notice.link, notice.due_on) == (f"/actions/{action.key}/", in_days(5))
    assert case.reference in notice.words
    assert not any(word in notice.words for word in ("Testcase", "flat", "school"))


def test_an_agency_without_a_named_person_has_its_members_told(case: Case) -> None:
    mine, other = a_partner(), a_partner(code="health")
    an_action(case, None, agency=mine.agency)
    assert [notice.to_id for notice in Notice.objects.filter(kind="action")] == [mine.pk]
    assert Notice.objects.filter(to=other).count() == 0


def test_the_same_form_sent_twice_is_one_action(case: Case) -> None:
    token = uuid.uuid4()
    first, second = (an_action(case, an_officer(), submission=token) for _ in range(2))
    assert first.pk == second.pk
    assert Fact.objects.filter(case=case, kind="action_agreed").count() == 1
    with pytest.raises(NotAgreed, match="another case"):
        an_action(make_case(), an_officer(), submission=token)


def test_what_is_refused(case: Case) -> None:
    officer, partner = an_officer(), a_partner()
    with pytest.raises(NotAgreed, match="Say what has to be done"):
        an_action(case, officer, text="  ")
    with pytest.raises(NotAgreed, match="5000 characters"):
        an_action(case, officer, text="x" * 5001)
    with pytest.raises(NotAgreed, match="another agency"):
        an_action(case, officer, agency=partner.agency)
    with pytest.raises(NotAgreed, match="cannot own an action"):
        an_action(case, make_person(Role.AUDITOR))
    with pytest.raises(NotAllowed):
        an_action(case, officer, by=partner)
    assert Action.objects.count() == 0
    assert Fact.objects.filter(case=case, kind="action_agreed").count() == 0


def test_the_actions_of_a_case_hold_those_known_only_as_facts(case: Case) -> None:
    write(case, "action_agreed", ago(30), action="A1", due_on=ago(3), service="probation")
    write(case, "action_agreed", ago(30), action="A2", due_on=ago(9), service="police")
    write(case, "action_completed", ago(5), action="A2")
    meeting = uuid.uuid4()
    mine = an_action(case, an_officer(), meeting=meeting)
    found = [(line.name, line.text, line.state, line.action is None) for line in actions_of_case(case)]
    assert found == [
        ("A1", "", ActionState.AGREED, True),
        ("A3", TEXT, ActionState.AGREED, False),
        ("A2", "", ActionState.COMPLETED, True),
    ]
    assert actions_of_meeting(meeting) == [mine]
    assert [line.name for line in unaccounted_before(case, meeting)] == ["A1"]
    assert [line.name for line in unaccounted_before(case, uuid.uuid4())] == ["A1", "A3"]


def test_an_action_agreed_by_mistake_is_in_no_list(case: Case) -> None:
    action = an_action(case, an_officer(), meeting=(meeting := uuid.uuid4()))
    manager = make_person(Role.LINE_MANAGER)
    with as_person(manager):
        void_fact(by=manager, fact=action.fact, reason="Agreed on another case")
    assert (actions_of_case(case), actions_of_meeting(meeting)) == ([], [])


def test_one_known_only_as_a_fact_is_taken_up_for_whoever_holds_the_case(case: Case) -> None:
    write(case, "action_agreed", ago(30), action="7b", due_on=ago(3), service="probation")
    by = a_coordinator()
    with as_person(by):
        action = action_of_fact(by=by, case=case, number="7b")
        again = action_of_fact(by=by, case=case, number="7b")
        with pytest.raises(NotAgreed, match="No action with this number"):
            action_of_fact(by=by, case=case, number="7c")
    unit = make_unit(case.area, "probation")
    assert (action.text, action.agency, action.owner, action.due_on) == ("", unit.agency, None, ago(3))
    assert (again.pk, Action.objects.count()) == (action.pk, 1)
