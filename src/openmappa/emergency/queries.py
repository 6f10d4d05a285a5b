"""Reading emergency access: finding the case exactly, one's own, and what waits for review."""

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.cases.models import Case, reach_of
from openmappa.core.access import Permission, Role
from openmappa.core.names import name_parts, squeezed
from openmappa.emergency.models import BreakGlass, BreakGlassQuerySet, Miss

MISSES_AN_HOUR = 5
OWN_SHOWN = 10
JUDGED_SHOWN = 25
A_WHILE = timedelta(hours=1)
GIVING = "give case"
"""How ``cases.services`` logs the involvement behind emergency access; its opening stands in the log besides."""


def exact_matches(*, number: str, full_name: str, born_on: date | None) -> list[Case]:
    """The cases that fit exactly, two at most, with id and key and nothing else. One query.

    ``emergency_find`` looks past row-level security. A number fits but for spaces, capitals and punctuation; a name
    fits whole, in any order, capitals and accents apart, with the date of birth, and an alias is a name. For a role
    that has no emergency access nothing ever fits.
    """
    values = [squeezed(number), sorted(name_parts(full_name)), born_on]
    return list(Case.objects.raw("SELECT id, key FROM emergency_find(%s, %s::text[], %s::date)", values))


def recent_misses(user: User, now: datetime) -> list[datetime]:
    """When this person looked for a case that nothing fitted, within the last hour; the oldest first. One query."""
    return list(Miss.objects.filter(by=user, at__gt=now - A_WHILE).order_by("at").values_list("at", flat=True))


def own_access(user: User) -> list[BreakGlass]:
    """This person's own emergency access, newest first. One query."""
    rows = BreakGlass.objects.filter(by=user).select_related("involvement")
    return list(rows.order_by("-from_at", "-id")[:OWN_SHOWN])


def open_access(user: User, case: Case) -> BreakGlass | None:
    """This person's emergency access to a case, while it is open. One query."""
    rows = BreakGlass.objects.open_at(timezone.now()).filter(by=user, case=case)
    return rows.select_related("involvement", "case").order_by("-until_at").first()


def reviewable_by(user: User) -> BreakGlassQuerySet:
    """What this person may review: on cases their units answer for, or of the area they coordinate; never their own.

    A case that somebody was merely given, in an emergency or by an invitation, is not theirs to judge.
    """
    if not user.may(Permission.REVIEW_BREAK_GLASS):
        return BreakGlass.objects.none()
    reach = reach_of(user)
    theirs = Q(case__area_id__in=reach.areas)
    if user.role == Role.LINE_MANAGER:
        theirs |= Q(case__police_unit_id__in=reach.units) | Q(case__probation_unit_id__in=reach.units)
    seen = Case.objects.visible_to(user)
    return BreakGlass.objects.filter(theirs, case__in=seen).exclude(by=user)


def waiting_for(user: User) -> int:
    """How many emergency accesses wait for this person's judgement. One query; none for a role that judges none."""
    return reviewable_by(user).waiting().count() if user.may(Permission.REVIEW_BREAK_GLASS) else 0


def review_queue(user: User) -> tuple[list[BreakGlass], list[BreakGlass]]:
    """What waits, the oldest first, and what was judged last. Two queries."""
    rows = reviewable_by(user).select_related("by__agency", "by__unit", "case", "involvement", "judged_by")
    judged = rows.filter(judged_at__isnull=False).order_by("-judged_at")[:JUDGED_SHOWN]
    return list(rows.waiting().order_by("from_at", "id")), list(judged)


def to_review(user: User, pk: int) -> BreakGlass | None:
    """One emergency access that this person may review, with everything its page says. One query."""
    people = ("by__agency", "by__unit", "by__area", "judged_by", "case__area", "involvement__ended_by")
    return reviewable_by(user).select_related(*people).filter(pk=pk).first()


def to_end(user: User, pk: int) -> BreakGlass | None:
    """One emergency access that this person may end: their own, or one that they may review. Two queries at most."""
    own = BreakGlass.objects.filter(pk=pk, by=user).select_related("involvement", "by").first()
    return own or reviewable_by(user).filter(pk=pk).select_related("involvement", "by").first()


def looked_at(access: BreakGlass) -> list[Event]:
    """What its holder saw and did on the case while it was open, as the log has it, from its opening on. One query.

    ``emergency_looked_at`` gives it to whoever may review the access and to nobody else, whatever else of the log is
    closed to them.
    """
    events = Event.objects.raw("SELECT * FROM emergency_looked_at(%s)", [access.pk])
    return [event for event in events if event.verb != GIVING]


def line_managers_of(person: User) -> list[User]:
    """Whoever answers for this person's unit, themselves apart. One query."""
    if person.unit_id is None:
        return []
    managers = User.objects.filter(role=Role.LINE_MANAGER, is_active=True).exclude(pk=person.pk)
    theirs = Q(unit_id=person.unit_id) | Q(managing__unit_id=person.unit_id)
    return list(managers.filter(theirs).distinct())


def auditors_of(person: User) -> list[User]:
    """The auditors of this person's agency, or all where it has none of its own. Two queries at most."""
    auditors = User.objects.filter(role=Role.AUDITOR, is_active=True)
    return list(auditors.filter(agency_id=person.agency_id)) or list(auditors)
