"""A case's duties with their reasons: the rule, what started the clock, and what met it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from openmappa.core.packs.load import packs_in_service
from openmappa.core.packs.model import Standard
from openmappa.core.standards import duties as engine
from openmappa.core.standards.duties import Duty, Outcome
from openmappa.core.standards.explain import explain
from openmappa.core.standards.facts import Fact as CoreFact
from openmappa.core.standards.reasons import OF
from openmappa.core.standards.words import describe_in_sentence
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.facts import FactRows, core_fact, fact_rows
from openmappa.timeline.queries.frame import CaseFrame
from openmappa.timeline.queries.standards import pack_of, standard_of
from openmappa.ui.formats import lower_first

OPEN = (Outcome.OVERDUE, Outcome.DUE)


@dataclass(frozen=True)
class DutyLine:
    """One duty as a page shows it. ``started_by`` and ``met_by`` are the stored facts, where there are any."""

    duty: Duty
    standard: Standard
    outcome: Outcome
    started_by: Fact | None
    met_by: Fact | None
    steps: tuple[str, ...]

    @property
    def owner(self) -> str:
        """Whose duty it is, inside a sentence."""
        return lower_first(OF[self.duty.of])

    @property
    def started_title(self) -> str:
        """What the fact that started the clock says, inside a sentence."""
        return describe_in_sentence(core_fact(self.started_by)) if self.started_by else ""

    @property
    def met_title(self) -> str:
        """What the fact that met it says, inside a sentence."""
        return describe_in_sentence(core_fact(self.met_by)) if self.met_by else ""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.outcome in OPEN


@dataclass(frozen=True)
class DutyList:
    """A case's duties, the open ones first and soonest due first, then the others, the newest first."""

    judged: tuple[Duty, ...]
    known: FactRows
    force: str
    today: date

    def matching(self, outcomes: Sequence[str], standard: str) -> list[Duty]:
        """The duties with one of these outcomes (none given: any) and of this standard (none given: any)."""
        return [
            duty
            for duty in self.judged
            if (not outcomes or duty.outcome(self.today) in outcomes) and (not standard or duty.standard == standard)
        ]

    def lines(self, duties: Sequence[Duty]) -> list[DutyLine]:
        """These duties with their reasons; worked out only for the ones that a page shows."""
        return [self._line(duty) for duty in duties]

    def titles(self) -> dict[str, str]:
        """The titles of the standards that this case has duties under, by id, in alphabetical order."""
        found = {duty.standard: standard_of(duty).title for duty in self.judged}
        return dict(sorted(found.items(), key=lambda pair: pair[1]))

    def _line(self, duty: Duty) -> DutyLine:
        position = duty.because_position
        return DutyLine(
            duty,
            standard_of(duty),
            duty.outcome(self.today),
            None if position is None else self.known.rows[position],
            self._met_by(duty),
            explain(duty, pack_of(duty), self.force, self.known.facts),
        )

    def _met_by(self, duty: Duty) -> Fact | None:
        """The first fact of the day that meets the duty."""
        standard = standard_of(duty)
        start = None if duty.because_position is None else self.known.facts[duty.because_position]
        for fact, row in zip(self.known.facts, self.known.rows, strict=True):
            if fact.on == duty.met_on and _meets(standard, start, fact):
                return row
        return None


def duty_list(frame: CaseFrame) -> DutyList:
    """Every duty of a case as of today, worked out afresh. One query and one run of the engine."""
    known = fact_rows(frame.case)
    found = engine.duties(known.facts, packs_in_service(), force=frame.case.force, as_of=frame.today)
    return DutyList(tuple(sorted(found, key=lambda duty: _place(duty))), known, frame.case.force, frame.today)


def _place(duty: Duty) -> tuple[bool, timedelta, str]:
    """Open ones by due date, then the others by when they ended, newest first."""
    ended_on = duty.met_on or duty.closed_on
    return (
        (False, duty.due_on - date.min, duty.standard)
        if ended_on is None
        else (True, date.max - ended_on, duty.standard)
    )


def _meets(standard: Standard, start: CoreFact | None, fact: CoreFact) -> bool:
    same = not standard.key or (start is not None and start.details.get(standard.key) == fact.details.get(standard.key))
    return same and any(match.kind == fact.kind and match.fits(fact.details) for match in standard.met_by)
