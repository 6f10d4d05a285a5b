"""Recommendations, the report as it goes out, and what becomes of it."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import Agency, Area, User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.findings.errors import NotTheirs, NotWritten
from openmappa.findings.models import (
    Feedback,
    Finding,
    FollowUp,
    Outcome,
    Owner,
    Recommendation,
    Remark,
    ReportVersion,
)
from openmappa.findings.queries.inspected import themes_chosen, themes_removed, title_of
from openmappa.findings.queries.reading import (
    ANSWER_FOR_AREA,
    follows_up,
    refuse_unless_leading,
    refuse_unless_working,
)
from openmappa.findings.queries.report import figures_kept, good_practice_found, report_content
from openmappa.findings.queries.results import results_of
from openmappa.good_practice.services import keep_found
from openmappa.inspections.models import Inspection
from openmappa.inspections.services.inspecting import publish_inspection
from openmappa.interviews.services import keep_published
from openmappa.notices.services import tell
from openmappa.samples.models import Exercise

KIND = "inspection"


@dataclass(frozen=True)
class Recommended:
    """What is to be done, by whom and by when; ``standard`` is the id of the one that measures it, or ""."""

    text: str
    owner: Owner
    area: Area | None
    agency: Agency | None
    due_on: date
    standard: str = ""


def recommend(
    *, by: User, exercise: Exercise, said: Recommended, submission: uuid.UUID | None = None
) -> Recommendation:
    """Add a recommendation; it has the next number. Raises NotAllowed, NotTheirs, NotWritten."""
    require(by, Permission.READ_INSPECTION_REPORTS)
    refuse_unless_working(by, exercise)
    of_agency = said.owner is Owner.AGENCY
    problems = {}
    if not said.text.strip():
        problems["text"] = "Write what is to be done"
    if of_agency and said.agency is None:
        problems["agency"] = "Select the agency that is to do it"
    if not of_agency and said.area is None:
        problems["area"] = "Select the area that is to do it"
    if problems:
        raise NotWritten(problems)
    with transaction.atomic():
        if submission and (same := Recommendation.objects.filter(submission=submission).first()):
            return same
        held = Exercise.objects.select_for_update(of=("self",)).get(pk=exercise.pk)
        last = Recommendation.objects.filter(exercise=held).aggregate(last=Max("number"))["last"] or 0
        row = Recommendation.objects.create(
            submission=submission,
            exercise=held,
            number=last + 1,
            text=said.text.strip(),
            owner=said.owner,
            area=None if of_agency else said.area,
            agency=said.agency if of_agency else None,
            due_on=said.due_on,
            standard=said.standard,
            written_by=by,
            written_at=timezone.now(),
        )
        about = {"inspection": str(exercise.key), "number": row.number, "owner": row.owner_words}
        log(by=by, verb="recommend", about=about)
        return row


def what_stands_in_the_way(exercise: Exercise) -> list[str]:
    """Why its report cannot be published yet, in sentences. A fixed number of queries."""
    rows = Finding.objects.filter(exercise=exercise)
    found = []
    if not rows.filter(agreed_at__isnull=False).exists():
        found.append("No finding is agreed.")
    if drafts := rows.filter(agreed_at__isnull=True).count():
        found.append(f"Findings that are drafts: {drafts}. Agree them, or take them away.")
    if waiting := Remark.objects.filter(finding__exercise=exercise, answered_at__isnull=True).count():
        found.append(f"Remarks of areas that are not answered: {waiting}.")
    found += [
        f"A finding rests on the theme “{title}”, which was removed. Change the finding."
        for title in themes_removed(exercise, rows)
    ]
    told = Feedback.objects.filter(exercise=exercise).values("area")
    names = rows.filter(area__isnull=False).exclude(area__in=told).values_list("area__name", flat=True)
    found += [f"{name} has not been sent what was found there." for name in sorted(set(names))]
    return found


def publish_report(*, by: User, exercise: Exercise, corrects: str = "") -> ReportVersion:
    """Publish the report as it stands now, as whoever leads: it is kept word by word, and its areas are told.

    Later it is published anew as a correction, which says what was corrected. Raises NotAllowed, NotTheirs, NotWritten.
    """
    require(by, Permission.READ_INSPECTION_REPORTS)
    refuse_unless_leading(by, exercise)
    with transaction.atomic():
        held = Exercise.objects.select_for_update(of=("self",)).get(pk=exercise.pk)
        if missing := what_stands_in_the_way(held):
            raise NotWritten({"": " ".join(missing)})
        last = ReportVersion.objects.filter(exercise=held).aggregate(last=Max("number"))["last"] or 0
        if last and not corrects.strip():
            raise NotWritten({"corrects": "Say what is corrected, and why"})
        results = results_of(held)
        row = ReportVersion.objects.create(
            exercise=held,
            number=last + 1,
            title=title_of(held),
            content=report_content(held, results),
            figures=figures_kept(results),
            corrects=corrects.strip() if last else "",
            published_by=by,
            published_at=timezone.now(),
        )
        cited = [key for each in Finding.objects.filter(exercise=held, agreed_at__isnull=False) for key in each.themes]
        keep_published(exercise=held, keys=themes_chosen(held, cited))
        if not last:
            publish_inspection(by=by, inspection=Inspection.objects.get(exercise=held))
        kept = keep_found(
            by=by, inspection=held.key, report=row.title, number=row.number, found=good_practice_found(held)
        )
        about = {"inspection": str(held.key), "number": row.number, "good_practice": kept}
        log(by=by, verb="publish inspection report", about=about, operation="disclosure", recipient="its readers")
        areas = held.in_areas.values("area")
        people = User.objects.filter(role__in=ANSWER_FOR_AREA, area__in=areas, is_active=True)
        link = reverse("findings:published", kwargs={"inspection": held.key, "number": row.number})
        tell(people=people, kind=KIND, words="The report of an inspection of your area is published.", link=link)
        return row


def follow_up(*, by: User, recommendation: Recommendation, on: date, outcome: Outcome, words: str) -> FollowUp:
    """Say what had become of a published recommendation on a day. Raises NotAllowed, NotTheirs, NotWritten."""
    require(by, Permission.READ_INSPECTION_REPORTS)
    if not follows_up(by, recommendation):
        raise NotTheirs("Its owner’s people, and inspectors, say what became of a recommendation.")
    if not ReportVersion.objects.filter(exercise_id=recommendation.exercise_id).exists():
        raise NotWritten({"": "The report is not published yet."})
    problems = {}
    if not words.strip():
        problems["words"] = "Say what happened"
    if on > timezone.localdate():
        problems["on"] = "The day must be today or in the past"
    if problems:
        raise NotWritten(problems)
    with transaction.atomic():
        row = FollowUp.objects.create(
            recommendation=recommendation,
            on=on,
            outcome=outcome,
            words=words.strip(),
            written_by=by,
            written_at=timezone.now(),
        )
        about = {"recommendation": str(recommendation.key), "outcome": str(outcome), "on": on.isoformat()}
        log(by=by, verb="follow recommendation up", about=about)
        return row
