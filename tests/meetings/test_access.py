"""Every address of a sitting, a meeting and a post of the directory, for every role: exactly what it gives."""

from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.core.involvement import InvolvementKind
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.models.sitting import Meeting
from tests.house.who_opens import (
    BOARD,
    COORDINATOR,
    INSPECTOR,
    LINE,
    MANAGER,
    PARTNER,
    POLICE,
    VICTIMS,
)
from tests.meetings.build import a_coordinator, a_partner, an_entry, an_invitee, called, soon
from tests.timeline.build import give, make_area, make_case, make_person, signed_in

pytestmark = pytest.mark.django_db

ROLES = [role.value for role in Role]
READS = {POLICE, MANAGER, LINE, COORDINATOR, VICTIMS, BOARD, INSPECTOR}
CALLS = {LINE, COORDINATOR}
NOTES = {POLICE, MANAGER, LINE, COORDINATOR}
ASKED = NOTES | {VICTIMS, PARTNER}
GIVEN_BY = {
    VICTIMS: InvolvementKind.VICTIM_CONTACT,
    PARTNER: InvolvementKind.INVITED,
    BOARD: InvolvementKind.AUDIT,
    INSPECTOR: InvolvementKind.INSPECTION,
}
SITTING = {"sitting": ASKED, "add": CALLS, "move": CALLS, "people": CALLS, "cancel": CALLS}
MEETING = {"show": READS, "agenda": READS, "invite": CALLS, "take_off": CALLS}
INVITED = {"withdraw": CALLS, "answer": CALLS, "attend": NOTES}


@dataclass
class Scene:
    case: Case
    meeting: Meeting
    invitee: Invitee
    by: User


@pytest.fixture
def scene() -> Scene:
    by, case = a_coordinator(), make_case()
    meeting = called(by, case).meetings.get()
    return Scene(case, meeting, an_invitee(meeting, name="Nora Sample"), by)


def somebody(role: str, case: Case) -> User:
    """Somebody of this role who sees the case; roles without cases see none."""
    person = make_person(Role(role), kind="partner" if role == PARTNER else "")
    if role in GIVEN_BY:
        give(case, GIVEN_BY[role], person=person)
    return person


def address(scene: Scene, name: str) -> str:
    if name in SITTING or name == "calendar":
        return reverse(f"meetings:{name}", kwargs={"sitting": scene.meeting.sitting.key})
    named = {"key": scene.case.key, "meeting": scene.meeting.key}
    return reverse(f"meetings:{name}", kwargs=named | ({"invitee": scene.invitee.key} if name in INVITED else {}))


@pytest.mark.parametrize("role", ROLES)
def test_a_sitting_and_what_is_done_with_it(scene: Scene, role: str) -> None:
    client = signed_in(somebody(role, scene.case))
    found = {name: client.get(address(scene, name)).status_code for name in SITTING}
    assert found == {name: 200 if role in opens else 403 for name, opens in SITTING.items()}


@pytest.mark.parametrize("role", ROLES)
def test_a_meeting_and_what_is_done_with_it(scene: Scene, role: str) -> None:
    client = signed_in(somebody(role, scene.case))
    pages = MEETING | INVITED
    found = {name: client.get(address(scene, name)).status_code for name in pages}
    unseen = role in {Role.ADMINISTRATOR, Role.AUDITOR}
    assert found == {name: 404 if unseen else 200 if role in opens else 403 for name, opens in pages.items()}


@pytest.mark.parametrize("role", ROLES)
def test_the_page_of_an_invitation_and_its_calendar_file_are_for_the_invited_alone(scene: Scene, role: str) -> None:
    person = somebody(role, scene.case)
    pages = [address(scene, "one"), address(scene, "calendar")]
    before = [signed_in(person).get(page).status_code for page in pages]
    unseen = role in {Role.ADMINISTRATOR, Role.AUDITOR}
    assert before == [404 if role in ASKED or unseen else 403, 404 if role in ASKED else 403]
    if role in ASKED:
        an_invitee(scene.meeting, person)
        assert signed_in(person).get(pages[0]).status_code == 200


def test_somebody_of_another_area_finds_nothing(scene: Scene) -> None:
    client = signed_in(a_coordinator(make_area("eastmarch", "B")))
    pages = [*SITTING, *MEETING, *INVITED, "one", "calendar"]
    assert {client.get(address(scene, name)).status_code for name in pages} == {404}


def test_nobody_signed_in_is_asked_to_sign_in(scene: Scene) -> None:
    pages = [*SITTING, *MEETING, *INVITED, "one", "calendar"]
    assert {Client().get(address(scene, name)).status_code for name in pages} == {302}


@pytest.mark.parametrize("role", ROLES)
def test_forms_that_are_only_sent(scene: Scene, role: str) -> None:
    client = signed_in(somebody(role, scene.case))
    named = {"key": scene.case.key, "meeting": scene.meeting.key}
    gone = 404 if role in {Role.ADMINISTRATOR, Role.AUDITOR} else 403
    assert client.post(reverse("meetings:invite_all", kwargs=named)).status_code == (302 if role in CALLS else gone)
    take_back = reverse("meetings:take_back", kwargs={**named, "contribution": scene.meeting.key})
    assert client.post(take_back).status_code == (404 if role in ASKED else gone)


@pytest.mark.parametrize("role", ROLES)
def test_the_directory_is_changed_by_the_coordinator_and_the_day_is_read_by_who_calls_meetings(role: str) -> None:
    entry, client = an_entry(), signed_in(make_person(Role(role)))
    change, leave = (reverse(f"meetings:directory_{name}", kwargs={"entry": entry.key}) for name in ("change", "leave"))
    may = role == COORDINATOR
    assert client.get(change).status_code == (200 if may else 403)
    assert client.post(leave).status_code == (302 if may else 403)
    day = reverse("meetings:day", kwargs={"on": soon().date()})
    assert client.get(day).status_code == (200 if role in CALLS else 403)


def test_a_partner_invited_to_one_meeting_sees_nothing_of_the_other_on_the_same_case(scene: Scene) -> None:
    partner = a_partner()
    an_invitee(scene.meeting, partner)
    give(scene.case, InvolvementKind.INVITED, person=partner)
    other = called(scene.by, scene.case, starts_at=soon(20), despite_clashes=True).meetings.get()
    page = reverse("meetings:one", kwargs={"key": scene.case.key, "meeting": other.key})
    assert signed_in(partner).get(page).status_code == 404
    assert signed_in(partner).get(address(scene, "one")).status_code == 200
