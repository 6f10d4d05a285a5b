"""Two minute-takers at the same moment, and what the page costs."""

import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.core.access import Role
from openmappa.meetings.models.sitting import Meeting
from openmappa.minutes.errors import SavedMeanwhile
from openmappa.minutes.models.minutes import Minutes
from openmappa.minutes.models.running import Entry, Running
from openmappa.minutes.services.closing import close_meeting
from openmappa.minutes.services.locking import Seen
from openmappa.minutes.services.running import (
    Concluded,
    Words,
    conclude,
    consider_disclosure,
    open_meeting,
    write_entry,
)
from tests.minutes.build import a_coordinator, a_meeting, an_entry, an_invitee, attended
from tests.timeline.build import ago, make_case, make_person, signed_in, write


def at_once(*deeds: Callable[[], object]) -> list[BaseException]:
    """Do these at the same moment, each on a connection of its own; what went wrong."""
    begin = threading.Barrier(len(deeds))
    problems: list[BaseException] = []

    def run(deed: Callable[[], object]) -> None:
        begin.wait(timeout=30)
        try:
            deed()
        except BaseException as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return problems


def a_running_meeting() -> tuple[Meeting, User, User]:
    case = make_case()
    write(case, "registered", ago(100))
    by, other = a_coordinator(case), make_person(Role.LINE_MANAGER, area=case.area)
    meeting = a_meeting(case, by, opened=False)
    with as_person(by):
        open_meeting(by=by, meeting=meeting)
    meeting.refresh_from_db()
    return meeting, by, other


def saving(by: User, meeting: Meeting, key: uuid.UUID, text: str, seen: Seen) -> Callable[[], object]:
    def save() -> None:
        with as_person(by):
            write_entry(by=by, meeting=meeting, key=key, words=Words("information", text), seen=seen)

    return save


@pytest.mark.django_db(transaction=True)
def test_two_people_who_save_one_line_at_once_are_one_kept_and_one_asked() -> None:
    meeting, by, other = a_running_meeting()
    key = uuid.uuid4()
    mine = saving(by, meeting, key, "Mine.", Seen(0, uuid.uuid4(), 1))
    theirs = saving(other, meeting, key, "Theirs.", Seen(0, uuid.uuid4(), 1))
    [problem] = at_once(mine, theirs)
    assert isinstance(problem, SavedMeanwhile)
    row = Entry.objects.get(key=key)
    assert (row.text in ("Mine.", "Theirs."), row.revision) == (True, 1)


@pytest.mark.django_db(transaction=True)
def test_a_page_that_sends_a_line_twice_at_once_makes_one() -> None:
    meeting, by, _ = a_running_meeting()
    key, page = uuid.uuid4(), uuid.uuid4()
    sends = [saving(by, meeting, key, "Once.", Seen(0, page, turn)) for turn in (1, 2)]
    assert at_once(*sends) == []
    assert [row.revision for row in Entry.objects.filter(meeting=meeting)] == [1]


@pytest.mark.django_db(transaction=True)
def test_lines_of_two_people_at_once_are_counted_one_after_the_other() -> None:
    meeting, by, other = a_running_meeting()
    deeds = [
        saving(who, meeting, uuid.uuid4(), f"Line {number}.", Seen()) for number in range(3) for who in (by, other)
    ]
    assert at_once(*deeds) == []
    assert sorted(Entry.objects.filter(meeting=meeting).values_list("sequence", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert Running.objects.get(meeting=meeting).version == 6


@pytest.mark.django_db(transaction=True)
def test_a_meeting_closed_by_two_at_once_is_closed_once_and_a_line_is_in_or_refused() -> None:
    meeting, by, other = a_running_meeting()
    attended(an_invitee(meeting, by, by), by)
    words = Words("disclosure", reasons="Nobody is at risk.", disclosed="no")
    with as_person(by):
        consider_disclosure(by=by, meeting=meeting, key=uuid.uuid4(), words=words)
        conclude(by=by, meeting=meeting, concluded=Concluded(2, 1, "Two agencies are needed.", ago(-30)))

    def close(who: User) -> Callable[[], object]:
        def run() -> None:
            with as_person(who):
                close_meeting(by=who, meeting=Meeting.objects.select_related("sitting", "case").get(pk=meeting.pk))

        return run

    problems = at_once(close(by), close(other), saving(by, meeting, uuid.uuid4(), "Late.", Seen()))
    assert all("was closed" in str(problem) for problem in problems), problems
    made = Minutes.objects.get(meeting=meeting)
    late = Entry.objects.filter(meeting=meeting, text="Late.").exists()
    assert made.lines.filter(text="Late.").exists() is late


@pytest.mark.django_db
def test_the_page_asks_as_often_for_30_lines_as_for_1() -> None:
    meeting, by, other = a_running_meeting()
    browser = signed_in(by)
    here: dict[str, Any] = {"key": meeting.case.key, "meeting": meeting.key}
    addresses = [reverse("minutes:run", kwargs=here), reverse("minutes:news", kwargs=here) + "?since=0"]

    def asked() -> list[int]:
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(address).status_code == 200
            found.append(len(queries))
        return found

    an_entry(meeting, by, sequence=1)
    Running.objects.filter(meeting=meeting).update(version=1)
    an_invitee(meeting, by, by)
    asked()  # what is read once and kept
    one = asked()
    for _ in range(29):
        an_entry(meeting, other, sequence=1)
        an_invitee(meeting, by, make_person(Role.POLICE_OFFICER))
    assert asked() == one
