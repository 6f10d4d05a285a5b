"""Management reviews (9.13): recorded with what they came to, confidential in words, with actions that get done."""

from datetime import timedelta

import pytest

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.audit.models import Event
from openmappa.core.access import Role
from openmappa.core.compartments import Compartment
from openmappa.core.involvement import InvolvementKind
from openmappa.line_management.errors import NotKept, NotTheirs
from openmappa.line_management.models import ManagementAction, ManagementReview
from openmappa.line_management.services import NewAction, complete_action, review_case
from openmappa.notes.models import Note
from openmappa.notices.models import Notice
from openmappa.timeline.errors import ChangedMeanwhile
from tests.line_management.build import a_team, an_action, answers, reviewed, their_case
from tests.timeline.build import ago, give, make_area, make_case, make_person, sent, signed_in, today, write

pytestmark = pytest.mark.django_db
IN_16_WEEKS = timedelta(weeks=16)


def test_a_review_is_kept_with_its_choices_and_its_words_are_a_confidential_note() -> None:
    team = a_team()
    case = their_case(team)
    action = NewAction("Ring the school.", team.officer, ago(-7))
    review = reviewed(team.spo, case, action, outcomes=("change_plan", "more_contact"))
    assert (review.outcomes, review.looked_at) == (["change_plan", "more_contact"], ["oasys"])
    assert (review.reviewed_on, review.next_on, review.reviewed_by) == (today(), ago(-28), team.spo)
    note = Note.objects.get(case=case)
    assert (note, note.stands_in, note.written_by) == (review.note, Compartment.CONFIDENTIAL, team.spo)
    assert note.text.splitlines()[0] == "Management review: change the plan and more frequent contact."
    assert note.text.splitlines()[2] == "The plan says nothing of the children next door."
    assert f"Action for {team.officer.full_name}, by " in note.text
    verbs = Event.objects.filter(case_id=case.pk, by_id=team.spo.pk).values_list("verb", flat=True)
    assert sorted(verbs) == ["review case", "write note"]


def test_whoever_manages_the_case_or_was_given_an_action_is_told_and_nothing_of_what_it_says() -> None:
    team = a_team()
    case = their_case(team)
    reviewed(team.spo, case, NewAction("Ring the school.", team.officer, ago(-7)))
    told = {notice.to_id: notice.words for notice in Notice.objects.filter(kind="management review")}
    assert told == {
        team.officer.pk: f"A management review of case {case.reference} gave you an action.",
        team.manager.pk: f"A line manager reviewed case {case.reference}. The case says what it came to.",
    }


def test_nothing_is_kept_of_a_review_that_lacks_something_or_comes_from_somebody_else() -> None:
    team = a_team()
    case = their_case(team)
    elsewhere = make_person(Role.LINE_MANAGER, area=make_area("eastmarch", "B"))
    with pytest.raises(NotAllowed):
        reviewed(team.manager, case)
    with pytest.raises(NotTheirs):
        reviewed(elsewhere, case)
    with pytest.raises(NotKept, match="Say why"):
        reviewed(team.spo, case, reasons=" ")
    with pytest.raises(NotKept, match="cannot be before the review"):
        reviewed(team.spo, case, NewAction("Ring the school.", team.officer, ago(1)))
    assert (ManagementReview.objects.count(), Note.objects.count(), ManagementAction.objects.count()) == (0, 0, 0)


def test_at_high_risk_of_harm_the_next_review_is_within_16_weeks() -> None:
    team = a_team()
    case = their_case(team)
    write(case, "harm_level_set", ago(3), level="high")
    with pytest.raises(NotKept, match="within 16 weeks"):
        reviewed(team.spo, case, next_on=today() + IN_16_WEEKS + timedelta(days=1))
    assert reviewed(team.spo, case, next_on=today() + IN_16_WEEKS).pk


def test_a_case_that_moved_on_since_the_page_was_opened_is_not_reviewed_by_it() -> None:
    team = a_team()
    case = their_case(team)
    seen = case.version
    write(case, "significant_incident", ago(1))
    with as_person(team.spo), pytest.raises(ChangedMeanwhile):
        review_case(by=team.spo, case=case, answers=answers(), version=seen)


