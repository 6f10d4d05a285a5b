"""The duties and the timeline of a case: complete, in order, filtered, and at a constant cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.core.standards.facts import KINDS
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.entries import GROUPS
from openmappa.timeline.services import void_fact
from openmappa.ui.formats import day
from tests.timeline.build import ago, make_case, make_person, signed_in, today, write
from tests.timeline.test_front_sheet import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    case = make_case()
    write(case, "registered", ago(200))
    write(case, "initial_notification_made", ago(199))
    write(case, "rm2000_completed", ago(190), band="high", rank="constable")
    write(case, "home_visit", ago(150), service="police", outcome="seen", announced=False, joint=False)
    return case


def get(case: Case, name: str, query: str = "", role: Role = Role.POLICE_OFFICER) -> str:
    client = signed_in(make_person(role))
    answer = client.get(reverse(f"timeline:{name}", kwargs={"key": case.key}) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_open_duties_come_first_the_most_overdue_first(case: Case) -> None:
    said = words_of(get(case, "duties"))
    places = [
        said.index(part)
        for part in (
            "Still to do",
            "RM2000 countersignature Overdue",
            "Unannounced police home visit Overdue",
            "Annual notification to the police Due",
            "Done, or no longer needed",
            "Unannounced police home visit Met",
            "RM2000 after registration Met late",
        )
    ]
    assert places == sorted(places)


def test_each_duty_says_what_started_it_what_met_it_and_where_the_rule_stands(case: Case) -> None:
    said = words_of(get(case, "duties", "?state=done"))
    assert (
        f"RM2000 after registration Met late Of the police officer. Started by registered indefinitely , "
        f"{day(ago(200))}. Met on {day(ago(190))}, 3 days late, by RM2000 completed: high likelihood, scored by a "
        "constable ." in said
    )
    assert "Why, step by step" in said and "Source: 7.4" in said


def test_an_assumption_is_called_one(case: Case) -> None:
    assert "This rule is an assumption: the report leaves it open" in words_of(
        get(case, "duties", "?standard=rm2000-countersign")
    )


def test_record_it_is_offered_where_the_role_may(case: Case) -> None:
    manager, officer = get(case, "duties", role=Role.LINE_MANAGER), get(case, "duties")
    countersign = reverse("assessments:countersign", kwargs={"key": case.key})
    visit = reverse("visits:record", kwargs={"key": case.key})
    assert f'href="{countersign}"' in manager and f'href="{countersign}"' not in officer
    assert f'href="{visit}"' in officer


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", "all 6 duties"),
        ("?state=open", "all 3 duties"),
        ("?state=overdue", "all 2 duties"),
        ("?state=done", "all 3 duties"),
        ("?state=met_late", "1 duty"),
        ("?standard=home-visit", "all 2 duties"),
        ("?state=open&standard=home-visit", "1 duty"),
        ("?state=nonsense&standard=weather&page=99", "all 6 duties"),
    ],
)
def test_duties_are_filtered_by_state_and_standard(case: Case, query: str, count: str) -> None:
    assert f"Showing {count}" in words_of(get(case, "duties", query))


def test_a_filter_that_leaves_nothing_says_so(case: Case) -> None:
    assert "No duty is like that" in words_of(get(case, "duties", "?state=missed"))


def test_the_timeline_is_newest_first_and_keeps_mistakes_struck_through(case: Case) -> None:
    officer = make_person(Role.POLICE_OFFICER)
    wrong = write(case, "details_changed", ago(5), by=officer, what="name")
    void_fact(by=officer, fact=wrong, reason="It was the address")
    html = get(case, "timeline")
    said = words_of(html)
    assert "<s>Details changed: name</s>" in html
    assert "Details changed: name Voided Recorded by" in said and ": It was the address" in said
    places = [said.index(part) for part in ("Details changed", "Police home visit", "RM2000 completed", "Registered")]
    assert places == sorted(places)


def test_what_was_written_down_later_says_how_much_later() -> None:
    case = make_case()
    write(case, "registered", ago(41))
    assert f"written down on {day(today())} , 41 days later" in words_of(get(case, "timeline"))


def test_only_ones_own_mistakes_are_offered_to_a_police_officer_and_all_to_a_manager(case: Case) -> None:
    officer = make_person(Role.POLICE_OFFICER)
    own = write(case, "custody_started", ago(3), by=officer)
    address = reverse("timeline:timeline", kwargs={"key": case.key})
    html = signed_in(officer).get(address).content.decode()
    assert html.count("This is a mistake") == 1
    assert reverse("timeline:void", kwargs={"key": case.key, "pk": own.pk}) in html
    assert get(case, "timeline", role=Role.LINE_MANAGER).count("This is a mistake") == 5


def test_every_kind_stands_in_exactly_one_group_of_the_filter() -> None:
    grouped = [kind for _, kinds in GROUPS.values() for kind in kinds]
    assert sorted(grouped) == sorted(KINDS)


@pytest.mark.parametrize(("query", "count"), [("?kind=visits", "1 entry"), ("?kind=weather", "all 4 entries")])
def test_the_timeline_is_filtered_by_kind(case: Case, query: str, count: str) -> None:
    assert f"Showing {count}" in words_of(get(case, "timeline", query))


def test_the_timeline_has_pages_of_fifty(case: Case) -> None:
    _incidents(case, 50)
    assert "Showing 1 to 50 of 54 entries" in words_of(get(case, "timeline"))
    assert "Showing 51 to 54 of 54 entries" in words_of(get(case, "timeline", "?page=2"))
    assert "?kind=incidents&amp;page=2" not in get(case, "timeline", "?kind=incidents")


def _incidents(case: Case, count: int) -> None:
    author = make_person(Role.CASE_MANAGER)
    Fact.objects.bulk_create(
        Fact(case=case, kind="significant_incident", on=ago(number), recorded_on=today(), recorded_by=author)
        for number in range(1, count + 1)
    )


@pytest.mark.parametrize("path", ["", "duties/", "timeline/", "history/visits/", "record/", "facts/{first}/"])
def test_a_page_costs_the_same_number_of_queries_for_1_fact_and_for_31(path: str) -> None:
    case = make_case()
    first = write(case, "registered", ago(300))
    client = signed_in(make_person(Role.LINE_MANAGER))
    address = reverse("timeline:front_sheet", kwargs={"key": case.key}) + path.format(first=first.pk)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    write(case, "rm2000_completed", ago(290), band="high", rank="constable")
    for number in range(1, 30):
        service = "police" if number % 2 else "probation"
        write(case, "home_visit", ago(number), service=service, outcome="seen", announced=False, joint=False)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few) <= 38
