"""Second factors, passkeys, an agency's own sign-in and lock-out, on a service that asks everybody for a second factor.

Passkeys need the service to be reached by a name, so these browsers go to ``localhost``.
"""

import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import NARROW, PATIENCE, WIDE
from tests.e2e.desk import PASSWORD, Desk
from tests.e2e.test_accessibility import faults
from tests.signin.made import code
from tests.signin.provider import running
from tests.support.server import Server, demonstration

AGENCIES = """
[sample-police]
name = "Sample Police"
agency = "northshire-police"
issuer = "{issuer}"
client_id = "openmappa"
client_secret_file = "secret.txt"
username_claim = "preferred_username"
second_factor = ["mfa"]
"""
IN_THEIR_POCKET = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
EXPECTED = re.compile(r"429|net::ERR_")  # a browser says so of a refusal, and of the provider's own decorations
HOME = re.compile(r"://[^/]+/$")
Open = Callable[..., Desk]


@pytest.fixture(scope="module")
def guarded() -> Iterator[Server]:
    """A demonstration in which a second factor is required and one agency has a sign-in of its own."""
    people: dict[str, dict[str, object]] = {
        "s-1": {"preferred_username": "n.coordinator", "amr": ["mfa"]},
        "s-2": {"preferred_username": "nobody.here"},
    }
    with (
        tempfile.TemporaryDirectory(prefix="openmappa-e2e-", ignore_cleanup_errors=True) as folder,
        running(people) as provider,
        pytest.MonkeyPatch.context() as patch,
    ):
        Path(folder, "secret.txt").write_text("a-secret-of-the-tests")
        Path(folder, "agencies.toml").write_text(AGENCIES.format(issuer=provider.issuer))
        patch.setenv("OPENMAPPA_OIDC_FILE", str(Path(folder, "agencies.toml")))
        patch.setenv("OPENMAPPA_MFA_REQUIRED", "yes")
        patch.setenv("OPENMAPPA_IDLE_MINUTES", "15")
        patch.setenv("OPENMAPPA_STEP_UP_MINUTES", "15")
        with demonstration(Path(folder, "postgres"), "--areas", "1", "--cases", "3") as server:
            yield server


