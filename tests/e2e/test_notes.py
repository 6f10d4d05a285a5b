"""Notes and files as people write them: where they stand, who is asked to prove themselves, what leaves the record."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NARROW, OpenDesk
from tests.e2e.desk import PASSWORD, Desk
from tests.e2e.test_accessibility import faults
from tests.notes import made
from tests.support.server import Server

FORGET_THE_PROOF = """
from datetime import timedelta
from django.utils import timezone
from openmappa.signin.models import OpenSession
OpenSession.objects.filter(person__username="{username}").update(proved_at=timezone.now() - timedelta(hours=11))
"""


def long_ago(server: Server, username: str) -> None:
    """Let the person's last proof of who they are be eleven hours old: longer than any server here allows."""
    server.manage("shell", "-c", FORGET_THE_PROOF.format(username=username))


def write(desk: Desk, base: str, words: str, place: str = "Open to those involved", whom: str = "The offender") -> None:
    """Write a note of today."""
    desk.page.goto(f"{base}timeline/")
    desk.follow("Write a note")
    expect(desk.heading).to_have_text("Write a note")
    desk.page.get_by_label("Note", exact=True).fill(words)
    desk.choose("Who may read it?", place)
    if place == "Intelligence":
        desk.page.get_by_label("How reliable is the source?").select_option("B")
        desk.page.get_by_label("How good is the information?").select_option("2")
        desk.page.get_by_label("Who may it go to? (handling code)").select_option("4")
    else:
        desk.choose("What does it rest on?", "Fact")
    desk.choose("Whom does it concern?", whom)
    desk.press("Save note")
    expect(desk.heading).to_have_text("Timeline")


def attach(desk: Desk, base: str, name: str, content: bytes, title: str) -> None:
    """Attach a file of today."""
    desk.page.goto(f"{base}files/attach/")
    desk.page.get_by_label("File", exact=True).set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    desk.page.get_by_label("Title").fill(title)
    desk.choose("Who may read it?", "Third-party and confidential")
    desk.choose("What does it rest on?", "Said by a third party")
    desk.choose("Whom does it concern?", "A witness")
    desk.press("Attach file")


def entry(desk: Desk, words: str):  # type: ignore[no-untyped-def]
    """The entry of the timeline that says this."""
    return desk.page.locator(".om-timeline__item").filter(has_text=words)


def test_a_note_is_written_corrected_and_voided_and_nothing_of_it_is_lost(officer: Desk) -> None:
    base = officer.open_case("NOTES-01")
    write(officer, base, "He now works at number 3.\nTold me himself.")
    expect(officer.page.locator("[data-focus-on-load]")).to_be_focused()
    expect(officer.page.get_by_role("main")).to_contain_text("Note saved")
    mine = entry(officer, "number 3")
    expect(mine).to_contain_text("Fact")
    mine.get_by_role("link", name="Correct").click()
    expect(officer.page.get_by_label("Note", exact=True)).to_have_value("He now works at number 3.\nTold me himself.")
    officer.page.get_by_label("Note", exact=True).fill("He now works at number 8.")
    officer.page.get_by_label("What was wrong with the earlier note?").fill("Wrong number")
    officer.press("Save the right note")
    expect(entry(officer, "Wrong number").locator("s").first).to_be_visible()
    entry(officer, "Wrong number").get_by_role("link", name="The note that stands instead").click()
    entry(officer, "number 8").get_by_role("link", name="This is a mistake").click()
    officer.page.get_by_label("Why is this a mistake?").fill("About another person")
    officer.choose("Should fewer people be able to read it", "Yes, move it to: Third-party and confidential")
    officer.press("Void this note")
    expect(entry(officer, "About another person")).to_contain_text("Not to be disclosed to the offender")
    assert faults(officer.page) == []


def test_what_is_behind_a_wall_is_counted_only_for_who_may_look_and_shown_after_proof(
    open_desk: OpenDesk, server: Server
) -> None:
    manager, officer = open_desk("n.manager.police", fresh=True), open_desk("n.police1")
    base = manager.open_case("NOTES-02")
    write(manager, base, "A victim moved house.", "Victim", "A victim")
    write(manager, base, "A source has said so.", "Intelligence")
    write(manager, base, "A neighbour complained.", "Third-party and confidential")
    expect(entry(manager, "A victim moved house.")).to_be_visible()
    long_ago(server, "n.manager.police")
    manager.page.goto(f"{base}timeline/")
    expect(manager.page.locator(".om-sealed")).to_contain_text("2 entries about victims or from intelligence")
    expect(manager.page.get_by_role("main")).not_to_contain_text("A victim moved house.")
    assert faults(manager.page) == []
    manager.follow("Prove who you are")
    manager.page.get_by_label("Your password").fill(PASSWORD)
    manager.press("Go on")
    expect(manager.heading).to_have_text("Timeline")
    expect(entry(manager, "A victim moved house.")).to_be_visible()
    assert faults(manager.page) == []
    manager.page.goto(f"{base}timeline/?compartment=victim")
    expect(manager.page.locator(".om-timeline__item")).to_have_count(1)

    officer.page.goto(f"{base}timeline/?kind=notes")
    expect(entry(officer, "A neighbour complained.")).to_be_visible()
    expect(officer.page.get_by_role("main")).not_to_contain_text("victim moved")
    expect(officer.page.locator("select[name=compartment]")).not_to_contain_text("Victim")


