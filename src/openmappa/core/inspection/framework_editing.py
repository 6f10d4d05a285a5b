"""A framework with one thing of it changed: each function gives another framework and leaves the first as it is.

Whether the outcome makes sense is not judged here: written as TOML and read again, it is (``framework_toml``,
``core/packs/inspection_framework_rules.py``), so that there is one place with the rules.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from openmappa.core.inspection.framework import Chapter, Criterion, Framework, Question

Part = TypeVar("Part", Question, Criterion, Chapter)
Found = TypeVar("Found")


def with_version(framework: Framework, number: int) -> Framework:
    """The framework as this version of its line."""
    return replace(framework, version=str(number))


def with_name(framework: Framework, code: str, title: str) -> Framework:
    """The framework under another code and title."""
    return replace(framework, code=code, title=title)


def with_question(framework: Framework, criterion: str, question: Question, instead_of: str = "") -> Framework:
    """The framework with this question: in the place of another of the criterion, or as its last.

    KeyError where there is no such criterion, or no such question in it.
    """
    return _with_criterion(
        framework, criterion, lambda found: replace(found, questions=_put(found.questions, question, instead_of))
    )


def without_question(framework: Framework, code: str) -> Framework:
    """The framework without this question. KeyError where there is none of that code."""
    return _with_criterion(
        framework,
        criterion_of(framework, code).code,
        lambda found: replace(found, questions=tuple(each for each in found.questions if each.code != code)),
    )


def with_criterion(framework: Framework, chapter: str, criterion: Criterion, instead_of: str = "") -> Framework:
    """The framework with this criterion: in the place of another of the chapter, or as its last. KeyError as above."""
    return _with_chapter(
        framework, chapter, lambda found: replace(found, criteria=_put(found.criteria, criterion, instead_of))
    )


def without_criterion(framework: Framework, code: str) -> Framework:
    """The framework without this criterion and its questions. KeyError where there is none of that code."""
    return _with_chapter(
        framework,
        chapter_of(framework, code).code,
        lambda found: replace(found, criteria=tuple(each for each in found.criteria if each.code != code)),
    )


def criterion_of(framework: Framework, question: str) -> Criterion:
    """The criterion that a question stands under. KeyError where there is no such question."""
    codes = (each for each in framework.criteria if any(one.code == question for one in each.questions))
    return _only(codes, "question", question)


def criterion_named(framework: Framework, code: str) -> Criterion:
    """The criterion of this code. KeyError where there is none."""
    return _only((each for each in framework.criteria if each.code == code), "criterion", code)


def chapter_of(framework: Framework, criterion: str) -> Chapter:
    """The chapter that a criterion stands in. KeyError where there is no such criterion."""
    chapters = (each for each in framework.chapters if any(one.code == criterion for one in each.criteria))
    return _only(chapters, "criterion", criterion)


def _with_criterion(framework: Framework, code: str, change: Callable[[Criterion], Criterion]) -> Framework:
    changed = change(criterion_named(framework, code))
    return with_criterion(framework, chapter_of(framework, code).code, changed, instead_of=code)


def _with_chapter(framework: Framework, code: str, change: Callable[[Chapter], Chapter]) -> Framework:
    found = _only((each for each in framework.chapters if each.code == code), "chapter", code)
    return replace(framework, chapters=_put(framework.chapters, change(found), code))


def _put(parts: tuple[Part, ...], part: Part, instead_of: str) -> tuple[Part, ...]:
    if not instead_of:
        return parts + (part,)  # noqa: RUF005 - the types are told by it
    _only((each for each in parts if each.code == instead_of), "part", instead_of)
    return tuple(part if each.code == instead_of else each for each in parts)


def _only(found: Iterable[Found], what: str, code: str) -> Found:
    for each in found:
        return each
    raise KeyError(f"There is no {what} {code!r}.")
