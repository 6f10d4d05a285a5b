"""Opening an inspection, saying who works on it, closing and publishing it."""

import uuid
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import Area, User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission, Role
from openmappa.core.involvement import InvolvementKind
from openmappa.inspections.errors import NotInspected, NotTheirs
from openmappa.inspections.models import FrameworkVersion, Inspection, Kind
from openmappa.inspections.queries.inspections import leads, people_of_areas, people_to_add
from openmappa.inspections.services.frameworks import stored
from openmappa.notices.services import tell
from openmappa.samples.models import ExerciseMember
from openmappa.samples.services.exercises import begin_exercise, end_exercise, let_go, let_lead, let_work

KIND = "inspection"
NOT_LEADING = "Whoever leads this inspection does that, while it is open."


def open_inspection(
    *,
    by: User,
    kind: Kind,
    title: str,
    purpose: str,
    framework: FrameworkVersion,
    areas: Iterable[Area],
    on: date,
    submission: uuid.UUID | None = None,
) -> Inspection:
    """Open an inspection that ``by`` leads; the coordinators of its areas are told.

    An inspector opens a joint one of any areas; coordinators and line managers, who may be chief officers, a
    self-inspection of their own area. ``on`` is the day whose record is read. A form sent twice opens one.

    Raises NotAllowed, NotTheirs (another kind, or another area), NotInspected.
    """
    require(by, Permission.OPEN_INSPECTION)
    chosen = list(areas)
    _refuse_what_is_not_theirs(by, kind, chosen)
    if not title.strip() or not purpose.strip():
        raise NotInspected({"title" if not title.strip() else "purpose": "Say what this inspection is, and what for"})
    with transaction.atomic():
        if submission and (same := Inspection.objects.filter(submission=submission).first()):
            return same
        exercise = begin_exercise(by=by, purpose=InvolvementKind.INSPECTION, on=on, areas=chosen)
        row = Inspection.objects.create(
            key=exercise.key,
            submission=submission,
            exercise=exercise,
            kind=kind,
            title=title.strip(),
            purpose=purpose.strip(),
            framework=stored(framework),
        )
        about = {"inspection": str(row.key), "kind": str(kind), "areas": [area.code for area in chosen]}
        log(by=by, verb="open inspection", about={**about, "on": on.isoformat()})
        others = [person for person in people_of_areas(row) if person.pk != by.pk]
        tell(people=others, kind=KIND, words=f"{row.get_kind_display()} of your area: it is opened.", link=_page(row))
        return row


def add_member(*, by: User, inspection: Inspection, person: User, leads_it: bool = False) -> ExerciseMember:
    """Let somebody work on it, and tell them; every case that was drawn opens to them. Raises NotTheirs, NotInspected.

    On a joint inspection inspectors work; on a self-inspection board members, coordinators and line managers of the
    area.
    """
    _require_leading(by, inspection)
    if not people_to_add(inspection).filter(pk=person.pk).exists():
        raise NotInspected({"person": f"{person.full_name} cannot be added to this inspection, or works on it already"})
    with transaction.atomic():
        member = let_work(by=by, exercise=inspection.exercise, person=person, leads=leads_it)
        about = {"inspection": str(inspection.key), "person": person.pk, "leads": leads_it}
        log(by=by, verb="add to inspection", about=about)
        tell(people=[person], kind=KIND, words="You work on an inspection from now on.", link=_page(inspection))
        return member


def make_lead(*, by: User, inspection: Inspection, member: ExerciseMember) -> ExerciseMember:
    """Let somebody who works on it lead it too. Raises NotTheirs, NotDrawn."""
    _require_leading(by, inspection)
    with transaction.atomic():
        row = let_lead(by=by, member=member)
        about = {"inspection": str(inspection.key), "person": row.person_id}
        log(by=by, verb="let lead inspection", about=about)
        return row


def remove_member(*, by: User, inspection: Inspection, member: ExerciseMember) -> ExerciseMember:
    """End somebody's work on it; the cases close to them. Raises NotTheirs, NotDrawn where nobody would lead it."""
    _require_leading(by, inspection)
    with transaction.atomic():
        row = let_go(by=by, member=member)
        about = {"inspection": str(inspection.key), "person": row.person_id}
        log(by=by, verb="take off inspection", about=about)
        return row


def close_inspection(*, by: User, inspection: Inspection) -> Inspection:
    """Close it: its cases close to everybody who worked on it, and no answer changes any more. Raises NotTheirs."""
    _require_leading(by, inspection)
    with transaction.atomic():
        end_exercise(by=by, exercise=inspection.exercise)
        log(by=by, verb="close inspection", about={"inspection": str(inspection.key)})
        inspection.exercise.refresh_from_db()
        return inspection


def publish_inspection(*, by: User, inspection: Inspection) -> Inspection:
    """Say that its report went out. The app that publishes the report calls this; it has asked for the permission, and
    logs. Raises NotInspected where it was published before.
    """
    with transaction.atomic():
        row = Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
        if row.published_at is not None:
            raise NotInspected({"": "This inspection is published already."})
        row.published_by, row.published_at = by, timezone.now()
        row.save(update_fields=["published_by", "published_at"])
        return row


def _refuse_what_is_not_theirs(by: User, kind: Kind, areas: list[Area]) -> None:
    inspects = by.role == Role.INSPECTOR
    if inspects != (kind == Kind.JOINT):
        raise NotTheirs("Inspectors open joint inspections; people of an area inspect that area themselves.")
    if not inspects and [area.pk for area in areas] != [by.area_id]:
        raise NotTheirs("An area inspects itself: choose your own.")


def _require_leading(by: User, inspection: Inspection) -> None:
    if not leads(by, inspection):
        raise NotTheirs(NOT_LEADING)


def _page(inspection: Inspection) -> str:
    return reverse("inspections:show", kwargs={"inspection": inspection.key})
