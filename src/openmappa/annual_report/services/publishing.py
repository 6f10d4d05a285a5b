"""Publishing an annual report: what stands now is kept word by word as the next version."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.annual_report.errors import NotTheirs, NotWritten
from openmappa.annual_report.models import AnnualReport, Commentary, PublishedReport
from openmappa.annual_report.queries.content import report_content, seal_of, title_of
from openmappa.annual_report.queries.reading import publishes
from openmappa.annual_report.services.writing import require_to_write
from openmappa.audit.services import log
from openmappa.core.access import PERMISSIONS, Permission
from openmappa.core.board.annual_report import Section
from openmappa.notices.services import tell

KIND = "annual_report"
NOT_YOURS = "The coordinator, or the member who has the chair, publishes the report."
MOVED_ON = (
    "A figure or a word of the report has changed since you opened this page. Read the draft again, then publish it."
)


def what_stands_in_the_way(report: AnnualReport) -> list[str]:
    """Why it cannot be published yet, in sentences. One query."""
    written = Commentary.objects.filter(report=report, section=Section.FOREWORD).exclude(words="").exists()
    return [] if written else ["The foreword is not written."]


def publish_report(
    *, by: User, report: AnnualReport, seen: str, corrects: str = "", at: datetime | None = None
) -> PublishedReport:
    """Publish what stands now, as whoever may: it is kept for good, and those who see figures of the area are told.

    ``seen`` is the seal of the draft that was read (``seal_of``). Later it is published anew as a correction, which
    says what was corrected. ``at`` is when it was published, of one that is entered later: it is dated as of then,
    and nobody is told now. Raises NotAllowed, NotTheirs, NotWritten.
    """
    require_to_write(by, report.area)
    on = timezone.localdate(at)
    if not publishes(by, report.area, timezone.localdate()):
        raise NotTheirs(NOT_YOURS)
    with transaction.atomic():
        held = AnnualReport.objects.select_for_update(of=("self",)).select_related("area").get(pk=report.pk)
        if missing := what_stands_in_the_way(held):
            raise NotWritten({"": " ".join(missing)})
        content = report_content(held, on)
        if seal_of(content) != seen:
            raise NotWritten({"": MOVED_ON})
        last = PublishedReport.objects.filter(report=held).aggregate(last=Max("number"))["last"] or 0
        if last and not corrects.strip():
            raise NotWritten({"corrects": "Say what is corrected, and why"})
        row = PublishedReport.objects.create(
            report=held,
            number=last + 1,
            title=title_of(held),
            content=content,
            corrects=corrects.strip() if last else "",
            published_by=by,
            published_at=at or timezone.now(),
        )
        about = {"report": str(held.key), "area": held.area.code, "number": row.number}
        log(by=by, verb="publish annual report", about=about, operation="disclosure", recipient="its readers")
        if at is not None:
            return row
        readers = PERMISSIONS[Permission.VIEW_FIGURES]
        people = User.objects.filter(role__in=readers, area=held.area, is_active=True).exclude(pk=by.pk)
        link = reverse("annual_report:show", kwargs={"report": held.key, "number": row.number})
        tell(people=people, kind=KIND, words=f"The MAPPA annual report {held.of.short} is published.", link=link)
        return row
