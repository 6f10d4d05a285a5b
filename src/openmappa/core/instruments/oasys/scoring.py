"""Scores of sections 3 to 12, criminogenic needs, and the band of the total that is entered.

A section's score is the sum of its scored items (0, 1 or 2 each; yes or no 2 or 0). A section is a criminogenic need
when the items that its rule names come to its cut-off or more. The weights that make a total of 168 were not found,
so no total is ever worked out here.
"""

from dataclasses import dataclass

from openmappa.core.answers import counted
from openmappa.core.bands import LikelihoodBand
from openmappa.core.instruments.oasys.answering import section_answers, standing
from openmappa.core.packs.oasys_rules import AllAnswers, Answer, Answers, NeedRule, OasysRules, OasysSection
from openmappa.core.sources import Source


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One scored item: its answer in points (None: not answered), and what it means for the need."""

    item: str
    code: str
    title: str
    points: int | None
    counts_to_need: bool


@dataclass(frozen=True, slots=True)
class Need:
    """Whether a section is a criminogenic need, from how many points of how many, and why.

    ``is_complete`` is False while an item that counts is not answered: more points may still come.
    """

    points: int
    cut_off: int
    highest: int
    is_need: bool
    is_complete: bool
    sentence: str
    source: Source


@dataclass(frozen=True, slots=True)
class SectionScore:
    """The score of a section, item by item. ``need`` is None where no cut-off is published."""

    slug: str
    code: str
    title: str
    points: int
    highest: int
    lines: tuple[ScoreLine, ...]
    need: Need | None

    @property
    def is_need(self) -> bool:
        """Whether the section is a criminogenic need."""
        return self.need is not None and self.need.is_need


@dataclass(frozen=True, slots=True)
class TotalBanding:
    """The band of the total entered for sections 1 to 12, and where the cut points come from."""

    total: int
    band: LikelihoodBand
    source: Source


def score_section(section: OasysSection, answers: Answers) -> SectionScore:
    """The score of a section as far as it is answered."""
    found = standing(section, answers)
    counting = section.need.items if section.need else ()
    lines = tuple(
        ScoreLine(item.name, item.code, item.title, _points(found.get(item.name)), item.name in counting)
        for item in section.items
        if item.is_score
    )
    return SectionScore(
        slug=section.slug,
        code=section.code,
        title=section.title,
        points=sum(line.points or 0 for line in lines),
        highest=section.highest_score,
        lines=lines,
        need=_need(section, section.need, found) if section.need else None,
    )


def scores(rules: OasysRules, answers: AllAnswers) -> tuple[SectionScore, ...]:
    """The scores of all sections that have scored items, in their order."""
    scored = [section for section in rules.sections if section.highest_score]
    return tuple(score_section(section, section_answers(answers, section)) for section in scored)


def total_band(rules: OasysRules, total: int) -> TotalBanding | None:
    """The band of a total; None for a total that cannot be."""
    for band in rules.total_bands:
        if band.lowest <= total <= band.highest:
            return TotalBanding(total, band.band, rules.total_source)
    return None


def _points(answer: Answer) -> int | None:
    return answer if isinstance(answer, int) else None


def _need(section: OasysSection, rule: NeedRule, found: Answers) -> Need:
    asked = [name for name in rule.items if section.item(name).asked_when is None or name in found]
    points = sum(_points(found.get(name)) or 0 for name in rule.items)
    is_need = points >= rule.cut_off
    codes = ", ".join(section.item(name).code for name in rule.items)
    verdict = "a criminogenic need" if is_need else "no criminogenic need"
    return Need(
        points=points,
        cut_off=rule.cut_off,
        highest=rule.highest,
        is_need=is_need,
        is_complete=all(name in found for name in asked),
        sentence=(
            f"{section.title} is {verdict}: items {codes} come to {counted(points, 'point')} of {rule.highest}, "
            f"and a need begins at {rule.cut_off}."
        ),
        source=rule.source,
    )
