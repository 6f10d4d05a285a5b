"""Word and OpenDocument files, which are archives: what may be in one, and how large it may become when opened."""

import io
import re
import zipfile
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from openmappa.notes.uploads.refusal import Refused

MOST_PARTS = 1_000
MOST_BYTES = 100 * 2**20
MOST_XML = 25 * 2**20
MOST_TIMES = 200
"""How often a part may be larger than it is packed. Ordinary text packs 5 to 40 times, a bomb a thousand."""
SMALL = 2**20
"""Below this a part may pack as well as it likes: a page of spaces does."""
CHUNK = 2**16
ENDED_BY = b"PK\x05\x06"
EXECUTABLE_OR_PACKED = (b"PK\x03\x04", b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OPENDOCUMENT_TYPE = b"application/vnd.oasis.opendocument.text"
MACROS = "This document has macros: small programs that run when it is opened. Save it without them, or as a PDF."
EMBEDDED = "This document has another file inside it. Take that out and attach it by itself, or save this as a PDF."
FETCHES = "This document fetches something from elsewhere when it is opened. Save it as a PDF and attach that."
DAMAGED = "This document cannot be read: it is damaged, or it is something else. Open it, save it again and try."
DDE = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)
Parts = dict[str, bytes]


def docx(content: bytes) -> bytes:
    """A Word document without macros, embedded files or parts that it fetches; as it came. Raises Refused."""
    parts = _parts(content)
    types = _xml(parts.get("[Content_Types].xml", b""))
    said = {str(part.get("ContentType", "")) for part in types}
    if any("macro" in kind.lower() or "vba" in kind.lower() for kind in said) or _named(parts, r"vba|macro"):
        raise Refused(MACROS)
    if WORD_TYPE not in said or "word/document.xml" not in parts:
        raise Refused(DAMAGED)
    if _named(parts, r"/(embeddings|activex|ctrlprops)/"):
        raise Refused(EMBEDDED)
    for name in parts:
        if name.endswith(".rels"):
            _refuse_what_fetches(_xml(parts[name]))
        elif name.startswith("word/") and name.endswith(".xml"):
            _refuse_fields_that_run(_xml(parts[name]))
    return content


def odt(content: bytes) -> bytes:
    """An OpenDocument text without macros, passwords or embedded files; as it came. Raises Refused."""
    parts = _parts(content)
    if parts.get("mimetype", b"").strip() != OPENDOCUMENT_TYPE or "content.xml" not in parts:
        raise Refused(DAMAGED)
    manifest = _xml(parts.get("META-INF/manifest.xml", b""))
    if any("encryption-data" in entry.tag for entry in manifest.iter()):
        raise Refused("This document has a password. Save it without one: who may open it is decided here.")
    if _named(parts, r"^(basic|scripts)/"):
        raise Refused(MACROS)
    for name in ("content.xml", "styles.xml"):
        for entry in _xml(parts[name]).iter() if name in parts else ():
            if entry.tag.endswith(("}event-listener", "}script")):
                raise Refused(MACROS)
            if entry.tag.endswith(("}dde-connection-decl", "}dde-source")):
                raise Refused(FETCHES)
    return content


def _parts(content: bytes) -> Parts:
    """Every part of the archive, unpacked with a limit that counts what comes out, not what the archive says."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_strange_archives(archive, content)
            parts: Parts = {}
            left = MOST_BYTES
            for entry in archive.infolist():
                if not entry.is_dir():
                    parts[entry.filename] = _unpacked(archive, entry, left)
                    left -= len(parts[entry.filename])
            return parts
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise Refused(DAMAGED) from None


def _refuse_strange_archives(archive: zipfile.ZipFile, content: bytes) -> None:
    entries = archive.infolist()
    if len(entries) > MOST_PARTS:
        raise Refused(f"This document is made of more than {MOST_PARTS} parts. Save it as a PDF and attach that.")
    ends = content.rfind(ENDED_BY)
    whole = ends >= 0 and ends + 22 + int.from_bytes(content[ends + 20 : ends + 22], "little") == len(content)
    names = [entry.filename for entry in entries]
    if not entries or not whole or min(entry.header_offset for entry in entries) != 0 or len({*names}) != len(names):
        raise Refused(DAMAGED)
    if any(_leads_elsewhere(name) for name in names):
        raise Refused("A part of this document has a path that leads out of it. Save it as a PDF and attach that.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("This document has a password. Save it without one: who may open it is decided here.")


def _leads_elsewhere(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/") or "\x00" in name


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """One part. Raises Refused as soon as more comes out than may."""
    found = bytearray()
    with archive.open(entry) as part:
        while chunk := part.read(CHUNK):
            found += chunk
            if len(found) > left or len(found) > max(SMALL, MOST_TIMES * entry.compress_size):
                raise Refused("This document becomes far larger when it is opened than it is. It is not taken in.")
    if found.startswith(EXECUTABLE_OR_PACKED):
        raise Refused(EMBEDDED)
    return bytes(found)


def _named(parts: Parts, pattern: str) -> bool:
    return any(re.search(pattern, name, re.IGNORECASE) for name in parts)


def _xml(part: bytes) -> Element:
    """A part as XML, without the declarations by which XML grows or fetches."""
    if len(part) > MOST_XML:
        raise Refused("This document is too long to be checked. Save it as a PDF and attach that.")
    try:
        found: Element = fromstring(part, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise Refused(DAMAGED) from None
    return found


def _refuse_what_fetches(relations: Element) -> None:
    """A link that a reader follows is fair; a template, picture or object that Word fetches by itself is not."""
    for relation in relations.iter():
        kind = str(relation.get("Type", "")).rpartition("/")[2]
        if str(relation.get("TargetMode", "")).lower() == "external" and kind != "hyperlink":
            raise Refused(FETCHES)
        if kind in ("oleObject", "package", "control", "vbaProject"):
            raise Refused(EMBEDDED)


def _refuse_fields_that_run(part: Element) -> None:
    """Old fields (DDE) start other programs without a macro; their name may be cut into pieces."""
    pieces = [
        str(entry.text or "") + str(next((entry.attrib[key] for key in entry.attrib if key.endswith("}instr")), ""))
        for entry in part.iter()
        if entry.tag.endswith(("}instrText", "}fldSimple"))
    ]
    if DDE.search("".join(pieces)) or any(DDE.search(piece) for piece in pieces):
        raise Refused(FETCHES)
