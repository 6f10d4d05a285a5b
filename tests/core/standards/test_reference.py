"""The engine gives what the slow, literal reading of the page gives."""

from datetime import date

from hypothesis import given, settings

from openmappa.core.standards.duties import Duty, duties
from openmappa.core.standards.facts import Fact
from tests.core.standards.cases import FORCES, LATER, PACK, days, histories
from tests.core.standards.reference import Row, reference_duties


def row(duty: Duty, as_of: date) -> Row:
    return (
        duty.standard, duty.of, duty.opened_on, duty.due_on, duty.met_on, duty.closed_on, str(duty.outcome(as_of)),
        duty.because_kind, duty.because_on, duty.because_position, duty.source,
    )  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(histories(), FORCES)
def test_the_engine_agrees_with_the_page_read_day_by_day(facts: list[Fact], force: str) -> None:
    found = [row(duty, LATER) for duty in duties(facts, PACK, force=force, as_of=LATER)]
    assert found == reference_duties(facts, PACK, force=force, as_of=LATER)


@settings(deadline=None, max_examples=30)
@given(histories(), FORCES, days(), days())
def test_it_agrees_on_any_day_and_as_known_on_any_other(
    facts: list[Fact], force: str, as_of: date, known_on: date
) -> None:
    found = [row(duty, as_of) for duty in duties(facts, PACK, force=force, as_of=as_of, known_on=known_on)]
    assert found == reference_duties(facts, PACK, force=force, as_of=as_of, known_on=known_on)
