"""A plan that leaves the record: the offender's own copy, and a copy for a file. Each is logged as a disclosure."""

from collections.abc import Iterable

from django.db import transaction

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.core.compartments import Compartment, FieldClass
from openmappa.plans.errors import NamesShared
from openmappa.plans.models.plan import Plan
from openmappa.plans.pdf import glance_pdf, offender_pdf
from openmappa.plans.queries.file_copy import file_parts
from openmappa.plans.queries.glance import glance
from openmappa.plans.queries.offender import offender_plan, warnings
from openmappa.timeline.queries.frame import CaseFrame
from openmappa.ui.csv_files import Sharing

TO_THE_OFFENDER = "the offender"
READ = (FieldClass.PERSONAL.value, FieldClass.SENSITIVE.value)


def copy_for_the_offender(*, by: User, frame: CaseFrame, plan: Plan, harmless: Iterable[str] = ()) -> bytes:
    """The offender's copy as a PDF file, logged as a disclosure to the offender.

    Raises NotAllowed, and NamesShared while a word of it may be a name from what they must not see, unless the person
    says that this word is harmless (``harmless``, in any case), which the log keeps.
    """
    require(by, Permission.RECORD_ASSESSMENT)
    seen = glance(plan, frame.today)
    copy = offender_plan(frame, seen)
    fine = {word.casefold() for word in harmless}
    left = [found for found in warnings(frame, copy) if found.word.casefold() not in fine]
    if left:
        raise NamesShared(left)
    with transaction.atomic():
        made = offender_pdf(copy)
        about = {"as": "PDF file", "why": "the offender's own copy of their plan", "plan": plan.pk}
        _disclosed(by, plan, "copy plan for offender", {**about, "words_let_pass": len(fine)}, TO_THE_OFFENDER)
        return made


def copy_for_a_file(
    *, by: User, frame: CaseFrame, plan: Plan, sharing: Sharing, confidential: bool, marking: str
) -> bytes:
    """The plan at a glance as a marked PDF file; with its confidential part only where that is asked for.

    Raises NotAllowed.
    """
    require(by, Permission.EXPORT_CASE)
    seen = glance(plan, frame.today)
    with transaction.atomic():
        title = f"{plan.get_kind_display()}, version {plan.version}: {frame.case.reference}"
        lead = f"For {sharing.recipient}. Why: {sharing.purpose}\nTaken out by {sharing.by}"
        made = glance_pdf(title=title, lead=lead, marking=marking, parts=file_parts(frame, seen, confidential))
        places = [Compartment.OPEN.value, *([Compartment.CONFIDENTIAL.value] if confidential else [])]
        about = {"as": "PDF file", "why": sharing.purpose, "plan": plan.pk, "compartments": places}
        _disclosed(by, plan, "export plan", about, sharing.recipient)
        return made


def _disclosed(by: User, plan: Plan, verb: str, about: dict[str, object], recipient: str) -> None:
    log(
        by=by,
        verb=verb,
        case_id=plan.case_id,
        about=about,
        operation="disclosure",
        classes=READ,
        recipient=recipient,
        channel="export",
    )
