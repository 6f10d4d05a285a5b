"""PDFs: read as a reader would, and refused where they would do anything but be read."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from openmappa.notes.uploads.refusal import Refused

STARTS = b"%PDF-"
ENDS = b"%%EOF"
MOST_OBJECTS = 200_000
PASSWORD = "This PDF has a password. Save it without one: who may open it is decided here."  # noqa: S105 - a sentence
RUNS = (
    "This PDF has something in it that runs or sends by itself (a script, a form of Adobe’s, a command). "
    "Print it to a new PDF and attach that."
)
EMBEDDED = "This PDF has another file inside it. Take that out and attach it by itself."
DAMAGED = "This PDF cannot be read: it is damaged, or it is something else. Open it, print it to a new PDF and try."
RUNNING = frozenset({"/JS", "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/XFA", "/RichMedia", "/Rendition"})
EMBEDDING = frozenset({"/EmbeddedFile", "/EmbeddedFiles", "/GoToE", "/FileAttachment"})
WRITTEN_OUT = re.compile(rb"/(JavaScript|Launch|RichMedia)\b")


def pdf(content: bytes) -> bytes:
    """A PDF without a password, scripts, commands or files inside; as it came. Raises Refused."""
    _, end, after = content.rpartition(ENDS)
    if not content.startswith(STARTS) or not end or after.strip(b"\0\t\n\f\r "):
        raise Refused(DAMAGED)
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise Refused("This file is a PDF and an archive at once. Print it to a new PDF and attach that.")
    if WRITTEN_OUT.search(_unhidden(content)):
        raise Refused(RUNS)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise Refused(PASSWORD)
        if not len(reader.pages):
            raise Refused(DAMAGED)
        for name in _names(reader):
            if name in RUNNING:
                raise Refused(RUNS)
            if name in EMBEDDING:
                raise Refused(EMBEDDED)
    except Refused:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError):
        raise Refused(DAMAGED) from None
    return content


def _unhidden(content: bytes) -> bytes:
    """Names may be written with codes (``/J#61vaScript``); here they are not."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes.fromhex(code[1].decode()), content)


def _names(reader: PdfReader) -> Iterator[str]:
    """Every name and key of every object of the PDF, packed ones too. Contents of streams are not opened."""
    numbers = [*((number, gen) for gen, table in reader.xref.items() for number in table)]
    numbers += [(number, 0) for number in reader.xref_objStm]
    if len(numbers) > MOST_OBJECTS:
        raise Refused("This PDF is made of too many parts to be checked. Print it to a new PDF and attach that.")
    for number, generation in numbers:
        waiting: list[Any] = [reader.get_object(IndirectObject(number, generation, reader))]
        while waiting:
            found = waiting.pop()
            if isinstance(found, DictionaryObject):
                yield from (str(key) for key in found)
                waiting += [value for value in found.values() if not isinstance(value, IndirectObject)]
            elif isinstance(found, ArrayObject):
                waiting += [value for value in found if not isinstance(value, IndirectObject)]
            elif isinstance(found, str) and found.startswith("/"):
                yield str(found)
