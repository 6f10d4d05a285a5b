"""What is taken in and what is refused: every file here is made for the purpose, the evil ones really evil."""

import io
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from openmappa.notes.uploads.apart import GAVE_UP, checked_apart
from openmappa.notes.uploads.archives import DAMAGED, EMBEDDED, FETCHES, MACROS
from openmappa.notes.uploads.checking import checked
from openmappa.notes.uploads.kinds import KINDS
from openmappa.notes.uploads.names import LONGEST, cleaned
from openmappa.notes.uploads.pdfs import DAMAGED as DAMAGED_PDF
from openmappa.notes.uploads.pdfs import EMBEDDED as EMBEDDED_PDF
from openmappa.notes.uploads.pdfs import PASSWORD, RUNS
from openmappa.notes.uploads.refusal import Refused
from openmappa.notes.uploads.scanning import FOUND, NO_ANSWER, scan
from tests.notes import made

LARGER = "This document becomes far larger when it is opened than it is. It is not taken in."
PROGRAM = b"MZ\x90\0 this program cannot be run"


def refusal(name: str, content: bytes) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(Refused) as refused:
        checked(name, content)
    return str(refused.value)


GOOD = {
    "report.pdf": made.pdf(),
    "photo.jpg": made.photo(),
    "photo.jpeg": made.photo(),
    "plan.png": made.photo("PNG"),
    "minutes.docx": made.docx(),
    "letter.odt": made.odt(),
    "call.txt": "He rang at nine.\r\nNothing more — é.\n".encode(),
    "visits.csv": b"day,what\r\n2026-05-03,Seen\r\n2026-05-04,-3.5%\r\n,+44 1632 960001\r\n",
    "message.eml": made.email(("plan.png", made.photo("PNG")), ("report.pdf", made.pdf())),
}


@pytest.mark.parametrize("name", sorted(GOOD))
def test_an_ordinary_file_of_each_kind_is_taken_in(name: str) -> None:
    kept = checked(name, GOOD[name])
    assert (kept.name, kept.media_type) == (name, KINDS[name.rpartition(".")[2]].media_type)
    if not name.endswith(("jpg", "jpeg", "png")):
        assert kept.content == GOOD[name]


def test_there_is_a_good_file_of_every_kind() -> None:
    assert {name.rpartition(".")[2] for name in GOOD} == set(KINDS)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("report.pdf", PROGRAM, "The name says PDF, but it is a program."),
        ("report.pdf", GOOD["minutes.docx"], "The name says PDF, but it is an archive."),
        ("photo.jpg", GOOD["plan.png"], "The name says JPEG picture, but it is a PNG picture."),
        ("plan.png", b"<svg onload=alert(1)>", "The name says PNG picture, but its first bytes say otherwise."),
        ("call.txt", PROGRAM, "The name says text, but it is a program."),
        ("visits.csv", GOOD["report.pdf"], "The name says table (CSV), but it is a PDF."),
        ("message.eml", GOOD["minutes.docx"], "The name says e-mail, but it is an archive."),
        (
            "minutes.docx",
            b"\xd0\xcf\x11\xe0" + b"\0" * 600,
            "The name says Word document, but it is a document of an old kind.",
        ),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(name: str, content: bytes, said: str) -> None:
    assert refusal(name, content) == f"{said} Give it its right name, or save it again."


@pytest.mark.parametrize(
    "name", ["run.exe", "page.html", "drawing.svg", "macro.docm", "old.doc", "sheet.xlsx", "all.zip"]
)
def test_other_kinds_of_file_are_refused_with_those_that_are_not(name: str) -> None:
    ending = name.rpartition(".")[2]
    assert refusal(name, b"anything").startswith(f"A file ending in .{ending} is not taken in. These are: PDF, JPEG")


def test_a_file_without_an_ending_or_without_bytes_is_refused() -> None:
    assert "no ending" in refusal("report", GOOD["report.pdf"])
    assert refusal("report.pdf", b"") == "The file is empty."


