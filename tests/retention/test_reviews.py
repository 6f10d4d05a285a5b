"""Reviews: whose are due, what a decision needs, and what it leaves; and holds."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import Managing, User
from openmappa.audit.models import Event
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.core.dates import add_months
from openmappa.retention.errors import NotDecided
from openmappa.retention.models import Hold, Review
from openmappa.retention.queries import case_retention, reviews_due, worked_out
from openmappa.retention.services import hold_disposal, keep_case, lift_hold
from openmappa.timeline.errors import ChangedMeanwhile
from openmappa.timeline.services import void_fact
from tests.retention.build import (
    HARM,
    a_coordinator,
    a_line_manager,
    a_registered_case,
    an_old_case,
    held,
    kept,
    proposed,
    years_ago,
)
from tests.timeline.build import make_area, make_case, make_person, make_unit, today, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> User:
    return a_line_manager()


def due(user: User) -> list[tuple[str, object]]:
    """The references on this person's list, with the day each is due."""
    with as_person(user):
        return [(line.case.reference, line.due_on) for line in reviews_due(user, today())]


def test_a_review_that_keeps_a_case_stores_the_grounds_the_words_and_when_it_is_next(manager) -> None:
    case = a_registered_case()
    review = kept(case, manager)
    assert (review.decision, review.grounds, review.words, review.by) == ("keep", [HARM], "Still needed.", manager)
    assert (review.group, review.was_due_on, review.next_on, review.again_on) == (
        1,
        years_ago(2),
        add_months(today(), 120),
        None,
    )
    assert worked_out(case).review_on == add_months(today(), 120)
    event = Event.objects.get(verb="review retention")
    assert (event.case_id, event.about) == (case.pk, {"review": review.pk, "decision": "keep", "grounds": [HARM]})


def test_the_next_review_can_be_asked_for_sooner_but_not_later(manager) -> None:
    case = a_registered_case()
    review = kept(case, manager, again_on=add_months(today(), 12))
    assert (review.next_on, worked_out(case).review_on) == (add_months(today(), 12), add_months(today(), 12))
    for day in (today(), add_months(today(), 120)):
        with as_person(manager), pytest.raises(NotDecided, match="between tomorrow and the day the rules give"):
            keep_case(by=manager, case=case, grounds=[HARM], words="Again.", again_on=day)


def test_a_new_event_starts_the_clear_period_again_at_once_and_voiding_it_takes_it_back(manager) -> None:
    case = make_case()
    write(case, "order_started", years_ago(7), order="community_order")
    assert worked_out(case).keep_until == years_ago(1)
    fact = write(case, "significant_incident", years_ago(3), by=manager)
    assert worked_out(case).keep_until == add_months(today(), 36)
    with as_person(manager):
        void_fact(by=manager, fact=fact, reason="Another person.")
    assert worked_out(case).keep_until == years_ago(1)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"grounds": []}, "at least one ground"),
        ({"grounds": ["because"]}, "at least one ground"),
        ({"grounds": ["opened_by_mistake"]}, "at least one ground"),
        ({"words": "  "}, "in your own words"),
    ],
)
def test_a_decision_to_keep_needs_grounds_of_the_pack_and_words(manager, given: dict[str, object], sentence) -> None:
    case = a_registered_case()
    with as_person(manager), pytest.raises(NotDecided, match=sentence):
        keep_case(by=manager, case=case, **({"grounds": [HARM], "words": "Yes."} | given))  # type: ignore[arg-type]
    assert Review.objects.count() == 0


def test_a_case_that_changed_meanwhile_is_not_decided_unseen(manager) -> None:
    case = a_registered_case()
    seen = case.version
    write(case, "significant_incident", years_ago(1), by=manager)
    with as_person(manager), pytest.raises(ChangedMeanwhile):
        keep_case(by=manager, case=case, grounds=[HARM], words="Yes.", version=seen)


def test_only_a_line_manager_reviews(manager) -> None:
    case = a_registered_case()
    for role in (Role.POLICE_OFFICER, Role.CASE_MANAGER, Role.MAPPA_COORDINATOR):
        user = make_person(role)
        with as_person(user), pytest.raises(NotAllowed):
            keep_case(by=user, case=case, grounds=[HARM], words="Yes.")


