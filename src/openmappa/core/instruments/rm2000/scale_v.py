"""Risk Matrix 2000, scale V: the likelihood of reconviction for a violent offence that is not sexual.

Two counted items and one yes or no item are added up, and the total is cut into four categories. Points and cut-offs
are the pack's (`rm2000.toml`), remembered and marked so.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from openmappa.core.answers import AnswersRefused, counted
from openmappa.core.bands import LikelihoodBand
from openmappa.core.instruments.rm2000.answers import Rm2000SItems, Rm2000VItems
from openmappa.core.instruments.rm2000.reasons import (
    ItemExplanation,
    cut_of,
    explain_cut,
    explain_item,
    item_points,
    item_problem,
    yes_or_no_problem,
)
from openmappa.core.packs.rm2000.shapes import Rm2000Rules, Rm2000VRules, YesItem


@dataclass(frozen=True, slots=True)
class Rm2000VResult:
    """A score: its points, their category, every reason."""

    items: Rm2000VItems
    rules: Rm2000VRules
    points: int
    band: LikelihoodBand

    @property
    def explanation(self) -> tuple[ItemExplanation, ...]:
        """Every reason, in the order of the items. Worked out when asked for: lists of scores need none."""
        return (
            *(explain_item(item, getattr(self.items, item.name)) for item in self.rules.items),
            *(_explain_yes_item(item, getattr(self.items, item.name)) for item in self.rules.yes_items),
            explain_cut("band", "The category", self.points, cut_of(self.rules.cuts, self.points)),
        )

    @property
    def rests_on_memory(self) -> bool:
        """Whether any reason comes from a source that was remembered, not read."""
        return any(line.source.is_remembered for line in self.explanation)


def scale_v(items: Rm2000VItems, rules: Rm2000VRules) -> Rm2000VResult:
    """Score scale V.

    Raises AnswersRefused, with a sentence for each answer that cannot be: an age under 18, something other than a
    whole number, or than yes or no.
    """
    problems = {item.name: item_problem(item, getattr(items, item.name)) for item in rules.items}
    problems |= {item.name: yes_or_no_problem(item.title, getattr(items, item.name)) for item in rules.yes_items}
    if found := {name: problem for name, problem in problems.items() if problem}:
        raise AnswersRefused(found)
    points = sum(item_points(item, getattr(items, item.name)).points for item in rules.items)
    points += sum(item.points for item in rules.yes_items if getattr(items, item.name))
    return Rm2000VResult(items, rules, points, cut_of(rules.cuts, points).band)


def v_lines_so_far(answers: Mapping[str, object], rules: Rm2000VRules) -> tuple[ItemExplanation, ...]:
    """What the answers given so far score, item by item. An answer that is missing, or cannot be, is left out."""
    items = [
        explain_item(item, value)
        for item in rules.items
        if isinstance(value := answers.get(item.name), int) and not item_problem(item, value)
    ]
    yes_items = [
        _explain_yes_item(item, value) for item in rules.yes_items if isinstance(value := answers.get(item.name), bool)
    ]
    return (*items, *yes_items)


def contradictions(s: Rm2000SItems, v: Rm2000VItems, rules: Rm2000Rules) -> Mapping[str, str]:
    """Where the answers to the two scales cannot both be right: a sentence for each item of V. Empty when all can.

    Each scale can be scored without the other, so neither refuses this; whoever asks both of one person should.
    """
    titles = {item.name: item.title for item in rules.s.items}
    found: dict[str, str] = {}
    for item in rules.v.items:
        if item.at_most is None:
            continue
        answer, most = getattr(v, item.name), getattr(s, item.at_most)
        if answer > most:
            other = titles[item.at_most].lower()
            found[item.name] = f"{item.title} cannot be {answer} when {other} are {most}. {item.at_most_because}."
    return found


def _explain_yes_item(item: YesItem, present: bool) -> ItemExplanation:
    points = item.points if present else 0
    sentence = f"{item.title}: {'yes' if present else 'no'}, which scores {counted(points, 'point')}."
    return ItemExplanation(item.name, 1, sentence, points, item.source)
