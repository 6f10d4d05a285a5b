"""The work to come: each duty met on its last day, and nothing else changing."""

from datetime import date, timedelta

from hypothesis import given

from openmappa.core.packs.model import Allowance, Match, Unit
from openmappa.core.standards.clocks import plan_for
from openmappa.core.standards.days import case_so_far
from openmappa.core.standards.duties import duties
from openmappa.core.standards.facts import Fact
from openmappa.core.workload.forecast import Expected, expected, known_ends
from tests.core.standards.cases import FIRST, FORCES, LATER, histories, on
from tests.core.workload.made import ON, PACK, allowing, under_draft, weeks, with_standard, without, work_ahead

VISITED = (
    on("2005-01-03", "registered"),
    on("2005-01-03", "initial_notification_made"),
    on("2005-01-05", "rm2000_completed", band="high", rank="constable"),
    on("2005-01-06", "rm2000_countersigned"),
    on("2005-03-31", "home_visit", service="police", outcome="seen", announced=False, joint=False),
)
"""A registered person of high likelihood, last visited on the last day that is known."""


def visits(found: list[Expected]) -> list[date]:
    return [one.on for one in found if one.standard == "home-visit"]


def test_visits_every_four_weeks_are_thirteen_in_twelve_months() -> None:
    found = visits(work_ahead(*VISITED, pack=allowing("home-visit", weeks(4))))
    assert found == [ON + timedelta(weeks=4 * number) for number in range(1, 14)]


def test_every_six_weeks_by_a_draft_they_are_nine_since_the_running_cycle_keeps_its_four() -> None:
    found = visits(under_draft(*VISITED, pack=allowing("home-visit", weeks(4)), draft=allowing("home-visit", weeks(6))))
    assert found == [ON + timedelta(weeks=4 + 6 * number) for number in range(9)]


def test_a_draft_that_takes_over_in_july_leaves_cycles_before_as_they_were() -> None:
    found = visits(under_draft(*VISITED, draft=allowing("home-visit", weeks(4)), takes_over=date(2005, 7, 1)))
    assert found[:3] == [date(2005, 6, 30), date(2005, 9, 30), date(2005, 10, 28)]


def test_what_is_overdue_is_done_on_the_first_day_and_says_so() -> None:
    first = work_ahead(*VISITED[:-2], on("2005-01-06", "order_started", order="licence"))[0]
    assert (first.standard, first.on, first.due_on, first.was_overdue) == (
        "rm2000-countersign", date(2005, 4, 1), date(2005, 1, 19), True,
    )  # fmt: skip
    assert (first.opened_on, first.because_kind) == (date(2005, 1, 5), "rm2000_completed")


def test_a_review_meeting_brings_minutes_for_both_files_and_the_offender_told() -> None:
    found = work_ahead(on("2005-03-31", "mappa_level_set", level=3, category=1), until=date(2005, 5, 20))
    assert [(one.standard, one.on) for one in found] == [
        ("mappa-review", date(2005, 4, 30)),
        ("minutes-police", date(2005, 5, 16)),
        ("minutes-probation", date(2005, 5, 16)),
        ("offender-informed", date(2005, 5, 16)),
    ]
    assert found[0].fact.details == {"level": 3}
    assert [one.of for one in found] == ["mappa_coordinator", "mappa_coordinator", "mappa_coordinator", "case_manager"]


def test_one_oasys_meets_the_incident_and_the_review_and_is_counted_once_under_what_was_due_first() -> None:
    found = work_ahead(
        on("2005-01-03", "order_started", order="licence"),
        on("2005-01-05", "oasys_completed", stage="start"),
        on("2005-01-05", "isp_completed"),
        on("2005-03-30", "significant_incident"),
        until=date(2005, 9, 1),
    )
    assert [(one.standard, one.on) for one in found if one.standard.startswith("oasys")] == [
        ("oasys-after-incident", date(2005, 4, 6)),
        ("oasys-review", date(2005, 7, 27)),
    ]


