"""Every page that a person can reach by links: it is there, says what it is, fits 320 pixels, and axe finds nothing."""

import re
from collections import deque
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import NARROW, WIDE, OpenDesk
from tests.e2e.desk import Desk

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
MOST = 120
UNFINISHED = re.compile(r"coming soon|lorem ipsum|\bTODO\b|not implemented", re.IGNORECASE)
ROLES = {
    "n.police1": 30,
    "n.probation1": 30,
    "n.manager.police": 30,
    "n.coordinator": 25,
    "n.victims": 3,
    "n.housing": 3,
    "n.board": 4,
    "inspector": 4,
    "admin": 3,
    "auditor": 4,
}
"""Who goes through the pages, and how many different pages there are for them at the least."""


def kind_of(address: str) -> str:
    """An address without what differs from case to case: two of one kind are the same page."""
    parts = urlsplit(address)
    return re.sub(r"\d+", "N", KEY.sub("KEY", parts.path)) + ("?" if parts.query else "")


def links(page: Page) -> list[str]:
    hrefs: list[str] = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    return [urldefrag(href)[0] for href in hrefs]


def what_axe_finds(page: Page) -> list[str]:
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{page.url}: {problem['id']}: {problem['help']}: {node['html'][:200]}"
        for problem in found["violations"]
        for node in problem["nodes"][:3]
    ]


def what_is_wrong(page: Page) -> list[str]:
    """Everything that no page may have, wide and narrow."""
    wrong = []
    headings = page.get_by_role("heading", level=1).all_inner_texts()
    if len(headings) != 1:
        wrong.append(f"{page.url} has {len(headings)} main headings: {headings}")
    elif headings[0].lower() not in page.title().lower():
        wrong.append(f"{page.url} is called {page.title()!r} and headed {headings[0]!r}")
    words = page.locator("main").inner_text()
    if UNFINISHED.search(words):
        wrong.append(f"{page.url} says {UNFINISHED.search(words)}")
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        wide = page.evaluate("document.scrollingElement.scrollWidth")
        if wide > size["width"]:
            wrong.append(f"{page.url} is {wide} pixels wide on a screen of {size['width']}")
        wrong += what_axe_finds(page)
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    return wrong


@pytest.mark.parametrize("username", ROLES)
def test_every_page_that_links_lead_to_is_whole(open_desk: OpenDesk, username: str) -> None:
    page = open_desk(username).page
    waiting, seen, wrong = deque(["/"]), {"/"}, []
    while waiting and len(seen) < MOST:
        response = page.goto(waiting.popleft())
        assert response is not None
        if response.status != 200:
            wrong.append(f"{page.url} answers {response.status}")
            continue
        wrong += what_is_wrong(page)
        host = urlsplit(page.url).netloc
        for href in links(page):
            if urlsplit(href).netloc == host and kind_of(href) not in seen:
                seen.add(kind_of(href))
                waiting.append(href)
    assert "\n".join(wrong) == ""
    assert len(seen) >= ROLES[username]


def test_pages_that_answer_a_form_are_whole_too(open_desk: OpenDesk) -> None:
    desk = open_desk("n.manager.police")
    wrong = []
    start = desk.open_case("FORMS-15")
    for address, button in (
        (f"{start}visits/record/", "Save visit"),
        (f"{start}assessments/rm2000/score/", "Save score"),
        (f"{start}assessments/rm2000/score/", "Show the points"),
        (f"{start}record/mappa-level/", "Save"),
    ):
        desk.page.goto(address)
        desk.page.locator("main form button", has_text=button).first.click()
        wrong += what_is_wrong(desk.page)
    for words in ("sample", "qqqqqqq", ""):
        desk.find(words)
        wrong += what_is_wrong(desk.page)
    assert "\n".join(wrong) == ""


@pytest.mark.parametrize(
    ("address", "status"),
    [("/cases/00000000-0000-0000-0000-000000000000/", 404), ("/no-such-page/", 404), ("/find/", 403)],
)
def test_a_refusal_is_a_whole_page(open_desk: OpenDesk, address: str, status: int) -> None:
    desk: Desk = open_desk("n.board")
    response = desk.page.goto(address)
    assert response is not None
    assert response.status == status
    assert what_is_wrong(desk.page) == []


def test_the_sign_in_page_is_whole(open_desk: OpenDesk) -> None:
    desk = open_desk()
    for address in ("/sign-in/", "/help/", "/accessibility/"):
        desk.page.goto(address)
        assert what_is_wrong(desk.page) == []
