"""Finding people by name: misspelled, by a part, by how it sounds, with the parts in any order. Pure.

A name is kept as a set of keys, and so is what somebody types; a part of the query matches a name where the two share a
key. That turns "spelled nearly like" into set overlap, which a database indexes. Three kinds of key:

* the part itself and the part with any one letter left out. Two spellings that differ by one letter added, lost or
  changed, or by two neighbours swapped, always share one of these (symmetric deletion: W. Garbe, "SymSpell", 2012);
* ``^`` and how the part begins, so that an initial or the first letters are enough;
* ``~`` and how the part sounds (L. Philips, "Hanging on the Metaphone", Computer Language 7(12), 1990).

Keys find candidates generously; ``closeness`` then says how well each one fits.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import jellyfish

SHORTEST_MISSPELLED: Final = 4
"""Letters from which on a part is also found with one letter wrong; shorter parts would match far too much."""
LONGEST_KEPT: Final = 24
"""Letters of one part that count; nobody types more, and each letter costs a key."""
LONGEST_BEGINNING: Final = 5
SHORTEST_SOUND: Final = 2
MOST_PARTS: Final = 8
"""Parts of a query that count."""

SAME, BEGINS_SO, SOUNDS_SO = 1.0, 0.95, 0.85
NEAR_ENOUGH: Final = 0.75
"""The closeness below which a candidate is left out: it shares a key by accident."""

APOSTROPHES: Final = str.maketrans("", "", "'’‘`´ʼ.")
SPELLED_OUT: Final = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})


def name_parts(text: str) -> list[str]:
    """The parts of a name as compared: small letters, no accents, apostrophes closed up, hyphens taken apart."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(APOSTROPHES)).translate(SPELLED_OUT)
    letters = "".join(
        char if char.isalpha() else " " for char in plain if not unicodedata.category(char).startswith("M")
    )
    return [part[:LONGEST_KEPT] for part in letters.split()]


def name_keys(names: Iterable[tuple[str, str]]) -> list[str]:
    """The keys under which a person is found, given each of their names as (given names, family name); sorted."""
    parts = {part for given, family in names for part in name_parts(f"{given} {family}")}
    return sorted({key for part in parts for key in _keys(part) | _beginnings(part)})


def query_keys(text: str) -> list[list[str]]:
    """What somebody typed, as one list of keys for each part: a person is a candidate who has a key from every list."""
    return [sorted(_keys(part) | {_beginning(part)}) for part in name_parts(text)[:MOST_PARTS]]


def closeness(typed: Sequence[str], name: Sequence[str]) -> float:
    """How well the parts of a name fit the parts typed, from 0 (not at all) to 1 (each is the same), in any order.

    It is the mean over the parts typed, each paired with one part of the name; 0 as soon as one of them fits none.
    """
    left = list(name)
    total = 0.0
    for part in sorted(typed, key=len, reverse=True):
        best = max(left, key=lambda other: part_closeness(part, other), default=None)
        if best is None or part_closeness(part, best) < NEAR_ENOUGH:
            return 0.0
        total += part_closeness(part, best)
        left.remove(best)
    return total / len(typed) if typed else 0.0


@lru_cache(maxsize=20_000)
def part_closeness(typed: str, part: str) -> float:
    """How well one part of a name fits one part typed, from 0 to 1; the better of spelling, beginning and sound."""
    if typed == part:
        return SAME
    if part.startswith(typed):
        return BEGINS_SO
    spelling = float(jellyfish.jaro_winkler_similarity(typed, part))
    if _shares_a_spelling(typed, part):
        return min(max(spelling, NEAR_ENOUGH), BEGINS_SO)
    return max(spelling, SOUNDS_SO) if _sound(typed) & _sound(part) else spelling


def squeezed(number: str) -> str:
    """A reference, PNC or CRN as it is compared: letters and digits only, in capitals."""
    return "".join(char for char in number if char.isascii() and char.isalnum()).upper()


def _keys(part: str) -> set[str]:
    return _spellings(part) | _sound(part)


def _spellings(part: str) -> set[str]:
    """The part, and where it is long enough the part without each of its letters in turn."""
    if len(part) < SHORTEST_MISSPELLED:
        return {part}
    return {part} | {part[:place] + part[place + 1 :] for place in range(len(part))}


def _shares_a_spelling(one: str, other: str) -> bool:
    return bool(_spellings(one) & _spellings(other))


def _sound(part: str) -> set[str]:
    sound = jellyfish.metaphone(part).replace(" ", "")
    return {f"~{sound}"} if len(sound) >= SHORTEST_SOUND else set()


def _beginning(part: str) -> str:
    return f"^{part[:LONGEST_BEGINNING]}"


def _beginnings(part: str) -> set[str]:
    return {f"^{part[:length]}" for length in range(1, min(len(part), LONGEST_BEGINNING) + 1)}
