"""Notices: who is told, who reads it, and that nobody reads another's, in pages and in the database alike."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.core.access import Role
from openmappa.notices.models import Notice
from openmappa.notices.queries import unread_count
from openmappa.notices.services import mark_all_read, mark_read, tell
from tests.timeline.build import make_area, make_case, make_person, signed_in

pytestmark = pytest.mark.django_db

WORDS = "Case TST-00001 was opened in an emergency. Please review it."


@pytest.fixture
def reader() -> User:
    return make_person(Role.LINE_MANAGER)


@pytest.fixture
def colleague() -> User:
    return make_person(Role.POLICE_OFFICER)


def told(reader: User, words: str = WORDS, **more: object) -> Notice:
    tell(people=[reader], kind="test", words=words, **more)  # type: ignore[arg-type]
    return Notice.objects.filter(to=reader).latest("pk")


def test_each_person_is_told_once_and_whoever_has_left_not_at_all(reader: User, colleague: User) -> None:
    gone = make_person(Role.LINE_MANAGER)
    gone.is_active = False
    gone.save()
    tell(people=[reader, colleague, reader, gone], kind="test", words=WORDS)
    assert sorted(Notice.objects.values_list("to", flat=True)) == sorted([reader.pk, colleague.pk])


def test_telling_many_people_takes_one_statement(reader: User, colleague: User) -> None:
    with CaptureQueriesContext(connection) as queries:
        tell(people=[reader, colleague], kind="test", words=WORDS)
    assert len([query for query in queries if "INSERT" in query["sql"]]) == 1


def test_one_person_tells_another_and_cannot_read_what_they_told(reader: User, colleague: User) -> None:
    with as_person(colleague):
        tell(people=[reader], kind="test", words=WORDS)
        assert Notice.objects.count() == 0
    with as_person(reader):
        assert [notice.words for notice in Notice.objects.all()] == [WORDS]


def test_with_nobody_stated_no_notice_is_there_and_none_is_written(reader: User) -> None:
    told(reader)
    with as_person(None):
        assert Notice.objects.count() == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            tell(people=[reader], kind="test", words=WORDS)


def test_the_database_lets_nobody_change_what_was_said_or_to_whom(reader: User, colleague: User) -> None:
    notice = told(reader)
    with as_person(reader):
        for change in ({"words": "Nothing happened."}, {"to": colleague}, {"link": "/"}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Notice.objects.filter(pk=notice.pk).update(**change)
    with as_person(colleague):
        assert Notice.objects.filter(pk=notice.pk).update(read_at=notice.at) == 0


def test_the_header_counts_what_is_new_in_one_query(reader: User) -> None:
    told(reader)
    told(reader, "Another.")
    page = signed_in(reader).get("/you/").content.decode()
    assert 'href="/notices/">Notices <span class="om-tabs__count">2<span class="govuk-visually-hidden"> new' in page
    with CaptureQueriesContext(connection) as queries:
        assert unread_count(reader) == 2
    assert len(queries) == 1


def test_the_header_shows_no_count_when_nothing_is_new(reader: User, colleague: User) -> None:
    told(colleague)
    page = signed_in(reader).get("/you/").content.decode()
    assert 'href="/notices/">Notices</a>' in page


def test_the_list_has_the_newest_first_and_nobody_elses(reader: User, colleague: User) -> None:
    told(reader, "The first of two.")
    told(reader, "The second of two.")
    told(colleague, "Not for you.")
    page = signed_in(reader).get("/notices/").content.decode()
    assert page.index("The second of two.") < page.index("The first of two.")
    assert "Not for you." not in page
    assert page.count('<strong class="govuk-tag govuk-tag--blue om-tag">New</strong>') == 2


def test_an_empty_list_says_what_will_stand_there(reader: User) -> None:
    assert "Nobody has told you anything yet" in signed_in(reader).get("/notices/").content.decode()


def test_opening_a_notice_marks_it_as_read_and_leads_to_what_it_is_about(reader: User) -> None:
    notice = told(reader, link="/roles/")
    answer = signed_in(reader).post(f"/notices/{notice.pk}/read/", {"open": "yes"})
    notice.refresh_from_db()
    assert (answer.status_code, answer["Location"], notice.read_at is not None) == (302, "/roles/", True)


def test_marking_as_read_comes_back_to_the_list_and_is_logged_once(reader: User) -> None:
    case = make_case()
    notice = told(reader, case_id=case.pk)
    browser = signed_in(reader)
    for _ in range(2):
        assert browser.post(f"/notices/{notice.pk}/read/")["Location"] == "/notices/"
    events = Event.objects.filter(verb="read notice")
    assert [(event.by_id, event.case_id) for event in events] == [(reader.pk, case.pk)]


def test_marking_all_as_read_touches_only_ones_own(reader: User, colleague: User) -> None:
    told(reader)
    told(colleague)
    assert signed_in(reader).post("/notices/read/")["Location"] == "/notices/"
    assert (unread_count(reader), unread_count(colleague)) == (0, 1)
    assert mark_all_read(by=reader) == 0


def test_somebody_elses_notice_is_not_there(reader: User, colleague: User) -> None:
    notice = told(reader)
    browser = signed_in(colleague)
    unseen, unknown = browser.post(f"/notices/{notice.pk}/read/"), browser.post("/notices/999999999/read/")
    assert (unseen.status_code, unknown.status_code) == (404, 404)
    mark_read(by=colleague, notice=notice)
    notice.refresh_from_db()
    assert notice.read_at is None


def test_a_get_request_marks_nothing(reader: User) -> None:
    notice = told(reader)
    browser = signed_in(reader)
    assert browser.get(f"/notices/{notice.pk}/read/").status_code == 405
    assert browser.get("/notices/read/").status_code == 405
    assert unread_count(reader) == 1


@pytest.mark.parametrize("link", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"])
def test_a_link_out_of_the_service_is_refused_by_the_database(reader: User, link: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Notice.objects.create(to=reader, kind="test", words=WORDS, link=link)


def test_the_list_asks_as_often_for_25_notices_as_for_1(reader: User) -> None:
    browser = signed_in(reader)

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert browser.get("/notices/").status_code == 200
        return len(counted)

    told(reader)
    queries()
    one = queries()
    for _ in range(24):
        told(reader)
    assert queries() == one
    told(reader)
    assert "Pages of notices" in browser.get("/notices/").content.decode()


def test_every_role_has_notices() -> None:
    for role in Role:
        assert signed_in(make_person(role, area=make_area())).get("/notices/").status_code == 200
