"""The inspections of a demonstration: one that is published, with its follow-up, and one nearly assessed."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from openmappa.accounts.acting import as_job
from openmappa.assessing.models import Assessment, GivenAnswer, Resolution
from openmappa.assessing.queries.answers import differences
from openmappa.assessing.queries.assessments import criteria_for, framework_for
from openmappa.assessing.services.answering import missing
from openmappa.core.caseload import header_line, record_line
from openmappa.core.synthetic.generate import generate
from openmappa.findings.models import Feedback, Finding, FollowUp, Recommendation, Remark, ReportVersion
from openmappa.findings.queries.results import benchmark_sets, results_of
from openmappa.inspections.models import Inspection
from openmappa.interviews.models import Interview
from openmappa.interviews.queries import themes_leaving
from openmappa.notices.models import Notice
from openmappa.samples.models import Exercise
from openmappa.samples.queries import drawn_of, kinds_in
from tests.core.synthetic.samples import sample

pytestmark = pytest.mark.django_db


def load(tmp_path: Path, cases: int) -> str:
    """A generated caseload of two areas until today, loaded."""
    wanted = sample(areas=2, cases=cases, until=timezone.localdate())
    file = tmp_path / "sample.jsonl"
    file.write_bytes(header_line(wanted.header) + b"".join(map(record_line, generate(wanted))))
    call_command("load_demo", str(file), stdout=StringIO())
    return str(file)


def test_one_inspection_is_nearly_assessed_and_an_earlier_one_is_published(tmp_path: Path) -> None:
    file = load(tmp_path, 8)
    with as_job("test"):
        earlier, now = Inspection.objects.order_by("exercise__on")
        report = ReportVersion.objects.get()
        assert (report.exercise, earlier.published_at) == (earlier.exercise, report.published_at)
        assert report.published_at < timezone.now() - timedelta(days=600)
        assert not earlier.exercise.is_open
        assert report.figures
        assert FollowUp.objects.count() == Recommendation.objects.filter(exercise=earlier.exercise).count() == 2
        _is_assessed(earlier.exercise, waiting=0)
        _is_assessed(now.exercise, waiting=2)
        assert len(benchmark_sets(now.exercise)) == 3
        waiting = [each for each in differences(now.exercise, framework_for(now.exercise)) if not each.is_settled]
        assert len(waiting) == 2
        assert Resolution.objects.filter(by_lead=True).exists()
        found = Finding.objects.filter(exercise=now.exercise)
        assert (found.count(), found.filter(agreed_at__isnull=True).count()) == (7, 1)
        assert (Feedback.objects.count(), Remark.objects.filter(answered_at__isnull=True).count()) == (1, 1)
        assert not Notice.objects.filter(link__contains=str(earlier.key)).exists()
        _is_interviewed(now.exercise)
        before = GivenAnswer.objects.count()
        call_command("load_demo", file, stdout=StringIO())
        assert GivenAnswer.objects.count() == before


def _is_interviewed(exercise: Exercise) -> None:
    """Some interviews are held, one is begun, one is to come, one was dropped; each theme has quotes, two are cited."""
    held = Interview.objects.filter(exercise=exercise)
    counts = [
        held.filter(finished_at__isnull=False).count(),
        held.filter(finished_at__isnull=True, dropped_at__isnull=True, notes__isnull=False).count(),
        held.filter(on__gt=timezone.localdate()).count(),
        held.exclude(dropped_because="").count(),
    ]
    assert (held.count(), counts) == (8, [5, 1, 1, 1])
    leaving = themes_leaving(exercise)
    assert all(theme.quotes for theme in leaving.values())
    assert {bool(quote.by) for theme in leaving.values() for quote in theme.quotes} == {True, False}
    cited = {key for row in Finding.objects.filter(exercise=exercise) for key in row.themes}
    assert len(cited) == 2 and cited < set(leaving)


def _is_assessed(exercise: Exercise, waiting: int) -> None:
    """Whether every assessment but so many is signed, and lacks nothing that signing asks for."""
    rows = Assessment.objects.filter(exercise=exercise)
    assert rows.filter(signed_at__isnull=True).count() == waiting
    drawn = drawn_of(exercise)
    assert drawn is not None
    kinds, framework = kinds_in(drawn), framework_for(exercise)
    for row in rows.filter(signed_at__isnull=False):
        asked = [question for _, questions in criteria_for(framework, kinds[row.case_key]) for question in questions]
        given = {each.question: each for each in row.answers.select_related("words")}
        assert missing(asked, given) == {}, row
    results = results_of(exercise)
    assert results is not None
    assert results.judged > 0
