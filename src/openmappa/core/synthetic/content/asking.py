"""What other parties were asked for when a generated OASys was made, and what came back."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from openmappa.core.synthetic.content.case import CaseContent
from openmappa.core.synthetic.content.decks import Decks
from openmappa.core.synthetic.dealing import Dice
from openmappa.core.synthetic.shape import Figure

TWO_WEEKS = timedelta(days=14)
PARTIES = (
    ("Children's services", "Duty desk", "Is any child at the new address, or at the partner's, known to you?"),
    ("Sample Housing", "Lettings officer", "What is known of the tenancy, and are there complaints?"),
    ("Community mental health team", "Team manager", "Is there treatment, and are appointments kept?"),
    ("Sample Prison", "Offender management unit", "What was seen in custody that bears on risk of harm?"),
)
ANSWERS = (
    "Nothing is known to us.",
    "Known since last year; no concern now.",
    "A letter follows; in short: contact is kept.",
)


class Asked(NamedTuple):
    """One request; ``answered_on`` is None while nothing has come."""

    agency: str
    post: str
    question: str
    asked_on: date
    answered_on: date | None
    answer: str

    @property
    def due_on(self) -> date:
        """Two weeks on."""
        return self.asked_on + TWO_WEEKS


class Asking:
    """Who was asked, case by case. Asked in the same order, it says the same."""

    def __init__(self, source: str, figures: Mapping[str, Figure]) -> None:
        self._source = source
        self._decks = Decks(f"{source}/asking", figures)

    def of(self, content: CaseContent, today: date) -> Iterator[Asked]:
        """What was asked a week before the last OASys of a case, if anything was."""
        for each in content.assessments[-1:]:
            if not self._decks.yes("information_asked"):
                return
            dice = Dice(self._source, content.known.reference, "asking")
            day = content.known.facts[each.fact].on - timedelta(days=7)
            came = day + timedelta(days=dice.between(3, 20))
            answered = self._decks.yes("information_came") and came <= today
            yield Asked(
                *dice.one_of(PARTIES), day, came if answered else None, dice.one_of(ANSWERS) if answered else ""
            )
