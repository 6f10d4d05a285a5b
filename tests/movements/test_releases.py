"""Planned releases: notice, matching, acknowledging, another day; who is chased; arrivals without notice (9.8)."""

import threading
import uuid
from datetime import date
from typing import Any

import pytest
from django.db import connections
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.cases.services import name_keys_for
from openmappa.core.access import Role
from openmappa.movements.errors import ChangedSince, NotMoved
from openmappa.movements.models.release import ReleaseNotice
from openmappa.movements.queries.releases import arrivals, arrivals_by_prison, release_of, releases_expected
from openmappa.movements.services.chasing import chase
from openmappa.movements.services.releases import (
    acknowledge_release,
    give_release_notice,
    hand_on_release,
    match_release,
    move_release,
    note_arrival,
    set_aside_release,
    withdraw_release,
)
from openmappa.notes.models import Note
from openmappa.notices.models import Notice
from tests.movements.build import a_coordinator, a_prison_member, given, in_days, planned, released, typed
from tests.timeline.build import ago, day_boxes, make_area, make_case, make_person, signed_in, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return make_person(Role.POLICE_OFFICER)


@pytest.fixture
def case(officer: User) -> Case:
    made = make_case(police_officer=officer)
    write(made, "custody_started", ago(300))
    return made


@pytest.fixture
def coordinator() -> User:
    return a_coordinator()


def told(user: User) -> list[str]:
    return [notice.words for notice in Notice.objects.filter(to=user).order_by("id")]


def as_(user: User, service: Any, **what: Any) -> Any:
    with as_person(user):
        return service(by=user, **what)


def state(user: User, notice: ReleaseNotice) -> str:
    with as_person(user):
        return release_of(user, notice.key).state


def test_from_a_prisons_notice_to_an_acknowledgement(case: Case, officer: User, coordinator: User) -> None:
    member = a_prison_member()
    notice = given(member)
    assert (state(member, notice), told(officer)) == ("To be matched", [])
    assert told(coordinator) == [
        f"A release from Northshire Prison into Northshire is expected on {_day(30)}. Acknowledge that you know."
    ]
    as_(coordinator, match_release, notice=notice, case=case)
    assert state(member, notice) == "Nobody has acknowledged it"
    assert case.reference in told(officer)[-1], "the officers of the case hear of it"
    note = Note.objects.get(case=case)
    assert ("Northshire Prison" in note.text, "12 Sample Street" in note.text) == (True, True)
    as_(officer, acknowledge_release, notice=notice, words="First visit on the day.")
    as_(officer, acknowledge_release, notice=notice)
    assert (state(member, notice), notice.acknowledgements.count()) == ("Acknowledged", 1)
    assert "Testcase" not in " ".join(told(coordinator) + told(officer)), "a notice never names anybody"


def _day(days: int) -> str:
    on = in_days(days)
    return f"{on.day} {on:%B %Y}"


def test_another_day_is_acknowledged_anew_and_everybody_is_told(case: Case, officer: User, coordinator: User) -> None:
    notice = given(officer, case=case)
    as_(coordinator, acknowledge_release, notice=notice)
    as_(officer, move_release, notice=notice, expected_on=in_days(20), reason="Released early.")
    assert state(officer, notice) == "Nobody has acknowledged it"
    assert told(coordinator)[-1].startswith(f"A release expected on {_day(30)} is now expected on {_day(20)}.")


def test_when_the_prison_changes_the_day_the_people_of_a_case_that_it_does_not_see_are_told(
    case: Case, officer: User, coordinator: User
) -> None:
    member = a_prison_member()
    notice = given(member)
    as_(coordinator, match_release, notice=notice, case=case)
    as_(member, move_release, notice=notice, expected_on=in_days(9), reason="Early release.")
    words = f"A release expected on {_day(30)} is now expected on {_day(9)}. Acknowledge the new day."
    assert (told(officer)[-1], told(coordinator)[-1]) == (words, words)
    as_(member, withdraw_release, notice=notice, reason="Kept in.")
    assert told(officer)[-1].startswith("The notice of a release on")


