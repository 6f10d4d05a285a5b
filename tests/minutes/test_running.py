"""A meeting while it runs: lines saved as they are typed, two minute-takers, a chair who changes, and closing it."""

import uuid
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role, Service
from openmappa.core.dates import add_months
from openmappa.core.involvement import InvolvementKind
from openmappa.meetings.models.sitting import Meeting
from openmappa.minutes.errors import NotClosed, NotMinuted, NotRunning, SavedMeanwhile
from openmappa.minutes.models.minutes import Line, Minutes
from openmappa.minutes.models.running import Chairing, Entry, Running
from openmappa.minutes.services.beside import account_for, agree_in_meeting
from openmappa.minutes.services.closing import close_meeting
from openmappa.minutes.services.locking import Seen
from openmappa.minutes.services.running import (
    Concluded,
    Words,
    change_chair,
    conclude,
    consider_disclosure,
    decide,
    open_meeting,
    remove_entry,
    write_entry,
)
from openmappa.notices.models import Notice
from openmappa.timeline.models import Fact
from tests.minutes.build import a_coordinator, a_meeting, an_invitee, attended
from tests.timeline.build import give, make_case, make_person, signed_in, today, write

pytestmark = pytest.mark.django_db
SAID = Words("information", "He has a new phone.", "PC Low")


@pytest.fixture
def case() -> Case:
    case = make_case()
    write(case, "registered", add_months(today(), -6))
    return case


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


def whole(meeting: Meeting, by: User, review_on: date | None = None, reason: str = "") -> None:
    """Everything that closing asks for."""
    attended(an_invitee(meeting, by, by), by)
    consider_disclosure(
        by=by,
        meeting=meeting,
        key=uuid.uuid4(),
        words=Words("disclosure", reasons="Nobody is at risk.", disclosed="no"),
    )
    conclude(
        by=by,
        meeting=meeting,
        concluded=Concluded(2, 1, "Two agencies are needed.", review_on or add_months(today(), 3), reason),
    )


def test_opening_twice_is_opening_once_and_the_chair_named_takes_the_chair(meeting: Meeting, by: User) -> None:
    with as_person(by):
        again = open_meeting(by=by, meeting=meeting)
    assert again.meeting_id == meeting.pk
    assert [row.person for row in Chairing.objects.filter(meeting=meeting)] == [by]


def test_a_line_sent_again_under_its_key_is_one_line(meeting: Meeting, by: User) -> None:
    key, page = uuid.uuid4(), uuid.uuid4()
    with as_person(by):
        write_entry(by=by, meeting=meeting, key=key, words=SAID, seen=Seen(0, page, 1))
        write_entry(by=by, meeting=meeting, key=key, words=SAID, seen=Seen(0, page, 2))
        row = write_entry(
            by=by, meeting=meeting, key=key, words=replace(SAID, text="He has two."), seen=Seen(0, page, 3)
        )
    assert (row.text, row.revision, Entry.objects.filter(meeting=meeting).count()) == ("He has two.", 2, 1)


def test_what_arrives_late_from_the_same_page_overwrites_nothing(meeting: Meeting, by: User) -> None:
    key, page = uuid.uuid4(), uuid.uuid4()
    with as_person(by):
        write_entry(by=by, meeting=meeting, key=key, words=SAID, seen=Seen(0, page, 5))
        with pytest.raises(SavedMeanwhile):
            write_entry(by=by, meeting=meeting, key=key, words=replace(SAID, text="Old"), seen=Seen(0, page, 4))
    assert Entry.objects.get(key=key).text == SAID.text


def test_two_minute_takers_on_one_line_each_see_both_texts_and_choose(meeting: Meeting, by: User, case: Case) -> None:
    other = make_person(Role.LINE_MANAGER, area=case.area)
    key = uuid.uuid4()
    with as_person(by):
        write_entry(by=by, meeting=meeting, key=key, words=SAID, seen=Seen(0, uuid.uuid4(), 1))
    with as_person(other):
        theirs = replace(SAID, text="It was found in his car.")
        with pytest.raises(SavedMeanwhile) as refused:
            write_entry(by=other, meeting=meeting, key=key, words=theirs, seen=Seen(0, uuid.uuid4(), 1))
        found = refused.value.row
        assert isinstance(found, Entry)
        assert (found.text, found.changed_by) == (SAID.text, by)
        row = write_entry(by=other, meeting=meeting, key=key, words=theirs, seen=Seen(found.revision))
    assert (row.text, row.revision) == ("It was found in his car.", 2)


