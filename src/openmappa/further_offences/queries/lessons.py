"""Shared lessons: for whom each is, who has read it, who has not."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from openmappa.accounts.models import Area, User
from openmappa.core.access import PERMISSIONS, Permission
from openmappa.core.inspection.proportions import Proportion
from openmappa.core.packs.further_offences_rules import Audience
from openmappa.further_offences.models.acknowledgement import LessonAcknowledgement
from openmappa.further_offences.models.lesson import Lesson
from openmappa.further_offences.queries.rules import rules

ASKED_ROLES = sorted(role.value for role in PERMISSIONS[Permission.ACKNOWLEDGE_LESSON])
EVERYBODY = Audience("", "")


@dataclass(frozen=True)
class Asked:
    """Somebody whom a lesson is for, and when they acknowledged it; None where they have not."""

    person: User
    acknowledged_at: datetime | None


@dataclass(frozen=True)
class LessonStands:
    """A shared lesson with everybody of its area whom it is for, those who have not acknowledged it first."""

    lesson: Lesson
    asked: Sequence[Asked]

    @property
    def acknowledged(self) -> Proportion:
        """How many of those whom it is for have acknowledged it."""
        return Proportion(sum(one.acknowledged_at is not None for one in self.asked), len(self.asked))

    @property
    def by_agency(self) -> list[tuple[str, Proportion]]:
        """The same by agency, in order of name."""
        found: dict[str, list[bool]] = {}
        for one in self.asked:
            found.setdefault(one.person.agency.name, []).append(one.acknowledged_at is not None)
        return [(name, Proportion(sum(each), len(each))) for name, each in sorted(found.items())]


def lesson_of(key: uuid.UUID) -> Lesson:
    """A lesson that the reader may read. Raises Http404. One query."""
    row = Lesson.objects.filter(key=key).select_related("area", "recorded_by", "shared_by").first()
    if row is None:
        raise Http404("No such lesson")
    return row


def audience_of(lesson: Lesson) -> Audience:
    """For whom it is; everybody where the pack does not know the audience any more."""
    return next((one for one in rules().audiences if one.id == lesson.audience), EVERYBODY)


def is_asked(user: User, lesson: Lesson) -> bool:
    """Whether this person is to acknowledge it: a shared lesson of their area that is for them."""
    mine = lesson.shared_at is not None and lesson.area_id == user.area_id and user.may(Permission.ACKNOWLEDGE_LESSON)
    return mine and audience_of(lesson).includes(user.role, user.agency.kind)


def people_asked(lesson: Lesson) -> list[User]:
    """Those of its area who work there now and whom it is for. One query."""
    return [person for person in _people(lesson.area) if audience_of(lesson).includes(person.role, person.agency.kind)]


def acknowledged_by(user: User) -> set[int]:
    """The lessons that this person has acknowledged. One query."""
    return set(LessonAcknowledgement.objects.filter(person=user).values_list("lesson_id", flat=True))


def lessons_stand(area: Area) -> list[LessonStands]:
    """Every shared lesson of an area with who has acknowledged it, the newest first. Three queries.

    For those who see figures of the area: to others the database shows nobody's acknowledgement but their own.
    """
    rows = list(Lesson.objects.filter(area=area, shared_at__isnull=False).order_by("-shared_at", "-id"))
    return _stand(rows, _people(area)) if rows else []


def lesson_stands(lesson: Lesson) -> LessonStands:
    """One lesson with who has acknowledged it. Two queries."""
    (found,) = _stand([lesson], _people(lesson.area))
    return found


def _people(area: Area) -> list[User]:
    rows = User.objects.filter(area=area, role__in=ASKED_ROLES, is_active=True)
    return list(rows.select_related("agency").order_by("agency__name", "full_name"))


def _stand(lessons: Sequence[Lesson], people: Sequence[User]) -> list[LessonStands]:
    rows = LessonAcknowledgement.objects.filter(lesson__in=lessons, person__in=people)
    when = {(row.lesson_id, row.person_id): row.acknowledged_at for row in rows}
    found = []
    for lesson in lessons:
        audience = audience_of(lesson)
        asked = [
            Asked(person, when.get((lesson.pk, person.pk)))
            for person in people
            if audience.includes(person.role, person.agency.kind)
        ]
        found.append(LessonStands(lesson, sorted(asked, key=lambda one: one.acknowledged_at is not None)))
    return found
