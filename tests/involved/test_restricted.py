"""Restricted cases: for named people only; others learn that there is one and whom to ring, and nothing more."""

import re
import uuid

import pytest
from django.db import connection
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.cases.errors import NotGiven
from openmappa.cases.models import Case, Involvement
from openmappa.core.access import Role
from openmappa.core.involvement import InvolvementKind
from openmappa.involved.queries import restricted_for_me, stubs_for
from openmappa.involved.services import lift, name_people, restrict
from openmappa.notices.models import Notice
from tests.emergency.scene import Scene, a_scene, opened
from tests.timeline.build import give, make_person, make_unit, signed_in

pytestmark = pytest.mark.django_db

WHY = "He is the brother of a colleague."


@pytest.fixture
def scene() -> Scene:
    return a_scene()


@pytest.fixture
def officer(scene: Scene) -> User:
    return make_person(Role.POLICE_OFFICER, unit=make_unit(scene.case.area, "police"))


def restricted(scene: Scene, *people: User, contact: User | None = None) -> Case:
    with as_person(scene.manager):
        contact = contact or scene.manager
        return restrict(by=scene.manager, case=scene.case, contact=contact, people=list(people), reason=WHY)


def page(scene: Scene, name: str, **more: int) -> str:
    return reverse(f"involved:{name}", kwargs={"key": scene.case.key, **more})


def front_sheet(scene: Scene) -> str:
    return reverse("timeline:front_sheet", kwargs={"key": scene.case.key})


def test_only_the_named_open_it_and_whoever_restricts_it_is_named(scene: Scene, officer: User) -> None:
    named = make_person(Role.POLICE_OFFICER, unit=officer.unit)
    restricted(scene, named)
    for person, seen in ((named, True), (scene.manager, True), (officer, False), (scene.coordinator, False)):
        with as_person(person):
            assert Case.objects.exists() is seen
            assert Case.objects.visible_to(person).exists() is seen


@pytest.mark.parametrize("name", ["timeline:front_sheet", "timeline:duties", "visits:list", "involved:who"])
def test_somebody_involved_is_told_that_it_is_restricted_and_whom_to_ring(
    scene: Scene, officer: User, name: str
) -> None:
    restricted(scene)
    answer = signed_in(officer).get(reverse(name, kwargs={"key": scene.case.key}))
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))
    assert answer.status_code == 403
    assert "This is a restricted case" in text
    assert f"Ring {scene.manager.full_name} , Unit 1, Northshire Police." in text
    assert scene.case.reference in text
    for never in ("Testcase", "Invented", "1961", "61/", WHY):
        assert never not in text


def test_posting_to_a_page_of_it_is_refused_in_the_same_way(scene: Scene, officer: User) -> None:
    restricted(scene)
    answer = signed_in(officer).post(reverse("visits:record", kwargs={"key": scene.case.key}))
    assert answer.status_code == 403
    assert "This is a restricted case" in answer.content.decode()


def test_for_somebody_not_involved_it_is_as_if_it_never_was(scene: Scene) -> None:
    restricted(scene)
    browser = signed_in(scene.stranger)
    unseen = browser.get(front_sheet(scene))
    unknown = browser.get(reverse("timeline:front_sheet", kwargs={"key": uuid.uuid4()}))
    tokens = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|data-(?:left|idle)="\d+"')
    assert (unseen.status_code, unknown.status_code) == (404, 404)
    assert tokens.sub(b"", unseen.content) == tokens.sub(b"", unknown.content)
    with as_person(scene.stranger):
        assert restricted_for_me() == []


def test_the_stub_holds_no_more_than_reference_and_colleague(scene: Scene, officer: User) -> None:
    restricted(scene)
    with as_person(officer):
        (stub,) = restricted_for_me()
        assert (stub.key, stub.reference) == (scene.case.key, scene.case.reference)
        assert (stub.contact, stub.unit, stub.agency) == (scene.manager.full_name, "Unit 1", "Northshire Police")
        with connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(current_setting('openmappa.job', true), '')")
            assert cursor.fetchone() == ("",)
        assert not Case.objects.exists()
    for nobody in (scene.manager, None):
        with as_person(nobody):
            assert restricted_for_me() == []


def test_a_search_names_it_by_exactly_its_reference_and_never_by_name(scene: Scene, officer: User) -> None:
    restricted(scene)
    with as_person(officer):
        assert [stub.reference for stub in stubs_for(f" {scene.case.reference.lower().replace('-', ' ')}")] == [
            scene.case.reference
        ]
        for typed in ("Testcase", "Sample Invented Testcase", scene.case.reference[:-1], scene.case.person.crn, "-"):
            assert stubs_for(typed) == []


def test_the_list_of_restricted_cases_names_whom_to_ring(scene: Scene, officer: User) -> None:
    browser = signed_in(officer)
    assert "No case is kept from you" in browser.get("/restricted-cases/").content.decode()
    restricted(scene)
    text = browser.get("/restricted-cases/").content.decode()
    assert scene.case.reference in text
    assert scene.manager.full_name in text
    assert "Testcase" not in text
    assert signed_in(make_person(Role.AUDITOR, area=scene.case.area)).get("/restricted-cases/").status_code == 403


