"""A Level 2 sitting on two cases in a browser: called, answered as housing, information written, no more seen."""

from datetime import date, timedelta

from playwright.sync_api import expect

from tests.e2e.conftest import OpenDesk
from tests.e2e.desk import Desk
from tests.e2e.test_plans import look


def references(desk: Desk) -> list[str]:
    """The references of two cases of the coordinator's area."""
    desk.page.goto("/?scope=area")
    found: list[str] = []
    for text in desk.page.locator("main").inner_text().split():
        if text.startswith("N") and text[-3:].isdigit() and text.strip(",.") not in found:
            found.append(text.strip(",."))
    return found[:2]


def test_a_sitting_is_called_on_two_cases_and_housing_answers_and_writes(open_desk: OpenDesk) -> None:
    coordinator = open_desk("n.coordinator")
    first, second = references(coordinator)
    page = coordinator.page
    page.goto("/meetings/call/")
    look(coordinator, "call")
    page.get_by_label("Level 2", exact=True).check()
    page.locator("[name=cases]").fill(f"{first}\n{second}")
    page.locator("[name=why]").fill("Accommodation is about to be lost")
    day = date.today() + timedelta(days=17)
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"[name=on-{part}]").fill(str(value))
    page.locator("[name=at]").fill("7:15pm")
    page.locator("[name=place]").fill("Civic Hall")
    page.locator("[name=room]").fill("Room 4")
    coordinator.press("Call the sitting")
    expect(coordinator.errors).to_contain_text("Something stands in the way")
    expect(page.locator("main")).to_contain_text("is on the list of another sitting already")
    look(coordinator, "in the way")
    page.get_by_label("Go ahead all the same").check()
    coordinator.press("Call the sitting")
    expect(page.locator(".om-saved")).to_contain_text("The sitting is called")
    look(coordinator, "sitting")
    page.locator("main table tbody th a").first.click()
    expect(coordinator.heading).to_contain_text("MAPPA meeting")
    look(coordinator, "meeting")
    coordinator.follow("Invite somebody")
    page.get_by_label("A person", exact=True).check()
    for name in page.locator("[name=person] option").all_inner_texts()[1:]:
        page.locator("[name=person]").select_option(label=name)
        coordinator.press("Invite")
        expect(page.locator(".om-saved, .govuk-error-summary").first).to_be_visible()
        if page.locator(".om-saved").count():
            break
        expect(coordinator.errors).to_contain_text("is invited to this meeting already")
    expect(page.locator(".om-saved")).to_contain_text("Invited, and told.")
    coordinator.follow("Agenda")
    look(coordinator, "agenda")

    partner = open_desk("n.housing")
    partner.page.goto("/meetings/")
    look(partner, "mine")
    partner.page.get_by_role("row").filter(has_text="7:15pm").first.get_by_role("link").first.click()
    expect(partner.heading).to_contain_text("Meeting you are invited to")
    look(partner, "one")
    assert "Accommodation is about to be lost" not in partner.page.content()
    partner.page.get_by_label("Yes", exact=True).check()
    partner.press("Save your answer")
    expect(partner.page.locator(".om-saved")).to_contain_text("Your answer is saved.")
    partner.page.locator("[name=text]").fill("A notice to quit was served on Monday.")
    partner.page.get_by_label("Open to those involved").check()
    partner.press("Send to the meeting")
    expect(partner.page.locator(".om-saved")).to_contain_text("Your information is sent")

    page.reload()
    expect(page.locator("main")).to_contain_text("A notice to quit was served on Monday.")
    page.goto(f"/meetings/days/{day.isoformat()}/")
    expect(page.locator("main")).to_contain_text(second)
    look(coordinator, "day")
    page.goto("/meetings/directory/")
    look(coordinator, "directory")
    assert coordinator.complaints == partner.complaints == []
