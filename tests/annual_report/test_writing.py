"""From one press to the published report: drafted, written by several, published once it is whole, corrected."""

import json
import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import User
from openmappa.annual_report.errors import ChangedSince, NotTheirs, NotWritten
from openmappa.annual_report.models import AnnualReport, Commentary, PublishedReport
from openmappa.annual_report.queries.content import report_content, seal_of
from openmappa.annual_report.services.publishing import publish_report
from openmappa.annual_report.services.writing import begin_report, choose_standards, write_commentary
from openmappa.audit.models import Event
from openmappa.board.queries.rules import rules
from openmappa.core.access import Role
from openmappa.core.board.annual_report import Section
from openmappa.core.board.years import BoardYear, year_of
from openmappa.notices.models import Notice
from openmappa.ui.formats import day
from tests.annual_report.build import a_report, before_the_end, begun, published, wrote, year
from tests.board.build import (
    a_board_meeting,
    a_business_action,
    a_business_note,
    a_decision,
    a_plan,
    a_seat,
    an_aim,
    an_attendance,
)
from tests.coordination.build import a_meeting_held, note
from tests.house.test_queries_constant import queries_of
from tests.orders.build import a_recall_row, a_step_row, an_order_row
from tests.timeline.build import make_area, make_case, make_person, signed_in, today, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> User:
    return make_person(Role.MAPPA_COORDINATOR)


@pytest.fixture
def member() -> User:
    return make_person(Role.SMB_MEMBER, kind="partner")


def address(name: str, report: AnnualReport, **parts: object) -> str:
    return reverse(f"annual_report:{name}", kwargs={"report": report.key, **parts})


def test_one_press_drafts_the_report_on_a_year_that_is_over(member: User) -> None:
    browser = signed_in(member)
    page = browser.get(reverse("annual_report:begin")).content.decode()
    assert year().name in page and year_of(today()).name not in page
    sent = {"year": str(year().start), "submission": str(uuid.uuid4())}
    first = browser.post(reverse("annual_report:begin"), sent)
    again = browser.post(reverse("annual_report:begin"), sent)
    row = AnnualReport.objects.get()
    assert first["Location"] == again["Location"] == f"{address('draft', row)}?saved=begun"
    assert row.standards == list(rules().standing.standards)
    draft = browser.get(first["Location"]).content.decode()
    assert all(each.heading in draft for each in Section)
    assert "The foreword is not written." in draft


def test_a_year_that_is_not_over_or_has_its_report_is_refused(member: User) -> None:
    begun(member)
    assert member.area is not None
    for other in (year(), year_of(today()), BoardYear(1999)):
        with pytest.raises(NotWritten) as refused, as_person(member):
            begin_report(by=member, area=member.area, year=other)
        assert set(refused.value.problems) == {"year"}
    officer, stranger = make_person(Role.POLICE_OFFICER), make_person(Role.SMB_MEMBER, area=make_area("eastmarch", "B"))
    with pytest.raises(NotAllowed), as_person(officer):
        begin_report(by=officer, area=member.area, year=year().before)
    with pytest.raises(NotTheirs), as_person(stranger):
        begin_report(by=stranger, area=member.area, year=year().before)


def test_who_writes_on_what_another_has_saved_meanwhile_is_shown_theirs_and_loses_nothing(
    member: User, coordinator: User
) -> None:
    report = begun(member)
    page = address("write", report, section="people")
    browser = signed_in(member)
    assert 'name="version" value="0"' in browser.get(page).content.decode()
    wrote(coordinator, report, "Theirs <b>stands</b>.", Section.PEOPLE)
    with pytest.raises(ChangedSince):
        wrote(member, report, "Mine.", Section.PEOPLE)
    shown = browser.post(page, {"words": "Mine.", "version": "0"}).content.decode()
    assert "Theirs &lt;b&gt;stands&lt;/b&gt;." in shown and "Mine." in shown
    assert 'name="accept_version" value="1"' in shown
    saved = browser.post(page, {"words": "Both.", "version": "0", "accept_version": "1"})
    assert (saved.status_code, Commentary.objects.get().words) == (302, "Both.")
    assert "Both." in browser.get(address("draft", report)).content.decode()
    assert browser.get(address("write", report, section="afterword")).status_code == 404


def test_the_standards_are_chosen_and_only_those_that_there_are(member: User, coordinator: User) -> None:
    report = begun(member)
    with as_person(member):
        choose_standards(by=member, report=report, standards=["home-visit"], seen=0)
        with pytest.raises(NotWritten):
            choose_standards(by=member, report=report, standards=["no-such"], seen=1)
    browser, page = signed_in(coordinator), address("standards", report)
    stale = browser.post(page, {"standards": "plan-review", "version": "0"}).content.decode()
    assert 'name="accept_version" value="1"' in stale
    assert browser.post(page, {"standards": "plan-review", "version": "1"}).status_code == 302
    assert AnnualReport.objects.get().standards == ["plan-review"]
    browser.post(page, {"version": "2"})
    assert "has chosen no standard" in browser.get(address("draft", report)).content.decode()


