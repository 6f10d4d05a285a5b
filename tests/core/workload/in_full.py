"""The same question answered in full: each case whole, by the pack and again by each draft, nothing left out or kept.

What the tests hold the quick way against. It knows no strands, no situations and no standards that stay as they are.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from openmappa.core.caseload import CaseRecord
from openmappa.core.packs.model import Pack
from openmappa.core.standards.clocks import plan_for
from openmappa.core.standards.days import CaseSoFar, case_so_far
from openmappa.core.standards.duties import Outcome, duties
from openmappa.core.workload.activities import whose
from openmappa.core.workload.forecast import carried_on, expected, known_ends
from openmappa.core.workload.sums import Count, Entry
from openmappa.core.workload.what_if import Counted, Question


def in_full(question: Question, records: Sequence[CaseRecord]) -> tuple[Counted, ...]:
    """What is counted for the pack, and then for each draft."""
    return tuple(
        Counted(_counts(_ahead(question, pack, records)), _counts(_past(question, pack, records)))
        for pack in (question.pack, *question.drafts)
    )


Rows = Iterable[tuple[Entry, bool]]


def _ahead(question: Question, pack: Pack, records: Sequence[CaseRecord]) -> Rows:
    last = question.starts[-1] - timedelta(days=1)
    for record in records:
        case = case_so_far(record.facts, plan_for(question.pack), force=record.force, as_of=question.on)
        ends = known_ends(record.facts, case.state, question.on)
        if pack is not question.pack:
            case = _under(case, question, pack)
        for work in expected(case, after=question.on, until=last, ends=ends):
            month = _month(work.on, question.starts)
            assert month is not None
            yield _entry(question, record, work.standard, work.of, month), work.was_overdue


def _under(case: CaseSoFar, question: Question, draft: Pack) -> CaseSoFar:
    """The case going on under the whole draft from the day on which it takes over."""
    first = question.takes_over(draft)
    before = replace(question.pack, in_force_from=None, in_force_until=first - timedelta(days=1))
    plan = plan_for((before, replace(draft, in_force_from=first, in_force_until=None)))
    return carried_on(case, plan, {one.standard.id: one for one in plan.clocks if one.in_force_until is not None})


def _past(question: Question, pack: Pack, records: Sequence[CaseRecord]) -> Rows:
    undated = replace(pack, in_force_from=None, in_force_until=None)
    for record in records:
        for duty in duties(record.facts, undated, force=record.force, as_of=question.on):
            month = _month(duty.due_on, question.past_starts)
            outcome = duty.outcome(question.on)
            if month is not None and outcome not in (Outcome.DUE, Outcome.LAPSED):
                yield _entry(question, record, duty.standard, duty.of, month), outcome is not Outcome.MET


def _counts(rows: Rows) -> dict[Entry, Count]:
    rows = list(rows)
    number = Counter(entry for entry, _ in rows)
    late = Counter(entry for entry, was_late in rows if was_late)
    return {entry: Count(number[entry], late[entry]) for entry in number}


def _month(day: date, starts: Sequence[date]) -> int | None:
    return next((place for place in range(len(starts) - 1) if starts[place] <= day < starts[place + 1]), None)


def _entry(question: Question, record: CaseRecord, standard: str, of: str, month: int) -> Entry:
    return Entry(whose(standard, of, record.area, record.staff, question.workload), standard, month)
