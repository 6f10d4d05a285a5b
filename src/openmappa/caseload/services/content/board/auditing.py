"""The audits of a demonstration's first board: one that is closed, its feedback partly acknowledged; one under way."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import cycle, groupby
from typing import NamedTuple

from django.db.models import F
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.case_audits.models.audits import AuditAnswer, AuditedCase, CaseAudit
from openmappa.case_audits.models.feedback import Feedback
from openmappa.case_audits.queries.audits import audit_of
from openmappa.case_audits.queries.cases import DrawnCase, drawn_case
from openmappa.case_audits.services.auditing import (
    AnswerSaid,
    FormSaid,
    acknowledge_feedback,
    close_audit,
    finish_form,
    save_form,
)
from openmappa.case_audits.services.beginning import DrawSaid, begin_audit, draw_for_audit, let_audit
from openmappa.caseload.services.content.mappa.deeds import a_deed
from openmappa.caseload.services.content.mappa.people import Desk
from openmappa.caseload.services.content.moments import working_day
from openmappa.cases.models import Involvement
from openmappa.core.dates import add_working_days
from openmappa.core.inspection.traits import Whom
from openmappa.core.packs.case_audits_rules import AskedOf
from openmappa.core.synthetic.content.board.audit_words import (
    ANSWERS,
    AUDITS,
    MET,
    NOT_MET,
    AuditWords,
    CaseWords,
    answered,
)
from openmappa.samples.errors import NotDrawn
from openmappa.samples.models import Exercise, ExerciseMember, Gift, SampledCase
from openmappa.samples.queries import drawn_of, frame_of, last_list, sampled_cases

AT_LEAST = 2
TIME = time(15, 20)
FIRST_FORM_AFTER, ACKNOWLEDGED_AFTER = 3, timedelta(days=2)
"""In working days, and in days."""
LEFT_WAITING = 5
"""Every so many-th piece of feedback nobody has acknowledged yet."""


class Words(NamedTuple):
    """What is said of cases, each time the next: of those that met, of those that did not."""

    met: Iterator[CaseWords]
    not_met: Iterator[CaseWords]

    def on(self, case: DrawnCase) -> CaseWords:
        """The next words for a case of this level."""
        return next(self.met if any(one.asked_of is AskedOf.MEETINGS for one in case.criteria) else self.not_met)


def leave_audits(desk: Desk, member: User) -> int:
    """Leave the audits of the words to a member of a board and its coordinator; how many forms are finished."""
    found, words = 0, Words(cycle(MET), cycle(NOT_MET))
    for each in AUDITS:
        audit = _begun(desk, member, each)
        if audit is None:
            return found
        found += _answer(member, audit, each, words)
        _acknowledge(audit)
        if each.closed_ago:
            with a_deed(), as_person(member):
                close_audit(by=member, audit=audit, strengths=each.strengths, improvements=each.improvements)
            with a_deed():
                _date_back(audit, each)
    return found


def _begun(desk: Desk, member: User, words: AuditWords) -> CaseAudit | None:
    """Begun and drawn, the coordinator auditing as well; None where no case had a level on that day."""
    on = _day(words.listed_ago)
    at = _on(on) if words.closed_ago else None
    try:
        with a_deed(), as_person(member):
            audit = begin_audit(
                by=member, area=desk.area, title=words.title, why=words.why, on=on, whom=Whom.MAPPA, at=at
            )
            listed = last_list(audit.exercise)
            assert listed is not None
            sizes = frame_of(listed).sizes.values()
            size = min(words.cases, sum(sizes))
            said = DrawSaid(size, min(AT_LEAST, size // len(sizes), *sizes), words.seed, words.seed_from)
            draw_for_audit(by=member, audit=audit, said=said, at=at)
            let_audit(by=member, audit=audit, person=desk.coordinator)
    except NotDrawn:
        return None
    return audit


def _answer(member: User, audit: CaseAudit, said: AuditWords, words: Words) -> int:
    """Finish so many forms, one a day where that was then, and leave the next half done; how many were finished."""
    with a_deed(), as_person(member):
        row = audit_of([audit.area], audit.key)
        drawn = drawn_of(row.exercise)
        assert drawn is not None
        keys = list(sampled_cases(drawn).order_by("key").values_list("key", flat=True))
        for place, key in enumerate(keys[: said.finished]):
            case, on = drawn_case(row, key), add_working_days(_day(said.listed_ago), FIRST_FORM_AFTER + place)
            at = _on(on) if said.closed_ago else None
            finish_form(by=member, drawn=case, said=_form(case, words.on(case), place), at=at)
        for place, key in enumerate(keys[said.finished : said.finished + 1], said.finished):
            case = drawn_case(row, key)
            whole = _form(case, words.on(case), place)
            half = dict(list(whole.answers.items())[: len(whole.answers) // 2])
            save_form(by=member, drawn=case, said=FormSaid(half))
    return min(len(keys), said.finished)


def _form(case: DrawnCase, words: CaseWords, place: int) -> FormSaid:
    given = {one.id: answered(one.id, words, place) for one in case.criteria}
    said = {criterion: AnswerSaid(each.answer, each.cites, each.evidence) for criterion, each in given.items()}
    return FormSaid(said, words.strengths, words.improvements)


def _acknowledge(audit: CaseAudit) -> None:
    """Most of those who were told say that they have read it, and the first two of them answer."""
    with a_deed():
        told = list(Feedback.objects.filter(audit=audit).select_related("to").order_by("pk"))
    known = [row for place, row in enumerate(told) if place % LEFT_WAITING < LEFT_WAITING - 1]
    said = dict(zip((row.pk for row in known), ANSWERS, strict=False))
    for _, rows in groupby(sorted(known, key=lambda row: (row.to_id, row.pk)), key=lambda row: row.to_id):
        mine = list(rows)
        with a_deed(), as_person(mine[0].to):
            for row in mine:
                acknowledge_feedback(by=row.to, feedback=row, answer=said.get(row.pk, ""))


def _date_back(audit: CaseAudit, words: AuditWords) -> None:
    """Say that the rest of it was then as well."""
    at, closed = _on(_day(words.listed_ago)), _on(_day(words.closed_ago))
    exercise = audit.exercise
    CaseAudit.objects.filter(pk=audit.pk).update(closed_at=closed)
    Exercise.objects.filter(pk=exercise.pk).update(opened_at=at, ended_at=closed)
    ExerciseMember.objects.filter(exercise=exercise).update(from_at=at)
    SampledCase.objects.filter(sample__exercise=exercise).update(from_at=at)
    given = Gift.objects.filter(sampled__sample__exercise=exercise).values("involvement")
    Involvement.objects.filter(pk__in=given).update(from_at=at, given_at=at, ended_at=closed)
    for form in AuditedCase.objects.filter(audit=audit):
        AuditedCase.objects.filter(pk=form.pk).update(begun_at=form.finished_at)
        AuditAnswer.objects.filter(audited=form).update(answered_at=form.finished_at)
    known = Feedback.objects.filter(audit=audit, acknowledged_at__isnull=False)
    known.update(acknowledged_at=F("sent_at") + ACKNOWLEDGED_AFTER)


def _day(days_ago: int) -> date:
    return working_day(timezone.localdate() - timedelta(days=days_ago))


def _on(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, TIME))
