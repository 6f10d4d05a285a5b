"""The home page: what is due, of whom, how late and why; and whose duty is whose."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Permission, Role
from openmappa.core.involvement import RESPONSIBLE
from openmappa.core.packs.load import packs_in_service
from openmappa.core.standards.reasons import reason, standard_of
from openmappa.timeline.models import Duty
from openmappa.ui.formats import day
from openmappa.worklist.queries.filters import Filters, Sort
from openmappa.worklist.queries.lines import GROUPS_A_PAGE, LATER, OVERDUE, THIS_WEEK, Worklist, worklist
from openmappa.worklist.queries.whose import Scope
from tests.worklist.made import (
    a_case,
    a_person_with,
    a_unit,
    ago,
    an_area,
    fact,
    happened,
    signed_in,
    supervised_since,
    today,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> User:
    return a_person_with(Role.CASE_MANAGER, name="Caseworker Sample One")


@pytest.fixture
def officer() -> User:
    return a_person_with(Role.POLICE_OFFICER, name="Officer Sample One")


def shown(user: User, scope: Scope = Scope.MINE, page: int = 1, **filters: object) -> Worklist:
    return worklist(user, Filters(scope=scope, **filters), page, today())  # type: ignore[arg-type]


def titles(found: Worklist) -> list[tuple[int, str, list[str]]]:
    return [
        (group.section, group.case.person.family_name, [line.duty.standard for line in group.lines])
        for group in found.groups
    ]


def test_overdue_comes_first_then_the_next_seven_days_then_later_and_each_is_grouped_by_case(manager: User) -> None:
    late = happened(a_case(family="Late", manager=manager), *supervised_since(ago(113)))
    soon = happened(a_case(family="Soon", manager=manager), *supervised_since(ago(112)))
    week = happened(a_case(family="Week", manager=manager), *supervised_since(ago(105)))
    eight = happened(a_case(family="Eight", manager=manager), *supervised_since(ago(104)))
    found = shown(manager)
    both = ["oasys-review", "plan-review"]
    assert titles(found) == [
        (OVERDUE, "Late", both),
        (THIS_WEEK, "Soon", both),
        (THIS_WEEK, "Week", both),
        (LATER, "Eight", both),
    ]
    assert [(tally.duties, tally.page) for tally in found.tallies] == [(2, 1), (4, 1), (2, 1)]
    assert {late.pk, soon.pk, week.pk, eight.pk} == {group.case.pk for group in found.groups}


def test_one_case_stands_in_each_section_in_which_something_is_due(manager: User) -> None:
    case = happened(
        a_case(manager=manager),
        *supervised_since(ago(113)),
        fact("plan_reviewed", ago(20)),
    )
    assert titles(shown(manager)) == [(OVERDUE, "Testcase", ["oasys-review"]), (LATER, "Testcase", ["plan-review"])]
    assert shown(manager).groups[0].case == case


def test_one_line_says_what_on_whom_by_when_how_late_and_why(manager: User) -> None:
    happened(a_case("Sample", "Madeup", manager=manager), *supervised_since(ago(300)), fact("plan_reviewed", ago(124)))
    page = signed_in(manager).get("/").content.decode()
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "Sample Madeup" in text
    assert "Supervision plan review" in text
    assert "12 days late" in text
    assert f"16 weeks after the plan review of {day(ago(124))}" in text


def test_every_line_leads_to_the_duty_and_to_the_form_that_meets_it(manager: User) -> None:
    case = happened(a_case(manager=manager), *supervised_since(ago(113)))
    page = signed_in(manager).get("/").content.decode()
    for duty in Duty.objects.filter(case=case, standard__in=["oasys-review", "plan-review"]):
        assert f'href="/cases/{case.key}/duties/#duty-{duty.standard}-{duty.opened_on.isoformat()}"' in page
    assert page.count("Record it") == 2
    ways = re.findall(rf'href="(/cases/{case.key}/(?:oasys|plans)/[^"]*)"', page)
    assert sorted(ways) == [f"/cases/{case.key}/oasys/start/", f"/cases/{case.key}/plans/"]


def test_who_may_not_record_it_is_not_offered_to(officer: User, manager: User) -> None:
    happened(a_case(manager=manager, officer=officer), *supervised_since(ago(113)))
    page = signed_in(officer).get("/?scope=area").content.decode()
    assert "OASys review" in page
    assert "Record it" not in page


def registered_case(officer: User, manager: User) -> Case:
    """A case on which something is open of everybody's."""
    return happened(
        a_case(officer=officer, manager=manager),
        fact("registered", ago(30)),
        fact("rm2000_completed", ago(29), band="high", rank="constable"),
        *supervised_since(ago(28)),
        fact("mappa_level_set", ago(20), level=2, category=1),
        fact("mappa_meeting_held", ago(10), level=2),
        fact("action_agreed", ago(10), action="a-1", due_on=ago(-3), service="police"),
        fact("action_agreed", ago(10), action="a-2", due_on=ago(-3), service="probation"),
    )