# Names


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\windows\\system32\\notes.txt", "notes.txt"),
        ("C:\\Users\\Sample\\report.PDF", "report.pdf"),
        ("photo.exe.jpg", "photo exe.jpg"),
        ("gpj\u202eexe.pdf", "gpjexe.pdf"),
        ("a\r\nContent-Type: text/html.txt", "html.txt"),
        ("line\r\nbreak\t.txt", "line break.txt"),
        ("  .hidden.txt", "hidden.txt"),
        ("aux.txt", "file aux.txt"),
        ("...txt", "file.txt"),
        ('100%;"x".txt', "100 x.txt"),
        ("ﬁle．pdf", "file.pdf"),
        ("n" * 300 + ".txt", "n" * (LONGEST - 4) + ".txt"),
        ("Überprüfung 3 May.txt", "Überprüfung 3 May.txt"),
    ],
)
def test_names_are_cleaned(sent: str, kept: str) -> None:
    assert cleaned(sent)[0] == kept


@given(st.text(max_size=60), st.sampled_from(sorted(KINDS)))
def test_no_name_leads_anywhere_or_hides_its_ending(stem: str, ending: str) -> None:
    name, found = cleaned(f"{stem}.{ending}")
    assert found == ending and name.endswith(f".{ending}") and len(name) <= LONGEST
    assert name.count(".") == 1 and not set(name) & set('/\\:"<>|?*%;\0\r\n\u202e') and name.isprintable()


# Pictures


def test_where_and_with_which_camera_a_picture_was_taken_is_taken_out_and_it_stands_upright() -> None:
    sent = made.photo()
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(0x8825)
    kept = checked("photo.jpg", sent).content
    picture = Image.open(io.BytesIO(kept))
    assert not picture.getexif() and not {"exif", "comment", "icc_profile", "xmp"} & set(picture.info)
    assert b"Camera of Nobody" not in kept
    assert picture.size == (40, 60)
    top, bottom = (picture.convert("RGB").getpixel((20, row)) for row in (5, 55))
    assert isinstance(top, tuple) and isinstance(bottom, tuple) and top[0] > 200 and bottom[2] > 200


def test_words_hidden_in_a_picture_are_taken_out() -> None:
    kept = checked("plan.png", made.png_with_words()).content
    assert b"witness" not in kept and Image.open(io.BytesIO(kept)).info == {}


def test_what_hangs_on_behind_a_picture_is_gone() -> None:
    archive = made.archive({"evil.html": "<script>alert(1)</script>"})
    for name, sent in (("photo.jpg", made.photo()), ("plan.png", made.photo("PNG"))):
        assert b"evil.html" not in checked(name, sent + archive).content


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK"])
def test_pictures_of_every_kind_of_dots_are_taken_in(mode: str) -> None:
    out = io.BytesIO()
    kind = "JPEG" if mode == "CMYK" else "PNG"
    Image.new("RGB", (9, 9), "red").convert(mode).save(out, kind)
    assert Image.open(io.BytesIO(checked(f"x.{kind.lower()}", out.getvalue()).content)).size == (9, 9)


def test_a_picture_that_becomes_too_large_is_refused_before_it_does() -> None:
    sent = made.huge_png()
    assert len(sent) < 200_000
    assert refusal("plan.png", sent) == "This picture has more than 50 million dots. Save it in a smaller size."


def test_a_damaged_picture_and_one_that_moves_are_refused() -> None:
    assert "cannot be read" in refusal("photo.jpg", made.photo()[:300])
    frames = io.BytesIO()
    Image.new("RGB", (9, 9)).save(frames, "PNG", save_all=True, append_images=[Image.new("RGB", (9, 9), "red")])
    assert "moves" in refusal("plan.png", frames.getvalue())


# Word and OpenDocument


def test_an_archive_that_becomes_far_larger_is_refused_whatever_it_says_of_itself() -> None:
    sent = made.bomb()
    assert len(sent) < 400_000
    assert refusal("minutes.docx", sent) == LARGER
    assert refusal("minutes.docx", made.lying_bomb()) in (LARGER, DAMAGED)


