"""Work under way in the first area, for whoever tries it: new cases, a draft OASys, one that was returned."""

from io import BytesIO
from typing import BinaryIO

from django.utils import timezone

from openmappa.accounts.models import Area, User
from openmappa.assessments.queries import PACK
from openmappa.caseload.services.checking import Report
from openmappa.caseload.services.content.filed import author_of
from openmappa.caseload.services.importing import Watcher, import_caseload
from openmappa.cases.models import Case
from openmappa.core.caseload import Header, header_line, record_line
from openmappa.core.instruments.oasys.copying import copied_forward
from openmappa.core.packs.load import load_oasys
from openmappa.core.synthetic.content.live import NEW, newcomers
from openmappa.oasys.models import Oasys, OasysSection

STAFF = {"case_manager": "probation1", "police_officer": "police1"}
RETURNED = (
    "Thank you. Two things before I can countersign: say in the harm summary when harm is most likely, and what the "
    "police officer saw on the last visit. The scores are fine."
)


def add_newcomers(source: str, report: Report, watcher: Watcher) -> None:
    """Import those that nobody has worked on, unless they are there or the area has no such staff."""
    first = Case.objects.filter(source=source).select_related("area").order_by("pk").first()
    if first is None:
        return
    prefix = first.reference.partition("-")[0]
    staff = _staff(first.area)
    if len(staff) < len(STAFF) or Case.objects.filter(source=source, reference=f"{prefix}-{NEW}").exists():
        return
    today = timezone.localdate()
    people = newcomers(prefix, first.area.code, first.force, staff, today)
    lines = [header_line(Header(source, today)), *map(record_line, people)]
    file: BinaryIO = BytesIO(b"".join(lines))
    import_caseload(file=file, report=report, watcher=watcher, author=author_of)


def leave_work_open(source: str) -> int:
    """A draft OASys that is half confirmed, and one that the line manager returned; returns how many are new.

    On the oldest cases of the first area's first case manager that have something to begin with.
    """
    first = Case.objects.filter(source=source).order_by("pk").first()
    manager = User.objects.filter(username=_staff(first.area).get("case_manager")).first() if first else None
    managers = User.objects.filter(username__endswith=".manager.probation", area=manager.area if manager else None)
    line_manager = managers.first()
    if manager is None or line_manager is None or Oasys.objects.filter(returned_at__isnull=False).exists():
        return 0
    held = Case.objects.filter(source=source, case_manager=manager, standing__closed=False, standing__supervised=True)
    signed = Oasys.objects.filter(case__in=held, signed_at__isnull=False)
    last = {oasys.case_id: oasys for oasys in signed.order_by("fact__on", "fact_id")}
    waiting = [oasys for _, oasys in sorted(last.items()) if oasys.is_waiting]
    if len(waiting) < 2:
        return 0
    returned, begun = waiting[:2]
    Oasys.objects.filter(pk=returned.pk).update(
        returned_by=line_manager, returned_at=timezone.now(), return_comment=RETURNED
    )
    _begin(begun, manager)
    return 2


def _begin(last: Oasys, manager: User) -> None:
    """The next review as a draft: copied forward, with the first half of its sections confirmed."""
    rules = load_oasys(PACK)
    copied = copied_forward(rules, {row.section: row.answers for row in last.sections.all()})
    draft = Oasys.objects.create(case_id=last.case_id, stage="review", copied_from=last, pack=PACK, started_by=manager)
    half = len(copied.answers) // 2
    OasysSection.objects.bulk_create(
        OasysSection(
            case_id=last.case_id,
            oasys=draft,
            section=slug,
            answers=answers,
            unconfirmed=[] if place < half else sorted(copied.unconfirmed[slug]),
            saved_by=manager,
            saved_at=timezone.now(),
        )
        for place, (slug, answers) in enumerate(copied.answers.items())
    )


def _staff(area: Area) -> dict[str, str]:
    """The sign-ins of the first case manager and the first police officer of an area, as far as there are any."""
    people = User.objects.filter(area=area).values_list("username", flat=True)
    found = {slot: sorted(name for name in people if name.endswith(f".{end}")) for slot, end in STAFF.items()}
    return {slot: names[0] for slot, names in found.items() if names}
