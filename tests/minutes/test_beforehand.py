"""What is known before a meeting comes into its minutes in one step: who said they come, and what agencies wrote."""

import uuid
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.meetings.models.contribution import Contribution
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.models.sitting import Meeting
from openmappa.minutes.errors import NotRunning
from openmappa.minutes.models.running import Entry
from openmappa.minutes.services.beside import note_as_answered, take_over_information
from openmappa.minutes.services.locking import Seen
from openmappa.minutes.services.running import open_meeting, remove_entry
from tests.meetings.build import a_contribution
from tests.minutes.build import a_coordinator, a_housing_officer, a_meeting, an_invitee, attended
from tests.notes.build import stale
from tests.timeline.build import make_case, make_person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return make_case()


@pytest.fixture
def by(case: Case) -> User:
    return a_coordinator(case)


@pytest.fixture
def meeting(case: Case, by: User) -> Meeting:
    meeting = a_meeting(case, by, opened=False)
    with as_person(by):
        open_meeting(by=by, meeting=meeting)
    meeting.refresh_from_db()
    return meeting


def sent(meeting: Meeting, by: User, text: str, compartment: str = "open") -> Contribution:
    return a_contribution(meeting, by, text=text, compartment=compartment, sent_at=timezone.now())


def lines(meeting: Meeting) -> list[tuple[str, str, str, str]]:
    rows = Entry.objects.filter(meeting=meeting, removed_at__isnull=True).order_by("pk")
    return [(row.item, row.who, row.text, row.compartment) for row in rows]


def test_whoever_answered_is_written_down_as_they_answered_and_the_others_are_left(meeting: Meeting, by: User) -> None:
    now: dict[str, Any] = {"replied_at": timezone.now()}
    an_invitee(meeting, by, by, name="Comes", reply="comes", **now)
    an_invitee(meeting, by, name="Sends somebody", reply="deputy", deputy_name="Dee Puty", **now)
    an_invitee(meeting, by, name="Is ill", reply="apologies", sent_in_writing="A letter", **now)
    an_invitee(meeting, by, name="Says nothing")
    attended(an_invitee(meeting, by, name="Came after all", reply="apologies", **now), by)
    an_invitee(
        meeting,
        by,
        name="Gone",
        reply="comes",
        withdrawn_at=timezone.now(),
        withdrawn_by=by,
        withdraw_reason="x",
        **now,
    )
    with as_person(by):
        assert (note_as_answered(by=by, meeting=meeting), note_as_answered(by=by, meeting=meeting)) == (3, 0)
    rows = Invitee.objects.filter(meeting=meeting).order_by("pk")
    assert [(row.name, row.attendance, row.attended_name, row.sent_in_writing) for row in rows] == [
        ("Comes", "attended", "Comes", ""),
        ("Sends somebody", "deputy", "Dee Puty", ""),
        ("Is ill", "apologies", "", "A letter"),
        ("Says nothing", "", "", ""),
        ("Came after all", "attended", "", ""),
        ("Gone", "", "", ""),
    ]
    assert rows[0].attended_rank == by.rank


def test_what_agencies_wrote_becomes_lines_once_each_in_the_part_it_was_written_for(meeting: Meeting, by: User) -> None:
    housing, police = a_housing_officer(meeting.case), make_person(Role.POLICE_OFFICER, area=meeting.case.area)
    sent(meeting, housing, "Rent is paid.")
    sent(meeting, police, "Seen near the park.", "confidential")
    a_contribution(meeting, make_person(Role.CASE_MANAGER), text="Only a draft.")
    with as_person(by):
        assert take_over_information(by=by, meeting=meeting) == 2
        assert take_over_information(by=by, meeting=meeting) == 0
    assert sorted(lines(meeting), key=lambda line: line[2]) == [
        ("information", f"{housing.agency.name}, in writing", "Rent is paid.", "open"),
        ("information", f"{police.agency.name}, in writing", "Seen near the park.", "confidential"),
    ]


