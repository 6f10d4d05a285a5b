"""The frame of every page, the pages that belong to no case, and what is said when something goes wrong."""

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import timezone
from jinja2 import UndefinedError

from openmappa.ui import views
from openmappa.ui.forms import CaseForm
from openmappa.ui.jinja import instant
from tests.ui.conftest import Render
from tests.ui.markup import tags, texts

PAGE = (
    '{% extends "ui/page.html" %}{% block title %}Home visit{% endblock %}'
    "{% block content %}<h1>Home visit</h1>{% endblock %}"
)


def title(html: str) -> str:
    return html.split("<title>")[1].split("</title>")[0].strip()


def test_the_title_is_the_heading_and_the_service(render: Render, signed_in: HttpRequest) -> None:
    assert title(render(PAGE, signed_in)) == "Home visit – OpenMAPPA"


def test_the_title_says_error_first_when_the_form_has_one(render: Render, signed_in: HttpRequest) -> None:
    assert title(render(PAGE, signed_in, form=CaseForm({"version": "x"}))) == "Error: Home visit – OpenMAPPA"
    assert title(render(PAGE, signed_in, form=CaseForm())) == "Home visit – OpenMAPPA"
    assert title(render(PAGE, signed_in, page_has_errors=True)) == "Error: Home visit – OpenMAPPA"


@pytest.mark.parametrize("layout", ["base", "page", "signed_out"])
def test_errors_of_the_form_stand_before_the_content(render: Render, signed_in: HttpRequest, layout: str) -> None:
    html = render(PAGE.replace("ui/page", f"ui/{layout}"), signed_in, form=CaseForm({"version": "x"}))
    assert html.index("There is a problem") < html.index("<h1>Home visit</h1>")
    assert html.count("There is a problem") == 1


def test_somebody_signed_in_sees_the_menu_and_who_they_are(render: Render, signed_in: HttpRequest) -> None:
    html = render('{% set section = "find" %}' + PAGE, signed_in)
    assert "Signed in as Sample Officer-Testcase Police officer" in texts(html)
    menu = [link for link in tags(html, "a") if link.get("class") == "om-menu__link"]
    assert [(link["href"], link.get("aria-current")) for link in menu] == [("/", None), ("/find/", "page")]
    assert [form["method"] for form in tags(html, "form")] == ["post"]


def test_a_stranger_sees_no_menu(render: Render) -> None:
    html = render(PAGE)
    assert [texts(html).count(words) for words in ("My worklist", "Find a case", "Sign out")] == [0, 0, 0]


def test_every_page_says_that_its_people_are_generated_only_where_they_are(render: Render, settings: object) -> None:
    words = "All people here are generated: no real person"
    assert texts(render(PAGE)).count(words) == 1
    settings.OPENMAPPA_SYNTHETIC = False  # type: ignore[attr-defined]
    assert texts(render(PAGE)).count(words) == 0
    assert texts(render(PAGE, synthetic=True)).count(words) == 1


def test_every_page_and_every_print_of_it_bears_the_marking(render: Render, settings: object) -> None:
    page = texts(render(PAGE))
    assert page.count("OFFICIAL-SENSITIVE") == 2
    settings.OPENMAPPA_MARKING = "OFFICIAL"  # type: ignore[attr-defined]
    assert (texts(render(PAGE)).count("SENSITIVE"), texts(render(PAGE)).count("OFFICIAL")) == (0, 2)


def test_a_print_says_who_printed_it_and_of_when_it_is(render: Render, signed_in: HttpRequest) -> None:
    at = instant(timezone.now())
    page = texts(render(PAGE, signed_in))
    assert "Printed by Sample Officer-Testcase, Police officer, Sample Police" in page
    assert f"As the record stood on {at}" in page or instant(timezone.now()) != at
    assert "Printed by somebody not signed in" in texts(render(PAGE))


def test_an_error_page_bears_the_marking_and_is_the_same_at_every_minute(signed_in: HttpRequest) -> None:
    page = texts(views.page_not_found(signed_in).content.decode())
    assert (page.count("OFFICIAL-SENSITIVE"), page.count("As the record stood")) == (1, 0)


def test_apps_have_their_part_on_every_page_where_the_settings_name_it(render: Render, settings: object) -> None:
    settings.FRAME_PARTS = {"page_scripts": ["ui/error.html"]}  # type: ignore[attr-defined]
    with pytest.raises(UndefinedError, match="heading"):  # rendered, with the page's own names
        render(PAGE)


def test_the_landmarks_are_one_of_each(render: Render, signed_in: HttpRequest) -> None:
    html = render(PAGE, signed_in)
    assert [len(tags(html, name)) for name in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
    assert [nav["aria-label"] for nav in tags(html, "nav")] == ["Main menu", "Help and legal"]
    assert tags(html, "html")[0]["lang"] == "en-GB"


@pytest.mark.parametrize(("address", "heading"), [("/help/", "Help"), ("/accessibility/", "Accessibility statement")])
def test_help_and_accessibility_are_open_to_strangers(client: Client, address: str, heading: str) -> None:
    page = client.get(address).content.decode()
    assert title(page) == f"{heading} – OpenMAPPA"
    assert f'<h1 class="govuk-heading-l">{heading}</h1>' in page


def test_search_engines_are_sent_away(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert (answer["Content-Type"], answer.content) == ("text/plain", b"User-agent: *\nDisallow: /\n")


@pytest.mark.django_db
def test_health_says_that_the_database_answers(client: Client) -> None:
    assert client.get("/health").json() == {"status": "ok", "database": "reachable"}


@pytest.mark.django_db
def test_a_database_that_is_not_there_does_not_answer(tmp_path: Path) -> None:
    elsewhere = connection.copy()
    elsewhere.settings_dict = {**connection.settings_dict, "HOST": str(tmp_path)}
    assert (views.answers(connection), views.answers(elsewhere)) == (True, False)


def test_pages_to_read_cannot_be_posted_to(client: Client) -> None:
    assert [client.post(address).status_code for address in ("/help/", "/health")] == [405, 405]


def test_each_error_page_says_what_happened_and_what_to_do(signed_in: HttpRequest) -> None:
    answers = [
        views.bad_request(signed_in),
        views.permission_denied(signed_in),
        views.page_not_found(signed_in),
        views.server_error(signed_in),
        views.csrf_failure(signed_in, reason="CSRF cookie not set."),
    ]
    assert [(answer.status_code, title(answer.content.decode())) for answer in answers] == [
        (400, "That request could not be read – OpenMAPPA"),
        (403, "You are not allowed to do this – OpenMAPPA"),
        (404, "Page not found – OpenMAPPA"),
        (500, "Sorry, there is a problem with the service – OpenMAPPA"),
        (403, "Your session has ended, so this was not saved – OpenMAPPA"),
    ]
    assert [b"CSRF" in answer.content for answer in answers] == [False] * 5


def test_a_refusal_gives_its_own_reason(signed_in: HttpRequest) -> None:
    page = views.permission_denied(signed_in, PermissionDenied("Only a line manager countersigns")).content.decode()
    assert "Only a line manager countersigns" in texts(page)


def test_the_page_for_our_own_mistake_asks_nothing_of_the_person(rf: RequestFactory) -> None:
    request = rf.get("/")  # no person on it: the middleware may be what failed
    assert views.server_error(request).status_code == 500
    assert views.page_not_found(request).status_code == 404
