"""Counts of the annual report: each against a count by hand from the facts, and who is given which."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Area, User
from openmappa.annual_report.queries.counts import Counted, counted
from openmappa.cases.models import Case
from openmappa.core.access import PERMISSIONS, Permission, Role
from openmappa.core.inspection.proportions import Proportion
from openmappa.core.standards.facts import Fact as CoreFact
from openmappa.core.standards.state import State, state
from openmappa.further_offences.models.review import FurtherOffenceReview
from openmappa.orders.models.order import CivilOrder
from openmappa.timeline.errors import Impossible
from openmappa.timeline.models import Fact
from openmappa.timeline.services import void_fact
from tests.annual_report.build import before_the_end, year
from tests.orders.build import a_breach_row, a_recall_row, a_step_row, an_order_row
from tests.timeline.build import made, make_area, make_case, make_person, make_unit, write

pytestmark = pytest.mark.django_db
SEED = 20050331
ON_LICENCE = ("licence", "extended_licence")


def counts_for(user: User, area: Area) -> Counted:
    with as_person(user):
        return counted(area, year())


@dataclass
class Life:
    """What was written down of a case, in its order."""

    case: Case
    facts: list[CoreFact] = field(default_factory=list)

    def note(self, kind: str, days: int, **details: str | int) -> None:
        """Record a fact so many days before the year's end, unless the record says that it cannot be."""
        on = before_the_end(days)
        try:
            write(self.case, kind, on, **details)
        except Impossible:
            return
        self.facts.append(made(kind, on, **details))


def a_random_life(life: Life, dice: random.Random) -> None:
    """Facts of two years on days drawn at random, some on one day, in the order of their days."""
    kinds = ["registered", "registration_ended", "order_started", "order_ended", "custody_started", "breach_found"]
    kinds += ["enforcement_taken", *["mappa_level_set"] * 3]
    for days in sorted((dice.randrange(-60, 700) for _ in range(dice.randrange(1, 8))), reverse=True):
        for kind in dice.sample(kinds, dice.choice([1, 1, 2])):
            details: dict[str, str | int] = {}
            if kind == "mappa_level_set":
                details = {"level": dice.choice([1, 2, 3]), "category": dice.choice([1, 2, 3])}
            if kind == "order_started":
                details = {"order": dice.choice(["community_order", "licence", "extended_licence"])}
            life.note(kind, days, **details)
    if dice.random() < 0.3:
        life.note("case_closed", dice.randrange(-60, 400))


def placed(now: State) -> tuple[int, int] | None:
    """Category and level of somebody as of a day; None of somebody who is not managed under MAPPA."""
    if now.closed or not (now.registered or now.mappa_level):
        return None
    return (1 if now.registered else now.mappa_category or 0), now.mappa_level or 1


def days_of_the_year() -> list[int]:
    return list(range((year().until - year().since).days, -1, -1))


def by_hand(lives: list[Life]) -> Counted:
    """The same counts, day by day from the state of each case."""
    standing: Counter[tuple[int, int]] = Counter()
    managed: Counter[tuple[int, int]] = Counter()
    orders: Counter[str] = Counter()
    breached = enforced = recalled = 0
    for life in lives:
        days = [before_the_end(each) for each in days_of_the_year()]
        states = [state(life.facts, day) for day in days]
        places = [place for place in map(placed, states) if place is not None]
        if (last := placed(states[-1])) is not None:
            standing[last] += 1
        if not places:
            continue
        highest = max(level for _, level in places)
        registered = any(now.registered and not now.closed for now in states)
        category = 1 if registered else [one for one, level in places if level == highest][-1]
        managed[category, highest] += 1
        open_days = {day for day, now in zip(days, states, strict=True) if not now.closed}
        closed_on = [fact.on for fact in life.facts if fact.kind == "case_closed"]
        in_year = [fact for fact in life.facts if fact.on in open_days | set(closed_on) & set(days)]
        orders.update({str(fact.details["order"]) for fact in in_year if fact.kind == "order_started"})
        breaches = [fact.on for fact in in_year if fact.kind == "breach_found"]
        if breaches:
            breached += 1
            enforced += any(fact.kind == "enforcement_taken" and fact.on >= min(breaches) for fact in in_year)
        recalled += any(fact.kind == "custody_started" and was_on_licence(life.facts, fact) for fact in in_year)
    return Counted(
        at_the_end=dict(standing),
        in_the_year=dict(managed),
        orders=dict(orders),
        breaches=Proportion(enforced, breached),
        recalled=recalled,
    )


def was_on_licence(facts: list[CoreFact], fact: CoreFact) -> bool:
    ordered = sorted(facts, key=lambda one: one.on)
    before = ordered[: next(place for place, one in enumerate(ordered) if one is fact)]
    orders = [one for one in before if one.kind in ("order_started", "order_ended")]
    return bool(orders) and orders[-1].kind == "order_started" and orders[-1].details["order"] in ON_LICENCE


def test_every_count_is_that_of_a_count_by_hand() -> None:
    dice = random.Random(SEED)
    area = make_area()
    lives = [Life(make_case(area)) for _ in range(25)]
    for life in lives:
        a_random_life(life, dice)
    found, expected = counts_for(make_person(Role.SMB_MEMBER), area), by_hand(lives)
    assert found.at_the_end == expected.at_the_end
    assert found.in_the_year == expected.in_the_year
    assert found.orders == expected.orders
    assert (found.breaches, found.recalled) == (expected.breaches, expected.recalled)
    assert sum(found.in_the_year.values()) > 10 and found.breaches.n and found.recalled


def test_a_case_counts_for_the_area_that_was_responsible_then_and_not_where_it_went_later() -> None:
    area, east = make_area(), make_area("eastmarch", "B")
    life = Life(make_case(area))
    life.note("mappa_level_set", 100, level=2, category=2)
    units = {"police_unit": make_unit(east, "police"), "probation_unit": make_unit(east, "probation")}
    Case.objects.filter(pk=life.case.pk).update(area=east, **units)
    assert counts_for(make_person(Role.MAPPA_COORDINATOR), area).at_the_end == {(2, 2): 1}
    assert counts_for(make_person(Role.MAPPA_COORDINATOR, area=east), east).in_the_year == {}


def test_a_fact_that_was_voided_counts_no_more_and_a_restricted_case_counts() -> None:
    area, manager = make_area(), make_person(Role.LINE_MANAGER)
    voided, shut = Life(make_case(area)), Life(make_case(area))
    for life, level in ((voided, 3), (shut, 2)):
        life.note("mappa_level_set", 100, level=level, category=2)
    with as_person(manager):
        fact = Fact.objects.get(case=voided.case, kind="mappa_level_set")
        void_fact(by=manager, fact=fact, reason="A mistake")
    contact = make_person(Role.LINE_MANAGER)
    Case.objects.filter(pk=shut.case.pk).update(
        restricted=True, restricted_contact=contact, restricted_reason="A colleague's relative"
    )
    assert counts_for(make_person(Role.SMB_MEMBER), area).at_the_end == {(2, 2): 1}


def test_reviews_of_further_offences_count_by_the_level_at_the_offence_on_the_day_of_the_charge() -> None:
    area, coordinator = make_area(), make_person(Role.MAPPA_COORDINATOR)
    for days, level in ((10, 2), (11, None), (-10, 3)):
        charged = before_the_end(days)
        FurtherOffenceReview.objects.create(
            case=make_case(area),
            offence="murder",
            alleged="An offence.",
            offence_on=charged - timedelta(days=3),
            charged_on=charged,
            opened_by=coordinator,
            opened_at=timezone.now(),
            level=level,
            notify_by=charged,
            conclude_by=charged,
        )
    found = counts_for(make_person(Role.SMB_MEMBER), area)
    assert (found.further_offences, found.concluded) == ({2: 1, 0: 1}, Proportion(0, 2))


def an_order(case: Case, by: User, *steps: tuple[str, int], kind: str = "shpo", **last: Any) -> CivilOrder:
    """An order with these steps, so many days before the year's end; ``last`` changes the last of them."""
    order = an_order_row(case, by, kind=kind)
    for place, (step, days) in enumerate(steps):
        said: dict[str, Any] = {"step": step, "on": before_the_end(days), "open_ended": step in ("made", "renewed")}
        said |= {"applicant": "A force"} if step == "applied" else {}
        a_step_row(order, by, **(said | (last if place == len(steps) - 1 else {})))
    return order


def managed_case(area: Area) -> Case:
    life = Life(make_case(area))
    life.note("mappa_level_set", 500, level=2, category=2)
    return life.case


