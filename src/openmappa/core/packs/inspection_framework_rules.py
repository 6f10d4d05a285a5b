"""A framework of inspection as a TOML file gives it: read and checked."""

import re
import tomllib
from collections.abc import Iterable

from openmappa.core.errors import PackError
from openmappa.core.inspection.framework import (
    AppliesTo,
    AskedOf,
    Chapter,
    Choice,
    Criterion,
    Framework,
    Point,
    Question,
)
from openmappa.core.inspection.scores import SCALE, Answer
from openmappa.core.packs.reading import PackTable

CODE = re.compile(r"[a-z][a-z0-9_]*\Z")
FEWEST_CHOICES = 2


def read_framework_text(text: str, where: str) -> Framework:
    """The framework from the text of a TOML file, such as one that was uploaded. ``where`` names it in messages.

    Raises PackError with one sentence for each thing that is wrong.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackError(
            f"{where}: this is not TOML: {error}. Mend that line first; nothing else was checked."
        ) from None
    return read_framework(PackTable(content, where))


def read_framework(table: PackTable) -> Framework:
    """The framework from the table of a whole file. Raises PackError with everything that is wrong with it."""
    framework = Framework(
        code=_code(table),
        version=table.text("version"),
        title=table.text("title"),
        scale=tuple(_read_point(row) for row in table.tables("scale")),
        chapters=tuple(_read_chapter(table, row) for row in table.tables("chapter")),
        source=table.source(),
    )
    if tuple(point.answer for point in framework.scale) != SCALE:
        table.problem(f"`scale` must have {', '.join(SCALE)}, once each and in this order.")
    _once(table, "chapters", (chapter.code for chapter in framework.chapters))
    _once(table, "criteria", (criterion.code for criterion in framework.criteria))
    _once(table, "questions", (question.code for question in framework.questions))
    table.finish()
    return framework


def _read_point(row: PackTable) -> Point:
    return Point(row.choice("answer", Answer), row.text("meaning"), row.source())


def _read_chapter(table: PackTable, row: PackTable) -> Chapter:
    code = _named(table, row, "chapter")
    return Chapter(code, row.text("title"), tuple(_read_criterion(table, each) for each in row.tables("criterion")))


def _read_criterion(table: PackTable, row: PackTable) -> Criterion:
    code = _named(table, row, "criterion")
    return Criterion(
        code=code,
        title=row.text("title"),
        statement=row.text("statement"),
        asked_of=row.choice("asked_of", AskedOf),
        questions=tuple(_read_question(table, each) for each in row.tables("question")),
    )


def _read_question(table: PackTable, row: PackTable) -> Question:
    code = _named(table, row, "question")
    applies_to = row.choice("applies_to", AppliesTo)
    return Question(
        code=code,
        text=row.text("text"),
        guidance=row.text("guidance"),
        applies_to=applies_to,
        relevant=_read_relevant(row, applies_to),
        choices=_read_choices(row),
        table=row.whole("table") if row.has("table") else None,
        source=row.source(),
    )


def _read_relevant(row: PackTable, applies_to: AppliesTo) -> str:
    if applies_to is AppliesTo.RELEVANT:
        return row.text("relevant")
    if row.has("relevant"):
        row.problem('`relevant` is only for questions with applies_to = "relevant"; take it out, or say so.')
    return ""


def _read_choices(row: PackTable) -> tuple[Choice, ...]:
    if not row.has("choices"):
        return ()
    choices = tuple(Choice(_code(each), each.text("title")) for each in row.tables("choices"))
    if len(choices) < FEWEST_CHOICES:
        row.problem("`choices` has fewer than two answers; give two or more, or take it out to use the scale.")
    _once(row, "choices", (choice.code for choice in choices))
    return choices


def _named(table: PackTable, row: PackTable, what: str) -> str:
    """The code of a row, which from now on is named by it in messages rather than by its place."""
    code = _code(row)
    if code:
        row.where = f"{table.where}, {what} {code}"
    return code


def _code(row: PackTable) -> str:
    code = row.text("code")
    if code and not CODE.match(code):
        row.problem(
            f"`code` is {code!r}; use small letters, digits and _, beginning with a letter, such as plan_on_time."
        )
    return code


def _once(table: PackTable, key: str, codes: Iterable[str]) -> None:
    given = [code for code in codes if code]
    for code in sorted({code for code in given if given.count(code) > 1}):
        table.problem(f"two of the {key} have the code {code!r}; give each its own.")
