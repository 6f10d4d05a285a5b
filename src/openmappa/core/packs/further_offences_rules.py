"""What a pack says of the review of a serious further offence: offences, days, what lessons are about and for whom."""

from dataclasses import dataclass

from openmappa.core.access import Role
from openmappa.core.packs.movements_rules import Days, Kind, from_one_up, read_kinds
from openmappa.core.packs.reading import PackTable
from openmappa.core.sources import Source

AGENCIES = ("police", "probation", "prison", "partner")
"""The kinds of agency."""
ROLES = tuple(role.value for role in Role)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A number of working days, and where it comes from."""

    working_days: int
    source: Source


@dataclass(frozen=True, slots=True)
class Months:
    """A number of months, and where it comes from."""

    months: int
    source: Source


@dataclass(frozen=True, slots=True)
class Audience(Kind):
    """For whom a lesson is: staff of agencies of these kinds, and of these roles; everybody where it names none."""

    agencies: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    def includes(self, role: str, agency: str) -> bool:
        """Whether it is for somebody of this role in an agency of this kind."""
        return not (self.agencies or self.roles) or agency in self.agencies or role in self.roles


@dataclass(frozen=True, slots=True)
class FurtherOffenceRules:
    """All of it, in the order in which a review asks."""

    title: str
    offences: tuple[Kind, ...]
    window: Days
    notify: Days
    contribution: WorkingDays
    conclusion: Months
    practice_areas: tuple[Kind, ...]
    audiences: tuple[Audience, ...]


def read_further_offences(table: PackTable) -> FurtherOffenceRules:
    """The rules from the table of a whole `mappa_further_offences.toml`. Raises PackError with all that is wrong."""
    window, notify, contribution, conclusion = (
        table.table(name) for name in ("window", "notify", "contribution", "conclusion")
    )
    rules = FurtherOffenceRules(
        title=table.text("title"),
        offences=read_kinds(table, "offences"),
        window=Days(from_one_up(window, "days"), window.source()),
        notify=Days(from_one_up(notify, "days"), notify.source()),
        contribution=WorkingDays(from_one_up(contribution, "working_days"), contribution.source()),
        conclusion=Months(from_one_up(conclusion, "months"), conclusion.source()),
        practice_areas=read_kinds(table, "practice_areas"),
        audiences=_audiences(table),
    )
    table.finish()
    return rules


def _audiences(table: PackTable) -> tuple[Audience, ...]:
    rows = table.tables("audiences")
    found = tuple(
        Audience(row.text("id"), row.text("label"), _named(row, "agencies", AGENCIES), _named(row, "roles", ROLES))
        for row in rows
    )
    if len({one.id for one in found}) < len(found):
        table.problem("two of `audiences` have the same id; give each its own.")
    return found


def _named(row: PackTable, key: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a list that may be left out. A word that is not known is a problem."""
    words = tuple(row.words(key)) if row.has(key) else ()
    if unknown := [word for word in words if word not in known]:
        row.problem(f"`{key}` has {unknown[0]!r}, which is none of {', '.join(known)}.")
    return words
