"""The pages of sittings and meetings as people send them: what is saved, what is refused, and that nothing is lost."""

import threading
import uuid
from datetime import datetime, timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.core.access import Role
from openmappa.meetings.errors import NotCalled
from openmappa.meetings.models.contribution import Contribution
from openmappa.meetings.models.directory import DirectoryEntry
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.models.sitting import Meeting, Sitting
from openmappa.meetings.queries.agenda import agenda
from openmappa.meetings.services.calling import list_case
from openmappa.meetings.services.inviting import invite_to_meeting
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
    soon,
)
from tests.referrals.scene import matched
from tests.timeline.build import ago, day_boxes, make_case, make_person, signed_in, write

pytestmark = pytest.mark.django_db


def answers(by: User, at: datetime | None = None, **more: object) -> dict[str, object]:
    when = timezone.localtime(at or soon())
    plain = {"level": "2", "why": "Housing", "at": f"{when:%H:%M}", "place": "Hall", "chair": str(by.pk)}
    return {**plain, **day_boxes("on", when.date()), "submission": str(uuid.uuid4()), **more}


def test_a_sitting_is_called_on_two_cases_by_their_references() -> None:
    by, first, second = a_coordinator(), make_case(), make_case()
    client, sent = signed_in(by), answers(by, cases=f"{second.reference}\n{first.reference.lower()}")
    for _ in range(2):
        body = client.post(reverse("meetings:call"), sent, follow=True).content.decode()
        assert "The sitting is called, and everybody is invited." in body
    assert [row.case for row in Sitting.objects.get().meetings.order_by("number")] == [second, first]


def test_a_referral_that_led_to_the_sitting_stands_at_its_own_case_alone() -> None:
    by, first, second = a_coordinator(), make_case(), make_case()
    key = matched(a_partner(), by, first).key
    sent = answers(by, cases=f"{first.reference}\n{second.reference}")
    assert signed_in(by).post(f"{reverse('meetings:call')}?referral={key}", sent).status_code == 302
    rows = Sitting.objects.get().meetings.order_by("number")
    assert [(row.case, row.referral) for row in rows] == [(first, key), (second, None)]


def test_a_reference_that_one_cannot_open_is_said_and_nothing_typed_is_lost() -> None:
    by, case = a_coordinator(), make_case()
    sent = answers(by, cases=f"{case.reference}\nNSH-99999", place="The old chapel") | {"at": "25:00"}
    body = signed_in(by).post(reverse("meetings:call"), sent).content.decode()
    assert "You can open no case with this reference: NSH-99999" in body
    assert "Time it begins must be a time of day, like 10:00 or 2:30pm" in body
    assert ("The old chapel" in body, Sitting.objects.count()) == (True, 0)


def test_a_clash_is_said_and_accepted_with_a_tick() -> None:
    by, case = a_coordinator(), make_case()
    called(by, case, room="Room 1", place="Hall")
    client, sent = signed_in(by), answers(by, cases=case.reference, room="Room 1")
    body = client.post(reverse("meetings:call"), sent).content.decode()
    assert "Something stands in the way" in body
    assert "Room 1, Hall, is taken from" in body
    assert (Sitting.objects.count(), client.post(reverse("meetings:call"), {**sent, "despite": "on"}).status_code) == (
        1,
        302,
    )


