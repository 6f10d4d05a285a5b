"""The coordinator's desk: what waits, comes and is late in an area; the lists behind it; a day drafted in one click."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.coordination.queries.desk import MOST, in_words
from openmappa.coordination.queries.lists import LISTS
from openmappa.core.access import Rank, Role
from openmappa.meetings.models.sitting import Meeting, Sitting
from tests.actions.build import an_action
from tests.coordination.build import a_meeting, a_meeting_held, a_sitting, note
from tests.house.test_queries_constant import queries_of
from tests.timeline.build import (
    ago,
    day_boxes,
    make_area,
    make_case,
    make_person,
    make_unit,
    signed_in,
    write,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> User:
    return make_person(Role.MAPPA_COORDINATOR)


def text(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def shown(browser: Client, name: str = "coordination:desk", **parts: str) -> str:
    response = browser.get(reverse(name, kwargs=parts))
    assert response.status_code == 200
    return text(response.content)


def at_level(level: int, days: int, *, by: User, **staff: User) -> Case:
    case = make_case(by.area, **staff)
    write(case, "mappa_level_set", ago(days), by=by, level=level, category=1)
    return case


def test_an_empty_area_says_of_each_list_that_there_is_nothing(coordinator: User) -> None:
    page = shown(signed_in(coordinator))
    for listing in LISTS.values():
        assert listing.nothing in page, listing.slug
        assert listing.nothing in shown(signed_in(coordinator), "coordination:list", what=listing.slug)
    assert "No sitting is called for the next 4 weeks" in page


def test_reviews_overdue_and_due_within_four_weeks_stand_there_and_later_ones_do_not(coordinator: User) -> None:
    overdue, soon, later = (at_level(2, days, by=coordinator) for days in (200, 80, 10))
    page = shown(signed_in(coordinator), "coordination:list", what="reviews")
    assert overdue.reference in page
    assert soon.reference in page
    assert later.reference not in page
    assert page.index(overdue.reference) < page.index(soon.reference)


def test_minutes_that_are_on_one_file_only_stand_there_for_the_other(coordinator: User) -> None:
    case = at_level(2, 60, by=coordinator)
    write(case, "mappa_meeting_held", ago(30), by=coordinator, level=2)
    write(case, "minutes_filed", ago(25), by=coordinator, service="probation")
    page = shown(signed_in(coordinator), "coordination:list", what="minutes")
    assert "1 in all" in page
    assert "Police file" in page
    assert "Probation file" not in page


def test_level_3_cases_and_those_of_another_area_and_walled_ones(coordinator: User) -> None:
    critical, other = at_level(3, 10, by=coordinator), at_level(2, 10, by=coordinator)
    far = at_level(3, 10, by=make_person(Role.MAPPA_COORDINATOR, area=make_area("eastmarch", "B")))
    contact = make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT, unit=make_unit(make_area(), "police", 3))
    walled = make_case(restricted_contact=contact)
    page = shown(signed_in(coordinator), "coordination:list", what="level-3")
    assert critical.reference in page
    assert not any(each.reference in page for each in (other, far, walled))


def test_coming_sittings_stand_by_place_with_their_cases_and_cancelled_and_later_ones_do_not(coordinator: User) -> None:
    case, second = at_level(2, 10, by=coordinator), at_level(2, 10, by=coordinator)
    for day, place, cases in (
        (ago(-3), "Civic Centre", [case, second]),
        (ago(-40), "Far Hall", [case]),
        (ago(2), "Old Hall", []),
    ):
        sitting = a_sitting(day, by=coordinator, place=place)
        for number, each in enumerate(cases, start=1):
            a_meeting(each, sitting, by=coordinator, number=number)
    page = shown(signed_in(coordinator))
    assert "Civic Centre 1 2" in page
    assert "Far Hall" not in page
    assert "Old Hall" not in page
    assert "Civic Centre" in shown(signed_in(coordinator), "coordination:coming")


def test_attendance_is_counted_by_agency_and_rank(coordinator: User) -> None:
    sergeant = make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT)
    manager = make_person(Role.CASE_MANAGER, rank=Rank.PROBATION_OFFICER)
    for number in range(4):
        held = a_meeting_held(make_case(), ago(10 + number), by=coordinator)
        note(held, sergeant, "attended", by=coordinator)
        note(held, manager, ("attended", "absent", "apologies", "deputy")[number], by=coordinator)
    page = shown(signed_in(coordinator), "coordination:came")
    assert "Northshire Police Sergeant: 4 100% 4 of 4 4 0 0 0" in page
    assert "Northshire Probation Probation officer: 2 50% 2 of 4 1 1 1 1" in page


def test_a_draft_day_proposes_the_eight_longest_waiting_of_a_level_that_are_on_no_list(coordinator: User) -> None:
    cases = [at_level(2, 300 - number, by=coordinator) for number in range(10)]
    at_level(3, 400, by=coordinator)
    a_meeting(cases[0], a_sitting(ago(-5), by=coordinator), by=coordinator)
    page = shown(signed_in(coordinator), "coordination:day")
    assert [case.reference in page for case in cases] == [False] + [True] * 8 + [False]
    assert Sitting.objects.count() == 1, "drafting calls nobody"


def answers(cases: list[Case], **more: str) -> dict[str, object]:
    return {
        "cases": [str(case.key) for case in cases],
        **day_boxes("on", ago(-30)),
        "at": "10:00",
        "place": "Civic Centre",
        "submission": str(uuid.uuid4()),
        **more,
    }


def test_calling_the_draft_makes_one_sitting_with_the_cases_in_order_however_often_it_is_sent(
    coordinator: User,
) -> None:
    cases = [at_level(2, 300 - number, by=coordinator) for number in range(3)]
    browser, sent = signed_in(coordinator), answers(cases)
    address = reverse("coordination:day")
    first = browser.post(address, sent)
    assert first.status_code == 302
    assert browser.post(address, sent)["Location"] == first["Location"]
    assert "The sitting is called" in text(browser.get(first["Location"]).content)
    with as_person(coordinator):
        sitting = Sitting.objects.get()
        meetings = Meeting.objects.filter(sitting=sitting).order_by("number")
        assert [meeting.case_id for meeting in meetings] == [case.pk for case in cases]
        assert sitting.chair == coordinator


def test_a_draft_with_a_wrong_answer_says_so_and_loses_nothing(coordinator: User) -> None:
    cases = [at_level(2, 300, by=coordinator)]
    sent = answers(cases, at="ten", room="Room with a view")
    response = signed_in(coordinator).post(reverse("coordination:day"), sent)
    page = response.content.decode()
    assert "like 10:00" in page
    assert "Room with a view" in page
    assert "<title>Error:" in page
    assert not Sitting.objects.exists()


def test_a_chair_who_chairs_already_is_asked_once_more(coordinator: User) -> None:
    cases = [at_level(2, 300, by=coordinator)]
    a_sitting(ago(-30), by=coordinator, place="Old Hall")
    browser, address = signed_in(coordinator), reverse("coordination:day")
    asked = text(browser.post(address, answers(cases)).content)
    assert "chairs another sitting" in asked
    assert "Call it all the same" in asked
    assert browser.post(address, answers(cases, despite_clashes="on")).status_code == 302


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.MAPPA_COORDINATOR}))
def test_nobody_else_opens_the_desk_or_a_list(role: Role, coordinator: User) -> None:
    case = at_level(3, 400, by=coordinator)
    browser = signed_in(make_person(role, rank=Rank.SERGEANT))
    for name, parts in (
        ("coordination:desk", {}),
        ("coordination:day", {}),
        *(("coordination:list", {"what": what}) for what in LISTS),
    ):
        response = browser.get(reverse(name, kwargs=parts))
        assert response.status_code == 403
        assert case.reference not in response.content.decode()


def test_a_list_that_is_none_is_not_found_and_a_coordinator_without_an_area_is_told(coordinator: User) -> None:
    assert signed_in(coordinator).get(reverse("coordination:list", kwargs={"what": "teapots"})).status_code == 404
    coordinator.area = None
    coordinator.save()
    response = signed_in(coordinator).get(reverse("coordination:desk"))
    assert response.status_code == 403
    assert "You belong to no area" in text(response.content)


def test_counts_stop_at_a_thousand() -> None:
    assert [in_words(count) for count in (0, 12, MOST, MOST + 1)] == ["0", "12", "1,000", "1,000 or more"]


def test_the_desk_and_its_lists_ask_as_often_for_30_of_everything_as_for_1(coordinator: User) -> None:
    browser = signed_in(coordinator)
    addresses = [reverse("coordination:desk"), reverse("coordination:day"), reverse("coordination:coming")]
    addresses += [reverse("coordination:list", kwargs={"what": what}) for what in LISTS]
    found = []
    for count in (6, 24):
        for _ in range(count):
            a_busy_case(coordinator)
        each = []
        for address in addresses:
            each.append(queries_of(lambda: browser.get(address)))  # noqa: B023
        found.append(each)
    assert found[0] == found[1]


def a_busy_case(coordinator: User) -> None:
    """A case with something in every list that the facts of the record make."""
    case = at_level(3, 400, by=coordinator)
    held = a_meeting_held(case, ago(60), by=coordinator)
    note(held, coordinator, "attended", by=coordinator)
    a_meeting(case, a_sitting(ago(-5), by=coordinator), by=coordinator)
    at_level(2, 400, by=coordinator)
    an_action(case, coordinator, by=coordinator, due_on=ago(5))
