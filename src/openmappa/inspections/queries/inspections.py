"""Inspections: which there are, who works on them, and what other apps ask of one.

For the apps above (answers, findings, interviews): ``Inspection.objects.visible_to(user)`` are those somebody may know
of; ``works_on`` says who reads answers and cases, ``may_assess`` who gives answers now, ``leads`` who decides.
``queries.frameworks.framework_of`` gives what is asked. ``sample_of`` gives the core's ``Sample`` by keys,
``sampled_cases`` the cases that stand for the keys, and ``kinds_of_cases`` which questions each is asked.
"""

import uuid
from collections.abc import Mapping

from django.db.models import QuerySet
from django.http import Http404

from openmappa.accounts.models import Area, User
from openmappa.core.access import Permission, Role
from openmappa.core.inspection.framework import CaseKind
from openmappa.core.inspection.sample import Sample
from openmappa.core.mappa.transfers import may_approve
from openmappa.core.packs.load import IN_SERVICE, load_transfers
from openmappa.inspections.models import OF_AN_AREA, Inspection, InspectionQuerySet, Kind
from openmappa.samples import queries as samples
from openmappa.samples.models import DrawnSample, SampledCase


def inspections_for(user: User) -> InspectionQuerySet:
    """The inspections this person may know of, the latest first, with their areas. Two queries."""
    rows = Inspection.objects.visible_to(user).select_related("exercise", "framework")
    return rows.prefetch_related("exercise__in_areas__area")


def inspection_for(user: User, key: uuid.UUID) -> Inspection:
    """One inspection that this person may know of. Raises Http404. One query."""
    rows = Inspection.objects.visible_to(user).select_related("exercise__opened_by", "exercise__ended_by")
    row = rows.select_related("framework", "published_by").filter(key=key).first()
    if row is None:
        raise Http404("No such inspection")
    return row


def works_on(user: User, inspection: Inspection) -> bool:
    """Whether this person works on it: reads its sample, its answers, its drafts. One query."""
    return samples.works_on(user, inspection.exercise)


def may_assess(user: User, inspection: Inspection) -> bool:
    """Whether this person gives answers now: works on it, and it is not closed. One query."""
    return inspection.is_open and works_on(user, inspection)


def leads(user: User, inspection: Inspection) -> bool:
    """Whether this person leads it, which also takes that it is not closed. One query."""
    return inspection.is_open and samples.leads(user, inspection.exercise)


def areas_of(inspection: Inspection) -> list[Area]:
    """Its areas, by name. One query."""
    return samples.areas_of(inspection.exercise)


def reads_sample(user: User, inspection: Inspection) -> bool:
    """Whether this person sees how it was drawn: who works on it, and coordinators and line managers of its areas."""
    manages = user.role in (Role.LINE_MANAGER, Role.MAPPA_COORDINATOR)
    return works_on(user, inspection) or (manages and user.area_id in {area.pk for area in areas_of(inspection)})


def names_joint_work_of(user: User, inspection: Inspection) -> Area | None:
    """The area for which this person may name joint work in it; None where they may not.

    The area's MAPPA coordinator may, or a line manager of a chief officer's rank. One query.
    """
    chief = may_approve(load_transfers(IN_SERVICE[0]), user.rank) or user.role == Role.MAPPA_COORDINATOR
    if not (user.may(Permission.NAME_JOINT_WORK) and chief):
        return None
    return next((area for area in areas_of(inspection) if area.pk == user.area_id), None)


def people_to_add(inspection: Inspection) -> QuerySet[User]:
    """Who may be let work on it and does not: inspectors, or people of the area that inspects itself. One query."""
    people = User.objects.filter(is_active=True).select_related("agency", "area")
    if inspection.kind == Kind.JOINT:
        people = people.filter(role=Role.INSPECTOR)
    else:
        areas = inspection.exercise.in_areas.values("area")
        people = people.filter(role__in=OF_AN_AREA, area__in=areas)
    there = samples.members_of(inspection.exercise).in_force().values("person")
    return people.exclude(pk__in=there).order_by("full_name")


def people_of_areas(inspection: Inspection) -> list[User]:
    """Whom an area tells of it: the coordinators of its areas. One query."""
    areas = inspection.exercise.in_areas.values("area")
    return list(User.objects.filter(role=Role.MAPPA_COORDINATOR, area__in=areas, is_active=True))


def drawn_of(inspection: Inspection) -> DrawnSample | None:
    """Its draw; None while nothing is drawn, and for whoever does not see how it was drawn. One query."""
    return samples.drawn_of(inspection.exercise)


def sample_of(inspection: Inspection) -> Sample | None:
    """Its sample as the core takes it, by keys; None while nothing is drawn. Three queries."""
    drawn = drawn_of(inspection)
    return samples.sample_of(drawn) if drawn else None


def sampled_cases(inspection: Inspection) -> QuerySet[SampledCase]:
    """The cases in its sample now that the reader can open, by key; each has ``key`` and ``case``. One query.

    A case that is restricted, or was disposed of, is in ``sample_of`` and not here.
    """
    people = ("case__person", "case__area", "case__case_manager", "case__police_officer")
    rows = SampledCase.objects.filter(sample__exercise_id=inspection.exercise_id, left_at__isnull=True)
    return rows.select_related(*people).defer("case__person__name_keys")


def kinds_of_cases(inspection: Inspection) -> Mapping[str, CaseKind]:
    """What decides which questions each case that is or was in its sample is asked, by key. Four queries."""
    drawn = drawn_of(inspection)
    return samples.kinds_in(drawn) if drawn else {}
