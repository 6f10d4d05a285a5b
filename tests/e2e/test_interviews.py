"""An interview in a real browser: planned, noted while somebody types, quoted under a theme, finished."""

from datetime import date

from playwright.sync_api import expect

from tests.e2e.conftest import OpenDesk
from tests.e2e.desk import Desk
from tests.e2e.test_accessibility import faults

WHOM, NOTED, SAID = "Sergeant Made-Up", "We hear of changes by chance.", "By chance, in the corridor."


def test_an_inspector_plans_an_interview_notes_it_and_keeps_words_without_who_said_them(open_desk: OpenDesk) -> None:
    desk = open_desk("inspector")
    page, main = desk.page, desk.page.get_by_role("main")
    page.goto("/inspections/")
    page.get_by_role("link", name="Managing sex offenders in the community").first.click()
    desk.follow("Interviews")
    assert faults(page) == []
    desk.follow("Who is asked what")
    expect(main).to_contain_text("Appendix I")
    expect(main).to_contain_text("95 questions")
    expect(page.get_by_role("region", name="Questions by roles")).to_be_visible()
    page.locator(".om-matrix-list summary").first.click()
    assert faults(page) == []
    desk.follow("Save it as a file")
    page.get_by_label("Who will receive it?").fill("The chief inspector")
    page.get_by_label("Why do they need it?").fill("To plan the week")
    assert faults(page) == []
    with page.expect_download() as downloaded:
        desk.press("Save the file")
    assert "nobody yet" in downloaded.value.path().read_text(encoding="utf-8")
    page.get_by_label("Parts of these interviews").get_by_role("link", name="Interviews").click()
    desk.follow("Plan an interview")
    desk.press("Plan it")
    assert faults(page) == []
    desk.choose("In which role?", "Police officer")
    page.get_by_label("Who is asked?").fill(WHOM)
    page.get_by_label("Area", exact=True).select_option(label="Northshire")
    desk.another_day("Day", date.today())
    desk.press("Plan it")
    expect(main).to_contain_text("The interview is planned")
    assert faults(page) == []
    desk.follow("Themes")
    page.get_by_label("What comes back?").fill("Told by chance")
    desk.press("Add it")
    expect(main).to_contain_text("The theme is added")
    page.get_by_label("Parts of these interviews").get_by_role("link", name="Interviews").click()
    page.get_by_role("link", name=WHOM).click()
    note = page.locator("form[data-saves]").first
    note.get_by_label("Notes").fill(NOTED)
    expect(note.locator("[data-state]")).to_contain_text("Saved at")
    expect(page.locator("[data-saves-all]")).to_have_text("Everything is saved.")
    assert faults(page) == []
    desk.follow("Keep words as they were said")
    page.get_by_label("To which question?").select_option(index=1)
    page.get_by_label("The words, as they were said").fill(SAID)
    page.get_by_label("Theme").select_option(label="Told by chance")
    assert faults(page) == []
    desk.press("Keep them")
    expect(main).to_contain_text("The words are kept under their theme")
    desk.press("Finish the interview")
    expect(main).to_contain_text("The interview is finished")
    expect(main).to_contain_text(NOTED)
    assert page.locator("form[data-saves]").count() == 0
    assert faults(page) == []
    desk.follow("Themes")
    expect(main).to_contain_text("Not attributable")
    expect(main).not_to_contain_text(WHOM)
    assert faults(page) == []
    change_themes(desk)


def change_themes(desk: Desk) -> None:
    """Rename a theme, merge it into another, remove that one; what was done stays to be read."""
    page, main = desk.page, desk.page.get_by_role("main")
    page.get_by_label("What comes back?").fill("Minutes come late")
    desk.press("Add it")
    card = page.locator(".om-card").filter(has_text="Told by chance")
    card.get_by_role("link", name="Change").click()
    page.get_by_label("What comes back?").fill("By word of mouth")
    desk.press("Change the theme")
    expect(desk.errors).to_contain_text("Say why")
    assert faults(page) == []
    page.get_by_label("Why?").fill("Clearer so")
    desk.press("Change the theme")
    expect(main).to_contain_text("The theme is changed")
    page.locator(".om-card").filter(has_text="By word of mouth").get_by_role("link", name="Change").click()
    expect(main).to_contain_text("Told by chance")
    assert faults(page) == []
    page.get_by_label("Parts of these interviews").get_by_role("link", name="Themes").click()
    page.locator(".om-card").filter(has_text="By word of mouth").get_by_role("link", name="Merge").click()
    page.get_by_label("Into which theme?").select_option(label="Minutes come late")
    page.get_by_label("Why?").fill("The same")
    assert faults(page) == []
    desk.press("Merge the themes")
    expect(main).to_contain_text("merged into “Minutes come late”")
    expect(main).to_contain_text(SAID)
    assert faults(page) == []
    page.locator(".om-card").filter(has_text="Minutes come late").get_by_role("link", name="Remove").click()
    expect(main).to_contain_text("Its 1 quote goes out of use with it")
    page.get_by_label("Why?").fill("One person said it")
    assert faults(page) == []
    desk.press("Remove the theme")
    expect(main).to_contain_text("The theme is removed")
    expect(main).to_contain_text("removed with 1 quote")
    assert faults(page) == []
