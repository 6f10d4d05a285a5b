"""Why a start came late: said by whoever is responsible or their manager, once for each duty, and correctable."""

from datetime import timedelta

import pytest

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.audit.models import Change
from openmappa.core.access import Role
from openmappa.line_management.errors import NotKept, NotTheirs
from openmappa.line_management.models import LatenessReason
from openmappa.line_management.services import explain_lateness
from openmappa.timeline.models import Duty
from tests.line_management.build import a_team, late_start, their_case
from tests.timeline.build import ago, make_case, make_person, signed_in, write

pytestmark = pytest.mark.django_db


def address(duty: Duty) -> str:
    return f"/cases/{duty.case.key}/late/{duty.standard}/{duty.opened_on}/{duty.because_fact_id or 0}/"


def test_whoever_is_responsible_says_why_and_their_manager_corrects_it_and_what_it_said_is_in_the_history() -> None:
    team = a_team()
    duty = late_start(their_case(team))
    with as_person(team.manager):
        explain_lateness(by=team.manager, duty=duty, reason="absence")
    with as_person(team.spo):
        row = explain_lateness(by=team.spo, duty=duty, reason="other", words="The papers lay in another office.")
    assert LatenessReason.objects.get() == row
    assert (row.reason, row.given_by) == ("other", team.spo)
    with as_person(make_person(Role.AUDITOR)):
        before = Change.objects.get(in_table="line_management_latenessreason", operation="update")
    assert (before.row_id, before.by_id) == (row.pk, team.spo.pk)
    assert {"reason", "words", "given_by_id"} <= set(before.columns)


@pytest.mark.parametrize("who", ["officer", "sergeant"])
def test_the_other_service_does_not_explain_it(who: str) -> None:
    team = a_team()
    duty = late_start(their_case(team))
    with as_person(getattr(team, who)), pytest.raises(NotTheirs):
        explain_lateness(by=getattr(team, who), duty=duty, reason="absence")
    assert signed_in(getattr(team, who)).get(address(duty)).status_code == 403


def test_an_rm2000_is_explained_by_the_police_officer_or_the_sergeant() -> None:
    team = a_team()
    case = their_case(team)
    write(case, "registered", ago(20))
    duty = Duty.objects.get(case=case, standard="rm2000-start")
    for person in (team.officer, team.sergeant):
        with as_person(person):
            assert explain_lateness(by=person, duty=duty, reason="vacancy").given_by == person
    with as_person(team.spo), pytest.raises(NotTheirs):
        explain_lateness(by=team.spo, duty=duty, reason="vacancy")


def test_what_is_no_start_or_not_late_or_has_no_such_reason_is_refused() -> None:
    team = a_team()
    case = their_case(team)
    duty = late_start(case)
    write(case, "programme_required", ago(3), by=team.manager)
    in_time = Duty.objects.get(case=case, standard="programme-start")
    review = Duty.objects.filter(case=case, standard="plan-review").first() or duty
    with as_person(team.manager):
        for some, reason, sentence in (
            (in_time, "absence", "not late"),
            (duty, "laziness", "Select the reason"),
            (duty, "other", "Say what the reason was"),
            (review, "absence", "this is none"),
        ):
            with pytest.raises(NotKept, match=sentence):
                explain_lateness(by=team.manager, duty=some, reason=reason)
    partner = make_person(Role.VICTIM_CONTACT_OFFICER)
    with as_person(partner), pytest.raises(NotAllowed):
        explain_lateness(by=partner, duty=duty, reason="absence")
    assert LatenessReason.objects.count() == 0


def test_the_reason_stays_with_its_duty_when_the_duty_is_worked_out_afresh_and_met() -> None:
    team = a_team()
    case = their_case(team)
    duty = late_start(case)
    with as_person(team.manager):
        explain_lateness(by=team.manager, duty=duty, reason="not_seen")
    write(case, "oasys_completed", ago(1), by=team.manager, stage="start", harm="medium")
    page = signed_in(team.manager).get(f"/cases/{case.key}/duties/").content.decode()
    assert "Why it was late: the offender was not seen" in page
    assert "Correct the reason" in page


def test_the_page_of_duties_leads_to_the_form_and_the_form_back_to_the_duty() -> None:
    team = a_team()
    case = their_case(team)
    duty = late_start(case)
    browser = signed_in(team.manager)
    page = browser.get(f"/cases/{case.key}/duties/").content.decode()
    assert address(duty) in page
    form = browser.get(address(duty)).content.decode()
    assert "Why it was late" in form and "Absence of the person responsible" in form
    assert "Select why it was late" in browser.post(address(duty), {}).content.decode()
    answer = browser.post(address(duty), {"reason": "other"})
    assert "Say what the reason was" in answer.content.decode()
    answer = browser.post(address(duty), {"reason": "late_allocation", "words": "Three weeks."})
    assert answer["Location"] == f"/cases/{case.key}/duties/#duty-oasys-start-{duty.opened_on}"
    shown = browser.get(f"/cases/{case.key}/duties/").content.decode()
    assert "the case was allocated late. Three weeks." in shown
    assert "No reason for the lateness" in signed_in(team.officer).get(f"/cases/{case.key}/duties/").content.decode()


def test_an_address_that_names_no_late_start_of_this_case_is_not_there() -> None:
    team = a_team()
    case = their_case(team)
    duty = late_start(case)
    browser = signed_in(team.manager)
    other = make_case(case_manager=team.manager)
    wrong = [
        address(duty).replace("oasys-start", "oasys-review"),
        address(duty).replace(str(duty.opened_on), "yesterday"),
        address(duty).replace(str(duty.opened_on), str(duty.opened_on + timedelta(days=1))),
        address(duty).replace(f"/{duty.because_fact_id}/", "/0/"),
        address(duty).replace(str(case.key), str(other.key)),
    ]
    assert [browser.get(one).status_code for one in wrong] == [404] * 5
