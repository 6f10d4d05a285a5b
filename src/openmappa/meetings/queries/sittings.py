"""Reading sittings and the meetings on cases: of an area, of a case, the last before one."""

import uuid
from datetime import datetime

from django.db.models import F, Func, IntegerField, QuerySet

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.mappa.meetings import Slot
from openmappa.meetings.models.sitting import Meeting, Sitting

PEOPLE = ("area", "chair__agency", "minute_taker__agency")


def sittings_between(area_id: int, first: datetime, last: datetime) -> QuerySet[Sitting]:
    """The sittings of an area that begin from one instant until just before another, the first first.

    Each with ``on_list``, how many cases are on its list, those that the reader cannot open included; one query.
    """
    rows = Sitting.objects.filter(area_id=area_id, starts_at__gte=first, starts_at__lt=last)
    return _counted(rows).select_related(*PEOPLE).order_by("starts_at", "id")


def sitting_with(key: uuid.UUID) -> Sitting | None:
    """One sitting by its key, with its people and ``on_list``. One query."""
    return _counted(Sitting.objects.filter(key=key)).select_related(*PEOPLE).first()


def cases_on_list(sitting: Sitting) -> int:
    """How many cases stand on the list of a sitting, those that whoever asks cannot open included. One query."""
    return int(getattr(_counted(Sitting.objects.filter(pk=sitting.pk)).get(), "on_list"))  # noqa: B009 - annotated


def listed(sitting: Sitting) -> list[Meeting]:
    """The meetings of a sitting on cases that the reader can open, in their order. Two queries."""
    rows = Meeting.objects.filter(sitting=sitting, taken_off_at__isnull=True)
    return list(rows.select_related("case__person", "case__area", "case__standing").order_by("number", "id"))


def meetings_of_case(case: Case) -> QuerySet[Meeting]:
    """Every meeting on a case that was not taken off its list, the newest first. One query."""
    rows = Meeting.objects.filter(case=case, taken_off_at__isnull=True)
    return rows.select_related("sitting__chair", "sitting__area").order_by("-starts_at", "-id")


def last_meeting(case: Case, before: datetime | None = None) -> Meeting | None:
    """The last meeting on a case that was held and closed, before an instant where one is given. One query."""
    rows = meetings_of_case(case).filter(closed_at__isnull=False)
    return (rows.filter(starts_at__lt=before) if before is not None else rows).first()


def next_meeting(case: Case, now: datetime) -> Meeting | None:
    """The next meeting on a case that is still to come. One query."""
    rows = meetings_of_case(case).filter(closed_at__isnull=True, sitting__ends_at__gte=now)
    return rows.order_by("starts_at", "id").first()


def meeting_with(user: User, key: uuid.UUID) -> Meeting | None:
    """One meeting by its key, where the reader may see its case. One query."""
    rows = Meeting.objects.filter(key=key, case__in=Case.objects.visible_to(user))
    people = ("sitting__area", "sitting__chair__agency", "sitting__minute_taker__agency")
    return rows.select_related("case__person", "case__area", "case__standing", *people).first()


def slots_around(sitting: Sitting) -> tuple[tuple[Slot, Sitting], ...]:
    """What else is on in the area or is chaired by the same person while a sitting is on. One query."""
    rows = Sitting.objects.filter(
        cancelled_at__isnull=True, starts_at__lt=sitting.ends_at, ends_at__gt=sitting.starts_at
    ).exclude(pk=sitting.pk)
    near = rows.filter(area_id=sitting.area_id) | rows.filter(chair_id=sitting.chair_id)
    return tuple((slot_of(row), row) for row in near.order_by("starts_at", "id"))


def slot_of(sitting: Sitting) -> Slot:
    """A sitting as the core compares it with others."""
    return Slot(
        key=str(sitting.key),
        starts_at=sitting.starts_at,
        ends_at=sitting.ends_at,
        place=sitting.place,
        room=sitting.room,
        chair=sitting.chair_id,
    )


def _counted(rows: QuerySet[Sitting]) -> QuerySet[Sitting]:
    return rows.annotate(on_list=Func(F("pk"), function="meetings_on_list", output_field=IntegerField()))
