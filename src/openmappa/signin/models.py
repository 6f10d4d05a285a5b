"""Where people are signed in, what was tried in vain, and who somebody is at their agency's own sign-in.

Passwords stand with the person (``accounts.User``); authenticator apps, passkeys and recovery codes in the tables of
``allauth.mfa``, their secrets encrypted. None of these tables holds anything of a case.
"""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from openmappa.core.compartments import FieldClass


class How(models.TextChoices):
    """By what a person proved who they are."""

    PASSWORD = "password", "password"
    APP = "app", "code from an app"
    PASSKEY = "passkey", "passkey"
    RECOVERY_CODE = "recovery_code", "recovery code"
    AGENCY = "agency", "their agency’s own sign-in"


class Ended(models.TextChoices):
    """Why a session is over."""

    SIGNED_OUT = "signed_out", "signed out"
    IDLE = "idle", "nothing was done for too long"
    TOO_OLD = "too_old", "it had lasted as long as one may"
    BY_THEM = "by_them", "ended from another session"
    BY_ADMINISTRATOR = "by_administrator", "ended by an administrator"
    PASSWORD_CHANGED = "password_changed", "the password was changed"
    NOT_PROVED = "not_proved", "who it was could not be proved again"


class OpenSessionQuerySet(models.QuerySet["OpenSession"]):
    """Sessions, narrowed."""

    def open(self) -> "OpenSessionQuerySet":
        """Those that nothing has ended yet. One of them may be idle for too long and not have been noticed."""
        return self.filter(ended_at__isnull=True)


class OpenSession(models.Model):
    """One browser in which one person is signed in, from sign-in until it ends.

    This row, not the cookie, says until when: it is read at every request. ``session_key`` is Django's, forgotten when
    the session ends. ``proved_at`` is when the person last proved who they are.
    """

    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, unique=True, null=True)  # noqa: DJ001 - empty would not be unique
    how = models.CharField(max_length=20, choices=How.choices)
    provider = models.CharField(max_length=50, blank=True, help_text="Which agency's own sign-in it came from.")
    second_factor = models.BooleanField(default=False)
    address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)
    proved_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=20, choices=Ended.choices, blank=True)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "person", "how", "provider", "second_factor"], FieldClass.OPEN),
        **dict.fromkeys(["started_at", "last_seen_at", "proved_at", "ended_at", "ended_because"], FieldClass.OPEN),
        **dict.fromkeys(["session_key", "address", "browser"], FieldClass.SENSITIVE),
    }

    objects = OpenSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-last_seen_at"]
        indexes = [models.Index(fields=["person"], name="session_open", condition=Q(ended_at__isnull=True))]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_because="", session_key__isnull=False)
                | (Q(ended_at__isnull=False, session_key__isnull=True) & ~Q(ended_because="")),
                name="session_ended_for_a_reason_and_its_key_forgotten",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} since {self.started_at:%Y-%m-%d %H:%M}"


class FailedAttempt(models.Model):
    """One attempt to prove who somebody is that failed; kept for a day.

    ``subject`` is a keyed digest of the name that was typed, since people type passwords there too. A name that
    nobody has is counted like any other, so that being locked out tells nothing.
    """

    subject = models.CharField(max_length=64)
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField(default=timezone.now)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        "id": FieldClass.OPEN,
        "at": FieldClass.OPEN,
        **dict.fromkeys(["subject", "address"], FieldClass.SENSITIVE),
    }

    class Meta:
        indexes = [
            models.Index(fields=["subject", "at"], name="failed_attempt_subject"),
            models.Index(fields=["address", "at"], name="failed_attempt_address"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} from {self.address}"


class OutsideIdentity(models.Model):
    """Who a person of ours is at their agency's own sign-in; ``subject`` is the lasting name it has for them."""

    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    provider = models.CharField(max_length=50)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField(default=timezone.now)
    linked_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        help_text="Empty when the agency's sign-in gave the person's user name.",
    )

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "person", "provider", "linked_at", "linked_by"], FieldClass.OPEN),
        "subject": FieldClass.SENSITIVE,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "subject"], name="outside_identity_is_one_persons"),
            models.UniqueConstraint(fields=["provider", "person"], name="outside_identity_one_for_each_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.provider}"
