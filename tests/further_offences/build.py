"""Made-up reviews of serious further offences."""

from typing import Any

from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.further_offences.models.lesson import Lesson
from openmappa.further_offences.models.review import Contribution, FurtherOffenceReview
from openmappa.further_offences.services.reviewing import Alleged, open_review
from tests.timeline.build import ago


def alleged(**more: Any) -> Alleged:
    said: dict[str, Any] = {
        "offence": "rape",
        "words": "An offence in a park.",
        "offence_on": ago(10),
        "charged_on": ago(3),
    }
    return Alleged(**(said | more))


def opened(by: User, case: Case, **more: Any) -> FurtherOffenceReview:
    """A review opened by somebody."""
    with as_person(by):
        return open_review(by=by, case=case, alleged=alleged(**more))


def a_review_row(case: Case, by: User, **changed: Any) -> FurtherOffenceReview:
    """A row as it stands in the table, whatever a service would say of it."""
    plain: dict[str, Any] = {
        "case": case,
        "offence": "rape",
        "alleged": "An offence in a park.",
        "offence_on": ago(10),
        "charged_on": ago(3),
        "opened_by": by,
        "opened_at": timezone.now(),
        "notify_by": ago(-2),
        "conclude_by": ago(-90),
    }
    return FurtherOffenceReview.objects.create(**(plain | changed))


def a_contribution_row(review: FurtherOffenceReview, by: User, **changed: Any) -> Contribution:
    plain: dict[str, Any] = {
        "review": review,
        "case": review.case,
        "agency": by.agency,
        "about_name": "Sample Testcase",
        "about_born_on": review.case.person.born_on,
        "asked_by": by,
        "asked_at": timezone.now(),
        "due_on": ago(-20),
    }
    return Contribution.objects.create(**(plain | changed))


def a_lesson_row(review: FurtherOffenceReview, by: User, **changed: Any) -> Lesson:
    plain: dict[str, Any] = {
        "review": review.key,
        "area": review.case.area,
        "kind": "lesson",
        "sentence": "Visit on the day after a release.",
        "audience": "police",
        "practice_area": "visits",
        "recorded_by": by,
        "recorded_at": timezone.now(),
    }
    return Lesson.objects.create(**(plain | changed))


def everything_of_a_review(case: Case, by: User, secret: str) -> None:
    """A row in each table that leads to the case, each with a word that must never be left behind."""
    review = a_review_row(case, by, alleged=secret)
    FurtherOffenceReview.objects.filter(pk=review.pk).update(alleged=f"{secret} again")
    row = a_contribution_row(
        review, by, about_name=secret, chronology=secret, saved_by=by, saved_at=timezone.now(), differently="Less."
    )
    Contribution.objects.filter(pk=row.pk).update(differently=secret)
