"""The kinds of file that are taken in, by the ending of their name. Nothing here reads a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Kind(NamedTuple):
    """A kind of file: what it is called, its media type, and how its bytes begin (nothing: any way)."""

    label: str
    media_type: str
    begins: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Checked:
    """A file as it is kept."""

    name: str
    media_type: str
    content: bytes


ZIP = (b"PK\x03\x04",)
JPEG = Kind("JPEG picture", "image/jpeg", (b"\xff\xd8\xff",))
KINDS: Mapping[str, Kind] = {
    "pdf": Kind("PDF", "application/pdf", (b"%PDF-",)),
    "jpg": JPEG,
    "jpeg": JPEG,
    "png": Kind("PNG picture", "image/png", (b"\x89PNG\r\n\x1a\n",)),
    "docx": Kind("Word document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ZIP),
    "odt": Kind("OpenDocument text", "application/vnd.oasis.opendocument.text", ZIP),
    "txt": Kind("text", "text/plain"),
    "csv": Kind("table (CSV)", "text/csv"),
    "eml": Kind("e-mail", "message/rfc822"),
}
MEDIA_TYPES: tuple[str, ...] = tuple(sorted({kind.media_type for kind in KINDS.values()}))
LABELS: Mapping[str, str] = {kind.media_type: kind.label for kind in KINDS.values()}
TAKEN_IN = "PDF, JPEG, PNG, Word (.docx), OpenDocument (.odt), text (.txt), CSV and e-mails (.eml)"
SIGNATURES: Mapping[str, tuple[bytes, ...]] = {
    "a program": (b"MZ", b"\x7fELF"),
    "an archive": (b"PK", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"),
    "a document of an old kind": (b"\xd0\xcf\x11\xe0",),
    "a PDF": KINDS["pdf"].begins,
    "a JPEG picture": JPEG.begins,
    "a PNG picture": KINDS["png"].begins,
}
"""What a file may turn out to be, by how it begins."""
