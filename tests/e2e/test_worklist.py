"""The worklist: what is due, on whom, by when, how late and why; narrowed, sorted, and page by page."""

import re
from datetime import date

from playwright.sync_api import expect

from openmappa.core.dates import add_months
from openmappa.ui.formats import day, short_day
from tests.e2e.caseload import ago
from tests.e2e.desk import Desk

VISIT = "Unannounced police home visit"


def show(desk: Desk, **filters: str) -> None:
    """Open the worklist with these filters."""
    desk.page.goto("/?" + "&".join(f"{name}={value}" for name, value in filters.items()))


def pages(desk: Desk) -> int:
    """How many pages the list has."""
    said = re.search(r"Page \d+ of (\d+)", desk.page.locator(".om-count").inner_text())
    return int(said[1]) if said else 1


def test_a_line_says_what_on_whom_by_when_how_late_and_why(officer: Desk) -> None:
    show(officer, sort="name", standard="home-visit")
    for number in range(1, pages(officer) + 1):
        show(officer, sort="name", standard="home-visit", page=str(number))
        group = officer.page.locator(".om-group").filter(has_text="Sample Visitcase-13")
        if group.count():
            break
    due_on = add_months(ago(396), 3)
    line = group.first.locator(".om-duty").filter(has_text=VISIT)
    expect(line).to_contain_text(short_day(due_on))
    expect(line).to_contain_text("late")
    expect(line).to_contain_text(f"3 months from {day(ago(396))}")
    expect(line.get_by_role("link", name="Record it")).to_have_attribute("href", re.compile("/visits/record/$"))


def test_overdue_comes_first_then_the_week_then_later_and_the_count_names_all_three(officer: Desk) -> None:
    show(officer)
    count = officer.page.locator(".om-count").inner_text()
    assert re.search(r"[\d,]+ dut(y|ies): ?\n?[\d,]+ overdue, ([\d,]+|none) due in the next 7 days, ", count), count
    titles: list[str] = []
    for number in range(1, pages(officer) + 1):
        show(officer, page=str(number))
        titles += officer.page.locator("h2.om-worklist-section").all_inner_texts()
    order = ["Overdue", "Due in the next 7 days", "Due later"]
    assert [order.index(title) for title in titles] == sorted(order.index(title) for title in titles)
    assert titles[0] == "Overdue"


def test_a_filter_narrows_the_list_shows_itself_and_is_taken_away_again(officer: Desk) -> None:
    show(officer)
    all_of_them = officer.page.locator(".om-count strong").first.inner_text()
    panel = officer.page.locator(".om-filters")
    panel.get_by_label("Standard").select_option(label=VISIT)
    panel.get_by_role("group", name="Likelihood of reconviction").get_by_label("High", exact=True).check()
    panel.get_by_role("button", name="Apply filters").last.click()
    expect(officer.page.locator(".om-chips__chip")).to_have_count(2)
    whats = officer.page.locator(".om-duty__what a").all_inner_texts()
    assert whats
    assert all(what.startswith(VISIT) for what in whats)
    assert officer.page.locator(".om-count strong").first.inner_text() != all_of_them
    officer.follow("Clear all filters")
    expect(officer.page.locator(".om-count strong").first).to_have_text(all_of_them)


def test_a_filter_that_fits_nothing_says_what_to_do(officer: Desk) -> None:
    show(officer, standard="home-visit", harm="very_high", level="3", band="low")
    expect(officer.page.get_by_role("main")).to_contain_text("Nothing on this list fits these filters")


def test_the_area_has_more_than_one_officer_and_each_scope_keeps_the_filters(officer: Desk) -> None:
    show(officer, standard="home-visit")
    officer.page.get_by_role("link", name="All I can open").click()
    expect(officer.page.locator(".om-chips__chip")).to_have_count(1)
    assert "scope=area" in officer.page.url
    expect(officer.page.get_by_role("link", name="All I can open")).to_have_attribute("aria-current", "page")


def test_sorting_by_name_and_by_the_latest_date(officer: Desk) -> None:
    show(officer, sort="name")
    families = officer.page.locator(".om-group__name a").all_inner_texts()
    last = [name.split()[-1].casefold() for name in families]
    sections = officer.page.locator("h2.om-worklist-section").count()
    assert sections > 1 or last == sorted(last)
    show(officer, sort="newest")
    newest = officer.page.locator(".om-group").first.locator("time").first.get_attribute("datetime")
    show(officer)
    oldest = officer.page.locator(".om-group").first.locator("time").first.get_attribute("datetime")
    assert newest
    assert oldest
    assert date.fromisoformat(oldest) < date.fromisoformat(newest) < date.today()


def test_the_next_page_shows_other_lines_and_a_page_too_far_is_no_error(officer: Desk) -> None:
    show(officer)
    first = officer.page.locator(".om-group__name a").first.get_attribute("href")
    officer.page.get_by_role("link", name=re.compile("^Next")).click()
    expect(officer.page.locator('[aria-current="page"]').filter(has_text="2")).to_be_visible()
    assert officer.page.locator(".om-group").count() > 0
    show(officer, page="9999")
    expect(officer.heading).to_have_text("My worklist")
    assert first


def test_a_line_leads_to_the_duty_with_its_reasons_open_step_by_step(officer: Desk) -> None:
    show(officer, sort="name", standard="rm2000-start")
    officer.page.locator(".om-duty__what a").first.click()
    expect(officer.heading).to_have_text("Duties")
    target = officer.page.locator(":target")
    expect(target).to_contain_text("RM2000 after registration")
    expect(target.locator("details li").first).to_be_visible()
    assert target.locator("details li").count() >= 2
    expect(target.locator("details")).to_contain_text("Source: ")


def test_my_cases_lists_what_one_holds_with_what_is_late(officer: Desk) -> None:
    show(officer)
    officer.follow("My cases")
    expect(officer.heading).to_have_text("My cases")
    row = officer.page.get_by_role("row").filter(has_text="Sample Actcase").filter(has_text="High").first
    expect(row).to_contain_text("overdue")
