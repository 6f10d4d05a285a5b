"""Every page about one person, one change, one cover and one unit: exactly who gets it, by role and by whose it is."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import Cover, Managing
from openmappa.people.models import Establishment, Posting
from openmappa.people.services.posts import add_person, end_access
from openmappa.people.urls import urlpatterns
from openmappa.signin.models import OpenSession
from tests.people.cast import REASON, Cast, make_cast, post
from tests.timeline.build import ago, signed_in, today

pytestmark = pytest.mark.django_db

WHO = (
    "administrator",
    "second",
    "manager",
    "other_manager",
    "officer",
    "coordinator",
    "partner_administrator",
    "partner",
)
"""Who asks for pages about an officer of the first unit, who has left or joins it where the page is for that."""

ALL, ADMINISTRATORS = set(WHO), {"administrator", "second"}
VOUCH = ADMINISTRATORS | {"manager"}
LOOK_AFTER = VOUCH | {"other_manager", "coordinator", "partner_administrator"}
"""Those who look after anybody: to them somebody else's officer is not there (404); others are refused (403)."""

PERSON_PAGES = {
    "person": VOUCH,
    "move": ADMINISTRATORS,
    "address": ADMINISTRATORS,
    "leave": VOUCH,
    "come_back": ADMINISTRATORS,
    "code": VOUCH,
    "confirm": VOUCH,
    "hand_over": {"manager", "coordinator"},
}
OTHER_PAGES = {
    "decide": VOUCH,
    "end_cover": VOUCH,
    "take_unit": ADMINISTRATORS,
    "unit_posts": VOUCH,
    "void_posts": VOUCH,
}
NO_ONES = {"list", "add", "waiting", "to_confirm", "to_confirm_file", "line_managers", "add_unit", "covers"}
NO_ONES |= {"arrange_cover", "posts", "set_up", "set_up_done"}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def statuses(cast: Cast, name: str, pk: int, method: str = "get") -> dict[str, int]:
    path = reverse(f"people:{name}", args=[pk])
    return {who: getattr(signed_in(getattr(cast, who)), method)(path).status_code for who in WHO}


def test_every_address_stands_in_a_table() -> None:
    assert sorted(pattern.name or "" for pattern in urlpatterns) == sorted({*PERSON_PAGES, *OTHER_PAGES, *NO_ONES})


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", sorted(PERSON_PAGES))
def test_pages_of_a_person(cast: Cast, name: str, method: str) -> None:
    if name == "come_back":
        end_access(by=cast.second, person=cast.colleague, reason=REASON, version=0)
    given = statuses(cast, name, (cast.colleague if name == "come_back" else cast.officer).pk, method)
    expected = dict.fromkeys(WHO, 403)
    unseen = {"other_manager"} if name == "hand_over" else LOOK_AFTER - VOUCH
    expected |= dict.fromkeys(unseen, 404) | dict.fromkeys(PERSON_PAGES[name], 200)
    if name == "person" and method == "post":
        expected = dict.fromkeys(WHO, 405)
    if name == "address" and method == "post":
        expected |= dict.fromkeys(ADMINISTRATORS, 302)  # an empty form is an answer: no address
    if name == "confirm" and method == "post":
        expected["second"] = expected["manager"] = expected["administrator"] = 200
        expected["administrator"] = 302  # the first to send it confirms; the others are shown what happened meanwhile
    assert given == expected


def test_a_change_that_waits(cast: Cast) -> None:
    entry = add_person(by=cast.administrator, username="o.newcomer", post=post(cast.unit), reason=REASON)
    expected = dict.fromkeys(WHO, 403) | dict.fromkeys(LOOK_AFTER - VOUCH, 404) | dict.fromkeys(VOUCH, 200)
    assert statuses(cast, "decide", entry.pk) == expected
    assert statuses(cast, "decide", entry.pk, "post") == expected
    assert Posting.objects.waiting().count() == 1


def test_a_cover(cast: Cast) -> None:
    cover = Cover.objects.create(
        absent=cast.officer,
        covering=cast.colleague,
        from_on=today(),
        until_on=ago(-4),
        reason="Leave",
        arranged_by=cast.manager,
    )
    expected = dict.fromkeys(WHO, 404) | dict.fromkeys(VOUCH, 200) | {"officer": 403}
    assert statuses(cast, "end_cover", cover.pk) == expected
    assert statuses(cast, "end_cover", cover.pk, "post") == expected


def test_a_further_unit(cast: Cast) -> None:
    row = Managing.objects.create(manager=cast.manager, unit=cast.other_unit)
    expected = dict.fromkeys(WHO, 403) | {"partner_administrator": 404} | dict.fromkeys(ADMINISTRATORS, 200)
    assert statuses(cast, "take_unit", row.pk) == expected


@pytest.mark.parametrize("method", ["get", "post"])
def test_posts_of_a_unit(cast: Cast, method: str) -> None:
    plain = {"role": "police_officer", "posts": 4, "from_on": ago(10), "reason": "Budget", "entered_by": cast.manager}
    row = Establishment.objects.create(unit=cast.unit, entered_at=timezone.now(), **plain)
    others = {"other_manager", "partner_administrator"}
    expected = dict.fromkeys(WHO, 403) | dict.fromkeys(others, 404) | dict.fromkeys(VOUCH, 200)
    assert statuses(cast, "unit_posts", cast.unit.pk, method) == expected
    assert statuses(cast, "void_posts", row.pk, method) == expected
    assert not Establishment.objects.get().is_voided


def test_what_is_not_there_is_answered_like_what_may_not_be_seen(cast: Cast) -> None:
    browser = signed_in(cast.other_manager)
    unseen = browser.get(reverse("people:person", args=[cast.officer.pk]))
    unknown = browser.get(reverse("people:person", args=[10**9]))
    assert (unseen.status_code, unknown.status_code) == (404, 404)
    assert cast.officer.full_name not in unseen.content.decode()


def test_ones_own_page_offers_nothing_to_change(cast: Cast) -> None:
    browser = signed_in(cast.administrator)
    page = browser.get(reverse("people:person", args=[cast.administrator.pk])).content.decode()
    for name in ("move", "leave", "code", "confirm"):
        assert reverse(f"people:{name}", args=[cast.administrator.pk]) not in page
        assert browser.get(reverse(f"people:{name}", args=[cast.administrator.pk])).status_code == 403


def test_after_a_while_changing_somebodys_access_asks_for_a_proof_again(cast: Cast) -> None:
    browser = signed_in(cast.administrator)
    browser.get("/you/")
    from_long_ago(cast)
    page = browser.get(reverse("people:move", args=[cast.officer.pk])).content.decode()
    assert "proof_" in page
    assert "Change role or unit" not in page
    assert browser.get(reverse("people:leave", args=[cast.officer.pk])).status_code == 200


def from_long_ago(cast: Cast) -> None:
    """The last proof of the administrator was an hour ago."""
    OpenSession.objects.filter(person=cast.administrator).update(proved_at=timezone.now() - timedelta(hours=1))
