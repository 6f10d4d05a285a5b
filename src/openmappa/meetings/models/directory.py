"""The directory: who is invited to meetings in an area, by agency and role."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from openmappa.core.compartments import FieldClass
from openmappa.meetings.words import InviteeKind

OPEN, PERSONAL = FieldClass.OPEN, FieldClass.PERSONAL


class DirectoryEntry(models.Model):
    """One post of one agency in an area, with who holds it now. Never deleted; it leaves the directory.

    ``person`` has a sign-in; where nobody does, ``holder`` and ``email`` say who is written to. ``core_at_2`` and
    ``core_at_3`` say to which meetings whoever holds it is always invited.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=150)
    kind = models.CharField(max_length=20, choices=InviteeKind.choices, default=InviteeKind.CASE)
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    holder = models.CharField(max_length=150, blank=True, default="")
    email = models.EmailField(max_length=254, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    core_at_2 = models.BooleanField(default=False)
    core_at_3 = models.BooleanField(default=False)
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    added_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True, blank=True)
    left_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "area", "agency", "post", "kind", "person", "holder"], OPEN),
        **dict.fromkeys(["core_at_2", "core_at_3", "added_by", "added_at", "left_at", "left_by"], OPEN),
        **dict.fromkeys(["email", "phone"], PERSONAL),
    }

    class Meta:
        ordering = ["agency__name", "post", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=InviteeKind.values), name="directory_kind_is_known"),
            models.CheckConstraint(condition=Q(person__isnull=False) | ~Q(holder=""), name="directory_names_somebody"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, left_by__isnull=True)
                | Q(left_at__isnull=False, left_by__isnull=False),
                name="directory_left_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post}, {self.agency_id}"
