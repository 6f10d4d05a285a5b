"""The checks of a file that somebody wants to keep: is it what its name says, and only that?"""

from collections.abc import Callable, Mapping

from openmappa.notes.uploads.archives import docx, odt
from openmappa.notes.uploads.images import jpeg, png
from openmappa.notes.uploads.kinds import KINDS, SIGNATURES, TAKEN_IN, Checked, Kind
from openmappa.notes.uploads.names import cleaned
from openmappa.notes.uploads.pdfs import pdf
from openmappa.notes.uploads.refusal import Refused
from openmappa.notes.uploads.texts import email, table, txt

CHECKS: Mapping[str, Callable[[bytes], bytes]] = {
    "pdf": pdf,
    "jpg": jpeg,
    "jpeg": jpeg,
    "png": png,
    "docx": docx,
    "odt": odt,
    "txt": txt,
    "csv": table,
}
"""The check of each kind: bytes in, the bytes to keep out, or Refused. An e-mail's calls the others, so it is apart."""


def checked(name: str, content: bytes, layer: int = 0) -> Checked:
    """The file as it is kept: its name cleaned, pictures without what the camera noted.

    ``layer`` counts how many e-mails it lies in. Raises Refused with a sentence to act on.
    """
    kept, ending = cleaned(name)
    kind = KINDS.get(ending)
    if kind is None:
        raise Refused(f"A file ending in .{ending} is not taken in. These are: {TAKEN_IN}.")
    if not content:
        raise Refused("The file is empty.")
    if not content.startswith(kind.begins) if kind.begins else _looks_like(content):
        raise Refused(_named_wrongly(kind, content))
    if ending == "eml":
        return Checked(kept, kind.media_type, email(content, checked, layer + 1))
    return Checked(kept, kind.media_type, CHECKS[ending](content))


def _named_wrongly(kind: Kind, content: bytes) -> str:
    other = _looks_like(content)
    found = f"but it is {other}" if other else "but its first bytes say otherwise"
    return f"The name says {kind.label}, {found}. Give it its right name, or save it again."


def _looks_like(content: bytes) -> str:
    return next((words for words, begins in SIGNATURES.items() if content.startswith(begins)), "")
