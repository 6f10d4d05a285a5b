"""The lines that say how a score was reached, and the refusals that the scales share."""

from dataclasses import dataclass

from openmappa.core.answers import counted, whole_number_problem
from openmappa.core.packs.rm2000.shapes import Cut, Points, ScoredItem
from openmappa.core.sources import Source


@dataclass(frozen=True, slots=True)
class ItemExplanation:
    """One line of the reasons for a score.

    `item` is an answer's name, or "first_band", "band" or "ceiling" for the lines that draw the sum.
    `points` are those of an item, 1 or 0 for a factor, the total for a line that cuts one, the number of factors for
    "band" and "ceiling" of scale S.
    """

    item: str
    step: int
    sentence: str
    points: int
    source: Source


def item_points(item: ScoredItem, answer: int) -> Points:
    """The range that an answer falls into. The answer must not be one that the item refuses."""
    return next(fit for fit in item.ranges if fit.highest is None or answer <= fit.highest)


def item_problem(item: ScoredItem, answer: object) -> str:
    """Why an answer cannot be; empty when it can."""
    return whole_number_problem(answer, item.title, item.lowest, item.highest, item.lowest_because)


def yes_or_no_problem(title: str, answer: object) -> str:
    """Why an answer is neither yes nor no; empty when it is one."""
    return "" if isinstance(answer, bool) else f"{title}: answer yes or no, not {answer!r}."


def explain_item(item: ScoredItem, answer: int) -> ItemExplanation:
    """The line of a counted item."""
    fit = item_points(item, answer)
    span = "" if fit.label == f"{answer}" else f" ({fit.label})"
    sentence = f"{item.title}: {answer}, which scores {counted(fit.points, 'point')}{span}."
    return ItemExplanation(item.name, 1, sentence, fit.points, item.source)


def explain_cut(name: str, what: str, points: int, cut: Cut) -> ItemExplanation:
    """The line that says into which category a total falls; `what` is how the category is called."""
    total = counted(points, "point")
    sentence = f"The items add up to {total}. {what} is {cut.band.label.lower()} ({cut.label})."
    return ItemExplanation(name, 1, sentence, points, cut.source)


def cut_of(cuts: tuple[Cut, ...], points: int) -> Cut:
    """The category of a total. The cuts reach every total that the items can add up to."""
    return next(cut for cut in cuts if cut.lowest <= points <= cut.highest)
