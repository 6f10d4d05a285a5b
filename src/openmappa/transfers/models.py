"""Transfers of a case from one area to another, who approved them, and how coordinators are reached."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from openmappa.accounts.models import User
from openmappa.cases.models import Case, reach_of
from openmappa.core.access import Permission, Role
from openmappa.core.compartments import FieldClass
from openmappa.core.packs.load import IN_SERVICE, load_transfers
from openmappa.transfers.words import OPEN, Kind, Side, State

CLASS_OPEN, PERSONAL, SENSITIVE = FieldClass.OPEN, FieldClass.PERSONAL, FieldClass.SENSITIVE
ENDED = (State.ACCEPTED, State.DECLINED, State.RECALLED)


class TransferQuerySet(models.QuerySet["Transfer"]):
    """Transfers, narrowed in the field's words."""

    def visible_to(self, user: User) -> "TransferQuerySet":
        """Those of cases that this person sees; for coordinators those from and to their area; at the levels that ask
        for one, for chief officers of either side. Row-level security says the same (``migrations/0002``)."""
        if not user.may(Permission.ASK_FOR_TRANSFER):
            return self.none()
        areas = list(reach_of(user).areas)
        brokered = Q(from_area_id__in=areas) | Q(to_area_id__in=areas)
        rules = load_transfers(IN_SERVICE[0]).chief_officer
        if user.role == Role.LINE_MANAGER and user.rank in rules.ranks and user.area_id is not None:
            own = Q(from_area_id=user.area_id) | Q(to_area_id=user.area_id)
            brokered |= own & Q(level__in=rules.levels)
        seen = Q(case__in=Case.objects.visible_to(user))
        return self.filter(seen | Q(restricted=False) & brokered | Q(restricted=True, sent_by=user))

    def open(self) -> "TransferQuerySet":
        """Those asked for or sent."""
        return self.filter(state__in=OPEN)


