"""What waits for a countersignature in a line manager's units: what their rank may sign, never their own (7.4)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.assessments.models import Rm2000Score
from openmappa.cases.models import Case
from openmappa.line_management.queries.cases import cases_to_show
from openmappa.line_management.queries.whose import POLICE_MANAGER, cases_of_units, units_of
from openmappa.oasys.models import Oasys
from openmappa.oasys.queries.oasys import waiting_for_countersignature as oasys_that_wait
from openmappa.plans.models.plan import Plan
from openmappa.plans.queries.plans import waiting_for_countersignature as plans_that_wait
from openmappa.plans.words import PlanKind
from openmappa.timeline.models import Duty
from openmappa.ui.paging import A_PAGE, Page, page_of

RM2000 = "rm2000-countersign"
ELSEWHERE = "Came from another system"


@dataclass(frozen=True)
class Waiting:
    """One piece of work that waits: what, by whom, since when, at which level, and the page that signs it."""

    case: Case
    what: str
    by: str
    since: date
    due_on: date | None
    band: str = ""
    harm: str = ""
    href: str = ""


def rm2000s_waiting(user: User, number: int = 1, size: int = A_PAGE) -> Page[Waiting]:
    """The RM2000s of police units that nobody has countersigned, the longest waiting first. Four queries.

    From the open duties, one for each case: the last score is the one that is signed. One's own are left out.
    """
    duties = Duty.objects.open().filter(
        standard=RM2000,
        of=POLICE_MANAGER,
        case__police_unit_id__in=_units_to_sign_for(user),
        case__in=cases_of_units(user),
    )
    own = set(Rm2000Score.objects.filter(scored_by=user).values_list("fact_id", flat=True))
    rows = duties.order_by("because_on", "id").values_list("case_id", "because_on", "pk", "because_fact_id")
    newest = {row[0]: row for row in rows}
    waiting = sorted((row for row in newest.values() if row[3] not in own), key=lambda row: row[1:3])
    return page_of([row[2] for row in waiting], number, size, lambda some: _shown(user, some))


def _shown(user: User, ids: Sequence[int]) -> Sequence[Waiting]:
    rows = Duty.objects.select_related("because_fact__recorded_by").in_bulk(ids)
    cases = cases_to_show(user, [row.case_id for row in rows.values()])
    return [_rm2000(rows[pk], cases[rows[pk].case_id]) for pk in ids]


def _rm2000(duty: Duty, case: Case) -> Waiting:
    fact = duty.because_fact
    by = str(fact.recorded_by) if fact and fact.recorded_by else ELSEWHERE
    band = str(fact.details.get("band", "")) if fact else ""
    href = reverse("assessments:countersign", kwargs={"key": case.key})
    return Waiting(case, "RM2000", by, duty.because_on, duty.due_on, band=band, href=href)


def oasys_waiting(user: User, number: int = 1, size: int = A_PAGE) -> Page[Waiting]:
    """The OASys of probation units that wait for a countersignature, the longest waiting first. Three queries."""
    return _signed(user, oasys_that_wait(user), number, size, _oasys)


def plans_waiting(user: User, number: int = 1, size: int = A_PAGE) -> Page[Waiting]:
    """The plans of probation units that wait for a countersignature, the longest waiting first. Three queries."""
    return _signed(user, plans_that_wait(user), number, size, _plan)


def _signed(
    user: User,
    waiting: QuerySet[Oasys] | QuerySet[Plan],
    number: int,
    size: int,
    line: Callable[[Any, Case], Waiting],
) -> Page[Waiting]:
    ids = list(waiting.filter(case__probation_unit_id__in=_units_to_sign_for(user)).values_list("pk", flat=True))

    def show(some: Sequence[int]) -> Sequence[Waiting]:
        by_id = waiting.model._default_manager.select_related("signed_by").in_bulk(some)
        cases = cases_to_show(user, [one.case_id for one in by_id.values()])
        return [line(by_id[pk], cases[by_id[pk].case_id]) for pk in some]

    return page_of(ids, number, size, show)


def _units_to_sign_for(user: User) -> frozenset[int]:
    """The units that this person oversees; none where their rank may not countersign."""
    return units_of(user) if user.can_countersign else frozenset()


def _oasys(one: Oasys, case: Case) -> Waiting:
    href = reverse("oasys:countersign", kwargs={"key": case.key, "oasys": one.key})
    return Waiting(case, "OASys", str(one.signed_by), _day(one.signed_at), None, harm=one.harm_level, href=href)


def _plan(one: Plan, case: Case) -> Waiting:
    href = reverse("plans:judge", kwargs={"key": case.key, "plan": one.key})
    what = PlanKind(one.kind).label
    return Waiting(case, what, str(one.signed_by), _day(one.signed_at), None, harm=one.harm_level, href=href)


def _day(signed_at: datetime | None) -> date:
    assert signed_at is not None  # only what is signed waits
    return timezone.localdate(signed_at)


@dataclass(frozen=True)
class WaitingKind:
    """A kind of work that waits: its name, and what waits of it."""

    title: str
    page: Callable[..., Page[Waiting]]


KINDS: Mapping[str, WaitingKind] = {
    "rm2000": WaitingKind("RM2000", rm2000s_waiting),
    "oasys": WaitingKind("OASys", oasys_waiting),
    "plans": WaitingKind("Plans", plans_waiting),
}
"""Each kind by its word in addresses, in the order of the pages."""
