"""The levels of a case over time, as they are known today or were known on a day, with who knew of each change when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from openmappa.cases.models import Case
from openmappa.core.levels import SCALES, Levels, level_words, levels
from openmappa.core.standards.words import describe
from openmappa.timeline.models import Acknowledgement, ChangeNotice, Fact
from openmappa.timeline.queries.changes import changes_of
from openmappa.timeline.queries.facts import FactRows, core_fact
from openmappa.timeline.queries.known import end_of


@dataclass(frozen=True)
class LevelRow:
    """One line of the table: what changed, from what to what, by which fact, and what others were told of it."""

    what: str
    before: str
    after: str
    fact: Fact
    notice: ChangeNotice | None
    known: tuple[Acknowledgement, ...] = ()


@dataclass(frozen=True)
class LevelsOverTime:
    """What the page shows: the levels for the chart, and every change, newest first."""

    levels: Levels
    rows: tuple[LevelRow, ...]


def levels_of(case: Case, *, today: date, known_on: date | None = None) -> LevelsOverTime:
    """Every change of a level, every incident and turn of custody, with who knew of it when. Three queries.

    With ``known_on``, only what the record held at the end of that day: what was written down later is left out, and a
    mistake stands that nobody had found by then.
    """
    rows = _rows(case, known_on)
    known = FactRows(tuple(core_fact(row) for row in rows), rows)
    notices = list(changes_of(case).filter(fact__isnull=False))
    return LevelsOverTime(levels(known.facts, known_on or today), tuple(_lines(known, notices, known_on or today)))


def _rows(case: Case, known_on: date | None) -> tuple[Fact, ...]:
    facts = Fact.objects.filter(case=case).select_related("recorded_by").order_by("on", "id")
    if known_on is None:
        return tuple(facts.filter(voided_at__isnull=True))
    standing = Q(voided_at__isnull=True) | Q(voided_at__gte=end_of(known_on))
    return tuple(facts.filter(standing, recorded_on__lte=known_on))


def _lines(known: FactRows, notices: Sequence[ChangeNotice], until: date) -> list[LevelRow]:
    found = levels(known.facts, until)
    told: Mapping[int | None, list[ChangeNotice]] = {row.pk: [] for row in known.rows}
    for each in notices:
        if each.fact_id in told and each.opened_at < end_of(until):
            told[each.fact_id].append(each)
    lines = []
    for change in found.changes:
        row = known.row_of(change.fact)
        of_it = (each for each in told[row.pk] if each.before and each.after == str(change.after))
        notice = next(of_it, None)
        before = level_words(change.field, change.before) if change.before is not None else ""
        after = level_words(change.field, change.after)
        lines.append(LevelRow(SCALES[change.field][0], before, after, row, notice, _known(notice, until)))
    for event in found.events:
        row = known.row_of(event)
        notice = next(iter(told[row.pk]), None)
        lines.append(LevelRow(describe(event), "", "", row, notice, _known(notice, until)))
    return sorted(lines, key=lambda line: (line.fact.on, line.fact.pk), reverse=True)


def _known(notice: ChangeNotice | None, until: date) -> tuple[Acknowledgement, ...]:
    """Who had to know, as it stood at the end of a day: what was acknowledged later was not known then."""
    if notice is None:
        return ()
    end, rows = end_of(until), list(notice.acknowledgements.all())
    for row in rows:
        if row.acknowledged_at is not None and row.acknowledged_at >= end:
            row.acknowledged_at, row.comment = None, ""
    return tuple(rows)
