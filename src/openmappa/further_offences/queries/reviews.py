"""Reading reviews of serious further offences, and the page of its own that each agency writes on."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from openmappa.accounts.models import Agency, Area, User
from openmappa.cases.models import Case, Involvement
from openmappa.core.access import Permission, Role
from openmappa.core.involvement import InvolvementKind
from openmappa.core.mappa.further_offences import StoodThen, stood_then
from openmappa.core.packs.load import packs_in_service
from openmappa.core.packs.movements_rules import Kind
from openmappa.further_offences.models.lesson import Lesson
from openmappa.further_offences.models.review import Contribution, FurtherOffenceReview
from openmappa.further_offences.queries.rules import rules
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.facts import core_fact
from openmappa.timeline.queries.standards import standard_of

STAFF = (Role.POLICE_OFFICER, Role.CASE_MANAGER, Role.LINE_MANAGER, Role.MAPPA_COORDINATOR, Role.INSPECTOR)


@dataclass(frozen=True)
class OverdueLine:
    """A duty that was overdue on the day of the offence, as it was known then."""

    title: str
    of: str
    due_on: date
    days: int


@dataclass(frozen=True)
class ReviewShown:
    """A review with everything that its page shows."""

    review: FurtherOffenceReview
    overdue: tuple[OverdueLine, ...]
    contributions: tuple[Contribution, ...]
    lessons: tuple[Lesson, ...]
    today: date

    @property
    def offence_label(self) -> str:
        """What is alleged, in the words of the pack."""
        return label_of(rules().offences, self.review.offence)

    @property
    def outstanding(self) -> tuple[Contribution, ...]:
        """The contributions that have been asked for and have not come."""
        return tuple(one for one in self.contributions if one.sent_at is None)


def stood_on(case: Case, on: date) -> StoodThen:
    """How a case stood on a day, as the record had it then: a mistake not found by then stands. One query."""
    end = datetime.combine(on + timedelta(days=1), time.min, tzinfo=timezone.get_current_timezone())
    standing = Q(voided_at__isnull=True) | Q(voided_at__gte=end)
    rows = Fact.objects.filter(standing, case=case, recorded_on__lte=on, on__lte=on).order_by("on", "id")
    facts = [core_fact(row) for row in rows]
    return stood_then(facts, packs_in_service(), rules(), force=case.force, on=on)


def as_lines(stood: StoodThen) -> list[dict[str, str | int]]:
    """The overdue duties as the review keeps them."""
    return [
        {"standard": one.standard, "of": one.of, "due_on": one.due_on.isoformat(), "days": one.days}
        for one in stood.overdue
    ]


def reviews_of_case(case: Case) -> QuerySet[FurtherOffenceReview]:
    """The reviews of a case, the newest first."""
    return FurtherOffenceReview.objects.filter(case=case).select_related("opened_by").order_by("-opened_at", "-id")


def review_of(case: Case, key: uuid.UUID) -> FurtherOffenceReview:
    """One review of this case. Raises Http404. One query."""
    people = ("case__area", "case__person", "opened_by", "notified_by", "concluded_by")
    review = FurtherOffenceReview.objects.filter(case=case, key=key).select_related(*people).first()
    if review is None:
        raise Http404("No such review")
    return review


def review_shown(review: FurtherOffenceReview) -> ReviewShown:
    """A review with its contributions and lessons. Two queries."""
    people = ("agency", "person", "sent_by")
    contributions = tuple(Contribution.objects.filter(review=review).select_related(*people))
    lessons = tuple(Lesson.objects.filter(review=review.key).order_by("recorded_at", "id"))
    return ReviewShown(review, _overdue(review), contributions, lessons, timezone.localdate())


def may_read(user: User, review: FurtherOffenceReview) -> bool:
    """Whether this person reads the review: those who review, and once it is over the staff of the case."""
    return user.may(Permission.REVIEW_FURTHER_OFFENCE) or (not review.is_open and user.role in STAFF)


def contributions_for(user: User) -> list[Contribution]:
    """What this person's agency was asked to write, and they may write: what is open first, by its day. One query."""
    own = Q(person=user)
    if user.may(Permission.READ_RECORD):
        own |= Q(person__isnull=True, agency=user.agency_id, case__in=Case.objects.visible_to(user))
    rows = Contribution.objects.filter(own).select_related("agency", "person").order_by("due_on", "id")
    return sorted(rows, key=lambda one: not one.is_open)


