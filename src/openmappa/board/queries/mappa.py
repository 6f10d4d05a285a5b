"""Table 6 as the pages of figures draw it: the coordinator's figures of MAPPA (7.1, Table 6), by the same query."""

from collections.abc import Sequence

from openmappa.board.queries.scope import Scope
from openmappa.coordination.queries import figures as mappa
from openmappa.core.packs.mappa_figures_rules import Group

SHOWN = (Group.LEVELS, Group.REVIEWS, Group.PRACTICE)


def reviews(scope: Scope) -> Sequence[tuple[Group, str, Sequence[mappa.Figure]]]:
    """Levels, how often cases were reviewed, and meetings in practice, each figure beside the report's. Two queries."""
    period = mappa.Period(scope.period.months, scope.until)
    found = mappa.figures(scope.areas, period, scope.past)
    return [(group, title, rows) for group, title, rows in found if group in SHOWN]