def test_its_owner_or_a_line_manager_completes_an_action_with_evidence_and_nobody_else_does() -> None:
    team = a_team()
    case = their_case(team)
    colleague = make_person(Role.POLICE_OFFICER)
    action = an_action(team.spo, case, team.officer)
    with as_person(colleague), pytest.raises(NotTheirs):
        complete_action(by=colleague, action=action, evidence="Rang them.")
    with as_person(team.officer):
        with pytest.raises(NotKept, match="Say how it was done"):
            complete_action(by=team.officer, action=action, evidence=" ")
        done = complete_action(by=team.officer, action=action, evidence="Rang them on Monday.")
        assert (done.done_on, done.done_by, done.evidence) == (today(), team.officer, "Rang them on Monday.")
        with pytest.raises(NotKept, match="completed before"):
            complete_action(by=team.officer, action=action, evidence="Again.")
    by_manager = an_action(team.sergeant, case, team.manager)
    with as_person(team.spo):
        assert complete_action(by=team.spo, action=by_manager, evidence="Seen.").done_by == team.spo


def test_the_form_records_it_once_however_often_it_is_sent_and_the_case_shows_it() -> None:
    team = a_team()
    case = their_case(team)
    browser = signed_in(team.spo)
    next_on = ago(-30)
    form = sent(case, reasons="Nothing has changed.", **{"reviewed_on": today().isoformat()}) | {
        "looked_at": ["oasys", "mappa"],
        "outcomes": ["as_it_is"],
        "next_on-day": str(next_on.day),
        "next_on-month": str(next_on.month),
        "next_on-year": str(next_on.year),
    }
    address = f"/cases/{case.key}/management-reviews/"
    for _ in range(2):
        answer = browser.post(f"{address}add/", form)
        assert (answer.status_code, answer["Location"]) == (302, f"{address}?saved=review")
    assert ManagementReview.objects.count() == 1
    page = browser.get(address).content.decode()
    assert "Agreed as it is" in page and "Nothing has changed." in page
    front = browser.get(f"/cases/{case.key}/").content.decode()
    assert "Management reviews" in front and "agreed as it is" in front


def test_the_form_says_what_an_action_lacks_and_keeps_what_was_typed() -> None:
    team = a_team()
    case = their_case(team)
    answer = signed_in(team.spo).post(
        f"/cases/{case.key}/management-reviews/add/", sent(case, what_0="Ring the school.")
    )
    page = answer.content.decode()
    for sentence in ("Select what you looked at", "Select who does it", "Enter the day it must be done by"):
        assert sentence in page
    assert "Ring the school." in page


def test_who_does_not_open_what_is_confidential_reads_that_there_was_a_review_and_not_a_word_of_it() -> None:
    team = a_team()
    case = their_case(team)
    an_action(team.spo, case, team.officer, what="Ask at the Larkrise school.")
    board = make_person(Role.SMB_MEMBER)
    give(case, InvolvementKind.AUDIT, person=board)
    page = signed_in(board).get(f"/cases/{case.key}/management-reviews/").content.decode()
    assert "Change the plan" in page
    assert ("children next door" in page, "Larkrise" in page) == (False, False)
    read = signed_in(team.officer).get(f"/cases/{case.key}/management-reviews/").content.decode()
    assert ("children next door" in read, "Larkrise" in read) == (True, True)
    with as_person(board):
        assert (ManagementReview.objects.count(), ManagementAction.objects.count()) == (1, 0)


def test_a_line_manager_who_was_only_invited_does_not_review_it() -> None:
    case = make_case()
    guest = make_person(Role.LINE_MANAGER, area=make_area("eastmarch", "B"))
    give(case, InvolvementKind.INVITED, person=guest)
    browser = signed_in(guest)
    assert browser.get(f"/cases/{case.key}/management-reviews/").status_code == 200
    assert browser.get(f"/cases/{case.key}/management-reviews/add/").status_code == 403
