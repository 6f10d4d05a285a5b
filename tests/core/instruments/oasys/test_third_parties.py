"""Nothing between [[ and ]] reaches a version for the offender."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmappa.core.instruments.oasys.third_parties import for_the_offender

PLAIN = st.text(st.characters(exclude_characters="[]"), max_size=30)
OUT = "(left out: from somebody else)"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("He was calm.", "He was calm."),
        ("", ""),
        ("He was calm. [[His sister rang.]] He left.", f"He was calm. {OUT} He left."),
        ("He was calm. [[His sister rang.", f"He was calm. {OUT}"),
        ("His sister rang.]] He left.", f"{OUT} He left."),
        ("[[a [[b]] c]] d", f"{OUT} d"),
        ("[[a]] b]] c", f"{OUT} c"),
        ("[a] is not a mark", "[a] is not a mark"),
    ],
)
def test_marked_passages_are_taken_out(text: str, left: str) -> None:
    assert for_the_offender(text) == left


@given(PLAIN, PLAIN, PLAIN)
def test_what_is_marked_never_comes_through(before: str, secret: str, after: str) -> None:
    marked = f"{before}[[{secret}]]{after}"
    assert for_the_offender(marked) == f"{before}{OUT}{after}".strip()


@given(st.lists(st.sampled_from(["[[", "]]", "[", "]", "open ", "SECRET "]), max_size=12))
def test_marks_that_do_not_pair_take_away_more_never_less(parts: list[str]) -> None:
    text = "".join(["[[", *parts, "SECRET"])
    assert for_the_offender(text).count("SECRET") <= for_the_offender("".join([*parts, "SECRET"])).count("SECRET")


@given(PLAIN)
def test_text_without_marks_stays(text: str) -> None:
    assert for_the_offender(text) == text.strip()