def test_a_sitting_is_moved_lengthened_and_cancelled_from_its_page() -> None:
    by, other = a_coordinator(), make_case()
    sitting = called(by, make_case())
    client, at = signed_in(by), {"sitting": sitting.key}
    listed = {"case": other.reference, "why": "x", "minutes": "40", "version": "0", "submission": str(uuid.uuid4())}
    assert client.post(reverse("meetings:add", kwargs=at), listed).status_code == 302
    moved = {**day_boxes("on", soon(9).date()), "at": "2.30pm", "place": "Town Hall", "version": "0"}
    stale = client.post(reverse("meetings:move", kwargs=at), moved).content.decode()
    assert "Somebody else has changed this sitting" in stale
    assert 'name="version" value="1"' in stale
    assert client.post(reverse("meetings:move", kwargs=at), moved | {"version": "1"}).status_code == 302
    sitting.refresh_from_db()
    assert timezone.localtime(sitting.starts_at) == soon(9, 14) + timedelta(minutes=30)
    assert sitting.ends_at - sitting.starts_at == timedelta(minutes=70)
    named = {"chair": str(by.pk), "minute_taker": str(make_person(Role.CASE_MANAGER).pk), "version": "2"}
    assert client.post(reverse("meetings:people", kwargs=at), named).status_code == 302
    gone = client.post(reverse("meetings:cancel", kwargs=at), {"reason": "Snow", "version": "3"}, follow=True)
    assert "Cancelled by" in gone.content.decode()


def test_housing_answers_keeps_a_draft_and_sends_it() -> None:
    by, partner = a_coordinator(), a_partner()
    meeting = called(by, make_case()).meetings.get()
    done(by, invite_to_meeting, meeting=meeting, person=partner)
    client, page = signed_in(partner), reverse("meetings:one", kwargs={"key": meeting.case.key, "meeting": meeting.key})
    body = client.post(page, {"answer": "yes", "reply": "deputy"}).content.decode()
    assert "Enter the name of the deputy" in body
    client.post(page, {"answer": "yes", "reply": "comes"})
    key = str(uuid.uuid4())
    said = {"text": "A notice to quit", "compartment": "confidential", "submission": key}
    assert "Your draft is kept." in client.post(page, said | {"inform": "keep"}, follow=True).content.decode()
    sent = client.post(page, said | {"inform": "send", "version": "1"}, follow=True).content.decode()
    assert "Your information is sent to the meeting." in sent
    row, invitee = Contribution.objects.get(), Invitee.objects.get(person=partner)
    assert (row.sent_at is not None, row.agency, str(row.key), invitee.reply) == (True, partner.agency, key, "comes")
    take_back = {"key": meeting.case.key, "meeting": meeting.key, "contribution": row.key}
    client.post(reverse("meetings:take_back", kwargs=take_back), {"reason": "The wrong tenant"})
    row.refresh_from_db()
    assert row.withdraw_reason == "The wrong tenant"


def test_attendance_an_answer_by_telephone_and_taking_off_are_done_from_the_meetings_page() -> None:
    by, case = a_coordinator(), make_case()
    meeting = called(by, case).meetings.get()
    row = an_invitee(meeting, name="Nora Sample")
    client, at = signed_in(by), {"key": case.key, "meeting": meeting.key}
    person = {**at, "invitee": row.key}
    client.post(reverse("meetings:answer", kwargs=person), {"reply": "deputy", "deputy_name": "Dee Sample"})
    noted = {"attendance": "deputy", "name": "", "grade": "Team leader", "sent_in_writing": "A letter"}
    client.post(reverse("meetings:attend", kwargs=person), noted)
    row.refresh_from_db()
    assert (row.attended_name, row.attended_grade, row.sent_in_writing) == ("Dee Sample", "Team leader", "A letter")
    other = {"whom": "other", "agency": str(an_agency("Health").pk), "name": "Hal Sample", "email": "hal@h.example"}
    assert client.post(reverse("meetings:invite", kwargs=at), other).status_code == 302
    hal = Invitee.objects.get(name="Hal Sample")
    client.post(reverse("meetings:withdraw", kwargs={**at, "invitee": hal.key}), {"reason": "Another doctor comes"})
    assert Invitee.objects.filter(name="Hal Sample", withdrawn_at__isnull=False).exists()
    client.post(
        reverse("meetings:take_off", kwargs=at), {"reason": "Recalled", "version": str(meeting.sitting.version)}
    )
    assert (
        "Somebody else has changed"
        not in client.get(reverse("meetings:of_case", kwargs={"key": case.key})).content.decode()
    )


