"""What stands behind each OASys of a generated case: every answer, from the first OASys to the last review."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from openmappa.core.bands import HarmLevel
from openmappa.core.instruments.oasys.harm import sections_to_answer
from openmappa.core.packs.oasys_rules import HARM_SECTIONS, Answer, OasysRules, OasysSection
from openmappa.core.standards.facts import Fact
from openmappa.core.synthetic.content.answering import Answering, Care, Sections
from openmappa.core.synthetic.content.decks import Decks
from openmappa.core.synthetic.content.given import Moment, of_harm, of_the_record
from openmappa.core.synthetic.content.known import Known
from openmappa.core.synthetic.content.profile import NEEDS, Profile, profile_of
from openmappa.core.synthetic.content.scores import Score
from openmappa.core.synthetic.dealing import Dice

ANSWERS_CHANGED = 3
"""How many answers of a section that moved are different in a review."""
BETTER = 0.7


@dataclass(frozen=True, slots=True)
class Assessment:
    """One OASys: `fact` is its place among the case's facts, `copied_from` the place of the one it began with."""

    fact: int
    copied_from: int | None
    stage: str
    harm: HarmLevel
    sections: Sections
    countersigned: bool


def assessments_of(known: Known, score: Score | None, rules: OasysRules, decks: Decks, seed: str) -> list[Assessment]:
    """Every OASys of a case; ``score`` is its last RM2000."""
    facts = [(place, fact) for place, fact in known.of_kind("oasys_completed") if "harm" in fact.details]
    if not facts:
        return []
    dice = Dice(seed, known.reference, "oasys")
    person = profile_of(known, score, known.age_at_sentence, seed)
    care = Care(decks.yes("oasys_evidence"), decks.yes("oasys_harm"), decks.yes("oasys_diversity"))
    writer = _Writer(rules, person, care, dice)
    found: list[Assessment] = []
    for place, fact in facts:
        moment = Moment(
            str(fact.details["stage"]), HarmLevel(str(fact.details["harm"])), _in_custody(known.facts, fact.on)
        )
        sections = writer.next(moment)
        before = found[-1].fact if found else None
        found.append(Assessment(place, before, moment.stage, moment.harm, sections, decks.yes("oasys_countersigned")))
    return found


class _Writer:
    """Writes one OASys after another, each from the one before."""

    def __init__(self, rules: OasysRules, person: Profile, care: Care, dice: Dice) -> None:
        self._rules = rules
        self._person = person
        self._care = care
        self._dice = dice
        self._record = of_the_record(person, dice)
        self._before: tuple[Moment, Sections] | None = None

    def next(self, moment: Moment) -> Sections:
        """The answers of the next OASys."""
        if self._before is None:
            sections = self._afresh(moment)
        else:
            last, kept = self._before
            sections = {slug: dict(answers) for slug, answers in kept.items()}
            for slug in self._moved():
                section = self._rules.section(slug)
                new = self._answering(self._record).section(section)
                sections[slug] = _a_few(section, sections[slug], new)
            if last != moment:
                sections = {**sections, **self._harm(moment)}
        asked = {section.slug for section in sections_to_answer(self._rules, sections)}
        sections = {slug: answers for slug, answers in sections.items() if slug in asked}
        self._before = (moment, sections)
        return sections

    def _afresh(self, moment: Moment) -> Sections:
        answering = self._answering(self._record)
        first = {section.slug: answering.section(section) for section in self._rules.sections if not _is_harm(section)}
        return {**first, **self._harm(moment)}

    def _harm(self, moment: Moment) -> Sections:
        answering = self._answering(of_harm(self._person, moment, self._care.harm, self._dice))
        return {section.slug: answering.section(section) for section in self._rules.sections if _is_harm(section)}

    def _answering(self, given: Mapping[str, Answer]) -> Answering:
        return Answering(self._rules, self._person, given, self._care, self._dice)

    def _moved(self) -> Iterator[str]:
        """The sections that moved since the last OASys, mostly for the better."""
        for slug in self._dice.shuffled(tuple(NEEDS))[: self._dice.between(1, 3)]:
            by = -1 if self._dice.roll() < BETTER else 1
            if self._person.needs[slug] + by in (0, 1, 2):
                self._person = self._person.changed(slug, by)
                self._record["item_8_1"] = self._record["item_8_1"] or self._person.needs["drug-misuse"] > 0
                yield slug


def _is_harm(section: OasysSection) -> bool:
    return section.only_with_full_analysis or section.slug in HARM_SECTIONS


def _a_few(section: OasysSection, before: dict[str, Answer], new: dict[str, Answer]) -> dict[str, Answer]:
    """The answers before with at most a few of the new ones, each with the words behind it."""
    answers: dict[str, Answer] = {}
    left = ANSWERS_CHANGED
    for item in section.items:
        kept = before
        if item.name not in before or (left and item.name in new and new[item.name] != before[item.name]):
            kept = new
            left -= item.name in before
        for name in (item.name, item.evidence_name):
            if name in kept:
                answers[name] = kept[name]
    return answers


def _in_custody(facts: tuple[Fact, ...], day: date) -> bool:
    inside = False
    for fact in facts:
        if fact.on > day:
            break
        inside = {"custody_started": True, "custody_ended": False}.get(fact.kind, inside)
    return inside
