"""The offender's own questions (component 5 of OASys) as a pack gives them, read and checked."""

from dataclasses import dataclass
from enum import StrEnum

from openmappa.core.packs.oasys_rules import Choice, OasysRules
from openmappa.core.packs.reading import PackTable
from openmappa.core.sources import Source

PROBLEM = (Choice("no", "No"), Choice("some", "A bit"), Choice("yes", "Yes"))
LINKED = (Choice("no", "No"), Choice("unsure", "I do not know"), Choice("yes", "Yes"))


class QuestionKind(StrEnum):
    """What is asked: whether something is a problem (and whether it had to do with the offending), a choice, text."""

    PROBLEM = "problem"
    CHOICE = "choice"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Question:
    """One question, asked on a page of its own.

    ``section`` and ``items`` say what of the assessor's scores it can be held against: those items, or the whole
    section where none is named; nothing where ``section`` is empty.
    """

    name: str
    kind: QuestionKind
    ask: str
    hint: str
    choices: tuple[Choice, ...]
    section: str = ""
    items: tuple[str, ...] = ()

    @property
    def linked_name(self) -> str:
        """Under which name it stands whether this had to do with the offending."""
        return f"{self.name}_linked"


@dataclass(frozen=True, slots=True)
class SelfAssessmentRules:
    """The questions in their order, and the second question that every problem has."""

    title: str
    linked: str
    questions: tuple[Question, ...]
    source: Source

    def question(self, name: str) -> Question:
        """The question with this name. Raises KeyError."""
        return {question.name: question for question in self.questions}[name]


def read_self_assessment(table: PackTable, oasys: OasysRules) -> SelfAssessmentRules:
    """The questions from a whole `oasys_self_assessment.toml`. Raises PackError with everything wrong with it."""
    rows = table.tables("questions")
    questions = tuple(_read_question(row, oasys) for row in rows)
    seen: set[str] = set()
    for row, question in zip(rows, questions, strict=True):
        if question.name in seen:
            row.problem("there is another question with this name; give one of them another.")
        seen |= {question.name, question.linked_name}
    rules = SelfAssessmentRules(table.text("title"), table.text("linked"), questions, table.source())
    table.finish()
    return rules


def _read_question(row: PackTable, oasys: OasysRules) -> Question:
    name = row.text("name")
    row.where = f"{row.where.rpartition(',')[0]}, question {name or '?'}"
    if not name.isidentifier():
        row.problem(f"`name` is {name!r}; write letters, digits and _ only.")
    kind = row.choice("kind", QuestionKind) if row.has("kind") else QuestionKind.PROBLEM
    section = row.text("section") if row.has("section") else ""
    items = tuple(row.words("items")) if row.has("items") else ()
    _check_scores(row, oasys, section, items)
    choices: tuple[Choice, ...] = PROBLEM if kind is QuestionKind.PROBLEM else ()
    if kind is QuestionKind.CHOICE:
        choices = tuple(Choice(line.text("value"), line.text("label")) for line in row.tables("choices"))
    return Question(name, kind, row.text("ask"), row.text("hint") if row.has("hint") else "", choices, section, items)


def _check_scores(row: PackTable, oasys: OasysRules, section: str, items: tuple[str, ...]) -> None:
    found = next((one for one in oasys.sections if one.slug == section), None)
    if (section or items) and found is None:
        row.problem(f"`section` is {section!r}; name a section of OASys.")
    scored = {item.name for item in found.items if item.is_score} if found else set()
    for name in items if found else ():
        if name not in scored:
            row.problem(f"`items` names {name!r}; name scored items of {section}.")
