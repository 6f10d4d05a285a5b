"""What the service tells one person: that something happened which they should look at."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from openmappa.core.compartments import FieldClass


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices, narrowed in the reader's words."""

    def unread(self) -> "NoticeQuerySet":
        """Those that nobody has marked as read."""
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One sentence to one person. It never holds a name or anything of a case beyond its reference.

    ``case_id`` is a number and no foreign key: a notice may be about a case that its reader cannot see, and it does not
    stand in the way when a case is disposed of.
    """

    to = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=40)
    words = models.CharField(max_length=300)
    case_id = models.BigIntegerField(null=True)
    link = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True, help_text="By when the person does what it asks for.")
    mailed_at = models.DateTimeField(null=True, help_text="When a message that it is there was handed over.")

    objects = NoticeQuerySet.as_manager()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        "id": FieldClass.OPEN,
        "to": FieldClass.OPEN,
        "kind": FieldClass.OPEN,
        "words": FieldClass.OPEN,
        "case_id": FieldClass.OPEN,
        "link": FieldClass.OPEN,
        "at": FieldClass.OPEN,
        "read_at": FieldClass.OPEN,
        "due_on": FieldClass.OPEN,
        "mailed_at": FieldClass.OPEN,
    }

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["to", "-at"], name="notice_newest_first"),
            models.Index(fields=["to"], name="notice_unread", condition=Q(read_at__isnull=True)),
            models.Index(
                fields=["to", "at"],
                name="notice_to_be_mailed",
                condition=Q(read_at__isnull=True, mailed_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="/") & ~Q(link__startswith="//"),
                name="notice_links_stay_within_the_service",
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(read_at__gte=models.F("at")),
                name="notice_is_read_after_it_was_sent",
            ),
            models.CheckConstraint(
                condition=Q(mailed_at__isnull=True) | Q(mailed_at__gte=models.F("at")),
                name="notice_is_mailed_after_it_was_sent",
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Mailing(models.Model):
    """How sending messages to one person goes: when the last went out, and when to try again after it failed.

    A row is locked while its person's message is handed over, so that two senders never send the same.
    """

    person = models.OneToOneField("accounts.User", on_delete=models.PROTECT, primary_key=True, related_name="mailing")
    sent_at = models.DateTimeField(null=True)
    digest_on = models.DateField(null=True, help_text="The day of the last digest.")
    tries = models.PositiveSmallIntegerField(default=0, help_text="How often it failed since it last went well.")
    next_at = models.DateTimeField(null=True, help_text="Not to be tried again before.")
    problem = models.CharField(max_length=200, blank=True, default="")

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["person", "sent_at", "digest_on", "tries", "next_at", "problem"], FieldClass.OPEN
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(tries=0, next_at__isnull=True, problem="")
                | Q(tries__gt=0, next_at__isnull=False) & ~Q(problem=""),
                name="mailing_failed_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"mail to {self.person_id}"
