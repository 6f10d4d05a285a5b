"""OASys answers for tests: a whole OASys that lacks nothing, and strategies for any answers at all."""

from typing import Any

from hypothesis import strategies as st

from openmappa.core.instruments.oasys.answering import is_asked
from openmappa.core.packs.load import load_oasys
from openmappa.core.packs.oasys_rules import Answer, ItemKind, OasysItem, OasysSection

RULES = load_oasys("england-wales-2005")
Whole = dict[str, dict[str, Answer]]

QUIET: dict[str, Answer] = {"full_analysis": False}
"""Where the plainest answer is not the first that can be chosen."""


def plainest(item: OasysItem) -> Answer:
    """The answer that asks for the least: no, never, a score of 0, the lowest level."""
    if item.name in QUIET:
        return QUIET[item.name]
    plain: dict[ItemKind, Answer] = {
        ItemKind.SCORE: 0,
        ItemKind.YES_NO_SCORE: 0,
        ItemKind.YES_NO: False,
        ItemKind.NUMBER: item.lowest,
        ItemKind.TEXT: "Known from the file.",
    }
    return plain[item.kind] if item.kind in plain else item.choices[0].value


def whole() -> Whole:
    """An OASys in which nothing calls for the full analysis, and nothing is missing."""
    return {section.slug: complete(section) for section in RULES.sections if not section.only_with_full_analysis}


def complete(section: OasysSection) -> dict[str, Answer]:
    """Every item that is asked answered, with evidence where it is needed."""
    found: dict[str, Answer] = {}
    for item in section.items:
        if is_asked(section, item, found):
            found[item.name] = plainest(item)
            if found[item.name] in item.evidence_at:
                found[item.evidence_name] = "Seen on the visit of 3 March."
    return found


def answers_of(item: OasysItem) -> st.SearchStrategy[Answer]:
    """Any answer that the item takes, or none."""
    if item.kind is ItemKind.TEXT:
        return st.sampled_from([None, "", "Something", "Something else"])
    if item.kind is ItemKind.NUMBER:
        return st.none() | st.integers(item.lowest, item.highest)
    return st.sampled_from([None, *(choice.value for choice in item.choices)])


@st.composite
def sections_answered(draw: Any, section: OasysSection) -> dict[str, Answer]:
    """Any answers to a section, with and without evidence."""
    found: dict[str, Answer] = {}
    for item in section.items:
        if (answer := draw(answers_of(item))) is not None:
            found[item.name] = answer
        if item.evidence_at and draw(st.booleans()):
            found[item.evidence_name] = draw(st.sampled_from(["Old words", "New words"]))
    return found


def wholes(*slugs: str) -> st.SearchStrategy[Whole]:
    """Any answers to these sections; the other sections as in ``whole``."""
    some = st.fixed_dictionaries({slug: sections_answered(RULES.section(slug)) for slug in slugs})
    return some.map(lambda found: {**whole(), **found})
