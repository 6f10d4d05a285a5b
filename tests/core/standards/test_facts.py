"""Facts as they are stored."""

from datetime import date

from hypothesis import given

from openmappa.core.standards.facts import Fact, details_to_json, fact_from_row
from tests.core.standards.cases import facts


@given(facts())
def test_a_fact_comes_back_from_its_stored_parts(fact: Fact) -> None:
    assert fact_from_row(fact.kind, fact.on, details_to_json(fact), fact.recorded_on) == fact


def test_days_are_stored_as_text_and_come_back_as_days() -> None:
    fact = Fact("registered", date(2004, 3, 1), {"ends": date(2009, 3, 1)}, date(2004, 3, 1))
    assert details_to_json(fact) == {"ends": "2009-03-01"}
    assert fact_from_row("registered", fact.on, {"ends": "2009-03-01"}, fact.on) == fact
