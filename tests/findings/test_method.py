"""What a report says of its method: how sure it is, how far inspectors agree, and no small count."""

import pytest
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.assessing.services.answering import Said
from openmappa.core.inspection.scores import Answer
from openmappa.findings.queries.method import NO_SAMPLE, what_waits
from openmappa.findings.queries.report import report_content
from openmappa.findings.queries.results import results_of
from tests.assessing.build import answered, dealt_out
from tests.findings.build import inspected
from tests.samples.build import drawn, inspector, managed_cases
from tests.timeline.build import signed_in

pytestmark = pytest.mark.django_db


def test_before_a_sample_is_drawn_the_report_says_that_there_is_none() -> None:
    lead = inspector()
    exercise = inspected(lead)
    with as_person(lead):
        assert report_content(exercise, results_of(exercise))["method"] == [NO_SAMPLE]
        assert what_waits(exercise, None) == ""


def test_six_of_eight_cases_at_50_per_cent_give_or_take_20_points_and_nobody_read_one_twice() -> None:
    managed_cases(8)
    lead = inspector()
    exercise = inspected(lead)
    drawn(lead, exercise, 6)
    with as_person(lead):
        said = " ".join(report_content(exercise, results_of(exercise))["method"])
        waits = what_waits(exercise, results_of(exercise))
    assert "6 of 8 cases: at 50%, give or take" in said
    assert "No case was assessed by two inspectors" in said
    assert "None was replaced. None was named as joint work." in said
    assert waits.startswith("Cases whose assessment is not signed: 6 of 6.")
    page = signed_in(lead).get(reverse("findings:draft", kwargs={"inspection": exercise.key})).content.decode()
    assert "Cases whose assessment is not signed: 6 of 6." in page


def test_agreement_is_told_with_its_coefficient_and_without_the_small_counts_behind_it() -> None:
    scene = dealt_out(size=2, percent=100)
    for person, answer in ((scene.lead, Answer.SUFFICIENT), (scene.other, Answer.POOR)):
        for row in scene.of(person):
            answered(
                person,
                row,
                {
                    "smart_objectives": Said(answer, passage="Page 2."),
                    "plan_content_appropriate": Said(Answer.POOR, passage="Page 1."),
                },
            )
    with as_person(scene.lead):
        said = report_content(scene.exercise, results_of(scene.exercise))["method"]
        waits = what_waits(scene.exercise, results_of(scene.exercise))
    agreement = next(each for each in said if "neither of whom saw" in each)
    assert agreement.startswith("Fewer than 5 of the cases were assessed by two inspectors")
    assert "Krippendorff’s alpha, ordinal: 0." in agreement
    assert "The same answer in" not in agreement
    assert waits.startswith("Differences between inspectors that are not settled: 2.")
    assert any("that are not settled: fewer than 5." in each for each in said)
