"""Temporary moves: notice to the other area, access for the stay and no longer, return, registration."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.cases.models import Case, Involvement
from openmappa.core.access import Role
from openmappa.core.involvement import InvolvementKind
from openmappa.movements.errors import ChangedSince, NotMoved
from openmappa.movements.models.move import TemporaryMove
from openmappa.movements.queries.moves import moves_overdue
from openmappa.movements.services.chasing import chase
from openmappa.movements.services.moves import acknowledge_move, extend_move, record_return, withdraw_move
from openmappa.notes.models import Note
from openmappa.notices.models import Notice
from tests.movements.build import a_coordinator, in_days, moved
from tests.timeline.build import ago, day_boxes, give, make_area, make_case, make_person, signed_in, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return make_person(Role.POLICE_OFFICER)


@pytest.fixture
def case(officer: User) -> Case:
    made = make_case(police_officer=officer)
    write(made, "registered", ago(100), by=officer)
    return made


@pytest.fixture
def host() -> User:
    return a_coordinator(make_area("eastmarch", "B"))


def as_(user: User, service: Any, **what: Any) -> Any:
    with as_person(user):
        return service(by=user, **what)


def opens(user: User, case: Case) -> bool:
    status = signed_in(user).get(reverse("movements:case", kwargs={"key": case.key})).status_code
    assert status in (200, 404)
    return bool(status == 200)


def told(user: User) -> list[str]:
    return [notice.words for notice in Notice.objects.filter(to=user).order_by("id")]


def test_the_other_areas_coordinator_is_told_opens_the_case_and_acknowledges(
    case: Case, officer: User, host: User
) -> None:
    assert not opens(host, case)
    move = moved(officer, case, host)
    assert (opens(host, case), case.reference in told(host)[-1], "Testcase" in told(host)[-1]) == (True, True, False)
    as_(host, acknowledge_move, move=move, words="The hostel knows.")
    assert "was acknowledged in the other area" in told(officer)[-1]
    note = Note.objects.filter(case=case).latest("id").text
    assert ("4 Sample Row" in note, "Eastmarch" in note) == (True, True)
    another = a_coordinator(make_area("eastmarch", "B"))
    assert not opens(another, case), "only the one who was told"


def test_access_ends_with_the_return_and_by_itself_seven_days_after_the_stay(
    case: Case, officer: User, host: User
) -> None:
    move = moved(officer, case, host, first=0, last=3)
    given = Involvement.objects.get(case=case, person=host)
    assert timezone.localdate(given.until_at) == in_days(3 + 7 + 1)
    assert (given.kind, given.reason) == (InvolvementKind.INVITED, "Temporary move into their area")
    as_(officer, record_return, move=move, on=ago(0))
    assert not opens(host, case)
    with pytest.raises(NotMoved, match="or the return recorded, meanwhile"):
        as_(officer, withdraw_move, move=move, reason="Twice.")


def test_a_longer_stay_keeps_the_access_and_is_acknowledged_anew(case: Case, officer: User, host: User) -> None:
    move = moved(officer, case, host)
    as_(host, acknowledge_move, move=move)
    with pytest.raises(ChangedSince):
        as_(officer, extend_move, move=move, until_on=in_days(20), reason="Work goes on.", version=0)
    now = as_(officer, extend_move, move=move, until_on=in_days(20), reason="Work goes on.", version=1)
    assert (now.until_on, now.acknowledged_at, opens(host, case)) == (in_days(20), None, True)
    assert Involvement.objects.in_force_at(timezone.now()).filter(case=case, person=host).count() == 1
    as_(officer, withdraw_move, move=move, reason="Stays here.")
    assert not opens(host, case)


def test_what_is_wrong_with_a_notice_is_said_and_nothing_is_written(case: Case, officer: User, host: User) -> None:
    own = a_coordinator(case.area)
    wrong: list[tuple[User | None, dict[str, Any], str]] = [
        (own, {}, "host"),
        (host, {"first": 6, "last": 3}, "until_on"),
        (host, {"place": " "}, "place"),
        (host, {"kind": "moon"}, "kind"),
        (host, {"abroad": True}, "host"),
    ]
    for person, more, field in wrong:
        with pytest.raises(NotMoved) as refused:
            moved(officer, case, person, **more)
        assert list(refused.value.problems) == [field]
    assert (TemporaryMove.objects.count(), Involvement.objects.filter(case=case).count()) == (0, 0)
    moved(officer, case, host)
    with pytest.raises(NotMoved, match="Another move stands for these days"):
        moved(officer, case, host, first=6, last=9)


def test_somebody_who_was_given_the_case_for_a_time_gives_no_notice_and_does_not_end_the_stay(
    case: Case, officer: User, host: User
) -> None:
    move = moved(officer, case, host)
    with pytest.raises(NotMoved, match="do not answer for it"):
        as_(host, record_return, move=move, on=ago(0))
    with pytest.raises(NotMoved, match="Only the coordinator who was told"):
        as_(a_coordinator(), acknowledge_move, move=move)


def test_a_restricted_case_goes_only_to_a_coordinator_who_is_named_for_it(host: User) -> None:
    manager = make_person(Role.LINE_MANAGER)
    case = make_case(restricted_contact=manager)
    give(case, InvolvementKind.NAMED, person=manager)
    with pytest.raises(NotMoved, match="This case is restricted"):
        moved(manager, case, host)
    give(case, InvolvementKind.NAMED, person=host)
    moved(manager, case, host)
    assert opens(host, case)


def test_an_overdue_return_is_shown_and_told_once(case: Case, officer: User, host: User) -> None:
    move = moved(officer, case, host, first=0, last=1)
    late = {"from_on": ago(5), "until_on": ago(2)}
    TemporaryMove.objects.filter(pk=move.pk).update(**late)
    coordinator = a_coordinator(case.area)
    with as_person(coordinator):
        assert [one.move.pk for one in moves_overdue(coordinator, case.area)] == [move.pk]
    assert (chase().returns, chase().returns) == (1, 0)
    assert "no return is recorded" in told(host)[-1]
    page = signed_in(officer).get(reverse("movements:case", kwargs={"key": case.key})).content.decode()
    assert "Return overdue" in page
    front = signed_in(officer).get(reverse("timeline:front_sheet", kwargs={"key": case.key})).content.decode()
    assert "Temporarily at 4 Sample Row (Eastmarch), return overdue" in front


def test_the_page_says_what_a_week_away_means_for_somebody_registered(case: Case, officer: User, host: User) -> None:
    moved(officer, case, host, first=3, last=9)
    address = reverse("movements:case", kwargs={"key": case.key})
    page = signed_in(officer).get(address).content.decode()
    assert ("7 days at this place" in page, "section 84" in page) == (True, True)
    write(case, "registration_ended", ago(1), by=officer)
    assert "7 days at this place" not in signed_in(officer).get(address).content.decode()


def test_notice_given_on_the_page_once_however_often_it_is_sent(case: Case, officer: User, host: User) -> None:
    form = {
        "submission": str(uuid.uuid4()),
        "kind": "holiday",
        **day_boxes("from_on", in_days(3)),
        **day_boxes("until_on", in_days(5)),
        "host": str(host.pk),
        "place": "4 Sample Row",
    }
    address = reverse("movements:give_move", kwargs={"key": case.key})
    for _ in range(2):
        assert signed_in(officer).post(address, form).status_code == 302
    move = TemporaryMove.objects.get()
    assert move.until_on - move.from_on == timedelta(days=2)
    change = reverse("movements:change_move", kwargs={"key": case.key, "move": move.key})
    page = signed_in(host).post(change, {"what": "acknowledge", "words": "Known.", "version": "0"}, follow=True)
    assert "The move is changed" in page.content.decode()
    refused = signed_in(officer).post(change, {"what": "withdraw", "version": "1"}).content.decode()
    assert ("Say why" in refused, "Error:" in refused) == (True, True)


def test_abroad_nobody_is_given_the_case(case: Case, officer: User) -> None:
    move = moved(officer, case, None, first=20, last=24)
    assert (move.host, move.involvement, Involvement.objects.filter(case=case).count()) == (None, None, 0)
    page = signed_in(officer).get(reverse("movements:case", kwargs={"key": case.key})).content.decode()
    assert "5 days abroad: the person tells the police of the travel" in page
