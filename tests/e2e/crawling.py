"""Walking the service along its own links, a few pages of each kind."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

from playwright.sync_api import APIRequestContext

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=/)[0-9a-f]{12}(?=/)")
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"')
OF_EACH_KIND = 2


@dataclass(frozen=True)
class Visited:
    """A page that was opened: from where, and what came."""

    address: str
    linked_from: str
    status: int
    text: str

    @property
    def headings(self) -> list[str]:
        """The words of its first-level headings."""
        return [_words(found) for found in re.findall(r"<h1\b[^>]*>(.*?)</h1>", self.text, re.DOTALL)]

    @property
    def title(self) -> str:
        """Its title."""
        found = re.search(r"<title>(.*?)</title>", self.text, re.DOTALL)
        return _words(found[1]) if found else ""

    @property
    def is_page(self) -> bool:
        """Whether it is a page, and not a style or a picture."""
        return "<html" in self.text


def walk(requests: APIRequestContext, server: str, start: str = "/") -> Iterator[Visited]:
    """Every kind of page that links lead to from ``start``: two of each kind, and the anchors they are linked by."""
    waiting, seen, kinds = deque([(start, "nothing")]), {start}, Counter[str]()
    while waiting:
        address, source = waiting.popleft()
        if kinds[kind_of(address)] >= OF_EACH_KIND:
            continue
        kinds[kind_of(address)] += 1
        answer = requests.get(address)
        page = Visited(address, source, answer.status, answer.text())
        yield page
        for href in LINK.findall(page.text):
            link = urljoin(server + address, unescape(href)).partition("#")[0]
            path = link.removeprefix(server)
            if link.startswith(server) and path not in seen:
                seen.add(path)
                waiting.append((path, address))


def kind_of(address: str) -> str:
    """The kind of page: the path without keys and numbers, and the names of what is asked for."""
    parts = urlsplit(address)
    path = re.sub(r"/\d+/", "/N/", UUID.sub("KEY", parts.path))
    return f"{path}?{'&'.join(sorted({name for name, _ in parse_qsl(parts.query)}))}"


def dead_anchors(page: Visited) -> list[str]:
    """Links within the page that lead to nothing in it."""
    ids = set(re.findall(r'\bid="([^"]+)"', page.text))
    return [anchor for anchor in re.findall(r'<a\b[^>]*\bhref="#([^"]+)"', page.text) if unescape(anchor) not in ids]


def _words(markup: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", markup).split()))