def test_the_coordinator_or_the_chair_publishes_it_once_the_foreword_is_written(
    member: User, coordinator: User
) -> None:
    report = begun(member)
    with pytest.raises(NotWritten, match="foreword"):
        published(coordinator, report)
    wrote(member, report, "A year of change.")
    with pytest.raises(NotTheirs):
        published(member, report)
    assert signed_in(member).get(address("publish", report)).status_code == 403
    a_seat(report.area, coordinator, person=member, name="", chairs=True)
    row = published(member, report)
    assert (row.number, row.content["foreword"]) == (1, "A year of change.")
    event = Event.objects.get(verb="publish annual report")
    assert (event.by_id, event.operation) == (member.pk, "disclosure")
    assert set(Notice.objects.values_list("to", flat=True)) == {coordinator.pk}


def test_a_report_that_is_entered_later_is_dated_as_of_then_and_tells_nobody_now(coordinator: User) -> None:
    then = timezone.now() - timedelta(days=200)
    with as_person(coordinator):
        assert coordinator.area is not None
        report = begin_report(by=coordinator, area=coordinator.area, year=year(), at=then)
        write_commentary(by=coordinator, report=report, section=Section.FOREWORD, words="Then.", seen=0)
        seal = seal_of(report_content(report, timezone.localdate(then)))
        row = publish_report(by=coordinator, report=report, seen=seal, at=then)
    assert (report.begun_at, row.published_at) == (then, then)
    assert row.content["counted_on"] == day(timezone.localdate(then))
    assert not Notice.objects.exists()


def test_what_moved_on_after_it_was_read_is_not_published(member: User, coordinator: User) -> None:
    report = begun(member)
    wrote(member, report, "A year of change.")
    browser = signed_in(coordinator)
    page = browser.get(address("publish", report)).content.decode()
    seal = page.split('name="seal" value="')[1].split('"')[0]
    wrote(member, report, "Numbers rose.", Section.PEOPLE)
    answer = browser.post(address("publish", report), {"seal": seal}).content.decode()
    assert "has changed since you opened this page" in answer
    with pytest.raises(NotWritten), as_person(coordinator):
        publish_report(by=coordinator, report=report, seen="")
    assert not PublishedReport.objects.exists()


def test_a_correction_is_a_new_version_that_says_what_and_the_first_stays_as_it_was(
    member: User, coordinator: User
) -> None:
    report = begun(member)
    first_words = wrote(member, report, "A year of change.")
    first = published(coordinator, report)
    wrote(member, report, "A year of calm.", seen=first_words.version)
    with pytest.raises(NotWritten) as refused:
        published(coordinator, report)
    assert set(refused.value.problems) == {"corrects"}
    second = published(coordinator, report, "The foreword spoke of another year.")
    line = signed_in(make_person(Role.LINE_MANAGER))
    old = line.get(address("show", report, number=1)).content.decode()
    assert "A year of change." in old and "This version was corrected" in old
    new = line.get(address("show", report, number=2)).content.decode()
    assert "A year of calm." in new and "spoke of another year" in new
    assert (first.pk != second.pk, line.get(address("show", report, number=3)).status_code) == (True, 404)
    for number in (1, 2):
        file = line.get(address("pdf", report, number=number))
        assert (file["Content-Type"], file.content[:5]) == ("application/pdf", b"%PDF-")
    for words in ("DELETE FROM annual_report_publishedreport", "UPDATE annual_report_publishedreport SET title = ''"):
        refusal = pytest.raises(DatabaseError, match="permission denied")
        with as_person(coordinator), refusal, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(words)


def filled(coordinator: User, cases: int = 12) -> AnnualReport:
    """A report on an area in which something happened in the year."""
    area = coordinator.area
    assert area is not None
    for place in range(cases):
        case = make_case(area)
        write(case, "mappa_level_set", before_the_end(200), by=coordinator, level=2, category=2)
        if place % 2:
            write(case, "order_started", before_the_end(190), order="community_order")
            write(case, "breach_found", before_the_end(100))
        if place > 1:
            write(case, "order_started", before_the_end(80), order="licence")
    meeting = a_meeting_held(make_case(area), before_the_end(40), by=coordinator)
    for _ in range(6):
        note(meeting, make_person(Role.POLICE_OFFICER), "attended", by=coordinator)
        note(meeting, make_person(Role.CASE_MANAGER), "absent", by=coordinator)
    seat = a_seat(area, coordinator, chairs=True, from_on=before_the_end(900))
    sitting = a_board_meeting(area, coordinator, on=before_the_end(30))
    an_attendance(sitting, seat, coordinator)
    a_decision(sitting, coordinator)
    plan = a_plan(area, coordinator, from_on=before_the_end(364), until_on=before_the_end(-10))
    action = a_business_action(an_aim(plan, coordinator), coordinator, first_due_on=before_the_end(60))
    a_business_note(action, coordinator, step="done", on=before_the_end(70), words="Held in May.")
    late = year().until + timedelta(days=3)
    a_business_note(action, coordinator, step="on_course", on=late, words="Said later.")
    return begun(coordinator)


