"""Whose access somebody looks after, and finding one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from openmappa.accounts.models import Agency, Area, Unit, User
from openmappa.core.access import Permission, Role
from openmappa.core.posts import ROLES_OF_AGENCY
from openmappa.people.models import Posting

RECERTIFY_DAYS = 90
"""How long a confirmation of somebody's access holds (NCSC cloud principle 9: joiner, mover, leaver, and 90 days)."""

PARTNERS = (Agency.Kind.PARTNER, Agency.Kind.PRISON)

STATES: Mapping[str, str] = {
    "active": "Working here",
    "unconfirmed": f"Working here, not confirmed in {RECERTIFY_DAYS} days",
    "waiting": "Waiting for a second person",
    "left": "Without access",
}


def managed_units(user: User) -> QuerySet[Unit]:
    """The units that a line manager answers for: their own, and those they were given besides."""
    if user.role != Role.LINE_MANAGER or not user.is_active:
        return Unit.objects.none()
    return Unit.objects.filter(Q(pk=user.unit_id) | Q(managed__manager=user)).distinct()


def looked_after_by(user: User) -> QuerySet[User]:
    """The people whose access this person looks after, themselves among them; nobody for most.

    An administrator: their agency's. A line manager: those of the units they manage, and whoever is on the way to one.
    A MAPPA coordinator: those of partner agencies and prisons in the area, where there is often one administrator only.
    """
    people = User.objects.select_related("agency", "area", "unit")
    if user.may(Permission.MANAGE_PEOPLE):
        return people.filter(agency_id=user.agency_id)
    if user.may(Permission.ARRANGE_COVER):
        units = list(managed_units(user).values_list("pk", flat=True))
        coming = Posting.objects.waiting().filter(unit__in=units)
        return people.filter(Q(unit__in=units) | Q(pk__in=coming.values("person")))
    if user.may(Permission.INVITE_TO_CASE) and user.area_id is not None:
        return people.filter(agency__kind__in=PARTNERS, area=user.area_id)
    return people.none()


def vouched_for_by(user: User) -> QuerySet[User]:
    """The people whose access this person may confirm: those they look after, and never themselves."""
    return looked_after_by(user).exclude(pk=user.pk)


def looks_after_people(user: User) -> bool:
    """Whether this person looks after anybody's access at all, by their role."""
    return any(
        user.may(permission)
        for permission in (Permission.MANAGE_PEOPLE, Permission.ARRANGE_COVER, Permission.INVITE_TO_CASE)
    )


def not_confirmed(people: QuerySet[User], today: date) -> QuerySet[User]:
    """Those with access whom nobody has confirmed within 90 days, the longest waiting first."""
    oldest = today - timedelta(days=RECERTIFY_DAYS)
    late = Q(recertified_on__isnull=True) | Q(recertified_on__lt=oldest)
    return people.filter(late, is_active=True).order_by(F("recertified_on").asc(nulls_first=True), "full_name", "pk")


@dataclass(frozen=True)
class Asked:
    """What a list of people is narrowed to; empty is everybody."""

    text: str = ""
    unit: str = ""
    role: str = ""
    state: str = "active"

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the usual list was asked for."""
        return self != Asked()


def people_found(user: User, asked: Asked, today: date) -> QuerySet[User]:
    """The people this person looks after that fit, by name, each with where they stand (``state``)."""
    people = looked_after_by(user)
    for word in asked.text.split():
        people = people.filter(Q(full_name__icontains=word) | Q(username__icontains=word))
    if asked.unit.isdecimal():
        people = people.filter(unit=int(asked.unit))
    if asked.role:
        people = people.filter(role=asked.role)
    waiting = Posting.objects.waiting().values("person")
    match asked.state:
        case "active":
            people = people.filter(is_active=True)
        case "unconfirmed":
            people = not_confirmed(people, today)
        case "waiting":
            people = people.filter(pk__in=waiting)
        case "left":
            people = people.filter(is_active=False).exclude(pk__in=waiting)
    state = Case(
        When(pk__in=waiting, then=Value("waiting")),
        When(is_active=False, then=Value("left")),
        default=Value("active"),
        output_field=CharField(),
    )
    return people.annotate(state=state).order_by("full_name", "pk")


def units_of(user: User) -> QuerySet[Unit]:
    """The units that this person may put people into: an administrator their agency's, a line manager their own."""
    if user.may(Permission.MANAGE_PEOPLE):
        return Unit.objects.filter(agency_id=user.agency_id).select_related("area")
    return managed_units(user).select_related("area")


def areas_of(user: User) -> QuerySet[Area]:
    """The areas that this person may put people into: those of their agency's units; all where it has no unit."""
    own = Area.objects.filter(units__agency_id=user.agency_id).distinct()
    return own if own.exists() else Area.objects.all()


def roles_of(user: User) -> tuple[Role, ...]:
    """The roles that people of this person's agency can hold."""
    return ROLES_OF_AGENCY[user.agency.kind]


def second_people_for(posting: Posting) -> list[User]:
    """Who may confirm an entry: other administrators, the unit's line managers, for partners the coordinators.

    Three queries at most. Neither the person nor whoever asked is among them.
    """
    agency = posting.person.agency
    named = User.objects.filter(is_active=True).exclude(pk__in=[posting.person_id, posting.asked_by_id or 0])
    wanted = Q(role=Role.ADMINISTRATOR, agency=agency)
    if posting.unit_id is not None:
        wanted |= Q(role=Role.LINE_MANAGER) & (Q(unit=posting.unit_id) | Q(managing__unit=posting.unit_id))
    if agency.kind in PARTNERS and posting.area_id is not None:
        wanted |= Q(role=Role.MAPPA_COORDINATOR, area=posting.area_id)
    return list(named.filter(wanted).distinct().order_by("full_name", "pk"))


def line_managers_of(person: User) -> list[User]:
    """Those with access who answer for this person's unit, themselves apart. One query."""
    if person.unit_id is None:
        return []
    managing = Q(unit=person.unit_id) | Q(managing__unit=person.unit_id)
    found = User.objects.filter(managing, role=Role.LINE_MANAGER, is_active=True).exclude(pk=person.pk)
    return list(found.distinct().order_by("full_name", "pk"))


def other_administrators(person: User) -> list[User]:
    """The administrators of a person's agency who have access, themselves apart. One query."""
    found = User.objects.filter(agency=person.agency_id, role=Role.ADMINISTRATOR, is_active=True)
    return list(found.exclude(pk=person.pk).order_by("full_name", "pk"))


def person_seen_by(user: User, pk: int) -> User | None:
    """The person of this number, if the reader looks after their access. One query, two for a line manager."""
    return looked_after_by(user).filter(pk=pk).first()