def test_the_list_has_what_is_due_within_a_year_the_longest_due_first(manager) -> None:
    late, soon, far, empty = (make_case() for _ in range(4))
    write(late, "registered", years_ago(11))
    write(soon, "registered", add_months(today(), -12 * 10 + 11))
    write(far, "registered", years_ago(1))
    assert due(manager) == [
        (empty.reference, None),
        (late.reference, years_ago(1)),
        (soon.reference, add_months(today(), 11)),
    ]


def test_the_list_has_the_cases_of_the_units_one_manages_and_no_others(manager) -> None:
    area = make_area()
    second, third = make_unit(area, "police", 2), make_unit(area, "police", 3)
    own, managed, foreign = a_registered_case(), a_registered_case(police_unit=second), make_case(
        police_unit=third, probation_unit=make_unit(area, "probation", 3)
    )  # fmt: skip
    Case.objects.filter(pk=managed.pk).update(probation_unit=None)
    write(foreign, "registered", years_ago(12))
    assert [reference for reference, _ in due(manager)] == [own.reference]
    Managing.objects.create(manager=manager, unit=second)
    assert [reference for reference, _ in due(manager)] == [own.reference, managed.reference]
    assert due(a_line_manager(area=make_area("eastmarch", "B"))) == []


def test_the_list_says_the_same_as_the_case_does_after_many_facts(manager) -> None:
    case = make_case()
    for years, kind in ((14, "breach_found"), (13, "significant_incident"), (12, "breach_found"), (8, "breach_found")):
        write(case, kind, years_ago(years))
    voided = write(case, "registered", years_ago(9), by=manager)
    with as_person(manager):
        void_fact(by=manager, fact=voided, reason="Another person.")
        [line] = reviews_due(manager, today())
        assert line.worked_out == worked_out(case)
    assert line.due_on == years_ago(2)


def test_the_list_asks_the_database_as_often_for_20_cases_as_for_1(manager) -> None:
    an_old_case()
    with as_person(manager), CaptureQueriesContext(connection) as one:
        reviews_due(manager, today())
    for _ in range(20):
        kept(an_old_case(), manager)
    with as_person(manager), CaptureQueriesContext(connection) as many:
        reviews_due(manager, today())
    assert len(many) == len(one)


def test_the_list_marks_what_is_held_closed_or_waits_for_approval(manager) -> None:
    case, other = an_old_case(), a_registered_case()
    held(other, manager)
    proposed(case, manager)
    with as_person(manager):
        marks = {
            line.case.pk: (line.is_closed, line.is_held, line.is_waiting) for line in reviews_due(manager, today())
        }
    assert marks == {case.pk: (True, False, True), other.pk: (False, True, False)}


def test_a_child_under_10_is_flagged(manager) -> None:
    case = make_case()
    case.person.born_on = today() - timedelta(days=9 * 365)
    case.person.save(update_fields=["born_on"])
    write(case, "significant_incident", today() - timedelta(days=1))
    assert worked_out(case).began_under_age


def test_a_hold_is_placed_and_lifted_with_reasons_by_line_managers_and_coordinators(manager) -> None:
    case, coordinator = an_old_case(), a_coordinator()
    hold = held(case, manager)
    with as_person(coordinator):
        lift_hold(by=coordinator, hold=hold, reason="The claim was settled.")
    hold.refresh_from_db()
    assert (hold.is_standing, hold.lifted_by, hold.lift_reason) == (False, coordinator, "The claim was settled.")
    with as_person(manager), pytest.raises(NotDecided, match="lifted before"):
        lift_hold(by=manager, hold=hold, reason="Again.")
    with as_person(manager), pytest.raises(NotDecided, match="in your own words"):
        hold_disposal(by=manager, case=case, reason=" ")
    officer = make_person(Role.POLICE_OFFICER)
    with as_person(officer), pytest.raises(NotAllowed):
        hold_disposal(by=officer, case=case, reason="Mine.")
    assert [event.verb for event in Event.objects.filter(case_id=case.pk).order_by("id")][-2:] == [
        "hold disposal",
        "lift hold",
    ]


def test_how_a_case_stands_lists_newest_first(manager) -> None:
    case = a_registered_case()
    first, second = kept(case, manager), kept(case, manager)
    one, two = held(case, manager), held(case, manager, reason="An inquiry.")
    found = case_retention(case)
    assert (found.reviews, found.standing_holds, found.waiting) == ((second, first), (two, one), None)
    assert Hold.objects.standing().count() == 2