def test_the_coordinator_keeps_the_directory() -> None:
    by, agency = a_coordinator(), an_agency()
    client = signed_in(by)
    post = {"agency": str(agency.pk), "post": "Housing options manager", "kind": "case", "core_at_2": "on"}
    refused = client.post(reverse("meetings:directory_add"), post).content.decode()
    assert "Choose who holds the post, or enter a name below" in refused
    client.post(reverse("meetings:directory_add"), {**post, "holder": "Harriet Sample", "email": "h@housing.example"})
    entry = DirectoryEntry.objects.get()
    assert (entry.holder, entry.core_at_2, entry.core_at_3) == ("Harriet Sample", True, False)
    change = reverse("meetings:directory_change", kwargs={"entry": entry.key})
    client.post(change, {**post, "holder": "Hugo Sample"})
    entry.refresh_from_db()
    assert (entry.holder, entry.email) == ("Hugo Sample", "")
    client.post(reverse("meetings:directory_leave", kwargs={"entry": entry.key}))
    assert "Nobody is in the directory" in client.get(reverse("meetings:directory")).content.decode()


def test_an_agenda_says_to_each_reader_what_they_may_read() -> None:
    by, case = a_coordinator(), make_case()
    write(case, "mappa_level_set", ago(3), level=2, category=1)
    write(case, "action_agreed", ago(40), action="A1", due_on=ago(2), service="police")
    meeting = called(by, case).meetings.get()
    partner = a_partner()
    done(by, invite_to_meeting, meeting=meeting, person=partner)
    a_contribution(meeting, partner, text="A notice to quit", compartment="confidential", sent_at=timezone.now())
    with as_person(by):
        read = {item.slug: " ".join(f"{line.title} {line.text}" for line in item.lines) for item in agenda(meeting, by)}
    assert read["last-actions"].startswith("A1: Recorded without its text")
    assert read["level"] == "Now Level 2, category 1"
    assert "A notice to quit" in read["information"]
    with as_person(partner):
        theirs = {item.slug: item.lines for item in agenda(meeting, partner) if item.lines}
    assert list(theirs) == ["information"]
    day = signed_in(by).get(reverse("meetings:day", kwargs={"on": soon().date()})).content.decode()
    assert ("A notice to quit" in day, case.reference in day) == (True, True)


@pytest.mark.parametrize("name", ["mine", "sitting", "show", "directory", "of_case"])
def test_a_page_asks_the_database_as_often_for_thirty_rows_as_for_one(name: str) -> None:
    by, case = a_coordinator(), make_case()
    sitting = called(by, case)
    meeting = sitting.meetings.get()
    at = {"sitting": {"sitting": sitting.key}, "show": {"key": case.key, "meeting": meeting.key}}
    page = reverse(f"meetings:{name}", kwargs=at.get(name, {"key": case.key} if name == "of_case" else {}))

    def queries() -> int:
        client = signed_in(by)
        client.get(page)
        with CaptureQueriesContext(connection) as found:
            assert client.get(page).status_code == 200
        return len(found)

    before = queries()
    for number in range(2, 12):
        other = make_case()
        an_invitee(a_meeting(other, sitting, number=number), by)
        an_invitee(meeting, name=f"Somebody {number}")
        an_entry(post=f"Post {number}")
        a_meeting(case)
        a_contribution(meeting, a_partner(), sent_at=timezone.now())
    assert queries() == before


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_who_list_the_same_case_at_once_list_it_once() -> None:
    first, second, case = a_coordinator(), a_coordinator(), make_case()
    sitting = called(first, make_case())
    begin, heard = threading.Barrier(2), []

    def put(by: User) -> None:
        begin.wait(timeout=20)
        try:
            done(by, list_case, sitting=sitting, case=case, why="x")
            heard.append("listed")
        except NotCalled as refused:
            heard.append(str(refused))
        connections.close_all()

    threads = [threading.Thread(target=put, args=[by]) for by in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(heard) == [f"Case {case.reference} is on the list of this sitting already.", "listed"]
    assert Meeting.objects.filter(case=case).count() == 1