def test_civil_orders_count_by_kind_applied_for_and_made_in_the_year_and_in_force_at_its_end() -> None:
    area, by = make_area(), make_person(Role.MAPPA_COORDINATOR)
    both, before, over, unmanaged = managed_case(area), managed_case(area), managed_case(area), make_case(area)
    an_order(both, by, ("applied", 300), ("made", 200), ("varied", 100))
    an_order(both, by, ("applied", 20))
    an_order(both, by, ("made", 90), kind="sro")
    an_order(before, by, ("made", 400))
    an_order(before, by, ("made", -3), kind="sro")
    an_order(over, by, ("made", 400), ("discharged", 30))
    ended = {"open_ended": False, "until_on": before_the_end(1)}
    an_order(over, by, ("applied", 50), ("interim", 40), **ended)
    an_order(over, by, ("made", 80), kind="rsho", set_aside_at=timezone.now(), set_aside_by=by, set_aside_reason="No")
    an_order(unmanaged, by, ("made", 80))
    found = counts_for(make_person(Role.SMB_MEMBER), area).civil
    assert found == {
        "applied": {"shpo": 2},
        "made": {"shpo": 1, "sro": 1},
        "in_force": {"shpo": 2, "sro": 1},
    }


def test_an_interim_order_of_the_last_day_is_in_force_and_breaches_count_people_by_their_day() -> None:
    area, by = make_area(), make_person(Role.MAPPA_COORDINATOR)
    case, other = managed_case(area), managed_case(area)
    last = {"open_ended": False, "until_on": before_the_end(0)}
    order = an_order(case, by, ("applied", 50), ("interim", 40), **last)
    for days in (30, 20):
        a_breach_row(order, by, on=before_the_end(days), reported_on=before_the_end(days))
    late = an_order(other, by, ("made", 400))
    for days, more in ((-2, {}), (10, {"set_aside_at": timezone.now(), "set_aside_by": by, "set_aside_reason": "No"})):
        a_breach_row(late, by, on=before_the_end(days), reported_on=before_the_end(days), **more)
    found = counts_for(make_person(Role.SMB_MEMBER), area)
    assert (found.civil["in_force"], found.civil_breached) == ({"shpo": 2}, 1)


def test_recalls_count_people_asked_for_revoked_and_returned_with_the_fact_that_stands() -> None:
    area, by = make_area(), make_person(Role.MAPPA_COORDINATOR)
    revoked = {"decision": "revoked", "decided_on": before_the_end(58)}
    for days, more, back in (
        (60, {}, None),
        (60, {"decision": "refused", "decided_on": before_the_end(58)}, None),
        (60, revoked, 50),
        (60, revoked, -5),
        (-5, {}, None),
        (60, {"set_aside_at": timezone.now(), "set_aside_by": by, "set_aside_reason": "No"}, None),
    ):
        case = managed_case(area)
        fact = write(case, "custody_started", before_the_end(back)) if back is not None else None
        a_recall_row(case, by, asked_on=before_the_end(days), returned=fact, **more)
    assert counts_for(make_person(Role.SMB_MEMBER), area).recalls == (4, 2, 1)


def test_an_order_counts_for_the_area_that_was_responsible_on_the_day() -> None:
    area, east, by = make_area(), make_area("eastmarch", "B"), make_person(Role.MAPPA_COORDINATOR)
    case = managed_case(area)
    an_order(case, by, ("made", 90))
    units = {"police_unit": make_unit(east, "police"), "probation_unit": make_unit(east, "probation")}
    Case.objects.filter(pk=case.pk).update(area=east, **units)
    assert counts_for(make_person(Role.MAPPA_COORDINATOR), area).civil["made"] == {"shpo": 1}
    assert counts_for(make_person(Role.MAPPA_COORDINATOR, area=east), east).civil == {}


def test_the_database_gives_counts_to_those_who_see_figures_of_the_area_alone() -> None:
    area = make_area()
    life = Life(make_case(area))
    life.note("mappa_level_set", 100, level=2, category=2)
    reads = PERMISSIONS[Permission.VIEW_FIGURES]
    for role in Role:
        own, other = make_person(role), make_person(role, area=make_area("eastmarch", "B"))
        assert (role, bool(counts_for(own, area).at_the_end)) == (role, role in reads)
        assert (role, counts_for(other, area)) == (role, Counted())
    inspector = make_person(Role.INSPECTOR)
    inspector.area = inspector.unit = None
    inspector.save()
    assert counts_for(inspector, area).at_the_end == {(2, 2): 1}
