"""Who reads an action and who does what with it: on the pages, and by SQL as that person."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Agency, User
from openmappa.actions.models import Action, ActionStep
from openmappa.actions.services.doing import question_action
from openmappa.actions.services.handing_over import hand_over_action
from openmappa.cases.models import Case, Involvement
from openmappa.core.access import Role
from openmappa.core.involvement import InvolvementKind
from tests.actions.build import TEXT, a_partner, an_action, an_officer
from tests.timeline.build import ago, give, make_area, make_case, make_person, make_unit, signed_in, write

pytestmark = pytest.mark.django_db
OTHERS_TEXT = "Ask the mother about the visits"


@pytest.fixture
def case() -> Case:
    case = make_case()
    write(case, "registered", ago(100))
    return case


def address(action: Action, what: str = "") -> str:
    if not what:
        return reverse("actions:show", kwargs={"action": action.key})
    return reverse("actions:deed", kwargs={"action": action.key, "what": what})


def read_by_sql(person: User) -> tuple[int, int]:
    """How many actions and steps the database gives this person when they ask for all."""
    with as_person(person), connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM actions_action), (SELECT count(*) FROM actions_actionstep)")
        row = cursor.fetchone()
    assert row is not None
    return row[0], row[1]


def test_each_role_gets_the_page_of_an_action_of_somebody_else_exactly_where_it_reads_the_record(case: Case) -> None:
    action = an_action(case, an_officer())
    reads = {Role.POLICE_OFFICER, Role.CASE_MANAGER, Role.LINE_MANAGER, Role.MAPPA_COORDINATOR}
    for role in Role:
        person = make_person(role, kind="partner" if role is Role.PARTNER_MEMBER else "")
        expected = 200 if role in reads else 404
        assert signed_in(person).get(address(action)).status_code == expected, role
        assert read_by_sql(person) == ((1, 0) if role in reads else (0, 0)), role
        stranger = make_person(role, area=make_area("eastmarch", "B"))
        assert signed_in(stranger).get(address(action)).status_code == 404, role
        assert read_by_sql(stranger) == (0, 0), role


def test_a_partner_reads_their_own_action_and_its_steps_and_nothing_else_of_the_case(case: Case) -> None:
    partner, officer = a_partner(), an_officer()
    mine, other = an_action(case, partner), an_action(case, officer, text=OTHERS_TEXT)
    with as_person(partner):
        question_action(by=partner, action=mine, words="Which school?")
    with as_person(officer):
        question_action(by=officer, action=other, words="Which mother?")
    give(case, InvolvementKind.INVITED, person=partner)
    assert read_by_sql(partner) == (1, 1), "invited to the case or not"
    page = signed_in(partner).get(address(mine)).content.decode()
    assert TEXT in page and "Sample Testcase" in page, "the name while they are invited"
    assert signed_in(partner).get(address(other)).status_code == 404
    home = signed_in(partner).get("/").content.decode()
    assert (TEXT[:40] in home, OTHERS_TEXT in home) == (True, False)
    Involvement.objects.filter(case=case, person=partner).delete()
    page = signed_in(partner).get(address(mine)).content.decode()
    assert (TEXT in page, case.reference in page, "Testcase" in page) == (True, True, False)
    assert str(case.key) not in page
    assert signed_in(partner).get(reverse("actions:of_case", kwargs={"key": case.key})).status_code == 404


def test_an_action_of_an_agency_is_read_by_its_members_and_by_no_other_agency(case: Case) -> None:
    member, other = a_partner(), a_partner(code="health")
    an_action(case, None, agency=member.agency)
    assert (read_by_sql(member), read_by_sql(other)) == ((1, 0), (0, 0))
    named = an_action(case, a_partner())
    assert read_by_sql(member) == (1, 0), "one with a named owner is theirs alone"
    assert signed_in(member).get(address(named)).status_code == 404
    police = Agency.objects.get(kind="police", code="northshire-police")
    an_action(case, None, agency=police)
    elsewhere = make_person(Role.POLICE_OFFICER, unit=make_unit(make_area(), "police", 2))
    assert read_by_sql(elsewhere) == (0, 0), "an action of the police is not every officer's"


def test_whoever_it_is_offered_to_reads_it_while_it_is(case: Case) -> None:
    officer, partner = an_officer(), a_partner(code="health")
    action = an_action(case, officer)
    assert read_by_sql(partner) == (0, 0)
    with as_person(officer):
        hand_over_action(by=officer, action=action, agency=partner.agency, person=partner, words="Yours")
    assert read_by_sql(partner) == (1, 1)
    other = a_partner()
    with as_person(officer):
        hand_over_action(by=officer, action=action, agency=other.agency, person=other, words="Yours")
    assert (read_by_sql(partner), read_by_sql(other)) == ((0, 0), (1, 2))


def test_somebody_who_left_reads_nothing(case: Case) -> None:
    partner = a_partner()
    an_action(case, partner)
    User.objects.filter(pk=partner.pk).update(is_active=False)
    assert read_by_sql(partner) == (0, 0)


def test_reaching_the_case_of_somebody_elses_action_gives_nothing(case: Case) -> None:
    action, partner = an_action(case, an_officer()), a_partner()
    with as_person(partner), connection.cursor() as cursor:
        cursor.execute("SELECT actions_reach_case(%s)", [action.pk])
        assert cursor.fetchone() == (None,)
        assert Case.objects.count() == 0


@pytest.mark.parametrize("statement", ["UPDATE actions_actionstep SET words = 'x'", "DELETE FROM actions_actionstep"])
def test_what_stands_in_a_step_stays(case: Case, statement: str) -> None:
    officer = an_officer()
    action = an_action(case, officer)
    with as_person(officer):
        question_action(by=officer, action=action, words="Why?")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert ActionStep.objects.get().words == "Why?"


def test_a_page_that_may_be_read_and_not_done_is_refused(case: Case) -> None:
    action = an_action(case, an_officer())
    colleague = signed_in(an_officer())
    given = {what: colleague.get(address(action, what)).status_code for what in ("accept", "complete", "move", "xyz")}
    assert given == {"accept": 403, "complete": 200, "move": 403, "xyz": 404}
    assert signed_in(a_partner()).get(address(action, "accept")).status_code == 404
    assert colleague.get(reverse("actions:show", kwargs={"action": uuid.uuid4()})).status_code == 404


def test_what_was_done_on_the_page_is_confirmed_there(case: Case) -> None:
    partner = a_partner()
    action = an_action(case, partner)
    browser = signed_in(partner)
    path = reverse("actions:deed", kwargs={"action": action.key, "what": "question"})
    sent = {"words": "Which school?", "version": action.version, "submission": str(uuid.uuid4())}
    page = browser.post(path, sent, follow=True).content.decode()
    assert "Recorded: question asked." in page and "Which school?" in page