def test_whoever_gave_notice_does_not_acknowledge_it_and_a_stale_page_changes_nothing(
    case: Case, officer: User, coordinator: User
) -> None:
    notice = given(officer, case=case)
    with pytest.raises(NotMoved, match="Somebody else must acknowledge it"):
        as_(officer, acknowledge_release, notice=notice)
    as_(officer, move_release, notice=notice, expected_on=in_days(20), reason="Early.", version=0)
    with pytest.raises(ChangedSince):
        as_(coordinator, withdraw_release, notice=notice, reason="Not released.", version=0)
    as_(coordinator, withdraw_release, notice=notice, reason="Not released.", version=1)
    with pytest.raises(NotMoved, match="withdrawn or set aside meanwhile"):
        as_(coordinator, acknowledge_release, notice=notice)


@pytest.mark.parametrize(
    ("plan", "field"),
    [({"days": -1}, "expected_on"), ({"going_to": " "}, "going_to"), ({"prison_name": ""}, "prison_name")],
)
def test_a_notice_without_what_it_needs_is_refused(officer: User, plan: dict[str, Any], field: str) -> None:
    with pytest.raises(NotMoved) as refused:
        as_(officer, give_release_notice, planned=planned(**plan), typed=typed())
    assert list(refused.value.problems) == [field]
    assert ReleaseNotice.objects.count() == 0


def test_the_same_form_sent_again_is_one_notice(officer: User, case: Case) -> None:
    token = uuid.uuid4()
    what = {"planned": planned(), "case": case, "submission": token}
    assert as_(officer, give_release_notice, **what).pk == as_(officer, give_release_notice, **what).pk
    assert Note.objects.filter(case=case).count() == 1


def test_a_coordinator_hands_a_notice_on_or_sets_it_aside(coordinator: User) -> None:
    east = make_area("eastmarch", "B")
    other, member = a_coordinator(east), a_prison_member()
    notice = given(member)
    as_(coordinator, hand_on_release, notice=notice, area=east)
    assert ("may be of your area" in told(other)[-1], state(other, notice)) == (True, "To be matched")
    case = make_case(east)
    as_(other, match_release, notice=notice, case=case)
    with pytest.raises(NotMoved, match="matched to a case"):
        as_(coordinator, set_aside_release, notice=notice, reason="Not ours.")
    second = given(member)
    as_(coordinator, set_aside_release, notice=second, reason="Managed nowhere here.")
    assert (state(member, second), "set aside" in told(member)[-1]) == ("Set aside", True)


def test_releases_of_an_area_that_are_expected_and_which_of_them_nobody_acknowledged(
    case: Case, officer: User, coordinator: User
) -> None:
    near, far, known = (given(officer, case=case, days=days) for days in (3, 40, 5))
    as_(coordinator, acknowledge_release, notice=known)
    withdrawn = given(officer, case=case, days=6)
    as_(officer, withdraw_release, notice=withdrawn, reason="No.")
    with as_person(coordinator):
        found = releases_expected(case.area)
    assert [(one.notice.pk, one.is_unacknowledged, one.is_near) for one in found] == [
        (near.pk, True, True),
        (known.pk, False, False),
        (far.pk, True, False),
    ]
    with as_person(a_coordinator(make_area("eastmarch", "B"))):
        assert releases_expected(case.area) == []
    write(case, "custody_ended", ago(0), by=officer)
    with as_person(coordinator):
        assert releases_expected(case.area) == []


def test_as_the_day_nears_those_asked_and_then_the_line_managers_are_told_once_each(
    case: Case, officer: User, coordinator: User
) -> None:
    manager = make_person(Role.LINE_MANAGER)
    notice = given(officer, case=case, days=12)
    assert chase().releases == 1
    assert ("Nobody has acknowledged" in told(coordinator)[-1], told(manager)) == (True, [])
    assert chase().releases == 0
    ReleaseNotice.objects.filter(pk=notice.pk).update(expected_on=in_days(7))
    assert chase().releases == 1
    assert len(told(manager)) == 1
    as_(coordinator, acknowledge_release, notice=ReleaseNotice.objects.get())
    ReleaseNotice.objects.filter(pk=notice.pk).update(expected_on=in_days(2))
    as_(coordinator, acknowledge_release, notice=ReleaseNotice.objects.get())
    assert chase().releases == 0


def on(days: int) -> date:
    return ago(days)


