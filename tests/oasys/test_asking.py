"""Requests for information: asked, chased, answered; overdue first; a confidential note for each."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openmappa.accounts.acting import as_person
from openmappa.core.access import Role
from openmappa.core.involvement import InvolvementKind
from openmappa.notes.models import Note
from openmappa.oasys.models_around import InformationChaser, InformationRequest
from tests.oasys.around import Desk, a_desk, asked_row
from tests.timeline.build import ago, day_boxes, give, make_person, sent, signed_in, today

pytestmark = pytest.mark.django_db
QUESTION = "Which school does the daughter of his partner go to?"


@pytest.fixture
def desk() -> Desk:
    return a_desk()


def asked(desk: Desk, **changed: object) -> InformationRequest:
    return asked_row(desk.case, desk.manager, **changed)


def form(desk: Desk, due: int = 14, **changed: str) -> dict[str, str]:
    plain = {"agency": "Northshire Council", "post": "Duty social worker", "question": QUESTION, "way": "letter"}
    return sent(desk.case) | plain | dict(day_boxes("due_on", today() + timedelta(days=due))) | changed


def recent(name: str, days: int = 0) -> dict[str, str]:
    return dict(day_boxes(name, ago(days)))


def test_asking_is_recorded_with_a_confidential_note_on_the_timeline(desk: Desk) -> None:
    assert desk.browser.post(desk.at("ask"), form(desk))["Location"] == desk.at("requests")
    row = InformationRequest.objects.get()
    assert (row.agency, row.asked_on, row.due_on, row.way) == (
        "Northshire Council",
        today(),
        today() + timedelta(days=14),
        "letter",
    )
    note = Note.objects.get()
    assert (note.compartment, note.basis) == ("confidential", "fact")
    assert note.text.startswith("Asked Duty social worker, Northshire Council, for information by letter, needed by ")
    assert note.text.endswith(QUESTION)


def test_the_same_form_sent_twice_asks_once(desk: Desk) -> None:
    once = form(desk)
    desk.browser.post(desk.at("ask"), once)
    desk.browser.post(desk.at("ask"), once)
    assert (InformationRequest.objects.count(), Note.objects.count()) == (1, 1)


def test_it_is_not_needed_by_yesterday(desk: Desk) -> None:
    text = desk.browser.post(desk.at("ask"), form(desk, due=-1)).content.decode()
    assert "The date you need it by must be today or later." in text
    assert InformationRequest.objects.count() == 0


def test_what_is_overdue_stands_first_and_what_came_last(desk: Desk) -> None:
    asked(desk, agency="Came", answered_on=ago(1), answered_by=desk.manager, answer="Nothing known.")
    asked(desk, agency="Due", due_on=today() + timedelta(days=3))
    asked(desk, agency="Late")
    text = desk.browser.get(desk.at("requests")).content.decode()
    assert text.index("social worker, Late") < text.index("social worker, Due") < text.index("social worker, Came")
    assert text.count("om-asked--late") == 1


def test_a_chaser_is_recorded(desk: Desk) -> None:
    row = asked(desk)
    answer = desk.browser.post(
        desk.at("chase", asked=row.key), recent("chased_on") | {"way": "phone", "words": "On leave."}
    )
    assert answer.status_code == 302
    chaser = InformationChaser.objects.get()
    assert (chaser.chased_on, chaser.way, chaser.words) == (today(), "phone", "On leave.")
    assert Note.objects.get().text.startswith("Chased Duty social worker, Northshire Council, by phone:")
    assert "On leave." in desk.browser.get(desk.at("requests")).content.decode()


def test_what_came_is_recorded_once_as_said_by_a_third_party(desk: Desk) -> None:
    row = asked(desk)
    came = recent("answered_on", 1) | {"answer": "Hill Primary."}
    assert desk.browser.post(desk.at("answer", asked=row.key), came).status_code == 302
    row.refresh_from_db()
    assert (row.answered_on, row.answer, row.is_open) == (ago(1), "Hill Primary.", False)
    assert (Note.objects.get().basis, Note.objects.get().compartment) == ("third_party", "confidential")
    text = desk.browser.post(desk.at("answer", asked=row.key), came).content.decode()
    assert "An answer to this request has been recorded already." in text


@pytest.mark.parametrize(("name", "field"), [("answer", "answered_on"), ("chase", "chased_on")])
def test_nothing_comes_before_it_was_asked(desk: Desk, name: str, field: str) -> None:
    row = asked(desk)
    more = {"answer": "x", "way": "phone"}
    text = desk.browser.post(desk.at(name, asked=row.key), recent(field, 21) | more).content.decode()
    assert "comes after that." in text
    assert Note.objects.count() == 0


def test_the_letter_says_who_asks_what_of_whom_and_no_more_of_the_case(desk: Desk) -> None:
    text = desk.browser.get(desk.at("letter", asked=asked(desk).key)).content.decode()
    for word in ["Sample Testcase", "2 April 1961", QUESTION, "Duty social worker", "Northshire Council"]:
        assert word in text
    for word in [desk.case.reference, "OASys", "MAPPA", "offender", "sexual", "registered"]:
        assert word not in text


def test_who_does_not_open_what_is_confidential_finds_none_of_it(desk: Desk) -> None:
    row = asked(desk)
    officer = make_person(Role.VICTIM_CONTACT_OFFICER)
    give(desk.case, InvolvementKind.VICTIM_CONTACT, person=officer)
    browser = signed_in(officer)
    addresses = [
        desk.at("requests"),
        desk.at("ask"),
        *(desk.at(n, asked=row.key) for n in ("letter", "answer", "chase")),
    ]
    assert [browser.get(address).status_code for address in addresses] == [403] * 5
    with as_person(officer):
        assert InformationRequest.objects.count() == 0
    with as_person(desk.manager):
        assert InformationRequest.objects.count() == 1


def test_a_police_officer_reads_it_and_asks_nobody_in_probations_name(desk: Desk) -> None:
    row = asked(desk)
    officer = make_person(Role.POLICE_OFFICER)
    desk.case.police_officer = officer
    desk.case.save()
    browser = signed_in(officer)
    assert QUESTION in browser.get(desk.at("requests")).content.decode()
    assert browser.get(desk.at("ask")).status_code == 403
    assert browser.post(desk.at("answer", asked=row.key), {}).status_code == 403


def test_the_page_asks_as_often_for_many_as_for_one(desk: Desk) -> None:
    def count() -> int:
        desk.browser.get(desk.at("requests"))
        with CaptureQueriesContext(connection) as queries:
            desk.browser.get(desk.at("requests"))
        return len(queries)

    def with_chaser() -> None:
        row = asked(desk)
        InformationChaser.objects.create(
            case=desk.case, request=row, chased_on=today(), way="phone", chased_by=desk.manager
        )

    with_chaser()
    one = count()
    for _ in range(10):
        with_chaser()
    assert count() == one
