"""Who is invited sees what they are invited to, answers, writes what they know; and nothing else, and no longer."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.cases.models import Case, Involvement
from openmappa.core.access import Rank, Role
from openmappa.core.compartments import Compartment
from openmappa.core.involvement import InvolvementKind
from openmappa.meetings.errors import NotCalled, SavedMeanwhile
from openmappa.meetings.models.contribution import Contribution
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.models.sitting import Meeting
from openmappa.meetings.queries.contributions import contributions
from openmappa.meetings.queries.invited import ranks_of
from openmappa.meetings.services.attending import note_attendance, reply_to_invitation
from openmappa.meetings.services.calling import ToList
from openmappa.meetings.services.contributing import contribute, withdraw_contribution
from openmappa.meetings.services.inviting import invite_missing, invite_to_meeting, withdraw_invitee
from openmappa.meetings.words import Attendance, InviteeKind, Reply
from openmappa.notes.models import Note
from openmappa.notices.models import Notice
from tests.meetings.build import (
    a_contribution,
    a_coordinator,
    a_meeting,
    a_partner,
    an_agency,
    an_entry,
    an_invitee,
    called,
    done,
    elsewhere,
)
from tests.timeline.build import give, make_case, make_person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    return a_coordinator()


@pytest.fixture
def meeting(by: User) -> Meeting:
    return called(by, make_case()).meetings.get()


def page(meeting: Meeting, name: str = "one") -> str:
    return reverse(f"meetings:{name}", kwargs={"key": meeting.case.key, "meeting": meeting.key})


def test_an_invited_partner_sees_the_page_of_the_meeting_and_no_record(by: User, meeting: Meeting) -> None:
    partner = a_partner()
    assert signed_in(partner).get(page(meeting)).status_code == 404
    done(by, invite_to_meeting, meeting=meeting, person=partner)
    client = signed_in(partner)
    body = client.get(page(meeting)).content.decode()
    assert "Meeting you are invited to" in body
    assert meeting.why not in body
    assert client.get(reverse("timeline:timeline", kwargs={"key": meeting.case.key})).status_code == 403
    assert client.get(page(meeting, "show")).status_code == 403
    row = Involvement.objects.get(person=partner)
    assert (row.kind, row.until_at) == ("invited", meeting.sitting.ends_at + timedelta(days=21))


def test_withdrawn_while_the_meeting_runs_the_next_request_is_refused(by: User, meeting: Meeting) -> None:
    partner = a_partner()
    invitee = done(by, invite_to_meeting, meeting=meeting, person=partner)
    client = signed_in(partner)
    Meeting.objects.filter(pk=meeting.pk).update(opened_at=timezone.now(), opened_by=by)
    assert client.get(page(meeting)).status_code == 200
    done(by, withdraw_invitee, invitee=invitee, reason="Left the agency")
    said = {"inform": "send", "text": "Too late", "compartment": "open", "submission": str(uuid.uuid4())}
    assert (client.get(page(meeting)).status_code, client.post(page(meeting), said).status_code) == (404, 404)
    assert (
        Contribution.objects.count(),
        "You are invited to no meeting" in client.get("/meetings/").content.decode(),
    ) == (
        0,
        True,
    )
    assert Notice.objects.filter(to=partner, words__startswith="You are no longer invited").count() == 1


def test_whoever_answers_for_the_case_is_given_nothing_more(by: User) -> None:
    manager = make_person(Role.CASE_MANAGER)
    case = make_case(case_manager=manager)
    invitee = Invitee.objects.get(meeting=called(by, case).meetings.get(), person=manager)
    assert invitee.involvement is None
    assert Involvement.objects.filter(person=manager).count() == 0


def test_inviting_does_not_open_a_restricted_case(by: User) -> None:
    case, partner = make_case(restricted_contact=by), a_partner()
    give(case, InvolvementKind.NAMED, person=by)
    meeting = called(by, case).meetings.get()
    done(by, invite_to_meeting, meeting=meeting, person=partner)
    answer = signed_in(partner).get(page(meeting))
    assert (answer.status_code, case.person.family_name in answer.content.decode()) == (403, False)
    assert "Being invited does not open it" in signed_in(by).get(page(meeting, "show")).content.decode()


def test_nobody_is_invited_twice_and_the_same_form_invites_once(by: User, meeting: Meeting) -> None:
    token, partner = uuid.uuid4(), a_partner()
    first, second = (done(by, invite_to_meeting, meeting=meeting, person=partner, submission=token) for _ in range(2))
    assert first == second
    with pytest.raises(NotCalled, match="is invited to this meeting already"):
        done(by, invite_to_meeting, meeting=meeting, person=partner)
    housing = {"agency": an_agency(), "name": "Hugo Sample", "email": "hugo@housing.example"}
    done(by, invite_to_meeting, meeting=meeting, **housing)
    with pytest.raises(NotCalled, match="is invited to this meeting already"):
        done(by, invite_to_meeting, meeting=meeting, **(housing | {"email": "HUGO@housing.example"}))


def test_the_child_protection_unit_is_not_dropped_in_silence(by: User) -> None:
    unit: dict[str, Any] = {
        "post": "Child protection unit",
        "kind": InviteeKind.CHILD_PROTECTION,
        "email": "cpu@police.example",
    }
    an_entry(holder="Chris Unit", **unit)
    case = make_case()
    meeting = called(by, case, cases=[ToList(case, "x", child_why="A new partner has two sons.")]).meetings.get()
    invitee = Invitee.objects.get(meeting=meeting, kind=InviteeKind.CHILD_PROTECTION)
    done(by, withdraw_invitee, invitee=invitee, reason="They have no officer free")
    note = Note.objects.get(case=case)
    assert note.compartment == Compartment.CONFIDENTIAL
    assert "A new partner has two sons. Why it was withdrawn: They have no officer free" in note.text
    shown = signed_in(by).get(page(meeting, "show")).content.decode()
    assert "The child protection unit is not invited, although there is a risk to a child." in shown
    assert "They have no officer free" in shown


def test_whoever_comes_new_to_the_directory_is_said_to_be_missing_and_invited_by_one_button(
    by: User, meeting: Meeting
) -> None:
    an_entry(post="Core", holder="Cora Sample", core_at_2=True)
    shown = signed_in(by).get(page(meeting, "show")).content.decode()
    assert "Not invited, and should be" in shown
    (row,) = done(by, invite_missing, meeting=meeting)
    assert (row.name, done(by, invite_missing, meeting=meeting)) == ("Cora Sample", [])


def test_an_answer_replaces_the_one_before_and_apologies_are_told(by: User, meeting: Meeting) -> None:
    partner = a_partner()
    invitee = done(by, invite_to_meeting, meeting=meeting, person=partner)
    with pytest.raises(NotCalled, match="Write the name of the deputy"):
        done(partner, reply_to_invitation, invitee=invitee, reply=Reply.DEPUTY)
    done(partner, reply_to_invitation, invitee=invitee, reply=Reply.DEPUTY, deputy_name="Dee Sample")
    row = done(partner, reply_to_invitation, invitee=invitee, reply=Reply.COMES)
    assert (row.reply, row.deputy_name) == ("comes", "")
    (told,) = Notice.objects.filter(to=by, words__contains="sends a deputy")
    assert (partner.full_name in told.words, "Dee Sample" in told.words) == (False, False)


def test_a_constable_at_level_3_is_shown_and_turned_away_by_nobody(by: User) -> None:
    officer = elsewhere(Role.POLICE_OFFICER, "police", rank=Rank.CONSTABLE)
    meeting = called(by, make_case(police_officer=officer), level=3).meetings.get()
    invitee = Invitee.objects.get(meeting=meeting, person=officer)
    row = done(by, note_attendance, invitee=invitee, attendance=Attendance.ATTENDED)
    assert (row.attended_name, row.attended_rank) == (officer.full_name, "constable")
    assert ranks_of(meeting)[0].sentence == (
        "Level 3 asks for at least a superintendent from the police: a constable attended."
    )
    words = signed_in(by).get(page(meeting, "show")).content.decode()
    assert "Level 3 asks for at least a superintendent from the police: a constable attended." in words
    done(
        by, note_attendance, invitee=invitee, attendance=Attendance.DEPUTY, name="Sue Sample", rank=Rank.SUPERINTENDENT
    )
    assert ranks_of(meeting)[0].is_met


def test_a_draft_is_kept_for_its_writer_and_what_is_sent_stays_as_it_is(by: User, meeting: Meeting) -> None:
    partner, colleague, key = a_partner(), a_partner(), uuid.uuid4()
    for person in (partner, colleague):
        done(by, invite_to_meeting, meeting=meeting, person=person)
    said = {"meeting": meeting, "compartment": Compartment.CONFIDENTIAL, "key": key}
    done(partner, contribute, text="He owes rent", send=False, **said)
    for reader in (by, colleague):
        with as_person(reader):
            assert (Contribution.objects.count(), contributions(meeting, reader)) == (0, [])
    with pytest.raises(SavedMeanwhile, match="saved from another page"):
        done(partner, contribute, text="Something else", send=False, **(said | {"version": 0}))
    sent = done(partner, contribute, text="He owes rent, and has a notice to quit", send=True, **said)
    assert done(partner, contribute, text=sent.text, send=True, **said) == sent
    with pytest.raises(NotCalled, match="sent before, with other words"):
        done(partner, contribute, text="Other words", send=True, **said)
    for reader in (by, colleague):
        with as_person(reader):
            assert contributions(meeting, reader) == [sent]
    done(partner, withdraw_contribution, contribution=sent, reason="The wrong tenant")
    with as_person(by):
        assert contributions(meeting, by) == []


def test_a_case_manager_reads_no_information_on_victims_and_another_agency_nothing(by: User, meeting: Meeting) -> None:
    victims, health, manager = (
        make_person(Role.VICTIM_CONTACT_OFFICER, kind="probation"),
        a_partner("Health"),
        (make_person(Role.CASE_MANAGER)),
    )
    give(meeting.case, InvolvementKind.VICTIM_CONTACT, person=victims)
    done(by, invite_to_meeting, meeting=meeting, person=health)
    a_contribution(meeting, victims, compartment="victim", text="She has moved", sent_at=timezone.now())
    a_contribution(meeting, a_partner("Housing"), text="He owes rent", sent_at=timezone.now())
    read = {}
    for reader in (victims, health, manager, by):
        with as_person(reader):
            rows = {row.text for row in Contribution.objects.all()}
            assert rows == {row.text for row in contributions(meeting, reader)}, reader.role
            read[reader.role] = rows
    assert read == {
        "victim_contact_officer": {"She has moved", "He owes rent"},
        "partner_member": set(),
        "case_manager": {"He owes rent"},
        "mappa_coordinator": {"She has moved", "He owes rent"},
    }


def test_nobody_writes_for_a_meeting_that_they_are_not_invited_to(meeting: Meeting) -> None:
    partner = a_partner()
    give(meeting.case, InvolvementKind.INVITED, person=partner)
    other = a_meeting(meeting.case)
    an_invitee(other, partner)
    with as_person(partner):
        assert list(Meeting.objects.all()) == [other]
        assert {row.meeting_id for row in Invitee.objects.all()} == {other.pk}
    assert Case.objects.filter(pk=meeting.case_id).count() == 1
    told = {"text": "x", "compartment": Compartment.OPEN, "send": True, "key": uuid.uuid4()}
    with pytest.raises((NotCalled, Meeting.DoesNotExist)):
        done(partner, contribute, meeting=meeting, **told)
