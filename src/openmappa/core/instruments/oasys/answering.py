"""What an answer to an OASys item may be, whether the item is asked, and whether it needs words behind it.

An item that is not asked does not count, whatever is stored under its name: every other function of this package
starts from ``standing`` answers.
"""

from collections.abc import Mapping

from openmappa.core.packs.oasys_rules import FREE_TEXT, AllAnswers, Answer, Answers, ItemKind, OasysItem, OasysSection

NO_ANSWERS: Answers = {}


def section_answers(answers: AllAnswers, section: OasysSection) -> Answers:
    """The answers of one section; none where nothing was saved yet."""
    return answers.get(section.slug, NO_ANSWERS)


def is_answered(answer: Answer) -> bool:
    """Whether there is an answer: blank text is none."""
    return bool(answer.strip()) if isinstance(answer, str) else answer is not None


def is_same(one: Answer, other: Answer) -> bool:
    """Whether two answers say the same: true is not 1, blank text is no answer."""
    if not is_answered(one) or not is_answered(other):
        return is_answered(one) == is_answered(other)
    return type(one) is type(other) and one == other


def is_asked(section: OasysSection, item: OasysItem, answers: Answers) -> bool:
    """Whether the item is asked, given the other answers of its section."""
    rule = item.asked_when
    if rule is None:
        return True
    asking = section.item(rule.item)
    found = answers.get(rule.item)
    return any(is_same(found, one) for one in rule.among) and is_asked(section, asking, answers)


def standing(section: OasysSection, answers: Answers) -> dict[str, Answer]:
    """The answers that count: of items that are asked, with the words behind them where the answer calls for any."""
    found: dict[str, Answer] = {}
    for item in section.items:
        answer = answers.get(item.name)
        if not is_answered(answer) or not is_asked(section, item, answers):
            continue
        found[item.name] = answer
        evidence = answers.get(item.evidence_name)
        if is_answered(evidence) and item.evidence_at:
            found[item.evidence_name] = evidence
    return found


def needs_evidence(item: OasysItem, answer: Answer) -> bool:
    """Whether this answer needs words behind it: a score above 0 always does (7.5)."""
    return any(is_same(answer, one) for one in item.evidence_at)


def problems(section: OasysSection, answers: Answers) -> Mapping[str, str]:
    """Why answers cannot be kept, by name, a sentence each: an unknown name, the wrong type, text that is too long."""
    names = {item.name: item for item in section.items}
    evidence = {item.evidence_name: item for item in section.items if item.evidence_at}
    found: dict[str, str] = {}
    for name, answer in answers.items():
        if name in names:
            sentence = _problem(names[name], answer)
        elif name in evidence:
            sentence = _text_problem(f"{evidence[name].code} {evidence[name].evidence_title}", answer)
        else:
            sentence = f"{section.title} has no question called {name!r}."
        if sentence:
            found[name] = sentence
    return found


def _problem(item: OasysItem, answer: Answer) -> str:
    what = f"{item.code} {item.title}"
    if answer is None:
        return ""
    if item.kind is ItemKind.TEXT:
        return _text_problem(what, answer)
    if item.kind is ItemKind.NUMBER:
        whole = isinstance(answer, int) and not isinstance(answer, bool) and item.lowest <= answer <= item.highest
        return "" if whole else f"{what}: enter a whole number from {item.lowest} to {item.highest}."
    if any(is_same(answer, choice.value) for choice in item.choices):
        return ""
    return f"{what}: choose one of {', '.join(choice.label for choice in item.choices)}."


def _text_problem(what: str, answer: Answer) -> str:
    if answer is None or (isinstance(answer, str) and len(answer) <= FREE_TEXT):
        return ""
    if isinstance(answer, str):
        return f"{what}: {len(answer)} characters are {len(answer) - FREE_TEXT} too many. Shorten it to {FREE_TEXT}."
    return f"{what}: write text."
