"""What a question is made of, read by the same rules as the command's: packs, times, and what is wrong with either."""

from collections.abc import Mapping, Sequence
from datetime import date

from openmappa.core.errors import PackError
from openmappa.core.packs.load import IN_SERVICE, load_pack, load_workload, read_draft
from openmappa.core.packs.model import Pack
from openmappa.core.packs.workload_rules import WorkloadRules
from openmappa.core.workload.what_if import Question as CoreQuestion

NAMES = ("Draft A", "Draft B")
"""What the drafts are called on every page, as by the command."""
Problems = list[tuple[str, str]]


def pack() -> Pack:
    """The standards in force, which drafts are held against."""
    return load_pack(IN_SERVICE[0])


def times() -> WorkloadRules:
    """The times and hours that the pack brings."""
    return load_workload(IN_SERVICE[0])


def read_question(
    texts: Sequence[str], minutes: Mapping[str, int], hours: Mapping[str, int], *, on: date, months: int
) -> CoreQuestion:
    """The question as the engine takes it. Raises PackError with everything that is wrong."""
    found, problems = checked(texts, minutes, hours, on=on, months=months)
    if found is None:
        raise PackError(*(sentence for _, sentence in problems))
    return found


def checked(
    texts: Sequence[str], minutes: Mapping[str, int], hours: Mapping[str, int], *, on: date, months: int
) -> tuple[CoreQuestion | None, Problems]:
    """The same; or None, and what is wrong: "0" or "1" for the draft at fault, "" for the rest, with a sentence."""
    problems: Problems = []
    drafts: list[Pack] = []
    for place, text in enumerate(texts):
        try:
            drafts.append(read_draft(text, NAMES[place]))
        except PackError as error:
            problems += [(str(place), sentence) for sentence in error.problems]
    rules = times()
    try:
        rules = rules.with_own(minutes, hours)
    except PackError as error:
        problems += [("", sentence) for sentence in error.problems]
    if problems:
        return None, problems
    for place, draft in enumerate(drafts):
        for name in rules.without_time([draft]):
            sentence = f"{NAMES[place]}: no time is given for {name}; add it under the times of added standards."
            problems.append(("", sentence))
    question = CoreQuestion(pack(), tuple(drafts), rules, on, months)
    problems += [("", sentence) for sentence in question.problems()]
    return (None if problems else question), problems
