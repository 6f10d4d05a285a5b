"""A published report as a tagged PDF file (PDF/UA-1). Texts reach it as data, not markup."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from openmappa.findings.models import ReportVersion
from openmappa.ui.formats import day
from openmappa.ui.typesetting import typeset

DOCUMENTS = Path(__file__).parent / "documents"


def report_pdf(version: ReportVersion) -> bytes:
    """One version, as it was published: the same texts and figures as its page."""
    about = {
        "marking": settings.OPENMAPPA_MARKING,
        "version": f"Version {version.number}, published on {day(timezone.localdate(version.published_at))}",
        "corrects": version.corrects,
    }
    return typeset(DOCUMENTS / "report.typ", {**version.content, **about})
