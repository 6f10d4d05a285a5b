"""What the calendars of those who were invited are to say of a sitting: the outbox of invitations."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from openmappa.core.compartments import FieldClass
from openmappa.meetings.models.sitting import Sitting

OPEN, PERSONAL = FieldClass.OPEN, FieldClass.PERSONAL


class CalendarEntry(models.Model):
    """What one person's calendar is to say of one sitting, and what was last sent to them. It knows no case.

    ``sequence`` counts changes; where it is above ``sent_sequence``, a message is due. ``meetings`` is to how many
    meetings of the sitting they are invited: with none left it is taken out of their calendar.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="calendar_entries")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    name = models.CharField(max_length=150)
    email = models.EmailField(max_length=254, blank=True, default="")
    meetings = models.PositiveSmallIntegerField(default=0)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    sent_sequence = models.IntegerField(default=-1)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0, help_text="How often it failed since it last went well.")
    next_at = models.DateTimeField(null=True, blank=True, help_text="Not to be tried again before.")
    problem = models.CharField(max_length=200, blank=True, default="")

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "sitting", "person", "name", "meetings", "starts_at", "ends_at"], OPEN),
        **dict.fromkeys(["sequence", "changed_at", "sent_sequence", "sent_at", "tries", "next_at", "problem"], OPEN),
        "email": PERSONAL,
    }

    class Meta:
        ordering = ["sitting", "name", "id"]
        indexes = [
            models.Index(
                fields=["changed_at"], name="calendar_entry_to_send", condition=Q(sequence__gt=F("sent_sequence"))
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "person"], condition=Q(person__isnull=False), name="calendar_once_for_a_person"
            ),
            models.UniqueConstraint(
                fields=["sitting", "email"], condition=Q(person__isnull=True), name="calendar_once_for_an_address"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(email=""), name="calendar_entry_reaches_somebody"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="calendar_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(tries=0, next_at__isnull=True, problem="")
                | Q(tries__gt=0, next_at__isnull=False) & ~Q(problem=""),
                name="calendar_failed_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"calendar entry {self.key}"

    @property
    def is_cancelled(self) -> bool:
        """Whether it is to be taken out of the calendar. Asks for the sitting."""
        return self.meetings == 0 or self.sitting.is_cancelled