def test_many_parts_that_are_each_small_enough_are_refused_together() -> None:
    assert refusal("minutes.docx", made.docx({f"word/{n}.bin": b"\0" * 900_000 for n in range(130)})) == LARGER
    assert "1000 parts" in refusal("minutes.docx", made.docx({f"word/{n}.xml": b"<a/>" for n in range(1_100)}))


@pytest.mark.parametrize("content", [made.docx(), b"PK\x03\x04nothing", PROGRAM, b"\xd0\xcf\x11\xe0old"])
def test_an_archive_or_program_within_a_document_is_refused(content: bytes) -> None:
    assert refusal("minutes.docx", made.docx({"word/media/picture.png": content})) == EMBEDDED
    assert refusal("letter.odt", made.odt({"Pictures/picture.png": content})) == EMBEDDED


@pytest.mark.parametrize("path", ["../../evil.txt", "/etc/evil", "word\\..\\evil", "C:evil"])
def test_a_path_that_leads_out_of_the_document_is_refused(path: str) -> None:
    assert "leads out of it" in refusal("minutes.docx", made.docx({path: "x"}))


def test_macros_are_refused_however_they_are_declared() -> None:
    assert refusal("minutes.docx", made.docx({"word/vbaProject.bin": b"x"})) == MACROS
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    assert refusal("minutes.docx", made.docx(kind=kind)) == MACROS
    assert refusal("letter.odt", made.odt({"Basic/Standard/Module1.xml": "<a/>"})) == MACROS
    listener = '<script:event-listener script:event-name="dom:load"/>'
    assert refusal("letter.odt", made.odt(content=listener)) == MACROS


def test_a_template_or_picture_that_is_fetched_is_refused_and_a_link_is_not() -> None:
    def related(kind: str) -> bytes:
        relation = made.RELATION.format(kind=kind, target="https://example.org/x")
        return made.docx({"word/_rels/settings.xml.rels": relation})

    assert refusal("minutes.docx", related("attachedTemplate")) == FETCHES
    assert refusal("minutes.docx", related("image")) == FETCHES
    assert checked("minutes.docx", related("hyperlink")).name == "minutes.docx"


def test_an_old_field_that_starts_a_program_is_refused_also_in_pieces() -> None:
    pieces = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in (" D", "DEAU", 'TO c:\\\\x "cmd"'))
    body = f"<w:document {made.WORD}><w:body><w:p>{pieces}</w:p></w:body></w:document>"
    assert refusal("minutes.docx", made.docx(body=body)) == FETCHES
    simple = f'<w:document {made.WORD}><w:body><w:fldSimple w:instr="DDE excel"/></w:body></w:document>'
    assert refusal("minutes.docx", made.docx(body=simple)) == FETCHES


def test_xml_that_grows_or_fetches_is_refused() -> None:
    grows = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>'
    assert refusal("minutes.docx", made.docx(body=grows)) == DAMAGED
    fetches = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'
    assert refusal("letter.odt", made.odt({"styles.xml": fetches})) == DAMAGED


def test_an_archive_with_something_before_or_after_it_is_refused() -> None:
    assert refusal("minutes.docx", made.docx() + b"<script>") == DAMAGED
    shifted = made.archive({"x": b""})[:4] + b"MZ" + made.docx()
    assert refusal("minutes.docx", shifted) == DAMAGED
    assert refusal("minutes.docx", made.archive({"readme.txt": "x"})) == DAMAGED
    assert refusal("letter.odt", made.docx()) == DAMAGED


def test_a_document_with_a_password_is_refused() -> None:
    entry = '<manifest:file-entry><manifest:encryption-data manifest:checksum="x"/></manifest:file-entry>'
    assert "has a password" in refusal("letter.odt", made.odt(manifest=entry))


# PDFs


def test_a_pdf_that_runs_sends_or_holds_something_is_refused() -> None:
    assert refusal("report.pdf", made.pdf(javascript="app.alert(1)")) == RUNS
    assert refusal("report.pdf", made.pdf(launches="cmd.exe")) == RUNS
    assert refusal("report.pdf", made.pdf(inside=PROGRAM)) == EMBEDDED_PDF
    assert refusal("report.pdf", made.pdf(password="secret")) == PASSWORD


