"""An inspection of an area with findings at each of their stages, for the tests of findings."""

from datetime import date
from typing import Any

from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Area, User
from openmappa.findings.models import (
    Feedback,
    Finding,
    FollowUp,
    Outcome,
    Owner,
    Recommendation,
    Remark,
    ReportVersion,
    Sort,
)
from openmappa.findings.services.feedback import remark_on, send_feedback
from openmappa.findings.services.publishing import Recommended, publish_report, recommend
from openmappa.findings.services.writing import Said, agree_finding, write_finding
from openmappa.samples.models import Exercise
from tests.inspections.build import opened
from tests.samples.build import exercise_row
from tests.timeline.build import ago, make_area

CRITERION = "joint_direction"
FOUND = "The visits were planned and half of them were made."


def said(area: Area | None = None, **changed: Any) -> Said:
    plain: dict[str, Any] = {"criterion": CRITERION, "area": area, "sort": Sort.IMPROVE, "text": FOUND}
    return Said(**(plain | changed))


def inspected(by: User, *areas: Area) -> Exercise:
    """An inspection that somebody leads."""
    return opened(by, *(areas or (make_area(),))).exercise


def agreed(by: User, exercise: Exercise, area: Area | None = None, **changed: Any) -> Finding:
    """A finding that is agreed."""
    with as_person(by):
        return agree_finding(by=by, finding=write_finding(by=by, exercise=exercise, said=said(area, **changed)))


def fed_back(by: User, exercise: Exercise, area: Area, due_on: date | None = None) -> Finding:
    """An agreed finding on an area, which is told."""
    row = agreed(by, exercise, area)
    with as_person(by):
        send_feedback(by=by, exercise=exercise, area=area, due_on=due_on or ago(-14))
    return row


def remarked(coordinator: User, finding: Finding) -> Remark:
    """What the area says of it."""
    with as_person(coordinator):
        return remark_on(by=coordinator, finding=finding, words="Three visits stand on the police file.")


def recommended(by: User, exercise: Exercise, area: Area, standard: str = "") -> Recommendation:
    """Something the area is to do."""
    what = Recommended("Make the visits that are planned.", Owner.AREA, area, None, ago(-200), standard)
    with as_person(by):
        return recommend(by=by, exercise=exercise, said=what)


def published(by: User, exercise: Exercise, corrects: str = "") -> ReportVersion:
    """Its report."""
    with as_person(by):
        return publish_report(by=by, exercise=exercise, corrects=corrects)


# ---- rows by themselves, as the constraints are broken with


def finding_row(by: User, **changed: Any) -> Finding:
    plain = {"criterion": CRITERION, "sort": "strength", "text": FOUND, "written_by": by, "written_at": timezone.now()}
    return Finding.objects.create(**({"exercise": changed.pop("exercise", None) or exercise_row(by)} | plain | changed))


def remark_row(by: User, **changed: Any) -> Remark:
    plain = {"finding": finding_row(by), "words": "No.", "made_by": by, "made_at": timezone.now()}
    return Remark.objects.create(**(plain | changed))


def recommendation_row(by: User, exercise: Exercise | None = None, **changed: Any) -> Recommendation:
    plain = {"number": 1, "text": "Do it.", "owner": "area", "area": make_area(), "due_on": ago(-9), "written_by": by}
    more = {"written_at": timezone.now(), "exercise": exercise or exercise_row(by)}
    return Recommendation.objects.create(**(plain | more | changed))


def follow_up_row(by: User, **changed: Any) -> FollowUp:
    plain = {"recommendation": recommendation_row(by), "on": ago(1), "outcome": Outcome.DONE, "words": "Done."}
    return FollowUp.objects.create(**(plain | {"written_by": by, "written_at": timezone.now()} | changed))


def report_row(by: User, exercise: Exercise | None = None, **changed: Any) -> ReportVersion:
    plain = {"number": 1, "title": "Report", "content": {}, "published_by": by, "published_at": timezone.now()}
    return ReportVersion.objects.create(exercise=exercise or exercise_row(by), **(plain | changed))


def feedback_row(by: User, exercise: Exercise, **changed: Any) -> Feedback:
    plain = {"area": make_area(), "due_on": ago(-9), "sent_by": by, "sent_at": timezone.now()}
    return Feedback.objects.create(exercise=exercise, **(plain | changed))