def test_recalls_that_are_recorded_stand_in_place_of_those_told_from_custody(coordinator: User) -> None:
    report = begun(coordinator)
    area = report.area
    for place in range(14):
        case = make_case(area)
        write(case, "registered", before_the_end(300))
        if place < 9:
            more = {"decision": "revoked", "decided_on": before_the_end(40)} if place else {}
            a_recall_row(case, coordinator, asked_on=before_the_end(50), **more)
    with as_person(coordinator):
        content = report_content(report, today())
    orders = next(each for each in content["sections"] if each["key"] == "orders")
    assert orders["tables"][-1]["rows"][-3:] == [
        ["Recall from licence was asked for", "9"],
        ["The licence was revoked", "hidden"],
        ["Returned to custody by the end of the year", "hidden"],
    ], "one of nine was not revoked"
    assert content["method"][-1] == "A recall is counted by the day on which it was asked for."


def test_an_order_that_no_court_makes_any_more_is_listed_where_its_count_can_be_shown(coordinator: User) -> None:
    report = begun(coordinator)
    for place in range(14):
        case = make_case(report.area)
        write(case, "registered", before_the_end(300))
        for kind, people in (("sopo", 6), ("rsho", 4)):
            if place < people:
                a_step_row(an_order_row(case, coordinator, kind=kind), coordinator, on=before_the_end(4500))
    with as_person(coordinator):
        content = report_content(report, today())
    _, civil, _ = next(each for each in content["sections"] if each["key"] == "orders")["tables"]
    assert civil["rows"] == [
        ["Sexual Risk Order (SRO)", "hidden", "hidden", "hidden"],
        ["Sexual Harm Prevention Order (SHPO)", "hidden", "hidden", "hidden"],
        ["Notification order", "hidden", "hidden", "hidden"],
        ["Sexual Offences Prevention Order (SOPO)", "hidden", "hidden", "6"],
    ]


def test_the_report_says_what_happened_and_hides_what_is_small(coordinator: User) -> None:
    report = filled(coordinator)
    with as_person(coordinator):
        content = report_content(report, today())
    sections = {each["key"]: each for each in content["sections"]}
    everything = json.dumps(content)
    people, in_the_year = sections["people"]["tables"]
    assert [row[0] for row in people["rows"]][-1] == "All categories"
    assert ("12" in json.dumps(people["rows"]), in_the_year["rows"][-1][-1]) == (True, "hidden")
    orders, civil, breaches = sections["orders"]["tables"]
    assert [row[1] for row in orders["rows"]] == ["6", "hidden", "hidden", "hidden"], "ten of twelve leave two over"
    assert [row[1] for row in breaches["rows"]] == ["6", "hidden", "hidden", "hidden"]
    assert civil["rows"][0] == ["Sexual Risk Order (SRO)", "hidden", "hidden", "hidden"]
    assert [row[0] for row in breaches["rows"]][-1] == "Back in custody while on licence", "no recall is recorded"
    assert "6" in json.dumps(sections["meetings"]["tables"])
    assert "Chief Sample (chair)" in everything and "1 of 1" in everything
    ((_, who, _, stood, said),) = sections["plan"]["tables"][0]["rows"]
    assert (who, stood, said) == ("The training officer", "Done", "Held in May.")
    assert "Said later." not in everything and "TST-" not in everything and "Testcase" not in everything


def test_the_draft_asks_as_often_for_many_as_for_few(coordinator: User) -> None:
    report = filled(coordinator, cases=1)
    browser = signed_in(coordinator)
    few = queries_of(lambda: browser.get(address("draft", report)))
    area = report.area
    for place in range(2, 12):
        case = make_case(area)
        write(case, "mappa_level_set", before_the_end(200), by=coordinator, level=2, category=2)
        a_board_meeting(area, coordinator, on=before_the_end(100 + place))
        a_seat(area, coordinator, name=f"Chief {place}")
        plan = a_plan(area, coordinator, from_on=before_the_end(300 - place), until_on=before_the_end(-10))
        for number in (1, 2):
            a_business_action(an_aim(plan, coordinator, number=number), coordinator, number=number)
    assert queries_of(lambda: browser.get(address("draft", report))) == few


def test_the_list_asks_as_often_for_three_reports_as_for_one(coordinator: User) -> None:
    browser = signed_in(coordinator)
    a_report(coordinator)
    one = queries_of(lambda: browser.get(reverse("annual_report:list")))
    for back in (1, 2):
        a_report(coordinator, year=year().start - back)
    assert queries_of(lambda: browser.get(reverse("annual_report:list"))) == one
    assert "Every year that can be reported on" in browser.get(reverse("annual_report:begin")).content.decode()
