"""Every page of every role: no dead link, one heading, and a title that says it."""

import re

import pytest

from tests.e2e.conftest import OpenDesk
from tests.e2e.crawling import dead_anchors, walk
from tests.support.server import Server

ROLES = [
    "n.police1",
    "n.probation1",
    "n.manager.police",
    "n.manager.probation",
    "n.coordinator",
    "n.victims",
    "n.housing",
    "n.board",
    "inspector",
    "admin",
    "auditor",
    "e.police1",
]
UNFINISHED = re.compile(r"coming soon|not yet implemented|under construction|lorem ipsum|\bTODO\b", re.IGNORECASE)


@pytest.mark.parametrize("username", ROLES)
def test_no_link_is_dead_and_every_page_has_one_heading_that_its_title_begins_with(
    open_desk: OpenDesk, server: Server, username: str
) -> None:
    desk = open_desk(username)
    pages = list(walk(desk.page.context.request, server.address))
    assert [(page.address, page.linked_from, page.status) for page in pages if page.status != 200] == []
    shown = [page for page in pages if page.is_page]
    assert len(shown) >= 5
    assert [(page.address, page.headings) for page in shown if len(page.headings) != 1] == []
    wrong = [
        page
        for page in shown
        if not page.title.removeprefix("History: ").casefold().startswith(page.headings[0].casefold())
    ]
    assert [(page.address, page.title, page.headings) for page in wrong] == []
    assert [(page.address, found[0]) for page in shown if (found := UNFINISHED.search(page.text))] == []
    assert [(page.address, lost) for page in shown if (lost := dead_anchors(page))] == []
