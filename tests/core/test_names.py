"""Finding by name: whatever a tired officer types, one letter wrong, is found; and the closest stands first."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from openmappa.core.names import MOST_PARTS, closeness, name_keys, name_parts, part_closeness, query_keys, squeezed

LETTERS = "abcdefghijklmnopqrstuvwxyz"
LONG_PARTS = st.text(alphabet=LETTERS, min_size=4, max_size=14)
PARTS = st.text(alphabet=LETTERS, min_size=1, max_size=14)


def finds(typed: str, *names: tuple[str, str]) -> bool:
    """Whether the query has a key in common with the person for each of its parts, as the database asks."""
    kept = set(name_keys(names))
    lists = query_keys(typed)
    return bool(lists) and all(kept & set(keys) for keys in lists)


@st.composite
def misspelled(draw: st.DrawFn) -> tuple[str, str]:
    """A part of four letters or more, and the same with one letter lost, added or changed, or two swapped."""
    part = draw(LONG_PARTS)
    place = draw(st.integers(0, len(part) - 2))
    letter = draw(st.sampled_from(LETTERS))
    wrong = draw(
        st.sampled_from(
            [
                part[:place] + part[place + 1 :],
                part[:place] + letter + part[place:],
                part + letter,
                part[:place] + letter + part[place + 1 :],
                part[:place] + part[place + 1] + part[place] + part[place + 2 :],
            ]
        )
    )
    return part, wrong


@given(misspelled())
def test_a_part_of_four_letters_or_more_is_found_with_any_one_letter_wrong(spelling: tuple[str, str]) -> None:
    part, wrong = spelling
    assert finds(wrong, ("Sample", part))
    assert closeness([wrong], name_parts(f"Sample {part}")) > 0


@given(misspelled(), misspelled())
def test_every_part_of_a_name_may_be_misspelled_at_once(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert finds(f"{one[1]} {other[1]}", (one[0], other[0]))


@given(st.lists(PARTS, min_size=1, max_size=4))
def test_the_order_of_the_parts_makes_no_difference(parts: list[str]) -> None:
    shuffled = sorted(parts, reverse=True)
    assert sorted(map(tuple, query_keys(" ".join(parts)))) == sorted(map(tuple, query_keys(" ".join(shuffled))))
    assert name_keys([(" ".join(parts), "")]) == name_keys([("", " ".join(shuffled))])


@given(st.lists(PARTS, min_size=1, max_size=3), PARTS)
def test_every_part_typed_must_be_found(parts: list[str], absent: str) -> None:
    assume(not finds(absent, (" ".join(parts), "")))
    assert not finds(f"{parts[0]} {absent}", (" ".join(parts), ""))


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_stands_in_a_name_it_is_found_by_itself(given_names: str, family_name: str) -> None:
    typed = f"{given_names} {family_name}"
    assume(0 < len(name_parts(typed)) <= MOST_PARTS)
    assert finds(typed, (given_names, family_name))
    assert closeness(name_parts(typed), name_parts(typed)) == 1


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("smyth", ("Sample", "Smith")),
        ("jayne", ("Jane", "Madeup")),
        ("filips", ("Sample", "Phillips")),
        ("s testcase", ("Sample", "Testcase")),
        ("sam test", ("Sample", "Testcase")),
        ("obrien", ("Sample", "O'Brien")),
        ("O’BRIEN", ("Sample", "O'Brien")),
        ("muller", ("Sample", "Müller")),
        ("soren", ("Søren", "Madeup")),
        ("example", ("Sample", "Madeup-Example")),
        ("madeupexample", ("Sample", "Madeupexample")),
        ("lee", ("Sample", "Lee")),
        ("christopherson", ("Sample", "Christophersson")),
    ],
)
def test_a_name_is_found_as_it_sounds_begins_or_is_written(typed: str, name: tuple[str, str]) -> None:
    assert finds(typed, name)
    assert closeness(name_parts(typed), name_parts(" ".join(name))) >= 0.75


def test_an_alias_is_found_and_its_parts_mix_with_the_name() -> None:
    names = (("Sample", "Testcase"), ("Sam", "Otherwise"))
    assert finds("otherwise", *names)
    assert finds("sample otherwise", *names)
    assert not finds("sample elsewhere", *names)


def test_short_parts_are_not_found_with_a_letter_wrong() -> None:
    assert not finds("bob", ("Rob", "Testcase"))


def test_parts_are_small_letters_without_accents_apostrophes_or_hyphens() -> None:
    assert name_parts("  Zoë-Anne O'Shea  St. John 3rd ") == ["zoe", "anne", "oshea", "st", "john", "rd"]
    assert name_parts("!!! 123") == []


def test_a_very_long_name_gives_a_bounded_number_of_keys() -> None:
    assert len(name_keys([("x" * 150, "y" * 150)])) < 70
    assert len(query_keys("a b c d e f g h i j k")) == MOST_PARTS


def test_the_same_spelling_is_closer_than_a_beginning_and_that_closer_than_a_sound() -> None:
    order = [part_closeness("smith", other) for other in ("smith", "smithson", "smyth", "jones")]
    assert order[0] == 1
    assert order[1] == 0.95
    assert order == sorted(order, reverse=True)
    assert order[-1] < 0.75


def test_one_part_of_a_name_answers_one_part_typed_only() -> None:
    assert closeness(["sample", "sample"], ["sample", "testcase"]) == 0
    assert closeness(["sample", "sample"], ["sample", "sampel"]) > 0.9
    assert closeness(["sample"], []) == 0
    assert closeness([], ["sample"]) == 0


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("nfk 00012", "NFK-00012"), ("61/0012x", "61/0012X"), ("n 000-012", "N000012"), ("", "—")],
)
def test_a_number_is_compared_without_spaces_capitals_and_punctuation(typed: str, kept: str) -> None:
    assert squeezed(typed) == squeezed(kept)