def test_a_line_taken_out_stays_in_the_history_and_comes_back_when_it_is_saved(meeting: Meeting, by: User) -> None:
    key = uuid.uuid4()
    with as_person(by):
        row = write_entry(by=by, meeting=meeting, key=key, words=SAID)
        remove_entry(by=by, meeting=meeting, key=key, seen=Seen(row.revision))
        remove_entry(by=by, meeting=meeting, key=key, seen=Seen(row.revision))
        assert Entry.objects.get(key=key).removed_by == by
        row = write_entry(by=by, meeting=meeting, key=key, words=SAID, seen=Seen(2))
    assert row.removed_at is None


def test_a_case_manager_cannot_write_into_the_victims_part(meeting: Meeting, case: Case) -> None:
    manager = make_person(Role.CASE_MANAGER)
    with as_person(manager), pytest.raises(NotMinuted, match="cannot write there"):
        write_entry(by=manager, meeting=meeting, key=uuid.uuid4(), words=Words("victims", "x", compartment="victim"))


def test_a_line_moved_behind_a_wall_is_not_overwritten_by_who_no_longer_reads_it(meeting: Meeting, by: User) -> None:
    manager, key = make_person(Role.CASE_MANAGER), uuid.uuid4()
    with as_person(manager):
        row = write_entry(by=manager, meeting=meeting, key=key, words=SAID)
    with as_person(by):
        moved = replace(SAID, compartment="victim")
        write_entry(by=by, meeting=meeting, key=key, words=moved, seen=Seen(row.revision))
    with as_person(manager), pytest.raises(NotMinuted):
        write_entry(by=manager, meeting=meeting, key=key, words=replace(SAID, text="New"), seen=Seen(row.revision))
    assert Entry.objects.get(key=key).text == SAID.text


def test_the_offender_is_told_of_open_decisions_only(meeting: Meeting, by: User) -> None:
    words = Words("victims", "Watch him.", reasons="x", plain_words="You are watched.", compartment="confidential")
    with as_person(by), pytest.raises(NotMinuted, match="cannot be told of a decision in a restricted part"):
        decide(by=by, meeting=meeting, key=uuid.uuid4(), words=words)


def test_a_chair_who_changes_is_recorded_with_from_when(meeting: Meeting, by: User, case: Case) -> None:
    other = make_person(Role.LINE_MANAGER, area=case.area)
    with as_person(by):
        before = timezone.now()
        change_chair(by=by, meeting=meeting, chair=other)
        change_chair(by=by, meeting=meeting, chair=other)
        with pytest.raises(NotMinuted, match="cannot chair"):
            change_chair(by=by, meeting=meeting, chair=make_person(Role.POLICE_OFFICER))
    first, second = Chairing.objects.filter(meeting=meeting)
    assert (first.person, second.person, second.from_at >= before) == (by, other, True)


def test_a_meeting_is_not_closed_while_anything_is_missing_and_all_of_it_is_said(meeting: Meeting, by: User) -> None:
    an_invitee(meeting, by, by)
    with as_person(by), pytest.raises(NotClosed) as refused:
        close_meeting(by=by, meeting=meeting)
    assert [gap.place for gap in refused.value.gaps] == ["attendance", "disclosure", "level"]
    assert not Fact.objects.filter(kind="mappa_meeting_held").exists()


def test_no_meeting_closes_while_an_action_of_the_last_one_is_unaccounted_for(
    meeting: Meeting, by: User, case: Case
) -> None:
    write(case, "action_agreed", today(), by=by, action="A1", due_on=today(), service="police")
    write(case, "action_agreed", today(), by=by, action="A2", due_on=today(), service="police")
    with as_person(by):
        whole(meeting, by)
        with pytest.raises(NotClosed, match="Account for these actions of the last meeting: A1 and A2"):
            close_meeting(by=by, meeting=meeting)
        done: dict[str, Any] = {"by": by, "meeting": meeting, "on": today()}
        account_for(**done, number="A1", what="done", words="Seen on 1 May.", submission=uuid.uuid4())
        later = done | {"on": add_months(today(), 1)}
        account_for(**later, number="A2", what="carried", words="Ill.", submission=uuid.uuid4())
        close_meeting(by=by, meeting=meeting)
    assert Fact.objects.filter(kind="action_completed", details__action="A1").exists()


def test_an_action_typed_once_is_with_its_owner_and_in_the_minutes(meeting: Meeting, by: User, case: Case) -> None:
    officer = make_person(Role.POLICE_OFFICER)
    asked: dict[str, Any] = {
        "text": "Visit unannounced.",
        "agency": officer.agency,
        "owner": officer,
        "owner_words": "",
        "service": Service.POLICE,
        "due_on": add_months(today(), 1),
        "agreed_on": today(),
        "submission": uuid.uuid4(),
    }
    with as_person(by):
        first = agree_in_meeting(by=by, meeting=meeting, **asked)
        assert agree_in_meeting(by=by, meeting=meeting, **asked).pk == first.pk
        whole(meeting, by)
        made = close_meeting(by=by, meeting=meeting)
        line = Line.objects.get(minutes=made, kind="action")
    assert (line.label, line.text.startswith("Visit unannounced.")) == (f"Action {first.number}", True)
    assert Notice.objects.filter(to=officer, kind="action").exists()


