"""The frame of an inspection: every case of one day from which a sample may be drawn, and lots that anybody can repeat.

Each area of the joint inspection listed every case that it supervised on 1 September 2004 (paragraph 3.4). The list is
the *frame*. It holds what was known when it was made; what is put right later makes another frame. Its ``digest`` is a
fingerprint: one changed letter in one case gives another, so that a draw can say of which list it was made.

**Lots.** A draw must come out the same in ten years, on another machine and by another program. Python promises that
for almost nothing in ``random`` (shuffling and sampling have changed between versions), so no random generator is used
at all. The lot of a case is the SHA-256 of the seed, what is drawn, and the case's key, written as a JSON list:

    printf '["rain on Tuesday","order","NK-0042"]' | sha256sum

SHA-256 is a standard (FIPS 180-4) and its output cannot be told from chance by anybody who has not worked it out. Lots
of different cases do not hang together: a case that joins or leaves the frame changes no other case's lot.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from hashlib import sha256
from itertools import count

from openmappa.core.errors import CoreError

LOT_BITS = 256


class SampleRefused(CoreError):
    """A frame, a rule, a draw or a replacement that cannot be: one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class FrameCase:
    """One case of the frame.

    ``key`` is its reference, once in the frame. ``stratum`` is what is drawn from apart: the area. ``traits`` are what
    the sample has to represent, as known then: ethnicity, sex, in MAPPA or not. Their names are free; each has all.
    """

    key: str
    stratum: str
    traits: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Frame:
    """Every case of one day. SampleRefused where it is empty, a key stands twice, or a case lacks a trait."""

    on: date
    cases: tuple[FrameCase, ...]

    def __post_init__(self) -> None:
        if not self.cases:
            raise SampleRefused("The frame holds no case. Choose a day or areas that have some.")
        seen: set[str] = set()
        expected = sorted(self.cases[0].traits)
        for case in self.cases:
            if case.key in seen:
                raise SampleRefused(f"Case {case.key} stands in the frame twice. List each case once.")
            seen.add(case.key)
            if sorted(case.traits) != expected:
                raise SampleRefused(
                    f"Case {case.key} has the traits {_listed(sorted(case.traits))}, others have {_listed(expected)}. "
                    "Give every case all of them; “not known” is one value."
                )

    @property
    def digest(self) -> str:
        """The SHA-256 of the day and all cases, as 64 hexadecimal digits; their order makes no difference."""
        lines = sorted([case.key, case.stratum, sorted(case.traits.items())] for case in self.cases)
        return sha256(_canonical([self.on.isoformat(), lines])).hexdigest()

    @property
    def traits(self) -> tuple[str, ...]:
        """The names of what is known of each case."""
        return tuple(sorted(self.cases[0].traits))

    @property
    def sizes(self) -> dict[str, int]:
        """How many cases each stratum has, by its name in alphabetical order."""
        return dict(sorted(Counter(case.stratum for case in self.cases).items()))

    def by_stratum(self) -> dict[str, list[FrameCase]]:
        """The cases of each stratum; strata by name, cases by key, however they were listed."""
        found: dict[str, list[FrameCase]] = {}
        for case in sorted(self.cases, key=lambda each: (each.stratum, each.key)):
            found.setdefault(case.stratum, []).append(case)
        return found


def lot(seed: str, purpose: str, key: str) -> Fraction:
    """The lot of one key: at least 0 and under 1, exactly; the same wherever it is worked out.

    ``purpose`` keeps lots for different things apart, so that one says nothing about the other.
    """
    return Fraction(ticket(seed, purpose, key), 1 << LOT_BITS)


def ticket(seed: str, purpose: str, key: str) -> int:
    """The lot as the whole number that SHA-256 gives: to put cases in order by, which is faster."""
    return int.from_bytes(sha256(_canonical([seed, purpose, key])).digest())


def places(seed: str, purpose: str, among: int) -> Iterator[int]:
    """Without end: places 0 to ``among`` - 1, each as likely as the other, to draw with replacement.

    Eight places from each SHA-256, four bytes each: for fewer than a million places the likelihoods differ by less than
    one in four thousand.
    """
    for block in count():
        drawn = sha256(_canonical([seed, purpose, block])).digest()
        for start in range(0, len(drawn), 4):
            yield int.from_bytes(drawn[start : start + 4]) * among >> 32


def _canonical(value: object) -> bytes:
    """One spelling for one value: JSON without spaces, in ASCII."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "none"
