"""The demonstration: people to sign in as, beside the caseload that was generated. Never outside a demonstration."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from openmappa.accounts.models import Agency, Area, User
from openmappa.audit.services import log
from openmappa.caseload.errors import NotADemonstration
from openmappa.caseload.services.people import ROLE_OF_SLOT, unit_of
from openmappa.cases.models import Case, Involvement
from openmappa.core.access import Rank, Role, Service
from openmappa.core.involvement import InvolvementKind

PASSWORD = "demo-only-password"  # noqa: S105 - printed on purpose: the demonstration holds no real person
FAMILY_NAMES = ("Sampleton", "Testbury", "Mockford", "Exampleham", "Placeholder")
ORDINALS = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
PREFIX_OF_SLOT = {"police_officer": "Officer", "case_manager": "Caseworker"}


@dataclass(frozen=True)
class Post:
    """Somebody the demonstration needs beside the people of the caseload file."""

    name: str
    given: str
    role: Role
    rank: Rank = Rank.NONE
    service: Service | None = None
    agency: tuple[str, str, Agency.Kind] | None = None


IN_EVERY_AREA = (
    Post("manager.police", "Sergeant", Role.LINE_MANAGER, Rank.DETECTIVE_SERGEANT, Service.POLICE),
    Post("manager.probation", "Senior", Role.LINE_MANAGER, Rank.SENIOR_PROBATION_OFFICER, Service.PROBATION),
    Post("coordinator", "Coordinator", Role.MAPPA_COORDINATOR, Rank.INSPECTOR, Service.POLICE),
    Post("chief.probation", "Chief", Role.LINE_MANAGER, Rank.ASSISTANT_CHIEF_OFFICER, Service.PROBATION),
)
IN_THE_FIRST_AREA = (
    Post("victims", "Contact", Role.VICTIM_CONTACT_OFFICER, Rank.PROBATION_OFFICER, Service.PROBATION),
    Post(
        "housing",
        "Housing",
        Role.PARTNER_MEMBER,
        agency=("demo-housing", "Sample Housing", Agency.Kind.PARTNER),
    ),
    Post("prison", "Prison", Role.PARTNER_MEMBER, agency=("demo-prison", "Sample Prison", Agency.Kind.PRISON)),
    Post("health", "Health", Role.PARTNER_MEMBER, agency=("demo-health", "Sample Health Trust", Agency.Kind.PARTNER)),
    Post(
        "social.services",
        "Social",
        Role.PARTNER_MEMBER,
        agency=("demo-social-services", "Sample Social Services", Agency.Kind.PARTNER),
    ),
    Post("board", "Lay", Role.SMB_MEMBER, agency=("demo-board", "Sample Board", Agency.Kind.PARTNER)),
)
GIVEN = (
    ("victims", InvolvementKind.VICTIM_CONTACT, 3, "Keeps the victim informed (a generated case)"),
    ("housing", InvolvementKind.INVITED, 2, "Invited to the next MAPPA meeting (a generated case)"),
    ("board", InvolvementKind.AUDIT, 1, "Drawn for the board's audit of cases (a generated case)"),
)
"""Whom the first area gives cases to: the sign-in, why, how many, and the reason in words."""
MOST_GIVEN = max(count for _, _, count, _ in GIVEN)
EVERYWHERE = (
    Post(
        "inspector",
        "Inspector",
        Role.INSPECTOR,
        agency=("demo-inspection", "Sample Inspectorate", Agency.Kind.PARTNER),
    ),
    Post(
        "inspector.second",
        "Inspector Second",
        Role.INSPECTOR,
        agency=("demo-inspection", "Sample Inspectorate", Agency.Kind.PARTNER),
    ),
    Post("admin", "Administrator", Role.ADMINISTRATOR, Rank.NONE, Service.POLICE),
    Post("admin.second", "Administrator Second", Role.ADMINISTRATOR, Rank.NONE, Service.POLICE),
    Post("auditor", "Auditor", Role.AUDITOR, Rank.NONE, Service.PROBATION),
)


@dataclass(frozen=True)
class SignIn:
    """One way into the demonstration."""

    username: str
    full_name: str
    role: str
    where: str


def refuse_outside_a_demonstration() -> None:
    """Raise NotADemonstration unless the settings say that all people here are generated."""
    if not settings.OPENMAPPA_SYNTHETIC:
        raise NotADemonstration


@transaction.atomic
def staff_the_demonstration() -> None:
    """Name everybody the caseload brought, add the posts it does not have, and let all of them sign in.

    Doing it again changes nothing: a person who has a name and a password keeps both.
    """
    refuse_outside_a_demonstration()
    areas = list(Area.objects.order_by("pk"))
    for number, area in enumerate(areas):
        family = family_name(number)
        _name_the_staff(area, family)
        posts = IN_EVERY_AREA if number else IN_EVERY_AREA + IN_THE_FIRST_AREA
        for post in posts:
            _fill(f"{_prefix(area)}.{post.name}", post, area, f"{post.given} {family}")
    for post in EVERYWHERE if areas else ():
        _fill(post.name, post, areas[0], f"{post.given} {FAMILY_NAMES[0]}")
    if areas:
        _give_cases(areas[0])
    people = [person for person in User.objects.all() if not person.has_usable_password()]
    password = make_password(PASSWORD)  # one hash for all: 60 ms each would be the longest part of a demonstration
    for person in people:
        person.password = password
    User.objects.bulk_update(people, ["password"])
    if people:
        log(by=None, verb="staff the demonstration", about={"people": len(people)})


def _give_cases(area: Area) -> None:
    """Give some cases to those who see none otherwise, for half a year; what was given before stays as it is."""
    prefix = _prefix(area)
    people = [(f"{prefix}.{name}", kind, count, why) for name, kind, count, why in GIVEN]
    cases = list(Case.objects.filter(area=area, standing__closed=False).order_by("pk")[:MOST_GIVEN])
    now = timezone.now()
    for username, kind, count, why in people:
        person = User.objects.filter(username=username).first()
        if person is None or Involvement.objects.filter(person=person, kind=kind).exists():
            continue
        until = now + timedelta(days=182)
        Involvement.objects.bulk_create(
            Involvement(case=case, kind=kind, person=person, from_at=now, until_at=until, reason=why)
            for case in cases[:count]
        )


def sign_ins() -> Iterator[SignIn]:
    """One sign-in for each role, in the first area where the role has one, and one officer of the second area."""
    areas = list(Area.objects.order_by("pk")[:2])
    if not areas:
        return
    first = _prefix(areas[0])
    names = [f"{first}.police1", f"{first}.probation1", *(f"{first}.{post.name}" for post in IN_EVERY_AREA)]
    names += [f"{first}.{post.name}" for post in IN_THE_FIRST_AREA] + [post.name for post in EVERYWHERE]
    names += [f"{_prefix(area)}.police1" for area in areas[1:]]
    people = {
        person.username: person for person in User.objects.filter(username__in=names).select_related("area", "agency")
    }
    for name in names:
        if person := people.get(name):
            where = person.area.name if person.area else person.agency.name
            yield SignIn(name, person.full_name, _role_in_words(person), where)


def family_name(number: int) -> str:
    """The made-up family name of an area's people: one for each area, so that nobody is mistaken for another."""
    again, index = divmod(number, len(FAMILY_NAMES))
    return FAMILY_NAMES[index] + (f"-{again + 1}" if again else "")