def test_closing_decides_the_level_records_the_meeting_and_drafts_the_minutes(
    meeting: Meeting, by: User, case: Case
) -> None:
    with as_person(by):
        whole(meeting, by)
        made = close_meeting(by=by, meeting=meeting)
        assert close_meeting(by=by, meeting=meeting).pk == made.pk
    facts = Fact.objects.filter(case=case, kind__in=["mappa_meeting_held", "mappa_level_set"])
    assert sorted((row.kind, row.details["level"]) for row in facts) == [
        ("mappa_level_set", 2),
        ("mappa_meeting_held", 2),
    ]
    meeting.refresh_from_db()
    assert (meeting.review_on, meeting.closed_by) == (add_months(today(), 3), by)
    headings = list(Line.objects.filter(minutes=made).values_list("heading", flat=True))
    assert [headings[0], headings[-2], headings[-1]] == ["The meeting", "MAPPA level", "Next review"]


def test_a_review_later_than_the_level_allows_needs_a_reason_and_is_escalated(
    meeting: Meeting, by: User, case: Case
) -> None:
    late = add_months(today(), 4)
    with as_person(by):
        whole(meeting, by, late)
        with pytest.raises(NotClosed, match="later than 3 months"):
            close_meeting(by=by, meeting=meeting)
        running = Running.objects.get(meeting=meeting)
        said = Concluded(2, 1, "Two agencies are needed.", late, "He is in prison until then.")
        conclude(by=by, meeting=meeting, concluded=said, seen=Seen(running.revision))
        close_meeting(by=by, meeting=meeting)
    notice = Notice.objects.get(to=by, kind="minutes")
    assert notice.words == f"The next MAPPA review of case {case.reference} is set later than Level 2 allows."


def test_only_who_reads_every_part_closes_it(meeting: Meeting, case: Case, by: User) -> None:
    invited = make_person(Role.LINE_MANAGER, area=case.area, rank=Rank.INSPECTOR, unit=None, kind="prison")
    give(case, InvolvementKind.INVITED, person=invited)
    with as_person(by):
        whole(meeting, by)
    with as_person(invited), pytest.raises(NotMinuted, match="reads every part"):
        close_meeting(by=invited, meeting=meeting)
    with pytest.raises(NotAllowed):
        close_meeting(by=make_person(Role.CASE_MANAGER), meeting=meeting)


def test_nothing_is_written_in_a_closed_meeting_and_the_database_says_so_too(meeting: Meeting, by: User) -> None:
    key = uuid.uuid4()
    with as_person(by):
        write_entry(by=by, meeting=meeting, key=key, words=SAID)
        whole(meeting, by)
        close_meeting(by=by, meeting=meeting)
        with pytest.raises(NotRunning, match="was closed"):
            write_entry(by=by, meeting=meeting, key=key, words=replace(SAID, text="New"), seen=Seen(1))
    for table in ("minutes_entry", "minutes_running", "minutes_chairing"):
        statement = f"UPDATE {table} SET case_id = case_id"
        refused = pytest.raises(DatabaseError, match=r"is closed|permission denied")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def address(name: str, case: Case, meeting: Meeting, **more: Any) -> str:
    return reverse(f"minutes:{name}", kwargs={"key": case.key, "meeting": meeting.key, **more})


def send(browser: Client, case: Case, meeting: Meeting, key: uuid.UUID, **said: Any) -> Any:
    sent = {"kind": "said", "item": "information", "compartment": "open", "revision": 0, "turn": 1} | said
    return browser.post(address("entry", case, meeting, entry=key), sent, headers={"X-Requested-With": "fetch"})


def test_the_page_saves_line_by_line_and_others_hear_of_it(meeting: Meeting, by: User, case: Case) -> None:
    browser, other = signed_in(by), signed_in(make_person(Role.CASE_MANAGER))
    page = browser.get(address("run", case, meeting)).content.decode()
    assert "Information from each agency" in page
    key = uuid.uuid4()
    assert send(browser, case, meeting, key, text="He has a new phone.").json()["revision"] == 1
    news = other.get(address("news", case, meeting), {"since": 0}).json()
    assert [(one["key"], one["values"]["text"]) for one in news["lines"]] == [(str(key), "He has a new phone.")]
    again = other.get(address("news", case, meeting), {"since": news["version"]}).json()
    assert again["lines"] == []
    conflict = send(other, case, meeting, key, text="Another.")
    assert (conflict.status_code, conflict.json()["theirs"]["text"]) == (409, "He has a new phone.")


