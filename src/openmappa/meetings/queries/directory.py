"""Reading the directory of an area."""

import uuid

from django.db.models import Q

from openmappa.meetings.models.directory import DirectoryEntry


def directory_of(area_id: int) -> list[DirectoryEntry]:
    """Every post that stands in the directory of an area now, by agency and post. One query.

    Whoever has left keeps no place in it: a post held by somebody without access stands there until it is given to
    somebody else, and is passed over here.
    """
    rows = DirectoryEntry.objects.filter(area_id=area_id, left_at__isnull=True)
    rows = rows.filter(Q(person__isnull=True) | Q(person__is_active=True))
    return list(rows.select_related("agency", "person__agency"))


def posts_without_a_holder(area_id: int) -> list[DirectoryEntry]:
    """Posts of an area whose holder has left, so that nobody is invited for them. One query."""
    rows = DirectoryEntry.objects.filter(area_id=area_id, left_at__isnull=True, person__is_active=False)
    return list(rows.select_related("agency", "person__agency"))


def entry_of(area_id: int, key: uuid.UUID) -> DirectoryEntry | None:
    """One post that stands in the directory of an area. One query."""
    rows = DirectoryEntry.objects.filter(area_id=area_id, key=key, left_at__isnull=True)
    return rows.select_related("agency", "area", "person__agency").first()