def test_each_action_is_met_by_a_fact_with_its_own_number() -> None:
    found = work_ahead(
        on("2005-03-01", "action_agreed", action="A1", due_on=date(2005, 5, 2), service="police"),
        on("2005-03-01", "action_agreed", action="A2", due_on=date(2005, 5, 2), service="probation"),
    )
    assert [(one.of, one.on, one.fact.details) for one in found] == [
        ("police", date(2005, 5, 2), {"action": "A1"}),
        ("probation", date(2005, 5, 2), {"action": "A2"}),
    ]


def test_reviews_stop_on_the_day_that_the_order_ends_and_those_due_that_day_are_done() -> None:
    facts = (
        on("2005-03-31", "order_started", order="licence", ends=date(2005, 7, 21)),
        on("2005-03-31", "isp_completed"),
        on("2005-03-31", "oasys_completed", stage="start"),
    )
    assert [(one.standard, one.on) for one in work_ahead(*facts)] == [
        ("oasys-review", date(2005, 7, 21)),
        ("plan-review", date(2005, 7, 21)),
    ]
    sooner = (facts[0]._replace(details={"order": "licence", "ends": date(2005, 7, 20)}), *facts[1:])
    assert work_ahead(*sooner) == []


def test_only_ends_to_come_of_what_still_runs_are_known() -> None:
    facts = [
        on("2004-01-01", "order_started", order="licence", ends=date(2005, 6, 1)),
        on("2004-02-01", "registered", ends=date(2007, 2, 1)),
        on("2004-03-01", "order_started", order="licence", ends=date(2005, 3, 1)),
        on("2005-04-20", "registered", ends=date(2006, 2, 1)),
    ]
    case = case_so_far(facts, plan_for(PACK), force="A", as_of=ON)
    assert known_ends(facts, case.state, ON) == [on("2007-02-01", "registration_ended")]
    facts.append(on("2005-03-30", "registration_ended"))
    case = case_so_far(facts, plan_for(PACK), force="A", as_of=ON)
    assert known_ends(facts, case.state, ON) == []


def test_a_standard_that_a_draft_brings_starts_on_its_first_day_and_one_that_it_drops_ends_with_its_cycle() -> None:
    less = without("home-visit")
    assert visits(under_draft(*VISITED, draft=less)) == [date(2005, 6, 30)]
    assert visits(under_draft(*VISITED, pack=less, draft=allowing("home-visit", Allowance(Unit.MONTHS, 6)))) == [
        date(2005, 10, 1)
    ]


def test_an_assumed_fact_says_all_that_its_kind_has_to_say() -> None:
    dated = with_standard(
        PACK, "isp-start", lambda one: type(one)(**{**_fields(one), "met_by": (Match("action_agreed"),)})
    )
    found = work_ahead(on("2005-03-31", "order_started", order="licence"), pack=dated, until=date(2005, 4, 25))
    fact = next(one.fact for one in found if one.standard == "isp-start")
    assert fact.details == {"action": "", "due_on": date(2005, 4, 21), "service": "police"}


def _fields(one: object) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__dataclass_fields__}  # type: ignore[attr-defined]


@given(histories(), FORCES)
def test_the_engine_finds_every_assumed_fact_on_its_duty_and_nothing_left_undone(
    history: list[Fact], force: str
) -> None:
    until = LATER + timedelta(days=300)
    case = case_so_far(history, plan_for(PACK), force=force, as_of=LATER)
    ends = known_ends(history, case.state, LATER)
    found = expected(case, after=LATER, until=until, ends=ends)
    facts = [*history, *(one.fact for one in found), *ends]
    judged = duties(facts, PACK, force=force, as_of=until)
    met = {(one.standard, one.opened_on, one.due_on, one.met_on) for one in judged}
    assert {(one.standard, one.opened_on, one.due_on, one.on) for one in found} <= met
    assert [one for one in judged if one.met_on is None and one.closed_on is None and one.due_on <= until] == []
    assert all(FIRST < LATER < one.on <= until for one in found)
