"""OGRS3: how likely it is that a person is proven to reoffend within one and within two years.

z = intercept + age and sex + history + rate × ln(n / (10 + age at conviction - age at first sanction)) + offence, and
the probability is 1 / (1 + e^-z). n counts every sanction, the current one included, so it is 1 where there is none
before. The weights are the pack's (`ogrs3.toml`), each with its source, and so is what was chosen where published
programs differ; docs/reference/ogrs3.md shows them, with worked examples.
"""

from dataclasses import dataclass
from math import exp, log

from openmappa.core.answers import AnswersRefused, counted, whole_number_problem
from openmappa.core.bands import LikelihoodBand
from openmappa.core.packs.ogrs3_rules import SEXES, AgeWeights, Ogrs2Rules, Ogrs3Rules, Reporting
from openmappa.core.packs.reading import one_of
from openmappa.core.sources import Source


@dataclass(frozen=True, slots=True)
class Ogrs3Items:
    """The answers. Ages are in whole years; `previous_sanctions` leaves the current one out."""

    sex: str
    age_at_conviction: int
    age_at_first_sanction: int
    age_at_risk_date: int
    previous_sanctions: int
    offence_group: str


@dataclass(frozen=True, slots=True)
class WeightExplanation:
    """One line of the reasons: a part of the sum and its weight, or what the sum comes to.

    `item` is "age", "history", "rate", "offence", "intercept_1", "intercept_2"; or "p1", "p2" (`weight` is the
    probability) and "band" (`weight` is the two-year percentage).
    """

    item: str
    sentence: str
    weight: float
    source: Source


@dataclass(frozen=True, slots=True)
class Ogrs3Result:
    """The probabilities for one and two years, the percentages as reported, and the category of the second."""

    items: Ogrs3Items
    rules: Ogrs3Rules
    p1: float
    p2: float
    percent1: int
    percent2: int
    band: LikelihoodBand

    @property
    def explanation(self) -> tuple[WeightExplanation, ...]:
        """Every part of the sum, and what it comes to. Worked out when asked for: lists of scores need none."""
        return (*_explain_parts(self.items, self.rules), *self._explain_result())

    @property
    def doubts(self) -> tuple[str, ...]:
        """Answers that the formula takes, but that hardly go together: a sentence for each. Empty as a rule."""
        items, found = self.items, []
        if items.previous_sanctions == 0 and items.age_at_first_sanction < items.age_at_conviction:
            found.append(
                f"The first sanction was at {items.age_at_first_sanction}, before this one at "
                f"{items.age_at_conviction}, yet no previous sanction is counted. Check the count."
            )
        if items.age_at_risk_date < items.age_at_conviction:
            found.append(
                f"The age when next at risk ({items.age_at_risk_date}) is below the age at the current conviction "
                f"({items.age_at_conviction}). Check both."
            )
        return tuple(found)

    def _explain_result(self) -> tuple[WeightExplanation, ...]:
        source = self.rules.formula_source
        return (
            WeightExplanation("p1", f"Within one year: {self.p1:.5f}, reported as {self.percent1}%.", self.p1, source),
            WeightExplanation("p2", f"Within two years: {self.p2:.5f}, reported as {self.percent2}%.", self.p2, source),
            WeightExplanation(
                "band",
                f"By the two-year figure the category is {self.band.label.lower()}.",
                self.percent2,
                self.rules.reporting.source,
            ),
        )


def ogrs3(items: Ogrs3Items, rules: Ogrs3Rules) -> Ogrs3Result:
    """Score OGRS3.

    Raises AnswersRefused, with a sentence for each answer that cannot be: a sex or an offence group that the pack does
    not know, an age below 10, an age at conviction below the age at the first sanction, something other than a whole
    number.
    """
    _refuse_impossible(items, rules)
    shared = sum(weight for _, weight in _parts(items, rules))
    p1, p2 = (1 / (1 + exp(-(intercept + shared))) for intercept in rules.intercepts)
    percent1, percent2 = reported_percent(p1, rules.reporting), reported_percent(p2, rules.reporting)
    return Ogrs3Result(items, rules, p1, p2, percent1, percent2, rules.reporting.band(percent2))


