"""Cases whose level changed: from what to what, when, and who recorded it (9.10). From the facts themselves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case as Either
from django.db.models import CharField, OuterRef, Q, Subquery, Value, When
from django.db.models.fields.json import KeyTextTransform

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.line_management.queries.cases import cases_to_show
from openmappa.line_management.queries.waiting import ELSEWHERE
from openmappa.line_management.queries.whose import cases_of_units, units_of
from openmappa.timeline.models import Acknowledgement, Fact
from openmappa.timeline.queries.changes import in_words, overdue_acknowledgements
from openmappa.ui.paging import A_PAGE, Page, page_of

PERIODS = (30, 90)
"""How many days back the list can look."""
HARM, LIKELIHOOD, MAPPA = "harm", "likelihood", "mappa"
SCALES: Mapping[str, str] = {
    HARM: "Risk of harm",
    LIKELIHOOD: "Likelihood of reconviction",
    MAPPA: "MAPPA level",
}
SAYS: Mapping[str, tuple[str, str]] = {
    "oasys_completed": (HARM, "harm"),
    "harm_level_set": (HARM, "level"),
    "rm2000_completed": (LIKELIHOOD, "band"),
    "mappa_level_set": (MAPPA, "level"),
}
"""The kinds of fact that set a level: on which scale, and the detail that says it."""
TEXT = CharField()
Row = tuple[date, int, int, str, str | None, str, str | None]
SCALE = Either(*(When(kind=kind, then=Value(scale)) for kind, (scale, _) in SAYS.items()), output_field=TEXT)
LEVEL = Either(
    *(When(kind=kind, then=KeyTextTransform(detail, "details")) for kind, (_, detail) in SAYS.items()),
    output_field=TEXT,
)


@dataclass(frozen=True)
class LevelChange:
    """One change of one level of one case."""

    case: Case
    scale: str
    before: str
    after: str
    on: date
    by: str

    @property
    def scale_label(self) -> str:
        """Which level it is, in words."""
        return SCALES[self.scale]


def level_changes(user: User, today: date, days: int, number: int = 1, size: int = A_PAGE) -> Page[LevelChange]:
    """The changes of the last days from one known level to another, the newest first. Two queries.

    Cost: in proportion to the levels set in that time, each of which looks up the one before it.
    """
    rows = _levels_set(user, today - timedelta(days=days))
    changed = [row for row in rows if row[4] is not None and row[3] != row[4]]
    changed.sort(key=lambda row: row[:2], reverse=True)
    return page_of(changed, number, size, lambda some: _shown(user, some))


@dataclass(frozen=True)
class NotAcknowledged:
    """A change that somebody of the units should have acknowledged by now."""

    case: Case
    owed: Acknowledgement
    what: str


def not_acknowledged(user: User, number: int = 1, size: int = A_PAGE) -> Page[NotAcknowledged]:
    """The changes that the units' people have not acknowledged in time, the longest overdue first. Two queries."""
    rows = list(overdue_acknowledgements(user).filter(person__unit_id__in=units_of(user)))

    def show(some: Sequence[Acknowledgement]) -> Sequence[NotAcknowledged]:
        cases = cases_to_show(user, [one.case_id for one in some])
        return [NotAcknowledged(cases[one.case_id], one, in_words(one.notice)) for one in some]

    return page_of(rows, number, size, show)


def _levels_set(user: User, since: date) -> Iterable[Row]:
    """Each level set since a day: its day, its fact, the case, the level, the one before it, the scale, and by whom."""
    standing = Fact.objects.filter(kind__in=list(SAYS), voided_at__isnull=True)
    levels = standing.annotate(scale=SCALE, level=LEVEL).filter(level__isnull=False)
    before = (
        levels.filter(case_id=OuterRef("case_id"), scale=OuterRef("scale"), on__lte=OuterRef("on"))
        .filter(Q(on__lt=OuterRef("on")) | Q(id__lt=OuterRef("id")))
        .order_by("-on", "-id")
    )
    recent = levels.filter(on__gte=since, case__in=cases_of_units(user)).order_by()
    columns = ("on", "id", "case_id", "level", "before", "scale", "recorded_by__full_name")
    return recent.annotate(before=Subquery(before.values("level")[:1])).values_list(*columns)


def _shown(user: User, rows: Sequence[Row]) -> Sequence[LevelChange]:
    cases = cases_to_show(user, [row[2] for row in rows])
    return [
        LevelChange(cases[case], scale, before or "", after, on, by or ELSEWHERE)
        for on, _, case, after, before, scale, by in rows
    ]
