"""Joining: put forward by one person, confirmed by another, and only then is anything open."""

import pytest
from django.urls import reverse

from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.core.access import Rank, Role
from openmappa.notices.models import Notice
from openmappa.people.errors import NotChanged, WrongPost
from openmappa.people.models import Posting, SetUpCode
from openmappa.people.queries.history import version_of
from openmappa.people.services.codes import make_code
from openmappa.people.services.limits import NotYours
from openmappa.people.services.posts import add_person, confirm, refuse
from tests.people.cast import REASON, Cast, answers, last_entry, look, make_cast, page_of, post, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def joiner(cast: Cast) -> Posting:
    return add_person(by=cast.administrator, username="o.newcomer", post=post(cast.unit), reason=REASON)


def test_who_is_added_has_no_access_until_somebody_else_has_confirmed_it(cast: Cast) -> None:
    added = send(cast.administrator, "add", username="o.newcomer", **answers(unit=str(cast.unit.pk)))
    person = User.objects.get(username="o.newcomer")
    assert added["Location"] == f"{reverse('people:person', args=[person.pk])}?done=asked"
    assert (person.is_active, person.has_usable_password(), person.area, person.agency) == (
        False,
        False,
        cast.area,
        cast.administrator.agency,
    )
    entry = last_entry(person)
    decided = send(cast.manager, "decide", entry.pk, decision="confirm", version=str(version_of(person)))
    assert decided["Location"] == f"{reverse('people:person', args=[person.pk])}?done=done"
    person.refresh_from_db()
    entry.refresh_from_db()
    assert (person.is_active, person.role, person.recertified_on is not None) == (True, "police_officer", True)
    assert (entry.state, entry.asked_by, entry.decided_by) == ("done", cast.administrator, cast.manager)


def test_whoever_asked_cannot_confirm_it(cast: Cast) -> None:
    entry = joiner(cast)
    with pytest.raises(NotChanged, match="You asked for this yourself"):
        confirm(by=cast.administrator, entry=entry, version=1)
    form = {"decision": "confirm", "version": "1", "reason": ""}
    assert send(cast.administrator, "decide", entry.pk, **form).status_code == 200
    entry.refresh_from_db()
    assert (entry.state, entry.person.is_active) == ("waiting", False)


@pytest.mark.parametrize("who", ["manager", "second"])
def test_the_line_manager_or_another_administrator_confirms(cast: Cast, who: str) -> None:
    confirm(by=getattr(cast, who), entry=joiner(cast), version=1)
    assert User.objects.get(username="o.newcomer").is_active


@pytest.mark.parametrize("who", ["other_manager", "officer", "coordinator", "partner_administrator"])
def test_nobody_else_confirms(cast: Cast, who: str) -> None:
    entry = joiner(cast)
    with pytest.raises(NotYours):
        confirm(by=getattr(cast, who), entry=entry, version=1)
    assert send(getattr(cast, who), "decide", entry.pk, decision="confirm", version="1").status_code in (403, 404)
    entry.refresh_from_db()
    assert entry.state == "waiting"


def test_for_a_partner_agency_with_one_administrator_the_coordinator_of_the_area_confirms(cast: Cast) -> None:
    wanted = post(None, Role.PARTNER_MEMBER, rank=Rank.NONE, area=cast.area)
    entry = add_person(by=cast.partner_administrator, username="h.newcomer", post=wanted, reason=REASON)
    assert "Officer Sample Newcomer" in page_of(look(cast.coordinator, "waiting"))
    assert send(cast.coordinator, "decide", entry.pk, decision="confirm", version="1").status_code == 302
    assert User.objects.get(username="h.newcomer").is_active


def test_those_who_may_confirm_are_told_and_nobody_else(cast: Cast) -> None:
    joiner(cast)
    told = set(Notice.objects.filter(kind="people").values_list("to__username", flat=True))
    assert told == {cast.second.username, cast.manager.username}


def test_the_page_of_who_asked_names_who_can_confirm(cast: Cast) -> None:
    entry = joiner(cast)
    page = page_of(look(cast.administrator, "decide", entry.pk))
    assert cast.second.full_name in page
    assert cast.manager.full_name in page
    assert "Withdraw what I asked for" in page


def test_where_nobody_can_confirm_the_page_says_what_to_do(cast: Cast) -> None:
    cast.coordinator.delete()
    wanted = post(None, Role.PARTNER_MEMBER, rank=Rank.NONE, area=cast.area)
    entry = add_person(by=cast.partner_administrator, username="h.newcomer", post=wanted, reason=REASON)
    assert "openmappa manage add_administrator" in page_of(look(cast.partner_administrator, "decide", entry.pk))


