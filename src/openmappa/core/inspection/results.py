"""A sample and the answers given for its cases, put together for ``estimates``: whole, by stratum, joint work apart.

Estimates are made without the cases that an area named as joint work, because an area names its better ones (paragraph
3.5). What is left then speaks of the cases that areas would not have named. So there are three readings, and a page
that shows one says which: ``Reading.WITHOUT_JOINT_WORK`` (the estimate), ``JOINT_WORK`` (what areas chose to show;
counts of those cases and no more), and ``ALL`` (every drawn case: the only one that speaks of all cases of the day).
"""

from collections import Counter
from collections.abc import Callable, Mapping
from enum import StrEnum

from openmappa.core.inspection.estimates import Scored
from openmappa.core.inspection.sample import Sample
from openmappa.core.inspection.scores import Answer, Tally, tally


class Reading(StrEnum):
    """Which cases of a sample a figure is of."""

    WITHOUT_JOINT_WORK = "without_joint_work"
    JOINT_WORK = "joint_work"
    ALL = "all"


def scored(
    sample: Sample, answers: Mapping[str, Answer], reading: Reading = Reading.WITHOUT_JOINT_WORK
) -> list[Scored]:
    """The answers to one question with the weights of their cases, ready to be estimated from.

    A case of the sample without an answer is not answered. Answers for cases that are not in the sample (any more) are
    passed over: a case that was replaced takes no part.
    """
    return [each for cases in scored_by_stratum(sample, answers, reading).values() for each in cases]


def scored_by_stratum(
    sample: Sample, answers: Mapping[str, Answer], reading: Reading = Reading.WITHOUT_JOINT_WORK
) -> dict[str, list[Scored]]:
    """The same for each area by itself, every area of the sample, in alphabetical order.

    A case that nobody has answered yet is as one that was not drawn: those of its group that were answered stand for
    it as well, so that its absence makes the interval wider, and no figure surer than it is.
    """
    belongs = _belongs(sample, reading)
    found: dict[str, list[Scored]] = {group.stratum: [] for group in sample.draw.groups}
    members = [(key, group) for key, group in sample.members().items() if belongs(key)]
    there = Counter((group.stratum, group.name) for _, group in members)
    answered = Counter((group.stratum, group.name) for key, group in members if _is_answered(answers, key))
    for key, group in members:
        place = (group.stratum, group.name)
        weight = group.weight * there[place] / (answered[place] or there[place])
        found[group.stratum].append(Scored(answers.get(key, Answer.NOT_ANSWERED), float(weight)))
    return found


def _is_answered(answers: Mapping[str, Answer], key: str) -> bool:
    return answers.get(key, Answer.NOT_ANSWERED) is not Answer.NOT_ANSWERED


def joint_work(sample: Sample, answers: Mapping[str, Answer]) -> Tally:
    """The answers for the cases named as joint work: counted only, for they stand for no other case."""
    return tally(each.answer for each in scored(sample, answers, Reading.JOINT_WORK))


def _belongs(sample: Sample, reading: Reading) -> Callable[[str], bool]:
    if reading is Reading.ALL:
        return lambda key: True
    return lambda key: (key in sample.joint) == (reading is Reading.JOINT_WORK)
