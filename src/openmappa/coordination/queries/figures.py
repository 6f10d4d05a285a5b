"""Figures of MAPPA for whole areas (Table 6, 7.1, 7.8): counts with intervals, and for some the cases behind them.

The rules stand in the database (``migrations/0001``), since whoever sees counts only must get counts only: of a case
that they may not open, no row comes here. docs/reference/mappa-figures.md says each rule in words.

Cost: two aggregates over the MAPPA facts and duties of the areas, the period and the one before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from openmappa.accounts.models import Area, User
from openmappa.cases.models import Case
from openmappa.core.dates import add_months
from openmappa.core.inspection.proportions import Difference, Proportion, difference
from openmappa.core.packs.load import load_mappa_figures, packs_in_service
from openmappa.core.packs.mappa_figures_rules import FigureId, FigureRule, Group, MappaFigureRules
from openmappa.past.queries.days import Past

PACK = "england-wales-2005"
PERIODS = (3, 6, 12, 24)
"""The months that a reader can choose between."""
INTERVALS = "mappa-review-interval"
GROUPS = {
    Group.LEVELS: "Levels",
    Group.REVIEWS: "How often cases were reviewed",
    Group.PRACTICE: "Meetings in practice",
    Group.CARRIED_OUT: "What became of the meetings",
}
VALUES = "(%s::bigint[], %s::date, %s::bigint[], %s, %s, %s, %s, %s)"
COUNTS_OF = f"mappa_figures_of_areas{VALUES}"
CASES_OF = f"mappa_figures_of_cases{VALUES}"


@dataclass(frozen=True)
class Period:
    """The last so many months up to a day, both ends included."""

    months: int
    until: date

    @property
    def since(self) -> date:
        """Its first day."""
        return add_months(self.until, -self.months) + timedelta(days=1)

    @property
    def before(self) -> "Period":
        """The period of the same length that ended the day before."""
        return Period(self.months, self.since - timedelta(days=1))


@dataclass(frozen=True)
class Figure:
    """One figure of a period, beside what the report found, and how it differs from the period before."""

    rule: FigureRule
    now: Proportion
    before: Proportion

    @property
    def change(self) -> Difference | None:
        """Now less before, with its interval; None where either counts nothing."""
        return difference(self.now, self.before)


def rules() -> MappaFigureRules:
    """The figures and their rules, from the pack."""
    return load_mappa_figures(PACK)


def period_asked(months: str, today: date) -> Period:
    """The period of so many months up to today; that of the pack where it is none of those offered."""
    found = next((each for each in PERIODS if str(each) == months), rules().months)
    return Period(found, today)


def figures(areas: Sequence[Area], period: Period, past: Past | None = None) -> list[tuple[Group, str, list[Figure]]]:
    """Every figure over these areas together, by group with its title. Two queries.

    With ``past``, the period ends on that past day, and both are counted from its record.
    """
    now, before = _counts(areas, period, past), _counts(areas, period.before, past)
    return [
        (group, title, [Figure(rule, now[rule.id], before[rule.id]) for rule in rules().of(group)])
        for group, title in GROUPS.items()
    ]


def _counts(areas: Sequence[Area], period: Period, past: Past | None) -> dict[str, Proportion]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, k, n FROM {COUNTS_OF}", _asked(areas, period, past))  # noqa: S608 - our own names  # nosec B608
        found = {str(id_): Proportion(int(k), int(n)) for id_, k, n in cursor.fetchall()}
    return {each.value: found.get(each.value, Proportion(0, 0)) for each in FigureId}


def cases_behind(user: User, areas: Sequence[Area], period: Period, rule: FigureRule, *, among: bool) -> list[int]:
    """The cases that this person sees behind a figure: among those counted, or (``among`` False) among the others.

    For a part of a whole the others are not listed: they stand under the other parts. Of meetings and actions a case is
    among the others when one of its own is. One query; ids only, restricted cases left out by who may see them.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT case_id FROM {CASES_OF} f WHERE {_condition(rule, among)}", _asked(areas, period))  # noqa: S608 - our own names  # nosec B608
        ids = [row[0] for row in cursor.fetchall()]
    return list(Case.objects.visible_to(user).filter(pk__in=ids).order_by("reference").values_list("pk", flat=True))


def _condition(rule: FigureRule, among: bool) -> str:
    if rule.of is Group.LEVELS:
        return f"level = {int(rule.id[-1])}"
    if rule.of is Group.REVIEWS:
        return f"frequency = '{rule.id.value}'"
    return f"{rule.id.value}_k > 0" if among else f"{rule.id.value}_k < {rule.id.value}_n"


def _asked(areas: Sequence[Area], period: Period, past: Past | None = None) -> list[Any]:
    bands = rules().bands
    months = packs_in_service()[-1].tables[INTERVALS].rows
    return [
        past.ids if past else None,
        past.on if past and past.known else None,
        [area.pk for area in areas],
        period.since,
        period.until,
        [band.days for band in bands],
        [band.frequency.value for band in bands],
        [months[(2,)], months[(3,)]],
    ]
