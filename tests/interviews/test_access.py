"""Interviews are for those who work on their inspection: each person at each page, and the database asked in SQL."""

import pytest
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.core.access import Rank, Role
from openmappa.interviews.models import Interview, InterviewNote, Quote, Theme, ThemeChange
from openmappa.interviews.services import change_theme, remove_theme
from openmappa.samples.models import Exercise
from openmappa.samples.services.exercises import end_exercise, let_work
from tests.inspections.build import opened
from tests.interviews.build import (
    QUESTION,
    WHOM,
    interview_row,
    note_row,
    noted,
    planned,
    quote_row,
    quoted,
    theme_change_row,
    theme_on,
    theme_row,
)
from tests.samples.build import inspector
from tests.timeline.build import make_person, signed_in

pytestmark = pytest.mark.django_db
MEMBERS = {"lead", "member"}
POSTS = {"note", "finish"}
ONLY_READ = {"list", "schedule", "show"}


@pytest.fixture
def people() -> dict[str, User]:
    return {
        "lead": inspector(),
        "member": inspector(),
        "other inspector": inspector(),
        "coordinator": make_person(Role.MAPPA_COORDINATOR),
        "chief": make_person(Role.LINE_MANAGER, rank=Rank.SUPERINTENDENT),
        "board": make_person(Role.SMB_MEMBER, kind="partner"),
        "officer": make_person(Role.POLICE_OFFICER),
        "auditor": make_person(Role.AUDITOR),
        "partner": make_person(Role.PARTNER_MEMBER, kind="partner"),
    }


@pytest.fixture
def exercise(people: dict[str, User]) -> Exercise:
    made = opened(people["lead"]).exercise
    with as_person(people["lead"]):
        let_work(by=people["lead"], exercise=made, person=people["member"])
    return made


def test_each_person_at_each_page(people: dict[str, User], exercise: Exercise) -> None:
    interview = planned(people["lead"], exercise)
    theme = theme_on(people["lead"], exercise)
    quote = quoted(people["lead"], interview, theme)
    of = {"inspection": exercise.key}
    one = of | {"interview": interview.key}
    pages = {
        **dict.fromkeys(["list", "schedule", "schedule_file", "plan", "themes"], of),
        **dict.fromkeys(["theme", "merge_theme", "remove_theme"], of | {"theme": theme.key}),
        **dict.fromkeys(["show", "quote", "finish", "drop"], one),
        "note": one | {"question": QUESTION},
        "take_away": of | {"quote": quote.key},
    }
    wrong = {}
    for name, parts in pages.items():
        address = reverse(f"interviews:{name}", kwargs=parts)
        for who, person in people.items():
            browser = signed_in(person)
            for post in (False, True):
                if post and who in MEMBERS:
                    continue
                if name in (ONLY_READ if post else POSTS):
                    may = 405
                elif who in MEMBERS:
                    may = 200
                else:
                    may = 403 if who in ("officer", "auditor", "partner") else 404
                found = (browser.post(address, {}) if post else browser.get(address)).status_code
                if found != may:
                    wrong[name, who, post] = found
    assert wrong == {}
    assert Quote.objects.count() == 1


def test_the_database_shows_interviews_to_nobody_else(people: dict[str, User], exercise: Exercise) -> None:
    lead = people["lead"]
    interview = planned(lead, exercise)
    rows: list[Interview | InterviewNote | Theme | Quote | ThemeChange]
    rows = [interview, noted(lead, interview), theme_on(lead, exercise)]
    rows.append(quoted(lead, interview, Theme.objects.get()))
    with as_person(lead):
        change_theme(by=lead, theme=Theme.objects.get(), title="Hearsay", words="", because="Clearer", seen=0)
    rows.append(ThemeChange.objects.get())
    other = interview_row(lead, opened(people["other inspector"]).exercise)
    note_row(lead, other)
    quote_row(lead, other, theme_change_row(lead, theme_row(lead, other.exercise)).theme)
    for row in rows:
        found = {}
        for who, person in people.items():
            with as_person(person), connection.cursor() as cursor:
                cursor.execute(f"SELECT id FROM {row._meta.db_table}")
                if seen := {number for (number,) in cursor.fetchall()}:
                    found[who] = seen
        assert row.pk not in found.pop("other inspector"), row
        assert found == {who: {row.pk} for who in MEMBERS}, row


def test_the_database_lets_nobody_else_write_and_nobody_once_it_is_finished_or_has_ended(
    people: dict[str, User], exercise: Exercise
) -> None:
    lead = people["lead"]
    interview = planned(lead, exercise)
    theme = theme_on(lead, exercise)
    elsewhere = theme_on(people["other inspector"], opened(people["other inspector"]).exercise)
    for who in people.keys() - MEMBERS:
        with as_person(people[who]):
            for write in (
                lambda: interview_row(lead, exercise),
                lambda: note_row(lead, interview),
                lambda: theme_row(lead, exercise, title="Another"),
                lambda: quote_row(lead, interview, theme),
                lambda: theme_change_row(lead, theme),
            ):
                with pytest.raises(Error, match="row-level security"), transaction.atomic():
                    write()
    with as_person(lead):
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            quote_row(lead, interview, elsewhere)
        for table in ("interview", "interviewnote", "theme", "themechange"):
            with pytest.raises(Error, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM interviews_{table}")
        end_exercise(by=lead, exercise=exercise)
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            note_row(lead, interview)
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            interview_row(lead, exercise)
        assert quote_row(lead, interview, theme).pk


def test_pages_ask_as_often_for_1_interview_as_for_30(people: dict[str, User], exercise: Exercise) -> None:
    lead = people["lead"]
    theme = theme_on(lead, exercise)
    first = planned(lead, exercise)
    names = [("list", {}), ("themes", {}), ("schedule", {}), ("show", {"interview": first.key})]
    names += [(name, {"theme": theme.key}) for name in ("theme", "merge_theme", "remove_theme")]

    def asked() -> list[int]:
        found = []
        for name, more in names:
            browser = signed_in(lead)
            address = reverse(f"interviews:{name}", kwargs={"inspection": exercise.key, **more})
            browser.get(address)
            with CaptureQueriesContext(connection) as caught:
                assert browser.get(address).status_code == 200
            found.append(len(caught))
        return found

    noted(lead, first)
    quoted(lead, first, theme)
    before = asked()
    for at in range(29):
        row = planned(lead, exercise)
        noted(lead, row)
        quoted(lead, first, theme, words=f"Said {at}.")
        other = theme_on(lead, exercise, f"Theme {at}")
        with as_person(lead):
            change_theme(by=lead, theme=theme, title="Word of mouth", words=f"Once {at}", because="More", seen=at)
            if at % 2:
                remove_theme(by=lead, theme=other, because="Twice", seen=0)
    assert asked() == before


def test_who_is_asked_stands_on_no_page_of_findings(people: dict[str, User], exercise: Exercise) -> None:
    interview = planned(people["lead"], exercise)
    noted(people["lead"], interview)
    browser = signed_in(people["lead"])
    shown = browser.get(reverse("interviews:show", kwargs={"inspection": exercise.key, "interview": interview.key}))
    assert WHOM in shown.content.decode()
    for name in ("list", "draft"):
        page = browser.get(reverse(f"findings:{name}", kwargs={"inspection": exercise.key})).content.decode()
        assert WHOM not in page
    assert (Interview.objects.count(), InterviewNote.objects.count()) == (1, 1)
