"""Seats on the board: given to somebody, changed, and ended."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from openmappa.accounts.models import Agency, Area, User
from openmappa.audit.services import log
from openmappa.board.errors import NotKept
from openmappa.board.models.seats import Member
from openmappa.board.services.keeping import Submission, refuse_what_has_changed, require_to_keep
from openmappa.core.board.seats import SeatKind

FIELDS = ("kind", "agency", "person", "name", "post", "speaks_for", "deputy", "chairs", "from_on")


@dataclass(frozen=True)
class SeatSaid:
    """What a form says of a seat. ``person`` has a sign-in; otherwise ``name`` says who it is."""

    kind: SeatKind
    from_on: date
    agency: Agency | None = None
    person: User | None = None
    name: str = ""
    post: str = ""
    speaks_for: str = ""
    deputy: str = ""
    chairs: bool = False


def give_seat(*, by: User, area: Area, said: SeatSaid, submission: Submission = None) -> Member:
    """Give somebody a seat. The same form sent again returns the first. Raises NotAllowed, AnotherArea, NotKept."""
    require_to_keep(by, area.pk)
    with transaction.atomic():
        earlier = Member.objects.filter(submission=submission).first() if submission else None
        if earlier is not None:
            return earlier
        row = Member(submission=submission, area=area, added_by=by, added_at=timezone.now())
        _fill(row, said)
        row.save()
        log(by=by, verb="give seat on the board", about={"seat": str(row.key), "kind": row.kind})
        return row


def change_seat(*, by: User, member: Member, said: SeatSaid, version: int | None = None) -> Member:
    """Change who has a seat or how. Raises NotAllowed, AnotherArea, NotKept, ChangedSince."""
    require_to_keep(by, member.area_id)
    with transaction.atomic():
        row = _standing(member)
        refuse_what_has_changed(version, row.version)
        _fill(row, said)
        row.version = F("version") + 1
        row.save(update_fields=[*FIELDS, "version"])
        row.refresh_from_db(fields=["version"])
        log(by=by, verb="change seat on the board", about={"seat": str(row.key)})
        return row


def end_seat(*, by: User, member: Member, until_on: date) -> Member:
    """End somebody's time on the board; on its last day they still have the seat. Raises NotAllowed, NotKept."""
    require_to_keep(by, member.area_id)
    with transaction.atomic():
        row = _standing(member)
        if until_on < row.from_on:
            raise NotKept({"until_on": "The last day must not be before the first"})
        row.until_on, row.ended_by, row.ended_at = until_on, by, timezone.now()
        row.save(update_fields=["until_on", "ended_by", "ended_at"])
        log(by=by, verb="end seat on the board", about={"seat": str(row.key), "until": until_on})
        return row


def _standing(member: Member) -> Member:
    """The seat, locked, while nobody has ended it."""
    row = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if row.until_on is not None:
        raise NotKept({"": "The end of this seat is on record already. Give a new seat instead."})
    return row


def _fill(row: Member, said: SeatSaid) -> None:
    problems = {}
    if said.kind is not SeatKind.LAY and said.agency is None:
        problems["agency"] = "Select the agency. Only a lay adviser sits for none"
    if said.person is None and not said.name.strip():
        problems["name"] = "Choose the person above, or write their name"
    others = Member.objects.filter(area=row.area, until_on__isnull=True).exclude(pk=row.pk)
    if said.chairs and others.filter(chairs=True).exists():
        problems["chairs"] = "Somebody else has the chair. End that, or take the chair from them, first"
    if said.person is not None and others.filter(person=said.person).exists():
        problems["person"] = "This person has a seat on the board already"
    if problems:
        raise NotKept(problems)
    row.kind, row.from_on, row.chairs = said.kind.value, said.from_on, said.chairs
    row.agency, row.person = (None if said.kind is SeatKind.LAY else said.agency), said.person
    row.name = "" if said.person is not None else said.name.strip()
    row.post, row.speaks_for, row.deputy = said.post.strip(), said.speaks_for.strip(), said.deputy.strip()
