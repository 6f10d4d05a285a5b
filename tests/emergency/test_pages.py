"""The pages of emergency access: what is asked, what is refused and how, the banner, the queue, the judgement."""

import re
import uuid

import pytest
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.cases.models import Case, Involvement
from openmappa.core.access import Role
from openmappa.emergency.models import BreakGlass, Miss, Outcome
from openmappa.emergency.queries import MISSES_AN_HOUR
from openmappa.emergency.services import judge
from tests.emergency.scene import REASON, Scene, a_scene, opened
from tests.timeline.build import make_area, make_person, signed_in

pytestmark = pytest.mark.django_db

ACT = "/act-now/"
QUEUE = "/emergency-access/"


@pytest.fixture
def scene() -> Scene:
    return a_scene()


def by_number(number: str, **more: str) -> dict[str, str]:
    return {"how": "number", "number": number, "kind": "life", "reason": REASON, **more}


def by_name(name: str, day: str = "2", month: str = "4", year: str = "1961") -> dict[str, str]:
    born = {"born_on-day": day, "born_on-month": month, "born_on-year": year}
    return {"how": "name", "full_name": name, "kind": "whereabouts", "reason": REASON, **born}


def front_sheet(scene: Scene) -> str:
    return reverse("timeline:front_sheet", kwargs={"key": scene.case.key})


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.mark.parametrize("which", ["number", "name"])
def test_asking_leads_to_the_front_sheet_with_the_banner_on_every_page(scene: Scene, which: str) -> None:
    browser = signed_in(scene.stranger)
    assert browser.get(front_sheet(scene)).status_code == 404
    form = by_number(scene.case.reference) if which == "number" else by_name("Sample Invented Testcase")
    answer = browser.post(ACT, form)
    assert (answer.status_code, answer["Location"]) == (302, front_sheet(scene))
    for name in ("timeline:front_sheet", "timeline:duties", "timeline:timeline", "visits:list", "timeline:record_menu"):
        page = browser.get(reverse(name, kwargs={"key": scene.case.key}))
        assert page.status_code == 200
        assert page.content.decode().count("Emergency access until") == 1
        assert "I no longer need it" in page.content.decode()


def test_those_who_are_involved_see_no_banner(scene: Scene) -> None:
    opened(scene.stranger, scene.case)
    assert "Emergency access until" not in signed_in(scene.manager).get(front_sheet(scene)).content.decode()


def test_the_button_of_the_banner_gives_the_case_back(scene: Scene) -> None:
    opened(scene.stranger, scene.case)
    browser = signed_in(scene.stranger)
    answer = browser.post(reverse("emergency:end_here", kwargs={"key": scene.case.key}), follow=True)
    assert "You have given the case back" in answer.content.decode()
    assert browser.get(front_sheet(scene)).status_code == 404
    again = browser.post(reverse("emergency:end_here", kwargs={"key": scene.case.key}))
    assert again.status_code == 404


def test_the_button_does_nothing_to_somebody_who_is_involved(scene: Scene) -> None:
    answer = signed_in(scene.manager).post(reverse("emergency:end_here", kwargs={"key": scene.case.key}))
    assert (answer.status_code, answer["Location"]) == (302, front_sheet(scene))


def test_what_was_typed_stands_in_no_address_and_in_no_session(scene: Scene) -> None:
    browser = signed_in(scene.stranger)
    for form in (by_name("Nobody Atall"), by_name("Sample Invented Testcase")):
        answer = browser.post(ACT, form)
        addresses = [*re.findall(r'(?:href|action)="([^"]*)"', answer.content.decode()), answer.get("Location", "")]
        assert not [each for each in addresses if re.search("nobody|atall|invented|testcase", each, re.I)]
    assert not re.search("nobody|atall|invented|testcase", str(dict(browser.session)), re.I)
    assert "no-store" in answer["Cache-Control"]


