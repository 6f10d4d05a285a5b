"""Who is asked what, as a page and as a file: what of it was asked in one inspection, and by how many."""

import csv
import io

import pytest
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.interviews.queries import matrix_of, schedule
from openmappa.interviews.services import drop_interview, finish_interview
from openmappa.samples.models import Exercise
from tests.inspections.build import opened
from tests.interviews.build import QUESTION, ROLE, WHOM, noted, planned
from tests.samples.build import inspector
from tests.timeline.build import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> User:
    return inspector()


@pytest.fixture
def exercise(lead: User) -> Exercise:
    exercise = opened(lead).exercise
    held, begun, dropped = (planned(lead, exercise) for _ in range(3))
    planned(lead, exercise, role="case_manager")
    for row in (held, begun, dropped):
        noted(lead, row)
    noted(lead, begun, "", "1.19")
    noted(lead, dropped, "Yes.", "1.20")
    with as_person(lead):
        finish_interview(by=lead, interview=held)
        drop_interview(by=lead, interview=dropped, because="Ill.")
    return exercise


def test_planned_and_held_interviews_are_counted_by_role_and_what_nobody_was_asked_is_a_gap(
    lead: User, exercise: Exercise
) -> None:
    with as_person(lead):
        found = matrix_of(exercise)
    by_role = {one.role.code: one for one in found.roles}
    assert (by_role[ROLE].planned, by_role[ROLE].held, by_role[ROLE].asked) == (1, 1, 42)
    assert (by_role["case_manager"].planned, by_role["case_manager"].held) == (1, 0)
    assert (found.planned, found.held) == (2, 1)
    assert (len(by_role[ROLE].gaps), len(by_role["case_manager"].gaps)) == (41, 41)
    lines = {line.question.number: line for _, lines in found.coverage.parts for line in lines}
    assert (lines[QUESTION].interviews, lines["1.19"].is_gap, lines["1.20"].is_gap) == (2, True, True)


def test_the_page_has_a_heading_for_each_question_and_each_role(lead: User, exercise: Exercise) -> None:
    address = reverse("interviews:schedule", kwargs={"inspection": exercise.key})
    page = signed_in(lead).get(address).content.decode()
    assert page.count('<th scope="row" class="om-matrix__question">') == 95 + 1
    assert page.count('<th scope="rowgroup"') == 6
    assert page.count('class="om-matrix__role"') == 8 + 1
    assert "Noted in 2 interviews" in page
    assert "94 questions of 95 were put to nobody yet" in page
    assert WHOM not in page


def test_the_file_says_who_is_asked_and_not_how_many_were(lead: User, exercise: Exercise) -> None:
    browser = signed_in(lead)
    address = reverse("interviews:schedule_file", kwargs={"inspection": exercise.key})
    assert browser.post(address, {}).status_code == 200
    answer = browser.post(address, {"recipient": "=The board", "purpose": "To plan the week"})
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    head = next(row for row in rows if row[:2] == ["Part", "Number"])
    assert head[3:-1] == [role.title for role in schedule().roles]
    asked = {row[1]: row for row in rows if len(row) == len(head) and row[1][:1].isdecimal()}
    assert len(asked) == 95
    at = head.index("Police officer")
    assert (asked[QUESTION][at], asked[QUESTION][-1], asked["1.1"][at], asked["1.1"][-1]) == (
        "asked",
        "asked",
        "",
        "nobody yet",
    )
    assert ["For", "'=The board"] in rows
    assert (WHOM in text, "We hear of it" in text) == (False, False)
    event = Event.objects.get(verb="export interview matrix")
    assert event.recipient == "=The board"
