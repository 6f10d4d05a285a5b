"""The timeline of a case: every fact, voided ones too, newest first, and the groups of kinds that it is filtered by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Permission
from openmappa.core.standards.words import describe
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.facts import core_fact

GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "visits": ("Home visits", ("home_visit", "visit_interval_set")),
    "likelihood": ("Likelihood (RM2000)", ("rm2000_completed", "rm2000_countersigned")),
    "harm": ("Risk of harm and OASys", ("harm_level_set", "oasys_completed", "risk_change_acknowledged")),
    "plans": ("Plans", ("isp_completed", "plan_reviewed", "rmp_completed", "rmp_reviewed")),
    "mappa": (
        "MAPPA",
        (
            "mappa_level_set",
            "mappa_meeting_held",
            "minutes_filed",
            "action_agreed",
            "action_completed",
            "offender_informed",
        ),
    ),
    "registration": (
        "Registration and notifications",
        (
            "registered",
            "registration_ended",
            "initial_notification_made",
            "annual_notification_made",
            "details_changed",
            "details_notified",
        ),
    ),
    "order": (
        "Order, licence and custody",
        ("order_started", "order_ended", "custody_started", "custody_ended", "case_closed"),
    ),
    "programmes": (
        "Programmes and victims",
        ("programme_required", "programme_started", "victim_contact_eligible", "victim_unit_referred"),
    ),
    "incidents": ("Incidents and enforcement", ("significant_incident", "breach_found", "enforcement_taken")),
}
"""Each group of kinds: its slug, its name, and its kinds. Every kind stands in exactly one."""


@dataclass(frozen=True)
class Entry:
    """One fact as the timeline shows it."""

    fact: Fact
    title: str
    may_void: bool

    @property
    def written_down_after(self) -> timedelta:
        """How long after it happened the fact was written down."""
        return self.fact.recorded_on - self.fact.on

    @property
    def recorded_by(self) -> str:
        """Who wrote it down."""
        return str(self.fact.recorded_by) if self.fact.recorded_by else "the record that was imported"


def facts_newest_first(case: Case, kinds: tuple[str, ...] = ()) -> QuerySet[Fact]:
    """All facts of a case, voided ones too, of these kinds (none given: of every kind), with the people in them."""
    found = Fact.objects.filter(case=case).select_related("recorded_by", "voided_by").order_by("-on", "-id")
    return found.filter(kind__in=kinds) if kinds else found


def entry(fact: Fact, user: User) -> Entry:
    """A fact in words, and whether this person may say that it is a mistake."""
    own = fact.recorded_by_id == user.pk
    may = user.may(Permission.VOID_OWN_FACT if own else Permission.VOID_ANY_FACT)
    return Entry(fact, describe(core_fact(fact)), may and not fact.is_voided)
