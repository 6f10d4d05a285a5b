"""Audits of an area: how far each is, what was drawn, and what came of them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404

from openmappa.accounts.models import Area, User
from openmappa.case_audits.models.audits import AuditAnswer, AuditedCase, CaseAudit
from openmappa.case_audits.models.feedback import Feedback
from openmappa.case_audits.queries.rules import form_in_service
from openmappa.core.board.audits import EVERY, Answered, Results, change, counted, together
from openmappa.core.inspection.proportions import Difference
from openmappa.core.inspection.scores import Tally
from openmappa.core.packs.case_audits_rules import AuditCriterion
from openmappa.samples.models import CaseList, DrawnSample, SampledCase
from openmappa.samples.queries import drawn_of, last_list, sample_of, sampled_cases, works_on


@dataclass(frozen=True)
class CriterionResult:
    """How a criterion fared: in all cases together, by level, and against the audit before."""

    criterion: AuditCriterion
    every: Tally
    by_stratum: Sequence[tuple[str, Tally]]
    before: Tally | None
    change: Difference | None


@dataclass(frozen=True)
class CaseLine:
    """A drawn case that the reader can open, and how far its form is."""

    sampled: SampledCase
    audited: AuditedCase | None
    told: int
    acknowledged: int

    @property
    def stands(self) -> str:
        """How far it is, in words."""
        if self.audited is None:
            return "Not begun"
        return "Finished" if self.audited.finished_at else "Begun"


@dataclass(frozen=True)
class AuditShown:
    """An audit with its list, draw, cases and results, as far as the reader may see them."""

    audit: CaseAudit
    works: bool
    case_list: CaseList | None
    drawn: DrawnSample | None
    strata: Sequence[tuple[str, int, int]]
    keys: Sequence[str]
    lines: Sequence[CaseLine]
    results: Sequence[CriterionResult]

    @property
    def hidden_keys(self) -> list[str]:
        """The keys of drawn cases that the reader cannot open: restricted, or disposed of since."""
        there = {line.sampled.key for line in self.lines}
        return [key for key in self.keys if key not in there]

    @property
    def unfinished(self) -> int:
        """How many of those that can be opened are not finished."""
        return sum(line.audited is None or line.audited.finished_at is None for line in self.lines)


def audits_of(area: Area) -> list[CaseAudit]:
    """The audits of an area, the latest first. One query."""
    return list(CaseAudit.objects.filter(area=area).select_related("exercise", "begun_by"))


def audit_of(areas: Sequence[Area], key: uuid.UUID) -> CaseAudit:
    """One audit of these areas. Raises Http404. One query."""
    rows = CaseAudit.objects.filter(area__in=areas, key=key)
    row = rows.select_related("area", "exercise", "begun_by", "closed_by").first()
    if row is None:
        raise Http404("No such audit")
    return row


def audit_shown(user: User, audit: CaseAudit) -> AuditShown:
    """An audit with all that its page shows to this person. About ten queries, however many cases there are."""
    works = audit.is_open and works_on(user, audit.exercise)
    drawn = drawn_of(audit.exercise)
    lines = _lines(drawn) if works and drawn is not None else []
    keys, strata = _drawn_by_stratum(drawn)
    results = _results(audit, lines)
    return AuditShown(audit, works, last_list(audit.exercise), drawn, strata, keys, lines, results)


def results_of(audits: Sequence[CaseAudit]) -> Results:
    """Closed audits by the present version of the form, added up."""
    version = form_in_service().version
    return together(audit.found for audit in audits if audit.closed_at and audit.form_version == version)


def results_in_lines(now: Results, before: Results | None = None) -> list[CriterionResult]:
    """Results criterion by criterion in the form's order, those that nobody answered left out."""
    return [
        CriterionResult(
            one,
            now.tally(one.id),
            [(stratum, now.tally(one.id, stratum)) for stratum in now.strata],
            before.tally(one.id) if before else None,
            change(now, before, one.id) if before else None,
        )
        for one in form_in_service().criteria
        if now.tally(one.id, EVERY).asked
    ]


def answers_counted(audited: Sequence[AuditedCase]) -> dict[str, dict[str, dict[str, int]]]:
    """How often each answer was given on finished forms, as it is kept. One query."""
    strata = {one.pk: one.stratum for one in audited if one.finished_at is not None}
    rows = AuditAnswer.objects.filter(audited__in=list(strata))
    return counted(Answered(strata[row.audited_id], row.criterion, row.given) for row in rows)


def _lines(drawn: DrawnSample) -> list[CaseLine]:
    sampled = list(sampled_cases(drawn))
    audited = {row.sampled_id: row for row in AuditedCase.objects.filter(sampled__in=sampled)}
    told: dict[int, list[bool]] = {}
    for row in Feedback.objects.filter(audited__in=list(audited.values())):
        told.setdefault(row.audited_id, []).append(row.acknowledged_at is not None)
    return [
        CaseLine(one, form, len(known), sum(known))
        for one in sampled
        for form in [audited.get(one.pk)]
        for known in [told.get(form.pk, []) if form else []]
    ]


def _drawn_by_stratum(drawn: DrawnSample | None) -> tuple[list[str], list[tuple[str, int, int]]]:
    """The keys that are in the sample; and for each stratum how many cases there were and how many were drawn."""
    if drawn is None:
        return [], []
    sample = sample_of(drawn)
    return sorted(sample.members()), [(each.stratum, each.size, len(each.drawn)) for each in sample.draw.groups]


def _results(audit: CaseAudit, lines: Sequence[CaseLine]) -> list[CriterionResult]:
    if not audit.is_open:
        earlier = CaseAudit.objects.filter(
            area=audit.area, closed_at__lt=audit.closed_at, form_version=audit.form_version
        ).order_by("-closed_at")
        before = earlier.first()
        return results_in_lines(audit.found, before.found if before else None)
    return results_in_lines(Results(answers_counted([line.audited for line in lines if line.audited])))
