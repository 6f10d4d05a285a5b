"""The append-only log: one event for each thing a person did; the history of every row; and the seals over both."""

from collections.abc import Mapping
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Coalesce, Now

from openmappa.core.compartments import FieldClass


class Operation(models.TextChoices):
    """What an event did with personal data: the six operations of section 62, and access to the service itself."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"
    ACCESS = "access", "Access: signing in, settings, refusals"


class Outcome(models.TextChoices):
    """Whether it was done, or was asked for and refused."""

    DONE = "done"
    REFUSED = "refused"


class Channel(models.TextChoices):
    """The way it was done."""

    WEB = "web"
    COMMAND = "command", "Command line"
    API = "api", "API"
    PRINT = "print"
    EXPORT = "export"


class Event(models.Model):
    """One thing that somebody did to the record or saw of it, written in the same transaction as the deed.

    Names and ids stand here as values, not as foreign keys: the log outlives what it speaks of. Rows are never changed
    or deleted. The table is divided by month (of UTC); its indexes, made in SQL, are by instant, by person, by case and
    by case shown. A question that begins with none of them reads every month.
    """

    at = models.DateTimeField(db_default=Now())
    by_id = models.BigIntegerField(null=True, help_text="The person's row; empty when a command did it.")
    by_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=150, default="")
    role = models.CharField(max_length=30, default="")
    verb = models.CharField(max_length=60)
    operation = models.CharField(max_length=20, choices=Operation.choices, default=Operation.ALTERATION)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.DONE)
    channel = models.CharField(
        max_length=10,
        choices=Channel.choices,
        db_default=Coalesce(models.Func(function="access_channel"), models.Value("command")),
    )
    acting = models.CharField(
        max_length=60,
        db_default=Coalesce(models.Func(function="access_acting"), models.Value("")),
        help_text="What gave the right, beyond the person's own: break_glass, cover.",
    )
    case_id = models.BigIntegerField(null=True)
    case_ids = ArrayField(models.BigIntegerField(), default=list, help_text="The cases that a list showed.")
    classes = ArrayField(models.TextField(), default=list, help_text="The classes of the fields that were shown.")
    recipient = models.CharField(max_length=300, default="", help_text="To whom it was disclosed.")
    about = models.JSONField(default=dict)
    correlation = models.UUIDField(
        db_default=models.Func(function="access_correlation"), help_text="The same for everything one request did."
    )

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "at", "by_id", "by_name", "agency", "role", "verb", "operation"], FieldClass.OPEN),
        **dict.fromkeys(["outcome", "channel", "acting", "classes", "recipient", "correlation"], FieldClass.OPEN),
        **dict.fromkeys(["case_id", "case_ids", "about"], FieldClass.PERSONAL),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(operation__in=Operation.values), name="event_operation_is_known"),
            models.CheckConstraint(condition=models.Q(outcome__in=Outcome.values), name="event_outcome_is_known"),
            models.CheckConstraint(condition=models.Q(channel__in=Channel.values), name="event_channel_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by_name}: {self.verb}"


class Change(models.Model):
    """What a statement did to rows of a table, written by the database's own triggers.

    Bulk writes and raw SQL are included. One row for each row changed or deleted, one for all the rows that a statement
    added. What a row was before stands in the column ``before``, which is no field here: it holds the content of cases,
    victims' and intelligence included, and the application's role may not read it.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    job = models.TextField()
    login = models.TextField(help_text="The database login, which tells who changed a row without the service.")
    acting = models.TextField()
    correlation = models.UUIDField()
    in_table = models.TextField()
    operation = models.TextField()
    row_id = models.BigIntegerField(null=True)
    row_count = models.IntegerField()
    case_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    columns = ArrayField(models.TextField(), default=list)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "at", "by_id", "job", "login", "acting", "correlation", "in_table"], FieldClass.OPEN),
        **dict.fromkeys(["operation", "row_id", "row_count", "columns"], FieldClass.OPEN),
        **dict.fromkeys(["case_id", "person_id"], FieldClass.PERSONAL),
    }

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.operation} {self.in_table} {self.row_id or self.row_count}"


class Seal(models.Model):
    """One day's rows of both tables, closed: its hash is worked out from them and from the seal of the day before."""

    day = models.DateField(primary_key=True, help_text="A day of UTC.")
    sealed_at = models.DateTimeField()
    events = models.BigIntegerField()
    changes = models.BigIntegerField()
    first_row = models.TextField()
    last_row = models.TextField()
    chain = models.BinaryField(help_text="The digest of the day's last row, or the hash before where there is none.")
    previous = models.BinaryField()
    hash = models.BinaryField()

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["day", "sealed_at", "events", "changes", "first_row", "last_row", "chain", "previous", "hash"], FieldClass.OPEN
    )

    def __str__(self) -> str:
        return f"{self.day}: {self.events} events, {self.changes} changes"


class Link(models.Model):
    """One row of a sealed day: which it is, where it stands, and the digest of everything up to it."""

    pk = models.CompositePrimaryKey("day", "position")
    day = models.DateField()
    position = models.IntegerField()
    row_id = models.BigIntegerField()
    row_at = models.DateTimeField()
    kind = models.TextField()
    chain = models.BinaryField()

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["day", "position", "row_id", "row_at", "kind", "chain"], FieldClass.OPEN
    )

    def __str__(self) -> str:
        return f"{self.day} {self.position}: {self.kind} {self.row_id}"
