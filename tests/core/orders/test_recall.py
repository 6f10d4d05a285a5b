"""A recall from licence: how it stands, and what cannot be asked for or decided."""

from datetime import date

from openmappa.core.orders.recall import (
    Decision,
    RecallDays,
    RecallStands,
    decision_problems,
    recall_problems,
    was_on_licence,
)
from openmappa.core.standards.facts import Fact

ON, LATER, TODAY = date(2005, 3, 1), date(2005, 3, 4), date(2005, 6, 1)
FACTS = [
    Fact("order_started", date(2004, 1, 1), {"order": "community_order"}, date(2004, 1, 1)),
    Fact("order_ended", date(2004, 12, 1), {}, date(2004, 12, 1)),
    Fact("order_started", date(2005, 1, 1), {"order": "extended_licence"}, date(2005, 1, 1)),
    Fact("order_ended", date(2005, 5, 1), {}, date(2005, 5, 1)),
]


def test_a_licence_runs_from_its_start_to_its_end_and_a_community_order_is_none() -> None:
    days = [date(2004, 6, 1), date(2004, 12, 15), ON, date(2005, 5, 1)]
    assert [was_on_licence(FACTS, day) for day in days] == [False, False, True, False]


def test_a_recall_stands_as_its_days_say() -> None:
    revoked = {"decision": Decision.REVOKED, "decided_on": ON}
    assert [
        RecallDays(ON).stands,
        RecallDays(ON, Decision.REFUSED, ON).stands,
        RecallDays(ON, **revoked).stands,
        RecallDays(ON, **revoked, returned_on=LATER).stands,
        RecallDays(ON, **revoked, returned_on=LATER, released_on=TODAY).stands,
    ] == list(RecallStands)


def test_a_recall_needs_a_licence_a_reason_and_no_other_that_is_open() -> None:
    assert recall_problems(FACTS, ON, "behaviour", [RecallStands.RELEASED], TODAY) == {}
    for open_one in (RecallStands.ASKED, RecallStands.AT_LARGE):
        assert list(recall_problems(FACTS, ON, "behaviour", [open_one], TODAY)) == [""]
    assert list(recall_problems(FACTS, date(2005, 5, 2), "king", [], TODAY)) == ["asked_on", "reason"]
    late = recall_problems(FACTS, date(2005, 6, 2), "other", [], TODAY)
    assert late == {"asked_on": "The day must be today or in the past"}


def test_a_decision_comes_once_and_not_before_the_request_nor_after_today() -> None:
    asked = RecallDays(ON)
    assert decision_problems(asked, ON, TODAY) == {}
    assert list(decision_problems(asked, date(2005, 2, 28), TODAY)) == ["decided_on"]
    assert list(decision_problems(asked, date(2005, 6, 2), TODAY)) == ["decided_on"]
    assert list(decision_problems(RecallDays(ON, Decision.REVOKED, ON), ON, TODAY)) == [""]
