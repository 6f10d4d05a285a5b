"""The version of a plan for the offender: a closed list of what it may say.

Whatever makes the document is given an `OffenderPlan` and nothing else, so what has no field here cannot stand in it.
The texts that fill the fields are those whose audience is the offender (`audience.Audience`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from openmappa.core.packs.plans_rules import HiddenNames

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class OffenderStep:
    """An objective in plain words: what, who does it ("You", or who else), by which day, and where it stands."""

    words: str
    who: str
    due_on: date
    state: str


@dataclass(frozen=True, slots=True)
class OffenderActivity:
    """An intervention in plain words: what, and from when to when."""

    words: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class OffenderPlan:
    """Everything that the offender's copy may say. ``review_by`` is the day by which the plan is looked at again.

    A draft (``is_draft``) is shown to them before it is signed, so that they can say what they think of it.
    """

    name: str
    written_by: str
    written_on: date
    contact: str
    adapted: str
    own_words: str
    agreed: bool | None
    steps: tuple[OffenderStep, ...]
    activities: tuple[OffenderActivity, ...]
    review_by: date | None
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A word of a hidden text that stands in the offender's copy too, and in which of its parts."""

    word: str
    part: str

    @property
    def sentence(self) -> str:
        """Where the word stands and what to do."""
        return (
            f"“{self.word}” stands under “{self.part}” and also in what the offender must not see. "
            "If it is a name, write that part without it."
        )


def texts(plan: OffenderPlan) -> Iterator[tuple[str, str]]:
    """Each free text of the copy, with the name of its part."""
    yield "How often we meet", plan.contact
    yield "What we do differently for you", plan.adapted
    yield "What you said", plan.own_words
    for number, step in enumerate(plan.steps, start=1):
        yield f"Step {number}", step.words
        yield f"Step {number}, who does it", step.who
    for activity in plan.activities:
        yield "What will happen", activity.words


def names_shared(
    plan: OffenderPlan, hidden: Iterable[str], known: Iterable[str], rules: HiddenNames
) -> tuple[Found, ...]:
    """The words of the copy that may be names from hidden texts, each once for each part, in the copy's order.

    A word counts when it is written with a capital in both, or with one inside a sentence of either. ``known`` are
    texts whose words may stand anywhere: the offender's own name, the names of staff. The rules list ordinary words
    that begin with a capital. It warns; whoever reads the warning decides.
    """
    behind = [one for one in hidden if one.strip()]
    capital = {word.casefold() for text in behind for word, _ in _capitalised(text)}
    inside = {word.casefold() for text in behind for word, within in _capitalised(text) if within}
    every = {word.casefold() for text in behind for word in _words(text)}
    harmless = rules.not_names | {word.casefold() for text in known for word in _words(text)}
    found: dict[Found, None] = {}
    for part, text in texts(plan):
        suspects = {word: word.casefold() in inside for word in _words(text)}
        for word, within in _capitalised(text):
            suspects[word] |= word.casefold() in capital or (within and word.casefold() in every)
        for word, suspect in suspects.items():
            if suspect and word.casefold() not in harmless and len(word) >= _SHORTEST:
                found[Found(word, part)] = None
    return tuple(found)


def _words(text: str) -> Iterator[str]:
    return (match.group(0) for match in _WORD.finditer(text))


def _capitalised(text: str) -> Iterator[tuple[str, bool]]:
    """Each word that begins with a capital, and whether it stands inside a sentence."""
    for match in _WORD.finditer(text):
        word = match.group(0)
        if word[0].isupper():
            before = text[: match.start()].rstrip(" \t\"'“‘(")
            yield word, bool(before) and before[-1] not in ".!?:\n•-"
