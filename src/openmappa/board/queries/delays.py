"""How long assessments and plans took from their beginning (7.4, 7.7), and who made and countersigned RM2000s."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from openmappa.accounts.models import User
from openmappa.board.queries.printed import printed
from openmappa.board.queries.rows import standards
from openmappa.board.queries.scope import Scope
from openmappa.cases.models import Case
from openmappa.core.access import Rank
from openmappa.core.inspection.proportions import Proportion

STARTS = ("rm2000-start", "rm2000-countersign", "oasys-start", "isp-start", "rmp-start", "programme-start")
"""What is looked at: duties that begin with something that happened, in the order of the page."""
WITHIN = ("Within a week", "Within a month", "Within three months", "Later", "Not done, though due")
NOT_DONE = len(WITHIN)
REPORT = ("within_week", "within_month", "within_three_months", "later")
"""How the report names the first four of RM2000s."""
IN_TIME = {
    "rmp-start": ("rmp_within_five_working_days", "above"),
    "programme-start": ("programme_started_in_time", "above"),
}
"""Where the report prints how many were in time, and of what it calls sufficient."""
COUNTS = "SELECT standard, within, duties, on_time FROM board_delays(%s::bigint[], %s::bigint[], %s::text[], %s, %s)"
RM2000 = "SELECT rank, scores, registered, scored FROM board_rm2000(%s::bigint[], %s::bigint[], %s, %s)"
BEHIND = (
    "SELECT DISTINCT case_id FROM board_delays_of_cases(%s::bigint[], %s::bigint[], %s::text[], %s, %s) "
    "WHERE within = %s"
)


@dataclass(frozen=True)
class DelayLine:
    """One row of a standard: how many of those that were done took so long. The last is of all that are judged."""

    within: int
    title: str
    found: Proportion
    report: int | None


@dataclass(frozen=True)
class Delays:
    """One standard: how long its duties took that began in the period."""

    standard: str
    title: str
    lines: Sequence[DelayLine]
    done: Proportion
    in_time: Proportion
    report_in_time: int | None


@dataclass(frozen=True)
class RankLine:
    """Of whose rank so many RM2000s are."""

    title: str
    found: Proportion


@dataclass(frozen=True)
class Scored:
    """Persons registered on the last day and whether they have an RM2000; and whose the RM2000s of the period are."""

    registered: Proportion
    report: int | None
    ranks: Sequence[RankLine]


def delays(scope: Scope) -> list[Delays]:
    """Each standard that is looked at. One query."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [*scope.values, list(STARTS), scope.since, scope.until])
        found: dict[str, dict[int, tuple[int, int]]] = {}
        for standard, within, duties, on_time in cursor.fetchall():
            found.setdefault(standard, {})[within] = (duties, on_time)
    return [_of(standard, found.get(standard, {})) for standard in STARTS]


def scored(scope: Scope) -> Scored:
    """Who has an RM2000, and whose those of the period are. One query."""
    with connection.cursor() as cursor:
        cursor.execute(RM2000, [*scope.values, scope.since, scope.until])
        rows = cursor.fetchall()
    registered = Proportion(sum(row[3] for row in rows), sum(row[2] for row in rows))
    ranks = {row[0]: row[1] for row in rows if row[0] is not None}
    whole = sum(ranks.values())
    lines = [RankLine(_rank(rank), Proportion(count, whole)) for rank, count in sorted(ranks.items(), key=_most_first)]
    return Scored(registered, printed("rm2000_completed", "yes"), lines)


def cases_behind(user: User, scope: Scope, standard: str, within: int) -> list[int]:
    """The cases that this person sees with a duty of a standard that took so long. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(BEHIND, [*scope.values, [standard], scope.since, scope.until, within])
        ids = [row[0] for row in cursor.fetchall()]
    return list(Case.objects.visible_to(user).filter(pk__in=ids).order_by("reference").values_list("pk", flat=True))


def _of(standard: str, counts: Mapping[int, tuple[int, int]]) -> Delays:
    each = {within: counts.get(within, (0, 0)) for within in range(1, NOT_DONE + 1)}
    judged, in_time = (sum(column) for column in zip(*each.values(), strict=True))
    done = judged - each[NOT_DONE][0]
    lines = [
        DelayLine(
            within,
            WITHIN[within - 1],
            Proportion(each[within][0], judged if within == NOT_DONE else done),
            printed("rm2000_time", REPORT[within - 1]) if standard == STARTS[0] and within < NOT_DONE else None,
        )
        for within in each
    ]
    report = printed(*IN_TIME[standard]) if standard in IN_TIME else None
    return Delays(standard, standards()[standard], lines, Proportion(done, judged), Proportion(in_time, judged), report)


def _rank(rank: str) -> str:
    known = next((each for each in Rank if each.value == rank), Rank.NONE)
    return known.label if known is not Rank.NONE else "Not clear from the record"


def _most_first(row: tuple[str, int]) -> tuple[int, str]:
    return -row[1], row[0]
