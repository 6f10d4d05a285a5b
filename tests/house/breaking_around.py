"""For each constraint on what stands around an OASys: a row that breaks it."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from tests.oasys.around import asked_row
from tests.oasys.build import case_manager, draft_row
from tests.timeline.build import ago, today

from openmappa.cases.models import Case
from openmappa.oasys.models_around import ConfidentialSection, HandOver, InformationChaser, SelfAssessment


def self_assessment(case: Case, **changed: object) -> SelfAssessment:
    draft = draft_row(case)
    plain: dict[str, object] = {"filled": "tablet", "started_by": draft.started_by}
    return SelfAssessment.objects.create(case=case, oasys=draft, **(plain | changed))


def hand_over(row: SelfAssessment, **changed: object) -> None:
    HandOver.objects.create(case=row.case, self_assessment=row, given_by=row.started_by, **changed)


def two_hand_overs(case: Case) -> None:
    row = self_assessment(case)
    hand_over(row)
    hand_over(row)


def confidential(case: Case, **changed: object) -> None:
    draft = draft_row(case)
    plain: dict[str, object] = {"text": "Secret", "written_by": draft.started_by}
    ConfidentialSection.objects.create(case=case, oasys=draft, **(plain | changed))


def chaser(case: Case, **changed: object) -> None:
    row = asked_row(case, case_manager())
    plain: dict[str, object] = {"chased_on": today(), "way": "phone", "chased_by": row.asked_by}
    InformationChaser.objects.create(case=case, request=row, **(plain | changed))


BREAKS: dict[str, Callable[[Case], object]] = {
    "self_assessment_is_filled_in_a_known_way": lambda case: self_assessment(case, filled="by heart"),
    "hand_over_one_at_a_time": two_hand_overs,
    "hand_over_ends_after_it_began": lambda case: hand_over(
        self_assessment(case), ended_at=timezone.now() - timedelta(days=1)
    ),
    "oasys_confidential_stays_confidential": lambda case: confidential(case, compartment="open"),
    "oasys_confidential_says_something": lambda case: confidential(case, text=""),
    "information_stays_confidential": lambda case: asked_row(case, case_manager(), compartment="open"),
    "information_is_asked_in_a_known_way": lambda case: asked_row(case, case_manager(), way="by pigeon"),
    "information_is_due_after_it_is_asked": lambda case: asked_row(case, case_manager(), due_on=ago(21)),
    "information_answered_by_somebody_with_words": lambda case: asked_row(
        case, case_manager(), answered_on=today(), answer="Nothing known."
    ),
    "chaser_stays_confidential": lambda case: chaser(case, compartment="open"),
    "chaser_is_sent_in_a_known_way": lambda case: chaser(case, way="by pigeon"),
}