def test_the_page_says_first_what_is_missing_and_folds_what_is_written(meeting: Meeting, by: User, case: Case) -> None:
    browser = signed_in(by)
    send(browser, case, meeting, uuid.uuid4(), kind="decision", item="accommodation", text="He moves.")
    page = browser.get(address("run", case, meeting)).content.decode()
    missing = '<a class="govuk-link" href="#risk-management-plan">Give the reasons for the decision “He moves.”.</a>'
    assert page.index(missing) < page.index('id="attendance"')
    folded = (
        '<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary'
    )
    written = f'{folded}-text"><span data-count="accommodation">1 line</span> written'
    assert written in page
    assert written not in browser.get(address("run", case, meeting), {"part": "accommodation"}).content.decode()


def test_what_is_missing_of_a_victims_line_waits_for_a_second_proof(
    meeting: Meeting, by: User, case: Case, settings: Any
) -> None:
    browser = signed_in(by)
    said = {"kind": "decision", "item": "victims", "compartment": "victim", "text": "Secretvictim moves."}
    send(browser, case, meeting, uuid.uuid4(), **said)
    news = browser.get(address("news", case, meeting), {"since": 0}).json()
    assert "Secretvictim" in news["missing"]
    settings.OPENMAPPA_STEP_UP_MINUTES = 0
    news = browser.get(address("news", case, meeting), {"since": 0}).json()
    assert ("missing" in news, "Secretvictim" in str(news)) == (False, False)


def test_lines_about_a_victim_do_not_reach_who_does_not_read_them(meeting: Meeting, by: User, case: Case) -> None:
    browser, other = signed_in(by), signed_in(make_person(Role.CASE_MANAGER))
    send(browser, case, meeting, uuid.uuid4(), text="Secretvictim moved.", compartment="victim", item="victims")
    assert "Secretvictim" in browser.get(address("run", case, meeting)).content.decode()
    assert "Secretvictim" not in other.get(address("run", case, meeting)).content.decode()
    assert "Secretvictim" not in other.get(address("news", case, meeting), {"since": 0}).content.decode()


def test_without_scripts_each_line_is_saved_by_its_button_and_a_conflict_shows_both(
    meeting: Meeting, by: User, case: Case
) -> None:
    browser, key = signed_in(by), uuid.uuid4()
    path = address("entry", case, meeting, entry=key)
    sent = {"kind": "said", "item": "information", "compartment": "open", "revision": 0, "text": "One."}
    assert browser.post(path, sent)["Location"].endswith(f"/run/?part=information#line-{key}")
    page = browser.post(path, sent | {"text": "Two."})
    assert (page.status_code, "One." in page.content.decode(), "Two." in page.content.decode()) == (409, True, True)


def test_an_invitee_who_loses_access_during_the_meeting_is_refused_at_the_next_request(
    meeting: Meeting, case: Case
) -> None:
    invited = make_person(Role.POLICE_OFFICER, area=case.area, kind="prison")
    given = give(case, InvolvementKind.INVITED, person=invited)
    browser = signed_in(invited)
    assert send(browser, case, meeting, uuid.uuid4(), text="One.").status_code == 200
    given.ended_at = timezone.now()
    given.save()
    assert send(browser, case, meeting, uuid.uuid4(), text="Two.").status_code == 404
    assert browser.get(address("news", case, meeting), {"since": 0}).status_code == 404
    assert Entry.objects.filter(meeting=meeting).count() == 1


def test_a_partner_who_is_invited_gets_no_page_of_the_meeting(meeting: Meeting, case: Case) -> None:
    partner = make_person(Role.PARTNER_MEMBER, kind="partner")
    give(case, InvolvementKind.INVITED, person=partner)
    browser = signed_in(partner)
    for name in ("run", "news", "close"):
        assert browser.get(address(name, case, meeting)).status_code == 403
    assert browser.get(reverse("minutes:case", kwargs={"key": case.key})).status_code == 403


def test_closing_on_the_page_says_everything_and_then_leads_to_the_draft(
    meeting: Meeting, by: User, case: Case
) -> None:
    browser = signed_in(by)
    page = browser.get(address("close", case, meeting)).content.decode()
    assert page.count("Go there") == 3
    with as_person(by):
        whole(meeting, by)
    answer = browser.post(address("close", case, meeting))
    made = Minutes.objects.get(meeting=meeting)
    here = reverse("minutes:show", kwargs={"key": case.key, "minutes": made.key})
    assert answer["Location"] == f"{here}?done=closed"
    assert browser.get(address("run", case, meeting)).status_code == 302