def test_restricting_asks_for_reason_contact_and_people(scene: Scene, officer: User) -> None:
    browser = signed_in(scene.manager)
    text = browser.post(page(scene, "restrict")).content.decode()
    for asked in ("Say why it is restricted", "Choose whom others ring"):
        assert text.count(asked) == 2
    form = {"reason": WHY, "contact": str(officer.pk), "people": [str(officer.pk)]}
    answer = browser.post(page(scene, "restrict"), form, follow=True)
    text = answer.content.decode()
    assert "The case is restricted now" in text
    assert WHY in text
    assert "Everybody of Unit 1" not in text
    case = Case.objects.get(pk=scene.case.pk)
    assert (case.restricted, case.restricted_contact, case.restricted_reason) == (True, officer, WHY)
    assert Notice.objects.get(to=officer).words == f"Case {case.reference} is restricted now, and you are named for it."
    assert browser.get(page(scene, "restrict")).status_code == 302


def test_one_more_is_named_and_one_is_taken_off(scene: Scene, officer: User) -> None:
    restricted(scene)
    browser = signed_in(scene.manager)
    answer = browser.post(
        page(scene, "name"), {"people": [str(officer.pk)], "reason": "She covers the night."}, follow=True
    )
    assert "They can open the case now" in answer.content.decode()
    assert signed_in(officer).get(front_sheet(scene)).status_code == 200
    row = Involvement.objects.get(person=officer)
    browser.post(page(scene, "end", pk=row.pk), {"reason": "The night is over."})
    assert signed_in(officer).get(front_sheet(scene)).status_code == 403


def test_nobody_takes_themselves_off(scene: Scene, officer: User) -> None:
    restricted(scene, officer)
    own = Involvement.objects.get(person=scene.manager)
    text = signed_in(scene.manager).post(page(scene, "end", pk=own.pk), {"reason": "Enough."}).content.decode()
    assert "You cannot take yourself off a restricted case. Somebody else who is named can." in text


def test_whom_others_ring_stays_named(scene: Scene, officer: User) -> None:
    restricted(scene, contact=officer)
    row = Involvement.objects.get(person=officer)
    browser = signed_in(scene.manager)
    assert page(scene, "end", pk=row.pk) not in browser.get(page(scene, "who")).content.decode()
    text = browser.post(page(scene, "end", pk=row.pk), {"reason": "Enough."}).content.decode()
    assert "Others are told to ring this person." in text
    assert signed_in(officer).get(front_sheet(scene)).status_code == 200


def test_lifting_opens_it_to_everybody_involved_and_ends_being_named(scene: Scene, officer: User) -> None:
    named = make_person(Role.POLICE_OFFICER, unit=make_unit(scene.case.area, "police", 2))
    restricted(scene, named)
    answer = signed_in(scene.manager).post(page(scene, "lift"), {"reason": "The colleague has left."}, follow=True)
    assert "The case is no longer restricted" in answer.content.decode()
    assert signed_in(officer).get(front_sheet(scene)).status_code == 200
    assert signed_in(named).get(front_sheet(scene)).status_code == 404
    assert Involvement.objects.filter(kind=InvolvementKind.NAMED, ended_at__isnull=True).count() == 0


def test_an_officer_who_is_named_may_not_name_others_or_lift_it(scene: Scene, officer: User) -> None:
    restricted(scene, officer)
    browser = signed_in(officer)
    for name in ("name", "lift", "restrict"):
        assert browser.get(page(scene, name)).status_code == 403
    text = browser.get(page(scene, "who")).content.decode()
    assert "Lift the restriction" not in text


def test_emergency_access_lifts_no_restriction_and_names_nobody(scene: Scene) -> None:
    restricted(scene)
    kept_out = make_person(Role.LINE_MANAGER, unit=make_unit(scene.case.area, "police"))
    opened(kept_out, scene.case)
    browser = signed_in(kept_out)
    assert browser.get(front_sheet(scene)).status_code == 200
    for name in ("name", "lift"):
        assert browser.get(page(scene, name)).status_code == 403
    case = Case.objects.get(pk=scene.case.pk)
    with as_person(kept_out):
        for attempt in (
            lambda: lift(by=kept_out, case=case, reason="I think so."),
            lambda: name_people(by=kept_out, case=case, people=[kept_out], reason="I think so."),
        ):
            with pytest.raises(NotGiven):
                attempt()


def test_naming_people_for_a_case_that_is_not_restricted_leads_back(scene: Scene) -> None:
    browser = signed_in(scene.manager)
    for name in ("name", "lift"):
        assert browser.get(page(scene, name))["Location"] == page(scene, "who")
    with as_person(scene.manager), pytest.raises(NotGiven):
        name_people(by=scene.manager, case=scene.case, people=[scene.coordinator], reason=WHY)


def test_an_invitation_to_a_restricted_case_opens_nothing(scene: Scene) -> None:
    guest = make_person(Role.POLICE_OFFICER, unit=make_unit(scene.case.area, "police", 2))
    give(scene.case, InvolvementKind.INVITED, person=guest)
    restricted(scene)
    answer = signed_in(guest).get(front_sheet(scene))
    assert (answer.status_code, "This is a restricted case" in answer.content.decode()) == (403, True)
    assert guest.full_name not in signed_in(scene.manager).get(page(scene, "who")).content.decode()
