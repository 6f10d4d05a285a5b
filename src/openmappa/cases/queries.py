"""Finding a case by name or number, and the cases a person holds.

Cost of finding: four queries whatever is found. The two that look for candidates are scans of the index ``find_key``,
which row-level security leaves usable; what they bring back is bounded, and is put in order here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.cases.models import Alias, Case, CaseQuerySet, Involvement, Responsibility
from openmappa.core.access import Role
from openmappa.core.names import closeness, name_parts, query_keys, squeezed

MOST_FOUND = 200
MOST_CANDIDATES = 600
ENOUGH = 100
NO_FIT = (0.0, False)
A_PAGE = 20


@dataclass(frozen=True)
class Match:
    """A case that was found, and the alias by which it was; empty when it was by name or number."""

    case: Case
    alias: str


@dataclass(frozen=True)
class Found:
    """One page of what was found, the closest first. ``more``: there are others, too many to put in order."""

    matches: tuple[Match, ...]
    total: int
    page: int
    more: bool

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.total // A_PAGE)

    @property
    def first(self) -> int:
        """The place of the first match shown."""
        return (self.page - 1) * A_PAGE + 1 if self.matches else 0


def ask_row_by_row() -> None:
    """For the rest of this request, see of each row that is read whether its case is seen, as far as rows are read.

    Where it has memory for it, PostgreSQL lists every case of the record that the reader sees first, in each query
    anew; with 100,000 cases that is nearly all of its time, for lists of five lines. Lists of thousands are better off
    without this.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('work_mem', '64kB', true)")


def found(user: User, text: str, page: int = 1) -> Found:
    """The cases this person may see that fit what was typed: by number where it holds a digit, else by name."""
    by_number = any(char.isdigit() for char in text)
    ranked, more = _with_number(user, text) if by_number else ([], False)
    if not ranked:
        ranked, more = _with_name(user, text)
    page = page if 1 <= page <= -(-len(ranked) // A_PAGE) else 1
    shown = ranked[(page - 1) * A_PAGE : page * A_PAGE]
    cases = _to_show(Case.objects.visible_to(user)).in_bulk([pk for pk, _ in shown])
    matches = tuple(Match(cases[pk], alias) for pk, alias in shown)
    return Found(matches, len(ranked), page, more)


def held_by(user: User, today: date) -> QuerySet[Case]:
    """The cases this person holds, by family name, each with its next due date and how many duties are overdue."""
    still_open = Q(duties__met_on__isnull=True, duties__closed_on__isnull=True)
    return (
        _to_show(Case.objects.visible_to(user).managed_by(user))
        .annotate(
            next_due_on=Min("duties__due_on", filter=still_open & Q(duties__due_on__gte=today)),
            overdue=Count("duties", filter=still_open & Q(duties__due_on__lt=today)),
        )
        .order_by("person__family_name", "person__given_names", "pk")
    )


def given_cases(user: User) -> QuerySet[Involvement]:
    """What was given to this person and opens a case to them now, by family name, with the cases."""
    rows = Involvement.objects.in_force_at(timezone.now()).given_to(user)
    return (
        rows.filter(case__in=Case.objects.visible_to(user))
        .select_related("case__person", "case__area")
        .order_by("case__person__family_name", "case__person__given_names", "case_id", "from_at")
    )


def responsibilities(case: Case) -> QuerySet[Responsibility]:
    """Who was responsible for a case when, the latest first, with the names. One query."""
    return (
        Responsibility.objects.filter(case=case)
        .select_related("area", "police_unit", "probation_unit", "police_officer__agency", "case_manager__agency", "by")
        .order_by("-number")
    )


def _to_show(cases: CaseQuerySet) -> QuerySet[Case]:
    return cases.select_related("person", "area", "standing", "case_manager", "police_officer").defer(
        "person__name_keys"
    )


def _with_number(user: User, text: str) -> tuple[list[tuple[int, str]], bool]:
    """Cases whose reference, PNC or CRN is this, but for spaces, capitals and punctuation. One query."""
    number = squeezed(text)
    if not number:
        return [], False
    hits = Case.objects.visible_to(user).keyed([f"#{number}"]).order_by("pk").values_list("pk")
    rows = list(hits[: MOST_FOUND + 1])
    return [(pk, "") for (pk,) in rows[:MOST_FOUND]], len(rows) > MOST_FOUND


def _with_name(user: User, text: str) -> tuple[list[tuple[int, str]], bool]:
    """Cases whose name or alias is close to this, the closest first. Three queries.

    Names that hold every part as it was typed are enough by themselves where there are many of them.
    """
    parts, keys = name_parts(text), query_keys(text)
    if not parts:
        return [], False
    cases = Case.objects.visible_to(user)
    candidates = _names(cases.keyed(*([part] for part in parts[: len(keys)])))
    if len(candidates) < ENOUGH:
        candidates |= _names(cases.keyed(*keys))
    aliases = Alias.objects.filter(person__case__in=list(candidates)).values_list(
        "person__case", "given_names", "family_name"
    )
    ranked = _ranked(parts, candidates, aliases)
    return ranked[:MOST_FOUND], len(ranked) > MOST_FOUND or len(candidates) > MOST_CANDIDATES


def _names(cases: CaseQuerySet) -> dict[int, tuple[str, str]]:
    # In order of name, so that the same ones are found each time, and so that the planner does not hope to stop early.
    columns = ("pk", "person__given_names", "person__family_name")
    rows = cases.order_by("person__family_name", "pk").values_list(*columns)[: MOST_CANDIDATES + 1]
    return {pk: (given, family) for pk, given, family in rows}


def _ranked(
    parts: Sequence[str],
    names: dict[int, tuple[str, str]],
    aliases: Iterable[tuple[int, str, str]],
) -> list[tuple[int, str]]:
    """The candidates that are near enough, closest first; an alias counts where it is closer than the name."""
    best = {pk: (_fit(parts, " ".join(name)), "") for pk, name in names.items()}
    for pk, given, family in aliases:
        alias = f"{given} {family}".strip()
        best[pk] = max(best[pk], (_fit(parts, alias), alias), key=lambda fit: fit[0])
    near = [pk for pk in names if best[pk][0] > NO_FIT]
    near.sort(key=lambda pk: (names[pk][1], names[pk][0], pk))
    near.sort(key=lambda pk: (best[pk][0], best[pk][1] == ""), reverse=True)
    return [(pk, best[pk][1]) for pk in near]


def _fit(parts: Sequence[str], name: str) -> tuple[float, bool]:
    """How close a name is, and, among those equally close, whether it has the parts in the order they were typed."""
    own = name_parts(name)
    close = closeness(parts, own)
    return close, close > 0 and " ".join(parts) in " ".join(own)


def responsible_line_managers(case: Case) -> list[User]:
    """The line managers of the units that answer for a case, and those who manage these units besides their own."""
    units = [unit for unit in (case.police_unit_id, case.probation_unit_id) if unit is not None]
    theirs = Q(unit_id__in=units) | Q(managing__unit_id__in=units)
    return list(User.objects.filter(theirs, role=Role.LINE_MANAGER, is_active=True).distinct())


def coordinators_of(case: Case) -> list[User]:
    """The MAPPA coordinators of a case's area."""
    return list(User.objects.filter(area_id=case.area_id, role=Role.MAPPA_COORDINATOR, is_active=True))
