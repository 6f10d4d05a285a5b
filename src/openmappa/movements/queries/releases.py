"""Reading notices of releases: whose they are, who has acknowledged them, and which release has come without one."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import Http404
from django.utils import timezone

from openmappa.accounts.models import Agency, Area, User
from openmappa.cases.models import Case, reach_of
from openmappa.cases.queries import found
from openmappa.core.access import Permission, Role
from openmappa.core.dates import days_between
from openmappa.core.mappa.movements import Warned, Warning, release_warning, stages_reached
from openmappa.movements.models.release import ReleaseAcknowledgement, ReleaseNotice
from openmappa.movements.queries.rules import rules
from openmappa.timeline.models import Fact
from openmappa.ui.formats import plural

RELEASED, TAKEN_IN = "custody_ended", "custody_started"
STILL_SHOWN_DAYS = 60
"""How long after its day a release that nobody has recorded is still listed as expected."""
CANDIDATES = 10
NOT_KNOWN = "Prison not recorded"


@dataclass(frozen=True)
class Release:
    """A notice as it stands today. ``released_on`` is when the release was recorded, None while it was not."""

    notice: ReleaseNotice
    acknowledged: tuple[ReleaseAcknowledgement, ...]
    released_on: date | None
    today: date

    @property
    def days_left(self) -> int:
        """How many days the release is away; negative when its day is past."""
        return days_between(self.today, self.notice.expected_on)

    @property
    def is_open(self) -> bool:
        """Whether the release is still to come, as far as is known."""
        return self.notice.is_standing and self.released_on is None

    @property
    def is_unacknowledged(self) -> bool:
        """Whether nobody has said that they know of the day."""
        return self.is_open and not self.acknowledged

    @property
    def is_near(self) -> bool:
        """Whether nobody has acknowledged it and somebody is being chased."""
        return self.is_unacknowledged and bool(stages_reached(self.notice.expected_on, self.today, rules()))

    @property
    def lead_days(self) -> int:
        """How many days before the release notice was given."""
        return days_between(self.notice.given_on, self.notice.expected_on)

    @property
    def is_short(self) -> bool:
        """Whether notice came later than the pack asks for."""
        return self.lead_days < rules().warning.days

    @property
    def state(self) -> str:
        """Where it stands, in a word or two."""
        notice = self.notice
        if notice.withdrawn_at:
            return "Withdrawn"
        if notice.set_aside_at:
            return "Set aside"
        if self.released_on:
            return "Released"
        if notice.case_id is None:
            return "To be matched"
        return "Acknowledged" if self.acknowledged else "Nobody has acknowledged it"

    def acknowledged_by(self, user: User) -> bool:
        """Whether this person has acknowledged the day that holds now."""
        return any(row.person_id == user.pk for row in self.acknowledged)


@dataclass(frozen=True)
class Arrival:
    """A release that was recorded, and how much warning there was of it."""

    fact: Fact
    case: Case
    warning: Warning
    prison_name: str

    @property
    def is_unannounced(self) -> bool:
        """Whether nobody gave notice of it."""
        return self.warning.warned is Warned.NONE

    @property
    def words(self) -> str:
        """How much warning there was, in words."""
        label = self.warning.warned.label
        return label if self.warning.days is None else f"{label}: {plural(self.warning.days, 'day')} before"


@dataclass(frozen=True)
class FromPrison:
    """How many arrived from one prison, and how many of them unannounced or at short notice."""

    prison_name: str
    releases: int
    unannounced: int
    short: int


def visible_notices(user: User) -> QuerySet[ReleaseNotice]:
    """The notices this person may read: their own; as a coordinator their areas'; those of cases that they read.

    The database's own rules say the same.
    """
    own = Q(given_by=user)
    if user.may(Permission.READ_RECORD):
        own |= Q(case__in=Case.objects.visible_to(user))
    if user.role == Role.MAPPA_COORDINATOR:
        areas = reach_of(user).areas
        own |= Q(area__in=areas) | Q(managing_area__in=areas)
    return _to_show(ReleaseNotice.objects.filter(own))


def release_of(user: User, key: uuid.UUID) -> Release:
    """One notice that this person may read. Raises Http404. Two queries."""
    notice = visible_notices(user).filter(key=key).first()
    if notice is None:
        raise Http404("No such notice")
    return _standing(notice, timezone.localdate())


def releases_for(user: User) -> list[Release]:
    """What this person has to do with: releases still to come first, by day, then those that are over. Two queries."""
    today = timezone.localdate()
    recent = visible_notices(user).filter(expected_on__gte=today - timedelta(days=STILL_SHOWN_DAYS))
    found_here = [_standing(notice, today) for notice in recent.order_by("expected_on", "id")]
    return sorted(found_here, key=lambda one: not one.is_open)


def releases_expected(area: Area) -> list[Release]:
    """Releases into an area, or of its cases, that are still to come: the nearest first. Two queries.

    Those that nobody has acknowledged say so (``is_unacknowledged``, ``is_near``). Only what the reader may read.
    """
    today = timezone.localdate()
    of_area = Q(area=area) | Q(managing_area=area) | Q(case__area=area)
    recent = ReleaseNotice.objects.standing().filter(of_area, expected_on__gte=today - timedelta(days=STILL_SHOWN_DAYS))
    shown = [_standing(notice, today) for notice in _to_show(recent).order_by("expected_on", "id")]
    return [one for one in shown if one.is_open]


def releases_of_case(case: Case) -> list[Release]:
    """Every notice on a case, the newest first. Two queries."""
    today = timezone.localdate()
    notices = _to_show(ReleaseNotice.objects.filter(case=case)).order_by("-expected_on", "-id")
    return [_standing(notice, today) for notice in notices]


def arrivals(area: Area, first: date, last: date) -> list[Arrival]:
    """Every release recorded on cases of an area from one day to another, the newest first. Three queries."""
    facts = Fact.objects.standing().filter(case__area=area, kind=RELEASED, on__gte=first, on__lte=last)
    return _arrivals(facts.order_by("-on", "-id"))


def arrivals_of_case(case: Case) -> list[Arrival]:
    """Every release of one case, the newest first. Three queries."""
    return _arrivals(Fact.objects.standing().filter(case=case, kind=RELEASED).order_by("-on", "-id"))


def arrivals_by_prison(found_here: Iterable[Arrival]) -> list[FromPrison]:
    """Releases counted by prison, those with the most unannounced arrivals first."""
    every, none, short = Counter[str](), Counter[str](), Counter[str]()
    for one in found_here:
        every[one.prison_name] += 1
        none[one.prison_name] += one.is_unannounced
        short[one.prison_name] += one.warning.warned is Warned.SHORT
    rows = [FromPrison(name, count, none[name], short[name]) for name, count in every.items()]
    return sorted(rows, key=lambda row: (-row.unannounced, -row.short, row.prison_name))


def candidates(user: User, notice: ReleaseNotice) -> list[tuple[Case, bool]]:
    """Cases that may be the one a notice is about: by reference, then by name; those born on the same day first."""
    matches = list(found(user, notice.reference).matches) if notice.reference else []
    matches += found(user, notice.person_name).matches
    cases = {match.case.pk: match.case for match in matches}
    same = {pk: notice.born_on is not None and case.person.born_on == notice.born_on for pk, case in cases.items()}
    ranked = sorted(cases.values(), key=lambda case: not same[case.pk])
    return [(case, same[case.pk]) for case in ranked[:CANDIDATES]]


def prisons() -> QuerySet[Agency]:
    """Every prison that people of the record belong to."""
    return Agency.objects.filter(kind=Agency.Kind.PRISON)


def _to_show(notices: QuerySet[ReleaseNotice]) -> QuerySet[ReleaseNotice]:
    people = ReleaseAcknowledgement.objects.select_related("person__agency")
    recorded = Fact.objects.standing().filter(case=OuterRef("case"), kind=RELEASED, on__gte=OuterRef("given_on"))
    return (
        notices.select_related("given_by", "agency", "prison", "area", "managing_area", "case__person", "case__area")
        .annotate(released_on=Subquery(recorded.values("on")[:1]))
        .prefetch_related(Prefetch("acknowledgements", people))
    )


def _standing(notice: ReleaseNotice, today: date) -> Release:
    rows = [row for row in notice.acknowledgements.all() if row.of_day == notice.expected_on]
    released: date | None = getattr(notice, "released_on")  # noqa: B009 - the annotation of _to_show
    return Release(notice, tuple(rows), released, today)


def _arrivals(facts: QuerySet[Fact]) -> list[Arrival]:
    rows = list(facts.select_related("case__person", "case__area", "arrival_note"))
    cases = {row.case_id for row in rows}
    notices: dict[int, list[ReleaseNotice]] = {pk: [] for pk in cases}
    for notice in ReleaseNotice.objects.filter(case__in=cases, withdrawn_at__isnull=True).order_by("given_on", "id"):
        notices[notice.case_id or 0].append(notice)
    taken: dict[int, list[date]] = {pk: [] for pk in cases}
    for pk, on in Fact.objects.standing().filter(case__in=cases, kind=TAKEN_IN).values_list("case", "on"):
        taken[pk].append(on)
    return [_arrival(row, notices[row.case_id], taken[row.case_id]) for row in rows]


def _arrival(fact: Fact, notices: Sequence[ReleaseNotice], taken: Sequence[date]) -> Arrival:
    since = max((on for on in taken if on <= fact.on), default=None)
    counted = [one for one in notices if since is None or one.given_on >= since]
    warning = release_warning(fact.on, [one.given_on for one in counted], rules(), in_custody_since=since)
    before = [one for one in counted if one.given_on < fact.on]
    noted = getattr(fact, "arrival_note", None)
    name = noted.prison_name if noted else before[0].prison_name if before else NOT_KNOWN
    return Arrival(fact, fact.case, warning, name)
