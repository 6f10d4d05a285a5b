"""Packs, drafts and cases for the tests of workloads."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from openmappa.core.caseload import CaseRecord
from openmappa.core.packs.load import load_pack, load_workload
from openmappa.core.packs.model import Allowance, Pack, Standard, Unit
from openmappa.core.standards.clocks import plan_for
from openmappa.core.standards.days import case_so_far
from openmappa.core.standards.facts import Fact
from openmappa.core.workload.forecast import Expected, carried_on, expected, known_ends
from openmappa.core.workload.what_if import Question, WhatIf, whole

PACK = load_pack("england-wales-2005")
TIMES = load_workload("england-wales-2005")
ON = date(2005, 3, 31)
STAFF = {"case_manager": "n.probation1", "police_officer": "n.police1"}


def weeks(number: int) -> Allowance:
    return Allowance(Unit.WEEKS, number)


def with_standard(pack: Pack, name: str, change: Callable[[Standard], Standard]) -> Pack:
    """The pack with one of its standards changed."""
    return replace(pack, standards=tuple(change(one) if one.id == name else one for one in pack.standards))


def allowing(name: str, allowed: Allowance, pack: Pack = PACK) -> Pack:
    """The pack with another allowance for one standard."""
    return with_standard(pack, name, lambda one: replace(one, allowed=allowed))


def without(name: str, pack: Pack = PACK) -> Pack:
    """The pack without one of its standards."""
    return replace(pack, standards=tuple(one for one in pack.standards if one.id != name))


def record(
    *facts: Fact, reference: str = "NSH-1", area: str = "northshire", staff: dict[str, str] = STAFF
) -> CaseRecord:
    """A case of force A."""
    return CaseRecord(reference, area, "A", None, staff, facts)


def work_ahead(*facts: Fact, pack: Pack = PACK, until: date = date(2006, 3, 31), force: str = "A") -> list[Expected]:
    """The work to come on a case of these facts, by one pack."""
    case = case_so_far(facts, plan_for(pack), force=force, as_of=ON)
    return expected(case, after=ON, until=until, ends=known_ends(facts, case.state, ON))


def under_draft(*facts: Fact, draft: Pack, pack: Pack = PACK, takes_over: date = date(2005, 4, 1)) -> list[Expected]:
    """The work to come where a draft takes over."""
    case = case_so_far(facts, plan_for(pack), force="A", as_of=ON)
    before = replace(pack, in_force_until=date.fromordinal(takes_over.toordinal() - 1))
    plan = plan_for((before, replace(draft, in_force_from=takes_over)))
    clocks = {clock.standard.id: clock for clock in plan.clocks if clock.in_force_until is not None}
    going_on = carried_on(case, plan, clocks)
    return expected(going_on, after=ON, until=date(2006, 3, 31), ends=known_ends(facts, case.state, ON))


def asked(*records: CaseRecord, pack: Pack = PACK, drafts: tuple[Pack, ...] = (), months: int = 12) -> tuple:  # type: ignore[type-arg]
    """The question, and what was counted."""
    question = Question(pack, drafts, TIMES, ON, months)
    counting = WhatIf(question)
    for one in records:
        counting.add(one)
    return question, whole(question, [counting.counted()])
