"""One person at one browser, and the steps they take again and again."""

import re
from datetime import date
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, expect

PASSWORD = "demo-only-password"
EXPECTED_REFUSALS = re.compile(r"Failed to load resource: the server responded with a status of (403|404|409|422|429)")


class Desk:
    """A page in a browser of this person's own. What its scripts complain of is in ``complaints``."""

    def __init__(self, page: Page, username: str) -> None:
        self.page = page
        self.username = username
        self.complaints: list[str] = []
        self.posts: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._requested)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not EXPECTED_REFUSALS.search(message.text):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _requested(self, request: Request) -> None:
        if request.method == "POST":
            self.posts.append(urlsplit(request.url).path)

    @property
    def path(self) -> str:
        """The address of the page, without the server."""
        return urlsplit(self.page.url).path

    def sign_in(self, username: str, password: str = PASSWORD) -> None:
        """Fill in the sign-in page, opening it first where another page is shown."""
        if self.path != "/sign-in/":
            self.page.goto("/sign-in/")
        self.page.get_by_label("Username").fill(username)
        self.page.locator("input[name=password]").fill(password)
        self.page.get_by_role("button", name="Sign in").click()

    def find(self, words: str) -> None:
        """Look for a case."""
        self.page.goto("/find/")
        self.page.get_by_label("Name, case reference, PNC or CRN").fill(words)
        self.page.get_by_role("button", name="Find").click()

    def open_case(self, reference: str) -> str:
        """Find a case by its reference and open it; the start of the addresses of its pages."""
        self.find(reference)
        self.page.locator(".om-result", has_text=reference).locator(".om-result__name a").click()
        expect(self.heading).to_have_text("Front sheet")
        return self.path

    def record(self, reference: str, slug: str) -> None:
        """Open the form that records something on a case."""
        self.page.goto(f"{self.open_case(reference)}record/{slug}/")

    @property
    def heading(self) -> Locator:
        """The page's own heading."""
        return self.page.get_by_role("heading", level=1)

    @property
    def errors(self) -> Locator:
        """The error summary."""
        return self.page.locator(".govuk-error-summary")

    def choose(self, question: str, answer: str) -> None:
        """Choose an answer to a question."""
        self.page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()

    def another_day(self, question: str, day: date) -> None:
        """Choose a day that is neither today nor yesterday."""
        group = self.page.get_by_role("group", name=question)
        another = group.get_by_label("Another day")
        if another.count():
            another.check()
        for box, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            group.get_by_label(box, exact=True).fill(str(value))

    def press(self, button: str) -> None:
        """Press a button; if it leads to another page, that one is there in full."""
        self.page.get_by_role("button", name=button, exact=True).click()
        self.page.wait_for_load_state("domcontentloaded")

    def follow(self, link: str) -> None:
        """Follow the first link that says this; some look like buttons, and are said to be by a screen reader."""
        either = self.page.get_by_role("link", name=link).or_(self.page.get_by_role("button", name=link))
        either.locator("visible=true").first.click()
        self.page.wait_for_load_state("domcontentloaded")

    def send(self, address: str, form: dict[str, str]) -> str:
        """Send a form once more, as a browser that kept it would; the page that answers."""
        return self.page.context.request.post(address, form=form, headers={"Referer": address}).text()
