"""Targets of an area: those in force on a day, how each came about, and who may set one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openmappa.accounts.models import Area, User
from openmappa.board.models.targets import Target
from openmappa.board.queries.on_time import LiveTable
from openmappa.board.queries.rows import RowsBy, standards
from openmappa.core.access import Permission, Role
from openmappa.core.inspection.proportions import Proportion, published
from openmappa.core.inspection.targets import Light, light
from openmappa.core.mappa.transfers import may_approve, ranks_in_words
from openmappa.core.packs.load import load_transfers

PACK = "england-wales-2005"


@dataclass(frozen=True)
class Judged:
    """What was counted beside the target that held: ``light`` is None without a target, or where nothing counts."""

    found: Proportion
    target: Target | None

    @property
    def leaves(self) -> bool:
        """Whether the count may stand on paper: neither it nor what it leaves over is small."""
        return published(self.found) is not None

    @property
    def light(self) -> Light | None:
        """How the count stands to the target."""
        aim = self.target.aim if self.target else None
        return light(self.found, aim) if aim else None


@dataclass(frozen=True)
class StandardTargets:
    """A standard with the target that holds today, and every one that was ever set, the last to begin first."""

    id: str
    title: str
    now: Target | None
    history: Sequence[Target]


def targets_on(areas: Sequence[Area], day: date) -> Mapping[tuple[int, str], Target]:
    """The target that held on a day, by area and standard; nothing where there was none. One query."""
    rows = Target.objects.filter(area__in=areas).in_force_on(day).select_related("set_by")
    return {(row.area_id, row.standard): row for row in rows if row.percent is not None}


def judged_rows(found: LiveTable) -> Mapping[str, Judged]:
    """Each row of a live table beside the target of its area and standard, where it is of one of each. One query.

    The target is the one that held on the last day of the table. Empty where no row has any.
    """
    asked = found.asked
    by_area, by_standard = asked.by is RowsBy.AREA, asked.by is RowsBy.STANDARD
    if not (by_area or len(asked.areas) == 1) or not (by_standard or asked.standard):
        return {}
    targets = targets_on(asked.areas, min(asked.until, asked.on))
    rows = {}
    for row in found.rows:
        area = int(row.key) if by_area else asked.areas[0].pk
        rows[row.key] = Judged(row.counts.on_time, targets.get((area, row.key if by_standard else asked.standard)))
    return rows if any(row.target for row in rows.values()) else {}


def every_target(area: Area, today: date) -> list[StandardTargets]:
    """Each standard of the packs in service with its targets. One query."""
    rows = list(Target.objects.filter(area=area).select_related("set_by", "set_by__agency"))
    by_standard: dict[str, list[Target]] = {}
    for row in rows:
        by_standard.setdefault(row.standard, []).append(row)
    found = []
    for id_, title in standards().items():
        history = by_standard.get(id_, [])
        now = next((row for row in history if row.from_on <= today), None)
        found.append(StandardTargets(id_, title, now if now and now.percent is not None else None, history))
    return found


def sets_targets(user: User, area: Area) -> bool:
    """Whether this person sets the targets of this area: its coordinator, or a chief officer there (8.1, 9.8)."""
    if not user.may(Permission.SET_TARGET) or user.area_id != area.pk:
        return False
    return user.role == Role.MAPPA_COORDINATOR or may_approve(load_transfers(PACK), user.rank)


def chief_ranks_in_words() -> str:
    """The ranks of line managers who set targets: those that the pack counts as chief officers."""
    return ranks_in_words(load_transfers(PACK))