def test_a_release_without_a_notice_arrived_unannounced_and_is_counted_by_prison(
    case: Case, officer: User, coordinator: User
) -> None:
    warned, short, nobody = case, make_case(police_officer=officer), make_case(police_officer=officer)
    for each, before in ((warned, 40), (short, 10)):
        notice = given(officer, case=each, days=0)
        ReleaseNotice.objects.filter(pk=notice.pk).update(given_on=ago(before), expected_on=ago(1))
    facts = {each.pk: released(each, ago(1)) for each in (warned, short, nobody)}
    note = {"fact": facts[nobody.pk], "prison": None, "prison_name": "HMP Silent", "words": "He rang us himself."}
    with as_person(coordinator):
        before_noted = {one.case.pk: one.words for one in arrivals(case.area, ago(30), ago(0))}
    as_(officer, note_arrival, **note)
    with as_person(coordinator):
        found = arrivals(case.area, ago(30), ago(0))
        assert arrivals(case.area, ago(30), ago(2)) == []
    assert before_noted == {
        warned.pk: "Warned in time: 39 days before",
        short.pk: "Warned, at short notice: 9 days before",
        nobody.pk: "Arrived unannounced",
    }
    rows = [(row.prison_name, row.releases, row.unannounced, row.short) for row in arrivals_by_prison(found)]
    assert rows == [("HMP Silent", 1, 1, 0), ("HMP Sample", 2, 0, 1)]


def sent(**answers: str) -> dict[str, str]:
    area = make_area()
    return {
        "submission": str(uuid.uuid4()),
        **day_boxes("expected_on", in_days(35)),
        "area": str(area.pk),
        "going_to": "12 Sample Street",
        **answers,
    }


def test_a_prison_member_gives_notice_on_a_page_and_sees_it_acknowledged(case: Case, coordinator: User) -> None:
    member = a_prison_member()
    browser = signed_in(member)
    form = sent(person_name="Sample Testcase", **day_boxes("born_on", date(1961, 4, 2)))
    answer = browser.post(reverse("movements:give"), form, follow=True)
    page = answer.content.decode()
    assert ("Notice is given" in page, "To be matched" in page, case.reference in page) == (True, True, False)
    assert browser.post(reverse("movements:give"), form).status_code == 302
    notice = ReleaseNotice.objects.get()
    case.person.name_keys = name_keys_for(case.person)
    case.person.save()
    match = reverse("movements:match", kwargs={"notice": notice.key})
    offered = signed_in(coordinator).get(match).content.decode()
    assert case.reference in offered, "the coordinator is offered the case with a name like it"
    answer = signed_in(coordinator).post(match, {"what": "match", "case": str(case.key), "version": "0"}, follow=True)
    assert "The notice is matched to its case" in answer.content.decode()
    acknowledge = reverse("movements:acknowledge", kwargs={"notice": notice.key})
    signed_in(coordinator).post(acknowledge, {"words": "Hostel place is booked."})
    page = browser.get(reverse("movements:release", kwargs={"notice": notice.key})).content.decode()
    assert ("Hostel place is booked." in page, str(case.key) in page) == (True, False)


def test_nothing_typed_is_lost_when_a_notice_is_refused() -> None:
    browser = signed_in(a_prison_member())
    form = sent(person_name="Sample Testcase", conditions="No contact with children.", going_to="")
    page = browser.post(reverse("movements:give"), form).content.decode()
    assert ("No contact with children." in page, "Error:" in page) == (True, True)
    assert "Enter the address, or where in the area" in page


def test_the_front_sheet_says_that_a_release_is_expected(case: Case, officer: User) -> None:
    notice = given(officer, case=case)
    address = reverse("timeline:front_sheet", kwargs={"key": case.key})
    assert f"Release expected {_day(30)}" in signed_in(officer).get(address).content.decode()
    as_(officer, withdraw_release, notice=notice, reason="No.")
    assert "Release expected" not in signed_in(officer).get(address).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_who_match_one_notice_at_once_match_it_once() -> None:
    first, second = a_coordinator(), a_coordinator()
    cases = [make_case(), make_case()]
    notice = given(a_prison_member())
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def run(user: User, case: Case) -> None:
        try:
            start.wait()
            as_(user, match_release, notice=notice, case=case, version=0)
            outcomes.append("matched")
        except NotMoved:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in zip((first, second), cases, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["matched", "refused"]
