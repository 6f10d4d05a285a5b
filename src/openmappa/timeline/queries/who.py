"""Who must know of a change on a case, from the record: candidates in four queries, judged by ``core.telling``."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from openmappa.accounts.models import Cover, User
from openmappa.cases.models import Case, Involvement, held
from openmappa.cases.queries import coordinators_of
from openmappa.core.access import Role
from openmappa.core.compartments import Compartment
from openmappa.core.involvement import Covering, Given, InvolvementKind, Reader
from openmappa.core.telling import ASKED, Why, unheld, who_must_know
from openmappa.timeline.models import Acknowledgement


def people_who_must_know(
    case: Case, *, compartment: Compartment = Compartment.OPEN, but: Iterable[User] = ()
) -> dict[User, Why]:
    """Everybody who must know of a change in this compartment of a case, with the reason. Four queries."""
    now, today = timezone.now(), timezone.localdate()
    given = _given(case, now)
    covers = _covers(case, today)
    people = {person.pk: person for person in _candidates(case, given, covers)}
    found = who_must_know(
        held(case),
        [_reader(person) for person in people.values()],
        [
            (cover.covering_id, Covering(_reader(cover.absent), cover.from_on, cover.until_on, cover.ended_on))
            for cover in covers
        ],
        given,
        at=now,
        today=today,
        compartment=compartment,
        but=frozenset(person.pk for person in but),
    )
    return {people[pk]: why for pk, why in found.items()}


def who_answers_for(person: User, case: Case) -> list[User]:
    """Who is told that somebody owes something: their line managers, and who covers for one who is away.

    Where there is none, the MAPPA coordinators of the case's area. Three queries at most.
    """
    managers = User.objects.filter(role=Role.LINE_MANAGER, is_active=True).exclude(pk=person.pk)
    theirs = Q(unit_id=person.unit_id) | Q(managing__unit_id=person.unit_id)
    found = list(managers.filter(theirs).distinct()) if person.unit_id is not None else []
    if not found:
        return [each for each in coordinators_of(case) if each.pk != person.pk]
    covers = Cover.objects.in_force_on(timezone.localdate()).filter(absent__in=found).select_related("covering")
    stand_in = [cover.covering for cover in covers if cover.covering.is_active and cover.covering_id != person.pk]
    return list({each.pk: each for each in [*found, *stand_in]}.values())


def covered_and_known(row: Acknowledgement) -> bool:
    """Whether the person is away today, and somebody who covers for them has acknowledged the same. One query."""
    covers = Cover.objects.in_force_on(timezone.localdate()).filter(absent=row.person_id)
    known = Acknowledgement.objects.filter(notice=row.notice_id, acknowledged_at__isnull=False)
    return known.filter(person__in=covers.values("covering")).exists()


def _given(case: Case, now: datetime) -> list[Given]:
    kinds = [*ASKED, InvolvementKind.BREAK_GLASS]
    return [
        Given(
            case=row.case_id,
            kind=InvolvementKind(row.kind),
            from_at=row.from_at,
            until_at=row.until_at,
            ended_at=row.ended_at,
            person=row.person_id,
            unit=row.unit_id,
            agency=row.agency_id,
        )
        for row in Involvement.objects.in_force_at(now).filter(case=case, kind__in=kinds).order_by("pk")
    ]


def _covers(case: Case, today: date) -> list[Cover]:
    holders = [pk for pk in (case.police_officer_id, case.case_manager_id) if pk is not None]
    covers = Cover.objects.in_force_on(today).filter(absent__in=holders).select_related("absent")
    return list(covers.prefetch_related("absent__managing").order_by("pk"))


def _candidates(case: Case, given: list[Given], covers: list[Cover]) -> list[User]:
    """Whoever may have to know: more than do, never fewer. Two queries."""
    named = {case.police_officer_id, case.case_manager_id, *(cover.covering_id for cover in covers)}
    named |= {each.person for each in given}
    victims = [each for each in given if each.kind is InvolvementKind.VICTIM_CONTACT]
    units, agencies = {each.unit for each in victims}, {each.agency for each in victims}
    nobodys = unheld(held(case))
    wanted = (
        Q(pk__in=named - {None})
        | Q(role=Role.MAPPA_COORDINATOR, area_id=case.area_id)
        | Q(role=Role.VICTIM_CONTACT_OFFICER, unit_id__in=units - {None})
        | Q(role=Role.VICTIM_CONTACT_OFFICER, agency_id__in=agencies - {None})
        | Q(role=Role.LINE_MANAGER, unit_id__in=nobodys)
        | Q(role=Role.LINE_MANAGER, managing__unit_id__in=nobodys)
    )
    return list(User.objects.filter(wanted, is_active=True).distinct().prefetch_related("managing").order_by("pk"))


def _reader(person: User) -> Reader:
    managed = person.managing.all() if person.role == Role.LINE_MANAGER else ()
    return Reader(
        person=person.pk,
        role=Role(person.role),
        agency=person.agency_id,
        area=person.area_id,
        unit=person.unit_id,
        manages=frozenset(each.unit_id for each in managed),
        active=person.is_active,
    )
