"""What the offender says of themselves: which answers can be kept, what comes next, and where the assessor differs."""

from collections.abc import Mapping
from dataclasses import dataclass

from openmappa.core.answers import counted
from openmappa.core.instruments.oasys.answering import is_answered, section_answers, standing
from openmappa.core.packs.oasys_rules import FREE_TEXT, AllAnswers, Answer, Answers, OasysRules
from openmappa.core.packs.oasys_self_rules import LINKED, Question, QuestionKind, SelfAssessmentRules

NO = "no"


@dataclass(frozen=True, slots=True)
class Differing:
    """One question that the offender and the assessor see differently."""

    question: str
    section: str
    sentence: str
    says_problem: bool


def self_problems(rules: SelfAssessmentRules, answers: Answers) -> Mapping[str, str]:
    """Why answers cannot be kept, by name, in words for whoever fills them in. Not answering is always allowed."""
    named = {question.name: question for question in rules.questions}
    linked = {question.linked_name for question in rules.questions if question.kind is QuestionKind.PROBLEM}
    found: dict[str, str] = {}
    for name, answer in answers.items():
        if name in named:
            sentence = _problem(named[name], answer)
        elif name in linked:
            sentence = _not_one_of(answer, {choice.value for choice in LINKED})
        else:
            sentence = f"There is no question called {name!r}."
        if sentence:
            found[name] = sentence
    return found


def self_standing(rules: SelfAssessmentRules, answers: Answers) -> dict[str, Answer]:
    """The answers that count: a link to the offending counts only for what is a problem."""
    found: dict[str, Answer] = {}
    for question in rules.questions:
        answer, linked = answers.get(question.name), answers.get(question.linked_name)
        if is_answered(answer):
            found[question.name] = answer
            if question.kind is QuestionKind.PROBLEM and answer != NO and is_answered(linked):
                found[question.linked_name] = linked
    return found


def not_answered(rules: SelfAssessmentRules, answers: Answers) -> tuple[Question, ...]:
    """The questions that have no answer yet, in their order; text may always stay empty."""
    found = self_standing(rules, answers)
    asked = [question for question in rules.questions if question.kind is not QuestionKind.TEXT]
    return tuple(question for question in asked if question.name not in found)


def differing_views(
    rules: SelfAssessmentRules, said: Answers, oasys: OasysRules, answers: AllAnswers
) -> tuple[Differing, ...]:
    """Where the two differ: a problem to one of them and none to the other. What is not answered differs from nothing.

    The assessor sees a problem in a score above 0, and none where every item that is asked has a 0.
    """
    found = self_standing(rules, said)
    lines = [
        _difference(question, found[question.name], oasys, answers)
        for question in rules.questions
        if question.section and question.name in found
    ]
    return tuple(line for line in lines if line)


def _problem(question: Question, answer: Answer) -> str:
    if question.kind is not QuestionKind.TEXT:
        return _not_one_of(answer, {choice.value for choice in question.choices})
    if answer is None or (isinstance(answer, str) and len(answer) <= FREE_TEXT):
        return ""
    return "That is too long to keep. Make it shorter." if isinstance(answer, str) else "Write some words."


def _not_one_of(answer: Answer, values: set[int | str | bool]) -> str:
    return "" if answer is None or (isinstance(answer, str) and answer in values) else "Choose one of the answers."


def _difference(question: Question, said: Answer, oasys: OasysRules, answers: AllAnswers) -> Differing | None:
    section = oasys.section(question.section)
    scores = standing(section, section_answers(answers, section))
    items = [item for item in section.items if item.is_score and (item.name in question.items or not question.items)]
    points = [score for item in items if isinstance(score := scores.get(item.name), int)]
    says_problem = said != NO
    if not points or says_problem == (sum(points) > 0) or (says_problem and len(points) < len(items)):
        return None
    codes = ", ".join(item.code for item in items if item.name in scores)
    theirs = "a problem" if says_problem else "no problem"
    sentence = f"“{question.ask}” They say it is {theirs}. You scored {counted(sum(points), 'point')} ({codes})."
    return Differing(question.name, section.slug, sentence, says_problem)
