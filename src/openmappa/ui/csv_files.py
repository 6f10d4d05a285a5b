"""Tables that leave the service as files: marked, with who exported them, for whom, and as at when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from openmappa.core.spreadsheets import as_csv
from openmappa.ui.formats import instant


@dataclass(frozen=True)
class Sharing:
    """Who takes something out of the record, who will receive it, and why."""

    by: str
    recipient: str
    purpose: str


def marked_csv(title: str, sharing: Sharing, header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as comma-separated values under its protective marking: what it is, as at when, by whom, for whom, why.

    The marking stands first and last, so that neither end of a print is without.
    """
    marking = settings.OPENMAPPA_MARKING
    above: list[Sequence[object]] = [
        [marking],
        [title],
        ["As the record stood on", instant(timezone.localtime())],
        ["Exported by", sharing.by],
        ["For", sharing.recipient],
        ["Why", sharing.purpose],
        [],
        header,
    ]
    return as_csv([*above, *rows, [], [marking]])


def csv_answer(name: str, text: str) -> HttpResponse:
    """A file to keep, which no browser opens as a page and none keeps a copy of."""
    answer = HttpResponse(text.encode("utf-8"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer
