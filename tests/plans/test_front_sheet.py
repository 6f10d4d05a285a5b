"""The card of plans on the front sheet: what stands, who signed, what is due, and what meetings agreed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.plans.queries.beside import PlansBeside, plans_beside
from openmappa.plans.words import PlanKind
from openmappa.timeline.queries.frame import case_frame
from openmappa.timeline.services import void_fact
from openmappa.ui.formats import short_day
from tests.plans.build import a_draft, a_manager, an_spo, in_days, signed
from tests.timeline.build import ago, make_case, signed_in, write
from tests.timeline.test_front_sheet import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    case = make_case()
    write(case, "order_started", ago(10), order="community_order", ends=in_days(700))
    return case


@pytest.fixture
def by() -> User:
    return a_manager()


def card(case: Case, by: User) -> str:
    """The words of the card."""
    page = signed_in(by).get(reverse("timeline:front_sheet", kwargs={"key": case.key})).content.decode()
    text = words_of(page)
    return text[text.index(" Plans All plans (of this case)") : text.index(" Management reviews ")]


def beside(case: Case, by: User) -> tuple[PlansBeside, int]:
    """What the card shows, and how many queries that takes."""
    with as_person(by):
        frame = case_frame(by, case.key)
        with CaptureQueriesContext(connection) as asked:
            found = plans_beside(frame)
    return found, len([one for one in asked if "SELECT" in one["sql"]])


def agreed(case: Case, name: str, due_in: int) -> None:
    write(case, "action_agreed", ago(9), action=name, service="police", due_on=in_days(due_in))


def test_a_case_without_plans_says_by_when_the_first_is_due(case: Case, by: User) -> None:
    found, _ = beside(case, by)
    supervision, risk = found.plans
    assert (supervision.fact, risk.fact, risk.first_due_on, risk.is_missed) == (None, None, None, False)
    assert supervision.first_due_on is not None
    text = card(case, by)
    assert f"Supervision plan No plan yet First plan: {short_day(supervision.first_due_on)}" in text
    assert "Risk management plan None Actions of MAPPA meetings None open" in text


@pytest.mark.parametrize(("level", "words"), [("high", "high"), ("very_high", "very high")])
def test_high_risk_of_harm_without_a_risk_management_plan_stands_out(
    case: Case, by: User, level: str, words: str
) -> None:
    write(case, "harm_level_set", ago(2), level=level)
    risk = beside(case, by)[0].plans[1]
    assert risk.is_missed and risk.first_due_on is not None
    expected = f"No plan, although the risk of harm is {words} First plan: {short_day(risk.first_due_on)}"
    assert expected in card(case, by)
    signed(a_draft(case, by, "risk_management"), by)
    assert beside(case, by)[0].plans[1].is_missed is False
    assert "although" not in card(case, by)


def test_a_plan_says_who_signed_it_whether_it_is_countersigned_and_when_it_is_looked_at_again(
    case: Case, by: User
) -> None:
    plan = signed(a_draft(case, by), by, needs_countersignature=True)
    supervision = beside(case, by)[0].plans[0]
    assert (supervision.plan, supervision.first_due_on) == (plan, None)
    assert supervision.review_due_on is not None
    text = card(case, by)
    assert f"Version 1, {short_day(ago(0))} : supervision plan at a glance Signed by {by}" in text
    assert f"Not yet countersigned Next review: {short_day(supervision.review_due_on)}" in text
    spo = an_spo()
    plan.countersigned_by, plan.countersigned_at = spo, plan.signed_at
    plan.save()
    text = card(case, by)
    assert (f"Countersigned by {spo}" in text, "Not yet" in text) == (True, False)


def test_one_that_was_returned_and_one_made_elsewhere_say_so_and_a_voided_one_is_gone(case: Case, by: User) -> None:
    spo = an_spo()
    plan = signed(a_draft(case, by), by, needs_countersignature=True)
    plan.returned_by, plan.returned_at, plan.return_comment = spo, plan.signed_at, "Say more."
    plan.save()
    write(case, "rmp_completed", ago(1))
    text = card(case, by)
    assert f"Returned by {spo} : a correction is to come" in text
    assert f"Risk management plan {short_day(ago(1))} Made in another system: its content is not here" in text
    assert "Say more" not in text
    assert plan.fact is not None
    void_fact(by=by, fact=plan.fact, reason="On the wrong case.")
    assert beside(case, by)[0].plans[0].fact is None


def test_open_and_late_actions_of_meetings_are_counted(case: Case, by: User) -> None:
    for name, due_in in (("A1", -3), ("A2", 5), ("A3", -1), ("A4", -2)):
        agreed(case, name, due_in)
    write(case, "action_completed", ago(1), action="A4", service="police")
    assert "Actions of MAPPA meetings 3 open 2 late" in card(case, by)


def test_it_takes_two_queries_for_30_versions_and_30_actions_as_for_one(case: Case, by: User) -> None:
    counts = []
    for numbers in (range(1, 2), range(2, 31)):
        for number in numbers:
            for kind in PlanKind:
                signed(a_draft(case, by, kind, version=number), by)
            agreed(case, f"A{number}", number)
        found, asked = beside(case, by)
        counts.append((asked, [one.plan.version for one in found.plans if one.plan], found.open_actions))
    assert counts == [(2, [1, 1], 1), (2, [30, 30], 30)]
