"""What if the standards were others: the work to come and the year that has passed, by the pack and by drafts of it.

Each case is gone through once, by the pack and beside it the standards that drafts change. The work to come is worked
out strand by strand (``ahead``), for a draft only for strands that it changes; the rest is what the pack gives. Nothing
is recorded anywhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from openmappa.core.caseload import CaseRecord
from openmappa.core.dates import add_months
from openmappa.core.packs.model import Pack
from openmappa.core.packs.workload_rules import WorkloadRules
from openmappa.core.standards.clocks import Plan, plan_for
from openmappa.core.standards.days import CaseSoFar, case_so_far
from openmappa.core.standards.duties import Outcome, outcome_on
from openmappa.core.workload.activities import whose
from openmappa.core.workload.ahead import NOTHING, Days, Strand, Works
from openmappa.core.workload.changes import Change, changes
from openmappa.core.workload.forecast import known_ends
from openmappa.core.workload.strands import strands
from openmappa.core.workload.sums import Counts, Entry, Tally

MONTHS_PAST = 12
LATE = frozenset({Outcome.MET_LATE, Outcome.OVERDUE, Outcome.MISSED})
A_DAY = timedelta(days=1)
BESIDE = "\n"
"""Stands between a standard's name and the place of the draft whose version it is; no name has it."""


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked: which drafts beside which pack, with what times, from the day after ``on`` for so many months."""

    pack: Pack
    drafts: tuple[Pack, ...]
    workload: WorkloadRules
    on: date
    months: int = 12

    @property
    def starts(self) -> tuple[date, ...]:
        """The first days of the months to come, and the day after the last of them."""
        return tuple(add_months(self.on + A_DAY, number) for number in range(self.months + 1))

    @property
    def past_starts(self) -> tuple[date, ...]:
        """The first days of the twelve months that have passed, and the day after the last of them."""
        return tuple(add_months(self.on + A_DAY, number - MONTHS_PAST) for number in range(MONTHS_PAST + 1))

    def problems(self) -> list[str]:
        """What cannot be asked, in sentences."""
        last = self.starts[-1] - A_DAY
        return [
            f"{draft.name}: this draft ends on {draft.in_force_until}, and the months to look ahead end on {last}. "
            "Take `until` out of it, or look ahead less far."
            for draft in self.drafts
            if draft.in_force_until is not None and draft.in_force_until < last
        ]

    def takes_over(self, draft: Pack) -> date:
        """The first day on which a clock starts by the draft: tomorrow, or its own first day where that is later."""
        first = self.on + A_DAY
        return max(first, draft.in_force_from or first)


class Counted(NamedTuple):
    """What was counted under the pack or under one draft: the work to come, and what was due in the past year."""

    ahead: Counts
    past: Counts


class Comparison:
    """A draft beside the pack: what it changes, and which standards are gone through again because of that."""

    def __init__(self, question: Question, draft: Pack) -> None:
        self.changes: tuple[Change, ...] = changes(question.pack, draft)
        self.changed = frozenset(change.standard for change in self.changes)
        takes_over = question.takes_over(draft)
        self.packs = (
            replace(question.pack, in_force_from=None, in_force_until=takes_over - A_DAY),
            replace(draft, in_force_from=takes_over, in_force_until=None),
        )
        self.strands = tuple(one for one in strands(self.packs) if one & self.changed)
        self.reach = frozenset[str]().union(*self.strands)


class WhatIf:
    """Takes cases one by one, and counts. ``counted`` gives what came of it, for the pack and then for each draft."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.cases = 0
        comparisons = [Comparison(question, draft) for draft in question.drafts]
        # The past is gone through once: standards that a draft changes run beside those of the pack, by names of their
        # own. Facts are as they were, so no standard can touch another.
        beside = [_named(draft, place, comparisons[place - 1]) for place, draft in enumerate(question.drafts, start=1)]
        self._plan = Plan((question.pack, *beside), dated=False)
        self._forces = tuple(plan_for(pack) for pack in (question.pack, *question.drafts))
        self._past_first = question.past_starts[0]
        self._past_month = _month_of_each_day(question.past_starts)
        days = Days(question.on, question.starts[-1] - A_DAY, _month_of_each_day(question.starts))
        self._works = Works()
        self._strands = (
            self._ready(strands((question.pack,)), (question.pack,), days),
            *(self._ready(one.strands, one.packs, days) for one in comparisons),
        )
        self._crews: dict[tuple[str, str, str], _Crew] = {}

    def _ready(self, sets: Iterable[frozenset[str]], packs: tuple[Pack, ...], days: Days) -> tuple[Strand, ...]:
        return tuple(Strand(names, packs, self._plan, days, self._works) for names in sets)

    def add(self, record: CaseRecord) -> None:
        """Go through one case. Raises UnknownForce."""
        for plan in self._forces:
            plan.check_force(record.force)
        self.cases += 1
        on = self.question.on
        case = case_so_far(record.facts, self._plan, force=record.force, as_of=on)
        crew = self._crew(record)
        self._count_past(crew.past, case)
        ends = known_ends(record.facts, case.state, on)
        for counts, its_strands in zip(crew.ahead, self._strands, strict=True):
            for strand in its_strands:
                number = strand.work(case, ends)
                if number != NOTHING:
                    counts[number] = counts.get(number, 0) + 1

    def counted(self) -> list[tuple[Counts, Counts]]:
        """What has been counted: of the pack everything; of each draft what its changes reach, ahead and past."""
        rules, works = self.question.workload, self._works.numbered()
        found = [(Tally(), Tally()) for _ in self._strands]
        for crew in self._crews.values():
            for (ahead, _), counts in zip(found, crew.ahead, strict=True):
                for number, cases in counts.items():
                    for standard, of, month, count, late in works[number]:
                        own = whose(standard, of, crew.area, crew.staff, rules)
                        ahead.add(Entry(own, standard, month), cases * count, cases * late)
            for (name, of, month, was_late), count in crew.past.items():
                standard, _, place = name.partition(BESIDE)
                own = whose(standard, of, crew.area, crew.staff, rules)
                found[int(place or 0)][1].add(Entry(own, standard, month), count, count * was_late)
        return [(ahead.counts(), past.counts()) for ahead, past in found]

    def _count_past(self, counts: "_Past", case: CaseSoFar) -> None:
        on, months, first = self.question.on, self._past_month, self._past_first
        for duty in case.followed:
            due_on = duty.due_on
            if due_on < first or due_on not in months:
                continue
            month = months[due_on]
            outcome = outcome_on(on, due_on, duty.met_on, duty.closed_on)
            if outcome is not Outcome.DUE and outcome is not Outcome.LAPSED:
                key = (duty.clock.standard.id, duty.of, month, outcome in LATE)
                counts[key] = counts.get(key, 0) + 1

    def _crew(self, record: CaseRecord) -> "_Crew":
        staff = record.staff
        key = (record.area, staff.get("case_manager", ""), staff.get("police_officer", ""))
        found = self._crews.get(key)
        if found is None:
            found = self._crews[key] = _Crew(record.area, staff, tuple({} for _ in self._strands), {})
        return found


