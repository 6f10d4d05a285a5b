"""What the boards of a demonstration did to see that things are done well: audits, a lesson, practice, reports."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from openmappa.accounts.acting import as_job
from openmappa.annual_report.models import AnnualReport, PublishedReport
from openmappa.case_audits.models.audits import AuditAnswer, CaseAudit
from openmappa.case_audits.models.feedback import Feedback
from openmappa.cases.models import Involvement
from openmappa.core.board.years import year_of
from openmappa.further_offences.models.acknowledgement import LessonAcknowledgement
from openmappa.further_offences.models.lesson import Lesson
from openmappa.further_offences.models.review import FurtherOffenceReview
from openmappa.further_offences.queries.lessons import people_asked
from openmappa.good_practice.models import Practice
from openmappa.notices.models import Notice
from openmappa.samples.models import DrawnSample, Gift
from openmappa.samples.queries import sample_of
from tests.caseload.support import case, file_of
from tests.caseload.test_inspecting_content import load

pytestmark = pytest.mark.django_db


def test_the_first_board_audits_learns_and_reports_and_the_second_writes_for_the_library(tmp_path: Path) -> None:
    file = load(tmp_path, 24)
    with as_job("test"):
        _closed_audit(CaseAudit.objects.get(closed_at__isnull=False))
        _audit_under_way(CaseAudit.objects.get(closed_at__isnull=True))
        _lessons()
        assert Practice.objects.filter(came_from="board").count() == 4
        assert Practice.objects.filter(came_from="board").values("area").distinct().count() == 2
        _reports()
        before = (AuditAnswer.objects.count(), Practice.objects.count(), AnnualReport.objects.count())
        call_command("load_demo", file, stdout=StringIO())
        assert before == (AuditAnswer.objects.count(), Practice.objects.count(), AnnualReport.objects.count())


def _closed_audit(audit: CaseAudit) -> None:
    """Drawn as anybody can draw again, answered, given back, dated to its time, and nothing is open by it."""
    drawn = DrawnSample.objects.get(exercise=audit.exercise)
    assert len(sample_of(drawn).members()) == audit.cases == 6
    assert audit.closed_at is not None
    assert audit.begun_at == drawn.drawn_at
    told = Feedback.objects.filter(audit=audit)
    known = told.filter(acknowledged_at__isnull=False).count()
    assert 0 < known < told.count()
    for row in told:
        assert audit.begun_at < row.sent_at < audit.closed_at
        assert row.acknowledged_at is None or row.sent_at < row.acknowledged_at < timezone.now()
        assert Notice.objects.get(link__contains=str(row.key)).at == row.sent_at
    given = Gift.objects.filter(sampled__sample=drawn).values("involvement")
    assert not Involvement.objects.filter(pk__in=given, ended_at__isnull=True).exists()
    assert audit.found.tally("actions_done").counts


def _audit_under_way(audit: CaseAudit) -> None:
    forms = audit.audited.all()
    assert [forms.filter(finished_at__isnull=done).count() for done in (False, True)] == [2, 1]
    given = Gift.objects.filter(sampled__sample__exercise=audit.exercise).values("involvement")
    assert Involvement.objects.filter(pk__in=given, ended_at__isnull=True).exists()


def _lessons() -> None:
    """Where a review was opened, one lesson is shared and acknowledged by some of those whom it is for."""
    assert FurtherOffenceReview.objects.exists()
    shared = Lesson.objects.get(shared_at__isnull=False)
    assert Lesson.objects.filter(shared_at__isnull=True).count() == 1
    asked, known = people_asked(shared), LessonAcknowledgement.objects.filter(lesson=shared).count()
    assert 0 < known < len(asked)


def _reports() -> None:
    last = year_of(timezone.localdate()).before
    published = PublishedReport.objects.get()
    assert published.report.of == last.before
    assert published.published_at < timezone.now()
    assert all(
        section["commentary"] or section["key"] == "further-offences" for section in published.content["sections"]
    )
    drafted = AnnualReport.objects.get(year=last.start)
    assert drafted.commentaries.count() == 3
    assert not Notice.objects.filter(link__contains=str(published.report.key)).exists()


def test_where_the_record_does_not_reach_back_nothing_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "sample.jsonl"
    day = timezone.localdate().isoformat()
    facts = [{"kind": "registered", "on": day, "recorded_on": day}]
    file.write_bytes(file_of(case("NSH-1", *facts)).getvalue())
    call_command("load_demo", str(file), stdout=StringIO())
    with as_job("test"):
        assert not AnnualReport.objects.exists()
        assert not Lesson.objects.exists()
        assert Practice.objects.count() == 2
