"""Who opens a notice of a release and does something with it: each role, whose notice it is, the exact status."""

import uuid

import pytest
from django.db import connection
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.core.access import Role
from openmappa.core.involvement import InvolvementKind
from openmappa.movements.models.release import ReleaseNotice
from tests.movements.build import a_coordinator, a_prison_member, given, moved
from tests.timeline.build import give, make_area, make_case, make_person, make_unit, signed_in

pytestmark = pytest.mark.django_db

WAYS = {"release": ("get", "post"), "acknowledge": ("post",), "match": ("get", "post"), "change": ("get", "post")}


def statuses(user: User, key: uuid.UUID) -> dict[str, int]:
    browser = signed_in(user)
    found = {}
    for name, methods in WAYS.items():
        address = reverse(f"movements:{name}", kwargs={"notice": key})
        for method in methods:
            found[f"{method} {name}"] = getattr(browser, method)(address).status_code
    return found


def every(status: int, **but: int) -> dict[str, int]:
    plain = {f"{method} {name}": status for name, methods in WAYS.items() for method in methods}
    return plain | {key.replace("_", " "): value for key, value in but.items()}


def test_each_role_gets_exactly_what_the_table_says() -> None:
    prisoner_of, officer = a_prison_member(), make_person(Role.POLICE_OFFICER)
    case = make_case(police_officer=officer)
    with_case, without = given(officer, case=case), given(prisoner_of)
    outside = a_coordinator(make_area("eastmarch", "B"))
    partner = make_person(Role.PARTNER_MEMBER, kind="partner")
    give(case, InvolvementKind.INVITED, person=partner)
    mine = every(200, post_release=405, post_acknowledge=302)
    table = [
        (a_coordinator(), with_case, mine),
        (officer, with_case, mine | {"get match": 403, "post match": 403, "post acknowledge": 200}),
        (make_person(Role.CASE_MANAGER), with_case, mine | {"get match": 403, "post match": 403}),
        (prisoner_of, without, mine | {"get match": 403, "post match": 403, "post acknowledge": 403}),
        (a_coordinator(), without, mine),
        (officer, without, every(404, post_release=405)),
        (a_prison_member(), without, every(404, post_release=405)),
        (outside, without, every(404, post_release=405)),
        (outside, with_case, every(404, post_release=405)),
        (partner, with_case, every(404, post_release=405)),
        (make_person(Role.INSPECTOR), without, every(403, post_release=405)),
    ]
    for number, (user, notice, expected) in enumerate(table):
        assert statuses(user, notice.key) == expected, (number, user.role)


def test_a_prison_gives_notice_and_another_partner_agency_does_not() -> None:
    prison, partner = a_prison_member(), make_person(Role.PARTNER_MEMBER, kind="partner")
    for name in ("releases", "give"):
        address = reverse(f"movements:{name}")
        assert signed_in(prison).get(address).status_code == 200
        assert signed_in(partner).get(address).status_code == 403


def seen_in_sql(user: User, table: str) -> int:
    with as_person(user), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int((cursor.fetchone() or (0,))[0])


def test_the_database_shows_a_prison_member_their_own_notices_alone() -> None:
    first, second, officer = a_prison_member(), a_prison_member(), make_person(Role.POLICE_OFFICER)
    case = make_case(police_officer=officer)
    given(first)
    given(second)
    given(officer, case=case)
    assert seen_in_sql(first, "movements_releasenotice") == 1
    assert seen_in_sql(first, "cases_case") == 0, "they find nobody"
    assert seen_in_sql(officer, "movements_releasenotice") == 1
    assert seen_in_sql(a_coordinator(), "movements_releasenotice") == 3
    assert seen_in_sql(a_coordinator(make_area("eastmarch", "B")), "movements_releasenotice") == 0
    assert ReleaseNotice.objects.count() == 3


def test_an_invited_partner_reads_no_notice_and_no_move_in_sql() -> None:
    officer = make_person(Role.POLICE_OFFICER)
    case = make_case(police_officer=officer)
    given(officer, case=case)
    moved(officer, case, None)
    partner = make_person(Role.PARTNER_MEMBER, kind="partner")
    give(case, InvolvementKind.INVITED, person=partner)
    assert seen_in_sql(partner, "cases_case") == 1, "there is something that could leak"
    for table in ("movements_releasenotice", "movements_temporarymove"):
        assert (seen_in_sql(partner, table), seen_in_sql(officer, table)) == (0, 1)


def test_a_restricted_case_keeps_its_notice_from_a_coordinator_who_is_not_named() -> None:
    manager = make_person(Role.LINE_MANAGER)
    case = make_case(restricted_contact=manager)
    give(case, InvolvementKind.NAMED, person=manager)
    notice = given(manager, case=case)
    outsider, named = a_coordinator(), a_coordinator()
    give(case, InvolvementKind.NAMED, person=named)
    assert statuses(outsider, notice.key)["get release"] == 404
    assert statuses(named, notice.key)["get release"] == 200


def test_the_coordinator_an_area_is_released_to_reads_of_a_case_that_they_do_not_see() -> None:
    manager = make_person(Role.LINE_MANAGER)
    east = make_area("eastmarch", "B")
    case = make_case()
    notice = given(manager, case=case, area=east)
    receiving = a_coordinator(east)
    assert statuses(receiving, notice.key)["get release"] == 200
    page = signed_in(receiving).get(reverse("movements:release", kwargs={"notice": notice.key})).content.decode()
    assert f"/cases/{case.key}/" not in page or "Open" in page
    other_unit = make_person(Role.POLICE_OFFICER, unit=make_unit(make_area(), "police", 2))
    assert statuses(other_unit, notice.key)["get release"] == 404
