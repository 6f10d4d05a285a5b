"""What a report says of its own method: how cases were drawn, how sure a percentage is, how far its inspectors agree.

No count under ``SMALLEST`` is in it, for a report leaves the service.
"""

from collections import Counter
from collections.abc import Callable
from statistics import median

from openmappa.assessing.queries.answers import Agreements, agreements, differences
from openmappa.assessing.queries.assessments import assessments_of
from openmappa.core.inspection.precision import Part, promise
from openmappa.core.inspection.proportions import SMALLEST
from openmappa.findings.queries.results import Results
from openmappa.samples.models import Exercise
from openmappa.ui.formats import day

NO_SAMPLE = "No sample of cases was drawn."


def method_of(exercise: Exercise, results: Results | None) -> list[str]:
    """A paragraph for each thing to know. A fixed number of queries."""
    if results is None:
        return [NO_SAMPLE]
    sample = results.sample
    sizes = "; ".join(f"{group.stratum}: {len(group.drawn)} of {group.size}" for group in sample.draw.groups)
    return [
        f"The cases were drawn by lot from every case of the record of {day(exercise.on)}, area by area ({sizes}). "
        "The list, the seed and the rules are kept, so that anybody who works on it can draw them again.",
        f"{_replaced(len(sample.replacements))} {_joint(len(sample.joint))}",
        "A percentage is of cases above the line: excellent or sufficient, of those judged. A question that does not "
        "apply is never counted as no. Each area counts as much as it has cases, and the interval at 95 per cent "
        "allows for that.",
        _how_sure(results),
        _agreement(agreements(exercise, results.framework)),
        *filter(None, [_waiting(exercise, results, _so_many)]),
        "Twenty cases of an area say little about it by themselves: a difference is not called one unless its interval "
        f"excludes nought. Counts under {SMALLEST}, and what would give them away, are left out.",
    ]


def what_waits(exercise: Exercise, results: Results | None) -> str:
    """What of the assessment is not finished, in a sentence for those who work on it; empty where all is."""
    return _waiting(exercise, results, str)


def _waiting(exercise: Exercise, results: Results | None, counted: Callable[[int], str]) -> str:
    """The same with numbers as ``counted`` says them. Three queries."""
    if results is None:
        return ""
    rows, members = assessments_of(exercise), results.sample.members()
    given = {row.case_key for row in rows}
    unsigned = {row.case_key for row in rows if not row.is_signed} | (members.keys() - given)
    differ = sum(not each.is_settled for each in differences(exercise, results.framework))
    said = []
    if unsigned:
        number = counted(len(unsigned))
        tells = number.isdecimal() or len(members) > SMALLEST  # "fewer than 5 of 4" would tell nobody anything
        said.append(f"Cases whose assessment is not signed: {f'{number} of {len(members)}' if tells else 'some'}.")
    if differ:
        said.append(f"Differences between inspectors that are not settled: {counted(differ)}.")
    return " ".join([*said, "What has no answer yet is in no percentage."]) if said else ""


def _how_sure(results: Results) -> str:
    """The precision that a sample of this size has, without joint work."""
    sample = results.sample
    joint = Counter(group.stratum + group.name for key, group in sample.members().items() if key in sample.joint)
    parts = []
    for group in sample.draw.groups:
        taken = joint[group.stratum + group.name]
        if len(group.drawn) > taken:
            parts.append(Part(group.size - taken, len(group.drawn) - taken))
    if not parts:
        return "Every case drawn was joint work, so nothing is estimated."
    return (
        "How sure a percentage of all areas together is, where the question is of every case and joint work is left "
        f"out: {promise(parts).words} A question of fewer cases is less sure; each interval says how much."
    )


def _agreement(found: Agreements) -> str:
    if not found.cases:
        return "No case was assessed by two inspectors, so nothing can be said of how far they agree."
    known = sorted(each.value for _, each in found.by_question if each.value is not None)
    said = [
        f"{_so_many(found.cases).capitalize()} of the cases were assessed by two inspectors, neither of whom saw the "
        f"other’s answers. Over all questions of the scale: {_few_hidden(found)}"
    ]
    if known:
        said.append(
            f"Question by question, kappa is from {known[0]:.2f} to {known[-1]:.2f}, in the middle {median(known):.2f}."
        )
    said.append("1 is full agreement, 0 what chance alone would give. Differences were settled, each with a reason.")
    return " ".join(said)


def _few_hidden(found: Agreements) -> str:
    """The agreement in words; where few differed, or few were judged twice, the coefficient without its counts."""
    overall = found.overall
    if overall.same.k >= SMALLEST and overall.same.others >= SMALLEST:
        return overall.words
    if overall.value is None:
        return overall.reason
    between = f" ({overall.interval.low:.2f} to {overall.interval.high:.2f})" if overall.interval else ""
    return f"{overall.name}: {overall.value:.2f}{between}."


def _replaced(count: int) -> str:
    return (
        f"{_so_many(count).capitalize()} of them were replaced, each with a reason." if count else "None was replaced."
    )


def _joint(count: int) -> str:
    if not count:
        return "None was named as joint work."
    return (
        f"{_so_many(count).capitalize()} were named by their area as joint work; these are in no percentage here, "
        "because an area names its better cases."
    )


def _so_many(count: int) -> str:
    """A count as it may leave the service."""
    return str(count) if count >= SMALLEST else f"fewer than {SMALLEST}"
