"""Two OASys beside each other, question by question."""

from dataclasses import dataclass

from openmappa.core.instruments.oasys.answering import is_same, section_answers, standing
from openmappa.core.packs.oasys_rules import AllAnswers, Answers, OasysItem, OasysRules, OasysSection
from openmappa.oasys.models import Oasys


@dataclass(frozen=True)
class Pair:
    """One question, as it was answered before and as it is now."""

    item: OasysItem
    before: str
    before_words: str
    now: str
    now_words: str
    differs: bool


@dataclass(frozen=True)
class PairedSection:
    """One section with every question that was answered in either."""

    section: OasysSection
    pairs: tuple[Pair, ...]

    @property
    def changed(self) -> int:
        """How many questions differ."""
        return sum(pair.differs for pair in self.pairs)


def earlier_than(oasys: Oasys) -> Oasys | None:
    """The OASys to hold this one against: the version it corrects, else the last one signed before it. One query."""
    if oasys.replaces is not None:
        return oasys.replaces
    rows = Oasys.objects.filter(case=oasys.case_id).signed().exclude(pk=oasys.pk)
    if oasys.fact is not None:
        rows = rows.filter(fact__on__lte=oasys.fact.on, signed_at__lt=oasys.signed_at)
    return rows.select_related("fact", "signed_by").last()


def both(rules: OasysRules, before: AllAnswers, now: AllAnswers) -> list[PairedSection]:
    """Every section that was answered in one of them."""
    sections = (
        _paired(section, section_answers(before, section), section_answers(now, section)) for section in rules.sections
    )
    return [section for section in sections if section.pairs]


def _paired(section: OasysSection, before: Answers, now: Answers) -> PairedSection:
    old, new = standing(section, before), standing(section, now)
    asked = [item for item in section.items if item.name in old or item.name in new]
    return PairedSection(section, tuple(_pair(item, old, new) for item in asked))


def _pair(item: OasysItem, old: Answers, new: Answers) -> Pair:
    words = [str(answers.get(item.evidence_name) or "") for answers in (old, new)]
    differs = not is_same(old.get(item.name), new.get(item.name)) or words[0] != words[1]
    return Pair(item, item.label_of(old.get(item.name)), words[0], item.label_of(new.get(item.name)), words[1], differs)