def test_a_line_that_was_taken_out_stays_out_and_what_comes_later_is_taken_too(meeting: Meeting, by: User) -> None:
    first, second = a_housing_officer(meeting.case), a_housing_officer(meeting.case)
    sent(meeting, first, "Rent is paid.")
    with as_person(by):
        take_over_information(by=by, meeting=meeting)
        remove_entry(by=by, meeting=meeting, key=Entry.objects.get(meeting=meeting).key, seen=Seen(1))
        sent(meeting, second, "He asks to move.")
        assert take_over_information(by=by, meeting=meeting) == 1
    assert [line[2] for line in lines(meeting)] == ["He asks to move."]


def test_a_minute_taker_takes_over_only_what_they_read(meeting: Meeting, by: User, case: Case) -> None:
    sent(meeting, by, "Secretvictim moved.", "victim")
    officer = make_person(Role.POLICE_OFFICER, area=case.area)
    with as_person(officer):
        assert take_over_information(by=officer, meeting=meeting) == 0
    with as_person(by):
        assert take_over_information(by=by, meeting=meeting) == 1
    assert lines(meeting) == [("information", f"{by.agency.name}, in writing", "Secretvictim moved.", "victim")]


def test_neither_is_done_by_who_takes_no_minutes_nor_before_the_meeting(meeting: Meeting, by: User, case: Case) -> None:
    for does in (note_as_answered, take_over_information):
        with pytest.raises(NotAllowed):
            does(by=a_housing_officer(case), meeting=meeting)
        with as_person(by), pytest.raises(NotRunning):
            does(by=by, meeting=a_meeting(case, by, opened=False))


def test_the_page_offers_both_while_there_is_something_to_take(meeting: Meeting, by: User, case: Case) -> None:
    an_invitee(meeting, by, by, reply="comes", replied_at=timezone.now())
    sent(meeting, a_housing_officer(case), "Rent is paid.")
    browser = signed_in(by)
    here = {"key": case.key, "meeting": meeting.key}
    both = ("Write them down as they answered", "Take it into the minutes")
    page = browser.get(reverse("minutes:run", kwargs=here)).content.decode()
    assert [words in page for words in both] == [True, True]
    assert browser.post(reverse("minutes:as_answered", kwargs=here))["Location"].endswith("/run/#attendance")
    taken = browser.post(reverse("minutes:take_over", kwargs=here))
    assert taken["Location"].endswith("/run/?part=information#information")
    page = browser.get(taken["Location"]).content.decode()
    assert [words in page for words in (*both, "Rent is paid.")] == [False, False, True]


@pytest.mark.parametrize("page", ["meetings:show", "meetings:agenda", "minutes:run", "meetings:day"])
def test_what_was_written_about_a_victim_waits_for_a_fresh_proof_on_every_page_of_the_meeting(
    page: str, meeting: Meeting, by: User, case: Case
) -> None:
    sent(meeting, by, "Secretvictim moved.", "victim")
    day = timezone.localtime(meeting.sitting.starts_at).date()
    here: dict[str, object] = {"on": day} if page == "meetings:day" else {"key": case.key, "meeting": meeting.key}
    path = reverse(page, kwargs=here)
    browser = signed_in(by)
    assert "Secretvictim" in browser.get(path).content.decode()
    asked = stale(browser).get(path)
    assert ("Secretvictim" in asked.content.decode(), "prove" in asked.content.decode().lower()) == (False, True)


def test_a_form_that_was_refused_shows_nothing_behind_the_wall_either(meeting: Meeting, by: User, case: Case) -> None:
    sent(meeting, by, "Secretvictim moved.", "victim")
    here = {"key": case.key, "meeting": meeting.key, "entry": uuid.uuid4()}
    answer = stale(signed_in(by)).post(reverse("minutes:entry", kwargs=here), {"kind": "nonsense"})
    assert "Secretvictim" not in answer.content.decode()
