"""The answer to a what-if question in small: what its readers see, as plain numbers that can be kept as JSON.

Whoever was counted stands in it by the name that the cases gave ("" for nobody), never with more.
"""

from typing import Any

from openmappa.core.workload.answer import Answer, By, Load
from openmappa.core.workload.changes import changes
from openmappa.core.workload.sums import NOTHING, Counts

Json = dict[str, Any]


def digest(answer: Answer) -> Json:
    """The whole answer: ``plans`` holds the pack first and then each draft, ``standards`` their ids and titles.

    What has an order stands in a list: whoever keeps JSON may give the names of an object back in another.
    """
    question = answer.question
    packs = (question.pack, *question.drafts)
    plans: list[Json] = []
    for pack, counted in zip(packs, answer.counted, strict=True):
        found = () if pack is question.pack else changes(question.pack, pack)
        plans.append(
            {
                "title": pack.title,
                "from": "" if pack is question.pack else question.takes_over(pack).isoformat(),
                "changes": [change.sentence for change in found],
                "changed": sorted({change.standard for change in found}),
                "activities": {name: list(one) for name, one in answer.by_standard(counted.ahead).items()},
                "months": _months(answer, counted.ahead),
                "overdue": answer.overdue_minutes(counted.ahead),
                "past": {name: [one.number, one.late] for name, one in answer.by_standard(counted.past).items()},
                "loads": {by.value: [_load(load) for load in answer.loads(counted.ahead, by).values()] for by in By},
            }
        )
    asked = {standard.id: standard.title for pack in reversed(packs) for standard in pack.standards}
    times = question.workload
    return {
        "cases": answer.cases,
        "on": question.on.isoformat(),
        "starts": [day.isoformat() for day in question.starts],
        "past_starts": [day.isoformat() for day in question.past_starts],
        "standards": [[name, title] for name, title in asked.items()],
        "minutes": {name: times.activities[name].minutes for name in asked},
        "hours": {role: capacity.hours for role, capacity in times.capacities.items()},
        "plans": plans,
    }


def _months(answer: Answer, counts: Counts) -> list[list[int]]:
    """For each month: how many duties, their minutes, and how many people have more work than hours."""
    sums = answer.by_month(counts)
    people = [load for load in answer.loads(counts, By.OFFICER).values() if load.capacity is not None]
    return [
        [
            sums.get(month, NOTHING).number,
            sums.get(month, NOTHING).minutes,
            sum(load.held[month] > (load.capacity or 0) for load in people),
        ]
        for month in range(answer.question.months)
    ]


def _load(load: Load) -> list[Any]:
    """A group: area, role or unit, name, minutes of capacity (or none), minutes overdue, minutes and held by month."""
    minutes = [found.minutes for found in load.months]
    return [*load.group, load.capacity, load.overdue, minutes, list(load.held)]
