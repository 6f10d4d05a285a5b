"""Tables as comma-separated values that a spreadsheet opens without running anything in them.

A spreadsheet takes a cell that begins with =, +, -, @, | or % for a formula, also after spaces and unseen characters,
and a formula can send what stands in the table elsewhere. Such a cell is given an apostrophe first, which spreadsheets
read as "this is text" (OWASP, CSV injection; the same pattern as Primero's exports).
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

FORMULA = re.compile(r"[\ufeff\x00-\x1f\s]*[=+\-@|%]")
BYTE_ORDER_MARK = "\ufeff"
"""What a spreadsheet knows UTF-8 by; without it, names with accents come out wrong."""


def safe_cell(value: object) -> str:
    """A value as the text of a cell that no spreadsheet runs; nothing for None."""
    text = "" if value is None else str(value)
    return f"'{text}" if FORMULA.match(text) else text


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    """Rows as one text of comma-separated values: every cell safe and in quotes, lines ended as RFC 4180 says."""
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(
        [safe_cell(value) for value in row] for row in rows
    )
    return BYTE_ORDER_MARK + out.getvalue()
