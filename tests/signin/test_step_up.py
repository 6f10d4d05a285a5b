"""Asking once more: after fifteen minutes, of the right person, and without losing a form that was sent."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from openmappa.accounts.models import User
from openmappa.config import urls as service
from openmappa.signin.models import OpenSession
from openmappa.signin.step_up import fresh, stepped_up
from tests.signin.made import code, events, give_app, give_codes, officer, sessions, signing_in
from tests.worklist.made import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@require_http_methods(["GET", "POST"])
@stepped_up
def sensitive(request: HttpRequest, word: str) -> HttpResponse:
    """A page that needs a proof; it says what reached it."""
    sent: dict[str, Any] = {name: request.POST.getlist(name) for name in request.POST if name != "csrfmiddlewaretoken"}
    return JsonResponse({"word": word, "sent": sent, "files": sorted(request.FILES), "fresh": fresh(request)})


def plain(request: HttpRequest) -> HttpResponse:
    """Whether the last proof is fresh."""
    return JsonResponse({"fresh": fresh(request)})


urlpatterns = [
    path("sensitive/<slug:word>/", sensitive),
    path("plain/", plain),
    path("", include(service.urlpatterns)),
]
handler404 = service.handler404
TYPED = {"what": "Lines of\r\ntext & <marks> “kept”", "several": ["one", "two"], "empty": ""}


@pytest.fixture
def person() -> User:
    return officer()


def proved(person: User, minutes: float) -> None:
    """As if the person had proved who they are so long ago, and been busy ever since."""
    then = timezone.now() - timedelta(minutes=minutes)
    OpenSession.objects.filter(person=person).update(started_at=then, proved_at=then)


def hidden(page: str) -> dict[str, list[str]]:
    """The hidden fields of the page's last form, as a browser would send them."""
    form = page[page.rindex("<form", 0, page.rindex('name="proof_going_on"')) :]
    form = form[: form.index("</form>")]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(?!csrf)([^"]+)" value="([^"]*)"', form):
        found.setdefault(name, []).append(unescape(value))
    return found


def test_whoever_signed_in_less_than_fifteen_minutes_ago_is_not_asked(person: User) -> None:
    client = signing_in(person)
    proved(person, 14.9)
    assert client.get("/sensitive/one/").json()["fresh"] is True


def test_after_fifteen_minutes_a_page_asks_first_and_then_opens(person: User) -> None:
    client = signing_in(person)
    proved(person, 15)
    answer = client.get("/sensitive/one/?page=2")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Prove once more that it is you" in page
    assert hidden(page)["next"] == ["/sensitive/one/?page=2"]
    answer = client.post("/you/sign-in/prove/", {**hidden(page), "proof_password": "right"})
    assert answer.headers["Location"] == "/sensitive/one/?page=2"
    assert client.get("/sensitive/one/?page=2").json()["word"] == "one"
    assert events()[-1] == ("prove again", "done")


def test_a_form_that_was_sent_waits_in_the_page_and_goes_on_as_it_was(person: User) -> None:
    client = signing_in(person)
    proved(person, 20)
    page = client.post("/sensitive/one/?x=1", TYPED).content.decode()
    assert "What you sent is not lost" in page
    assert 'action="/sensitive/one/?x=1"' in page
    assert "Lines of" not in str([row.get_decoded() for row in Session.objects.all()])
    kept = hidden(page)
    assert kept["several"] == ["one", "two"]
    wrong = client.post("/sensitive/one/?x=1", {**kept, "proof_password": "wrong"}).content.decode()
    assert "That password is not right" in wrong
    assert hidden(wrong) == kept
    got = client.post("/sensitive/one/?x=1", {**hidden(wrong), "proof_password": "right"}).json()
    assert got["sent"] == {"what": [TYPED["what"]], "several": ["one", "two"], "empty": [""]}
    assert got["fresh"] is True


def test_a_file_cannot_wait_and_the_page_says_so(person: User) -> None:
    client = signing_in(person)
    proved(person, 20)
    file = SimpleUploadedFile("sample-letter.pdf", b"%PDF-1.4")
    page = client.post("/sensitive/one/", {"what": "kept", "file": file}).content.decode()
    assert "The file “sample-letter.pdf” cannot wait here" in page
    assert client.post("/sensitive/one/", {**hidden(page), "proof_password": "right"}).json()["files"] == []


def test_whoever_has_a_second_factor_proves_with_it_and_not_with_the_password(person: User) -> None:
    give_app(person)
    codes = give_codes(person)
    client = signed_in(person)
    client.get("/plain/")
    proved(person, 20)
    page = client.post("/sensitive/one/", {"what": "kept"}).content.decode()
    assert 'name="proof_code"' in page
    assert 'name="proof_password"' not in page
    again = client.post("/sensitive/one/", {**hidden(page), "proof_password": "right"})
    assert "Prove once more" in again.content.decode()
    assert client.post("/sensitive/one/", {**hidden(page), "proof_code": code()}).json()["sent"] == {"what": ["kept"]}
    proved(person, 20)
    assert client.post("/sensitive/one/", {**hidden(page), "proof_code": codes[0]}).status_code == 200


def test_somebody_elses_code_proves_nothing(person: User) -> None:
    give_app(person)
    other = officer("Officer Sample Two")
    client = signing_in(other)
    proved(other, 20)
    page = client.get("/sensitive/one/").content.decode()
    client.post("/you/sign-in/prove/", {**hidden(page), "proof_code": code()})
    assert client.get("/plain/").json() == {"fresh": False}


def test_after_five_wrong_proofs_the_session_ends_and_what_was_typed_is_shown(person: User) -> None:
    client = signing_in(person)
    proved(person, 20)
    typed = {"what": "Something long enough to be worth keeping"}
    kept = hidden(client.post("/sensitive/one/", typed).content.decode())
    for number in range(5):
        answer = client.post("/sensitive/one/", {**kept, "proof_password": f"my-wrong-words-{number}"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Something long enough to be worth keeping" in page
    assert "my-wrong-words" not in page
    assert not sessions(person)
    assert "several times" in client.get("/sign-in/").content.decode()
    assert events()[-2:] == [("lock after failures", "refused"), ("end a session", "done")]


def test_an_empty_proof_is_asked_for_again(person: User) -> None:
    client = signing_in(person)
    proved(person, 20)
    page = client.get("/sensitive/one/").content.decode()
    again = client.post("/you/sign-in/prove/", {**hidden(page), "proof_password": ""}).content.decode()
    assert again.count("Enter your password") == 2


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_the_page_that_asks_leads_nowhere_else(person: User, elsewhere: str) -> None:
    client = signing_in(person)
    assert client.get("/you/sign-in/prove/", {"next": elsewhere}).headers["Location"] == "/"
    proved(person, 20)
    sent = {"next": elsewhere, "proof_password": "right"}
    assert client.post("/you/sign-in/prove/", sent).headers["Location"] == "/"


@pytest.mark.parametrize(
    "address", ["/you/sign-in/set-up/app/", "/you/sign-in/set-up/passkey/", "/you/sign-in/recovery-codes/"]
)
def test_changing_how_one_signs_in_asks_too(person: User, address: str) -> None:
    client = signing_in(person)
    proved(person, 20)
    assert "Prove once more that it is you" in client.get(address).content.decode()


def test_whoever_is_not_signed_in_is_sent_to_sign_in() -> None:
    assert Client().get("/sensitive/one/").status_code == 302
    assert Client().get("/you/sign-in/prove/").status_code == 302
