"""The form by which a board audits cases: its criteria, and which cases each is asked of."""

from dataclasses import dataclass
from enum import StrEnum

from openmappa.core.packs.movements_rules import from_one_up
from openmappa.core.packs.reading import PackTable
from openmappa.core.sources import Source


class AskedOf(StrEnum):
    """Of which cases a criterion is asked."""

    ALL = "all"
    MEETINGS = "meetings"

    @property
    def label(self) -> str:
        """The cases as pages name them."""
        return {AskedOf.ALL: "All cases", AskedOf.MEETINGS: "Cases at Level 2 or 3"}[self]

    def fits(self, level: str) -> bool:
        """Whether it is asked of a case at this level ("1" to "3", or "none")."""
        return self is AskedOf.ALL or level in ("2", "3")


@dataclass(frozen=True, slots=True)
class AuditCriterion:
    """One criterion: the question, how to judge it, of which cases it is asked, and what else says something of it.

    ``framework`` is the nearest criterion of the framework of inspection; ``standards`` those whose live figures are
    about the same.
    """

    id: str
    question: str
    guidance: str
    asked_of: AskedOf
    framework: str
    standards: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class AuditForm:
    """The form: its criteria in order; how many cases are drawn, and at least of each level, unless somebody says so.

    ``version`` changes with the wording, so that answers to one are not counted as answers to another.
    """

    title: str
    version: str
    cases: int
    at_least: int
    source: Source
    criteria: tuple[AuditCriterion, ...]

    def of_level(self, level: str) -> tuple[AuditCriterion, ...]:
        """The criteria that are asked of a case at this level."""
        return tuple(one for one in self.criteria if one.asked_of.fits(level))


def read_case_audits(table: PackTable) -> AuditForm:
    """The form from the table of a whole `case_audits.toml`. Raises PackError with everything wrong with it."""
    form = AuditForm(
        title=table.text("title"),
        version=table.text("version"),
        cases=from_one_up(table, "cases"),
        at_least=from_one_up(table, "at_least"),
        source=table.source(),
        criteria=tuple(_criterion(row) for row in table.tables("criteria")),
    )
    if len({one.id for one in form.criteria}) < len(form.criteria):
        table.problem("two criteria have the same id; give each its own.")
    table.finish()
    return form


def _criterion(row: PackTable) -> AuditCriterion:
    standards = row.value("standards")
    if not isinstance(standards, list) or not all(isinstance(one, str) for one in standards):
        row.problem("`standards` is not a list of words in quotes; write [] where no standard says anything of it.")
        standards = []
    return AuditCriterion(
        id=row.text("id"),
        question=row.text("question"),
        guidance=row.text("guidance"),
        asked_of=row.choice("applies_to", AskedOf),
        framework=row.text("framework"),
        standards=tuple(standards),
        source=row.source(),
    )
