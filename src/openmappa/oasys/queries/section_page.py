"""What the page of one section shows: its questions as lines, its score so far, its neighbours."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise

from openmappa.core.instruments.oasys.answering import is_asked, is_same, needs_evidence, standing
from openmappa.core.instruments.oasys.missing import Missing, missing_in_section
from openmappa.core.instruments.oasys.scoring import SectionScore, TotalBanding, score_section, total_band
from openmappa.core.packs.oasys_rules import LEVELS, LIKELIHOOD, AllAnswers, Answer, Answers, ItemKind, OasysItem
from openmappa.core.packs.oasys_rules import OasysSection as Section
from openmappa.oasys.forms import SectionForm, sent_as
from openmappa.oasys.queries.likelihood import Likelihood, likelihood_of
from openmappa.oasys.queries.oasys import Written


@dataclass(frozen=True)
class Line:
    """One question on the page, with what is answered, what is wrong with it, and how it depends on others."""

    item: OasysItem
    value: str
    words: str
    error: str = ""
    words_error: str = ""
    asked: bool = True
    wants_words: bool = False
    unconfirmed: bool = False
    from_record: bool = False

    @property
    def options(self) -> list[tuple[str, str]]:
        """What can be chosen: as it is sent, and in words."""
        return [(sent_as(choice.value), choice.label) for choice in self.item.choices]

    @property
    def words_at(self) -> str:
        """The answers that need words behind them, as they are sent."""
        return " ".join(sent_as(value) for value in self.item.evidence_at)

    @property
    def asked_at(self) -> str:
        """The answers of the other question at which this one is asked, as they are sent."""
        return " ".join(sent_as(value) for value in self.item.asked_when.among) if self.item.asked_when else ""

    @property
    def label(self) -> str:
        """The answer in words."""
        return next((label for value, label in self.options if value == self.value), self.value)

    @property
    def is_long(self) -> bool:
        """Whether it is answered in text."""
        return self.item.kind is ItemKind.TEXT


@dataclass(frozen=True)
class SoFar:
    """What the answers of a section come to so far: the part of the page that is refreshed as they are saved."""

    score: SectionScore | None
    likelihood: Likelihood | None
    total: TotalBanding | None
    overall: str
    missing: tuple[Missing, ...]


def lines_of(section: Section, form: SectionForm, answers: Answers, unconfirmed: frozenset[str]) -> list[Line]:
    """The questions of a section as the form has them; ``answers`` are those that count now."""
    return [_line(section, form, item, answers, item.name in unconfirmed) for item in section.items]


def lines_to_read(section: Section, answers: Answers) -> list[Line]:
    """The questions of a section that were asked, with their answers, to be read."""
    found = standing(section, answers)
    return [
        Line(item, sent_as(found.get(item.name)), sent_as(found.get(item.evidence_name)))
        for item in section.items
        if is_asked(section, item, answers)
    ]


def in_groups(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    """The questions under their headings, in the order asked."""
    return [(group, list(found)) for group, found in groupby(lines, key=lambda line: line.item.group)]


def so_far(found: Written, section: Section, answers: Answers, unconfirmed: frozenset[str]) -> SoFar:
    """What these answers of one section come to, within the whole."""
    every: AllAnswers = {**found.answers, section.slug: answers}
    is_likelihood = section.slug == LIKELIHOOD
    likelihood = likelihood_of(every, found.oasys.pack) if is_likelihood else None
    level = _highest(section, answers) if section.slug == LEVELS else ""
    total = likelihood.total if likelihood else None
    return SoFar(
        score=score_section(section, answers) if section.highest_score else None,
        likelihood=likelihood,
        total=total_band(found.rules, total) if total is not None else None,
        overall=level,
        missing=missing_in_section(section, answers, unconfirmed),
    )


def neighbours(found: Written, section: Section) -> tuple[Section | None, Section | None]:
    """The sections before and after this one, among those that are asked."""
    return (
        next((before for before, after in pairwise(found.sections) if after == section), None),
        next((after for before, after in pairwise(found.sections) if before == section), None),
    )


def differing(section: Section, mine: Answers, theirs: Answers) -> Iterator[tuple[OasysItem, Line, Line]]:
    """The questions that two people answered differently: mine, and what the other saved."""
    for item in section.items:
        names = (item.name, item.evidence_name)
        if not all(is_same(mine.get(name), theirs.get(name)) for name in names):
            one, other = (
                Line(item, sent_as(found.get(item.name)), sent_as(found.get(item.evidence_name)))
                for found in (mine, theirs)
            )
            yield item, one, other


def taken(section: Section, mine: Answers, theirs: Answers, items: frozenset[str]) -> dict[str, Answer]:
    """My answers, with those of somebody else for ``items``."""
    found: dict[str, Answer] = dict(mine)
    for item in section.items:
        if item.name in items:
            found |= {name: theirs.get(name) for name in (item.name, item.evidence_name)}
    return found


def counted_by_section(missing: tuple[Missing, ...]) -> Mapping[str, list[Missing]]:
    """What is missing, by section, in order."""
    found: dict[str, list[Missing]] = {}
    for one in missing:
        found.setdefault(one.section, []).append(one)
    return found


def _highest(section: Section, answers: Answers) -> str:
    found = standing(section, answers)
    levels = [item for item in section.items if item.kind is ItemKind.LEVEL and item.name in found]
    order = [sent_as(choice.value) for choice in levels[0].choices] if levels else []
    return max((str(found[item.name]) for item in levels), key=order.index, default="")


def _line(section: Section, form: SectionForm, item: OasysItem, answers: Answers, unconfirmed: bool) -> Line:
    has_words = bool(item.evidence_at)
    return Line(
        item=item,
        value=str(form[item.name].value() or ""),
        words=str(form[item.evidence_name].value() or "") if has_words else "",
        error=_errors(form, item.name),
        words_error=_errors(form, item.evidence_name) if has_words else "",
        asked=is_asked(section, item, answers),
        wants_words=needs_evidence(item, answers.get(item.name)),
        unconfirmed=unconfirmed,
    )


def _errors(form: SectionForm, name: str) -> str:
    return " ".join(str(error) for error in form[name].errors)
