"""That somebody whom a lesson is for has read it."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from openmappa.core.compartments import FieldClass
from openmappa.further_offences.models.lesson import Lesson


class LessonAcknowledgement(models.Model):
    """One person has read one lesson. Added, never changed. Who is asked is not stored: see the audience."""

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="acknowledgements")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["id", "lesson", "person", "acknowledged_at"], FieldClass.OPEN
    )

    class Meta:
        ordering = ["acknowledged_at", "id"]
        constraints = [models.UniqueConstraint(fields=["lesson", "person"], name="lesson_acknowledged_once")]

    def __str__(self) -> str:
        return f"lesson {self.lesson_id} read by {self.person_id}"