_Past = dict[tuple[str, str, int, bool], int]
"""Duties that were due: by standard (with ``BESIDE`` and the place of the draft), whose, month and whether late."""


class _Crew(NamedTuple):
    """Those who work on a case, and what was counted of theirs: for each plan the numbers of works ahead; the past."""

    area: str
    staff: Mapping[str, str]
    ahead: tuple[dict[int, int], ...]
    past: _Past


def _named(draft: Pack, place: int, comparison: Comparison) -> Pack:
    """What a draft changes, by names that no other pack has."""
    only = [one for one in draft.standards if one.id in comparison.changed]
    return replace(draft, standards=tuple(replace(one, id=f"{one.id}{BESIDE}{place}") for one in only))


def whole(question: Question, parts: Iterable[list[tuple[Counts, Counts]]]) -> tuple[Counted, ...]:
    """What all parts counted together: the pack first, then each draft with what it leaves as it is."""
    tallies = [(Tally(), Tally()) for _ in (question.pack, *question.drafts)]
    for part in parts:
        for (ahead, past), (more_ahead, more_past) in zip(tallies, part, strict=True):
            _add(ahead, more_ahead)
            _add(past, more_past)
    found = [Counted(ahead.counts(), past.counts()) for ahead, past in tallies]
    base = found[0]
    for place, draft in enumerate(question.drafts, start=1):
        comparison = Comparison(question, draft)
        found[place] = Counted(
            _with_the_rest(found[place].ahead, base.ahead, comparison.reach),
            _with_the_rest(found[place].past, base.past, comparison.changed),
        )
    return tuple(found)


def _add(tally: Tally, counts: Counts) -> None:
    for entry, (number, late) in counts.items():
        tally.add(entry, number, late)


def _with_the_rest(own: Counts, base: Counts, done_again: frozenset[str]) -> Counts:
    return {entry: count for entry, count in base.items() if entry.standard not in done_again} | dict(own)


def _month_of_each_day(starts: tuple[date, ...]) -> Mapping[date, int]:
    found = {}
    for number, (first, after) in enumerate(pairwise(starts)):
        for days in range((after - first).days):
            found[first + timedelta(days=days)] = number
    return found
