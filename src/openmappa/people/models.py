"""How each person came to what they have here: entries of joining, moving and leaving; codes to set up with; posts."""

from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from openmappa.accounts.models import Area, Unit
from openmappa.core.access import Rank, Role
from openmappa.core.compartments import FieldClass
from openmappa.core.inspection.establishment import PostsFrom
from openmappa.ui.formats import tenths

_ROLES = [(role.value, role.label) for role in Role]
_RANKS = [(rank.value, rank.label) for rank in Rank]


class PostingQuerySet(models.QuerySet["Posting"]):
    """Entries, narrowed in the field's words."""

    def waiting(self) -> "PostingQuerySet":
        """Those that wait for a second person."""
        return self.filter(state=Posting.State.WAITING)


class Posting(models.Model):
    """One entry in a person's history here: the post before and after, who asked, why, and who decided.

    An entry that gives more than the person had waits until a second person has confirmed it. Entries are never
    deleted. A kind of ``confirmed`` changes nothing: somebody looked at what the person can open and found it right.
    """

    class Kind(models.TextChoices):
        JOINED = "joined", "Joined"
        MOVED = "moved", "Moved"
        LEFT = "left", "Left"
        RETURNED = "returned", "Came back"
        CONFIRMED = "confirmed", "Access confirmed"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for a second person"
        DONE = "done", "In force"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="postings")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    state = models.CharField(max_length=20, choices=State.choices)
    name_before = models.CharField(max_length=150, blank=True)
    role_before = models.CharField(max_length=30, choices=_ROLES, blank=True)
    rank_before = models.CharField(max_length=40, choices=_RANKS, blank=True)
    unit_before = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    area_before = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=30, choices=_ROLES)
    rank = models.CharField(max_length=40, choices=_RANKS)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    reason = models.TextField()
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    needs_second = models.BooleanField(default=False)
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "person", "kind", "state", "asked_by", "asked_at"], FieldClass.OPEN),
        **dict.fromkeys(["name_before", "role_before", "rank_before", "unit_before", "area_before"], FieldClass.OPEN),
        **dict.fromkeys(["name", "role", "rank", "unit", "area"], FieldClass.OPEN),
        **dict.fromkeys(["reason", "needs_second", "decided_by", "decided_at", "decision_reason"], FieldClass.OPEN),
    }

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["joined", "moved", "left", "returned", "confirmed"]), name="posting_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True, decided_by__isnull=True)
                | Q(state__in=["done", "refused", "withdrawn"], decided_at__isnull=False),
                name="posting_is_decided_or_waits",
            ),
            models.CheckConstraint(
                condition=Q(needs_second=False)
                | ~Q(state="done")
                | (Q(decided_by__isnull=False, asked_by__isnull=False) & ~Q(decided_by=F("asked_by"))),
                name="posting_that_gives_more_has_two_people",
            ),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=True) | ~Q(asked_by=F("person")), name="posting_is_asked_by_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("person")),
                name="posting_is_decided_by_somebody_else",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="posting_has_a_reason"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="waiting"), name="posting_waits_one_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["person", "asked_at"], name="posting_person")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"

    @property
    def is_waiting(self) -> bool:
        """Whether a second person has yet to decide."""
        return self.state == self.State.WAITING

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """What this entry changed: the field's name, what stood there before, and what stands there after it."""
        rows = [
            ("Name", self.name_before, self.name),
            ("Role", _role(self.role_before), _role(self.role)),
            ("Rank or grade", _rank(self.rank_before), _rank(self.rank)),
            ("Unit", _place(self.unit_before), _place(self.unit)),
            ("Area", _place(self.area_before), _place(self.area)),
        ]
        return [(name, before, after) for name, before, after in rows if before != after]


class SetUpCode(models.Model):
    """A code that its holder chooses a password with, once. Only its hash is kept; a new one replaces an older one."""

    person = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="set_up_code")
    code_hash = models.CharField(max_length=64)
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    made_at = models.DateTimeField()
    until_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "person", "made_by", "made_at", "until_at"], FieldClass.OPEN),
        "code_hash": FieldClass.SENSITIVE,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_at__gt=F("made_at")), name="set_up_code_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return f"Set-up code for {self.person_id}, until {self.until_at:%Y-%m-%d %H:%M}"


class EstablishmentQuerySet(models.QuerySet["Establishment"]):
    """Entries, narrowed in the field's words."""

    def standing(self) -> "EstablishmentQuerySet":
        """Those that nobody found wrong."""
        return self.filter(voided_at__isnull=True)


class Establishment(models.Model):
    """A unit has so many posts of a role from a day on, in whole-time posts to one decimal (8.2).

    ``posts`` is empty where from that day on there are none any more. A row is never changed: another begins on a later
    day; a wrong one is voided, with who did it and why, and stays.
    """

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="establishment", db_index=False)
    role = models.CharField(max_length=30, choices=[(role.value, role.label) for role in Role])
    posts = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    from_on = models.DateField()
    reason = models.TextField()
    entered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    voided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.TextField(default="", blank=True)

    objects = EstablishmentQuerySet.as_manager()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "unit", "role", "posts", "from_on", "reason"], FieldClass.OPEN),
        **dict.fromkeys(["entered_by", "entered_at", "voided_by", "voided_at", "void_reason"], FieldClass.OPEN),
    }

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(posts__isnull=True) | Q(posts__isnull=False, posts__gt=0), name="posts_are_more_than_none"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="posts_have_a_reason"),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="posts_are_of_a_known_role"
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                | Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason=""),
                name="posts_are_voided_by_somebody_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["unit", "role", "from_on"],
                condition=Q(voided_at__isnull=True),
                name="posts_of_a_day_are_entered_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.in_words} from {self.from_on}"

    @property
    def in_words(self) -> str:
        """The number as pages and the log say it: "4", "4.5", "none"."""
        return said(self.posts)

    @property
    def is_voided(self) -> bool:
        """Whether somebody found it wrong."""
        return self.voided_at is not None

    @property
    def posts_from(self) -> PostsFrom:
        """What the arithmetic takes."""
        return PostsFrom(self.from_on, self.posts)


def said(posts: Decimal | None) -> str:
    """A number of posts without a nought behind the point; "none" for None."""
    return "none" if posts is None else tenths(posts)


def _role(value: str) -> str:
    return Role(value).label if value else "None"


def _rank(value: str) -> str:
    return Rank(value).label if value else "None"


def _place(place: Unit | Area | None) -> str:
    return place.name if place else "None"