def test_an_address_opens_nothing(scene: Scene) -> None:
    browser = signed_in(scene.stranger)
    answer = browser.get(ACT, by_number(scene.case.reference))
    assert answer.status_code == 200
    assert scene.case.reference not in answer.content.decode()
    assert not BreakGlass.objects.exists()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"how": ""}, "Select how you can say which case it is"),
        ({"number": " - "}, "Enter the case reference, PNC or CRN"),
        ({"kind": ""}, "Select what kind of emergency it is"),
        ({"kind": "curiosity"}, "Select what kind of emergency it is"),
        ({"reason": ""}, "Say why you need this case now"),
        (
            {"reason": "Need it now please."},
            "Say in a few more words why you need this case now: at least 20 characters",
        ),
        ({"reason": " " * 30}, "Say why you need this case now"),
    ],
)
def test_what_is_missing_is_asked_for_and_is_no_miss(scene: Scene, changed: dict[str, str], message: str) -> None:
    answer = signed_in(scene.stranger).post(ACT, by_number(scene.case.reference) | changed)
    page = answer.content.decode()
    if changed != {"kind": "curiosity"}:
        assert page.count(message) >= 2
    assert (answer.status_code, "<title>Error: " in page) == (200, True)
    assert not BreakGlass.objects.exists()
    assert not Miss.objects.exists()


def test_a_name_has_to_be_whole_and_needs_the_date_of_birth(scene: Scene) -> None:
    page = signed_in(scene.stranger).post(ACT, by_name("Testcase", "", "", "")).content.decode()
    assert page.count("Enter the full name: given names and family name") == 2
    assert page.count("Enter the date of birth") >= 2


def test_no_match_says_so_at_the_field_and_keeps_what_was_typed(scene: Scene) -> None:
    page = signed_in(scene.stranger).post(ACT, by_number("TST-99999")).content.decode()
    assert page.count("No case has exactly this number, or exactly this name and date of birth.") == 2
    assert 'href="#id_number"' in page
    assert 'value="TST-99999"' in page
    assert REASON in page
    assert "You can try 4 more times within the hour" in page


def test_after_five_misses_a_page_says_what_to_do(scene: Scene) -> None:
    browser = signed_in(scene.stranger)
    statuses = [browser.post(ACT, by_number("TST-99999")).status_code for _ in range(MISSES_AN_HOUR)]
    assert statuses == [200] * (MISSES_AN_HOUR - 1) + [429]
    answer = browser.post(ACT, by_number(scene.case.reference))
    page = text_of(answer.content.decode())
    assert answer.status_code == 429
    assert "Too many tries without a match" in page
    assert f"Ring your line manager: {scene.strangers_manager.full_name}." in page
    assert re.search(r"You can try again from \d{1,2}:\d\d(am|pm)\.", page)
    assert not BreakGlass.objects.exists()
    notices = signed_in(scene.strangers_manager).get("/notices/").content.decode()
    assert "Somebody of your unit asked for emergency access 5 times within an hour" in notices


@pytest.mark.parametrize("role", list(Role))
def test_the_page_is_for_roles_that_have_emergency_access(role: Role) -> None:
    person = make_person(role, area=make_area())
    expected = 200 if person.may("break_glass") else 403  # type: ignore[arg-type]
    assert signed_in(person).get(ACT).status_code == expected


def test_the_page_lists_what_one_opened_before_with_what_came_of_it(scene: Scene) -> None:
    access = opened(scene.stranger, scene.case)
    browser = signed_in(scene.stranger)
    page = browser.get(ACT).content.decode()
    assert f'href="{front_sheet(scene)}">{scene.case.reference}</a>' in page
    assert "Waiting for review" in page
    assert browser.post(reverse("emergency:end", kwargs={"pk": access.pk}))["Location"] == f"{ACT}?ended=yes"
    with as_person(scene.manager):
        judge(by=scene.manager, access=access, outcome=Outcome.JUSTIFIED, words="It was.")
    page = browser.get(ACT).content.decode()
    assert front_sheet(scene) not in page
    assert "ended early" in page
    assert ">Justified</strong>" in page


