"""How many posts a unit has: who enters them, what is refused, what stays, and two people at once."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import Managing, Unit, User
from openmappa.audit.models import Event
from openmappa.core.access import PERMISSIONS, Permission, Role
from openmappa.people.errors import PostsChangedMeanwhile, PostsNotSaved
from openmappa.people.models import Establishment
from openmappa.people.queries.establishment import entries_of_unit, posts_of_units, units_with_posts, version_of_posts
from openmappa.people.services.establishment import enter_posts, void_posts
from openmappa.people.services.limits import NotYours
from tests.house.test_queries_constant import queries_of
from tests.people.cast import Cast, look, make_cast, page_of, send
from tests.timeline.build import ago, day_boxes, make_area, make_person, make_unit, signed_in, today

pytestmark = pytest.mark.django_db

OFFICER = Role.POLICE_OFFICER


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def version(unit: Unit) -> int:
    return version_of_posts(entries_of_unit(unit))


def enter(by: User, unit: Unit, posts: str | None, from_on: date, **changed: Any) -> Establishment:
    number = None if posts is None else Decimal(posts)
    plain: dict[str, Any] = {"role": OFFICER, "reason": "The budget", "seen": version(unit), "today": today()}
    with as_person(by):
        return enter_posts(by=by, unit=unit, posts=number, from_on=from_on, **(plain | changed))


def void(by: User, entry: Establishment, **changed: Any) -> Establishment:
    plain: dict[str, Any] = {"reason": "A slip of the pen", "seen": version(entry.unit)}
    with as_person(by):
        return void_posts(by=by, entry=entry, **(plain | changed))


def refused(call: Any) -> dict[str, str]:
    with pytest.raises(PostsNotSaved) as found:
        call()
    return found.value.problems


def answers(unit: Unit, **changed: str) -> dict[str, str]:
    boxes = day_boxes("from_on", ago(100))
    plain = {"role": OFFICER.value, "posts": "4.5", "reason": "The budget", "version": str(version(unit))}
    return {**plain, **boxes, **changed}


def test_posts_begin_on_a_day_and_are_logged(cast: Cast) -> None:
    row = enter(cast.manager, cast.unit, "4.5", ago(100))
    assert (row.posts, row.from_on, row.entered_by, row.is_voided) == (Decimal("4.5"), ago(100), cast.manager, False)
    about = Event.objects.get(verb="set posts").about
    assert about == {
        "entry": row.pk,
        "unit": cast.unit.code,
        "role": "police_officer",
        "posts": "4.5",
        "from": ago(100).isoformat(),
        "reason": "The budget",
        "posts_before": "none",
    }
    enter(cast.administrator, cast.unit, None, ago(50))
    assert [entry.in_words for entry in entries_of_unit(cast.unit)] == ["none", "4.5"]


def test_what_stands_is_beside_who_works_there_today(cast: Cast) -> None:
    enter(cast.manager, cast.unit, "3", ago(100))
    enter(cast.manager, cast.unit, "1", ago(100), role=Role.LINE_MANAGER)
    enter(cast.administrator, cast.other_unit, "9", ago(-10))
    with as_person(cast.administrator):
        here, there = posts_of_units([cast.unit, cast.other_unit], today())
    assert [(one.role, one.posts, one.in_post, one.vacant, one.over) for one in here.roles] == [
        (Role.POLICE_OFFICER, 3, 2, 1, 0),
        (Role.LINE_MANAGER, 1, 1, 0, 0),
    ]
    assert [(one.role, one.posts, one.vacant) for one in there.roles] == [
        (Role.POLICE_OFFICER, None, None),
        (Role.LINE_MANAGER, None, None),
        (Role.MAPPA_COORDINATOR, None, None),
    ]
    User.objects.filter(pk=cast.officer.pk).update(is_active=False)
    Managing.objects.create(manager=cast.manager, unit=cast.other_unit)
    enter(cast.manager, cast.other_unit, "0.5", ago(10), role=Role.LINE_MANAGER)
    page = page_of(look(cast.manager, "posts"))
    assert "0.5 over establishment" in page and "<strong>2</strong>" in page and "Not recorded" in page


@pytest.mark.parametrize("posts", ["0", "-1", "4.25", "1000", "NaN", "Infinity"])
def test_a_number_that_no_unit_can_have_is_refused(cast: Cast, posts: str) -> None:
    assert set(refused(lambda: enter(cast.manager, cast.unit, posts, ago(1)))) == {"posts"}
    page = send(cast.manager, "unit_posts", cast.unit.pk, **answers(cast.unit, posts=posts))
    assert page.status_code == 200 and "govuk-error-message" in page.content.decode()
    assert not Establishment.objects.exists()


def test_what_makes_no_sense_is_refused_at_its_field(cast: Cast) -> None:
    def field(**changed: Any) -> set[str]:
        plain: dict[str, Any] = {"posts": "4", "from_on": ago(1)}
        return set(refused(lambda: enter(cast.manager, cast.unit, **(plain | changed))))

    assert field(from_on=today() + timedelta(days=367)) == {"from_on"}
    assert field(role=Role.CASE_MANAGER) == {"role"}
    assert field(role=Role.SMB_MEMBER) == {"role"}
    assert field(reason="  ") == {"reason"}
    assert field(posts=None) == {"posts"}  # nothing there that could end
    enter(cast.manager, cast.unit, "4", ago(10))
    assert field(from_on=ago(10), posts="5") == {"from_on"}
    assert field(from_on=ago(5), posts="4.0") == {"posts"}
    assert Establishment.objects.count() == 1
    enter(cast.manager, cast.unit, "4", today() + timedelta(days=366), role=Role.LINE_MANAGER)


def test_a_voided_entry_stays_and_what_was_before_holds_again(cast: Cast) -> None:
    enter(cast.manager, cast.unit, "4", ago(100))
    wrong = enter(cast.manager, cast.unit, "40", ago(50))
    void(cast.administrator, wrong)
    with as_person(cast.manager):
        (found,) = posts_of_units([cast.unit], today())
    assert found.roles[0].posts == 4
    page = page_of(look(cast.manager, "unit_posts", cast.unit.pk))
    assert "<del>40</del>" in page and "A slip of the pen" in page and cast.administrator.full_name in page
    assert set(refused(lambda: void(cast.manager, wrong))) == {""}
    again = enter(cast.manager, cast.unit, "4.5", ago(50))
    assert set(refused(lambda: void(cast.manager, again, reason=" "))) == {"reason"}
    assert Event.objects.get(verb="void posts").about["reason"] == "A slip of the pen"


def test_two_people_at_once_are_told_of_each_other_and_lose_nothing(cast: Cast) -> None:
    sent = answers(cast.unit)
    enter(cast.administrator, cast.unit, "6", ago(100))
    with pytest.raises(PostsChangedMeanwhile, match=re.escape(cast.administrator.full_name)):
        enter(cast.manager, cast.unit, "4", ago(50), seen=0)
    page = page_of(send(cast.manager, "unit_posts", cast.unit.pk, **sent))
    assert f"{cast.administrator.full_name} has entered or voided posts of this unit" in page
    assert 'value="4.5"' in page and "The budget</textarea>" in page
    assert Establishment.objects.count() == 1
    assert f'name="version" value="{version(cast.unit)}"' in page.replace('" id="version', "").replace(
        'type="hidden" ', ""
    )
    assert refused(lambda: void(cast.manager, Establishment.objects.get(), seen=0)).keys() == {""}
    # a form with another mistake does not take the other's change as seen
    stale = {**sent, "reason": ""}
    page = page_of(send(cast.manager, "unit_posts", cast.unit.pk, **stale))
    assert 'value="0"' in page


def test_the_pages_enter_and_void(cast: Cast) -> None:
    answer = send(cast.manager, "unit_posts", cast.unit.pk, **answers(cast.unit))
    assert answer.status_code == 302
    page = page_of(signed_in(cast.manager).get(answer["Location"]))
    assert "It counts from its first day on" in page and "4.5" in page
    row = Establishment.objects.get()
    assert send(cast.manager, "void_posts", row.pk, version=str(version(cast.unit)), reason="").status_code == 200
    answer = send(cast.manager, "void_posts", row.pk, version=str(version(cast.unit)), reason="Wrong unit")
    assert answer.status_code == 302
    page = page_of(signed_in(cast.manager).get(answer["Location"]))
    assert "It counts no longer" in page and "Wrong unit" in page


def test_those_who_manage_the_people_of_a_unit_set_its_posts_and_nobody_else(cast: Cast) -> None:
    theirs = {who: {unit.pk for unit in units_with_posts(getattr(cast, who))} for who in ("manager", "administrator")}
    assert theirs == {"manager": {cast.unit.pk}, "administrator": {cast.unit.pk, cast.other_unit.pk}}
    for who in ("other_manager", "partner_administrator"):
        with pytest.raises(NotYours):
            enter(getattr(cast, who), cast.unit, "4", ago(1))
    for role in sorted(set(Role) - PERMISSIONS[Permission.SET_POSTS]):
        person = make_person(role, unit=cast.unit)
        assert not units_with_posts(person).exists()
        with pytest.raises(NotAllowed):
            enter(person, cast.unit, "4", ago(1))
    left = make_person(Role.LINE_MANAGER, unit=cast.unit)
    User.objects.filter(pk=left.pk).update(is_active=False)
    assert not units_with_posts(User.objects.get(pk=left.pk)).exists()


def test_the_database_says_the_same(cast: Cast) -> None:
    elsewhere = make_unit(make_area("eastmarch", "B"), "probation")
    for unit in (cast.unit, cast.other_unit, elsewhere):
        enter(make_person(Role.ADMINISTRATOR, unit=unit, area=unit.area), unit, "4", ago(10), role=Role.LINE_MANAGER)
    Managing.objects.create(manager=cast.manager, unit=cast.other_unit)
    people = [make_person(role, unit=cast.unit) for role in Role]
    for person in [*people, cast.manager, cast.other_manager, cast.partner_administrator, cast.administrator]:
        with as_person(person):
            seen = set(Establishment.objects.values_list("unit_id", flat=True))
        theirs = set(units_with_posts(person).values_list("pk", flat=True))
        assert seen == theirs & {cast.unit.pk, cast.other_unit.pk, elsewhere.pk}, person.role
    for change in ("UPDATE people_establishment SET posts = 9", "DELETE FROM people_establishment"):
        with (
            as_person(cast.manager),
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)


def test_the_pages_ask_as_often_for_30_entries_as_for_1(cast: Cast) -> None:
    browser, numbers = signed_in(cast.administrator), []
    for count in (1, 29):
        for number in range(count):
            unit = make_unit(cast.area, "police", 10 + Unit.objects.count())
            enter(cast.administrator, unit, "4", ago(10))
            enter(
                cast.administrator, cast.unit, str(number + 1 + count), ago(2000 - 30 * Establishment.objects.count())
            )
        pages = (reverse("people:posts"), reverse("people:unit_posts", args=[cast.unit.pk]))
        numbers.append([queries_of(lambda page=page: browser.get(page)) for page in pages])
    assert numbers[0] == numbers[1]
