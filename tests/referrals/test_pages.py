"""The pages: the form and its drafts, what a referrer never learns, the queue, levels, category, other meetings."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.cases.models import Case, Person
from openmappa.cases.services import name_keys_for
from openmappa.core.access import Role
from openmappa.core.involvement import InvolvementKind
from openmappa.notes.models import Note
from openmappa.notices.models import Notice
from openmappa.referrals.models.levels import CategoryConfirmation, LevelDecision
from openmappa.referrals.models.other_meetings import MeetingQuestion, OtherMeeting
from openmappa.referrals.models.referral import Referral
from openmappa.referrals.words import Outcome
from tests.referrals import build
from tests.referrals.scene import matched, ready, sent
from tests.support.pages import without_what_changes
from tests.timeline.build import ago, day_boxes, give, make_case, make_person, signed_in, write
from tests.timeline.build import sent as form_sent

pytestmark = pytest.mark.django_db

FORM = {
    "name": "Sample Testcase",
    "why": "He was seen near a school.",
    "adds": "Housing has to plan with the police.",
    "children": "yes",
    "children_words": "Children on the way to school",
    "victims": "no",
    "urgent": "no",
    "proposed_level": "2",
    "tests": ["accommodation"],
}


@pytest.fixture
def case() -> Case:
    case = make_case()
    write(case, "registered", ago(100))
    person = Person.objects.get(pk=case.person_id)
    person.name_keys = name_keys_for(person)
    person.save()
    return case


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def page(person: User, name: str, **parts: object) -> str:
    answer = signed_in(person).get(reverse(f"referrals:{name}", kwargs=parts))
    assert answer.status_code == 200
    return text(answer)


def send(person: User, name: str, answers: dict[str, Any], **parts: object) -> Any:
    return signed_in(person).post(reverse(f"referrals:{name}", kwargs=parts), answers, follow=True)


def test_a_housing_officer_refers_and_reads_where_it_stands() -> None:
    partner = build.a_partner()
    answer = text(send(partner, "start", FORM))
    assert "The referral was sent to the MAPPA coordinator" in answer
    assert "It is being screened" in answer
    referral = Referral.objects.get()
    assert (referral.name, referral.tests, referral.children_words) == (
        "Sample Testcase",
        ["accommodation"],
        "Children on the way to school",
    )
    assert referral.reference in page(partner, "mine")


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ("name", "Enter the full name"),
        ("why", "Answer the question “What has happened, and why do you refer?”"),
        ("children_words", "Say which children may be at risk, and how"),
        ("proposed_level", "Which level do you propose?"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(left_out: str, said: str) -> None:
    answer = text(send(build.a_partner(), "start", {**FORM, left_out: ""}))
    assert said in answer
    assert "Housing has to plan with the police." in answer
    assert not Referral.objects.exists()


def test_a_draft_is_saved_unfinished_and_opened_again_as_it_was() -> None:
    partner = build.a_partner()
    answer = text(send(partner, "start", {"name": "Sample", "why": "Half a sent", "draft": "yes"}))
    assert "The draft was saved. Only you can see it" in answer
    draft = Referral.objects.get()
    assert "Half a sent" in page(partner, "edit", referral=draft.key)
    send(partner, "edit", FORM, referral=draft.key)
    draft.refresh_from_db()
    assert (draft.is_draft, draft.why) == (False, "He was seen near a school.")


def test_a_referrer_reads_the_same_whether_or_not_there_is_a_case(case: Case) -> None:
    partner, coordinator = build.a_partner(), build.a_coordinator()
    first, second = sent(partner), matched(partner, coordinator, case)
    Referral.objects.filter(pk=second.pk).update(sent_at=first.sent_at)
    pages = [page(partner, "show", referral=each.key).replace(each.reference, "R") for each in (first, second)]
    same = [without_what_changes(each.encode()) for each in pages]
    assert same[0] == same[1]
    assert case.reference not in pages[1] + page(partner, "mine")


def test_a_case_is_referred_from_its_own_page(case: Case) -> None:
    officer = make_person(Role.POLICE_OFFICER)
    answers = {name: value for name, value in FORM.items() if name != "name"}
    send(officer, "refer", answers, key=case.key)
    referral = Referral.objects.get()
    assert (referral.case, referral.matched_by) == (case, officer)
    menu = signed_in(officer).get(reverse("timeline:record_menu", kwargs={"key": case.key})).content.decode()
    assert "Refer to MAPPA" in menu


def test_the_queue_says_what_each_needs_and_by_when(case: Case) -> None:
    partner, coordinator = build.a_partner(), build.a_coordinator()
    sent(partner)
    second = matched(partner, coordinator, case)
    found = page(coordinator, "queue")
    assert "Match it to a case" in found
    assert "Views, then a decision" in found
    assert case.reference in found
    manager = build.a_sergeant()
    assert "No referral waits for you" in page(manager, "queue")
    build.a_screener(second, manager)
    assert "Your view" in page(manager, "queue")


def test_the_coordinator_finds_the_case_by_the_name_that_was_typed(case: Case) -> None:
    coordinator = build.a_coordinator()
    referral = sent(build.a_partner())
    assert case.reference in page(coordinator, "match", referral=referral.key)
    answer = send(coordinator, "match", {"case": str(case.key), "looked_for": "Testcase"}, referral=referral.key)
    assert "The referral is matched to the case" in text(answer)
    referral.refresh_from_db()
    assert referral.case == case


def test_three_people_screen_it_and_the_level_stands_on_the_front_sheet_with_who_and_why(case: Case) -> None:
    coordinator, partner = build.a_coordinator(), build.a_partner()
    spo, sergeant = build.an_spo(), build.a_sergeant()
    referral = matched(partner, coordinator, case)
    asked = {"probation": str(spo.pk), "police": str(sergeant.pk)}
    assert "They were asked" in text(send(coordinator, "screeners", asked, referral=referral.key))
    assert "It cannot be decided yet" in page(coordinator, "screen", referral=referral.key)
    for person, level in ((spo, "level_2"), (sergeant, "level_3")):
        answer = send(person, "view", {"view": level, "reasons": "So I think."}, referral=referral.key)
        assert "Your view was recorded" in text(answer)
    decision = {"outcome": "level_2", "category": "1", "reasons": "Housing has to act."}
    decided = text(send(coordinator, "decide", decision, referral=referral.key))
    assert "Another view:" in decided
    call = f"{reverse('meetings:call')}?referral={referral.key}&amp;cases={case.reference}&amp;level=2"
    assert call in decided
    assert case.reference in text(signed_in(coordinator).get(call.replace("&amp;", "&")))
    sheet = text(signed_in(sergeant).get(reverse("timeline:front_sheet", kwargs={"key": case.key})))
    assert "Screening of a referral" in sheet
    assert f"{coordinator.full_name}: Housing has to act." in sheet
    assert "Agencies will meet about it" in page(partner, "show", referral=referral.key)
    assert "Housing has to act." not in page(partner, "show", referral=referral.key)


def test_a_decision_needs_the_category_where_it_gives_a_level(case: Case) -> None:
    coordinator = build.a_coordinator()
    referral = ready(case, coordinator, build.a_partner())
    answer = text(send(coordinator, "decide", {"outcome": "level_2", "reasons": "x"}, referral=referral.key))
    assert "Choose the category that the case is in" in answer
    assert not LevelDecision.objects.exists()


def test_what_was_decided_meanwhile_is_said_and_what_was_typed_stays(case: Case) -> None:
    coordinator = build.a_coordinator()
    referral = ready(case, coordinator, build.a_partner())
    send(coordinator, "decide", {"outcome": Outcome.NOT_MAPPA.value, "reasons": "No."}, referral=referral.key)
    late = {"outcome": "level_3", "category": "1", "reasons": "I typed this."}
    answer = text(send(build.a_coordinator(), "decide", late, referral=referral.key))
    assert "has decided this referral already: not MAPPA" in answer
    assert "I typed this." in answer


def test_a_line_manager_is_led_to_refer_instead_of_setting_a_level(case: Case) -> None:
    found = page(build.a_sergeant(), "decide_level", key=case.key)
    assert "refer the case: say why" in found
    send(
        build.a_sergeant(), "decide_level", form_sent(case, ago(0), level="2", category="1", reasons="x"), key=case.key
    )
    assert not LevelDecision.objects.exists()


def test_the_coordinator_decides_with_reasons_and_the_history_has_it(case: Case) -> None:
    coordinator = build.a_coordinator()
    answers = form_sent(case, ago(0), level="2", category="1", reasons="Agencies have to meet.")
    answer = text(send(coordinator, "decide_level", answers, key=case.key))
    assert "The decision on the level was recorded" in answer
    assert "Agencies have to meet." in answer
    assert "The coordinator’s own decision" in answer


def test_the_category_is_worked_out_asked_for_and_confirmed(case: Case) -> None:
    manager = build.a_sergeant()
    licence = make_case()
    write(licence, "order_started", ago(30), order="licence")
    assert "cannot be told yet" in page(manager, "category", key=licence.key)
    answers = {"offence": "sexual", "sentence_months": "18", "preview": "yes"}
    assert "Worked out: category 2" in text(send(manager, "category", answers, key=licence.key))
    assert not CategoryConfirmation.objects.exists()
    answers = {"offence": "sexual", "sentence_months": "18", "category": "2"}
    assert "The category was confirmed" in text(send(manager, "category", answers, key=licence.key))
    row = CategoryConfirmation.objects.get()
    assert (row.worked_out, row.confirmed, row.sentence_months) == (2, 2, 18)
    other = text(send(manager, "category", answers | {"category": "3"}, key=licence.key))
    assert "This is another category than was worked out. Say why." in other


def test_a_meeting_outside_mappa_stands_on_the_timeline_is_questioned_and_answered(case: Case) -> None:
    officer, coordinator = make_person(Role.POLICE_OFFICER), build.a_coordinator()
    answers = {
        "kind": "professionals",
        "held_on": "another",
        **day_boxes("held_on", ago(3)),
        "who": "Housing and police",
        "purpose": "To plan",
        "why_not_mappa": "It was urgent.",
    }
    assert "The meeting was recorded" in text(send(officer, "record_other_meeting", answers, key=case.key))
    meeting = OtherMeeting.objects.get()
    assert Note.objects.get(pk=meeting.note_id).compartment == "confidential"
    assert Notice.objects.filter(to=coordinator, kind="other_meeting").count() == 1
    asked = {"words": "Should this have been a referral?"}
    send(coordinator, "question", asked, key=case.key, meeting=meeting.key)
    assert "Answer it" in page(officer, "other_meetings", key=case.key)
    send(officer, "answer_meeting", {"words": "Yes, I refer it now."}, key=case.key, meeting=meeting.key)
    assert MeetingQuestion.objects.get().answered_by == officer
    assert "Yes, I refer it now." in page(coordinator, "other_meetings", key=case.key)


def test_who_does_not_read_what_is_confidential_is_told_so(case: Case) -> None:
    victims = make_person(Role.VICTIM_CONTACT_OFFICER)
    give(case, InvolvementKind.VICTIM_CONTACT, person=victims)
    build.another_meeting(case, build.a_coordinator(), who="Secretmeeting")
    found = page(victims, "other_meetings", key=case.key)
    assert ("which you do not read" in found, "Secretmeeting" in found) == (True, False)


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    return len(found)


@pytest.mark.parametrize("name", ["mine", "queue"])
def test_lists_ask_as_often_for_20_referrals_as_for_1(case: Case, name: str) -> None:
    coordinator = build.a_coordinator()
    browser, address = signed_in(coordinator), reverse(f"referrals:{name}")

    def three() -> None:
        build.a_referral(coordinator, case)
        build.a_referral(coordinator)
        done = {"outcome": "not_mappa", "reasons": "x", "decided_by": coordinator, "decided_at": timezone.now()}
        build.a_referral(coordinator, **done)

    three()
    one = queries(browser, address)
    for _ in range(20):
        three()
    assert queries(browser, address) == one


@pytest.mark.parametrize("name", ["levels", "other_meetings"])
def test_pages_of_a_case_ask_as_often_for_20_of_everything_as_for_1(case: Case, name: str) -> None:
    coordinator = build.a_coordinator()
    browser, address = signed_in(coordinator), reverse(f"referrals:{name}", kwargs={"key": case.key})

    def everything() -> None:
        build.a_decision(case, coordinator)
        build.a_confirmation(case, coordinator)
        build.a_referral(coordinator, case)
        build.a_question(build.another_meeting(case, coordinator), coordinator)

    everything()
    one = queries(browser, address)
    for _ in range(20):
        everything()
    assert queries(browser, address) == one
