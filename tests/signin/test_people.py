"""What an administrator can do for somebody of their agency who is locked out or has lost what they sign in with."""

import pytest
from allauth.mfa.models import Authenticator

from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.core.access import Role
from openmappa.signin.agencies import AgencySignIn
from openmappa.signin.errors import NotDone
from openmappa.signin.models import OutsideIdentity
from openmappa.signin.services import forget_factors, lift_lock, link_identity
from tests.signin.made import events, give_app, give_codes, officer, sessions, signing_in
from tests.worklist.made import a_person_with, a_unit, an_area, signed_in

pytestmark = pytest.mark.django_db
SAMPLE = AgencySignIn("sample", "Sample police", "northshire-police", "https://id.example", "openmappa")


@pytest.fixture
def person() -> User:
    return officer()


@pytest.fixture
def administrator() -> User:
    return a_person_with(Role.ADMINISTRATOR, name="Administrator Sample")


@pytest.fixture(autouse=True)
def agency(settings: object) -> None:
    settings.OPENMAPPA_AGENCIES = {"sample": SAMPLE}  # type: ignore[attr-defined]


def page_of(person: User) -> str:
    return f"/people/{person.pk}/sign-in/"


def test_the_page_shows_what_they_prove_with_and_where_they_are_signed_in(person: User, administrator: User) -> None:
    give_app(person)
    give_codes(person)
    signing_in(person)
    page = signed_in(administrator).get(page_of(person)).content.decode()
    for said in ("Authenticator app", "10 codes left", "They are not linked"):
        assert said in page
    assert "Nowhere" in page


def test_a_lost_phone_is_forgotten_with_a_reason_and_signs_out_everywhere(person: User, administrator: User) -> None:
    give_app(person)
    give_codes(person)
    browser = signed_in(person)
    browser.get("/")
    client = signed_in(administrator)
    refused = client.post(page_of(person), {"do": "forget", "reason": ""}).content.decode()
    assert refused.count("Enter what happened, and how you made sure that it was them") == 2
    assert Authenticator.objects.count() == 2
    answer = client.post(page_of(person), {"do": "forget", "reason": "Phone fell into the sea; saw her pass."})
    assert answer.headers["Location"] == f"{page_of(person)}?done=forget"
    assert not Authenticator.objects.exists()
    assert browser.get("/").status_code == 302
    event = Event.objects.get(verb="forget second factors")
    assert event.by_id == administrator.pk
    assert event.about == {"person": person.pk, "factors": 2, "reason": "Phone fell into the sea; saw her pass."}


def test_a_lock_is_lifted(person: User, administrator: User) -> None:
    for _ in range(5):
        signing_in(person, "wrong")
    client = signed_in(administrator)
    assert "Locked out" in client.get(page_of(person)).content.decode()
    client.post(page_of(person), {"do": "lift"})
    assert "Locked out" not in client.get(page_of(person)).content.decode()
    assert "_auth_user_id" in signing_in(person).session
    assert ("lift a lock", "done") in events()


def test_they_are_signed_out_everywhere(person: User, administrator: User) -> None:
    signing_in(person)
    signed_in(administrator).post(page_of(person), {"do": "end"})
    assert not sessions(person)


def test_their_agencys_sign_in_is_linked_and_unlinked(person: User, administrator: User) -> None:
    client = signed_in(administrator)
    client.post(page_of(person), {"do": "link", "provider": "sample", "subject": "s-0001"})
    row = OutsideIdentity.objects.get()
    assert (row.person, row.provider, row.subject, row.linked_by) == (person, "sample", "s-0001", administrator)
    other = officer("Officer Sample Two")
    taken = client.post(page_of(other), {"do": "link", "provider": "sample", "subject": "s-0001"}).content.decode()
    assert "Somebody else here is linked with that already" in taken
    client.post(page_of(person), {"do": "unlink", "provider": "sample"})
    assert not OutsideIdentity.objects.exists()
    assert [verb for verb, _ in events()][-2:] == ["link a sign-in", "unlink a sign-in"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_but_an_administrator_opens_the_page(person: User, role: Role) -> None:
    client = signed_in(a_person_with(role))
    assert client.get(page_of(person)).status_code == 403
    assert client.post(page_of(person), {"do": "end"}).status_code == 403


def test_administrators_help_neither_themselves_nor_people_of_other_agencies(administrator: User) -> None:
    probation = a_person_with(Role.CASE_MANAGER, unit=a_unit(an_area(), "probation"))
    client = signed_in(administrator)
    for somebody in (administrator, probation):
        assert client.get(page_of(somebody)).status_code == 404
        with pytest.raises(NotDone):
            forget_factors(by=administrator, person=somebody, reason="A reason.")
        with pytest.raises(NotDone):
            lift_lock(by=administrator, person=somebody)
        with pytest.raises(NotDone):
            link_identity(by=administrator, person=somebody, agency=SAMPLE, subject="s")
