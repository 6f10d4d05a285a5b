"""A framework as the text of its TOML file, so that one that was changed on a page can be kept, sent and read again.

What ``core/packs/inspection_framework_rules.py`` reads from this text is the same framework. Comments of a file that it
came from are not kept.
"""

import json
from collections.abc import Iterator

from openmappa.core.inspection.framework import Chapter, Criterion, Framework, Question
from openmappa.core.sources import Source


def framework_toml(framework: Framework) -> str:
    """The text of the file."""
    return "\n".join(_lines(framework)) + "\n"


def _lines(framework: Framework) -> Iterator[str]:
    yield from _texts(code=framework.code, version=framework.version, title=framework.title)
    yield _source(framework.source)
    for point in framework.scale:
        yield from ("", "[[scale]]")
        yield from _texts(answer=point.answer, meaning=point.meaning)
        yield _source(point.source)
    for chapter in framework.chapters:
        yield from _chapter(chapter)


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield from ("", "[[chapter]]")
    yield from _texts(code=chapter.code, title=chapter.title)
    for criterion in chapter.criteria:
        yield from _criterion(criterion)


def _criterion(criterion: Criterion) -> Iterator[str]:
    yield from ("", "[[chapter.criterion]]")
    yield from _texts(
        code=criterion.code, title=criterion.title, statement=criterion.statement, asked_of=criterion.asked_of
    )
    for question in criterion.questions:
        yield from ("", "[[chapter.criterion.question]]")
        yield from _question(question)


def _question(question: Question) -> Iterator[str]:
    yield from _texts(
        code=question.code, text=question.text, guidance=question.guidance, applies_to=question.applies_to
    )
    if question.relevant:
        yield from _texts(relevant=question.relevant)
    if question.choices:
        choices = (f"{{ code = {_text(each.code)}, title = {_text(each.title)} }}" for each in question.choices)
        yield f"choices = [{', '.join(choices)}]"
    if question.table is not None:
        yield f"table = {question.table}"
    yield _source(question.source)


def _texts(**texts: str) -> Iterator[str]:
    for key, text in texts.items():
        yield f"{key} = {_text(text)}"


def _source(source: Source) -> str:
    confidence = f", confidence = {_text(source.confidence)}" if source.confidence else ""
    return f"source = {{ text = {_text(source.text)}, certainty = {_text(source.certainty)}{confidence} }}"


def _text(text: str) -> str:
    """A basic string of TOML: as one of JSON, which escapes alike, but for the one control character that it leaves."""
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")
