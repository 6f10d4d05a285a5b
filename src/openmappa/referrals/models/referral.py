"""A referral to MAPPA: what the referrer says, to which case it belongs, by when it is decided and what came of it.

It stands in the confidential compartment of the case once it is matched to one: what another agency or a neighbour said
must not reach the offender. Until then it is the referrer's and the coordinator's alone (``migrations/0002``).
"""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.cases.models import Case, reach_of
from openmappa.core.access import Role
from openmappa.core.compartments import COMPARTMENTS_OF, Compartment, FieldClass
from openmappa.referrals.words import Outcome

OPEN, PERSONAL, SENSITIVE, VICTIM = FieldClass.OPEN, FieldClass.PERSONAL, FieldClass.SENSITIVE, FieldClass.VICTIM


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Referrals, narrowed in the field's words."""

    def for_screening(self, user: User) -> "ReferralQuerySet":
        """Those sent that this person screens or coordinates, or that belong to a case they read in confidence.

        That one referred somebody oneself opens nothing here: what a screening finds is not for every referrer.
        """
        screens = Q(screeners__person=user, screeners__replaced_at__isnull=True)
        seen = Q(case__isnull=True, area_id__in=reach_of(user).areas)
        if Compartment.CONFIDENTIAL in COMPARTMENTS_OF[Role(user.role)]:
            seen |= Q(case__in=Case.objects.visible_to(user))
        return self.filter(screens | seen, sent_at__isnull=False).distinct()

    def sent(self) -> "ReferralQuerySet":
        """Those that the referrer has sent."""
        return self.filter(sent_at__isnull=False)

    def waiting(self) -> "ReferralQuerySet":
        """Those that were sent and not decided yet."""
        return self.filter(sent_at__isnull=False, decided_at__isnull=True)


class Referral(models.Model):
    """One referral. A draft until ``sent_at``; ``due_on`` is by when it is decided, moved on while more was asked.

    ``name``, ``born_on`` and ``address`` are what the referrer typed in; where it started from a case they are empty.
    ``outcome_words`` go to the referrer, in plain words and without anything of the case.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="referrals", null=True, blank=True)
    matched_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    matched_at = models.DateTimeField(null=True, blank=True)
    referred_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    name = models.CharField(max_length=200, blank=True, default="")
    born_on = models.DateField(null=True, blank=True)
    address = models.CharField(max_length=200, blank=True, default="")
    tests = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    why = models.TextField(blank=True, default="")
    adds = models.TextField(blank=True, default="")
    children = models.BooleanField(null=True)
    children_words = models.TextField(blank=True, default="")
    victims = models.BooleanField(null=True)
    urgent = models.BooleanField(null=True)
    urgent_words = models.TextField(blank=True, default="")
    proposed_level = models.PositiveSmallIntegerField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True, default="")
    reasons = models.TextField(blank=True, default="")
    outcome_words = models.TextField(blank=True, default="")
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ReferralQuerySet.as_manager()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "area", "case", "matched_by", "matched_at", "referred_by", "agency"], OPEN),
        **dict.fromkeys(["started_at", "saved_at", "sent_at", "submission", "due_on", "decided_by"], OPEN),
        **dict.fromkeys(["decided_at", "outcome_words"], OPEN),
        **dict.fromkeys(["name", "born_on", "address"], PERSONAL),
        **dict.fromkeys(["tests", "why", "adds", "children", "children_words", "victims", "urgent"], SENSITIVE),
        **dict.fromkeys(["urgent_words", "proposed_level", "outcome", "reasons"], SENSITIVE),
    }

    class Meta:
        ordering = ["-started_at", "-id"]
        indexes = [
            models.Index(
                fields=["area", "due_on"],
                name="referral_waiting",
                condition=Q(sent_at__isnull=False, decided_at__isnull=True),
            ),
            models.Index(fields=["referred_by", "-started_at"], name="referral_of_referrer"),
            models.Index(fields=["area", "decided_at"], name="referral_decided"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=["", *Outcome.values]), name="referral_outcome_is_known"),
            models.CheckConstraint(
                condition=Q(proposed_level__isnull=True) | Q(proposed_level__in=[1, 2, 3]),
                name="referral_proposes_level_1_to_3",
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=True, matched_by__isnull=True, matched_at__isnull=True)
                | Q(case__isnull=False, matched_by__isnull=False, matched_at__isnull=False),
                name="referral_matched_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, due_on__isnull=True) | Q(sent_at__isnull=False, due_on__isnull=False),
                name="referral_sent_has_a_day_it_is_due",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True)
                | (Q(case__isnull=False) | ~Q(name=""))
                & ~Q(why="")
                & ~Q(adds="")
                & Q(children__isnull=False, victims__isnull=False, urgent__isnull=False)
                & Q(proposed_level__isnull=False),
                name="referral_sent_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, outcome="", reasons="")
                | Q(
                    sent_at__isnull=False,
                    decided_at__isnull=False,
                    decided_at__gte=F("sent_at"),
                    decided_by__isnull=False,
                )
                & ~Q(outcome="")
                & ~Q(reasons=""),
                name="referral_decided_by_somebody_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", Outcome.NOT_MAPPA]) | Q(case__isnull=False),
                name="referral_gives_a_level_to_a_case",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What people call it; it says nothing of any case."""
        return f"R{self.pk:05}"

    @property
    def is_draft(self) -> bool:
        """Whether the referrer is still writing it."""
        return self.sent_at is None

    @property
    def is_decided(self) -> bool:
        """Whether it has come to something."""
        return self.decided_at is not None

    @property
    def was_late(self) -> bool:
        """Whether it was decided after its day."""
        if self.decided_at is None or self.due_on is None:
            return False
        return timezone.localdate(self.decided_at) > self.due_on

    @property
    def outcome_in_words(self) -> Outcome | None:
        """The outcome, None while there is none."""
        return Outcome(self.outcome) if self.outcome else None


class VictimPart(models.Model):
    """What the referrer says of victims at risk. Once matched it stands in the victim compartment of the case."""

    referral = models.OneToOneField(Referral, on_delete=models.CASCADE, related_name="victim_part")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    text = models.TextField()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "referral", "case"], OPEN),
        "text": VICTIM,
    }

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="victim_part_says_something")]

    def __str__(self) -> str:
        return f"victims, referral {self.referral_id}"


class MoreAsked(models.Model):
    """What the coordinator asked of the referrer, and what they answered. Until then the clock stands still."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="asked")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    words = models.TextField()
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "referral", "case", "asked_by", "asked_at", "answered_at"], OPEN),
        **dict.fromkeys(["words", "answer"], SENSITIVE),
    }

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="more_asked_says_what"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False, answered_at__gte=F("asked_at")),
                name="more_asked_answered_at_an_instant",
            ),
            models.UniqueConstraint(
                fields=["referral"], condition=Q(answered_at__isnull=True), name="more_asked_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"asked of referral {self.referral_id}"
