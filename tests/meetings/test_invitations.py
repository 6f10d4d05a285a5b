"""Invitations leave the service as e-mail and calendar files: when and where, and not a word of any case."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.urls import reverse
from icalendar import Calendar

from openmappa.accounts.models import Mail, User
from openmappa.cases.models import Case, Person
from openmappa.config.mail import mail_settings
from openmappa.core.access import Role
from openmappa.meetings.models.calendar import CalendarEntry
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.services.calling import ToList, list_case, take_off_case
from openmappa.meetings.services.changing import cancel_sitting, move_sitting
from openmappa.meetings.services.inviting import invite_to_meeting, withdraw_invitee
from openmappa.meetings.services.sending import send_invitations
from tests.meetings.build import a_coordinator, a_partner, an_agency, an_entry, called, done, soon
from tests.support.smtp import Mailbox, smtp_server
from tests.timeline.build import make_case, make_person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Any) -> Iterator[Mailbox]:
    with smtp_server() as mailbox:
        for name, value in mail_settings(f"smtp+plain://127.0.0.1:{mailbox.port}").items():
            setattr(settings, name, value)
        settings.OPENMAPPA_ADDRESS = "https://mappa.example"
        yield mailbox


def files(server: Mailbox) -> list[Any]:
    """The event of each calendar file that arrived, read back by the library, with the method of its calendar."""
    found = []
    for message in server.messages:
        (part,) = message.iter_attachments()
        calendar = Calendar.from_ical(part.get_content())
        assert part.get_param("method") == str(calendar["METHOD"])
        (event,) = calendar.walk("VEVENT")
        found.append((str(calendar["METHOD"]), event))
    return found


def told(person: User, address: str = "a.sample@partner.example", mail: str = Mail.AT_ONCE) -> User:
    person.email, person.mail = address, mail
    person.save()
    return person


def outside(address: str = "doctor@health.example") -> None:
    an_entry(agency=an_agency("Health"), post="Psychiatrist", holder="Hal Sample", email=address, core_at_2=True)


def words_of(case: Case) -> list[str]:
    person = case.person
    words = [case.reference, person.given_names, person.family_name, person.crn, str(case.key), str(person.born_on)]
    return [*words, "Quarrelsome", "sexual", "harm", "offender", "offence"]


def test_a_calendar_file_says_when_and_where_and_not_a_word_of_the_case(server: Mailbox) -> None:
    case = make_case()
    Person.objects.filter(pk=case.person_id).update(given_names="Zebedee", family_name="Quillfeather", crn="X998877")
    case = Case.objects.select_related("person", "area").get(pk=case.pk)
    outside()
    sitting = called(
        a_coordinator(),
        case,
        cases=[ToList(case, "Quarrelsome at the hostel")],
        room="Room 4",
        link="https://m.example/1",
    )
    assert send_invitations().sent == 1
    ((method, event),) = files(server)
    assert (method, event["SEQUENCE"], event["UID"]) == ("REQUEST", 0, f"{sitting.key}@openmappa")
    assert (event["SUMMARY"], event["LOCATION"]) == ("MAPPA meeting, Level 2", "Room 4, Civic Hall")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (sitting.starts_at, sitting.ends_at)
    assert (event["STATUS"], event["ATTENDEE"]) == ("CONFIRMED", "mailto:doctor@health.example")
    assert "https://mappa.example/meetings/" in event["DESCRIPTION"]
    body = server.messages[0].get_body()
    assert body is not None
    said = "\n".join([*server.raw, body.get_content(), event.to_ical().decode()])
    assert [word for word in words_of(case) if word.casefold() in said.casefold()] == []
    assert "You have no sign-in to OpenMAPPA." in said


def test_a_move_raises_the_sequence_and_a_cancelled_sitting_is_taken_out(server: Mailbox) -> None:
    outside()
    by = a_coordinator()
    sitting = called(by, make_case())
    send_invitations()
    sitting = done(by, move_sitting, sitting=sitting, starts_at=soon(9), place="Town Hall")
    send_invitations()
    done(by, cancel_sitting, sitting=sitting, reason="Snow")
    send_invitations()
    found = files(server)
    assert [(method, event["SEQUENCE"], event["STATUS"]) for method, event in found] == [
        ("REQUEST", 0, "CONFIRMED"),
        ("REQUEST", 1, "CONFIRMED"),
        ("CANCEL", 2, "CANCELLED"),
    ]
    assert {event["UID"] for _, event in found} == {f"{sitting.key}@openmappa"}
    assert found[1][1]["DTSTART"].dt == soon(9)
    assert send_invitations().sent == 0


def test_who_is_invited_to_two_of_three_cases_has_their_time_alone_in_the_calendar(server: Mailbox) -> None:
    by, entry = a_coordinator(), an_entry(email="h@housing.example")
    first, second, third = make_case(), make_case(), make_case()
    lists = [ToList(first, "x"), ToList(second, "x", entries=[entry]), ToList(third, "x", entries=[entry])]
    sitting = called(by, first, cases=lists)
    send_invitations()
    done(by, take_off_case, meeting=sitting.meetings.get(case=third), reason="Recalled")
    send_invitations()
    spans = [(event["DTSTART"].dt, event["DTEND"].dt) for _, event in files(server)]
    half = (sitting.ends_at - sitting.starts_at) / 3
    assert spans == [
        (sitting.starts_at + half, sitting.ends_at),
        (sitting.starts_at + half, sitting.starts_at + 2 * half),
    ]


def test_one_calendar_message_for_a_list_and_another_when_a_case_is_added(server: Mailbox) -> None:
    outside()
    by = a_coordinator()
    sitting = called(by, make_case(), make_case())
    assert send_invitations().sent == 1
    done(by, list_case, sitting=sitting, case=make_case(), why="x")
    assert (send_invitations().sent, CalendarEntry.objects.get(email="doctor@health.example").meetings) == (1, 3)


def test_nothing_is_sent_to_who_wants_none_or_was_withdrawn_before(server: Mailbox) -> None:
    none, quick = told(a_partner(), mail=Mail.NONE), told(a_partner("Health"), "q@health.example")
    by = a_coordinator()
    meeting = called(by, make_case()).meetings.get()
    for person in (none, quick):
        done(by, invite_to_meeting, meeting=meeting, person=person)
    done(by, withdraw_invitee, invitee=Invitee.objects.get(person=quick), reason="A mistake")
    assert (send_invitations().sent, server.to) == (0, [])


def test_a_bad_address_stops_nobody_and_is_tried_again_later(server: Mailbox) -> None:
    outside("gone@health.example")
    an_entry(agency=an_agency("Schools"), post="Head", holder="Hetty Sample", email="here@s.example", core_at_2=True)
    called(a_coordinator(), make_case())
    server.refuses = {"gone@health.example"}
    result = send_invitations()
    row = CalendarEntry.objects.get(email="gone@health.example")
    assert (result.sent, result.failed, server.to, row.tries) == (1, 1, ["here@s.example"], 1)
    assert send_invitations().failed == 0, "not before its time"
    server.refuses = set()
    CalendarEntry.objects.filter(pk=row.pk).update(next_at=row.changed_at)
    assert (send_invitations().sent, server.to[-1]) == (1, "gone@health.example")


class Killed(BaseException):
    """The process ends here."""


def test_killed_between_sending_and_saying_so_the_same_message_goes_once_more(
    server: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside()
    called(a_coordinator(), make_case())

    def killed(self: CalendarEntry, *args: object, **more: object) -> None:
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(CalendarEntry, "save", killed)
        send_invitations()
    assert (len(server.raw), CalendarEntry.objects.get(email="doctor@health.example").sent_sequence) == (1, -1)
    call_command("send_invitations", verbosity=0)
    first, second = server.messages
    assert first["Message-ID"] == second["Message-ID"]
    assert files(server)[0][1].to_ical() == files(server)[1][1].to_ical()
    assert send_invitations().sent == 0


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_invitation_once(server: Mailbox) -> None:
    for number in range(4):
        an_entry(agency=an_agency(f"A{number}"), post="Post", email=f"p{number}@a.example", core_at_2=True)
    called(a_coordinator(), make_case())
    begin, sent = threading.Barrier(2), []

    def send() -> None:
        begin.wait(timeout=10)
        sent.append(send_invitations().sent)
        connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert (sum(sent), sorted(server.to)) == (4, [f"p{number}@a.example" for number in range(4)])


def test_the_file_can_be_fetched_from_the_page_too() -> None:
    partner, by = a_partner(), a_coordinator()
    meeting = called(by, make_case()).meetings.get()
    done(by, invite_to_meeting, meeting=meeting, person=partner)
    page = reverse("meetings:calendar", kwargs={"sitting": meeting.sitting.key})
    answer = signed_in(partner).get(page)
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (answer["Content-Type"], event["SUMMARY"]) == ("text/calendar; charset=utf-8", "MAPPA meeting, Level 2")
    assert signed_in(make_person(Role.POLICE_OFFICER)).get(page).status_code == 404
