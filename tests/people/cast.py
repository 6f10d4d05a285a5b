"""An agency with its people, obviously made up: two administrators, two units with line managers; and a partner."""

from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from openmappa.accounts.models import Agency, Area, Unit, User
from openmappa.core.access import Rank, Role
from openmappa.people.models import Posting
from openmappa.people.queries.history import version_of
from openmappa.people.services.posts import Post
from tests.timeline.build import make_area, make_person, make_unit, signed_in

REASON = "A reason that a test gave"


@dataclass(frozen=True)
class Cast:
    """Everybody of the tests about people."""

    area: Area
    unit: Unit
    other_unit: Unit
    administrator: User
    second: User
    manager: User
    other_manager: User
    officer: User
    colleague: User
    coordinator: User
    partner: User
    partner_administrator: User


def make_cast() -> Cast:
    """The cast, in the first area."""
    area = make_area()
    unit, other = make_unit(area, "police"), make_unit(area, "police", 2)

    def of(role: Role, unit: Unit = unit, rank: Rank = Rank.CONSTABLE) -> User:
        return make_person(role, area=area, unit=unit, rank=rank)

    return Cast(
        area=area,
        unit=unit,
        other_unit=other,
        administrator=of(Role.ADMINISTRATOR, other, Rank.NONE),
        second=of(Role.ADMINISTRATOR, other, Rank.NONE),
        manager=of(Role.LINE_MANAGER, rank=Rank.SERGEANT),
        other_manager=of(Role.LINE_MANAGER, other, Rank.SERGEANT),
        officer=of(Role.POLICE_OFFICER),
        colleague=of(Role.POLICE_OFFICER),
        coordinator=of(Role.MAPPA_COORDINATOR, other, Rank.NONE),
        partner=make_person(Role.PARTNER_MEMBER, area=area, kind="partner"),
        partner_administrator=make_person(Role.ADMINISTRATOR, area=area, kind="partner"),
    )


def post(unit: Unit | None, role: Role = Role.POLICE_OFFICER, **changed: Any) -> Post:
    """A post in a unit; a constable's where nothing else is said."""
    plain: dict[str, Any] = {"name": "Officer Sample Newcomer", "rank": Rank.CONSTABLE, "area": None}
    return Post(role=role, unit=unit, **(plain | changed))


def answers(person: User | None = None, **changed: str) -> dict[str, str]:
    """What a browser sends for a form about a person's post, with some answers changed."""
    plain = {
        "full_name": "Officer Sample Newcomer",
        "role": "police_officer",
        "rank": "constable",
        "unit": "",
        "area": "",
    }
    if person is not None:
        kept = {"full_name": person.full_name, "role": person.role, "rank": person.rank}
        plain |= kept | {"unit": str(person.unit_id or ""), "version": str(version_of(person))}
    return plain | {"reason": REASON} | changed


def send(user: User, name: str, /, *args: int, **form: str) -> HttpResponse:
    """Send a form as this person, in a session of its own."""
    return cast("HttpResponse", signed_in(user).post(reverse(f"people:{name}", args=args), form))


def look(user: User, name: str, /, *args: int) -> HttpResponse:
    """Open a page as this person."""
    return cast("HttpResponse", signed_in(user).get(reverse(f"people:{name}", args=args)))


def page_of(answer: Any) -> str:
    """The page as text, its spaces and line ends as single spaces."""
    return " ".join(answer.content.decode().split())


def opened(user: User) -> Client:
    """A browser in which this person is signed in and has opened a page already."""
    browser = signed_in(user)
    assert browser.get("/you/").status_code == 200
    return browser


def last_entry(person: User) -> Posting:
    """The person's last entry."""
    return Posting.objects.filter(person=person).latest("pk")


def agency_of(kind: str) -> Agency:
    """The first agency of a kind."""
    return Agency.objects.filter(kind=kind).earliest("pk")
