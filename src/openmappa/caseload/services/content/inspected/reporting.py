"""What the inspections of a demonstration found: one under way, and one that was published two years before."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Area, User
from openmappa.caseload.services.content.mappa.deeds import a_deed
from openmappa.core.access import Role
from openmappa.core.synthetic.content.inspected.words import (
    BECAME,
    DRAFT,
    EARLIER_FINDINGS,
    EARLIER_RECOMMENDATIONS,
    FINDINGS,
    RECOMMENDATIONS,
    REMARK,
    FindingWords,
    RecommendationWords,
)
from openmappa.findings.models import Finding, FollowUp, Outcome, Owner, Recommendation, ReportVersion, Sort
from openmappa.findings.queries.inspected import title_of
from openmappa.findings.queries.report import figures_kept, report_content
from openmappa.findings.queries.results import results_of
from openmappa.findings.services.feedback import remark_on, send_feedback
from openmappa.findings.services.publishing import Recommended, recommend
from openmappa.findings.services.writing import Said, agree_finding, write_finding
from openmappa.inspections.models import Inspection
from openmappa.interviews.models import Theme
from openmappa.samples.models import Exercise

ANSWER_WITHIN = timedelta(days=14)


def write_findings(lead: User, exercise: Exercise, area: Area, themes: Mapping[str, Theme]) -> None:
    """Findings that are agreed, one draft, recommendations; the first area is told, and remarks on one of them.

    ``themes`` of the interviews by title.
    """
    today, told = timezone.localdate(), None
    with a_deed(), as_person(lead):
        for words in FINDINGS:
            row = write_finding(by=lead, exercise=exercise, said=_said(words, area, themes))
            agree_finding(by=lead, finding=row)
            told = told or (row if words.of_area else None)
        write_finding(by=lead, exercise=exercise, said=_said(DRAFT, area, themes))
        for text in RECOMMENDATIONS:
            due = today + timedelta(days=text.days)
            said = Recommended(text.text, Owner(text.owner), area, None, due, text.standard)
            recommend(by=lead, exercise=exercise, said=said)
        send_feedback(by=lead, exercise=exercise, area=area, due_on=today + ANSWER_WITHIN)
    coordinator = User.objects.filter(role=Role.MAPPA_COORDINATOR, area=area).first()
    if coordinator is not None and told is not None:
        with a_deed(), as_person(coordinator):
            remark_on(by=coordinator, finding=told, words=REMARK)


def publish_long_ago(lead: User, inspection: Inspection, areas: Sequence[Area], at: datetime) -> None:
    """Its report as it was published then, and what became of what it recommended."""
    exercise = inspection.exercise
    with a_deed(), as_person(lead):
        Finding.objects.bulk_create([_finding(lead, exercise, words, at) for words in EARLIER_FINDINGS])
        rows = [
            _recommendation(lead, exercise, words, number, areas[0], at)
            for number, words in enumerate(EARLIER_RECOMMENDATIONS, 1)
        ]
        Recommendation.objects.bulk_create(rows)
        results = results_of(exercise)
        ReportVersion.objects.create(
            exercise=exercise,
            number=1,
            title=title_of(exercise),
            content=report_content(exercise, results),
            figures=figures_kept(results),
            published_by=lead,
            published_at=at,
        )
        inspection.published_by, inspection.published_at = lead, at
        inspection.save(update_fields=["published_by", "published_at"])
    coordinator = User.objects.filter(role=Role.MAPPA_COORDINATOR, area=areas[0]).first()
    with a_deed():
        FollowUp.objects.bulk_create(
            FollowUp(
                recommendation=row,
                on=timezone.localdate() - timedelta(days=ago),
                outcome=Outcome(how_far),
                words=words,
                written_by=coordinator or lead,
                written_at=timezone.now() - timedelta(days=ago),
            )
            for row, (how_far, ago, words) in zip(rows, BECAME, strict=True)
        )


def _said(words: FindingWords, area: Area, themes: Mapping[str, Theme]) -> Said:
    cited = [str(themes[title].key) for title in words.themes]
    about = area if words.of_area else None
    return Said(words.criterion, about, Sort(words.sort), words.text, words.questions, themes=cited)


def _finding(lead: User, exercise: Exercise, words: FindingWords, at: datetime) -> Finding:
    return Finding(
        exercise=exercise,
        criterion=words.criterion,
        sort=words.sort,
        text=words.text,
        questions=list(words.questions),
        written_by=lead,
        written_at=at,
        agreed_by=lead,
        agreed_at=at,
    )


def _recommendation(
    lead: User, exercise: Exercise, words: RecommendationWords, number: int, area: Area, at: datetime
) -> Recommendation:
    return Recommendation(
        exercise=exercise,
        number=number,
        text=words.text,
        owner=words.owner,
        area=area,
        due_on=timezone.localtime(at).date() + timedelta(days=words.days),
        standard=words.standard,
        written_by=lead,
        written_at=at,
    )