def _role_in_words(person: User) -> str:
    managers = {Agency.Kind.POLICE: "police", Agency.Kind.PROBATION: "probation"}
    service = managers.get(Agency.Kind(person.agency.kind))
    return f"{person.role_label} ({service})" if person.role == Role.LINE_MANAGER and service else person.role_label


def _prefix(area: Area) -> str:
    """What an area's sign-in names begin with: the part before the point in those that the caseload brought."""
    known = (
        User.objects.filter(area=area, role__in=ROLE_OF_SLOT.values(), username__contains=".").order_by("pk").first()
    )
    return known.username.partition(".")[0] if known else area.code


def _name_the_staff(area: Area, family: str) -> None:
    """Give a made-up name and a rank to the people that the caseload file named by their sign-in alone."""
    ranks = {Role.POLICE_OFFICER.value: Rank.CONSTABLE, Role.CASE_MANAGER.value: Rank.PROBATION_OFFICER}
    given = {ROLE_OF_SLOT[slot].value: word for slot, word in PREFIX_OF_SLOT.items()}
    for role, rank in ranks.items():
        people = list(User.objects.filter(area=area, role=role, full_name=F("username")))
        for person in people:
            person.full_name, person.rank = f"{given[role]} {_number(person.username)} {family}", rank
        User.objects.bulk_update(people, ["full_name", "rank"])


def _number(username: str) -> str:
    """The number that a sign-in name ends with, in words where there is one: "n.police2" is "Two"."""
    found = re.search(r"[0-9]+$", username)
    number = int(found[0]) if found else 0
    return ORDINALS[number - 1] if 1 <= number <= len(ORDINALS) else (found[0] if found else username)


def _fill(username: str, post: Post, area: Area, full_name: str) -> None:
    local = post not in EVERYWHERE
    unit = unit_of(area, post.service) if post.service else None
    if unit is not None:
        agency = unit.agency
    else:
        code, name, kind = post.agency or ("", "", Agency.Kind.PARTNER)
        agency, _ = Agency.objects.get_or_create(code=code, defaults={"name": name, "kind": kind})
    User.objects.get_or_create(
        username=username,
        defaults={
            "full_name": full_name,
            "agency": agency,
            "area": area if local else None,
            "unit": unit if post.role == Role.LINE_MANAGER else None,
            "role": post.role,
            "rank": post.rank,
            "password": make_password(None),
        },
    )
