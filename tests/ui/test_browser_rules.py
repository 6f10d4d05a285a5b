"""What every answer tells the browser: nothing from elsewhere or within the page, nothing kept, nothing passed on."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from openmappa.core.access import Role
from openmappa.ui.middleware import browser_rules
from tests.support.routes import every_route
from tests.timeline.build import make_case, make_person

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
)
NOTHING_KEPT = "no-store, no-cache, must-revalidate, private, max-age=0"
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": NOTHING_KEPT,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture(autouse=True)
def frame_only() -> None:
    """Here the whole service is walked, not the frame alone."""


@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, Role.LINE_MANAGER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_every_address_sends_every_rule_whatever_it_answers(role: Role | None) -> None:
    person, case = make_person(role or Role.POLICE_OFFICER), make_case()
    values = {
        "uuid": case.key,
        "int": 1,
        "slug": "likelihood",
        "str": "likelihood",
        "path": "likelihood",
        "day": "2005-03-31",
    }
    wrong = []
    for route in every_route():
        browser = Client(raise_request_exception=False)
        if role is not None:
            browser.force_login(person)
        address = route.at({name: values[kind] for name, kind in route.parts.items()})
        for send in (browser.get, browser.post, browser.put):
            answer = send(address)
            given = {name: answer.headers.get(name) for name in ALWAYS}
            if given != ALWAYS or "camera=()" not in answer.headers["Permissions-Policy"]:
                wrong.append((address, answer.status_code, given))
    assert wrong == []


def test_there_are_addresses_to_walk() -> None:
    assert len(every_route()) > 40
    assert {"uuid", "int"} <= {kind for route in every_route() for kind in route.parts.values()}


@pytest.mark.django_db
def test_https_is_asked_for_a_year_behind_a_proxy_that_ends_tls(settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31536000, True
    settings.SECURE_PROXY_SSL_HEADER, settings.SECURE_SSL_REDIRECT = ("HTTP_X_FORWARDED_PROTO", "https"), True
    plain = Client().get("/help/")
    assert (plain.status_code, plain.headers["Location"]) == (301, "https://testserver/help/")
    assert plain.headers["Content-Security-Policy"] == POLICY
    answer = Client().get("/help/", headers={"x-forwarded-proto": "https"})
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_styles_and_scripts_may_be_kept_and_a_missing_one_not(rf: RequestFactory, settings: Any) -> None:
    def kept(status: int) -> str:
        respond = browser_rules(lambda request: HttpResponse(status=status, headers={"Cache-Control": "max-age=60"}))
        return respond(rf.get(f"{settings.STATIC_URL}openmappa/app.css")).headers["Cache-Control"]

    assert [kept(status) for status in (200, 304, 404)] == ["max-age=60", "max-age=60", NOTHING_KEPT]


def test_a_download_may_be_stricter_and_nothing_else_is_its_own_to_say(rf: RequestFactory) -> None:
    own = {"Content-Security-Policy": "sandbox", "Cache-Control": "max-age=60", "Referrer-Policy": "unsafe-url"}
    answer = browser_rules(lambda request: HttpResponse(headers=own))(rf.get("/"))
    assert answer.headers["Content-Security-Policy"] == "sandbox"
    assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == (NOTHING_KEPT, "same-origin")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("https://testserver", 302),
        ("null", 403),  # what browsers send with a form of a page that came with no-referrer
        ("https://elsewhere.example", 403),
    ],
)
def test_a_form_is_taken_over_https_by_its_origin_alone(settings: Any, origin: str, status: int) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    browser = Client(enforce_csrf_checks=True)
    secured = {"x-forwarded-proto": "https", "host": "testserver"}
    browser.force_login(make_person(Role.POLICE_OFFICER))
    browser.get("/you/", headers=secured)
    sent = {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    assert browser.post("/sign-out/", sent, headers={**secured, "origin": origin}).status_code == status
