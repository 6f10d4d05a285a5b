"""Reading minutes: of a case, one of them, a copy, and whose are not on both files yet."""

import uuid
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from openmappa.accounts.models import Area, User
from openmappa.cases.models import Case
from openmappa.core.compartments import Compartment
from openmappa.core.mappa.minutes import lines_for, told_to_the_offender
from openmappa.meetings.models.sitting import Meeting
from openmappa.minutes.models.copies import Copy, Filing
from openmappa.minutes.models.minutes import Line, Minutes
from openmappa.notes.models import open_compartments

PEOPLE = ("drafted_by", "checked_by", "issued_by", "corrects", "meeting__sitting")


@dataclass(frozen=True)
class OfCase:
    """One version of minutes on the page of a case: with how many copies it has, and whether it is on both files."""

    minutes: Minutes
    copies: int
    agencies: tuple[str, ...]
    is_latest: bool


def minutes_of_case(case: Case, reader: User) -> list[OfCase]:
    """Every version of the minutes of a case, the newest meeting first. None for who opens no part. Two queries."""
    if Compartment.OPEN not in open_compartments(reader, case):
        return []
    rows = list(
        Minutes.objects.filter(case=case)
        .select_related(*PEOPLE)
        .annotate(copies_made=Count("copies"))
        .order_by("-held_on", "-meeting_id", "-number")
    )
    filed: dict[int, list[str]] = {}
    for filing in Filing.objects.filter(case=case).select_related("agency"):
        filed.setdefault(filing.minutes_id, []).append(filing.agency.name)
    latest: dict[int, int] = {}
    for row in rows:
        latest.setdefault(row.meeting_id, row.pk)
    return [
        OfCase(row, getattr(row, "copies_made"), tuple(filed.get(row.pk, ())), latest[row.meeting_id] == row.pk)  # noqa: B009 - annotated
        for row in rows
    ]


def minutes_on(case: Case, key: uuid.UUID) -> Minutes | None:
    """One version of minutes on this case. One query."""
    return Minutes.objects.filter(case=case, key=key).select_related("case__person", *PEOPLE).first()


def lines_read(minutes: Minutes, reader: User) -> list[Line]:
    """The lines of minutes that stand in parts which this reader opens. One query."""
    rows = Line.objects.filter(minutes=minutes).order_by("number")
    return lines_for([part.value for part in open_compartments(reader, minutes.case)], rows)


def offender_list(minutes: Minutes) -> list[str]:
    """What the offender may be told of a meeting's decisions, and nothing else. One query."""
    return told_to_the_offender(Line.objects.filter(minutes=minutes, kind="decision").order_by("number"))


def copies_of(minutes: Minutes) -> list[Copy]:
    """The copies of minutes, with how often each was taken out and when last. One query."""
    rows = Copy.objects.filter(minutes=minutes).select_related("person", "agency", "withdrawn_by")
    return list(rows.annotate(taken=Count("handouts"), last_taken=Max("handouts__taken_at")).order_by("number"))


def own_copies(reader: User) -> list[Copy]:
    """The copies made out to this person that were not withdrawn, the newest first. One query."""
    rows = Copy.objects.filter(person=reader, withdrawn_at__isnull=True).select_related("minutes", "agency")
    return list(rows.order_by("-made_at", "-pk"))


def copy_with(key: uuid.UUID) -> Copy | None:
    """One copy, where the reader may know of it. One query."""
    rows = Copy.objects.filter(key=key).select_related("minutes", "agency", "person")
    return rows.order_by("pk").first()  # in their own order they need the meeting, which closes with the invitation


def minutes_not_filed(area: Area) -> QuerySet[Meeting]:
    """The meetings of an area that were held and whose minutes are not on both services' files. One query.

    Each with ``on_police_file`` and ``on_probation_file``; the oldest first.
    """

    def filed(kind: str) -> Exists:
        rows = Filing.objects.filter(minutes__meeting=OuterRef("pk"), agency__kind=kind)
        return Exists(rows.filter(fact__isnull=False, fact__voided_at__isnull=True))

    rows = Meeting.objects.filter(case__area=area, closed_at__isnull=False)
    rows = rows.annotate(on_police_file=filed("police"), on_probation_file=filed("probation"))
    open_rows = rows.exclude(on_police_file=True, on_probation_file=True)
    return open_rows.select_related("case", "sitting").order_by("closed_at", "pk")
