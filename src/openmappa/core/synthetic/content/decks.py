"""Answers for what stands behind the facts, dealt in small decks so that even few assessments follow the shares."""

from collections.abc import Mapping

from openmappa.core.synthetic.dealing import GOLDEN, Dice, quota
from openmappa.core.synthetic.shape import Figure

CARDS = 20  # in a deck: an unfinished one leaves a share of 500 at most two points off


class Decks:
    """A deck for each figure, dealt from one answer at a time and made afresh when it is used up.

    The same seed and the same order of questions give the same answers on any machine.
    """

    def __init__(self, seed: str, figures: Mapping[str, Figure]) -> None:
        self._seed = seed
        self._figures = figures
        self._left: dict[str, list[str]] = {}
        self._made: dict[str, int] = {}

    def answer(self, name: str) -> str:
        """The next answer of a figure."""
        left = self._left.setdefault(name, [])
        if not left:
            left.extend(self._deck(name))
        return left.pop()

    def yes(self, name: str) -> bool:
        """The next answer of a figure that is answered yes or no."""
        return self.answer(name) == "yes"

    def _deck(self, name: str) -> list[str]:
        turn = self._made[name] = self._made.get(name, 0) + 1
        dice = Dice(self._seed, name, turn)
        offset = (Dice(self._seed, name).roll() + turn * GOLDEN) % 1.0
        return dice.shuffled(quota(self._figures[name], CARDS, offset))
