"""The front sheet says where a case stands and who decided it; each part has its history."""

import re

import pytest
from django.urls import reverse

from openmappa.cases.models import Alias, Case
from openmappa.core.access import Rank, Role
from openmappa.core.involvement import WORKING
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.front_sheet import HISTORIES
from openmappa.timeline.services import void_fact
from openmappa.ui.formats import day, short_day
from tests.support.pages import without_what_changes
from tests.timeline.build import ago, make_area, make_case, make_person, signed_in, today, write

pytestmark = pytest.mark.django_db


def words_of(html: str) -> str:
    """The text of a page, as a reader has it."""
    main = html.split("<main", 1)[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def page(case: Case, name: str = "front_sheet", *, role: Role = Role.POLICE_OFFICER, **parts: str) -> str:
    client = signed_in(make_person(role, area=case.area))
    answer = client.get(reverse(f"timeline:{name}", kwargs={"key": case.key, **parts}))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_case_without_a_fact_says_that_nothing_is_known() -> None:
    said = words_of(page(make_case()))
    assert "No RM2000 has been completed." in said
    assert "Neither an OASys nor a decision has set it." in said
    assert "No level has been set." in said
    assert "Not registered" in said and "Nothing is due on this case." in said


def test_the_likelihood_says_who_scored_it_their_rank_and_who_countersigned() -> None:
    case = make_case()
    officer = make_person(Role.POLICE_OFFICER)
    manager = make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT)
    write(case, "registered", ago(30))
    write(case, "rm2000_completed", ago(20), by=officer, band="very_high", rank="detective_constable")
    said = words_of(page(case))
    assert f"Very high RM2000, {day(ago(20))}. Scored by {officer.full_name} (detective constable)" in said
    assert "Not countersigned" in said
    write(case, "rm2000_countersigned", ago(10), by=manager)
    assert f"Countersigned by {manager.full_name}, {day(ago(10))}" in words_of(page(case))
    write(case, "rm2000_completed", ago(5), by=officer, band="high", rank="detective_constable")
    assert "Not countersigned" in words_of(page(case))


def test_likelihood_and_risk_of_harm_never_share_a_look() -> None:
    case = make_case()
    write(case, "rm2000_completed", ago(20), band="high", rank="constable")
    write(case, "harm_level_set", ago(20), level="high")
    html = page(case)
    assert 'class="om-band om-band--high"' in html and 'class="om-harm om-harm--high"' in html


def test_the_risk_of_harm_says_what_it_comes_from() -> None:
    case = make_case()
    manager = make_person(Role.CASE_MANAGER)
    write(case, "order_started", ago(40), order="extended_licence", ends=ago(-90))
    write(case, "oasys_completed", ago(30), by=manager, stage="start", harm="medium")
    write(case, "oasys_completed", ago(3), by=manager, stage="review")
    said = words_of(page(case))
    assert f"From the OASys of {day(ago(30))}. Recorded by {manager.full_name}" in said
    assert f"Extended licence Started {short_day(ago(40))} Ends {short_day(ago(-90))}" in said
    write(case, "harm_level_set", ago(2), by=manager, level="high")
    assert f"Decided on {day(ago(2))}." in words_of(page(case))


@pytest.mark.parametrize(
    ("force", "band", "said"),
    [
        ("A", "high", "Every 3 months Table of force A, high likelihood (Table 1, 4.13)"),
        ("E", "very_high", "Every month Table of force E, very high likelihood (Table 1, 4.13)"),
        (
            "B",
            "low",
            "No fixed interval Table of force B, low likelihood: first visit only, then as intelligence dictates",
        ),
    ],
)
def test_the_visit_interval_says_where_it_comes_from(force: str, band: str, said: str) -> None:
    case = make_case(make_area(f"area-{force.lower()}", force))
    write(case, "registered", ago(30))
    write(case, "rm2000_completed", ago(20), band=band, rank="constable")
    assert said in words_of(page(case))


def test_an_interval_of_the_case_alone_comes_before_the_table() -> None:
    case = make_case()
    write(case, "registered", ago(30))
    write(case, "rm2000_completed", ago(20), band="high", rank="constable")
    write(case, "visit_interval_set", ago(2), months=1)
    assert "Every month Set for this case alone" in words_of(page(case))


def test_each_service_sees_the_last_visit_of_the_other() -> None:
    case = make_case()
    write(case, "registered", ago(90))
    write(case, "home_visit", ago(60), service="police", outcome="seen", announced=False, joint=True)
    write(case, "home_visit", ago(9), service="police", outcome="not_seen", announced=False, joint=False)
    write(case, "home_visit", ago(30), service="probation", outcome="refused", announced=True, joint=False)
    said = words_of(page(case))
    assert f"Police, last {short_day(ago(9))} , unannounced: not seen Last seen on {short_day(ago(60))}" in said
    assert f"Probation, last {short_day(ago(30))} , announced: entry refused Never seen at a visit" in said


