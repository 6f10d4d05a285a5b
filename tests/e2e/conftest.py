"""A real server with a caseload of its own, and a real browser, both kept for as long as the browser tests last."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from browser import find_chromium
from tests.e2e import caseload
from tests.e2e.desk import PASSWORD, Desk
from tests.support.server import Server, demonstration

NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 900}
PATIENCE = 10_000  # milliseconds; a shared machine can be slow
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
OpenDesk = Callable[..., Desk]


@pytest.fixture(scope="package")
def server() -> Iterator[Server]:
    """The demonstration with 5 areas of 8 generated cases, and the tests' own cases in the first area."""
    with tempfile.TemporaryDirectory(prefix="openmappa-e2e-", ignore_cleanup_errors=True) as folder:
        file = Path(folder, "caseload.jsonl")
        file.write_text("\n".join(caseload.lines()) + "\n", encoding="utf-8")
        for_pictures = bool(os.environ.get("OPENMAPPA_SCREENSHOTS"))
        cases = "100" if for_pictures else "8"
        with demonstration(Path(folder, "postgres"), "--areas", "5", "--cases", cases) as running:
            if not for_pictures:
                running.manage("import_caseload", str(file))
            yield running


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The machine's Chromium. It ends with these tests: while it runs, Django refuses a database in this process."""
    path = find_chromium()
    assert path, "There is no Chromium here. Run: make test"
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def sessions() -> dict[str, object]:
    """The cookies of those who have signed in already, by username."""
    return {}


@pytest.fixture
def open_desk(server: Server, chromium: Browser, sessions: dict[str, object]) -> Iterator[OpenDesk]:
    """``open_desk("n.police1")`` is a browser of that person's own, signed in; ``open_desk()`` is nobody's yet.

    ``scripts=False`` is a browser without JavaScript, ``viewport`` its size, ``fresh=True`` a session of its own.
    Whatever a page's scripts complain of fails the test.
    """
    contexts: list[BrowserContext] = []
    desks: list[Desk] = []

    def sit_down(
        username: str = "", *, scripts: bool = True, viewport: dict[str, int] | None = None, fresh: bool = False
    ) -> Desk:
        known = None if fresh else sessions.get(username)
        context = chromium.new_context(
            base_url=server.address,
            java_script_enabled=scripts,
            viewport=viewport or WIDE,  # type: ignore[arg-type]
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
            storage_state=known,  # type: ignore[arg-type]
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        desk = Desk(context.new_page(), username)
        desks.append(desk)
        if username and known is None:
            desk.sign_in(username, PASSWORD)
            if not fresh:
                sessions[username] = context.storage_state()
        return desk

    yield sit_down
    for context in contexts:
        context.close()
    assert [complaint for desk in desks for complaint in desk.complaints] == []


@pytest.fixture
def officer(open_desk: OpenDesk) -> Desk:
    """The first police officer of the first area, signed in, with JavaScript, on a wide screen."""
    return open_desk("n.police1")


@pytest.fixture
def page(officer: Desk) -> Page:
    """The officer's page."""
    return officer.page