def reported_percent(probability: float, reporting: Reporting) -> int:
    """The whole percentage that is reported: five decimals first, then a percentage, halves up, held from 1 to 99."""
    scale: int = 10**reporting.decimals
    parts = int(probability * scale + 0.5)
    percent = (parts * 100 + scale // 2) // scale
    return max(reporting.lowest, min(reporting.highest, percent))


def ogrs2_problem(score: object, rules: Ogrs2Rules) -> str:
    """Why an OGRS2 score cannot be what was entered; empty when it can. It is entered, never computed."""
    return whole_number_problem(score, rules.title, rules.lowest, rules.highest)


def _parts(items: Ogrs3Items, rules: Ogrs3Rules) -> tuple[tuple[str, float], ...]:
    """The parts of the sum that one and two years share, by name."""
    years = rules.years_added + items.age_at_conviction - items.age_at_first_sanction
    return (
        ("age", _age(items, rules).by_sex[items.sex]),
        ("history", rules.repeat if items.previous_sanctions else rules.first),
        ("rate", rules.rate * log((items.previous_sanctions + 1) / years)),
        ("offence", rules.offences[items.offence_group].weight),
    )


def _age(items: Ogrs3Items, rules: Ogrs3Rules) -> AgeWeights:
    return next(age for age in rules.ages if age.highest is None or items.age_at_risk_date <= age.highest)


def _refuse_impossible(items: Ogrs3Items, rules: Ogrs3Rules) -> None:
    problems: dict[str, str] = {}
    for name, allowed in (("sex", SEXES), ("offence_group", tuple(rules.offences))):
        if getattr(items, name) not in allowed:
            found = getattr(items, name)
            problems[name] = f"{rules.answers[name].title} must be {one_of(allowed, found)}, not {found!r}."
    for name in ("age_at_conviction", "age_at_first_sanction", "age_at_risk_date"):
        problem = whole_number_problem(
            getattr(items, name),
            rules.answers[name].title,
            rules.lowest_age,
            rules.highest_age,
            rules.lowest_age_because,
        )
        if problem:
            problems[name] = problem
    title = rules.answers["previous_sanctions"].title
    if problem := whole_number_problem(items.previous_sanctions, title, 0, rules.most_previous_sanctions):
        problems["previous_sanctions"] = problem
    if not problems.keys() & {"age_at_conviction", "age_at_first_sanction"}:
        problems |= _conviction_before_first(items, rules)
    if problems:
        raise AnswersRefused(problems)


def _conviction_before_first(items: Ogrs3Items, rules: Ogrs3Rules) -> dict[str, str]:
    if items.age_at_conviction >= items.age_at_first_sanction:
        return {}
    title = rules.answers["age_at_conviction"].title
    sentence = (
        f"{title} cannot be {items.age_at_conviction} when the first sanction was at "
        f"{items.age_at_first_sanction}. The first sanction is the current one or one before it."
    )
    return {"age_at_conviction": sentence}


def _explain_parts(items: Ogrs3Items, rules: Ogrs3Rules) -> tuple[WeightExplanation, ...]:
    weights = dict(_parts(items, rules))
    age = _age(items, rules)
    span = f"{age.lowest} or more" if age.highest is None else f"{age.lowest} to {age.highest}"
    count = items.previous_sanctions + 1
    years = rules.years_added + items.age_at_conviction - items.age_at_first_sanction
    sentences = {
        "age": f"{items.sex.capitalize()}, {items.age_at_risk_date} when next at risk ({span}).",
        "history": "At least one sanction before the current one."
        if items.previous_sanctions
        else "No sanction before the current one.",
        "rate": f"{counted(count, 'sanction')}, the current one included, over {years} years "
        f"({rules.years_added} + {items.age_at_conviction} - {items.age_at_first_sanction}): "
        f"{rules.rate} × ln({count}/{years}).",
        "offence": f"Current offence: {rules.offences[items.offence_group].title.lower()}.",
    }
    lines = [WeightExplanation(item, sentences[item], weight, rules.formula_source) for item, weight in weights.items()]
    for year, intercept in enumerate(rules.intercepts, start=1):
        words = "one year" if year == 1 else "two years"
        lines.append(
            WeightExplanation(f"intercept_{year}", f"Starting value for {words}.", intercept, rules.formula_source)
        )
    return tuple(lines)
