"""Who reads and writes what of an inspection's findings. migrations/0002 says the same in SQL; a test compares the two.

Drafts are for those who work on it. The coordinator and the line managers of an area read the agreed findings on it
once feedback is sent. Published reports and their recommendations are for whoever may read such reports.
"""

import uuid

from django.db.models import Q, QuerySet
from django.http import Http404

from openmappa.accounts.models import Area, User
from openmappa.core.access import Permission, Role
from openmappa.core.mappa.transfers import may_approve
from openmappa.core.packs.load import IN_SERVICE, load_transfers
from openmappa.findings.errors import NotTheirs
from openmappa.findings.models import Feedback, Finding, Recommendation, ReportVersion
from openmappa.samples.models import Exercise, ExerciseArea, ExerciseMember
from openmappa.samples.queries import areas_of, leads, works_on

OF_AN_AREA = (Role.SMB_MEMBER, Role.LINE_MANAGER, Role.MAPPA_COORDINATOR)
ANSWER_FOR_AREA = (Role.LINE_MANAGER, Role.MAPPA_COORDINATOR)
NOT_WORKING = "Those who work on this inspection open this page."
NOT_LEADING = "Whoever leads this inspection does that."


def exercise_known_to(user: User, key: uuid.UUID) -> Exercise:
    """One inspection that this person works on, or that is of their area. Raises Http404. One query."""
    theirs = Q(pk__in=ExerciseMember.objects.in_force().filter(person=user).values("exercise"))
    if user.role in OF_AN_AREA and user.area_id is not None:
        theirs |= Q(pk__in=ExerciseArea.objects.filter(area_id=user.area_id).values("exercise"))
    found = Exercise.objects.filter(theirs, key=key, inspection__isnull=False).first()
    if found is None or not user.may(Permission.READ_INSPECTION_REPORTS):
        raise Http404("No such inspection")
    return found


def refuse_unless_working(user: User, exercise: Exercise) -> None:
    """Raise NotTheirs for whoever does not work on it. One query."""
    if not works_on(user, exercise):
        raise NotTheirs(NOT_WORKING)


def refuse_unless_leading(user: User, exercise: Exercise) -> None:
    """Raise NotTheirs for whoever does not lead it. One query."""
    if not leads(user, exercise):
        raise NotTheirs(NOT_LEADING)


def findings_of(exercise: Exercise) -> QuerySet[Finding]:
    """Its findings as far as the reader sees them, with who wrote them and what the area remarked. One query."""
    people = ("area", "written_by", "agreed_by", "remark__made_by", "remark__answered_by")
    return Finding.objects.filter(exercise=exercise).select_related(*people)


def finding_in(rows: QuerySet[Finding], key: uuid.UUID) -> Finding:
    """One of these findings. Raises Http404. One query."""
    found = rows.filter(key=key).first()
    if found is None:
        raise Http404("No such finding")
    return found


def findings_fed_back(user: User, exercise: Exercise) -> QuerySet[Finding]:
    """The agreed findings on this person's own area."""
    return findings_of(exercise).filter(area=user.area, area__isnull=False, agreed_at__isnull=False)


def feedback_to(user: User, exercise: Exercise) -> Feedback | None:
    """What was sent to this person's area, if they answer for it; None otherwise. One query."""
    if user.role not in ANSWER_FOR_AREA or user.area_id is None:
        return None
    rows = Feedback.objects.filter(exercise=exercise, area_id=user.area_id)
    return rows.select_related("area", "sent_by").first()


def speaks_for_area(user: User) -> bool:
    """Whether this person remarks for their area: its MAPPA coordinator, or a line manager who is a chief officer."""
    if user.role == Role.MAPPA_COORDINATOR:
        return True
    return user.role == Role.LINE_MANAGER and may_approve(load_transfers(IN_SERVICE[0]), user.rank)


def people_of(area: Area) -> QuerySet[User]:
    """Who is told what was found in an area: its coordinators and line managers. One query."""
    return User.objects.filter(role__in=ANSWER_FOR_AREA, area=area, is_active=True)


def recommendations_of(exercise: Exercise) -> QuerySet[Recommendation]:
    """What it recommends, by number, with what was said of each since. Two queries."""
    rows = Recommendation.objects.filter(exercise=exercise).select_related("area", "agency", "written_by")
    return rows.prefetch_related("follow_ups__written_by__agency")


def recommendation_for(user: User, key: uuid.UUID) -> Recommendation:
    """One recommendation that this person may read. Raises Http404. Two queries."""
    published = Q(exercise__in=ReportVersion.objects.values("exercise"))
    theirs = Q(exercise__in=ExerciseMember.objects.in_force().filter(person=user).values("exercise"))
    rows = Recommendation.objects.filter(published | theirs, key=key)
    found = rows.select_related("area", "agency", "exercise", "written_by")
    row = found.prefetch_related("follow_ups__written_by__agency").first()
    if row is None or not user.may(Permission.READ_INSPECTION_REPORTS):
        raise Http404("No such recommendation")
    return row


def follows_up(user: User, row: Recommendation) -> bool:
    """Whether this person may say what became of it: its owner's people, and inspectors.

    Of an area or its board: that area's board members, coordinators and line managers. Of an agency: those of them who
    belong to it.
    """
    if user.role == Role.INSPECTOR:
        return True
    if user.role not in OF_AN_AREA:
        return False
    return user.agency_id == row.agency_id if row.agency_id else user.area_id == row.area_id


def reports() -> list[ReportVersion]:
    """The latest version of each published report, the newest first. One query."""
    found: dict[int, ReportVersion] = {}
    for row in (
        ReportVersion.objects.select_related("exercise").defer("content", "figures").order_by("exercise_id", "-number")
    ):
        found.setdefault(row.exercise_id, row)
    return sorted(found.values(), key=lambda row: row.published_at, reverse=True)


def report_version(key: uuid.UUID, number: int) -> ReportVersion:
    """One published version. Raises Http404. One query."""
    rows = ReportVersion.objects.select_related("exercise", "published_by")
    found = rows.filter(exercise__key=key, number=number).first()
    if found is None:
        raise Http404("No such report")
    return found


def versions_of(exercise: Exercise) -> list[ReportVersion]:
    """Its published versions, the latest first. One query."""
    rows = ReportVersion.objects.filter(exercise=exercise).defer("content", "figures")
    return list(rows.select_related("published_by").order_by("-number"))


def area_in(exercise: Exercise, number: str) -> Area | None:
    """One of its areas by its number in a form; None for the whole. One query."""
    return next((area for area in areas_of(exercise) if str(area.pk) == number), None)