def test_an_access_that_is_over_is_ended_again_without_harm(scene: Scene) -> None:
    access = opened(scene.stranger, scene.case)
    browser = signed_in(scene.stranger)
    end = reverse("emergency:end", kwargs={"pk": access.pk})
    assert [browser.post(end).status_code, browser.post(end).status_code] == [302, 302]


def test_the_queue_names_who_why_and_since_when(scene: Scene) -> None:
    opened(scene.stranger, scene.case)
    page = text_of(signed_in(scene.manager).get(QUEUE).content.decode())
    for said in (
        "1 emergency access waits for review",
        f"Case {scene.case.reference}",
        f"{scene.stranger.full_name}, police officer, Unit 1, Eastmarch Police",
        "Somebody’s life or safety is at risk now",
        "(today)",
    ):
        assert said in page
    assert "Testcase" not in page


def test_an_empty_queue_says_so(scene: Scene) -> None:
    assert "Nothing waits for your review" in signed_in(scene.manager).get(QUEUE).content.decode()


def test_judging_asks_for_outcome_and_words_and_saves_once(scene: Scene) -> None:
    access = opened(scene.stranger, scene.case)
    browser = signed_in(scene.manager)
    address = f"{QUEUE}{access.pk}/"
    page = browser.post(address).content.decode()
    assert page.count("Select whether it was justified") == 2
    assert page.count("Say in a sentence why you think so") == 2
    answer = browser.post(address, {"outcome": "should_be_involved", "words": "She works with him."}, follow=True)
    page = text_of(answer.content.decode())
    assert "Your judgement is saved" in page
    assert f"Involve {scene.stranger.full_name} in the case from now on" in page
    assert "She works with him." in page
    again = browser.post(address, {"outcome": "justified", "words": "On second thoughts."}).content.decode()
    assert "Somebody else has judged this meanwhile." in again
    assert BreakGlass.objects.get().outcome == "should_be_involved"


def test_the_review_shows_reason_and_what_was_looked_at(scene: Scene) -> None:
    browser = signed_in(scene.stranger)
    browser.post(ACT, by_number(scene.case.reference))
    access = BreakGlass.objects.get()
    page = text_of(signed_in(scene.coordinator).get(f"{QUEUE}{access.pk}/").content.decode())
    assert REASON in page
    assert "Open in an emergency" in page


def test_a_reviewer_ends_access_from_its_page(scene: Scene) -> None:
    access = opened(scene.stranger, scene.case)
    answer = signed_in(scene.manager).post(reverse("emergency:end", kwargs={"pk": access.pk}), follow=True)
    assert "The access has been ended" in answer.content.decode()
    assert signed_in(scene.stranger).get(front_sheet(scene)).status_code == 404
    assert Involvement.objects.get().ended_by == scene.manager


def test_an_access_that_one_may_not_review_is_answered_like_one_that_never_was(scene: Scene) -> None:
    access = opened(scene.stranger, scene.case)
    browser = signed_in(scene.strangers_manager)
    for name, send in (
        ("emergency:review", browser.get),
        ("emergency:review", browser.post),
        ("emergency:end", browser.post),
    ):
        unseen, unknown = send(reverse(name, kwargs={"pk": access.pk})), send(reverse(name, kwargs={"pk": 999_999_999}))
        assert (unseen.status_code, unknown.status_code) == (404, 404)
        tokens = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|data-(?:left|idle)="\d+"')
        assert tokens.sub(b"", unseen.content) == tokens.sub(b"", unknown.content)
    assert BreakGlass.objects.get().is_open


def test_the_queue_is_for_reviewers(scene: Scene) -> None:
    for role in Role:
        person = make_person(role, area=scene.case.area)
        expected = 200 if role in (Role.LINE_MANAGER, Role.MAPPA_COORDINATOR) else 403
        assert signed_in(person).get(QUEUE).status_code == expected


def test_giving_back_a_case_that_never_was_is_not_found(scene: Scene) -> None:
    assert signed_in(scene.stranger).post(f"/cases/{uuid.uuid4()}/end-emergency/").status_code == 404
    assert Case.objects.count() == 1
