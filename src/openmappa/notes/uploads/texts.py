"""Text, tables and e-mails: readable as UTF-8, and nothing in them that a spreadsheet or mail reader would run."""

import csv
import io
import re
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage

from openmappa.core.spreadsheets import FORMULA
from openmappa.notes.uploads.refusal import Refused

UNREADABLE = "This is not text in UTF-8, so its letters might be shown wrongly. Save it as UTF-8 text and try."
NUMBER = re.compile(r"[\ufeff\s]*[+-][\d\s().,/:-]*%?")
"""What starts with a sign and is no formula: a number, a day, a telephone number."""
MOST_PIECES = 50
MOST_LAYERS = 3
ACTIVE = re.compile(r"<\s*(script|iframe|object|embed|applet)\b|\bjavascript\s*:", re.IGNORECASE)
AS_A_PDF = "Print the e-mail to a PDF and attach that, and attach what it carried by itself."
CheckPiece = Callable[[str, bytes, int], object]


def txt(content: bytes) -> bytes:
    """Plain text in UTF-8, as it came. Raises Refused."""
    _text(content)
    return content


def table(content: bytes) -> bytes:
    """Comma-separated values in UTF-8 without formulas, as they came. Raises Refused."""
    try:
        for number, row in enumerate(csv.reader(io.StringIO(_text(content), newline=""), strict=True), start=1):
            if any(FORMULA.match(cell) and not NUMBER.fullmatch(cell) for cell in row):
                raise Refused(
                    f"Row {number} of this table has a cell that a spreadsheet would run as a formula: it begins with "
                    "=, +, -, @, | or %. Put a word or a space mark before it, or save the table as a PDF."
                )
    except csv.Error:
        raise Refused("This table cannot be read as comma-separated values. Save it again as CSV.") from None
    return content


def email(content: bytes, check_piece: CheckPiece, layer: int) -> bytes:
    """An e-mail whose attachments would each be taken in by themselves, as it came. Raises Refused.

    ``check_piece(name, content, layer)`` checks an attachment; ``layer`` counts e-mails within e-mails.
    """
    if layer > MOST_LAYERS:
        raise Refused(f"This e-mail holds e-mails within e-mails. {AS_A_PDF}")
    if b"\0" in content:
        raise Refused(f"This e-mail cannot be read. {AS_A_PDF}")
    message = message_from_bytes(content, policy=policy.default)
    try:
        known = [name for name in ("from", "to", "subject", "date", "received") if message[name] is not None]
        pieces = [*message.walk()]
        if "from" not in known or len(known) < 2 or len(pieces) > MOST_PIECES:
            raise Refused(f"This is not an e-mail, or one of too many pieces. {AS_A_PDF}")
        for piece in pieces:
            _check(piece, check_piece, layer)
    except (LookupError, ValueError, AttributeError, TypeError, RecursionError):
        raise Refused(f"This e-mail cannot be read. {AS_A_PDF}") from None
    return content


def _check(piece: EmailMessage, check_piece: CheckPiece, layer: int) -> None:
    """One piece of an e-mail: words to read, or a file."""
    if piece.is_multipart():
        return
    name = piece.get_filename()
    if piece.get_content_maintype() == "text" and name is None:
        if ACTIVE.search(str(piece.get_content())):
            raise Refused(f"This e-mail has something in it that runs when it is opened. {AS_A_PDF}")
        return
    held = piece.get_payload(decode=True)
    try:
        check_piece(name or "unnamed", held if isinstance(held, bytes) else b"", layer)
    except Refused as why:
        raise Refused(f"This e-mail carries a file that is not taken in. {why} {AS_A_PDF}") from None


def _text(content: bytes) -> str:
    try:
        found = content.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(UNREADABLE) from None
    if any((ord(char) < 32 and char not in "\t\n\r\f") or ord(char) == 127 for char in found):
        raise Refused(UNREADABLE)
    return found
