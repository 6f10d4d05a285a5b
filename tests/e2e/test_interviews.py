"""An interview in a real browser: planned, noted while somebody types, quoted under a theme, finished."""

from datetime import date

from playwright.sync_api import expect

from tests.e2e.conftest import OpenDesk
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
    assert faults(page) == []
    page.go_back()
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
