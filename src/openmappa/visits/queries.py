"""Reading home visits: those of both services on one case, planned beside actual."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from openmappa.accounts.models import Agency, User
from openmappa.cases.models import Case
from openmappa.core.access import PERMISSIONS, Permission
from openmappa.core.standards.words import describe
from openmappa.timeline.models import Duty, Fact
from openmappa.timeline.queries.facts import core_fact
from openmappa.visits.models import HomeVisit

PAGE = 50
HOME_VISIT = "home-visit"


@dataclass(frozen=True)
class Visit:
    """One visit as the list shows it: its fact, its notes where there are any, and what it says in words."""

    fact: Fact
    notes: HomeVisit | None
    words: str


@dataclass(frozen=True)
class VisitDuties:
    """How the planned visits of the police turned out so far, and the one that is open."""

    open: Duty | None
    on_time: int
    late: int
    missed: int


def visits_of(case: Case, page: int = 1) -> tuple[list[Visit], int]:
    """A page of the visits to a case, newest first, voided ones too; and how many there are. Two queries."""
    rows = Fact.objects.filter(case=case, kind="home_visit")
    shown = rows.select_related("home_visit__visited_by__agency", "recorded_by", "voided_by").order_by("-on", "-id")
    visits = [
        Visit(row, getattr(row, "home_visit", None), describe(core_fact(row)))
        for row in shown[(page - 1) * PAGE : page * PAGE]
    ]
    return visits, rows.count()


def visit_duties(case: Case, today: date) -> VisitDuties:
    """The duties to visit on a case: what is open, and how many were met on time, met late, or missed. One query."""
    duties = list(Duty.objects.filter(case=case, standard=HOME_VISIT).order_by("opened_on"))
    met = [duty for duty in duties if duty.met_on is not None]
    return VisitDuties(
        open=next((duty for duty in duties if duty.met_on is None and duty.closed_on is None), None),
        on_time=sum(duty.met_on <= duty.due_on for duty in met if duty.met_on),
        late=sum(duty.met_on > duty.due_on for duty in met if duty.met_on),
        missed=sum(duty.closed_on > duty.due_on for duty in duties if duty.closed_on),
    )


def visitors_for(user: User, case: Case) -> Sequence[User]:
    """Who may have made a visit that this person records: themselves first, then those who visit in the case's area.

    Only people who may record a visit themselves, of police and probation.
    """
    roles = [role.value for role in PERMISSIONS[Permission.RECORD_HOME_VISIT]]
    others = User.objects.filter(
        Q(unit=user.unit_id) | Q(pk__in=[case.police_officer_id or 0, case.case_manager_id or 0]),
        area_id=case.area_id,
        role__in=roles,
        is_active=True,
        agency__kind__in=[Agency.Kind.POLICE, Agency.Kind.PROBATION],
    )
    people = others.exclude(pk=user.pk).select_related("agency").order_by("full_name", "pk")
    return [user, *people] if user.service else list(people)
