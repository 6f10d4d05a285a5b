"""The pages of transfers: each role at each, what they show, and that nothing typed is lost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openmappa.accounts.models import User
from openmappa.core.access import Rank, Role
from openmappa.transfers.models import ContactDetails, Transfer
from openmappa.transfers.services.directory import keep_contact_details
from openmappa.transfers.words import State
from tests.timeline.build import day_boxes, make_area, make_person, signed_in, today
from tests.transfers.build import ADDRESS, REASONS, Places, accepted, answers, asked, chief, met, places, sent

pytestmark = pytest.mark.django_db
STEPS = ("send", "approve", "accept", "decline", "recall", "give_back")


def page(name: str, transfer: Transfer) -> str:
    return reverse(f"transfers:{name}", kwargs={"transfer": transfer.key})


def status(person: User, address: str, *, post: bool = False) -> int:
    browser = signed_in(person)
    return (browser.post(address, {}) if post else browser.get(address)).status_code


def text(person: User, address: str) -> str:
    answer = signed_in(person).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def cast(here: Places) -> dict[str, User]:
    third = make_area("southdale", "C")
    return {
        "officer": here.officer,
        "sender": here.sender,
        "receiver": here.receiver,
        "new officer": here.new_officer,
        "chief here": chief(here.home),
        "chief there": chief(here.away),
        "line manager there": make_person(Role.LINE_MANAGER, area=here.away, rank=Rank.INSPECTOR),
        "third coordinator": make_person(Role.MAPPA_COORDINATOR, area=third),
        "third chief": chief(third),
        "partner": make_person(Role.PARTNER_MEMBER, area=here.home, kind="partner"),
        "board": make_person(Role.SMB_MEMBER, area=here.home, kind="partner"),
        "auditor": make_person(Role.AUDITOR, area=here.home),
    }


def test_each_person_at_each_page_of_a_level_3_transfer_that_waits_for_an_answer() -> None:
    here = places(3)
    transfer = asked(here)
    people = cast(here)
    shown = {name: status(person, page("show", transfer)) for name, person in people.items()}
    nobody = dict.fromkeys(["new officer", "line manager there", "third coordinator", "third chief"], 404)
    nobody |= dict.fromkeys(["partner", "board", "auditor"], 403)
    seen = dict.fromkeys(["officer", "sender", "receiver", "chief here", "chief there"], 200)
    assert shown == seen | nobody
    for step, may in {
        "send": {"sender", "receiver"},
        "approve": {"sender", "receiver", "chief here", "chief there"},
        "accept": {"sender", "receiver"},
        "decline": {"sender", "receiver"},
        "give_back": {"sender", "receiver"},
        "recall": set(seen),
    }.items():
        for name, person in people.items():
            expected = 200 if name in may else (404 if nobody.get(name) == 404 and person.role in _roles(step) else 403)
            assert status(person, page(step, transfer)) == expected, (step, name)
            again = status(person, page(step, transfer), post=True)
            assert again == (expected if expected != 200 else again), (step, name)
            assert again in (200, 302, 403, 404)
            assert Transfer.objects.get().state == State.ASKED


def _roles(step: str) -> set[str]:
    brokers = {Role.MAPPA_COORDINATOR.value}
    if step == "approve":
        return brokers | {Role.LINE_MANAGER.value}
    if step == "recall":
        return brokers | {Role.LINE_MANAGER.value, Role.POLICE_OFFICER.value, Role.CASE_MANAGER.value}
    return brokers


def test_signed_out_nobody_gets_anywhere() -> None:
    transfer = asked(places())
    for step in ("show", *STEPS):
        assert Client().get(page(step, transfer)).status_code == 302


def test_asking_on_the_page_keeps_what_was_typed_and_sends_once() -> None:
    here = places()
    address = reverse("transfers:ask", kwargs={"key": here.case.key})
    browser = signed_in(here.officer)
    typed = {"to_area": str(here.away.pk), "reasons": REASONS, "address": ADDRESS, **day_boxes("proposed_on", today())}
    typed |= {f"answer_{name}": words for name, words in answers(risk="").items()}
    token = "3f0b1c9e-7f1e-4a52-9d93-0c1f7f8ad001"
    refused = browser.post(address, typed | {"submission": token})
    said = refused.content.decode()
    assert REASONS in said
    assert "Which risks does the receiving area need to know at once?”, or write why" in said
    whole = typed | {"answer_risk": "None known.", "submission": token}
    for _ in range(2):
        assert browser.post(address, whole).status_code == 302
    transfer = Transfer.objects.get()
    assert transfer.answers["risk"] == "None known."
    assert "A transfer of this case is on its way" in text(here.officer, address)


def test_the_page_says_what_has_to_be_there_first_and_what_is() -> None:
    here = places(3)
    transfer = asked(here)
    said = text(here.sender, page("show", transfer))
    assert said.count("not yet") == 3
    met(here, 3)
    said = text(here.sender, page("show", transfer))
    assert said.count("not yet") == 2
    refused = signed_in(here.sender).post(page("send", transfer), {"invited_how": ""}).content.decode()
    assert "does not show that the receiving area was invited" in refused
    assert "A chief officer of your area has to approve it first" in refused


def test_declining_says_what_is_no_ground() -> None:
    here = places()
    transfer = sent(here)
    said = text(here.receiver, page("decline", transfer))
    assert "a shortage of people, money or places" in said
    assert "what the area would like" in said
    answer = signed_in(here.receiver).post(page("decline", transfer), {"ground": "no_room", "words": "We are full."})
    assert "We are full." in answer.content.decode()
    assert Transfer.objects.get().state == State.SENT


def test_accepting_on_the_page_and_the_receipt_that_the_sending_area_keeps() -> None:
    here = places()
    transfer = sent(here)
    people = {"police_officer": str(here.new_officer.pk), "case_manager": str(here.new_manager.pk)}
    assert str(here.officer) not in text(here.receiver, page("accept", transfer)).split("<select")[1]
    answer = signed_in(here.receiver).post(page("accept", transfer), people, follow=True)
    assert "Eastmarch took it on" in answer.content.decode()
    receipt = text(here.sender, page("show", transfer))
    assert "This page is your receipt" in receipt
    assert transfer.reference in receipt
    assert "Open the case" not in receipt
    assert transfer.reference in text(here.sender, reverse("transfers:list"))
    case = reverse("timeline:front_sheet", kwargs={"key": here.case.key})
    assert (status(here.sender, case), status(here.officer, case)) == (404, 404)
    assert (status(here.receiver, case), status(here.new_officer, case), status(here.new_manager, case)) == (200,) * 3
    assert status(here.officer, page("show", transfer)) == 404


def test_who_was_responsible_when_has_every_instant_and_the_transfers() -> None:
    here = places()
    accepted(here)
    said = text(here.new_officer, reverse("transfers:responsible", kwargs={"key": here.case.key}))
    assert "Transferred to another area" in said
    assert here.officer.full_name in said
    assert "never two areas at once" in said


def test_a_list_costs_the_same_for_1_and_for_12() -> None:
    here = places()
    asked(here)

    def cost() -> int:
        browser = signed_in(here.sender)
        browser.get(reverse("transfers:list"))
        with CaptureQueriesContext(
            connection,
        ) as taken:
            browser.get(reverse("transfers:list"))
        return len(taken)

    one = cost()
    for _ in range(11):
        more = places()
        asked(more)
    assert cost() == one


def test_the_directory_has_every_area_and_each_coordinator_keeps_their_own_number() -> None:
    here = places()
    make_area("southdale", "C")
    keep_contact_details(by=here.receiver, phone="01632 960001", email="", hours="Weekdays")
    said = text(here.officer, reverse("transfers:directory"))
    assert all(word in said for word in ("Northshire", "Eastmarch", "Southdale", "01632 960001", "Weekdays"))
    assert "No coordinator in the record" in said
    sent_form = {"phone": "01632 960002", "email": "sample@example.org", "hours": ""}
    assert signed_in(here.sender).post(reverse("transfers:mine"), sent_form).status_code == 302
    assert ContactDetails.objects.get(person=here.sender).phone == "01632 960002"
    assert status(here.officer, reverse("transfers:mine")) == 403
