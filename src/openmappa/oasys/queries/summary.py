"""The summary sheet of one OASys, as every page that shows it needs it."""

from typing import Any

from openmappa.oasys.forms import STAGES
from openmappa.oasys.queries.likelihood import kept_likelihood, likelihood_of
from openmappa.oasys.queries.oasys import Written
from openmappa.timeline.queries.frame import CaseFrame


def sheet_of(frame: CaseFrame, found: Written) -> dict[str, Any]:
    """The context of `oasys/summary_sheet.html`. Of a signed OASys the likelihood is what was worked out then."""
    row = found.oasys
    return {
        "frame": frame,
        "oasys": row,
        "rules": found.rules,
        "summary": found.summary,
        "likelihood": kept_likelihood(row) if row.signed_at else likelihood_of(found.answers, row.pack),
        "stages": STAGES,
    }
