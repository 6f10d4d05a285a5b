"""Made-up facts for Hypothesis: few kinds of day, so that much happens on the same one."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

from openmappa.core.packs.load import load_pack
from openmappa.core.standards.duties import Duty
from openmappa.core.standards.facts import KINDS, Detail, Fact, Value

PACK = load_pack("england-wales-2005")
FORCES = st.sampled_from("ABCDE")
FIRST = date(2004, 1, 1)
LENGTH = 150
"""Days that the facts lie in."""

LATER = FIRST + timedelta(days=LENGTH + 60)


def days(length: int = LENGTH) -> st.SearchStrategy[date]:
    """A day, more often one of a few than any other."""
    few = st.sampled_from((0, 1, 10, 31, 32, 90, 120)).filter(lambda offset: offset <= length)
    return st.one_of(few, st.integers(0, length)).map(lambda offset: FIRST + timedelta(days=offset))


def values(detail: Detail) -> st.SearchStrategy[Value]:
    """What a detail may be."""
    if detail.type == "boolean":
        return st.booleans()
    if detail.type == "date":
        return days(LENGTH + 50)
    if detail.type == "text":
        return st.sampled_from(("A1", "A2"))
    if detail.choices:
        return st.sampled_from(detail.choices)
    return st.one_of(st.none(), st.integers(1, 5))


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    """Any fact; the ones that change the state come often enough to matter."""
    often = ("order_started", "registered", "rm2000_completed", "home_visit", "mappa_level_set", "custody_started")
    kinds = [*KINDS, *often, "custody_ended", "visit_interval_set", "harm_level_set", "oasys_completed"]
    kind = KINDS[draw(st.sampled_from(kinds))]
    details = {
        detail.name: draw(values(detail)) for detail in kind.details if not detail.optional or draw(st.booleans())
    }
    on = draw(days())
    return Fact(kind.name, on, details, on + timedelta(days=draw(st.sampled_from((0, 0, 0, 3, 40)))))


def histories(most: int = 25) -> st.SearchStrategy[list[Fact]]:
    """Several facts in no order."""
    return st.lists(facts(), max_size=most)


def on(text: str, kind: str, recorded_on: str = "", **details: Value) -> Fact:
    """One fact, for tests that are written out."""
    day = date.fromisoformat(text)
    return Fact(kind, day, details, date.fromisoformat(recorded_on) if recorded_on else day)


def without_positions(found: Sequence[Duty], given: Sequence[Fact]) -> list[tuple[object, ...]]:
    """Duties as they would be whatever the places of the facts: sorted rows, with the starting fact itself."""
    return sorted(
        (
            (
                duty.standard, duty.of, duty.opened_on, duty.due_on, str(duty.met_on), str(duty.closed_on),
                duty.because_kind, duty.because_on, duty.source,
                "" if duty.because_position is None else repr(given[duty.because_position]),
            )
            for duty in found
        ),
    )  # fmt: skip
