"""A tablet that is handed over: whatever its holder tries, there is nothing on it but their own questions."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openmappa.audit.models import Event
from openmappa.oasys.middleware import KEY
from openmappa.oasys.models_around import HandOver, SelfAssessment
from openmappa.oasys.services.self_assessment import PutAway, keep_on_tablet
from openmappa.signin.models import OpenSession
from tests.oasys.around import PASSWORD, Desk, a_desk, handed_over
from tests.signin.made import code, give_app
from tests.support.routes import every_route

pytestmark = pytest.mark.django_db

START, GIVE_BACK = "/your-views/", "/your-views/give-back/"
OPEN = {"your_views:start", "your_views:question", "your_views:check", "your_views:give_back"}
SECOND_PROOF = {"signin:second_factor", "signin:passkey_to_use"}


@pytest.fixture
def desk() -> Desk:
    return a_desk()


def words_of_the_case(desk: Desk) -> list[str]:
    return [
        "Testcase",
        desk.case.reference,
        str(desk.case.key),
        desk.manager.full_name,
        desk.manager.username,
        "2 April",
    ]


def leaks(desk: Desk, text: str) -> list[str]:
    return [word for word in words_of_the_case(desk) if word in text]


def values(desk: Desk) -> dict[str, object]:
    """Something for every part of every address: of this very case, where there is such a thing."""
    plain: dict[str, object] = {"key": desk.case.key, "oasys": desk.oasys.key, "section": "accommodation", "place": 1}
    return {**plain, "pk": desk.manager.pk, "provider": "agency", "kind": "oasys_completed", "number": 1}


def test_every_address_of_the_service_answers_with_give_it_back(desk: Desk) -> None:
    tablet = handed_over(desk)
    known = values(desk)
    tried = 0
    for route in every_route():
        if route.name in OPEN | SECOND_PROOF:
            continue
        address = route.at({name: known.get(name, uuid.uuid4()) for name in route.parts})
        for answer in (tablet.get(address), tablet.post(address, {"anything": "1"})):
            text = answer.content.decode()
            assert (address, answer.status_code) == (address, 403)
            assert "Give the tablet back" in text
            assert leaks(desk, text) == []
            tried += 1
    assert tried > 150


@pytest.mark.parametrize(
    "address", ["/", "/no-such-page/", "/sign-in/", "/your-viewsx/", "//cases/", "/admin/", "/sign-in/passkey/"]
)
def test_typed_addresses_answer_with_give_it_back(desk: Desk, address: str) -> None:
    answer = handed_over(desk).get(address)
    assert answer.status_code in (403, 404)
    assert "Give the tablet back" in answer.content.decode() or answer.status_code == 404
    assert leaks(desk, answer.content.decode()) == []


def test_a_script_gets_no_more_than_a_person(desk: Desk) -> None:
    tablet = handed_over(desk)
    asked = {"headers": {"X-Requested-With": "fetch", "Accept": "application/json"}}
    assert tablet.post(reverse("signin:stay"), **asked).status_code == 403
    assert tablet.get(desk.at("show"), **asked).status_code == 403


def test_its_own_pages_name_nobody_and_lead_nowhere_else(desk: Desk) -> None:
    tablet = handed_over(desk)
    for address in [START, f"{START}1/", f"{START}30/", f"{START}check/", GIVE_BACK]:
        text = tablet.get(address).content.decode()
        assert leaks(desk, text) == []
        links = {part.split('"')[0] for part in text.split('href="')[1:]}
        assert {link for link in links if not link.startswith((START, "/static/", "#"))} == set()
        assert "om-menu" not in text


def test_the_officer_is_signed_out_on_it_and_no_right_is_left_in_the_browser(desk: Desk) -> None:
    before = desk.browser.cookies["openmappa_session"].value
    tablet = handed_over(desk)
    assert OpenSession.objects.open().filter(person=desk.manager).count() == 0
    assert set(tablet.session.keys()) == {KEY}
    assert tablet.cookies["openmappa_session"].value != before
    stolen = Client()
    stolen.cookies["openmappa_session"] = before
    assert stolen.get(desk.at("show")).status_code == 302


def test_without_its_cookie_the_tablet_is_a_browser_that_nobody_is_signed_in_on(desk: Desk) -> None:
    tablet = handed_over(desk)
    tablet.cookies.clear()
    assert tablet.get(desk.at("show")).status_code == 302
    assert tablet.get(START).status_code == 403
    assert tablet.get(GIVE_BACK).status_code == 403


def test_handing_over_tells_the_browser_to_forget_its_pages(desk: Desk) -> None:
    answer = desk.browser.post(desk.at("hand_over"))
    assert (answer["Clear-Site-Data"], answer["Location"]) == ('"cache"', START)
    assert "no-store" in desk.browser.get(START)["Cache-Control"]


def test_each_answer_is_kept_as_it_is_given_and_leaving_one_out_is_allowed(desk: Desk) -> None:
    tablet = handed_over(desk)
    assert tablet.post(f"{START}1/", {"home": "some", "home_linked": "unsure"})["Location"] == f"{START}2/"
    assert tablet.post(f"{START}2/", {})["Location"] == f"{START}3/"
    assert tablet.post(f"{START}30/", {"tell": "I want\r\nhelp."})["Location"] == f"{START}check/"
    row = SelfAssessment.objects.get()
    assert row.answers == {"home": "some", "home_linked": "unsure", "tell": "I want\nhelp."}
    assert "A bit" in tablet.get(f"{START}check/").content.decode()


def test_answers_that_were_not_on_the_page_are_not_kept(desk: Desk) -> None:
    tablet = handed_over(desk)
    tablet.post(f"{START}1/", {"home": "yes", "drink": "no", "filled": "paper", "done_at": "2020-01-01"})
    assert SelfAssessment.objects.get().answers == {"home": "yes"}


@pytest.mark.parametrize("sent", [{"home": "perhaps"}, {"home": "<script>"}, {"home_linked": "never"}])
def test_nonsense_is_refused_in_plain_words(desk: Desk, sent: dict[str, str]) -> None:
    answer = handed_over(desk).post(f"{START}1/", sent)
    assert answer.status_code == 200
    assert "Choose one of the answers." in answer.content.decode()
    assert SelfAssessment.objects.get().answers == {}


def test_a_question_that_is_not_there_leads_to_the_start(desk: Desk) -> None:
    tablet = handed_over(desk)
    assert tablet.get(f"{START}31/")["Location"] == START
    assert tablet.get(f"{START}0/")["Location"] == START


def test_the_start_goes_on_where_they_stopped(desk: Desk) -> None:
    tablet = handed_over(desk)
    tablet.post(f"{START}1/", {"home": "no"})
    assert f'href="{START}2/"' in tablet.get(START).content.decode()


def test_done_is_done(desk: Desk) -> None:
    tablet = handed_over(desk)
    tablet.post(f"{START}1/", {"home": "no"})
    tablet.post(f"{START}check/")
    for address in [START, f"{START}1/", f"{START}check/"]:
        assert "Thank you. We have kept your answers." in tablet.get(address).content.decode()
    tablet.post(f"{START}1/", {"home": "yes"})
    row = SelfAssessment.objects.get()
    assert (row.answers, row.done_at is not None) == ({"home": "no"}, True)


def test_after_an_hour_without_an_answer_the_questions_are_put_away(desk: Desk) -> None:
    tablet = handed_over(desk)
    tablet.post(f"{START}1/", {"home": "no"})
    HandOver.objects.update(used_at=timezone.now() - timedelta(minutes=60))
    for address in [START, f"{START}1/", f"{START}check/"]:
        answer = tablet.get(address)
        assert (answer.status_code, "There are no more questions here." in answer.content.decode()) == (403, True)
    assert tablet.post(f"{START}2/", {"others_feelings": "yes"}).status_code == 403
    assert SelfAssessment.objects.get().answers == {"home": "no"}
    assert tablet.get(desk.at("show")).status_code == 403


def test_an_answer_that_comes_after_it_was_put_away_is_not_kept(desk: Desk) -> None:
    handed_over(desk)
    row = HandOver.objects.get()
    HandOver.objects.update(ended_at=timezone.now())
    with pytest.raises(PutAway):
        keep_on_tablet(by=desk.manager, hand_over=row, answers={"home": "yes"})


def test_the_officers_password_brings_it_back_to_where_they_were(desk: Desk) -> None:
    tablet = handed_over(desk)
    answer = tablet.post(GIVE_BACK, {"password": PASSWORD})
    assert answer["Location"] == desk.at("self_assessment")
    assert tablet.get(answer["Location"]).status_code == 200
    assert KEY not in tablet.session
    assert HandOver.objects.get().ended_at is not None
    assert Event.objects.filter(verb__in=["hand over tablet", "take tablet back"]).count() == 2


def test_a_second_factor_is_asked_for_besides(desk: Desk) -> None:
    give_app(desk.manager)
    tablet = handed_over(desk)
    assert tablet.post(GIVE_BACK, {"password": PASSWORD})["Location"] == "/sign-in/second/"
    assert tablet.get(desk.at("show")).status_code == 403
    assert tablet.post("/sign-in/second/", {"proof_code": code()}).status_code == 302
    assert tablet.get(desk.at("show")).status_code == 200


def test_another_password_does_not_and_five_of_them_close_the_door(desk: Desk) -> None:
    tablet = handed_over(desk)
    assert "That password is not right" in tablet.post(GIVE_BACK, {"password": "guess"}).content.decode()
    for _ in range(4):
        text = tablet.post(GIVE_BACK, {"password": "guess"}).content.decode()
    assert "Too many wrong passwords." in text
    assert "Too many wrong passwords." in tablet.post(GIVE_BACK, {"password": PASSWORD}).content.decode()
    assert tablet.get(desk.at("show")).status_code == 403


def test_nobody_elses_name_is_taken(desk: Desk) -> None:
    other = a_desk()
    other.manager.set_password("another")
    other.manager.save()
    tablet = handed_over(desk)
    tablet.post(GIVE_BACK, {"password": "another", "username": other.manager.username})
    assert tablet.get(other.at("show")).status_code == 403
    assert tablet.post("/sign-in/", {"username": other.manager.username, "password": "another"}).status_code == 403


def test_whoever_left_the_service_meanwhile_leaves_a_tablet_that_shows_nothing(desk: Desk) -> None:
    tablet = handed_over(desk)
    desk.manager.is_active = False
    desk.manager.save()
    assert tablet.get(START).status_code == 403
    assert tablet.post(f"{START}1/", {"home": "yes"}).status_code == 403
    assert tablet.post(GIVE_BACK, {"password": PASSWORD}).status_code == 403


def test_whoever_lost_the_case_meanwhile_has_handed_over_nothing(desk: Desk) -> None:
    tablet = handed_over(desk)
    desk.case.case_manager = None
    desk.case.probation_unit = None
    desk.case.restricted, desk.case.restricted_contact = True, a_desk().manager
    desk.case.restricted_reason = "A relative"
    desk.case.save()
    assert tablet.get(START).status_code == 403
    assert SelfAssessment.objects.filter(answers={}).count() == 1


def test_who_signed_in_at_their_agency_hands_over_paper_only(desk: Desk) -> None:
    OpenSession.objects.open().filter(person=desk.manager).update(provider="agency")
    assert "cannot be handed over" in desk.browser.get(desk.at("hand_over")).content.decode()
    assert desk.browser.post(desk.at("hand_over")).status_code == 200
    assert HandOver.objects.count() == 0


def test_a_second_tablet_puts_the_first_away(desk: Desk) -> None:
    first = handed_over(desk)
    second = handed_over(desk._replace(browser=a_desk_browser(desk)))
    assert first.get(START).status_code == 403
    assert second.get(START).status_code == 200


def a_desk_browser(desk: Desk) -> Client:
    browser = Client()
    browser.post("/sign-in/", {"username": desk.manager.username, "password": PASSWORD})
    return browser


def test_a_signed_oasys_is_not_handed_over(desk: Desk) -> None:
    desk.oasys.abandoned_at, desk.oasys.abandoned_by = timezone.now(), desk.manager
    desk.oasys.abandon_reason = "A slip"
    desk.oasys.save()
    answer = desk.browser.post(desk.at("hand_over"))
    assert "This OASys is no draft any more." in answer.content.decode()
    assert HandOver.objects.count() == 0