OF_OFFICER = {"annual-notification", "home-visit", "initial-notification", "mappa-action"}
OF_MANAGER = {"mappa-action", "oasys-review", "offender-informed", "plan-review"}
OF_COORDINATOR = {"mappa-review", "minutes-police", "minutes-probation"}


def standards(found: Worklist) -> set[str]:
    return {line.duty.standard for group in found.groups for line in group.lines}


def test_each_duty_waits_for_the_one_whose_it_is(officer: User, manager: User) -> None:
    registered_case(officer, manager)
    police_manager = a_person_with(Role.LINE_MANAGER)
    probation_manager = a_person_with(Role.LINE_MANAGER, kind="probation")
    assert standards(shown(officer)) == OF_OFFICER
    assert standards(shown(manager)) == OF_MANAGER
    assert standards(shown(police_manager)) == {"rm2000-countersign"}
    assert standards(shown(probation_manager)) == set()
    assert standards(shown(a_person_with(Role.MAPPA_COORDINATOR))) == OF_COORDINATOR


def test_an_action_waits_for_the_service_that_took_it_on(officer: User, manager: User) -> None:
    registered_case(officer, manager)
    for person, service in ((officer, "police"), (manager, "probation")):
        found = [line.duty.of for group in shown(person).groups for line in group.lines]
        assert [of for of in found if of in ("police", "probation")] == [service]


def test_a_unit_has_what_waits_for_its_people_and_an_area_has_everything(officer: User, manager: User) -> None:
    registered_case(officer, manager)
    colleague = a_person_with(Role.POLICE_OFFICER)
    assert standards(shown(colleague)) == set()
    assert standards(shown(colleague, Scope.UNIT)) == OF_OFFICER | {"rm2000-countersign"}
    assert standards(shown(a_person_with(Role.CASE_MANAGER), Scope.UNIT)) == OF_MANAGER
    assert standards(shown(colleague, Scope.AREA)) == OF_OFFICER | OF_MANAGER | OF_COORDINATOR | {"rm2000-countersign"}
    other_unit = a_unit(an_area(), "police", code="northshire-police-two")
    assert standards(shown(a_person_with(Role.POLICE_OFFICER, unit=other_unit), Scope.UNIT)) == set()


def test_in_a_unit_or_an_area_each_line_says_whom_it_waits_for(officer: User, manager: User) -> None:
    registered_case(officer, manager)
    page = signed_in(officer).get("/?scope=area").content.decode()
    for said in ("Police officer, Officer Sample One", "Case manager, Caseworker Sample One", "MAPPA coordinator"):
        assert said in page
    assert "Offender; Officer Sample One keeps watch" in page
    assert "Police officer, Officer" not in signed_in(officer).get("/").content.decode()


def test_nothing_of_another_area_ever_shows(officer: User, manager: User) -> None:
    registered_case(officer, manager)
    stranger = a_person_with(Role.LINE_MANAGER, area=an_area("eastmarch", "B"))
    for scope in Scope:
        assert shown(stranger, scope).groups == ()
        assert "Testcase" not in signed_in(stranger).get(f"/?scope={scope}").content.decode()


def test_filters_narrow_by_standard_band_harm_and_level(officer: User, manager: User) -> None:
    registered_case(officer, manager)
    area = Scope.AREA
    assert standards(shown(officer, area, standard="home-visit")) == {"home-visit"}
    assert len(shown(officer, area, band=("high",)).groups) > 0
    assert shown(officer, area, band=("low", "medium")).groups == ()
    assert shown(officer, area, harm=("high",)).groups == ()
    assert len(shown(officer, area, level=("2", "3")).groups) > 0
    assert shown(officer, area, level=("1",)).groups == ()


def test_filters_stand_in_the_address_and_what_makes_no_sense_is_left_out(officer: User) -> None:
    client = signed_in(officer)
    page = client.get("/?scope=area&band=high&band=nonsense&level=9&standard=x&sort=x&page=x").content.decode()
    assert 'href="?scope=area"' in page
    assert page.count("Remove the filter") == 1
    assert "Nothing on this list fits these filters" in page