def test_a_photograph_loses_its_place_and_comes_back_as_a_copy_to_keep(officer: Desk) -> None:
    base = officer.open_case("NOTES-03")
    attach(officer, base, "front door.jpg", made.photo(size=(640, 480)), "Photograph of the front door")
    expect(officer.page.get_by_role("main")).to_contain_text("File attached")
    mine = entry(officer, "Photograph of the front door")
    expect(mine).to_contain_text("JPEG picture")
    with officer.page.expect_download() as kept:
        mine.get_by_role("link", name="Take out a copy").click()
    assert kept.value.suggested_filename == "front door.jpg"
    content = Path(kept.value.path()).read_bytes()
    assert content.startswith(b"\xff\xd8\xff") and b"Camera of Nobody" not in content
    assert faults(officer.page) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("letter.docx", made.bomb(megabytes=120), "becomes far larger when it is opened"),
        ("report.pdf", made.pdf(javascript="app.alert(1)"), "runs or sends by itself"),
        ("photo.jpg", b"<html><script>alert(1)</script>", "its first bytes say otherwise"),
    ],
    ids=["bomb", "script", "page"],
)
def test_a_file_that_is_refused_says_why_and_what_to_do(officer: Desk, name: str, content: bytes, said: str) -> None:
    base = officer.open_case("NOTES-04")
    attach(officer, base, name, content, "A bad file")
    expect(officer.errors).to_be_focused()
    expect(officer.errors).to_contain_text(said)
    expect(officer.page.get_by_label("Title")).to_have_value("A bad file")
    assert faults(officer.page) == []
    officer.page.goto(f"{base}timeline/?kind=files")
    expect(officer.page.get_by_role("main")).to_contain_text("Nothing of this kind has been recorded")


def test_a_case_leaves_as_a_file_or_a_print_for_somebody_after_proof(open_desk: OpenDesk, server: Server) -> None:
    manager = open_desk("n.manager.police", fresh=True)
    base = manager.open_case("NOTES-05")
    write(manager, base, "=cmd|' /C calc'!A0")
    write(manager, base, "A neighbour complained.", "Third-party and confidential")
    manager.follow("Print or export")
    manager.page.get_by_label("A table for a spreadsheet (CSV)").check()
    manager.page.get_by_label("Who will receive it?").fill("Caseworker One, Northshire Probation")
    manager.page.get_by_label("Why do they need it?").fill("Parole hearing")
    long_ago(server, "n.manager.police")
    manager.press("Go on")
    manager.page.get_by_label("Your password").fill(PASSWORD)
    with manager.page.expect_download() as kept:
        manager.press("Go on")
    rows = list(csv.reader(io.StringIO(Path(kept.value.path()).read_text("utf-8-sig"), newline="")))
    assert rows[0] == rows[-1] and ["For", "Caseworker One, Northshire Probation"] in rows
    assert any("'=cmd|' /C calc'!A0" in row for row in rows)
    assert not any("A neighbour complained." in row for row in rows)

    manager.page.goto(f"{base}timeline/export/")
    manager.page.get_by_label("Third-party and confidential").check()
    manager.page.get_by_label("A page to print").check()
    manager.page.get_by_label("Who will receive it?").fill("Caseworker One, Northshire Probation")
    manager.page.get_by_label("Why do they need it?").fill("Parole hearing")
    assert faults(manager.page) == []
    manager.press("Go on")
    expect(manager.heading).to_have_text("Case to print")
    expect(entry(manager, "A neighbour complained.")).to_contain_text("Not to be disclosed to the offender")
    assert faults(manager.page) == []
    manager.page.emulate_media(media="print")
    expect(manager.page.locator(".om-marking")).to_be_visible()
    expect(manager.page.locator(".om-printed")).to_be_visible()
    expect(manager.page.locator(".om-menu")).to_be_hidden()


def test_a_worklist_leaves_as_a_file_for_somebody(open_desk: OpenDesk) -> None:
    manager = open_desk("n.manager.police", fresh=True)
    manager.page.goto("/?scope=area&standard=home-visit")
    manager.follow("Export")
    expect(manager.heading).to_have_text("Export this worklist")
    manager.press("Save the file")
    expect(manager.errors).to_contain_text("Enter who will receive it")
    assert faults(manager.page) == []
    manager.page.get_by_label("Who will receive it?").fill("Myself")
    manager.page.get_by_label("Why do they need it?").fill("Team meeting")
    with manager.page.expect_download() as kept:
        manager.press("Save the file")
    rows = list(csv.reader(io.StringIO(Path(kept.value.path()).read_text("utf-8-sig"), newline="")))
    assert ["Why", "Team meeting"] in rows and len(rows) > 10


def test_everything_works_at_320_pixels_without_scripts(open_desk: OpenDesk) -> None:
    desk = open_desk("n.police1", scripts=False, viewport=NARROW)
    base = desk.open_case("NOTES-06")
    write(desk, base, "Written without scripts. " * 20, "Intelligence")
    expect(entry(desk, "Written without scripts.")).to_contain_text("graded B24")
    attach(desk, base, "call.txt", b"What was said.", "A call")
    expect(entry(desk, "A call")).to_be_visible()
    desk.page.goto(f"{base}timeline/")
    assert desk.page.evaluate("document.scrollingElement.scrollWidth") <= NARROW["width"]


def test_forms_with_and_without_mistakes_have_nothing_for_axe_to_find(open_desk: OpenDesk) -> None:
    manager = open_desk("n.manager.police")
    base = manager.open_case("NOTES-07")
    for path, button in (("notes/write/", "Save note"), ("files/attach/", "Attach file")):
        manager.page.goto(base + path)
        assert faults(manager.page) == [], path
        manager.choose("Who may read it?", "Intelligence")
        manager.press(button)
        expect(manager.errors).to_be_visible()
        assert faults(manager.page) == [], path
