"""Reading and searching the library. Everybody who reads lessons reads all of it, of every area."""

import uuid
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Count, F, QuerySet
from django.http import Http404

from openmappa.accounts.models import Area, User
from openmappa.core.access import Permission
from openmappa.core.inspection.framework import Framework
from openmappa.core.packs.load import load_inspection_framework
from openmappa.good_practice.models import LANGUAGE, Practice

PACK = "england-wales-2005"


@dataclass(frozen=True)
class Sought:
    """What is looked for: words, the code of a criterion, the code of an area; each may be empty."""

    words: str = ""
    criterion: str = ""
    area: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.criterion or self.area)


@dataclass(frozen=True)
class Found:
    """A finding of good practice in a published report."""

    finding: uuid.UUID
    area: Area | None
    criterion: str
    criterion_title: str
    text: str


def framework() -> Framework:
    """The framework whose criteria entries are written for; read once."""
    return load_inspection_framework(PACK)


def practices(sought: Sought) -> QuerySet[Practice]:
    """The entries that are not withdrawn and fit, the best fit first; without words the newest first. One query.

    Words are read as a search engine reads them: all must be there in some form, "or" and - work, and quotation marks
    hold words together.
    """
    rows = Practice.objects.filter(withdrawn_at__isnull=True).select_related("area")
    if sought.criterion:
        rows = rows.filter(criterion=sought.criterion)
    if sought.area:
        rows = rows.filter(area__code=sought.area)
    if not sought.words.strip():
        return rows.order_by("-added_at", "-id")
    words = SearchQuery(sought.words, config=LANGUAGE, search_type="websearch")
    return (
        rows.filter(searched=words)
        .annotate(rank=SearchRank(F("searched"), words))
        .order_by("-rank", "-added_at", "-id")
    )


def criteria_offered() -> list[tuple[str, str, int]]:
    """Every criterion that has an entry, with its title and how many. One query."""
    rows = Practice.objects.filter(withdrawn_at__isnull=True).values("criterion")
    counts = dict(rows.annotate(count=Count("id")).order_by("criterion").values_list("criterion", "count"))
    titles = {one.code: one.title for one in framework().criteria}
    known = [(code, title, counts[code]) for code, title in titles.items() if code in counts]
    return [*known, *((code, code, count) for code, count in counts.items() if code not in titles)]


def areas_offered() -> list[Area]:
    """Every area that an entry was seen in. One query."""
    seen = Practice.objects.filter(withdrawn_at__isnull=True, area__isnull=False).values("area")
    return list(Area.objects.filter(pk__in=seen).order_by("name"))


def practice_of(key: uuid.UUID) -> Practice:
    """One entry, withdrawn or not. Raises Http404. One query."""
    row = Practice.objects.filter(key=key).select_related("area", "added_by", "withdrawn_by").first()
    if row is None:
        raise Http404("No such entry")
    return row


def withdraws(user: User, row: Practice) -> bool:
    """Whether this person may withdraw it: one that the board of their area wrote. One of a report goes with that."""
    own = row.came_from == Practice.CameFrom.BOARD and row.area_id == user.area_id
    return own and row.withdrawn_at is None and user.may(Permission.KEEP_BOARD)
