"""Giving a case to others for a time and taking it back: who may, to whom, and that it works at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import Agency, Cover, User
from openmappa.cases.errors import NotGiven
from openmappa.cases.models import Case, Involvement
from openmappa.core.access import Role
from openmappa.core.dates import add_months
from openmappa.core.involvement import InvolvementKind
from openmappa.involved.services import invite, take_back
from openmappa.notices.models import Notice
from tests.emergency.scene import Scene, a_scene, opened
from tests.timeline.build import ago, day_boxes, give, make_area, make_person, make_unit, signed_in, today

pytestmark = pytest.mark.django_db

WHY = "He moved to our side of the river."


@pytest.fixture
def scene() -> Scene:
    return a_scene()


def page(scene: Scene, name: str = "invite", **more: int) -> str:
    return reverse(f"involved:{name}", kwargs={"key": scene.case.key, **more})


def answers(**more: str) -> dict[str, str]:
    days = {**day_boxes("from_on", today()), **day_boxes("until_on", ago(-30))}
    return {"kind": "invited", "whom": "person", "reason": WHY, **days, **more}


def invited(by: User, case: Case, person: User, kind: InvolvementKind = InvolvementKind.INVITED) -> Involvement:
    now = timezone.now()
    until = now + timedelta(days=30)
    with as_person(by):
        return invite(by=by, case=case, kind=kind, person=person, from_at=now, until_at=until, reason=WHY)


def sees(person: User, case: Case) -> bool:
    return signed_in(person).get(reverse("timeline:front_sheet", kwargs={"key": case.key})).status_code == 200


def test_a_colleague_of_another_unit_opens_the_case_from_the_next_request_on(scene: Scene) -> None:
    colleague = make_person(Role.POLICE_OFFICER, unit=make_unit(scene.case.area, "police", 2))
    assert not sees(colleague, scene.case)
    answer = signed_in(scene.manager).post(page(scene), answers(person=str(colleague.pk)), follow=True)
    assert "The case has been given" in answer.content.decode()
    assert sees(colleague, scene.case)
    row = Involvement.objects.get()
    assert (row.given_by, row.reason, timezone.localtime(row.until_at).hour) == (scene.manager, WHY, 0)
    assert timezone.localdate(row.until_at) == ago(-31)
    notice = Notice.objects.get(to=colleague)
    assert scene.case.reference in notice.words
    assert "Testcase" not in notice.words


def test_everybody_of_a_unit_or_of_a_partner_agency_opens_it(scene: Scene) -> None:
    unit = make_unit(scene.case.area, "police", 2)
    colleague = make_person(Role.POLICE_OFFICER, unit=unit)
    housing = make_person(Role.PARTNER_MEMBER, area=scene.case.area, kind="partner")
    browser = signed_in(scene.coordinator)
    browser.post(page(scene), answers(whom="unit", unit=str(unit.pk)))
    browser.post(page(scene), answers(whom="agency", agency=str(housing.agency_id)))
    for person in (colleague, housing):
        with as_person(person):
            assert Case.objects.visible_to(person).get() == scene.case == Case.objects.get()


def test_a_later_first_day_opens_nothing_yet(scene: Scene) -> None:
    colleague = make_person(Role.POLICE_OFFICER, unit=make_unit(scene.case.area, "police", 2))
    later = answers(person=str(colleague.pk)) | dict(day_boxes("from_on", ago(-5)))
    answer = signed_in(scene.manager).post(page(scene), later, follow=True)
    assert "From a later day" in answer.content.decode()
    assert not sees(colleague, scene.case)


def test_a_victim_contact_officer_is_named_as_such(scene: Scene) -> None:
    contact = make_person(Role.VICTIM_CONTACT_OFFICER, area=scene.case.area, kind="probation")
    signed_in(scene.manager).post(page(scene), answers(kind="victim_contact", person=str(contact.pk)))
    assert Involvement.objects.get().kind == InvolvementKind.VICTIM_CONTACT
    assert sees(contact, scene.case)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"kind": ""}, "Select what it is for"),
        ({"whom": ""}, "Select who is invited"),
        ({"person": ""}, "Choose the person"),
        ({"whom": "unit"}, "Choose the unit"),
        ({"whom": "agency"}, "Choose the agency"),
        ({"reason": " "}, "Say why they need this case"),
        (dict(day_boxes("until_on", ago(1))), "Last day must be on or after"),
        (dict(day_boxes("until_on", add_months(today(), 13))), "Last day must be on or before"),
        (dict(day_boxes("from_on", ago(-31))), "The last day must not be before the first day"),
        (dict(day_boxes("from_on", ago(2))), "First day must be on or after"),
        ({"kind": "victim_contact"}, "Only this role can be given a case for that: victim contact officer"),
        ({"kind": "audit", "whom": "unit"}, "Choose one person for this: it is not for a whole unit or agency"),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_its_field(scene: Scene, changed: dict[str, str], message: str) -> None:
    unit = make_unit(scene.case.area, "police", 2)
    colleague = make_person(Role.POLICE_OFFICER, unit=unit)
    more = {"unit": str(unit.pk)} if changed.get("kind") == "audit" else {}
    form = answers(person=str(colleague.pk)) | more | changed
    text = signed_in(scene.manager).post(page(scene), form).content.decode()
    assert text.count(message) == 2
    assert not Involvement.objects.exists()


def test_after_a_review_the_person_is_chosen_already_though_of_another_area(scene: Scene) -> None:
    text = signed_in(scene.manager).get(f"{page(scene)}?person={scene.stranger.pk}").content.decode()
    assert re_selected(text, scene.stranger.pk)
    assert scene.strangers_manager.full_name not in text


def re_selected(text: str, pk: int) -> bool:
    return f'<option value="{pk}" selected>' in text


@pytest.mark.parametrize("given", ["abc", "99999999999999", "-1", "0"])
def test_nonsense_instead_of_a_person_chooses_nobody(scene: Scene, given: str) -> None:
    assert signed_in(scene.manager).get(f"{page(scene)}?person={given}").status_code == 200


def test_who_has_the_case_in_an_emergency_or_by_invitation_cannot_keep_it_for_good(scene: Scene) -> None:
    opened(scene.strangers_manager, scene.case)
    guest = make_person(Role.LINE_MANAGER, area=make_area("westmarch", "C"))
    invited(scene.manager, scene.case, guest)
    for person in (scene.strangers_manager, guest):
        browser = signed_in(person)
        assert sees(person, scene.case)
        for name in ("invite", "restrict"):
            assert browser.get(page(scene, name)).status_code == 403
            assert browser.post(page(scene, name), answers(person=str(person.pk))).status_code == 403
        with pytest.raises(NotGiven, match="do not answer for it"):
            invited(person, scene.case, person)


@pytest.mark.parametrize("role", [Role.POLICE_OFFICER, Role.CASE_MANAGER])
def test_an_officer_gives_the_case_to_nobody(scene: Scene, role: Role) -> None:
    service = "probation" if role is Role.CASE_MANAGER else "police"
    officer = make_person(role, unit=make_unit(scene.case.area, service))
    assert signed_in(officer).get(page(scene)).status_code == 403
    assert signed_in(officer).get(page(scene, "who")).status_code == 200
    with pytest.raises(NotAllowed):
        invited(officer, scene.case, officer)


def test_what_was_given_is_ended_with_a_reason_and_the_next_request_is_refused(scene: Scene) -> None:
    colleague = make_person(Role.POLICE_OFFICER, unit=make_unit(scene.case.area, "police", 2))
    row = invited(scene.manager, scene.case, colleague)
    browser = signed_in(scene.coordinator)
    assert browser.post(page(scene, "end", pk=row.pk)).content.decode().count("Say why") == 2
    answer = browser.post(page(scene, "end", pk=row.pk), {"reason": "He moved back."}, follow=True)
    text = answer.content.decode()
    assert "It has been ended" in text
    assert "He moved back." in text
    assert not sees(colleague, scene.case)
    assert browser.get(page(scene, "end", pk=row.pk)).status_code == 404


def test_emergency_access_is_not_ended_here(scene: Scene) -> None:
    access = opened(scene.stranger, scene.case)
    browser = signed_in(scene.manager)
    assert browser.get(page(scene, "end", pk=access.involvement_id)).status_code == 404
    with as_person(scene.manager), pytest.raises(NotGiven):
        take_back(by=scene.manager, case=scene.case, given=access.involvement, reason="Over.")


def test_the_page_says_who_can_open_the_case_and_why(scene: Scene) -> None:
    officer = make_person(Role.POLICE_OFFICER, unit=make_unit(scene.case.area, "police"))
    Case.objects.filter(pk=scene.case.pk).update(police_officer=officer)
    standing_in = make_person(Role.POLICE_OFFICER, unit=make_unit(scene.case.area, "police", 2))
    Cover.objects.create(
        absent=officer,
        covering=standing_in,
        from_on=ago(1),
        until_on=ago(-1),
        reason="Leave",
        arranged_by=scene.manager,
    )
    opened(scene.stranger, scene.case)
    text = signed_in(officer).get(page(scene, "who")).content.decode()
    for said in (
        f"{officer.full_name}, Northshire Police</dt>",
        "Police officer of the case",
        "Everybody of Unit 1, Northshire Probation",
        f"{scene.manager.full_name}, Northshire Police</dt>",
        "Coordinates MAPPA in Northshire",
        f"Covers for {officer.full_name}",
        f"{scene.stranger.full_name}, Eastmarch Police",
        "Emergency",
    ):
        assert said in text
    assert "Give the case to somebody" not in text


def test_a_partner_member_reads_nothing_of_who_else_can_open_it(scene: Scene) -> None:
    housing = make_person(Role.PARTNER_MEMBER, area=scene.case.area, kind="partner")
    give(scene.case, InvolvementKind.INVITED, agency=Agency.objects.get(pk=housing.agency_id))
    assert signed_in(housing).get(page(scene, "who")).status_code == 403


def test_a_case_of_another_area_is_not_there(scene: Scene) -> None:
    browser = signed_in(scene.strangers_manager)
    for name in ("who", "invite", "restrict", "name", "lift"):
        assert browser.get(page(scene, name)).status_code == 404
    assert browser.get(page(scene, "end", pk=1)).status_code == 404
