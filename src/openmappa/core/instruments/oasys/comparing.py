"""What changed between two OASys, in one list: each change with what it means."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from openmappa.core.bands import HarmLevel
from openmappa.core.instruments.oasys.answering import is_answered, is_same, section_answers, standing
from openmappa.core.instruments.oasys.harm import overall_harm_level, sections_to_answer
from openmappa.core.instruments.oasys.scoring import score_section
from openmappa.core.packs.oasys_rules import (
    LEVELS,
    AllAnswers,
    Answer,
    Answers,
    ItemKind,
    OasysItem,
    OasysRules,
    OasysSection,
)


class Change(StrEnum):
    """What a change means, the weightiest first."""

    LEVEL_UP = "level_up"
    LEVEL_DOWN = "level_down"
    NEED_APPEARED = "need_appeared"
    NEED_GONE = "need_gone"
    SCORE_UP = "score_up"
    SCORE_DOWN = "score_down"
    CHANGED = "changed"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    EVIDENCE = "evidence"

    @property
    def label(self) -> str:
        """The change as a list names it."""
        return _LABELS[self]


_LABELS = {
    Change.LEVEL_UP: "Level raised",
    Change.LEVEL_DOWN: "Level lowered",
    Change.NEED_APPEARED: "New need",
    Change.NEED_GONE: "Need gone",
    Change.SCORE_UP: "Score up",
    Change.SCORE_DOWN: "Score down",
    Change.CHANGED: "Answer changed",
    Change.ANSWERED: "Newly answered",
    Change.UNANSWERED: "No longer answered",
    Change.EVIDENCE: "Evidence rewritten",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One change. ``item`` is empty where it is of the section or of the whole; before and after are in words."""

    section: str
    item: str
    change: Change
    what: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        """The change in one line."""
        if self.change is Change.EVIDENCE:
            return f"{self.what}: the words behind it were rewritten."
        return f"{self.what}: from {self.before or 'no answer'} to {self.after or 'no answer'}."


def differences(rules: OasysRules, before: AllAnswers, after: AllAnswers) -> tuple[Difference, ...]:
    """Everything that changed: the overall level first, then section by section. Nothing for equal answers.

    A section that is asked in one of them only counts as unanswered in the other.
    """
    return (*_overall(rules, before, after), *_of_sections(rules, before, after))


def _overall(rules: OasysRules, before: AllAnswers, after: AllAnswers) -> Iterator[Difference]:
    old, new = overall_harm_level(rules, before), overall_harm_level(rules, after)
    if old is not new:
        change = _level_change(old, new)
        yield Difference(LEVELS, "", change, "Overall risk of serious harm", _label(old), _label(new))


def _of_sections(rules: OasysRules, before: AllAnswers, after: AllAnswers) -> Iterator[Difference]:
    asked = [{section.slug for section in sections_to_answer(rules, answers)} for answers in (before, after)]
    for section in rules.sections:
        old, new = (
            standing(section, section_answers(answers, section)) if section.slug in slugs else {}
            for answers, slugs in zip((before, after), asked, strict=True)
        )
        yield from _need(section, old, new)
        for item in section.items:
            yield from _of_item(section, item, old, new)


def _need(section: OasysSection, old: Answers, new: Answers) -> Iterator[Difference]:
    was, now = score_section(section, old), score_section(section, new)
    if was.need and now.need and was.is_need != now.is_need:
        change = Change.NEED_APPEARED if now.is_need else Change.NEED_GONE
        words = [f"{need.points} of {need.highest} points" for need in (was.need, now.need)]
        yield Difference(section.slug, "", change, f"{section.title} as a criminogenic need", words[0], words[1])


def _of_item(section: OasysSection, item: OasysItem, old: Answers, new: Answers) -> Iterator[Difference]:
    was, now = old.get(item.name), new.get(item.name)
    what = f"{item.code} {item.title}"
    if not is_same(was, now):
        change = _meaning(item, was, now)
        yield Difference(section.slug, item.name, change, what, item.label_of(was), item.label_of(now))
        return
    words = [str(answers.get(item.evidence_name) or "") for answers in (old, new)]
    if not is_same(*words):
        yield Difference(section.slug, item.name, Change.EVIDENCE, what, words[0], words[1])


def _meaning(item: OasysItem, was: Answer, now: Answer) -> Change:
    if not is_answered(was):
        return Change.ANSWERED
    if not is_answered(now):
        return Change.UNANSWERED
    if item.kind is ItemKind.LEVEL:
        return _level_change(HarmLevel(str(was)), HarmLevel(str(now)))
    if item.is_score and isinstance(was, int) and isinstance(now, int):
        return Change.SCORE_UP if now > was else Change.SCORE_DOWN
    return Change.CHANGED


def _level_change(old: HarmLevel | None, new: HarmLevel | None) -> Change:
    if old is None:
        return Change.ANSWERED
    if new is None:
        return Change.UNANSWERED
    return Change.LEVEL_UP if new.place > old.place else Change.LEVEL_DOWN


def _label(level: HarmLevel | None) -> str:
    return level.label if level else ""
