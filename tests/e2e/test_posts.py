"""Entering a unit's posts in a real browser, and seeing the vacancy beside a standard: with scripts and without."""

import re

from playwright.sync_api import expect

from tests.e2e.caseload import ago
from tests.e2e.conftest import NARROW, OpenDesk
from tests.e2e.desk import Desk
from tests.e2e.test_accessibility import faults

MANAGER = "n.manager.police"


def enter(desk: Desk, posts: str, days_ago: int) -> None:
    """Fill in the form on a unit's page and send it."""
    desk.page.get_by_label("Police officer", exact=True).check()
    desk.page.get_by_label("Posts", exact=True).fill(posts)
    day = ago(days_ago)
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        desk.page.get_by_label(part, exact=True).fill(str(value))
    desk.page.get_by_label("Reason").fill("Agreed for the year, made up")
    desk.press("Save the posts")


def vacant(desk: Desk) -> str:
    """What the last quarter of the board's page says of posts and vacancies."""
    row = desk.page.get_by_role("main").locator("tbody tr").last
    return " ".join(row.inner_text().split())


def test_a_line_manager_enters_posts_and_the_board_sees_the_vacancy(open_desk: OpenDesk) -> None:
    desk = open_desk(MANAGER, scripts=False, viewport=NARROW)
    desk.page.goto("/tables/staff/?standard=home-visit")
    expect(desk.heading).to_have_text("What explains a fall")
    desk.follow("Enter posts of your units")
    expect(desk.heading).to_have_text("Posts and vacancies")
    desk.page.get_by_role("link", name="Enter or look up posts").first.click()
    main = desk.page.get_by_role("main")
    enter(desk, "0", 3)
    expect(desk.errors).to_contain_text("Posts must be more than 0")
    enter(desk, "40.5", 3)
    expect(main).to_contain_text("Saved. It counts from its first day on.")
    expect(main).to_contain_text("40.5")
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    board = open_desk("n.board", scripts=False, viewport=NARROW)
    board.page.goto("/tables/staff/?standard=home-visit")
    expect(board.page.get_by_role("link", name="Enter posts of your units")).to_have_count(0)
    assert re.search(r" 40\.5 3\d\.5 \d+% of post-days ", vacant(board)), vacant(board)
    assert board.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    desk.page.get_by_role("link", name="Void 40.5").click()
    desk.press("Void the entry")
    expect(desk.errors).to_contain_text("Say what is wrong with it")
    desk.page.get_by_label("What is wrong with it?").fill("The nought is too many")
    desk.press("Void the entry")
    expect(main).to_contain_text("It counts no longer")
    expect(main).to_contain_text("The nought is too many")
    board.page.reload()
    assert "40.5" not in vacant(board)


def test_two_who_enter_posts_at_once_lose_nothing(open_desk: OpenDesk) -> None:
    first, second = open_desk(MANAGER, fresh=True), open_desk("admin", fresh=True)
    for desk in (first, second):
        desk.page.goto("/people/posts/")
    first.page.get_by_role("link", name="Enter or look up posts").first.click()
    second.page.goto(first.path)
    enter(second, "21", 2)
    expect(second.page.get_by_role("main")).to_contain_text("Saved.")
    enter(first, "22", 1)
    expect(first.errors).to_contain_text("has entered or voided posts of this unit since you opened this page")
    expect(first.page.get_by_label("Posts", exact=True)).to_have_value("22")
    assert faults(first.page) == []
    first.press("Save the posts")
    expect(first.page.get_by_role("main")).to_contain_text("Saved.")
    for posts in ("22", "21"):
        first.page.get_by_role("link", name=f"Void {posts} from").click()
        first.page.get_by_label("What is wrong with it?").fill("Only tried out")
        first.press("Void the entry")
    expect(first.page.get_by_role("main")).to_contain_text("Only tried out")


def test_axe_finds_nothing_on_pages_of_posts(open_desk: OpenDesk) -> None:
    desk = open_desk(MANAGER)
    desk.page.goto("/people/posts/")
    assert faults(desk.page) == []
    desk.page.get_by_role("link", name="Enter or look up posts").first.click()
    assert faults(desk.page) == []
    enter(desk, "0", 3)
    expect(desk.errors).to_contain_text("Posts must be more than 0")
    assert faults(desk.page) == []
    desk.page.get_by_role("link", name="Void").first.click()
    assert faults(desk.page) == []
    desk.press("Void the entry")
    expect(desk.errors).to_be_visible()
    assert faults(desk.page) == []
    past = "&reading=known&on-day={0.day}&on-month={0.month}&on-year={0.year}".format(ago(30))
    for query in ("?standard=home-visit", f"?standard=home-visit{past}", "?reading=known"):
        desk.page.goto(f"/tables/staff/{query}")
        assert faults(desk.page) == [], query
