"""Made-up past days, and cases whose facts were written down late, or found to be mistakes later."""

import random
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Area, User
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.past.models import PastCase, PastDay, PastDuty
from openmappa.past.queries.days import Past, past
from openmappa.past.services.asking import ask_for_past_day
from openmappa.past.services.working_out import work_out_past_days
from openmappa.timeline.derivation import derive
from openmappa.timeline.models import Fact
from tests.timeline.build import ago, make_case, make_person, make_unit

LATEST, EARLIEST = 5, 700


def a_past_day(area: Area, **changed: object) -> PastDay:
    """A past day as a row, whatever a service would say of it."""
    plain: dict[str, object] = {"on": ago(30), "known": True, "asked_at": timezone.now()}
    by = make_person(Role.MAPPA_COORDINATOR, area=area)
    return PastDay.objects.create(**({"area": area, "asked_by": by} | plain | changed))


def past_rows(day: PastDay | None, case: Case) -> None:
    """A case and a duty on a past day; None is the one that was made last."""
    day = day or PastDay.objects.latest("pk")
    flags = {"supervised": True, "registered": True, "in_custody": False, "closed": False}
    PastCase.objects.create(day=day, case=case, force=case.force, **flags)
    dates = {"opened_on": ago(90), "due_on": ago(60)}
    PastDuty.objects.create(day=day, case=case, standard="plan-review", of="case_manager", **dates)


def worked_out(user: User, areas: list[Area], on: date, *, known: bool) -> Past:
    """A past day that somebody asked for and the job worked out."""
    with as_person(user):
        ask_for_past_day(by=user, areas=areas, on=on, known=known)
    work_out_past_days()
    with as_person(user):
        return past(areas, on, known=known)


def a_life(dice: random.Random, area: Area) -> Case:
    """A case of two years: much of it was written down late, some of it found to be a mistake later."""
    case = make_case(area, probation_unit=make_unit(area, "probation", dice.choice([1, 2])))
    began = ago(dice.randrange(300, EARLIEST))
    put(case, "registered", began, dice)
    put(case, "order_started", began, dice, order="community_order")
    put(case, "rm2000_completed", began, dice, band=dice.choice(["low", "high", "very_high"]), rank="constable")
    for _ in range(dice.randrange(8, 20)):
        _something(case, began + timedelta(days=dice.randrange((ago(0) - began).days + 1)), dice)
    derive(case)
    return case


def _something(case: Case, on: date, dice: random.Random) -> None:
    kind = dice.choice(
        ["home_visit"] * 5 + ["plan_reviewed", "oasys", "level", "interval", "band", "custody", "closed"]
    )
    if kind == "home_visit":
        seen = dice.choice(["seen", "seen", "not_in"])
        put(case, kind, on, dice, service="police", outcome=seen, announced=dice.random() < 0.1, joint=False)
    elif kind == "plan_reviewed":
        put(case, kind, on, dice)
    elif kind == "oasys":
        put(case, "oasys_completed", on, dice, stage="review", harm=dice.choice(["medium", "high"]))
    elif kind == "level":
        put(case, "mappa_level_set", on, dice, level=dice.choice([1, 2, 3]), category=1)
    elif kind == "interval":
        put(case, "visit_interval_set", on, dice, months=dice.choice([1, 2, 6]))
    elif kind == "band":
        put(case, "rm2000_completed", on, dice, band=dice.choice(["medium", "very_high"]), rank="constable")
    elif kind == "custody":
        put(case, "custody_started", on, dice)
        put(case, "custody_ended", on + timedelta(days=20), dice)
    elif dice.random() < 0.2:
        put(case, "case_closed", on, dice)


def put(case: Case, kind: str, on: date, dice: random.Random, **details: object) -> None:
    """A fact that was written down the same day or weeks later, and in one of eight found to be a mistake since."""
    on = min(on, ago(LATEST))
    known = min(ago(2), on + timedelta(days=dice.choice([0, 0, 0, 3, 40])))
    found = min(ago(1), known + timedelta(days=dice.randrange(1, 200)))
    void = {
        "voided_at": timezone.make_aware(datetime.combine(found, time(dice.choice([0, 12, 23]), 30))),
        "voided_by": make_person(Role.LINE_MANAGER, area=case.area),
        "void_reason": "Another person",
    }
    plain = {"case": case, "kind": kind, "on": on, "details": details, "recorded_on": known}
    Fact.objects.create(**plain, **(void if dice.random() < 0.125 else {}))
