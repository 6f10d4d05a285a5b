"""Files for the tests, good ones and evil ones, made here byte by byte: none of them comes from anywhere."""

import io
import struct
import zipfile
import zlib
from email.message import EmailMessage
from typing import Any

from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
)
BODY = (
    f"<w:document {WORD}><w:body><w:p><w:r><w:t>Minutes of an invented meeting</w:t></w:r></w:p></w:body></w:document>"
)
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    'Target="{target}" TargetMode="External"/></Relationships>'
)
ODT_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    "{inside}</manifest:manifest>"
)
ODT_CONTENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">{inside}</office:document-content>'
)


def archive(parts: dict[str, str | bytes], *, packed: bool = True) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def docx(more: dict[str, str | bytes] | None = None, *, kind: str = WORD_TYPE, body: str = BODY) -> bytes:
    """A Word document, with more parts."""
    parts: dict[str, str | bytes] = {"[Content_Types].xml": TYPES.format(kind=kind), "word/document.xml": body}
    return archive(parts | (more or {}))


def odt(more: dict[str, str | bytes] | None = None, *, manifest: str = "", content: str = "<office:body/>") -> bytes:
    """An OpenDocument text, with more parts."""
    parts: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": ODT_CONTENT.format(inside=content),
        "META-INF/manifest.xml": ODT_MANIFEST.format(inside=manifest),
    }
    return archive(parts | (more or {}))


def bomb(name: str = "word/media/white.bmp", megabytes: int = 300) -> bytes:
    """A Word document of a few hundred kilobytes that becomes this large."""
    return docx({name: b"\0" * (megabytes * 2**20)})


def lying_bomb() -> bytes:
    """The same, but the archive says that its large part is small."""
    made = bytearray(bomb(megabytes=150))
    real = struct.pack("<I", 150 * 2**20)
    for start in range(len(made) - 4):
        if made[start : start + 4] == real:
            made[start : start + 4] = struct.pack("<I", 1000)
    return bytes(made)


def photo(kind: str = "JPEG", *, place: bool = True, size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    """A picture, red on its left and blue on its right, whose EXIF says where it was taken and by which camera."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    if place:
        exif = Image.Exif()
        exif[0x0110] = "Camera of Nobody"
        exif[0x0112] = 6
        exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 26.0), 3: "W", 4: (0.0, 7.0, 39.0)})
        options["exif"] = exif.tobytes()
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def png_with_words() -> bytes:
    """A PNG with a text in it that no page shows."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "home address of a witness")
    return photo("PNG", place=False, pnginfo=words)


def huge_png() -> bytes:
    """A PNG of a few kilobytes that says it is 30,000 dots wide and high."""
    width = height = 30_000
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    row = zlib.compressobj(9)
    body = row.compress(b"\0" * (1 + width // 8) * height) + row.flush()
    chunks = [(b"IHDR", header), (b"IDAT", body), (b"IEND", b"")]
    made = b"\x89PNG\r\n\x1a\n"
    for name, content in chunks:
        made += struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
    return made


def pdf(*, javascript: str = "", password: str = "", inside: bytes = b"", launches: str = "") -> bytes:
    """A PDF of one empty page, with one of these things that no PDF may have."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if javascript:
        script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(javascript)}
        writer._root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    if inside:
        writer.add_attachment("inside.exe", inside)
    if launches:
        action = DictionaryObject(
            {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject(launches)}
        )
        writer._root_object[NameObject("/OpenAction")] = action
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_with_packed_objects(*, javascript: str) -> bytes:
    """A PDF whose script stands in a packed stream of objects, where no search of its bytes finds it."""
    hidden = f"5 0 6 {len('<</S/JavaScript/JS 6 0 R>>') + 1} <</S/JavaScript/JS 6 0 R>> ({javascript})"
    first = hidden.index("<<")
    stream = zlib.compress(hidden.encode())
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        4: b"<</Type/ObjStm/N 2/First %d/Filter/FlateDecode/Length %d>>stream\n" % (first, len(stream))
        + stream
        + b"\nendstream",
    }
    made, places = b"%PDF-1.5\n", {}
    for number, body in objects.items():
        places[number] = len(made)
        made += b"%d 0 obj" % number + body + b"\nendobj\n"
    start = len(made)
    rows = [(0, 0, 255)]
    rows += [(1, places[number], 0) for number in range(1, 5)]
    rows += [(2, 4, 0), (2, 4, 1), (1, start, 0)]
    table = b"".join(struct.pack(">BIB", *row) for row in rows)
    made += b"7 0 obj<</Type/XRef/Size 8/W[1 4 1]/Root 1 0 R/Length %d>>stream\n" % len(table) + table
    return made + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start


def email(*files: tuple[str, bytes], html: str = "") -> bytes:
    """An e-mail with these files."""
    message = EmailMessage()
    message["From"] = "officer.sample@example.org"
    message["To"] = "caseworker.one@example.org"
    message["Subject"] = "An invented message"
    message.set_content("See attached.")
    if html:
        message.add_alternative(html, subtype="html")
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()