@pytest.fixture
def sit_down(guarded: Server, chromium: Browser) -> Iterator[Open]:
    """``sit_down()`` is a new browser; ``scripts=False`` one without JavaScript."""
    contexts: list[BrowserContext] = []
    desks: list[Desk] = []

    def opened(*, scripts: bool = True, viewport: dict[str, int] | None = None) -> Desk:
        context = chromium.new_context(
            base_url=guarded.address.replace("127.0.0.1", "localhost"),
            java_script_enabled=scripts,
            viewport=viewport or WIDE,  # type: ignore[arg-type]
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        desks.append(Desk(context.new_page(), ""))
        return desks[-1]

    yield opened
    for context in contexts:
        context.close()
    assert [each for desk in desks for each in desk.complaints if not EXPECTED.search(each)] == []


def with_a_passkey(page: Page) -> None:
    """Give the browser an authenticator, as a laptop with a fingerprint reader has one."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": IN_THEIR_POCKET})


def set_up_app(desk: Desk) -> tuple[str, list[str]]:
    """From the page that leads there: the app's secret, and the recovery codes."""
    desk.follow("Set up an authenticator app")
    secret = desk.page.locator(".om-key").inner_text().replace(" ", "")
    desk.page.get_by_label("Code that the app shows").fill(code(secret))
    desk.press("Set it up")
    expect(desk.heading).to_have_text("Keep your recovery codes")
    return secret, desk.page.locator(".om-codes code").all_inner_texts()


def sign_out(desk: Desk) -> None:
    desk.page.locator(".om-header__out button").click()
    expect(desk.heading).to_have_text("You have signed out")


def test_somebody_new_is_led_to_an_app_and_then_signs_in_with_its_codes(sit_down: Open) -> None:
    desk = sit_down()
    desk.sign_in("n.police1")
    expect(desk.heading).to_have_text("Set up a second way to prove that it is you")
    assert faults(desk.page) == []
    for address in ("/find/", "/", "/you/"):
        desk.page.goto(address)
        assert desk.path == "/you/sign-in/set-up/"
    desk.follow("Set up an authenticator app")
    assert faults(desk.page) == []
    desk.page.get_by_label("Code that the app shows").fill("000000")
    desk.press("Set it up")
    expect(desk.errors).to_contain_text("That code is not right")
    assert faults(desk.page) == []
    desk.page.goto("/you/sign-in/set-up/")
    secret, codes = set_up_app(desk)
    assert len(codes) == 10
    assert faults(desk.page) == []
    desk.page.get_by_role("button", name="I have kept them: go on").click()
    expect(desk.heading).to_have_text("How you sign in")
    assert faults(desk.page) == []

    sign_out(desk)
    desk.sign_in("n.police1")
    expect(desk.heading).to_have_text("Prove that it is you")
    assert faults(desk.page) == []
    desk.page.get_by_label("Code from your authenticator app").fill(codes[0])
    desk.press("Go on")
    expect(desk.heading).to_have_text("My worklist")
    sign_out(desk)
    desk.sign_in("n.police1")
    desk.page.get_by_label("Code from your authenticator app").fill(codes[0])
    desk.press("Go on")
    expect(desk.errors).to_contain_text("has been used already")
    desk.page.get_by_label("Code from your authenticator app").fill(code(secret, steps=1))
    desk.press("Go on")
    expect(desk.heading).to_have_text("My worklist")


def test_it_all_works_without_javascript_but_for_passkeys_which_say_so(sit_down: Open) -> None:
    desk = sit_down(scripts=False, viewport=NARROW)
    desk.page.goto("/sign-in/")
    expect(desk.page.get_by_text("Passkeys need JavaScript")).to_be_visible()
    expect(desk.page.get_by_role("button", name="Use a passkey")).to_have_count(0)
    desk.sign_in("n.board")
    desk.follow("Set up a passkey")
    expect(desk.page.get_by_text("Passkeys need JavaScript")).to_be_visible()
    expect(desk.page.get_by_role("button", name="Make the passkey")).to_have_count(0)
    desk.page.goto("/you/sign-in/set-up/")
    secret, codes = set_up_app(desk)
    expect(desk.page.get_by_role("button", name="Print them")).to_have_count(0)
    sign_out(desk)
    desk.sign_in("n.board")
    desk.page.get_by_label("Code from your authenticator app").fill(codes[3])
    desk.press("Go on")
    expect(desk.page).to_have_url(HOME)
    desk.page.goto("/you/sign-in/password/")
    desk.page.get_by_label("Password you have now").fill(PASSWORD)
    desk.page.get_by_label("New password", exact=True).fill("copper lantern meadow")
    desk.page.get_by_label("New password once more").fill("copper lantern meadow")
    desk.press("Change password")
    expect(desk.page.get_by_role("main")).to_contain_text("Your password is changed")
    sign_out(desk)
    desk.sign_in("n.board", "copper lantern meadow")
    desk.page.get_by_label("Code from your authenticator app").fill(code(secret, steps=1))
    desk.press("Go on")
    expect(desk.page).to_have_url(HOME)


def test_a_passkey_is_made_and_signs_its_owner_in_with_a_password_and_without(sit_down: Open) -> None:
    desk = sit_down()
    with_a_passkey(desk.page)
    desk.sign_in("n.manager.police")
    desk.follow("Set up a passkey")
    assert faults(desk.page) == []
    desk.page.get_by_label("Name of this passkey").fill("Sample laptop")
    desk.press("Make the passkey")
    expect(desk.heading).to_have_text("Keep your recovery codes")
    desk.page.get_by_role("button", name="I have kept them: go on").click()
    expect(desk.page.get_by_role("main")).to_contain_text("Passkey, signs you in without a password")
    sign_out(desk)

    desk.sign_in("n.manager.police")
    expect(desk.heading).to_have_text("Prove that it is you")
    assert faults(desk.page) == []
    desk.press("Use your passkey")
    expect(desk.heading).to_have_text("My worklist")
    sign_out(desk)

    desk.page.goto("/find/")
    assert faults(desk.page) == []
    desk.press("Use a passkey")
    expect(desk.heading).to_have_text("Find a case")


def test_a_browser_without_a_passkey_for_us_says_so_and_other_ways_are_there(sit_down: Open) -> None:
    desk = sit_down()
    with_a_passkey(desk.page)
    desk.page.goto("/sign-in/")
    desk.press("Use a passkey")
    expect(desk.page.locator("[data-said]")).to_contain_text("this device has no passkey for this service")
    assert desk.path == "/sign-in/"


def test_at_ones_own_agency_there_and_back_to_the_page_that_was_asked_for(sit_down: Open) -> None:
    desk = sit_down()
    desk.page.goto("/find/")
    desk.follow("Sign in at Sample Police")
    desk.page.locator("input[name=sub]").fill("s-1")
    desk.page.get_by_role("button", name="Authorize").click()
    expect(desk.heading).to_have_text("Find a case")
    expect(desk.page.get_by_role("link", name="Coordinator Sampleton")).to_be_visible()
    desk.page.goto("/you/sign-in/")
    expect(desk.page.get_by_role("main")).to_contain_text("by their agency’s own sign-in")


def test_whom_the_agency_knows_and_we_do_not_is_refused_kindly(sit_down: Open) -> None:
    desk = sit_down()
    desk.page.goto("/sign-in/")
    desk.follow("Sign in at Sample Police")
    desk.page.locator("input[name=sub]").fill("s-2")
    desk.page.get_by_role("button", name="Authorize").click()
    expect(desk.heading).to_have_text("You cannot be signed in from Sample Police")
    expect(desk.page.get_by_role("main")).to_contain_text("Being known there makes nobody a person here")
    assert faults(desk.page) == []
    desk.page.get_by_role("button", name="Go to sign-in").click()
    desk.follow("Sign in at Sample Police")
    desk.page.get_by_role("button", name="Deny").click()
    expect(desk.page.get_by_role("main")).to_contain_text("was broken off")


def test_five_failures_lock_and_the_page_says_what_to_do(sit_down: Open) -> None:
    desk = sit_down()
    for _ in range(5):
        desk.sign_in("nobody.at.all", "wrong")
    expect(desk.page.get_by_role("alert").first).to_contain_text("Too many attempts that failed")
    expect(desk.page.get_by_role("main")).to_contain_text("ask your agency’s administrator to let you try at once")
    assert desk.page.title() == "Error: Sign in – OpenMAPPA"
    assert faults(desk.page) == []


def test_an_administrator_helps_somebody_who_has_lost_their_phone(sit_down: Open) -> None:
    administrator = sit_down()
    administrator.sign_in("admin")
    set_up_app(administrator)
    administrator.page.goto("/people/")
    administrator.page.get_by_role("link", name="Officer One Sampleton").first.click()
    administrator.follow("How they sign in")
    expect(administrator.heading).to_have_text("How Officer One Sampleton signs in")
    assert faults(administrator.page) == []
    administrator.press("Remove their second factors")
    expect(administrator.errors).to_contain_text("Enter what happened, and how you made sure that it was them")
    assert faults(administrator.page) == []
    administrator.page.get_by_label("What happened").fill("Phone fell into a river. She came with her warrant card.")
    administrator.press("Remove their second factors")
    expect(administrator.page.get_by_role("main")).to_contain_text("Their second factors are removed")
    officer = sit_down()
    officer.sign_in("n.police1")
    expect(officer.heading).to_have_text("Set up a second way to prove that it is you")


def test_before_something_sensitive_the_person_is_asked_again_and_goes_on(sit_down: Open, guarded: Server) -> None:
    desk = sit_down()
    with_a_passkey(desk.page)
    desk.sign_in("n.manager.probation")
    desk.follow("Set up a passkey")
    desk.press("Make the passkey")
    expect(desk.heading).to_have_text("Keep your recovery codes")
    proved_long_ago(guarded)
    desk.page.goto("/you/sign-in/recovery-codes/")
    expect(desk.heading).to_have_text("Prove once more that it is you")
    assert faults(desk.page) == []
    desk.press("Go on")
    expect(desk.errors).to_contain_text("Enter the code")
    desk.press("Use your passkey")
    expect(desk.heading).to_have_text("Make new recovery codes")
    proved_long_ago(guarded)
    desk.press("Make new codes")
    expect(desk.page.get_by_role("main")).to_contain_text("What you sent is not lost")
    desk.press("Use your passkey")
    expect(desk.heading).to_have_text("Keep your recovery codes")


def proved_long_ago(server: Server) -> None:
    """As if everybody had proved who they are at midnight, and worked ever since."""
    change = "OpenSession.objects.update(proved_at=timezone.now() - timedelta(minutes=16))"
    names = "from datetime import timedelta; from django.utils import timezone; "
    server.manage("shell", "-c", f"{names}from openmappa.signin.models import OpenSession; {change}")


def test_sessions_are_listed_and_ended(sit_down: Open) -> None:
    first, second = sit_down(), sit_down()
    first.sign_in("n.victims")
    _, codes = set_up_app(first)
    second.sign_in("n.victims")
    second.page.get_by_label("Code from your authenticator app").fill(codes[0])
    second.press("Go on")
    expect(second.page).to_have_url(HOME)
    second.page.goto("/you/sign-in/")
    expect(second.page.locator(".om-sessions__one")).to_have_count(2)
    assert faults(second.page) == []
    second.page.get_by_role("button", name="Sign out there").click()
    expect(second.page.get_by_role("main")).to_contain_text("You have been signed out there")
    expect(second.page.locator(".om-sessions__one")).to_have_count(1)
    first.page.goto("/")
    expect(first.heading).to_have_text("Sign in")
