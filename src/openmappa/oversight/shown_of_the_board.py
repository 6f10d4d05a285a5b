"""What the pages of the board's audits, good practice and annual reports show of cases, for the table in ``shown``."""

from collections.abc import Mapping

AUDIT_FIGURES = tuple(
    f"case_audits:{name}" for name in ("again", "begin", "close", "draw", "leave", "list", "people", "replace")
)
"""Pages of audits that show none of the drawn cases: counts, people, keys."""
LIBRARY = tuple(f"good_practice:{name}" for name in ("add", "list", "show", "withdraw"))
"""The library of good practice, which holds nothing of any case."""
ANNUAL_REPORTS = tuple(
    f"annual_report:{name}" for name in ("begin", "draft", "list", "pdf", "publish", "show", "standards", "write")
)
"""Annual reports, which hold counts and no case."""
AUDIT_PAGES: Mapping[str, str] = {
    "case_audits:audit": "An audit of cases",
    "case_audits:case": "Form of an audited case",
    "case_audits:feedback": "Feedback of an audit",
    "case_audits:feedback_list": "Feedback of audits",
}
"""Pages that name drawn cases, by their names for people."""
