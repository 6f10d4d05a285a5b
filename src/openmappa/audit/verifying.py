"""Whether the log still is what was sealed, worked out without trusting anything the database says about itself.

The digests are computed here, from the rows as they stand. A seal hangs on the one before, so that a copy of one seal,
kept elsewhere, vouches for every row up to its day.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, count
from typing import Any, NamedTuple

from django.db.models import QuerySet, TextField
from django.db.models.expressions import RawSQL

from openmappa.audit.models import Change, Event, Link, Seal

START = bytes(32)
"""What the first seal hangs on."""
KINDS = ("event", "change")
AT = "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"
ERASED = "erased content"
CONTENT = (
    f"CASE WHEN {{0}} ? '{ERASED}' THEN {{0}} ->> '{ERASED}' "
    "ELSE encode(sha256(convert_to({0}::text, 'UTF8')), 'hex') END"
)
TEXTS: Mapping[str, str] = {
    "event": f"jsonb_build_array('event', id, {AT}, by_id, case_id, correlation, by_name, agency, role, verb, "
    f"operation, outcome, channel, acting, recipient, classes, case_ids, {CONTENT.format('about')})::text",
    "change": f"jsonb_build_array('change', id, {AT}, by_id, job, login, acting, correlation, in_table, operation, "
    f"row_id, row_ids::text, row_count, case_id, person_id, columns, {CONTENT.format('before')})::text",
}
"""How a row is written out for its digest; the same as in the migration that makes the seals.

