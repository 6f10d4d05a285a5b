"""Risk Matrix 2000, scale S: the likelihood of reconviction for a sexual offence, from seven answers.

Step 1 adds the points of three items and cuts the total into four categories. Step 2 counts four aggravating
factors and raises the category by as many places as the count calls for, never above very high. Points,
cut-offs and uplifts are the pack's (`rm2000.toml`), each with its source; docs/reference/rm2000.md shows
them, with worked examples.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from openmappa.core.answers import AnswersRefused, counted, whole_number_problem
from openmappa.core.bands import LikelihoodBand
from openmappa.core.packs.rm2000_rules import Cut, Factor, Points, Rm2000SRules, ScoredItem, Uplift
from openmappa.core.sources import Source

_BANDS = tuple(LikelihoodBand)


@dataclass(frozen=True, slots=True)
class Rm2000SItems:
    """The answers.

    Ages are in whole years, appearances are counted court occasions; the pack says what each means.
    """

    age_at_risk: int
    sexual_appearances: int
    criminal_appearances: int
    male_victim: bool
    stranger_victim: bool
    single: bool
    non_contact: bool


@dataclass(frozen=True, slots=True)
class ItemExplanation:
    """One line of the reasons for a score.

    `item` is a field of Rm2000SItems, or "first_band", "band" or "ceiling" for the lines that draw the sum.
    `points` are those of a step 1 item, 1 or 0 for a factor, the total for "first_band", the number of
    factors for the last two.
    """

    item: str
    step: int
    sentence: str
    points: int
    source: Source


@dataclass(frozen=True, slots=True)
class Rm2000SResult:
    """A score: points of step 1 and their category, factors of step 2, the standing category, every reason.

    `raised_by` is the number of categories between the first and the one that stands.
    """

    points: int
    first_band: LikelihoodBand
    factors: int
    raised_by: int
    band: LikelihoodBand
    explanation: tuple[ItemExplanation, ...]

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
    step_one = [_explain_item(item, getattr(items, item.name)) for item in rules.items]
    points = sum(line.points for line in step_one)
    cut = next(cut for cut in rules.cuts if cut.lowest <= points <= cut.highest)
    step_two = [_explain_factor(factor, getattr(items, factor.name)) for factor in rules.factors]
    uplift = rules.uplifts[sum(line.points for line in step_two)]
    wanted = cut.band.place + uplift.raised_by
    band = _BANDS[min(wanted, len(_BANDS) - 1)]
    return Rm2000SResult(
        points=points,
        first_band=cut.band,
        factors=uplift.factors,
        raised_by=band.place - cut.band.place,
        band=band,
        explanation=(
            *step_one,
            _explain_first_band(points, cut),
            *step_two,
            *_explain_raise(cut, uplift, rules.ceiling if wanted >= len(_BANDS) else None),
        ),
    )


def lines_so_far(answers: Mapping[str, object], rules: Rm2000SRules) -> tuple[ItemExplanation, ...]:
    """What the answers given so far score, item by item: points as you go. An answer that cannot be is left out.

    `answers` gives whole numbers for the items and True or False for the factors; what is not answered is absent.
    """
    items = [
        _explain_item(item, value)
        for item in rules.items
        if isinstance(value := answers.get(item.name), int)
        and not whole_number_problem(value, item.title, item.lowest, item.highest)
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
        problem = whole_number_problem(
            getattr(items, item.name), item.title, item.lowest, item.highest, item.lowest_because
        )
        if problem:
            problems[item.name] = problem
    for item in rules.items:
        problem = _too_few(items, item, rules, problems)
        if problem:
            problems[item.name] = problem
    for factor in rules.factors:
        if not isinstance(getattr(items, factor.name), bool):
            problems[factor.name] = f"{factor.title}: answer yes or no, not {getattr(items, factor.name)!r}."
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


def _explain_item(item: ScoredItem, answer: int) -> ItemExplanation:
    fit = next(fit for fit in item.ranges if fit.highest is None or answer <= fit.highest)
    return ItemExplanation(item.name, 1, _item_sentence(item, answer, fit), fit.points, item.source)


def _item_sentence(item: ScoredItem, answer: int, fit: Points) -> str:
    span = "" if fit.label == f"{answer}" else f" ({fit.label})"
    return f"{item.title}: {answer}, which scores {counted(fit.points, 'point')}{span}."


def _explain_factor(factor: Factor, present: bool) -> ItemExplanation:
    sentence = f"{factor.title}: {'yes, an aggravating factor' if present else 'no'}."
    return ItemExplanation(factor.name, 2, sentence, int(present), factor.source)


def _explain_first_band(points: int, cut: Cut) -> ItemExplanation:
    span = f"{cut.lowest}" if cut.lowest == cut.highest else f"{cut.lowest} to {cut.highest}"
    total = counted(points, "point")
    sentence = f"The items add up to {total}. The first category is {cut.band.label.lower()} ({span})."
    return ItemExplanation("first_band", 1, sentence, points, cut.source)


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
