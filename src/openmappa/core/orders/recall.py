"""A recall to custody from a licence: asked for, decided, returned or at large, released again (8.11)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openmappa.core.standards.facts import Fact
from openmappa.core.standards.state import in_order, state
from openmappa.core.standards.words import in_full

LICENCES = ("licence", "extended_licence")
REASONS: Mapping[str, str] = {
    "conditions": "Breach of the conditions of the licence",
    "behaviour": "Behaviour that shows a higher risk",
    "further_offence": "Charged with a further offence",
    "out_of_touch": "Out of touch: whereabouts unknown",
    "other": "Another reason",
}
"""Why somebody is recalled; the words beside it say what happened. The list is ours (A)."""


class Decision(StrEnum):
    """What was decided on a request for recall."""

    REVOKED = "revoked"
    REFUSED = "refused"


class RecallStands(StrEnum):
    """How a recall stands."""

    ASKED = "Recall asked for"
    REFUSED = "Not recalled"
    AT_LARGE = "Unlawfully at large"
    RETURNED = "Returned to custody"
    RELEASED = "Released again"


@dataclass(frozen=True, slots=True)
class RecallDays:
    """The days of a recall. ``returned_on`` and ``released_on`` are those of the facts of custody."""

    asked_on: date
    decision: Decision | None = None
    decided_on: date | None = None
    returned_on: date | None = None
    released_on: date | None = None

    @property
    def stands(self) -> RecallStands:
        """How it stands; whoever was in custody already when the licence was revoked counts as returned."""
        if self.decision is None:
            return RecallStands.ASKED
        if self.decision is Decision.REFUSED:
            return RecallStands.REFUSED
        if self.released_on is not None:
            return RecallStands.RELEASED
        return RecallStands.AT_LARGE if self.returned_on is None else RecallStands.RETURNED


def was_on_licence(facts: Sequence[Fact], day: date) -> bool:
    """Whether a licence ran at the end of a day, by the facts of the case."""
    if not state(facts, day).supervised:
        return False
    started = [fact for fact in in_order(facts, day, None) if fact.kind == "order_started"]
    return started[-1].details["order"] in LICENCES


def recall_problems(
    facts: Sequence[Fact], asked_on: date, reason: str, others: Iterable[RecallStands], today: date
) -> dict[str, str]:
    """What is wrong with a new request for recall, by field. ``others`` are how the case's other recalls stand."""
    if RecallStands.ASKED in others or RecallStands.AT_LARGE in others:
        return {"": "A recall is recorded that has not ended yet. Record what became of that one."}
    problems = {}
    if asked_on > today:
        problems["asked_on"] = "The day must be today or in the past"
    elif not was_on_licence(facts, asked_on):
        problems["asked_on"] = (
            f"No licence is recorded for {in_full(asked_on)}. If there was one, record it first under “Record "
            "something else”"
        )
    if reason not in REASONS:
        problems["reason"] = "Select the reason"
    return problems


def decision_problems(days: RecallDays, decided_on: date, today: date) -> dict[str, str]:
    """What is wrong with the decision on a recall, by field."""
    if days.decision is not None:
        return {"": "This recall was decided before. Set it aside if that was a mistake."}
    if decided_on > today:
        return {"decided_on": "The day must be today or in the past"}
    return {} if decided_on >= days.asked_on else {"decided_on": "The decision must not be before the request"}
