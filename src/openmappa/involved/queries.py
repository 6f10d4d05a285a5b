"""Who can open a case and why; whom a case can be given to; and the restricted cases that one is kept from."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from openmappa.accounts.models import Agency, Cover, Unit, User
from openmappa.cases.models import Case, Involvement, held, reach_of
from openmappa.cases.queries import coordinators_of, responsible_line_managers
from openmappa.core.access import Role
from openmappa.core.involvement import GIVEN_TO, RESPONSIBLE, InvolvementKind
from openmappa.core.names import squeezed

PAST_SHOWN = 20
OUTSIDE = (Role.PARTNER_MEMBER, Role.SMB_MEMBER, Role.INSPECTOR)
"""Roles whose holders need not belong to the case's area to be given it."""


@dataclass(frozen=True)
class Stub:
    """A restricted case that the reader would see, were it not restricted: that there is one, and whom to ring."""

    case_id: int
    key: uuid.UUID
    reference: str
    contact: str
    unit: str
    agency: str


@dataclass(frozen=True)
class Responsible:
    """Somebody, or everybody of a unit, who opens the case without having been given it, and why."""

    who: str
    why: str


@dataclass(frozen=True)
class WhoCanOpen:
    """Everybody who can open a case now, and who could once or will."""

    responsible: tuple[Responsible, ...]
    given: tuple[Involvement, ...]
    to_come: tuple[Involvement, ...]
    past: tuple[Involvement, ...]


def restricted_for_me() -> list[Stub]:
    """The restricted cases that whoever asks is kept from, by reference. One call of ``restricted_for_me``."""
    rows = Case.objects.raw("SELECT * FROM restricted_for_me()")
    return [
        Stub(row.pk, row.key, row.reference, getattr(row, "contact"), getattr(row, "unit"), getattr(row, "agency"))  # noqa: B009
        for row in rows
    ]


def restricted_stub(key: uuid.UUID) -> Stub | None:
    """The restricted case with this key, where whoever asks is kept from it. One query."""
    return next((stub for stub in restricted_for_me() if stub.key == key), None)


def stubs_for(text: str = "") -> list[Stub]:
    """What a list says of restricted cases: all that the reader is kept from; or that with exactly this reference.

    A name never finds one: it would say who the case is about.
    """
    if not text:
        return restricted_for_me()
    number = squeezed(text)
    return [stub for stub in restricted_for_me() if number and squeezed(stub.reference) == number]


def for_lists(request: HttpRequest) -> dict[str, Callable[..., list[Stub]]]:
    """A context processor: what lists of cases leave out because it is restricted (``involved/stubs.html``)."""
    return {"restricted_cases": stubs_for}


def who_can_open(case: Case) -> WhoCanOpen:
    """Everybody who can open the case and why. About seven queries, however many people there are."""
    now = timezone.now()
    rows = Involvement.objects.filter(case=case).select_related(
        "person__agency", "unit", "agency", "given_by", "ended_by"
    )
    in_force = rows.in_force_at(now).order_by("from_at", "id")
    ended = Q(ended_at__lte=now) | Q(until_at__lte=now)
    return WhoCanOpen(
        responsible=() if case.restricted else tuple(_responsible(case)),
        given=tuple(row for row in in_force if not case.restricted or row.kind in _THROUGH),
        to_come=tuple(rows.filter(from_at__gt=now, ended_at__isnull=True).order_by("from_at", "id")),
        past=tuple(rows.filter(ended).order_by("-from_at", "-id")[:PAST_SHOWN]),
    )


_THROUGH = (InvolvementKind.NAMED.value, InvolvementKind.BREAK_GLASS.value)


def _responsible(case: Case) -> list[Responsible]:
    """Those who answer for the case, and those who stand in for them today."""
    units = list(Unit.objects.filter(pk__in=_unit_ids(case)).select_related("agency"))
    holders = [(case.police_officer, "Police officer of the case"), (case.case_manager, "Case manager of the case")]
    found = [Responsible(_named(user), why) for user, why in holders if user is not None]
    found += [
        Responsible(f"Everybody of {unit.name}, {unit.agency.name}", "The unit answers for the case") for unit in units
    ]
    managers, coordinators = responsible_line_managers(case), coordinators_of(case)
    found += [Responsible(_named(user), "Line manager of a unit that answers for the case") for user in managers]
    found += [Responsible(_named(user), f"Coordinates MAPPA in {case.area.name}") for user in coordinators]
    absent = Q(absent__unit_id__in=_unit_ids(case), absent__role__in=RESPONSIBLE) | Q(
        absent_id__in=[user.pk for user in (case.police_officer, case.case_manager, *managers, *coordinators) if user]
    )
    covers = Cover.objects.in_force_on(timezone.localdate()).filter(absent).select_related("absent", "covering__agency")
    found += [
        Responsible(_named(cover.covering), f"Covers for {cover.absent.full_name}")
        for cover in covers.order_by("covering__full_name", "pk")
    ]
    return found


def _unit_ids(case: Case) -> list[int]:
    return [pk for pk in (case.police_unit_id, case.probation_unit_id) if pk is not None]


def _named(user: User) -> str:
    return f"{user.full_name}, {user.agency_name}"


def answers_for(user: User, case: Case) -> bool:
    """Whether this person answers for the case, and does not just have it for a time: through its area, its units or as
    its own officer or manager; for a restricted case, by being named. One query at most.
    """
    if not case.restricted:
        return reach_of(user).is_responsible_for(held(case))
    return any(row.person_id == user.pk for row in named_people(case))


def people_to_give(case: Case, kinds: Sequence[InvolvementKind], besides: int | None = None) -> list[User]:
    """People whom the case can be given to in one of these ways: of its area, or of agencies from outside it.

    ``besides``: one more person, of another area. One query.
    """
    roles = {role.value for kind in kinds for role in GIVEN_TO[kind]}
    near = Q(area_id=case.area_id) | Q(area__isnull=True) | Q(role__in=[role.value for role in OUTSIDE])
    chosen = Q(pk=besides) if besides is not None else Q(pk__in=[])
    people = User.objects.filter(near | chosen, role__in=roles, is_active=True).select_related("agency", "unit")
    return list(people.order_by("agency__name", "full_name", "pk"))


def units_to_invite(case: Case) -> list[Unit]:
    """The units that the case can be given to: those of its area. One query."""
    return list(Unit.objects.filter(area_id=case.area_id).select_related("agency").order_by("agency__name", "name"))


def agencies_to_invite() -> list[Agency]:
    """The agencies with a duty to cooperate that the case can be given to. One query.

    Not the police or probation: a whole force is nobody in particular.
    """
    return list(Agency.objects.filter(kind__in=[Agency.Kind.PARTNER, Agency.Kind.PRISON]).order_by("name"))


def given(case: Case, pk: int, now: datetime) -> Involvement | None:
    """One involvement in a case that is still to be ended. One query."""
    rows = Involvement.objects.filter(case=case, pk=pk, ended_at__isnull=True)
    return (
        rows.filter(Q(until_at__isnull=True) | Q(until_at__gt=now)).select_related("person", "unit", "agency").first()
    )


def named_people(case: Case) -> list[Involvement]:
    """Those named for a restricted case, by name. One query."""
    rows = Involvement.objects.in_force_at(timezone.now()).filter(case=case, kind=InvolvementKind.NAMED)
    return list(rows.select_related("person__agency", "given_by").order_by("person__full_name", "pk"))
