"""Texts dealt for one case so that none comes again before its deck is used up."""

from collections.abc import Sequence

from openmappa.core.synthetic.dealing import Dice, T


class Unrepeated:
    """Deals from decks by name. A text is repeated only when everything else in its deck was said since."""

    def __init__(self, *seed: object) -> None:
        self._seed = seed
        self._left: dict[str, list[object]] = {}
        self._turns: dict[str, int] = {}

    def one(self, name: str, deck: Sequence[T]) -> T:
        """The next of a deck. The same name must always come with the same deck."""
        left = self._left.setdefault(name, [])
        if not left:
            turn = self._turns[name] = self._turns.get(name, 0) + 1
            left.extend(Dice(*self._seed, name, turn).shuffled(list(deck)))
        return left.pop()  # type: ignore[return-value]  # what stands under a name is of that deck
