"""Recording a home visit: the service, and what it does to the duties."""

import uuid

import pytest

from openmappa.accounts.errors import NotAllowed
from openmappa.audit.models import Event
from openmappa.core.access import Rank, Role
from openmappa.timeline.errors import ChangedMeanwhile, Impossible, NotRecorded
from openmappa.timeline.models import Duty, Fact
from openmappa.visits.models import HomeVisit
from openmappa.visits.services import record_home_visit
from tests.timeline.build import ago, make_area, make_case, make_person, today, write

pytestmark = pytest.mark.django_db


def registered_case(days: int = 100):
    """A high-likelihood case of force A, so that a visit is due every 3 months."""
    officer = make_person(Role.POLICE_OFFICER, rank=Rank.CONSTABLE)
    case = make_case(police_officer=officer)
    write(case, "registered", ago(days))
    write(case, "rm2000_completed", ago(days - 2), by=officer, band="high", rank="constable")
    return officer, case


def seen(officer, case, **answers):
    given = {"visited_on": today(), "outcome": "seen", "announced": False, "joint": False, "observed": "All as before."}
    return record_home_visit(by=officer, case=case, **(given | answers))


def test_an_unannounced_visit_seen_meets_the_open_duty_and_opens_the_next_in_3_months() -> None:
    officer, case = registered_case()
    seen(officer, case)
    met, opened = Duty.objects.filter(case=case, standard="home-visit").order_by("opened_on")
    assert (met.met_on, met.closed_on) == (today(), None)
    assert (opened.opened_on, opened.met_on, opened.because_kind) == (today(), None, "home_visit")


@pytest.mark.parametrize(("outcome", "announced"), [("not_seen", False), ("refused", False), ("seen", True)])
def test_a_visit_that_does_not_count_leaves_the_duty_open(outcome: str, announced: bool) -> None:
    officer, case = registered_case()
    seen(officer, case, outcome=outcome, announced=announced)
    assert list(Duty.objects.filter(case=case, standard="home-visit").values_list("met_on", flat=True)) == [None]


def test_a_case_managers_visit_is_probations_and_meets_no_police_duty() -> None:
    _, case = registered_case()
    recording = seen(make_person(Role.CASE_MANAGER), case)
    assert recording.fact.details["service"] == "probation"
    assert Duty.objects.get(case=case, standard="home-visit").met_on is None


def test_what_was_observed_stands_beside_the_fact_with_who_visited() -> None:
    officer, case = registered_case()
    colleague = make_person(Role.POLICE_OFFICER)
    recording = seen(officer, case, visited_by=colleague, concern="A new phone.", intelligence_to_submit=True)
    notes = HomeVisit.objects.get(fact=recording.fact)
    assert (notes.visited_by, notes.has_concern, notes.concern) == (colleague, True, "A new phone.")
    assert (notes.intelligence_to_submit, recording.fact.recorded_by) == (True, officer)


def test_one_visit_leaves_one_event_in_the_log() -> None:
    officer, case = registered_case()
    before = Event.objects.count()
    seen(officer, case)
    event = Event.objects.order_by("-pk")[0]
    assert (Event.objects.count() - before, event.verb, event.by_id, event.case_id) == (
        1,
        "record home_visit",
        officer.pk,
        case.pk,
    )


def test_the_same_form_sent_twice_is_one_visit() -> None:
    officer, case = registered_case()
    token = uuid.uuid4()
    first = seen(officer, case, submission=token)
    again = seen(officer, case, submission=token)
    assert (again.fact.pk, again.replayed) == (first.fact.pk, True)
    assert (Fact.objects.filter(kind="home_visit").count(), HomeVisit.objects.count()) == (1, 1)


def test_a_stale_page_saves_nothing_and_names_what_the_other_did() -> None:
    officer, case = registered_case()
    case.refresh_from_db()
    opened_at = case.version
    seen(make_person(Role.POLICE_OFFICER), case, version=opened_at)
    with pytest.raises(ChangedMeanwhile) as refused:
        seen(officer, case, version=opened_at)
    assert [fact.kind for fact in refused.value.facts] == ["home_visit"]
    assert HomeVisit.objects.count() == 1


def test_a_visit_tomorrow_is_refused_and_nothing_is_written() -> None:
    officer, case = registered_case()
    with pytest.raises(Impossible) as refused:
        seen(officer, case, visited_on=ago(-1))
    assert [objection.field for objection in refused.value.objections] == ["on"]
    assert HomeVisit.objects.count() == 0


def test_a_police_visit_on_the_day_before_registration_is_refused() -> None:
    officer, case = registered_case(days=100)
    with pytest.raises(Impossible):
        seen(officer, case, visited_on=ago(101))
    assert seen(officer, case, visited_on=ago(100)).fact.on == ago(100)


def test_somebody_in_custody_cannot_have_been_seen_at_home() -> None:
    officer, case = registered_case()
    write(case, "custody_started", ago(10))
    with pytest.raises(Impossible) as refused:
        seen(officer, case)
    assert [objection.field for objection in refused.value.objections] == ["outcome"]
    assert seen(officer, case, outcome="not_seen").fact.details["outcome"] == "not_seen"


@pytest.mark.parametrize("role", [Role.MAPPA_COORDINATOR, Role.SMB_MEMBER, Role.ADMINISTRATOR])
def test_a_role_that_makes_no_visits_may_not_record_one(role: Role) -> None:
    _, case = registered_case()
    with pytest.raises(NotAllowed):
        seen(make_person(role), case)
    assert Fact.objects.filter(kind="home_visit").count() == 0


def test_a_visit_by_an_agency_that_is_neither_police_nor_probation_is_refused() -> None:
    officer, case = registered_case()
    stranger = make_person(Role.PARTNER_MEMBER, area=make_area(), kind="partner")
    with pytest.raises(NotRecorded):
        seen(officer, case, visited_by=stranger)