def test_who_is_refused_never_gets_in_and_the_reason_stands_in_the_history(cast: Cast) -> None:
    entry = joiner(cast)
    assert "Enter the reason" in page_of(send(cast.manager, "decide", entry.pk, decision="refuse", version="1"))
    form = {"decision": "refuse", "reason": "Not known here", "version": "1"}
    assert send(cast.manager, "decide", entry.pk, **form).status_code == 302
    entry.refresh_from_db()
    assert (entry.state, entry.decision_reason, entry.person.is_active) == ("refused", "Not known here", False)
    assert "Not known here" in page_of(look(cast.administrator, "person", entry.person_id))
    assert Notice.objects.filter(to=cast.administrator, words__contains="has refused").count() == 1


def test_who_asked_may_withdraw_and_a_decision_is_made_once(cast: Cast) -> None:
    entry = joiner(cast)
    assert send(cast.administrator, "decide", entry.pk, reason="A mistake", version="1").status_code == 302
    entry.refresh_from_db()
    assert entry.state == "withdrawn"
    assert send(cast.manager, "decide", entry.pk, decision="confirm", version="1").status_code == 404
    with pytest.raises(NotChanged, match="decided already"):
        confirm(by=cast.manager, entry=entry, version=2)
    with pytest.raises(NotChanged, match="decided already"):
        refuse(by=cast.manager, entry=entry, reason="Late", version=2)


def test_a_user_name_is_given_once_whatever_its_capitals(cast: Cast) -> None:
    joiner(cast)
    with pytest.raises(NotChanged, match="is taken"):
        add_person(by=cast.second, username="O.Newcomer", post=post(cast.unit), reason=REASON)
    again = send(cast.second, "add", username="o.newcomer", **answers(unit=str(cast.unit.pk)))
    assert "The user name “o.newcomer” is taken" in page_of(again)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"username": "O Newcomer"}, "User name must be made of small letters"),
        ({"unit": ""}, "Choose a unit: a police officer works in one"),
        ({"full_name": ""}, "Enter the full name"),
        ({"role": "case_manager"}, "Select the role"),
        ({"rank": "probation_officer"}, "Select the rank or grade"),
        ({"reason": ""}, "Enter the reason: it stands in the person’s history"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(cast: Cast, changed: dict[str, str], said: str) -> None:
    form = {"username": "o.newcomer", **answers(unit=str(cast.unit.pk)), **changed}
    answer = send(cast.administrator, "add", **form)
    assert (answer.status_code, said in page_of(answer)) == (200, True)
    assert not User.objects.filter(full_name="Officer Sample Newcomer").exists()


def test_nobody_is_put_into_a_unit_of_another_agency(cast: Cast) -> None:
    foreign = cast.partner.unit
    with pytest.raises(WrongPost, match="unit of your own agency"):
        add_person(by=cast.administrator, username="o.newcomer", post=post(foreign), reason=REASON)
    assert foreign is not None
    answer = send(cast.administrator, "add", username="o.newcomer", **answers(unit=str(foreign.pk)))
    assert "Select the unit" in page_of(answer)


def test_whoever_asked_for_the_access_does_not_get_the_code_to_it(cast: Cast) -> None:
    confirm(by=cast.manager, entry=joiner(cast), version=1)
    person = User.objects.get(username="o.newcomer")
    with pytest.raises(NotChanged, match="You asked for this access"):
        make_code(by=cast.administrator, person=person)
    assert "You asked for this access" in page_of(look(cast.administrator, "code", person.pk))
    assert send(cast.administrator, "code", person.pk).status_code == 200
    assert not SetUpCode.objects.exists()
    assert make_code(by=cast.manager, person=person)


def test_every_step_is_logged_with_what_was_before_and_after(cast: Cast) -> None:
    confirm(by=cast.manager, entry=joiner(cast), version=1)
    asked, confirmed = Event.objects.filter(verb__contains="change of access").order_by("at", "pk")
    after = {"name": "Officer Sample Newcomer", "role": "police_officer", "rank": "constable"}
    places = {"unit": cast.unit.code, "area": cast.area.code}
    assert (asked.verb, asked.operation, asked.by_id) == ("ask for change of access", "access", cast.administrator.pk)
    assert (asked.about["before"], asked.about["after"], asked.about["reason"]) == (None, after | places, REASON)
    assert (confirmed.verb, confirmed.by_id) == ("confirm change of access", cast.manager.pk)
    assert (confirmed.about["before"], confirmed.about["after"]) == (None, after | places)
