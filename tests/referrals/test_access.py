"""Every address of one referral × every role and part in it, with its exact status."""

import pytest
from django.test import Client
from django.urls import reverse

from openmappa.accounts.models import User
from openmappa.core.access import Rank, Role
from openmappa.core.involvement import InvolvementKind
from openmappa.referrals.models.referral import Referral
from tests.referrals import build
from tests.timeline.build import give, make_area, make_case, make_person, make_unit, signed_in

pytestmark = pytest.mark.django_db

OWN = ("show", "edit", "answer")
SCREENING = ("screen", "view")
COORDINATED = ("match", "more", "screeners", "decide")
EVERY = (*OWN, *SCREENING, *COORDINATED)


def statuses(person: User, referral: Referral) -> dict[str, tuple[int, int]]:
    """What each page gives, opened and sent an empty form."""
    browser = signed_in(person)
    found = {}
    for name in EVERY:
        path = reverse(f"referrals:{name}", kwargs={"referral": referral.key})
        found[name] = (browser.get(path).status_code, browser.post(path).status_code)
    return found


def expected(**given: tuple[int, int]) -> dict[str, tuple[int, int]]:
    """Nothing is found, but for what is given; pages that take no form refuse one before they look."""
    return dict.fromkeys(EVERY, (404, 404)) | dict.fromkeys(("show", "screen"), (404, 405)) | given


@pytest.fixture
def referrer() -> User:
    return build.a_partner()


@pytest.fixture
def referral(referrer: User) -> Referral:
    """A referral of a partner on a case of the first area, with a question that waits and a screener."""
    row = build.a_referral(referrer, make_case())
    build.asked(row, build.a_coordinator())
    return row


def test_the_referrer_opens_their_own_pages_and_none_of_the_screening(referrer: User, referral: Referral) -> None:
    own = {"show": (200, 405), "edit": (302, 302), "answer": (200, 200)}
    assert statuses(referrer, referral) == expected(**own)


def test_the_coordinator_of_the_area_opens_the_screening_and_not_the_referrers_pages(referral: Referral) -> None:
    runs = dict.fromkeys(COORDINATED, (200, 200))
    assert statuses(build.a_coordinator(), referral) == expected(screen=(200, 405), **runs)


def test_somebody_asked_to_screen_reads_it_and_gives_a_view(referral: Referral) -> None:
    screener = build.a_sergeant(unit=make_unit(make_area(), "police", 2))
    build.a_screener(referral, screener)
    refused = dict.fromkeys(COORDINATED, (403, 403))
    assert statuses(screener, referral) == expected(screen=(200, 405), view=(200, 200), **refused)


@pytest.mark.parametrize(
    ("role", "reads"),
    [
        (Role.POLICE_OFFICER, True),
        (Role.CASE_MANAGER, True),
        (Role.LINE_MANAGER, True),
        (Role.VICTIM_CONTACT_OFFICER, False),
        (Role.PARTNER_MEMBER, False),
        (Role.SMB_MEMBER, False),
        (Role.ADMINISTRATOR, False),
        (Role.AUDITOR, False),
    ],
)
def test_who_works_on_the_case_reads_it_and_nobody_else(referral: Referral, role: Role, reads: bool) -> None:
    person = make_person(role, rank=Rank.SERGEANT)
    assert referral.case is not None
    if role is Role.PARTNER_MEMBER:
        give(referral.case, InvolvementKind.INVITED, person=person)
    if role is Role.VICTIM_CONTACT_OFFICER:
        give(referral.case, InvolvementKind.VICTIM_CONTACT, person=person)
    refused = dict.fromkeys(COORDINATED, (403, 403))
    view = (404, 404) if role in (Role.POLICE_OFFICER, Role.LINE_MANAGER) else (403, 403)
    seen = expected(screen=(200, 405), **refused) | {"view": view}
    assert statuses(person, referral) == (seen if reads else expected())


@pytest.mark.parametrize("role", [Role.MAPPA_COORDINATOR, Role.LINE_MANAGER, Role.PARTNER_MEMBER, Role.POLICE_OFFICER])
def test_people_of_another_area_and_colleagues_find_nothing(referral: Referral, role: Role) -> None:
    assert statuses(make_person(role, area=make_area("eastmarch", "B")), referral) == expected()


def test_signed_out_nothing_is_opened(referral: Referral) -> None:
    for name in EVERY:
        answer = Client().get(reverse(f"referrals:{name}", kwargs={"referral": referral.key}))
        assert (name, answer.status_code) == (name, 302)


def test_a_draft_is_thrown_away_by_whoever_wrote_it_alone(referrer: User) -> None:
    draft = build.a_draft(referrer)
    path = reverse("referrals:discard", kwargs={"referral": draft.key})
    assert signed_in(build.a_partner()).post(path).status_code == 404
    assert signed_in(build.a_coordinator()).post(path).status_code == 404
    assert signed_in(referrer).get(path).status_code == 405
    assert signed_in(referrer).post(path).status_code == 302
    assert not Referral.objects.filter(pk=draft.pk).exists()