def contribution_of(user: User, key: uuid.UUID) -> Contribution:
    """A contribution that this person writes. Raises Http404. One query.

    It is not joined to the case: whoever was asked may not see that.
    """
    row = (
        Contribution.objects.filter(key=key)
        .select_related("agency", "person", "asked_by", "saved_by", "sent_by")
        .first()
    )
    if row is None or not may_write(user, row):
        raise Http404("No such contribution")
    return row


def may_write(user: User, row: Contribution) -> bool:
    """Whether this person writes it: who was asked; where nobody was named, those of the agency who see the case."""
    if row.person_id is not None:
        return row.person_id == user.pk
    own = row.agency_id == user.agency_id and user.may(Permission.READ_RECORD)
    return own and Case.objects.visible_to(user).filter(pk=row.case_id).exists()


def contribution_to_read(review: FurtherOffenceReview, key: uuid.UUID) -> Contribution:
    """A contribution to this review. Raises Http404. One query."""
    people = ("agency", "person", "asked_by", "sent_by")
    row = Contribution.objects.filter(review=review, key=key).select_related(*people).first()
    if row is None:
        raise Http404("No such contribution")
    return row


def own_agencies(case: Case) -> list[Agency]:
    """The police and probation agencies that answer for a case, which are always asked. One query."""
    units = [pk for pk in (case.police_unit_id, case.probation_unit_id) if pk is not None]
    return list(Agency.objects.filter(units__in=units).distinct().order_by("name"))


def people_to_ask(review: FurtherOffenceReview) -> list[User]:
    """Members of agencies not asked yet who can be asked: those who were given this case first. Two queries."""
    asked = Contribution.objects.filter(review=review).values("agency")
    people = User.objects.filter(role=Role.PARTNER_MEMBER, is_active=True).exclude(agency__in=asked)
    invited = Involvement.objects.filter(case=review.case_id, kind=InvolvementKind.INVITED)
    given = list(invited.values_list("person_id", "agency_id"))
    near, agencies = {person for person, _ in given}, {agency for _, agency in given}
    ordered = people.select_related("agency").order_by("agency__name", "full_name")
    return sorted(ordered, key=lambda one: one.pk not in near and one.agency_id not in agencies)


def lessons(area: Area | None = None) -> QuerySet[Lesson]:
    """Lessons and good practice of an area, or everything that the reader may read: the newest first.

    The database gives staff those of their own area, and everybody those that are shared.
    """
    rows = Lesson.objects.select_related("area", "recorded_by").order_by("-recorded_at", "-id")
    return rows.filter(area=area) if area else rows


def open_reviews(area: Area) -> QuerySet[FurtherOffenceReview]:
    """Reviews of an area that are not concluded, the first to be concluded first, with their contributions."""
    asked = Contribution.objects.select_related("agency")
    rows = FurtherOffenceReview.objects.filter(case__area=area, concluded_at__isnull=True)
    return rows.select_related("case").prefetch_related(Prefetch("contributions", asked)).order_by("conclude_by", "id")


def label_of(kinds: Sequence[Kind], chosen: str) -> str:
    """What a choice is called; its id where the pack does not know it."""
    return next((one.label for one in kinds if one.id == chosen), chosen)


@dataclass(frozen=True)
class _Judged:
    standard: str
    opened_on: date


def _overdue(review: FurtherOffenceReview) -> tuple[OverdueLine, ...]:
    lines = []
    for one in review.overdue:
        due_on = date.fromisoformat(one["due_on"])
        try:
            title = standard_of(_Judged(one["standard"], due_on)).title
        except KeyError:
            title = one["standard"]
        lines.append(OverdueLine(title, one["of"], due_on, one["days"]))
    return tuple(lines)