What it says (``about``, ``before``) counts by its own digest: the content can be erased when a case is disposed of, and
the digest stands in its place, under the name ``ERASED``.
"""


class SealCopy(NamedTuple):
    """A seal as it stands in the database, or in a file outside it. The last three are in hexadecimal."""

    day: date
    sealed_at: datetime
    events: int
    changes: int
    first_row: str
    last_row: str
    chain: str
    previous: str
    hash: str

    @property
    def rightly_hashed(self) -> bool:
        """Whether the hash is that of everything else in the seal."""
        words = [
            "openmappa seal 1",
            self.day.isoformat(),
            self.sealed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f"),
            *self[2:8],
        ]
        return hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest() == self.hash

    def as_line(self) -> str:
        """The seal as a line of JSON."""
        return json.dumps(
            {**self._asdict(), "day": self.day.isoformat(), "sealed_at": self.sealed_at.astimezone(UTC).isoformat()}
        )


class Row(NamedTuple):
    """One row of the log on its day: its place, and how it is written out."""

    kind: int
    at: datetime
    number: int
    text: str

    @property
    def key(self) -> tuple[int, datetime, int]:
        """Where it stands among the rows of its day."""
        return self[:3]


class UnreadableCopy(Exception):
    """A file of seals cannot be read; the message says which line and why."""


def seals() -> list[SealCopy]:
    """Every seal, oldest first."""
    return [
        SealCopy(
            *(getattr(seal, name) for name in SealCopy._fields[:6]),
            *(bytes(getattr(seal, name)).hex() for name in SealCopy._fields[6:]),
        )
        for seal in Seal.objects.order_by("day")
    ]


def read_copy(lines: Iterable[str]) -> list[SealCopy]:
    """The seals in a file that ``as_line`` wrote. Raises ``UnreadableCopy``, also where a line was changed since."""
    copies = []
    for number, line in enumerate(lines, 1):
        try:
            found: dict[str, Any] = json.loads(line)
            days = {"day": date.fromisoformat(found["day"]), "sealed_at": datetime.fromisoformat(found["sealed_at"])}
            copy = SealCopy(**{**found, **days})
            right = copy.rightly_hashed
        except (ValueError, TypeError, KeyError, AttributeError):
            raise UnreadableCopy(f"Line {number} of the copy is no seal.") from None
        if not right:
            raise UnreadableCopy(f"Line {number} of the copy was changed after it was written: its hash does not fit.")
        copies.append(copy)
    return copies


def fault_among(found: Sequence[SealCopy], copies: Sequence[SealCopy] = ()) -> str | None:
    """What is wrong with the seals themselves, or against copies from outside; None where nothing is."""
    before: SealCopy | None = None
    for seal in found:
        missing = before.day + timedelta(days=1) if before else seal.day
        if seal.day != missing:
            return f"There is no seal of {written(missing)}, though there is one of {written(seal.day)}."
        if seal.previous != (before.hash if before else START.hex()):
            return f"The seal of {written(seal.day)} does not hang on the seal of the day before."
        if not seal.rightly_hashed:
            return f"The seal of {written(seal.day)} was changed: its hash does not fit what it says."
        before = seal
    by_day = {seal.day: seal for seal in found}
    for copy in sorted(copies):
        if copy.day not in by_day:
            return f"The seal of {written(copy.day)} is in the copy but not in the database: the log was cut off there."
        if by_day[copy.day].hash != copy.hash:
            return (
                f"The seal of {written(copy.day)} is not the one in the copy: the log was written anew up to that day."
            )
    return None


def fault_of(seal: SealCopy) -> str | None:
    """What is wrong with the rows of a sealed day, naming the first; None where they are what was sealed."""
    so_far, counted, first = bytes.fromhex(seal.previous), [0, 0], None
    links, position = _links(seal.day), count(1)
    link = next(links, None)
    for row in rows_of(seal.day):
        so_far = hashlib.sha256(so_far + row.text.encode()).digest()
        counted[row.kind] += 1
        if first is None:
            first = _difference(row, link, so_far, next(position))
            link = next(links, None)
    if first is None and link is not None:
        first = f"{named(link.kind, link.row_id, link.row_at)} was removed."
    if so_far.hex() == seal.chain and counted == [seal.events, seal.changes]:
        return first and (
            f"Every row of {written(seal.day)} is what was sealed, but the chain that is kept beside them was changed."
        )
    return first or f"The rows of {written(seal.day)} and their chain were written anew: they do not end in the seal."


def first_fault(found: Sequence[SealCopy], days: Sequence[SealCopy], copies: Sequence[SealCopy] = ()) -> str | None:
    """The first thing that is wrong: with the seals ``found``, against ``copies``, then with the rows of ``days``."""
    fault = fault_among(found, copies)
    if fault is None and days and days[0] == found[0]:
        fault = fault_before(days[0].day)
    for day in days:
        fault = fault or fault_of(day)
    return fault


def _difference(row: Row, link: Link | None, digest: bytes, position: int) -> str | None:
    """How a row differs from the link that should be its own."""
    if link is not None:
        key = (KINDS.index(link.kind), link.row_at, link.row_id)
        if key == row.key:
            same = bytes(link.chain) == digest and link.position == position
            return None if same else f"{named(KINDS[row.kind], row.number, row.at)} was changed."
        if key < row.key:
            return f"{named(link.kind, link.row_id, link.row_at)} was removed."
    return f"{named(KINDS[row.kind], row.number, row.at)} was added after its day was sealed."


def rows_of(day: date) -> Iterator[Row]:
    """The rows of a day (of UTC) in the order in which they are sealed: first the events, then the changes."""
    begins = datetime.combine(day, time(), UTC)
    asked = {"at__gte": begins, "at__lt": begins + timedelta(days=1)}
    events = _rows(0, Event.objects.filter(**asked))
    return chain(events, _rows(1, Change.objects.filter(**asked)))


def _rows(kind: int, found: "QuerySet[Event] | QuerySet[Change]") -> Iterator[Row]:
    text = RawSQL(TEXTS[KINDS[kind]], (), TextField())  # noqa: S611 - fixed text, nothing of anybody's  # nosec B611
    for at, number, line in found.order_by("at", "id").values_list("at", "id", text).iterator():
        yield Row(kind, at, number, line)


def _links(day: date) -> Iterator[Link]:
    return Link.objects.filter(day=day).order_by("position").iterator()


def fault_before(day: date) -> str | None:
    """The first row that says it is older than the first sealed day: it was added later."""
    older = {"at__lt": datetime.combine(day, time(), UTC)}
    event = Event.objects.filter(**older).order_by("at", "id").first()
    change = Change.objects.filter(**older).order_by("at", "id").first()
    for kind, found in (("event", event), ("change", change)):
        if found is not None:
            return f"{named(kind, found.pk, found.at)} was added after its day was sealed."
    return None


def named(kind: str, number: int, at: datetime) -> str:
    """A row of the log in words, its time in UTC."""
    return f"{kind.capitalize()} {number} of {written(at.astimezone(UTC).date())}, {at.astimezone(UTC):%H:%M:%S} UTC,"


def so_many(number: int, thing: str) -> str:
    """A number of things: ``1 row``, ``2 rows``."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def written(day: date) -> str:
    """A day in words."""
    return f"{day.day} {day:%B %Y}"