def test_a_script_in_a_pdf_is_found_where_it_is_packed_and_where_its_name_is_written_in_codes() -> None:
    packed = made.pdf_with_packed_objects(javascript="app.alert(1)")
    assert b"JavaScript" not in packed
    assert refusal("report.pdf", packed) == RUNS
    coded = made.pdf(javascript="app.alert(1)").replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/#4aS")
    assert refusal("report.pdf", coded) == RUNS


def test_a_pdf_that_is_something_else_besides_is_refused() -> None:
    archive = made.archive({"evil.exe": PROGRAM})
    assert refusal("report.pdf", GOOD["report.pdf"] + archive) == DAMAGED_PDF
    hidden = GOOD["report.pdf"].replace(b"%%EOF", b"") + archive + b"\n%%EOF\n"
    assert "a PDF and an archive at once" in refusal("report.pdf", hidden)
    assert "first bytes" in refusal("report.pdf", b"<html>" + GOOD["report.pdf"])
    assert refusal("report.pdf", b"%PDF-1.7\nnothing\n%%EOF") == DAMAGED_PDF


# Text, tables, e-mails


@pytest.mark.parametrize("content", [b"caf\xe9", b"\0\0", b"a\x1b[2J", "ok".encode("utf-16")])
def test_text_that_is_not_utf_8_or_holds_controls_is_refused(content: bytes) -> None:
    assert "not text in UTF-8" in refusal("call.txt", content)
    assert "not text in UTF-8" in refusal("visits.csv", content)


@pytest.mark.parametrize(
    "cell", ["=1+1", " =cmd|' /C calc'!A0", "@SUM(A1)", "+cmd", "-2+3+cmd", "|x", "%0A", "\ufeff=1"]
)
def test_a_table_with_a_formula_is_refused_with_the_row(cell: str) -> None:
    sent = f'day,what\r\n2026-05-03,"{cell}"\r\n'.encode()
    assert refusal("visits.csv", sent).startswith("Row 2 of this table has a cell")


def test_an_e_mail_is_refused_for_what_it_carries() -> None:
    assert "This e-mail carries a file that is not taken in. A file ending in .exe" in refusal(
        "message.eml", made.email(("run.exe", PROGRAM))
    )
    assert "carries a file" in refusal("message.eml", made.email(("report.pdf", made.pdf(javascript="x"))))
    assert "runs when it is opened" in refusal("message.eml", made.email(html="<p>Hi<script>x</script>"))
    assert "not an e-mail" in refusal("message.eml", b"Dear all,\r\n\r\nhello")
    nested = made.email(("inner.eml", made.email(("inner.eml", made.email(("inner.eml", made.email()))))))
    assert "e-mails within e-mails" in refusal("message.eml", nested)


# The process apart


def test_the_checks_run_in_a_process_of_their_own_and_say_the_same() -> None:
    kept = checked_apart("../photo.jpg", made.photo())
    assert (kept.name, kept.media_type) == ("photo.jpg", "image/jpeg")
    assert kept.content == checked("photo.jpg", made.photo()).content
    with pytest.raises(Refused, match="a program"):
        checked_apart("report.pdf", PROGRAM)


def test_a_check_that_takes_too_long_or_dies_refuses_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused) as late:
        checked_apart("call.txt", b"x", seconds=0.01)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(Refused) as dead:
        checked_apart("call.txt", b"x")
    assert str(late.value) == str(dead.value) == GAVE_UP


# The scanner


def test_without_a_scanner_nothing_is_asked_and_with_one_only_nought_lets_a_file_in() -> None:
    scan(b"x", "")
    scan(b"x", "true")
    scan(b"clean", "grep -q clean")
    for command, said in (("false", FOUND), ("sh -c 'exit 2'", NO_ANSWER), ("/no/such/scanner -", NO_ANSWER)):
        with pytest.raises(Refused) as refused:
            scan(b"x", command)
        assert str(refused.value) == said


def test_the_scanner_is_given_the_bytes_as_they_were_sent() -> None:
    with pytest.raises(Refused) as refused:
        scan(b"X5O!P%@AP infected", "sh -c '! grep -q infected'")
    assert str(refused.value) == FOUND
