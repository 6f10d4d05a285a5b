"""Risk Matrix 2000, scale S: the likelihood of reconviction for a sexual offence, from seven answers.

Step 1 adds the points of three items and cuts the total into four categories. Step 2 counts four aggravating
factors and raises the category by as many places as the count calls for, never above very high. Points,
cut-offs and uplifts are the pack's (`rm2000.toml`), each with its source; docs/reference/rm2000.md shows
them, with worked examples.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from openmappa.core.answers import AnswersRefused, counted
from openmappa.core.bands import LikelihoodBand
from openmappa.core.instruments.rm2000.answers import Rm2000SItems
from openmappa.core.instruments.rm2000.reasons import (
    ItemExplanation,
    cut_of,
    explain_cut,
    explain_item,
    item_points,
    item_problem,
    yes_or_no_problem,
)
from openmappa.core.packs.rm2000.shapes import Cut, Factor, Rm2000SRules, ScoredItem, Uplift
from openmappa.core.sources import Source

_BANDS = tuple(LikelihoodBand)


@dataclass(frozen=True, slots=True)
class Rm2000SResult:
    """A score: points of step 1 and their category, factors of step 2, the standing category, every reason.

    `raised_by` is the number of categories between the first and the one that stands.
    """

    items: Rm2000SItems
    rules: Rm2000SRules
    points: int
    first_band: LikelihoodBand
    factors: int
    raised_by: int
    band: LikelihoodBand

    @property
    def explanation(self) -> tuple[ItemExplanation, ...]:
        """Every reason, in the order of the steps. Worked out when asked for: lists of scores need none."""
        step_one = [explain_item(item, getattr(self.items, item.name)) for item in self.rules.items]
        step_two = [_explain_factor(factor, getattr(self.items, factor.name)) for factor in self.rules.factors]
        cut, uplift = cut_of(self.rules.cuts, self.points), self.rules.uplifts[self.factors]
        is_cut_short = cut.band.place + uplift.raised_by >= len(_BANDS)
        return (
            *step_one,
            explain_cut("first_band", "The first category", self.points, cut),
            *step_two,
            *_explain_raise(cut, uplift, self.rules.ceiling if is_cut_short else None),
        )

    @property
    def rests_on_memory(self) -> bool:
        """Whether any reason comes from a source that was remembered, not read."""
        return any(line.source.is_remembered for line in self.explanation)


def scale_s(items: Rm2000SItems, rules: Rm2000SRules) -> Rm2000SResult:
    """Score scale S.

    Raises AnswersRefused, with a sentence for each answer that cannot be: a man under 18, who is not
    eligible; no sexual appearance; fewer criminal than sexual appearances; something other than a whole
    number, or than yes or no.
    """
    _refuse_impossible(items, rules)
    points = sum(item_points(item, getattr(items, item.name)).points for item in rules.items)
    cut = cut_of(rules.cuts, points)
    uplift = rules.uplifts[sum(getattr(items, factor.name) for factor in rules.factors)]
    band = _BANDS[min(cut.band.place + uplift.raised_by, len(_BANDS) - 1)]
    return Rm2000SResult(
        items=items,
        rules=rules,
        points=points,
        first_band=cut.band,
        factors=uplift.factors,
        raised_by=band.place - cut.band.place,
        band=band,
    )


def lines_so_far(answers: Mapping[str, object], rules: Rm2000SRules) -> tuple[ItemExplanation, ...]:
    """What the answers given so far score, item by item: points as you go. An answer that cannot be is left out.

    `answers` gives whole numbers for the items and True or False for the factors; what is not answered is absent.
    """
    items = [
        explain_item(item, value)
        for item in rules.items
        if isinstance(value := answers.get(item.name), int) and not item_problem(item, value)
    ]
    factors = [
        _explain_factor(factor, value)
        for factor in rules.factors
        if isinstance(value := answers.get(factor.name), bool)
    ]
    return (*items, *factors)


def _refuse_impossible(items: Rm2000SItems, rules: Rm2000SRules) -> None:
    problems: dict[str, str] = {}
    for item in rules.items:
        if problem := item_problem(item, getattr(items, item.name)):
            problems[item.name] = problem
    for item in rules.items:
        if problem := _too_few(items, item, rules, problems):
            problems[item.name] = problem
    for factor in rules.factors:
        if problem := yes_or_no_problem(factor.title, getattr(items, factor.name)):
            problems[factor.name] = problem
    if problems:
        raise AnswersRefused(problems)


def _too_few(items: Rm2000SItems, item: ScoredItem, rules: Rm2000SRules, problems: dict[str, str]) -> str:
    """Why this answer is below that of the item it includes; empty when it is not, or either is refused."""
    if item.at_least is None or item.name in problems or item.at_least in problems:
        return ""
    found, floor = getattr(items, item.name), getattr(items, item.at_least)
    if found >= floor:
        return ""
    other = next(other.title for other in rules.items if other.name == item.at_least)
    return f"{item.title} cannot be {found} when {other.lower()} are {floor}. {item.at_least_because}."


def _explain_factor(factor: Factor, present: bool) -> ItemExplanation:
    sentence = f"{factor.title}: {'yes, an aggravating factor' if present else 'no'}."
    return ItemExplanation(factor.name, 2, sentence, int(present), factor.source)


def _explain_raise(cut: Cut, uplift: Uplift, ceiling: Source | None) -> list[ItemExplanation]:
    """The line of the band, and one more where there was no category left to raise it to."""
    factors = counted(uplift.factors, "aggravating factor") if uplift.factors else "No aggravating factor"
    places = "1 category" if uplift.raised_by == 1 else f"{uplift.raised_by} categories"
    first, limit = cut.band.label.lower(), ""
    if uplift.raised_by == 0:
        moved = f"the category stays {first}"
    elif ceiling is None:
        raised = _BANDS[cut.band.place + uplift.raised_by]
        moved = f"up {places} from {first}, so the category is {raised.label.lower()}"
    else:
        moved = f"up {places} from {first}"
        limit = f"No category is above {_BANDS[-1].label.lower()}, so that is the category."
    lines = [ItemExplanation("band", 2, f"{factors}: {moved}.", uplift.factors, uplift.source)]
    return lines if ceiling is None else [*lines, ItemExplanation("ceiling", 2, limit, uplift.factors, ceiling)]
