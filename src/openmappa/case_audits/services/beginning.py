"""Beginning an audit, drawing its cases, who works on it, replacing a case."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import Area, User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.case_audits.errors import NotTheirs
from openmappa.case_audits.models.audits import AuditedCase, CaseAudit
from openmappa.case_audits.queries.rules import form_in_service
from openmappa.core.access import Permission
from openmappa.core.inspection.sample import Rules
from openmappa.core.inspection.traits import Strata, Whom
from openmappa.core.involvement import InvolvementKind
from openmappa.samples.errors import NotDrawn
from openmappa.samples.models import DrawnSample, ExerciseMember, Ground, Replacement, SampledCase
from openmappa.samples.queries import drawn_of, works_on
from openmappa.samples.services.drawing import draw_cases, list_cases, replace_sampled
from openmappa.samples.services.exercises import begin_exercise, let_go, let_work


@dataclass(frozen=True)
class DrawSaid:
    """How many cases are drawn, at least how many of each level, and by which seed."""

    size: int
    at_least: int
    seed: str
    seed_from: str


def require_work(by: User, audit: CaseAudit) -> None:
    """Raise NotAllowed unless the person audits cases, NotTheirs unless they work on this audit."""
    require(by, Permission.AUDIT_CASES)
    if not works_on(by, audit.exercise):
        raise NotTheirs("You do not work on this audit. Whoever leads it lets others join.")


def begin_audit(
    *,
    by: User,
    area: Area,
    title: str,
    why: str,
    on: date,
    whom: Whom,
    submission: uuid.UUID | None = None,
    at: datetime | None = None,
) -> CaseAudit:
    """Begin an audit of the cases of a day, and list them. The same form sent again returns the first.

    ``at`` is when it was begun, of one that is entered later; now where it is left out.

    Raises NotAllowed, NotTheirs (another area), NotDrawn (no such case, a day to come).
    """
    require(by, Permission.KEEP_BOARD)
    if by.area_id != area.pk:
        raise NotTheirs("The board of an area audits its own cases.")
    with transaction.atomic():
        earlier = CaseAudit.objects.filter(submission=submission).first() if submission else None
        if earlier is not None:
            return earlier
        exercise = begin_exercise(by=by, purpose=InvolvementKind.AUDIT, on=on, areas=[area])
        made = list_cases(by=by, exercise=exercise, whom=whom, strata=Strata.LEVEL, at=at)
        audit = CaseAudit.objects.create(
            submission=submission,
            area=area,
            exercise=exercise,
            title=title.strip(),
            why=why.strip(),
            form_version=form_in_service().version,
            begun_by=by,
            begun_at=at or timezone.now(),
        )
        about = {"audit": str(audit.key), "on": on, "whom": whom, "listed": made.size, "digest": made.digest}
        log(by=by, verb="begin case audit", about=about)
        return audit


def draw_for_audit(*, by: User, audit: CaseAudit, said: DrawSaid, at: datetime | None = None) -> DrawnSample:
    """Draw the cases, apart by level, and open them to those who work on it. Raises NotAllowed, NotTheirs, NotDrawn.

    ``at`` is when they were drawn, of an audit that is entered later; now where it is left out.
    """
    require_work(by, audit)
    with transaction.atomic():
        rules = Rules(size=said.size, at_least=said.at_least)
        drawn = draw_cases(by=by, exercise=audit.exercise, seed=said.seed, seed_from=said.seed_from, rules=rules, at=at)
        about = {"audit": str(audit.key), "seed": drawn.seed, "size": said.size, "at_least": said.at_least}
        log(by=by, verb="draw cases for audit", about=about, case_ids=_drawn_cases(drawn))
        return drawn


def let_audit(*, by: User, audit: CaseAudit, person: User) -> ExerciseMember:
    """Let somebody of the area audit as well: what was drawn opens to them at once. Raises NotAllowed, NotDrawn."""
    require_work(by, audit)
    if person.area_id != audit.area_id or not person.may(Permission.AUDIT_CASES):
        raise NotDrawn({"person": "Choose a member of the board, a line manager or a coordinator of this area"})
    with transaction.atomic():
        member = let_work(by=by, exercise=audit.exercise, person=person)
        drawn = drawn_of(audit.exercise)
        about = {"audit": str(audit.key), "person": person.pk}
        log(by=by, verb="let somebody audit", about=about, case_ids=_drawn_cases(drawn) if drawn else [])
        return member


def end_auditing(*, by: User, audit: CaseAudit, member: ExerciseMember) -> ExerciseMember:
    """End somebody's work on an audit: what they were given for it closes. Raises NotAllowed, NotTheirs, NotDrawn."""
    require_work(by, audit)
    with transaction.atomic():
        row = let_go(by=by, member=member)
        log(by=by, verb="end somebody's auditing", about={"audit": str(audit.key), "person": row.person_id})
        return row


def replace_audited(*, by: User, audit: CaseAudit, key: str, ground: Ground, words: str = "") -> Replacement:
    """Put the next reserve in the place of a case that cannot be audited. Raises NotAllowed, NotTheirs, NotDrawn.

    A case whose form is begun is not replaced: what is known of it would be lost from the results.
    """
    require_work(by, audit)
    with transaction.atomic():
        drawn = drawn_of(audit.exercise)
        if drawn is None:
            raise NotDrawn({"": "Nothing is drawn yet."})
        if AuditedCase.objects.filter(audit=audit, sampled__key=key).exists():
            raise NotDrawn({"": "The form of this case is begun. Finish it instead."})
        made = replace_sampled(by=by, drawn=drawn, key=key, ground=ground, words=words)
        about = {"audit": str(audit.key), "out": key, "into": made.into_key, "ground": ground}
        log(by=by, verb="replace case of audit", about=about)
        return made


def _drawn_cases(drawn: DrawnSample) -> list[int]:
    rows = SampledCase.objects.filter(sample=drawn, left_at__isnull=True)
    return sorted(rows.values_list("case_id", flat=True))
