"""Who has a seat on the board of an area, from when to when (9.5, 9.6)."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from openmappa.core.board.seats import Seat, SeatKind
from openmappa.core.compartments import FieldClass

KINDS = [(kind.value, kind.label) for kind in SeatKind]


class MemberQuerySet(models.QuerySet["Member"]):
    """Members, narrowed in the board's words."""

    def seated_on(self, day: date) -> "MemberQuerySet":
        """Those who have their seat on a day; on their last day they still do."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day)


class Member(models.Model):
    """Somebody who has a seat, for an agency or as a lay adviser. Never deleted; their time ends.

    ``person`` has a sign-in; where nobody does, ``name`` says who it is. ``speaks_for`` names further agencies whose
    word the member brings, such as the other authorities of a county. ``deputy`` comes in their place.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=KINDS)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    name = models.CharField(max_length=150, blank=True, default="")
    post = models.CharField(max_length=150, blank=True, default="")
    speaks_for = models.CharField(max_length=300, blank=True, default="")
    deputy = models.CharField(max_length=200, blank=True, default="")
    chairs = models.BooleanField(default=False)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    added_at = models.DateTimeField()
    ended_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = MemberQuerySet.as_manager()

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        [
            *("id", "key", "submission", "area", "kind", "agency", "person", "name", "post", "speaks_for", "deputy"),
            *("chairs", "from_on", "until_on", "added_by", "added_at", "ended_by", "ended_at", "version"),
        ],
        FieldClass.OPEN,
    )

    class Meta:
        ordering = ["-chairs", "kind", "agency__name", "name", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in SeatKind]), name="seat_kind_is_known"),
            models.CheckConstraint(condition=Q(person__isnull=False) | ~Q(name=""), name="seat_is_somebodys"),
            models.CheckConstraint(
                condition=Q(kind=SeatKind.LAY.value) | Q(agency__isnull=False), name="seat_is_of_an_agency_or_lay"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="seat_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True, ended_by__isnull=True, ended_at__isnull=True)
                | Q(until_on__isnull=False, ended_by__isnull=False, ended_at__isnull=False),
                name="seat_ended_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["area"], condition=Q(chairs=True, until_on__isnull=True), name="seat_one_chair_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["area", "person"],
                condition=Q(person__isnull=False, until_on__isnull=True),
                name="seat_once_for_a_person",
            ),
        ]

    def __str__(self) -> str:
        return self.who

    @property
    def who(self) -> str:
        """The member's name."""
        return self.person.full_name if self.person else self.name

    @property
    def whose(self) -> str:
        """For whom they sit there."""
        return self.agency.name if self.agency else SeatKind(self.kind).label

    @property
    def kind_label(self) -> str:
        """Why they have the seat."""
        return SeatKind(self.kind).label

    @property
    def seat(self) -> Seat:
        """The seat as the core knows it."""
        return Seat(
            SeatKind(self.kind), self.agency.kind if self.agency else "", self.from_on, self.until_on, self.chairs
        )

    def is_seated_on(self, day: date) -> bool:
        """Whether they have their seat on a day."""
        return self.seat.is_held_on(day)
