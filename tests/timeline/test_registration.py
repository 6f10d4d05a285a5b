"""Recording a registration: indefinite, to the day on the court's notice, or for a period that is worked out."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import PERMISSIONS, Permission, Role
from openmappa.core.involvement import WORKING
from openmappa.core.packs.registration_rules import DisposalKind
from openmappa.timeline.forms.registration import DISPOSALS
from openmappa.timeline.models import Fact
from tests.timeline.build import day_boxes, make_area, make_case, make_person, sent, signed_in

pytestmark = pytest.mark.django_db

BEGAN = date(2005, 3, 1)
THIRTEEN_MONTHS = {"period": "worked_out", "disposal": "imprisonment", "term_months": "13"}
LAST_DAY = "2015-02-28"


@pytest.fixture
def case() -> Case:
    return make_case()


@pytest.fixture
def officer() -> User:
    return make_person(Role.POLICE_OFFICER)


@pytest.fixture
def browser(officer: User) -> Client:
    return signed_in(officer)


def address(case: Case) -> str:
    return reverse("timeline:record", kwargs={"key": case.key, "what": "registered"})


def preview(case: Case) -> str:
    return reverse("timeline:preview_registration", kwargs={"key": case.key})


def send(browser: Client, case: Case, **answers: str) -> tuple[int, str]:
    """The status and the page that come when the form is sent."""
    answer = browser.post(address(case), sent(case, BEGAN, **answers))
    return answer.status_code, answer.content.decode()


def recorded(case: Case) -> list[dict[str, object]]:
    return [fact.details for fact in Fact.objects.filter(case=case, kind="registered")]


def born(case: Case, on: date) -> Case:
    case.person.born_on = on
    case.person.save()
    return case


def test_every_disposal_of_the_rules_can_be_chosen() -> None:
    assert set(DISPOSALS) == set(DisposalKind)


def test_an_indefinite_registration_has_no_last_day(case: Case, browser: Client) -> None:
    assert send(browser, case, period="indefinite")[0] == 302
    assert recorded(case) == [{}]


def test_the_last_day_is_that_of_the_courts_notice(case: Case, browser: Client) -> None:
    assert send(browser, case, period="notice", **day_boxes("ends", date(2012, 2, 29)))[0] == 302
    assert recorded(case) == [{"ends": "2012-02-29"}]


@pytest.mark.parametrize(
    ("answers", "shown", "details"),
    [
        ({"disposal": "imprisonment", "term_months": "13"}, "2015-02-28", {"ends": "2015-02-28"}),
        ({"disposal": "imprisonment", "term_months": "6"}, "2012-02-29", {"ends": "2012-02-29"}),
        ({"disposal": "imprisonment", "term_months": "6", "term_days": "1"}, LAST_DAY, {"ends": LAST_DAY}),
        ({"disposal": "imprisonment", "term_days": "20"}, "2012-02-29", {"ends": "2012-02-29"}),
        ({"disposal": "imprisonment", "term_months": "30"}, "indefinite", {}),
        ({"disposal": "indeterminate"}, "indefinite", {}),
        ({"disposal": "hospital_restricted"}, "indefinite", {}),
        ({"disposal": "hospital"}, "2012-02-29", {"ends": "2012-02-29"}),
        ({"disposal": "caution"}, "2007-02-28", {"ends": "2007-02-28"}),
        ({"disposal": "conditional_discharge", "discharge_months": "12"}, "2006-02-28", {"ends": "2006-02-28"}),
        ({"disposal": "other"}, "2010-02-28", {"ends": "2010-02-28"}),
    ],
)
def test_the_last_day_that_was_worked_out_and_shown_is_saved(
    answers: dict[str, str], shown: str, details: dict[str, str], case: Case, browser: Client
) -> None:
    assert send(browser, case, period="worked_out", shown=shown, **answers)[0] == 302
    assert recorded(case) == [details]


def test_work_it_out_shows_the_period_and_its_reasons_keeps_what_was_typed_and_saves_nothing(
    case: Case, browser: Client
) -> None:
    _, page = send(browser, case, preview="1", **THIRTEEN_MONTHS)
    assert 'name="shown" value="2015-02-28"' in page and "<strong>10 years</strong>" in page
    assert "Imprisonment for more than 6 months but less than 30 months: registered for 10 years." in page
    assert "10 years beginning with 1 March 2005, which counts: the last day is 28 February 2015." in page
    assert "Sexual Offences Act 2003, section 82(1) (read)" in page
    assert "The person was 43." in page
    assert 'value="13"' in page and 'value="imprisonment" checked' in page and 'value="worked_out" checked' in page
    assert "There is a problem" not in page and ">Remembered<" not in page
    assert recorded(case) == []


def test_a_remembered_rule_is_marked_before_anything_is_saved(case: Case, browser: Client) -> None:
    _, page = send(browser, case, preview="1", period="worked_out", disposal="other")
    assert page.count(">Remembered<") == 1
    assert "remembered, confidence high: check before relying on it" in page
    assert "What is marked as remembered was not read again: check it before you rely on it." in page


def test_a_result_that_was_not_shown_is_shown_first_and_saved_the_second_time(case: Case, browser: Client) -> None:
    form = sent(case, BEGAN, **THIRTEEN_MONTHS)
    page = browser.post(address(case), form).content.decode()
    assert "Check below how long registration lasts and why. Then save" in page
    assert f'name="shown" value="{LAST_DAY}"' in page and recorded(case) == []
    assert browser.post(address(case), {**form, "shown": LAST_DAY}).status_code == 302
    assert recorded(case) == [{"ends": LAST_DAY}]


def test_a_result_that_changed_since_it_was_shown_is_shown_again(case: Case, browser: Client) -> None:
    _, page = send(browser, case, **{**THIRTEEN_MONTHS, "term_months": "6", "shown": LAST_DAY})
    assert 'name="shown" value="2012-02-29"' in page
    assert recorded(case) == []


def test_the_same_worked_out_registration_sent_twice_is_recorded_once(case: Case, browser: Client) -> None:
    form = sent(case, BEGAN, **THIRTEEN_MONTHS, shown=LAST_DAY)
    first, again = browser.post(address(case), form), browser.post(address(case), form)
    assert first["Location"] == again["Location"]
    assert recorded(case) == [{"ends": LAST_DAY}]


def test_the_period_is_halved_by_the_age_on_the_relevant_date_not_today(case: Case, browser: Client) -> None:
    born(case, date(1987, 3, 2))
    page = browser.post(preview(case), sent(case, BEGAN, **THIRTEEN_MONTHS)).content.decode()
    assert "Aged 17, so under 18, on the relevant date: half of that, 5 years." in page
    assert 'value="2010-02-28"' in page
    born(case, date(1987, 3, 1))
    page = browser.post(preview(case), sent(case, BEGAN, **THIRTEEN_MONTHS)).content.decode()
    assert "under 18" not in page and f'value="{LAST_DAY}"' in page


def test_the_period_begins_with_the_conviction_when_registration_was_recorded_as_begun_later(
    case: Case, browser: Client
) -> None:
    conviction = day_boxes("relevant_on", date(2005, 2, 1))
    assert send(browser, case, **THIRTEEN_MONTHS, **conviction, shown="2015-01-31")[0] == 302
    assert recorded(case) == [{"ends": "2015-01-31"}]


REFUSED = [
    ({}, "period", "Answer the question “How long does registration last?”"),
    ({"period": "notice"}, "ends-day", "Enter the last day of registration, as it stands on the court’s notice"),
    ({"period": "worked_out"}, "disposal", "Select how the person was dealt with"),
    (
        {"period": "worked_out", "disposal": "imprisonment"},
        "term_months",
        "Imprisonment: enter its length in months, and days if it has any.",
    ),
    (
        {"period": "worked_out", "disposal": "imprisonment", "term_months": "2 years"},
        "term_months",
        "Months of the term must be a whole number",
    ),
    (
        {"period": "worked_out", "disposal": "imprisonment", "term_months": "6", "term_days": "31"},
        "term_days",
        "Days must be a whole number from 0 to 30, not 31.",
    ),
    (
        {"period": "worked_out", "disposal": "conditional_discharge", "discharge_months": "37"},
        "discharge_months",
        "Conditional discharge: the months must be a whole number from 0 to 36, not 37.",
    ),
    (
        {**THIRTEEN_MONTHS, **day_boxes("relevant_on", date(2005, 3, 2))},
        "relevant_on-day",
        "This must be on or before 1 March 2005, when registration began",
    ),
    (
        {"period": "worked_out", "disposal": "caution", **day_boxes("relevant_on", date(2001, 5, 1))},
        "disposal",
        "By this, registration ended on 30 April 2003, before it began on 1 March 2005: "
        "check the dates and how the person was dealt with",
    ),
    (
        {**THIRTEEN_MONTHS, **day_boxes("relevant_on", date(1970, 1, 1))},
        "relevant_on-day",
        "Age on the relevant date must be a whole number from 10 to 120, not 8. Children and Young Persons Act 1933, "
        "section 50: nobody under 10 can be guilty of an offence.",
    ),
]


@pytest.mark.parametrize(("answers", "place", "sentence"), REFUSED)
def test_what_is_missing_or_cannot_be_is_said_at_its_field(
    answers: dict[str, str], place: str, sentence: str, case: Case, browser: Client
) -> None:
    _, page = send(browser, case, **answers)
    assert f'<a href="#id_{place}">{sentence}</a>' in page
    assert page.count('class="govuk-error-message"') == 1
    assert recorded(case) == []


def test_the_live_preview_says_what_is_still_missing_and_only_what_is_asked(case: Case, browser: Client) -> None:
    answers = {"period": "worked_out", "disposal": "conditional_discharge", "term_months": "typed before"}
    piece = browser.post(preview(case), answers).content.decode()
    assert "<html" not in piece and "shown" not in piece
    assert "<li>Enter the date registration began</li>" in piece and "Months of the term" not in piece
    assert piece.count("<li>") == 1


def test_an_opened_form_has_nothing_to_complain_of(case: Case, browser: Client) -> None:
    page = browser.get(address(case)).content.decode()
    assert f'data-live-preview="{preview(case)}" data-live-region="preview"' in page
    assert "The last day, and why it is that day, then appear here." in page
    assert ">Work it out</button>" in page.replace("\n", "").replace("  ", "")


def test_the_preview_is_only_posted_and_only_by_those_who_may_record_it(case: Case, browser: Client) -> None:
    assert browser.get(preview(case)).status_code == 405
    for role in WORKING:
        expected = 200 if role in PERMISSIONS[Permission.RECORD_REGISTRATION] else 403
        assert signed_in(make_person(role)).post(preview(case), THIRTEEN_MONTHS).status_code == expected
    stranger = make_person(Role.POLICE_OFFICER, area=make_area("eastmarch", "B"))
    assert signed_in(stranger).post(preview(case), THIRTEEN_MONTHS).status_code == 404
