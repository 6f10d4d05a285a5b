"""The rules of OGRS3 as a pack gives them: the weights of the formula, how a result is reported, and what was chosen.

The shape of the formula is the instrument's own; every weight, and where it comes from, is the pack's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from openmappa.core.bands import LikelihoodBand
from openmappa.core.packs.reading import PackTable
from openmappa.core.sources import Source

ITEMS = (
    "sex", "age_at_conviction", "age_at_first_sanction", "age_at_risk_date", "previous_sanctions", "offence_group",
)  # fmt: skip
SEXES = ("male", "female")


@dataclass(frozen=True, slots=True)
class Answer:
    """A question: its name, its title and what it means."""

    name: str
    title: str
    meaning: str


@dataclass(frozen=True, slots=True)
class AgeWeights:
    """The weights of an age at the risk date from `lowest` to `highest` (None: no upper end), by sex."""

    lowest: int
    highest: int | None
    by_sex: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Offence:
    """A group of offences and its weight."""

    name: str
    title: str
    weight: float


@dataclass(frozen=True, slots=True)
class Choice:
    """A point where published programs differ: what was taken, instead of what, when and why."""

    about: str
    chosen_on: date
    taken: str
    instead_of: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reporting:
    """How a probability is reported: rounded to `decimals`, then to a whole percentage held from lowest to highest."""

    decimals: int
    lowest: int
    highest: int
    bands: tuple[tuple[int, LikelihoodBand], ...]
    source: Source

    def band(self, percent: int) -> LikelihoodBand:
        """The category of a whole percentage. `bands` gives the highest percentage of each, in rising order."""
        return next(band for highest, band in self.bands if percent <= highest)


@dataclass(frozen=True, slots=True)
class Ogrs2Rules:
    """OGRS2: a whole number that is entered, and why it is not computed."""

    title: str
    lowest: int
    highest: int
    not_computed_because: str
    source: Source


@dataclass(frozen=True, slots=True)
class Ogrs3Rules:
    """OGRS3: intercepts for one and two years, weights, bounds of the answers. `offences` is by name."""

    title: str
    answers: Mapping[str, Answer]
    answers_source: Source
    lowest_age: int
    lowest_age_because: str
    highest_age: int
    most_previous_sanctions: int
    intercepts: tuple[float, float]
    rate: float
    years_added: int
    first: float
    repeat: float
    formula_source: Source
    ages: tuple[AgeWeights, ...]
    offences: Mapping[str, Offence]
    choices: tuple[Choice, ...]
    reporting: Reporting
    cautions: tuple[tuple[str, Source], ...]
    ogrs2: Ogrs2Rules


def read_ogrs3(table: PackTable) -> Ogrs3Rules:
    """OGRS3 from the table of a whole `ogrs3.toml`.

    Raises PackError with everything that is wrong with it.
    """
    answers, formula = table.table("answers"), table.table("formula")
    lowest_age = answers.whole("lowest_age")
    rules = Ogrs3Rules(
        title=table.text("title"),
        answers=_read_answers(answers),
        answers_source=answers.source(),
        lowest_age=lowest_age,
        lowest_age_because=answers.text("lowest_age_because"),
        highest_age=answers.whole("highest_age"),
        most_previous_sanctions=answers.whole("most_previous_sanctions"),
        intercepts=(formula.number("intercept_1"), formula.number("intercept_2")),
        rate=formula.number("rate"),
        years_added=formula.whole("years_added"),
        first=formula.number("first"),
        repeat=formula.number("repeat"),
        formula_source=formula.source(),
        ages=_read_ages(table, lowest_age),
        offences=_read_offences(table),
        choices=tuple(_read_choice(row, table) for row in table.tables("choices")),
        reporting=_read_reporting(table.table("reporting")),
        cautions=tuple((row.text("text"), row.source()) for row in table.tables("cautions")),
        ogrs2=_read_ogrs2(table.table("ogrs2")),
    )
    table.finish()
    return rules


def _read_answers(answers: PackTable) -> Mapping[str, Answer]:
    found = [Answer(row.text("name"), row.text("title"), row.text("meaning")) for row in answers.tables("items")]
    if tuple(answer.name for answer in found) != ITEMS:
        answers.problem(f"`items` must be {', '.join(ITEMS)}, in that order.")
    return {answer.name: answer for answer in found}


def _read_ages(table: PackTable, lowest: int) -> tuple[AgeWeights, ...]:
    """The weights of ages, which must follow on each other from the lowest age to one without an upper end."""
    ages = tuple(
        AgeWeights(
            row.whole("from"),
            row.whole("to") if row.has("to") else None,
            {sex: row.number(sex) for sex in SEXES},
        )
        for row in table.tables("ages")
    )
    expected: int | None = lowest
    for age in ages:
        if age.lowest != expected or (age.highest is not None and age.highest < age.lowest):
            table.problem(f"the `ages` from {age.lowest} leave a gap or overlap; write from = {expected}.")
        expected = None if age.highest is None else age.highest + 1
    if expected is not None:
        table.problem("the last of the `ages` has an upper end; leave its `to` out, so that every age has a weight.")
    return ages


def _read_offences(table: PackTable) -> Mapping[str, Offence]:
    found = [Offence(row.text("name"), row.text("title"), row.number("weight")) for row in table.tables("offences")]
    by_name = {offence.name: offence for offence in found}
    if len(by_name) < len(found):
        table.problem("two `offences` have the same name; give one of them another.")
    return by_name


def _read_choice(row: PackTable, table: PackTable) -> Choice:
    """A choice; the weights that it names must be those that stand in their tables."""
    for weight in row.tables("weights") if row.value("weights") else []:
        where, place, key = weight.text("table"), weight.whole("row"), weight.text("key")
        rows = table.value(where)
        standing = rows[place - 1].get(key) if isinstance(rows, list) and 1 <= place <= len(rows) else None
        if standing != weight.number("value"):
            weight.problem(
                f"the {key} in row {place} of `{where}` is {standing}, not what was chosen; mend one of them."
            )
    return Choice(
        row.text("about"), row.day("chosen_on"), row.text("taken"), row.text("instead_of"), row.text("reason")
    )


def _read_reporting(reporting: PackTable) -> Reporting:
    bands = []
    expected = 0
    for row in reporting.tables("bands"):
        lowest, highest = row.whole("from"), row.whole("to")
        if lowest != expected or highest < lowest:
            row.problem(f"the band is from {lowest} to {highest}; write from = {expected}.")
        bands.append((highest, row.choice("band", LikelihoodBand)))
        expected = highest + 1
    if [band for _, band in bands] != list(LikelihoodBand) or expected != 101:
        reporting.problem("`bands` must give low, medium, high and very_high, in that order, from 0 to 100.")
    return Reporting(
        reporting.whole("decimals"),
        reporting.whole("lowest"),
        reporting.whole("highest"),
        tuple(bands),
        reporting.source(),
    )


def _read_ogrs2(table: PackTable) -> Ogrs2Rules:
    return Ogrs2Rules(
        table.text("title"),
        table.whole("lowest"),
        table.whole("highest"),
        table.text("not_computed_because"),
        table.source(),
    )