def test_the_identity_gives_other_names_and_the_age() -> None:
    case = make_case(police_officer=make_person(Role.POLICE_OFFICER, rank=Rank.CONSTABLE))
    Alias.objects.create(person=case.person, given_names="Samuel", family_name="Madeup-Example")
    said = words_of(page(case))
    age = today().year - 1961 - ((today().month, today().day) < (4, 2))
    assert f"Also known as Samuel Madeup-Example Born 2 Apr 1961 Age {age}" in said
    assert "Ethnicity White British" in said
    assert f"Police officer {case.police_officer} Constable, Northshire Police" in said
    assert "Case manager Nobody" in said


def test_an_end_that_has_passed_is_pointed_out() -> None:
    case = make_case()
    write(case, "registered", ago(900), ends=ago(2))
    write(case, "order_started", ago(900), order="licence", ends=ago(-1))
    said = words_of(page(case))
    assert f"Last day {short_day(ago(2))} This day has passed. If registration has ended, record that" in said
    assert f"Ends {short_day(ago(-1))} This day" not in said


def test_what_is_overdue_comes_first() -> None:
    case = make_case()
    write(case, "registered", ago(10))
    said = words_of(page(case))
    assert "Overdue and due next" in said
    assert said.index("Initial notification to the police") < said.index("RM2000 after registration")


def test_no_page_title_names_the_person() -> None:
    title = page(make_case()).split("<title>")[1].split("</title>")[0]
    assert title == "Front sheet – OpenMAPPA"


@pytest.mark.parametrize("what", sorted(HISTORIES))
def test_every_part_has_its_history_one_click_away(what: str) -> None:
    case = make_case()
    address = reverse("timeline:history", kwargs={"key": case.key, "what": what})
    assert f'href="{address}"' in page(case)
    assert "Nothing has been recorded yet" in words_of(page(case, "history", what=what))


def test_a_history_has_every_change_and_every_mistake_newest_first() -> None:
    case, manager = make_case(), make_person(Role.CASE_MANAGER)
    write(case, "order_started", ago(90), order="licence")
    write(case, "oasys_completed", ago(80), stage="start")
    write(case, "oasys_completed", ago(40), stage="review", harm="medium")
    wrong = write(case, "harm_level_set", ago(20), by=manager, level="very_high")
    void_fact(by=manager, fact=wrong, reason="Meant for another case")
    said = words_of(page(case, "history", what="harm"))
    assert said.index("Risk of harm set to very high Voided") < said.index(
        "OASys completed, review: medium risk of harm"
    )
    assert f"Voided by {manager.full_name}" in said and "Meant for another case" in said
    assert "OASys completed, at the start" not in said


def test_an_unknown_history_is_not_found() -> None:
    case = make_case()
    client = signed_in(make_person(Role.POLICE_OFFICER))
    assert client.get(reverse("timeline:history", kwargs={"key": case.key, "what": "weather"})).status_code == 404


PAGES = ["front_sheet", "duties", "timeline", "record_menu"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", sorted(Role))
def test_whose_role_opens_cases_sees_those_of_their_area_only(name: str, role: Role) -> None:
    near, far = make_case(), make_case(make_area("eastmarch", "B"))
    client = signed_in(make_person(role))
    expected = 200 if role in WORKING else 404
    assert client.get(reverse(f"timeline:{name}", kwargs={"key": near.key})).status_code == expected
    assert client.get(reverse(f"timeline:{name}", kwargs={"key": far.key})).status_code == 404


def test_an_unseen_case_looks_exactly_like_one_that_never_was() -> None:
    far = make_case(make_area("eastmarch", "B"))
    client = signed_in(make_person(Role.POLICE_OFFICER))
    unseen = client.get(reverse("timeline:front_sheet", kwargs={"key": far.key}))
    never = client.get("/cases/00000000-0000-4000-8000-000000000000/")
    assert unseen.status_code == never.status_code == 404
    assert without_what_changes(unseen.content) == without_what_changes(never.content)


def test_a_fact_without_an_author_says_that_it_was_imported() -> None:
    case = make_case()
    Fact.objects.create(
        case=case, kind="mappa_level_set", on=ago(9), details={"level": 2, "category": 1}, recorded_on=ago(9)
    )
    assert "Recorded by somebody the imported record does not name" in words_of(page(case))
