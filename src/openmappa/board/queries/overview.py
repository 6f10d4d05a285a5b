"""Every standard of an area on one page: how often it was kept, beside its target and beside the time before."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openmappa.accounts.models import Area
from openmappa.board.models.targets import Target
from openmappa.board.queries.on_time import counted
from openmappa.board.queries.rows import RowsBy
from openmappa.board.queries.scope import Period, Scope
from openmappa.board.queries.targets import Judged, targets_on
from openmappa.core.inspection.on_time import NONE, Counts
from openmappa.core.inspection.proportions import Difference, difference, published
from openmappa.core.inspection.targets import Light
from openmappa.core.packs.load import packs_in_service
from openmappa.core.packs.model import Standard


@dataclass(frozen=True)
class Line:
    """One standard: what was counted, and in the months before."""

    standard: str
    title: str
    source: str
    now: Counts
    before: Counts
    target: Target | None

    @property
    def judged(self) -> Judged:
        """What was counted beside the target."""
        return Judged(self.now.on_time, self.target)

    @property
    def before_leaves(self) -> bool:
        """Whether the count of the months before may stand on paper."""
        return published(self.before.on_time) is not None

    @property
    def change(self) -> Difference | None:
        """Now less before, with its interval; None where either counts nothing."""
        return difference(self.now.on_time, self.before.on_time)

    @property
    def fell(self) -> bool:
        """Whether it is clearly less than before."""
        return self.change is not None and self.change.is_clear and self.change.estimate < 0


@dataclass(frozen=True)
class Overview:
    """Every standard of one area in a period."""

    area: Area
    period: Period
    lines: Sequence[Line]

    @property
    def lights(self) -> Mapping[Light, int]:
        """How many standards stand how to their target, the best first."""
        found = Counter(line.judged.light for line in self.lines)
        return {each: found[each] for each in Light}

    @property
    def without_target(self) -> int:
        """How many standards have duties to count and no target."""
        return sum(line.target is None and line.now != NONE for line in self.lines)

    @property
    def comparisons(self) -> int:
        """How many differences the page looks at."""
        return sum(line.change is not None for line in self.lines)


def overview(scope: Scope) -> Overview:
    """Every standard of the packs in service over an area. Two queries."""
    period, (area,) = scope.period, scope.areas
    starts = [period.before_since, period.since]
    cells = counted([area], None, RowsBy.STANDARD, starts, period.until, period.until, scope.past)
    targets = targets_on([area], period.until)
    lines = [
        Line(
            id_,
            one.title,
            one.source,
            cells.get((id_, 1), NONE),
            cells.get((id_, 0), NONE),
            targets.get((area.pk, id_)),
        )
        for id_, one in _every_standard().items()
    ]
    return Overview(area, period, lines)


def _every_standard() -> Mapping[str, Standard]:
    return {one.id: one for pack in packs_in_service() for one in pack.standards}
