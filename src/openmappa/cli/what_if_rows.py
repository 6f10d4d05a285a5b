"""The answer to a what-if question as CSV, a row for each figure, and as JSON, with all that it rests on."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from openmappa.core.packs.model import Pack
from openmappa.core.workload.answer import MINUTES, Answer, By, Group, group_of
from openmappa.core.workload.changes import changes
from openmappa.core.workload.forecast import ASSUMPTIONS
from openmappa.core.workload.sums import added_up

COLUMNS = (
    "period", "standards", "area", "role", "name", "month", "standard", "number", "late", "hours", "capacity_hours",
)  # fmt: skip
AHEAD, PAST = "ahead", "past"
NAMES = ("pack", "draft A", "draft B")
"""What the pack and the drafts are called in every format."""


class Row(NamedTuple):
    """One figure. ``late``: ahead, overdue already; past, late. ``hours`` and capacity only for the work ahead."""

    period: str
    standards: str
    group: Group
    month: date
    standard: str
    number: int
    late: int
    hours: float | None
    capacity_hours: float | None


def rows(answer: Answer, by: By) -> Iterator[Row]:
    """Every figure, by period, by the standards it goes by, by group, month and standard."""
    starts, past_starts = answer.question.starts, answer.question.past_starts
    for name, counted in zip(NAMES, answer.counted, strict=False):
        loads = answer.loads(counted.ahead, by)
        sums = added_up(counted.ahead, answer.minutes, lambda one: (group_of(one.whose, by), one.month, one.standard))
        for (group, month, standard), found in sorted(sums.items()):
            capacity = loads[group].capacity
            hours = None if capacity is None else capacity / MINUTES
            spent = round(found.minutes / MINUTES, 2)
            yield Row(AHEAD, name, group, starts[month], standard, found.number, found.late, spent, hours)
    for name, counted in zip(NAMES, answer.counted, strict=False):
        sums = added_up(counted.past, answer.minutes, lambda one: (group_of(one.whose, by), one.month, one.standard))
        for (group, month, standard), found in sorted(sums.items()):
            yield Row(PAST, name, group, past_starts[month], standard, found.number, found.late, None, None)


def as_csv(answer: Answer, by: By) -> str:
    """The figures as CSV (RFC 4180), with an empty field where there is nothing to say."""
    text = io.StringIO()
    write = csv.writer(text).writerow
    write(COLUMNS)
    for row in rows(answer, by):
        write((row.period, row.standards, *row.group, *row[3:]))
    return text.getvalue()


def as_json(answer: Answer, by: By) -> str:
    """The figures as one JSON object, with the question, its assumptions, and who goes over capacity."""
    question = answer.question
    found: dict[str, list[dict[str, Any]]] = {AHEAD: [], PAST: []}
    for row in rows(answer, by):
        found[row.period].append(
            {name: value for name, value in zip(COLUMNS[1:], _cells(row), strict=True) if value is not None}
        )
    workload = question.workload
    content = {
        "on": question.on.isoformat(),
        "months": question.months,
        "cases": answer.cases,
        "by": by.value,
        "pack": {"name": question.pack.name, "title": question.pack.title},
        "drafts": [_draft(name, draft, answer) for name, draft in zip(NAMES[1:], question.drafts, strict=False)],
        "assumptions": list(ASSUMPTIONS),
        "workload": {
            "title": workload.title,
            "activities": [
                {"standard": one.standard, "minutes": one.minutes, "done_by": one.done_by, "source": str(one.source)}
                for one in workload.activities.values()
            ],
            "capacities": [
                {"role": one.role, "hours_a_month": one.hours, "source": str(one.source)}
                for one in workload.capacities.values()
            ],
        },
        "over_capacity": list(_over(answer, by)),
        **found,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _cells(row: Row) -> tuple[Any, ...]:
    return (row.standards, *row.group, row.month.isoformat(), *row[4:])


def _draft(name: str, draft: Pack, answer: Answer) -> dict[str, Any]:
    question = answer.question
    return {
        "standards": name,
        "name": draft.name,
        "title": draft.title,
        "source": draft.source,
        "from": question.takes_over(draft).isoformat(),
        "changes": [one._asdict() for one in changes(question.pack, draft)],
    }


def _over(answer: Answer, by: By) -> Iterator[dict[str, Any]]:
    for name, counted in zip(NAMES, answer.counted, strict=False):
        for group, load in answer.loads(counted.ahead, by).items():
            if load.months_over and load.capacity is not None:
                yield {
                    "standards": name,
                    **group._asdict(),
                    "capacity_hours": load.capacity / MINUTES,
                    "months_over": load.months_over,
                    "fullest_month_hours": round(load.fullest / MINUTES, 2),
                }
