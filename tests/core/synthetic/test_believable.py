"""A generated history reads like a real one: things happen in an order in which they can."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest

from openmappa.core.caseload import CaseRecord
from openmappa.core.dates import is_working_day
from openmappa.core.standards.duties import Outcome, duties
from openmappa.core.standards.facts import Fact
from openmappa.core.standards.state import state
from openmappa.core.synthetic.generate import generate
from tests.core.synthetic.page import REFERENCE
from tests.core.synthetic.samples import PACK, sample

OFFICE = {
    *("oasys_completed", "isp_completed", "plan_reviewed", "rmp_completed", "rmp_reviewed", "mappa_level_set"),
    *("mappa_meeting_held", "minutes_filed", "offender_informed", "action_agreed", "action_completed"),
    *("enforcement_taken", "programme_started", "victim_unit_referred", "rm2000_countersigned"),
}


def only(case: CaseRecord, *kinds: str) -> list[Fact]:
    return [fact for fact in case.facts if fact.kind in kinds]


def first(case: CaseRecord, kind: str) -> date:
    return next((fact.on for fact in case.facts if fact.kind == kind), date.max)


def inside(case: CaseRecord) -> Iterator[tuple[date, date]]:
    """The stretches in prison, ends left out."""
    starts, ends = only(case, "custody_started"), only(case, "custody_ended")
    for number, start in enumerate(starts):
        yield start.on, ends[number].on if number < len(ends) else date.max


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("registered", "rm2000_completed"),
        ("rm2000_completed", "rm2000_countersigned"),
        ("rm2000_completed", "visit_interval_set"),
        ("order_started", "isp_completed"),
        ("order_started", "oasys_completed"),
        ("order_started", "programme_required"),
        ("programme_required", "programme_started"),
        ("victim_contact_eligible", "victim_unit_referred"),
        ("rmp_completed", "rmp_reviewed"),
        ("mappa_level_set", "mappa_meeting_held"),
        ("mappa_meeting_held", "minutes_filed"),
        ("mappa_meeting_held", "action_agreed"),
        ("mappa_meeting_held", "offender_informed"),
        ("action_agreed", "action_completed"),
        ("breach_found", "enforcement_taken"),
        ("details_changed", "details_notified"),
        ("order_started", "order_ended"),
        ("registered", "registration_ended"),
    ],
)
def test_the_one_never_comes_before_the_other(cases: list[CaseRecord], before: str, after: str) -> None:
    wrong = [case.reference for case in cases if first(case, after) < min(first(case, before), date.max)]
    assert wrong == []
    assert any(first(case, after) < date.max for case in cases)


def test_nobody_is_visited_or_notifies_while_in_prison(cases: list[CaseRecord]) -> None:
    outside = ("home_visit", "annual_notification_made", "initial_notification_made")
    visited_inside = [
        (case.reference, fact)
        for case in cases
        for start, end in inside(case)
        for fact in only(case, *outside)
        if start < fact.on < end
    ]
    assert visited_inside == []
    assert sum(1 for case in cases for _ in inside(case)) > 300


def test_nothing_happens_after_a_case_is_closed(cases: list[CaseRecord]) -> None:
    closed = [case for case in cases if only(case, "case_closed")]
    assert len(closed) == 25
    assert all(case.facts[-1].kind == "case_closed" for case in closed)


def test_offices_are_shut_at_weekends_and_on_bank_holidays_but_for_the_day_an_order_or_a_case_ends(
    cases: list[CaseRecord],
) -> None:
    ends = {fact.on for case in cases for fact in only(case, "order_ended", "case_closed")}
    days = {fact.on for case in cases for fact in case.facts if fact.kind in OFFICE} - ends
    assert [day for day in sorted(days) if not is_working_day(day)] == []


def test_who_need_not_register_has_no_police_facts(cases: list[CaseRecord]) -> None:
    unregistered = [case for case in cases if not only(case, "registered")]
    assert len(unregistered) == 59
    kinds = {fact.kind for case in unregistered for fact in case.facts}
    assert kinds.isdisjoint({"rm2000_completed", "initial_notification_made", "visit_interval_set", "details_changed"})
    police = [fact for case in unregistered for fact in only(case, "home_visit") if fact.details["service"] == "police"]
    assert police == []


def test_level_3_meetings_are_of_level_3_cases(cases: list[CaseRecord]) -> None:
    for case in cases:
        for meeting in only(case, "mappa_meeting_held"):
            at_the_time = state(case.facts, meeting.on - timedelta(days=1)).mappa_level
            assert at_the_time == meeting.details["level"], case.reference


def test_actions_are_numbered_through_and_completed_once(cases: list[CaseRecord]) -> None:
    for case in cases:
        agreed = [fact.details["action"] for fact in only(case, "action_agreed")]
        completed = [fact.details["action"] for fact in only(case, "action_completed")]
        assert len(set(agreed)) == len(agreed)
        assert len(set(completed)) == len(completed)
        assert set(completed) <= set(agreed)


def test_some_are_still_in_prison_some_orders_have_ended_with_registration_going_on(cases: list[CaseRecord]) -> None:
    states = [state(case.facts, REFERENCE.until) for case in cases]
    assert sum(now.in_custody and not now.closed for now in states) >= 3
    assert sum(now.registered and not now.supervised and not now.closed for now in states) == 55


def test_registration_lasts_five_seven_or_ten_years_or_for_life(cases: list[CaseRecord]) -> None:
    years: Counter[int | None] = Counter()
    for case in cases:
        for fact in only(case, "registered"):
            ends = fact.details.get("ends")
            years[ends.year - fact.on.year if isinstance(ends, date) else None] += 1
    assert set(years) == {5, 7, 10, None}
    assert min(years.values()) > 5


def test_most_facts_are_written_down_the_same_day_and_a_few_very_late(cases: list[CaseRecord]) -> None:
    waits = [(fact.recorded_on - fact.on).days for case in cases for fact in case.facts]
    assert 0.8 < sum(wait == 0 for wait in waits) / len(waits) < 0.9
    assert 0.01 < sum(wait >= 14 for wait in waits) / len(waits) < 0.04
    assert min(waits) == 0


def test_worklists_are_alive_whenever_the_caseload_is_made() -> None:
    until = date(2026, 11, 23)
    outcomes: Counter[str] = Counter()
    for case in generate(sample(until=until)):
        for duty in duties(case.facts, PACK, force=case.force, as_of=until):
            outcome = duty.outcome(until)
            soon = outcome is Outcome.DUE and duty.due_on <= until + timedelta(days=7)
            outcomes["this week" if soon else outcome] += 1
    assert outcomes["this week"] > 100
    assert outcomes[Outcome.DUE] > 1000
    assert outcomes[Outcome.OVERDUE] > 1000


def test_people_have_made_up_names_in_variety_and_numbers_of_their_own() -> None:
    people = [case.person for case in generate(sample(cases=400)) if case.person is not None]
    assert len(people) == 2000
    assert len({(person.given_names, person.family_name) for person in people}) > 1500
    assert len({person.pnc_id for person in people}) == len({person.crn for person in people}) == 2000
    assert all(person.pnc_id.endswith("X") for person in people)
    assert sum(bool(person.aliases) for person in people) == 400
    assert 10 <= sum(person.sex == "female" for person in people) <= 60


def test_women_have_no_rm2000_since_it_is_for_men(cases: list[CaseRecord]) -> None:
    women = [case for case in cases if case.person is not None and case.person.sex == "female"]
    assert women
    assert [case.reference for case in women if only(case, "rm2000_completed")] == []


def test_every_area_has_its_own_staff_with_a_share_of_the_work(cases: list[CaseRecord]) -> None:
    officers = Counter((case.area, case.staff["police_officer"]) for case in cases)
    managers = Counter((case.area, case.staff["case_manager"]) for case in cases)
    assert (len(officers), len(managers)) == (20, 25)
    assert len({name for _, name in officers}) == 20
    assert min(officers.values()) >= 10
    assert {case.staff["police_officer"] for case in cases if case.area == "northshire"} == {
        *("n.police1", "n.police2", "n.police3", "n.police4")
    }


def test_reviews_that_are_kept_are_never_more_than_sixteen_weeks_apart(cases: list[CaseRecord]) -> None:
    kept = 0
    for case in cases:
        reviews = [first(case, "order_started"), *(fact.on for fact in only(case, "plan_reviewed"))]
        gaps = [(after - before).days for before, after in pairwise(reviews)]
        kept += bool(gaps) and max(gaps) <= 112
    assert kept >= 60


def test_a_routine_review_comes_weeks_after_what_it_reviews(cases: list[CaseRecord]) -> None:
    for case in cases:
        started = [fact.on for fact in only(case, "oasys_completed") if fact.details["stage"] == "start"]
        reviewed = [fact.on for fact in only(case, "oasys_completed") if fact.details["stage"] == "review"]
        pairs = [(started, reviewed), (days(case, "isp_completed"), days(case, "plan_reviewed"))]
        for begun, again in pairs:
            assert not begun or not again or (again[0] - begun[0]).days >= 14, case.reference


def days(case: CaseRecord, kind: str) -> list[date]:
    return [fact.on for fact in only(case, kind)]
