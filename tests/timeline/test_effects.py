"""What a fact changed: met, opened, moved, closed, and back again."""

import pytest

from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.core.dates import add_months
from openmappa.timeline.models import Duty, Fact
from openmappa.timeline.queries.effects import DutyChange, Effect, effect_of, effect_of_voiding
from openmappa.timeline.services import void_fact
from tests.timeline.build import ago, make_case, make_person, write

pytestmark = pytest.mark.django_db


def said(changes: tuple[DutyChange, ...]) -> list[tuple[str, str]]:
    return [(change.turn.value, change.now.standard) for change in changes]


def effect(fact: Fact) -> Effect:
    return effect_of(Fact.objects.select_related("case").get(pk=fact.pk))


def visit(case: Case, days: int) -> Fact:
    return write(case, "home_visit", ago(days), service="police", outcome="seen", announced=False, joint=False)


@pytest.fixture
def case() -> Case:
    """A registered person of force A with a high likelihood: a visit every 3 months (Table 1)."""
    case = make_case()
    write(case, "registered", ago(200))
    write(case, "rm2000_completed", ago(200), band="high", rank="constable")
    return case


def test_a_visit_meets_the_duty_and_starts_the_next(case: Case) -> None:
    found = effect(visit(case, 120))
    assert said(found.duties) == [("met", "home-visit"), ("opened", "home-visit")]
    met, opened = found.duties
    assert (met.now.met_on, met.now.due_on) == (ago(120), add_months(ago(200), 3))
    assert met.before is not None and met.before.met_on is None
    assert (opened.now.opened_on, opened.now.due_on) == (ago(120), add_months(ago(120), 3))
    assert found.standing == () and found.later == ()


def test_a_visit_written_down_late_takes_the_place_of_the_later_one(case: Case) -> None:
    later = visit(case, 20)
    found = effect(visit(case, 120))
    met, opened = found.duties
    assert (met.turn.value, met.now.met_on) == ("met", ago(120))
    assert met.before is not None and met.before.met_on == later.on
    assert (opened.turn.value, opened.now.met_on) == ("opened", later.on)


def test_it_stays_right_when_more_has_happened_since(case: Case) -> None:
    first = visit(case, 120)
    before = said(effect(first).duties)
    visit(case, 20)
    assert said(effect(first).duties) == before


def test_registration_starts_what_it_starts(case: Case) -> None:
    fact = Fact.objects.get(kind="registered")
    found = effect(fact)
    assert sorted(said(found.duties)) == [
        ("opened", "annual-notification"),
        ("opened", "home-visit"),
        ("opened", "initial-notification"),
        ("opened", "rm2000-countersign"),
        ("opened", "rm2000-start"),
    ]
    assert [(change.what, change.now, change.before) for change in found.standing] == [
        ("Registration", "Registered", "Not registered")
    ]


def test_a_shorter_interval_brings_the_due_date_forward(case: Case) -> None:
    visit(case, 60)
    found = effect(write(case, "visit_interval_set", ago(40), months=1))
    assert said(found.duties) == [("moved", "home-visit")]
    (moved,) = found.duties
    assert moved.before is not None
    assert (moved.before.due_on, moved.now.due_on) == (add_months(ago(60), 3), add_months(ago(40), 1))
    assert [(change.what, change.now) for change in found.standing] == [("Own visit interval", "Every month")]


def test_custody_closes_what_waits_for_the_person(case: Case) -> None:
    found = effect(write(case, "custody_started", ago(10)))
    assert sorted(said(found.duties)) == [
        ("closed", "annual-notification"),
        ("closed", "home-visit"),
        ("closed", "initial-notification"),
    ]
    assert [change.now for change in found.standing] == ["In custody"]


def test_risk_of_harm_changes_the_front_sheet_and_starts_the_plan(case: Case) -> None:
    write(case, "order_started", ago(50), order="licence")
    write(case, "harm_level_set", ago(40), level="medium")
    found = effect(write(case, "harm_level_set", ago(2), level="high"))
    assert [(change.what, change.now, change.before) for change in found.standing] == [
        ("Risk of harm", "High", "Medium")
    ]
    assert sorted(said(found.duties)) == [
        ("opened", "risk-change-police"),
        ("opened", "rmp-review"),
        ("opened", "rmp-start"),
    ]


def test_an_incident_nobody_supervises_changes_nothing(case: Case) -> None:
    assert effect(write(case, "significant_incident", ago(1))).is_empty


def test_voiding_shows_the_same_backwards_before_and_after(case: Case) -> None:
    fact = visit(case, 120)
    before = effect_of_voiding(Fact.objects.select_related("case").get(pk=fact.pk))
    assert said(before.duties) == [("unmet", "home-visit"), ("withdrawn", "home-visit")]
    void_fact(by=make_person(Role.LINE_MANAGER), fact=fact, reason="Wrong case")
    assert said(effect(fact).duties) == said(before.duties)


def test_voiding_a_release_opens_nothing_and_voiding_custody_opens_again(case: Case) -> None:
    fact = write(case, "custody_started", ago(10))
    found = effect_of_voiding(Fact.objects.select_related("case").get(pk=fact.pk))
    assert {turn for turn, _ in said(found.duties)} == {"reopened"}


def test_what_follows_on_later_days_stands_apart() -> None:
    case = make_case()
    fact = write(case, "order_started", ago(300), order="licence")
    write(case, "plan_reviewed", ago(200))
    found = effect(fact)
    assert ("opened", "plan-review") in said(found.duties)
    assert said(found.later) == [("opened", "plan-review")]


def test_the_effect_agrees_with_the_stored_duties(case: Case) -> None:
    fact = visit(case, 120)
    for change in effect(fact).duties:
        stored = Duty.objects.get(case=case, standard=change.now.standard, opened_on=change.now.opened_on)
        assert (stored.due_on, stored.met_on, stored.closed_on) == (
            change.now.due_on,
            change.now.met_on,
            change.now.closed_on,
        )