class Transfer(models.Model):
    """One case on its way to another area: asked for, sent, and accepted, declined or recalled. It is never deleted.

    ``reference``, ``name``, ``born_on``, ``level`` and ``category`` are the case's when it was asked for: what the
    receiving coordinator reads before answering, and the sending area's receipt afterwards. ``answers`` are those to
    the pack's checklist. ``meeting_on`` is the day of the meeting that it rests on. ``handed_over_at`` is the instant
    at which responsibility passed (``cases.Responsibility``). ``returns`` is the transfer that this one gives back.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.TRANSFER)
    returns = models.ForeignKey("self", on_delete=models.PROTECT, related_name="given_back_by", null=True)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="transfers")
    state = models.CharField(max_length=12, choices=State.choices, default=State.ASKED)
    from_area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    to_area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=60)
    name = models.CharField(max_length=310)
    born_on = models.DateField()
    level = models.PositiveSmallIntegerField(null=True)
    category = models.PositiveSmallIntegerField(null=True)
    restricted = models.BooleanField(default=False)

    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reasons = models.TextField()
    proposed_on = models.DateField(null=True)
    address = models.TextField(blank=True, default="")
    answers = models.JSONField(default=dict)

    sent_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    sent_at = models.DateTimeField(null=True)
    meeting_on = models.DateField(null=True)
    invited_how = models.TextField(blank=True, default="")
    due_on = models.DateField(null=True)
    reminded_on = models.DateField(null=True)

    ended_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=40, blank=True, default="")
    end_words = models.TextField(blank=True, default="")
    handed_over_at = models.DateTimeField(null=True)
    police_officer = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    case_manager = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    submission = models.UUIDField(null=True, unique=True)

    objects = TransferQuerySet.as_manager()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "kind", "returns", "case", "state", "from_area", "to_area"], CLASS_OPEN),
        **dict.fromkeys(["reference", "level", "category", "restricted", "asked_by", "asked_at"], CLASS_OPEN),
        **dict.fromkeys(["proposed_on", "sent_by", "sent_at", "meeting_on", "due_on", "reminded_on"], CLASS_OPEN),
        **dict.fromkeys(["ended_by", "ended_at", "ground", "handed_over_at", "submission"], CLASS_OPEN),
        **dict.fromkeys(["police_officer", "case_manager"], CLASS_OPEN),
        **dict.fromkeys(["name", "born_on"], PERSONAL),
        **dict.fromkeys(["address", "reasons", "answers", "invited_how", "end_words"], SENSITIVE),
    }

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [
            models.Index(fields=["from_area", "state"], name="transfer_from"),
            models.Index(fields=["to_area", "state"], name="transfer_to"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="transfer_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="transfer_state_is_known"),
            models.CheckConstraint(
                condition=(Q(kind="give_back") & Q(returns__isnull=False))
                | (~Q(kind="give_back") & Q(returns__isnull=True)),
                name="transfer_gives_back_another",
            ),
            models.CheckConstraint(condition=~Q(from_area=F("to_area")), name="transfer_is_between_two_areas"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["asked", "sent"]), name="transfer_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__in=[1, 2, 3]), name="transfer_level_is_1_to_3"
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="transfer_has_reasons"),
            models.CheckConstraint(
                condition=(
                    Q(sent_at__isnull=True, sent_by__isnull=True, due_on__isnull=True)
                    & ~Q(state__in=["sent", "accepted", "declined"])
                )
                | (Q(sent_at__isnull=False, sent_by__isnull=False, due_on__isnull=False) & ~Q(state="asked")),
                name="transfer_sent_by_somebody",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=["accepted", "declined", "recalled"])
                    & Q(ended_at__isnull=False, ended_by__isnull=False)
                )
                | (
                    ~Q(state__in=["accepted", "declined", "recalled"]) & Q(ended_at__isnull=True, ended_by__isnull=True)
                ),
                name="transfer_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="declined") & ~Q(ground="") & ~Q(end_words="") | ~Q(state="declined") & Q(ground=""),
                name="transfer_declined_on_a_ground",
            ),
            models.CheckConstraint(
                condition=~Q(state="recalled") | ~Q(end_words=""), name="transfer_recalled_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", handed_over_at__isnull=False)
                & (Q(police_officer__isnull=False) | Q(case_manager__isnull=False))
                | ~Q(state="accepted")
                & Q(handed_over_at__isnull=True, police_officer__isnull=True, case_manager__isnull=True),
                name="transfer_accepted_by_naming_people",
            ),
        ]

    def __str__(self) -> str:
        return f"transfer {self.key}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state in OPEN

    @property
    def gives_back(self) -> bool:
        """Whether it gives a case back after a transfer in error."""
        return self.kind == Kind.GIVE_BACK

    def is_late_on(self, day: date) -> bool:
        """Whether the receiving area should have answered before this day."""
        return self.state == State.SENT and self.due_on is not None and self.due_on < day


class Approval(models.Model):
    """A chief officer of one side approved a transfer, with their rank then."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="approvals")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=12, choices=Side.choices)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    rank = models.CharField(max_length=40)
    at = models.DateTimeField()
    words = models.TextField()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "transfer", "case", "side", "by", "rank", "at"], CLASS_OPEN),
        "words": SENSITIVE,
    }

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="approval_side_is_known"),
            models.UniqueConstraint(fields=["transfer", "side"], name="approval_once_a_side"),
            models.CheckConstraint(condition=~Q(words=""), name="approval_says_why"),
        ]

    def __str__(self) -> str:
        return f"approval of transfer {self.transfer_id}, {self.side}"


class ContactDetails(models.Model):
    """How a coordinator is reached, as they wrote it themselves; all who open cases read it."""

    person = models.OneToOneField("accounts.User", on_delete=models.PROTECT, primary_key=True, related_name="+")
    phone = models.CharField(max_length=40, blank=True, default="")
    email = models.EmailField(max_length=254, blank=True, default="")
    hours = models.CharField(max_length=150, blank=True, default="")
    changed_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["person", "phone", "email", "hours", "changed_at"], CLASS_OPEN
    )

    class Meta:
        verbose_name_plural = "contact details"

    def __str__(self) -> str:
        return f"contact details of person {self.pk}"
