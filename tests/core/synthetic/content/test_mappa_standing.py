"""Where a generated case stands when it is told of at a meeting."""

from datetime import date

from openmappa.core.standards.facts import Fact
from openmappa.core.synthetic.content.mappa.informing import _probation
from openmappa.core.synthetic.content.mappa.standing import Standing, standing_after

DAY = date(2026, 3, 2)


def test_without_a_fact_a_case_stands_where_it_began_and_an_order_makes_it_supervised() -> None:
    assert standing_after([]) == Standing()
    assert standing_after([Fact("order_started", DAY, {"order": "community_order"}, DAY)]).supervised


def test_probation_says_that_its_order_has_ended_and_nothing_else() -> None:
    assert [name for name, _ in _probation(Standing(), DAY)] == ["probation ended"]
