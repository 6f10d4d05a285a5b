"""Writing findings, changing them, agreeing them, and taking a draft away."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import Area, User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.findings.errors import NotWritten
from openmappa.findings.models import Finding, Remark, Sort
from openmappa.findings.queries.inspected import criteria_of
from openmappa.findings.queries.reading import refuse_unless_leading, refuse_unless_working
from openmappa.interviews.models import Theme
from openmappa.samples.models import Exercise
from openmappa.samples.queries import areas_of, drawn_of, sample_of

CHANGED = "Somebody changed this finding after you opened it. Open it again, and copy what you typed."


@dataclass(frozen=True)
class Said:
    """What a finding says. ``questions`` are codes of its criterion, ``cases`` keys of cases in the sample,
    ``themes`` keys of themes of its interviews.
    """

    criterion: str
    area: Area | None
    sort: Sort
    text: str
    questions: Sequence[str] = ()
    cases: Sequence[str] = ()
    themes: Sequence[str] = ()


def write_finding(*, by: User, exercise: Exercise, said: Said, submission: uuid.UUID | None = None) -> Finding:
    """Write a draft. A form sent twice writes one. Raises NotAllowed, NotTheirs, NotWritten."""
    require(by, Permission.READ_INSPECTION_REPORTS)
    refuse_unless_working(by, exercise)
    kept = _checked(exercise, said)
    with transaction.atomic():
        if submission and (same := Finding.objects.filter(submission=submission).first()):
            return same
        row = Finding.objects.create(
            submission=submission, exercise=exercise, written_by=by, written_at=timezone.now(), **kept
        )
        _log(by, row, "write finding")
        return row


def change_finding(*, by: User, finding: Finding, said: Said, seen: int | None) -> Finding:
    """Change what it says. It is a draft again until it is agreed. Raises NotAllowed, NotTheirs, NotWritten."""
    require(by, Permission.READ_INSPECTION_REPORTS)
    refuse_unless_working(by, finding.exercise)
    kept = _checked(finding.exercise, said)
    with transaction.atomic():
        row = _locked(finding)
        if seen != row.version:
            raise NotWritten({"": CHANGED})
        for name, value in kept.items():
            setattr(row, name, value)
        row.version += 1
        row.agreed_by, row.agreed_at = None, None
        row.save()
        _log(by, row, "change finding")
        return row


def agree_finding(*, by: User, finding: Finding) -> Finding:
    """Agree a draft, as whoever leads: it is part of the report, and of the feedback to its area. Raises NotTheirs."""
    require(by, Permission.READ_INSPECTION_REPORTS)
    refuse_unless_leading(by, finding.exercise)
    with transaction.atomic():
        row = _locked(finding)
        if row.is_agreed:
            return row
        row.agreed_by, row.agreed_at = by, timezone.now()
        row.version += 1
        row.save(update_fields=["agreed_by", "agreed_at", "version"])
        _log(by, row, "agree finding")
        return row


def take_away_finding(*, by: User, finding: Finding) -> None:
    """Take a draft away that no area has remarked on. Raises NotAllowed, NotTheirs, NotWritten."""
    require(by, Permission.READ_INSPECTION_REPORTS)
    refuse_unless_working(by, finding.exercise)
    with transaction.atomic():
        row = _locked(finding)
        if row.is_agreed or Remark.objects.filter(finding=row).exists():
            raise NotWritten({"": "It is agreed, or its area has remarked on it. Change it instead."})
        _log(by, row, "take finding away")
        row.delete()


def _checked(exercise: Exercise, said: Said) -> dict[str, object]:
    problems = {}
    criterion = criteria_of(exercise).get(said.criterion)
    if criterion is None:
        problems["criterion"] = "Select a criterion of this inspection"
    if not said.text.strip():
        problems["text"] = "Write what you found"
    if said.area is not None and said.area not in areas_of(exercise):
        problems["area"] = "Select an area of this inspection"
    codes = {question.code for question in criterion.questions} if criterion else set()
    if set(said.questions) - codes:
        problems["questions"] = "Cite questions of the criterion that you chose"
    drawn = drawn_of(exercise) if said.cases else None
    there = set(sample_of(drawn).drawn) if drawn else set()
    if unknown := [key for key in said.cases if key not in there]:
        problems["cases"] = f"{unknown[0]} is no key of a case in the sample. Keys stand on the page of the sample"
    known = (
        {str(key) for key in Theme.objects.filter(exercise=exercise, ended_at=None).values_list("key", flat=True)}
        if said.themes
        else set()
    )
    if set(said.themes) - known:
        problems["themes"] = "Select themes of this inspection"
    if problems:
        raise NotWritten(problems)
    return {
        **{"criterion": said.criterion, "area": said.area, "sort": said.sort, "text": said.text.strip()},
        **{"questions": list(dict.fromkeys(said.questions)), "cases": list(dict.fromkeys(said.cases))},
        "themes": list(dict.fromkeys(said.themes)),
    }


def _locked(finding: Finding) -> Finding:
    return Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)


def _log(by: User, row: Finding, verb: str) -> None:
    about = {"inspection": str(row.exercise.key), "finding": str(row.key), "criterion": row.criterion}
    log(by=by, verb=verb, about=about | {"area": row.area.code if row.area else "", "cites": len(row.cases)})
