"""Whom the lists show to whom, finding somebody without a name in any address, and how often the database is asked."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openmappa.accounts.models import User
from openmappa.core.access import Rank, Role
from openmappa.people.queries.people import looked_after_by
from openmappa.people.services.posts import add_person
from tests.people.cast import REASON, Cast, look, make_cast, page_of, post
from tests.timeline.build import make_area, make_person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def names(people: list[User]) -> list[str]:
    return sorted(person.username for person in people)


def test_each_sees_those_whose_access_they_look_after(cast: Cast) -> None:
    agency = [cast.administrator, cast.second, cast.manager, cast.other_manager]
    agency += [cast.officer, cast.colleague, cast.coordinator]
    other_area = make_person(Role.PARTNER_MEMBER, area=make_area("eastmarch", "B"), kind="partner")
    seen = {
        who: names(list(looked_after_by(getattr(cast, who)))) for who in ("administrator", "manager", "coordinator")
    }
    assert seen == {
        "administrator": names(agency),
        "manager": names([cast.manager, cast.officer, cast.colleague]),
        "coordinator": names([cast.partner, cast.partner_administrator]),
    }
    assert other_area.username not in seen["coordinator"]
    assert list(looked_after_by(cast.officer)) == list(looked_after_by(cast.partner)) == []


def test_whoever_is_on_the_way_to_a_unit_is_seen_by_its_line_manager(cast: Cast) -> None:
    entry = add_person(by=cast.administrator, username="o.newcomer", post=post(cast.unit), reason=REASON)
    assert entry.person in looked_after_by(cast.manager)
    assert entry.person not in looked_after_by(cast.other_manager)


def find(user: User, **typed: str) -> tuple[str, str]:
    """The address that the results stand at, and the results."""
    browser = signed_in(user)
    sent = browser.post(reverse("people:list"), {"state": "active", **typed})
    page = page_of(browser.get(sent["Location"]))
    return sent["Location"], page[page.index('class="om-split__main"') :]


def test_a_name_is_found_by_a_part_of_it_and_stands_in_no_address(cast: Cast) -> None:
    User.objects.filter(pk=cast.officer.pk).update(full_name="Officer Distinct Mockford")
    address, results = find(cast.administrator, text="mock dist")
    assert address == "/people/?page=1"
    assert "Officer Distinct Mockford" in results
    assert cast.colleague.full_name not in results
    assert "Nobody fits" in find(cast.administrator, text="Qqqxyzzy")[1]


def test_the_list_narrows_to_a_unit_a_role_and_a_state(cast: Cast) -> None:
    User.objects.filter(pk=cast.colleague.pk).update(is_active=False)
    _, in_unit = find(cast.administrator, unit=str(cast.unit.pk))
    assert (cast.officer.username in in_unit, cast.second.username in in_unit) == (True, False)
    _, managers = find(cast.administrator, role="line_manager")
    assert (cast.manager.username in managers, cast.officer.username in managers) == (True, False)
    _, left = find(cast.administrator, state="left")
    assert (cast.colleague.username in left, cast.officer.username in left) == (True, False)
    _, everybody = find(cast.administrator, state="")
    assert (cast.colleague.username in everybody, cast.officer.username in everybody) == (True, True)


def test_those_who_wait_and_those_not_confirmed_have_lists_of_their_own(cast: Cast) -> None:
    add_person(by=cast.administrator, username="o.newcomer", post=post(cast.unit), reason=REASON)
    assert "o.newcomer" in find(cast.administrator, state="waiting")[1]
    assert "o.newcomer" not in find(cast.administrator, state="left")[1]
    assert cast.officer.username in find(cast.administrator, state="unconfirmed")[1]


def test_a_line_managers_list_has_nobody_of_another_unit_whatever_is_asked(cast: Cast) -> None:
    form = {"unit": str(cast.other_unit.pk), "state": ""}
    answer = signed_in(cast.manager).post(reverse("people:list"), form)
    assert (answer.status_code, cast.other_manager.username in page_of(answer)) == (200, False)


@pytest.mark.parametrize("name", ["list", "waiting", "to_confirm", "line_managers", "covers"])
def test_lists_ask_as_often_for_30_people_as_for_1(cast: Cast, name: str) -> None:
    browser = signed_in(cast.administrator)
    one = queries_of(lambda: browser.get(reverse(f"people:{name}")))
    for number in range(30):
        make_person(Role.LINE_MANAGER, area=cast.area, unit=cast.other_unit, rank=Rank.SERGEANT)
        add_person(by=cast.administrator, username=f"o.new{number}", post=post(cast.unit), reason=REASON)
    assert queries_of(lambda: browser.get(reverse(f"people:{name}"))) == one


def queries_of(send: Callable[[], object]) -> int:
    send()
    with CaptureQueriesContext(connection) as queries:
        send()
    return len(queries)


def test_the_menu_leads_to_people_for_those_who_look_after_some(cast: Cast) -> None:
    link = f'href="{reverse("people:list")}"'
    menus = {
        who: link in page_of(look(getattr(cast, who), "covers")) for who in ("administrator", "manager", "officer")
    }
    assert menus == {"administrator": True, "manager": True, "officer": False}
