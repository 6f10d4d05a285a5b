"""One drawn case as those who audit see it: its form, and what the record itself says beside each criterion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from openmappa.accounts.models import User
from openmappa.case_audits.models.audits import AuditAnswer, AuditedCase, CaseAudit
from openmappa.case_audits.models.feedback import Feedback
from openmappa.case_audits.queries.rules import form_in_service
from openmappa.cases.models import Case
from openmappa.cases.queries import responsible_line_managers
from openmappa.core.inspection.traits import Trait
from openmappa.core.packs.case_audits_rules import AuditCriterion
from openmappa.core.packs.load import packs_in_service
from openmappa.samples.models import ListedCase, SampledCase
from openmappa.samples.queries import drawn_of
from openmappa.timeline.models import Duty


@dataclass(frozen=True)
class SaidByTheRecord:
    """Duties of a standard on this case that were due by a day: how many were met on time, and of how many."""

    title: str
    on_time: int
    due: int


@dataclass(frozen=True)
class DrawnCase:
    """A drawn case with its form. ``form`` is None until something is saved."""

    audit: CaseAudit
    sampled: SampledCase
    case: Case
    level: str
    stratum: str
    form: AuditedCase | None
    answers: Mapping[str, AuditAnswer]
    criteria: Sequence[AuditCriterion]
    said: Mapping[str, Sequence[SaidByTheRecord]]
    feedback: Sequence[Feedback]

    @property
    def is_finished(self) -> bool:
        """Whether the form is finished."""
        return self.form is not None and self.form.finished_at is not None


def drawn_case(audit: CaseAudit, key: str) -> DrawnCase:
    """A case of the audit's sample that the reader can open. Raises Http404. About eight queries."""
    drawn = drawn_of(audit.exercise)
    people = ("case__person", "case__area", "case__case_manager", "case__police_officer", "case__standing")
    rows = (
        SampledCase.objects.filter(sample=drawn, key=key, left_at__isnull=True) if drawn else SampledCase.objects.none()
    )
    sampled = rows.select_related(*people).first()
    if drawn is None or sampled is None:
        raise Http404("No such case in this audit")
    listed = ListedCase.objects.get(case_list=drawn.case_list_id, key=key)
    level = str(listed.traits[Trait.LEVEL])
    form = AuditedCase.objects.filter(sampled=sampled).select_related("finished_by").first()
    criteria = form_in_service().of_level(level)
    return DrawnCase(
        audit,
        sampled,
        sampled.case,
        level,
        listed.stratum,
        form,
        {row.criterion: row for row in AuditAnswer.objects.filter(audited=form)} if form else {},
        criteria,
        said_by_the_record(sampled.case, criteria, audit.exercise.on),
        list(Feedback.objects.filter(audited=form).select_related("to__agency")) if form else [],
    )


def said_by_the_record(
    case: Case, criteria: Sequence[AuditCriterion], on: date
) -> dict[str, Sequence[SaidByTheRecord]]:
    """For each criterion what its standards say of this case up to a day. One query."""
    titles = {one.id: one.title for pack in packs_in_service() for one in pack.standards}
    wanted = {standard for one in criteria for standard in one.standards}
    counts: dict[str, list[int]] = {}
    for row in Duty.objects.filter(case=case, standard__in=wanted, due_on__lt=on, opened_on__lte=on):
        lapsed = row.closed_on is not None and row.closed_on <= row.due_on
        if not lapsed:
            found = counts.setdefault(row.standard, [0, 0])
            found[0] += row.met_on is not None and row.met_on <= row.due_on
            found[1] += 1
    return {
        one.id: [SaidByTheRecord(titles[each], *counts[each]) for each in one.standards if each in counts]
        for one in criteria
    }


def is_concerned(user: User, case: Case) -> bool:
    """Whether this person did or managed the work on the case, and so does not audit it. One query."""
    own = {case.police_officer_id, case.case_manager_id}
    return user.pk in own or any(one.pk == user.pk for one in responsible_line_managers(case))