def test_lists_can_be_sorted_by_the_latest_date_or_by_name(manager: User) -> None:
    happened(a_case(family="Bbb", manager=manager), *supervised_since(ago(120)))
    happened(a_case(family="Aaa", manager=manager), *supervised_since(ago(115)))
    happened(a_case(family="Ccc", manager=manager), *supervised_since(ago(130)))
    assert [name for _, name, _ in titles(shown(manager))] == ["Ccc", "Bbb", "Aaa"]
    assert [name for _, name, _ in titles(shown(manager, sort=Sort.NEWEST))] == ["Aaa", "Bbb", "Ccc"]
    assert [name for _, name, _ in titles(shown(manager, sort=Sort.NAME))] == ["Aaa", "Bbb", "Ccc"]


def many_cases(manager: User, number: int) -> None:
    for place in range(number):
        happened(a_case(family=f"Testcase{place}", manager=manager), *supervised_since(ago(100 + place)))


def test_pages_hold_every_group_once_in_order(manager: User) -> None:
    many_cases(manager, 30)
    for sort in Sort:
        pages = [shown(manager, page=page, sort=sort) for page in (1, 2)]
        assert [len(page.groups) for page in pages] == [GROUPS_A_PAGE, 5]
        assert pages[0].pages == 2
        groups = [(group.section, group.case.pk) for page in pages for group in page.groups]
        assert len(set(groups)) == 30
        assert [section for section, _ in groups] == sorted(section for section, _ in groups)
    due = [group.lines[0].duty.due_on for page in (1, 2) for group in shown(manager, page=page).groups]
    assert due == sorted(due)


def test_the_tallies_say_on_which_page_each_section_begins(manager: User) -> None:
    many_cases(manager, 45)
    found = shown(manager)
    assert [(tally.duties, tally.page) for tally in found.tallies] == [(64, 1), (16, 2), (10, 2)]
    second = shown(manager, page=2)
    assert {group.section for group in second.groups} == {OVERDUE, THIS_WEEK, LATER}
    assert shown(manager, page=99).page == 1


def test_as_many_queries_for_thirty_cases_as_for_one(manager: User) -> None:
    def queries(address: str) -> int:
        client = signed_in(manager)
        with CaptureQueriesContext(
            connection,
        ) as counted:
            assert client.get(address).status_code == 200
        return len(counted)

    addresses = ("/", "/?scope=unit", "/?scope=area&band=", "/?sort=name")
    many_cases(manager, 1)
    signed_in(manager).get("/")
    one = [queries(address) for address in addresses]
    many_cases(manager, 29)
    assert [queries(address) for address in addresses] == one
    assert max(one) <= 25


def test_an_empty_worklist_says_so(officer: User) -> None:
    page = signed_in(officer).get("/").content.decode()
    assert "Nothing is waiting for you" in page
    assert "No duties" in page


def test_a_met_duty_leaves_the_list(manager: User) -> None:
    case = happened(a_case(manager=manager), *supervised_since(ago(113)))
    happened(case, fact("plan_reviewed", today()))
    assert [line.duty.standard for line in shown(manager).groups[0].lines] == ["oasys-review"]


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_home_page_that_offers_what_it_can_open(role: Role) -> None:
    person = a_person_with(role)
    happened(a_case(family="Secretname", manager=person), *supervised_since(ago(113)))
    page = signed_in(person).get("/").content.decode()
    assert ("<h1" in page) and ("Secretname" in page) == (role in RESPONSIBLE)
    assert ('href="/figures/"' in page) == person.may(Permission.VIEW_FIGURES)


def test_the_reason_of_a_stored_duty_is_that_of_the_engine(manager: User) -> None:
    case = happened(a_case(manager=manager), *supervised_since(ago(113)))
    duty = Duty.objects.get(case=case, standard="oasys-review", met_on=None)
    assert duty.due_on == today() - timedelta(days=1)
    assert (
        reason(duty, standard_of(duty, packs_in_service()))
        == f"16 weeks from {day(ago(113))} (since then under supervision)"
    )


def test_past_five_lines_the_rest_of_a_group_is_folded_away_but_there(manager: User) -> None:
    meetings = [fact("mappa_meeting_held", ago(100 - day_), level=2) for day_ in range(7)]
    happened(a_case(manager=manager), *supervised_since(ago(113)), *meetings)
    page = signed_in(manager).get("/").content.decode()
    assert page.count('<li class="om-duty">') == 9
    assert "4 more on this case" in page
