"""Entries of the library: written by a board, withdrawn again, and brought along by a published report."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.good_practice.errors import NotKept, NotTheirs
from openmappa.good_practice.models import Practice
from openmappa.good_practice.queries import Found, framework, withdraws

TITLE = 200


@dataclass(frozen=True)
class PracticeSaid:
    """What an entry says. ``criterion`` is the code of one of the framework; ``shows`` what came of it."""

    title: str
    text: str
    shows: str
    criterion: str
    source: str


def add_practice(
    *, by: User, said: PracticeSaid, submission: uuid.UUID | None = None, at: datetime | None = None
) -> Practice:
    """Write an entry of one's own area. The same form sent again returns the first. Raises NotAllowed, NotKept.

    ``at`` is when it was written, of one that is entered later; now where it is left out.
    """
    require(by, Permission.KEEP_BOARD)
    titles = {one.code: one.title for one in framework().criteria}
    problems = {}
    if by.area is None:
        problems[""] = "Only somebody of an area writes for its board."
    if said.criterion not in titles:
        problems["criterion"] = "Select the criterion that it serves"
    for field, words in (
        ("title", "Say what it is"),
        ("text", "Say what was done"),
        ("source", "Say where it is from"),
    ):
        if not getattr(said, field).strip():
            problems[field] = words
    if problems:
        raise NotKept(problems)
    with transaction.atomic():
        earlier = Practice.objects.filter(submission=submission).first() if submission else None
        if earlier is not None:
            return earlier
        row = Practice.objects.create(
            submission=submission,
            area=by.area,
            title=said.title.strip(),
            text=said.text.strip(),
            shows=said.shows.strip(),
            criterion=said.criterion,
            criterion_title=titles[said.criterion],
            came_from=Practice.CameFrom.BOARD,
            source=said.source.strip(),
            added_by=by,
            added_at=at or timezone.now(),
        )
        log(by=by, verb="add good practice", about={"practice": str(row.key), "criterion": row.criterion})
        return row


def withdraw_practice(*, by: User, practice: Practice, why: str) -> Practice:
    """Take an entry out of the library, with the reason; it stays on record. Raises NotAllowed, NotTheirs, NotKept."""
    require(by, Permission.KEEP_BOARD)
    if not withdraws(by, practice):
        raise NotTheirs("The board that wrote an entry withdraws it; one of a report goes when that is corrected.")
    if not why.strip():
        raise NotKept({"why": "Say why it is withdrawn"})
    with transaction.atomic():
        row = Practice.objects.select_for_update(of=("self",)).get(pk=practice.pk)
        if row.withdrawn_at is not None:
            raise NotKept({"": "It is withdrawn already."})
        row.withdrawn_by, row.withdrawn_at, row.why_withdrawn = by, timezone.now(), why.strip()
        row.save(update_fields=["withdrawn_by", "withdrawn_at", "why_withdrawn"])
        log(by=by, verb="withdraw good practice", about={"practice": str(row.key)})
        return row


def keep_found(*, by: User, inspection: uuid.UUID, report: str, number: int, found: Sequence[Found]) -> int:
    """Bring the library in step with a published report: how many entries it has there. Part of publishing it.

    What a correction changes is changed here as well; what it leaves out is withdrawn.
    """
    source = f"{report}, version {number}"[:300]
    for one in found:
        kept = {
            "title": _title(one.text),
            "text": one.text,
            "criterion": one.criterion,
            "criterion_title": one.criterion_title,
            "source": source,
            "inspection": inspection,
            "report_number": number,
            "withdrawn_by": None,
            "withdrawn_at": None,
            "why_withdrawn": "",
        }
        if not Practice.objects.filter(finding=one.finding).update(**kept):
            new = {"finding": one.finding, "area": one.area, "came_from": Practice.CameFrom.INSPECTION}
            Practice.objects.create(**kept, **new, added_by=by, added_at=timezone.now())
    gone = Practice.objects.filter(inspection=inspection, withdrawn_at__isnull=True)
    gone.exclude(finding__in=[one.finding for one in found]).update(
        withdrawn_by=by, withdrawn_at=timezone.now(), why_withdrawn=f"Version {number} of the report leaves it out."
    )
    return len(found)


def _title(text: str) -> str:
    """The first sentence of a finding, as far as a title goes."""
    first = " ".join(text.split()).split(". ")[0].rstrip(".")
    return first if len(first) <= TITLE else f"{first[: TITLE - 1].rsplit(' ', 1)[0]}…"
