"""The offender's own views, for the assessor: what they said, where the scores say otherwise, paper."""

import pytest
from django.utils import timezone

from openmappa.core.access import Role
from openmappa.oasys.models import OasysSection
from openmappa.oasys.models_around import SelfAssessment
from tests.oasys.around import Desk, a_desk, handed_over
from tests.timeline.build import make_case, make_person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return a_desk()


def score(desk: Desk, slug: str, **answers: object) -> None:
    OasysSection.objects.create(
        case=desk.case, oasys=desk.oasys, section=slug, answers=answers, saved_by=desk.manager, saved_at=timezone.now()
    )


def test_before_anybody_asked_it_says_so_and_offers_a_tablet_and_paper(desk: Desk) -> None:
    text = desk.browser.get(desk.at("self_assessment")).content.decode()
    assert "The offender has not been asked yet." in text
    assert "Hand over this tablet" in text
    assert "Print the questions" in text


def test_what_was_written_on_paper_is_typed_in_and_typed_again(desk: Desk) -> None:
    typed = {"home": "some", "home_linked": "yes", "drink": "no", "drink_linked": "yes", "again": "unsure", "why": "…"}
    assert desk.browser.post(desk.at("type_in"), typed)["Location"] == desk.at("self_assessment")
    row = SelfAssessment.objects.get()
    assert row.answers == {"home": "some", "home_linked": "yes", "drink": "no", "again": "unsure", "why": "…"}
    assert (row.filled, row.done_at is not None) == ("paper", True)
    desk.browser.post(desk.at("type_in"), {"home": "no"})
    row.refresh_from_db()
    assert row.answers == {"home": "no"}


def test_an_empty_paper_is_not_kept(desk: Desk) -> None:
    assert "Type in at least one answer." in desk.browser.post(desk.at("type_in"), {}).content.decode()
    assert SelfAssessment.objects.count() == 0


def test_the_assessor_is_shown_where_their_scores_say_otherwise(desk: Desk) -> None:
    score(desk, "accommodation", item_3_3=0, item_3_4=0, item_3_5=0, item_3_6=0)
    score(desk, "thinking-and-behaviour", item_11_4=2)
    desk.browser.post(desk.at("type_in"), {"home": "yes", "temper": "no", "money": "yes"})
    text = desk.browser.get(desk.at("self_assessment")).content.decode()
    assert "They say it is a problem. You scored 0 points (3.3, 3.4, 3.5, 3.6)." in text
    assert "They say it is no problem. You scored 2 points (11.4)." in text
    assert text.count("Open the section") == 2


def test_the_paper_holds_every_question_and_nothing_of_the_case(desk: Desk) -> None:
    text = desk.browser.get(desk.at("self_assessment_paper")).content.decode()
    assert text.count('class="om-paper__item"') == 30
    assert "Testcase" not in text
    assert desk.case.reference not in text


def test_who_may_not_assess_reads_but_asks_nobody(desk: Desk) -> None:
    officer = make_person(Role.POLICE_OFFICER)
    desk.case.police_officer = officer
    desk.case.save()
    browser = signed_in(officer)
    assert "Hand over this tablet" not in browser.get(desk.at("self_assessment")).content.decode()
    assert [browser.get(desk.at(name)).status_code for name in ("hand_over", "type_in")] == [403, 403]
    assert browser.post(desk.at("type_in"), {"home": "no"}).status_code == 403
    assert SelfAssessment.objects.count() == 0


def test_an_oasys_of_another_case_is_not_there(desk: Desk) -> None:
    other = make_case(case_manager=desk.manager)
    address = desk.at("self_assessment").replace(str(desk.case.key), str(other.key))
    assert desk.browser.get(address).status_code == 404


def test_a_signed_oasys_takes_no_more_views(desk: Desk) -> None:
    desk.oasys.abandoned_at, desk.oasys.abandoned_by = timezone.now(), desk.manager
    desk.oasys.abandon_reason = "A slip"
    desk.oasys.save()
    assert "This OASys is no draft any more." in desk.browser.post(desk.at("type_in"), {"home": "no"}).content.decode()


def test_after_they_said_that_they_were_done_the_tablet_is_not_handed_over_again(desk: Desk) -> None:
    desk.browser.post(desk.at("type_in"), {"home": "no"})
    text = desk.browser.post(desk.at("hand_over")).content.decode()
    assert "The offender has given their views for this OASys already." in text


def test_what_was_kept_on_the_tablet_is_there_before_they_are_done(desk: Desk) -> None:
    handed_over(desk).post("/your-views/1/", {"home": "some"})
    text = signed_in(desk.manager).get(desk.at("self_assessment")).content.decode()
    assert "They are not done yet" in text
    assert "A bit" in text
