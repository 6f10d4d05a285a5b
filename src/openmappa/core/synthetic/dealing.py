"""Chance that is the same on every machine, and quotas dealt like cards so that even few cases follow the shares."""

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

from openmappa.core.synthetic.shape import Figure, Span

T = TypeVar("T")
GOLDEN = 0.6180339887498949  # its multiples spread most evenly over 0 to 1, so that blocks round in turn up and down


class Dice:
    """Chance from a seed made of words and numbers: the same seed rolls the same on any machine and Python."""

    __slots__ = ("roll",)

    def __init__(self, *seed: object) -> None:
        self.roll: Callable[[], float] = Random("/".join(map(str, seed))).random  # noqa: S311 (not for secrets)

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.roll() * (high - low + 1))

    def within(self, span: Span) -> int:
        """A number of days in the span."""
        return span.low + int(self.roll() * (span.high - span.low + 1))

    def one_of(self, things: Sequence[T]) -> T:
        """One of the things, each as likely as the next."""
        return things[int(self.roll() * len(things))]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """The things in another order."""
        return [thing for _, _, thing in sorted((self.roll(), n, thing) for n, thing in enumerate(things))]

    def answer(self, figure: Figure) -> str:
        """One answer of the figure, drawn by its shares."""
        rolled = self.roll()
        return next(answer for answer, top in figure.tops if rolled < top)


def quota(figure: Figure, count: int, offset: float) -> list[str]:
    """`count` answers in the figure's order, each as often as its share says, to within one.

    `offset` (0 to 1) decides which shares are rounded up.
    """
    answers = []
    tops = iter(figure.tops)
    answer, top = next(tops)
    for position in range(count):
        while (position + offset) / count >= top:
            answer, top = next(tops)
        answers.append(answer)
    return answers


def deal(
    dice: Dice, figure: Figure, offset: float, hands: Sequence[T], room: Callable[[T], int]
) -> list[tuple[T, str]]:
    """Each hand with its answer. Answers that need room go first, to hands that have it where there are any."""
    answers = quota(figure, len(hands), offset)
    if not figure.room:
        return list(zip(hands, dice.shuffled(answers), strict=True))
    answers.sort(key=lambda answer: -figure.room.get(answer, 0))
    waiting = dice.shuffled([(room(hand), number) for number, hand in enumerate(hands)])
    dealt: list[tuple[int, str]] = []
    for answer in answers:
        needed = figure.room.get(answer, 0)
        place = next((n for n, (has, _) in enumerate(waiting) if has >= needed), None)
        if place is None:
            place = max(range(len(waiting)), key=lambda n: waiting[n][0])
        dealt.append((waiting.pop(place)[1], answer))
    return [(hands[number], answer) for number, answer in sorted(dealt)]
