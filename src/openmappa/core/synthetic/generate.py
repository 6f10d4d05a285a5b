"""A whole sample caseload, case by case: the same arguments give the same caseload, byte for byte, on any machine."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from openmappa.core.caseload import CaseRecord, Header
from openmappa.core.errors import CoreError
from openmappa.core.synthetic.days import Calendar
from openmappa.core.synthetic.dealing import Dice
from openmappa.core.synthetic.history import History
from openmappa.core.synthetic.meetings import add_meetings
from openmappa.core.synthetic.people import area_name, area_prefix, force_of, person_of, staff_of
from openmappa.core.synthetic.plan import BLOCK, CasePlan, Planner
from openmappa.core.synthetic.registration import add_registration
from openmappa.core.synthetic.shape import Shape
from openmappa.core.synthetic.supervision import add_supervision
from openmappa.core.synthetic.visiting import Policy, add_police_work

MOST_AREAS = 99
MOST_CASES = 99_999
FEWEST_FACTS, MOST_FACTS = 20, 400  # a history of half a year; one of 27 years


class SampleRefused(CoreError):
    """A sample caseload cannot be made as asked; the message says why and what to do."""


class Block(NamedTuple):
    """Cases of one area that are planned together; `turn` is the block's place in the caseload."""

    turn: int
    area: int
    first: int
    cases: int


@dataclass(frozen=True)
class Sample:
    """A sample caseload to be made.

    `cases` is for each area; `until` is the last day of the histories; `facts`, when given, makes the histories as
    long as it takes for a case to have so many facts on average (for load tests), in place of three years.
    """

    areas: int
    cases: int
    seed: int
    until: date
    shape: Shape
    policy: Policy
    facts: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.areas <= MOST_AREAS:
            raise SampleRefused(f"Ask for 1 to {MOST_AREAS} areas, not {self.areas}.")
        if not 1 <= self.cases <= MOST_CASES:
            raise SampleRefused(f"Ask for 1 to {MOST_CASES:,} cases an area, not {self.cases:,}.")
        if not 1900 <= self.until.year <= 2100:
            raise SampleRefused(f"Choose a last day between 1900 and 2100, not {self.until}.")
        if self.facts is not None and not FEWEST_FACTS <= self.facts <= MOST_FACTS:
            raise SampleRefused(f"Ask for {FEWEST_FACTS} to {MOST_FACTS} facts a case, not {self.facts}.")

    @cached_property
    def window(self) -> int:
        """The length of the histories in days."""
        if self.facts is None:
            return self.shape.three_year_days
        return int((self.facts - self.shape.facts_at_start) / self.shape.facts_a_year * 365.25)

    @cached_property
    def calendar(self) -> Calendar:
        """The days that the caseload covers, with a year and a half to come (due dates, releases)."""
        until = self.until.toordinal()
        return Calendar(until - self.window - 400, until + 550)

    @property
    def header(self) -> Header:
        """The first line of its file. The source names the seed, since references are unique within a source."""
        return Header(f"openmappa-sample-{self.seed}", self.until)

    def blocks(self) -> Iterator[Block]:
        """The parts that can be made independently of each other, in the order of the file."""
        turn = 0
        for area in range(self.areas):
            for first in range(1, self.cases + 1, BLOCK):
                yield Block(turn, area, first, min(BLOCK, self.cases + 1 - first))
                turn += 1

    def cases_of(self, block: Block) -> Iterator[CaseRecord]:
        """The cases of one block."""
        planner = Planner(self.seed, self.until.toordinal(), self.window, self.shape, self.calendar)
        force = force_of(block.area)
        plans = planner.block(area=block.area, force=force, first=block.first, count=block.cases, turn=block.turn)
        for plan in plans:
            yield self._case(plan, block.area)

    def _case(self, plan: CasePlan, area: int) -> CaseRecord:
        dice = Dice(self.seed, area, plan.number)
        position = area * self.cases + plan.number
        person = person_of(plan, area, position, self.calendar, dice, dice.roll() < self.shape.chances["middle_name"])
        staff = staff_of(area, self.cases, dice)
        history = History(plan, dice, self.shape, self.calendar)
        recalled = add_supervision(history)
        at_liberty = add_registration(history, recalled)
        add_police_work(history, self.policy, at_liberty)
        add_meetings(history)
        reference = f"{area_prefix(area)}-{plan.number:05}"
        return CaseRecord(reference, area_name(area), plan.force, person, staff, history.facts())


def generate(sample: Sample) -> Iterator[CaseRecord]:
    """Every case of the sample caseload, in the order of the file, in bounded memory."""
    for block in sample.blocks():
        yield from sample.cases_of(block)
