"""From the plan of an interview to a theme that a published finding rests on, without anybody's name."""

import json
import uuid

import pytest
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.core.inspection.proportions import SMALLEST
from openmappa.findings.errors import NotWritten
from openmappa.findings.models import ReportVersion
from openmappa.findings.services.writing import write_finding
from openmappa.interviews.errors import NotInterviewed, SavedMeanwhile
from openmappa.interviews.models import Interview, InterviewNote, Quote
from openmappa.interviews.queries import role_titles, schedule, themes_leaving
from openmappa.interviews.services import (
    Seen,
    add_theme,
    drop_interview,
    finish_interview,
    mark_quote,
    plan_interview,
    save_note,
    take_quote_away,
)
from openmappa.samples.models import Exercise
from tests.findings.build import agreed, published
from tests.findings.build import said as finding_said
from tests.inspections.build import opened
from tests.interviews.build import QUESTION, ROLE, WHOM, noted, planned, quoted, said, theme_on
from tests.samples.build import inspector
from tests.timeline.build import make_area, signed_in

pytestmark = pytest.mark.django_db
SECRET = "Nobody here reads the minutes."


@pytest.fixture
def lead() -> User:
    return inspector()


@pytest.fixture
def exercise(lead: User) -> Exercise:
    return opened(lead).exercise


def test_a_plan_names_a_role_of_the_schedule_and_somebody_who_works_on_it(lead: User, exercise: Exercise) -> None:
    wrong = said(inspector(), role="king", whom=" ", area=make_area("southdale", "C"))
    with as_person(lead), pytest.raises(NotInterviewed) as refused:
        plan_interview(by=lead, exercise=exercise, said=wrong)
    assert sorted(refused.value.problems) == ["area", "asked_by", "role", "whom"]
    once = uuid.uuid4()
    with as_person(lead):
        for _ in range(2):
            plan_interview(by=lead, exercise=exercise, said=said(lead), submission=once)
    assert Interview.objects.count() == 1
    assert schedule().asked_of(ROLE)
    assert role_titles()[ROLE] == "Police officer"


def test_a_note_is_saved_as_it_is_typed_and_another_window_is_told(lead: User, exercise: Exercise) -> None:
    interview = planned(lead, exercise)
    browser = signed_in(lead)
    address = reverse(
        "interviews:note", kwargs={"inspection": exercise.key, "interview": interview.key, "question": QUESTION}
    )
    page, fetch = str(uuid.uuid4()), {"HTTP_X_REQUESTED_WITH": "fetch"}
    first = browser.post(address, {"words": "We meet", "revision": 0, "page": page, "turn": 1}, **fetch)
    assert (first.status_code, json.loads(first.content)["revision"]) == (200, 1)
    lost = browser.post(address, {"words": "We meet monthly", "revision": 0, "page": page, "turn": 2}, **fetch)
    assert (lost.status_code, InterviewNote.objects.get().words) == (200, "We meet monthly")
    other = browser.post(address, {"words": "Never", "revision": 1, "page": str(uuid.uuid4()), "turn": 1}, **fetch)
    assert (other.status_code, json.loads(other.content)["theirs"]) == (409, {"words": "We meet monthly"})
    plain = browser.post(address, {"words": "Never", "revision": 1})
    assert (plain.status_code, "We meet monthly" in plain.content.decode()) == (409, True)
    kept = browser.post(address, {"words": "Never", "revision": 2})
    assert (kept.status_code, InterviewNote.objects.get().words) == (302, "Never")
    long = browser.post(address, {"words": "x" * 9000, "revision": 3}, **fetch)
    assert long.status_code == 422
    strange = reverse(
        "interviews:note", kwargs={"inspection": exercise.key, "interview": interview.key, "question": "9.99"}
    )
    assert browser.post(strange, {"words": "x"}).status_code == 404


def test_what_is_finished_or_dropped_never_changes(lead: User, exercise: Exercise) -> None:
    empty, held = planned(lead, exercise), planned(lead, exercise)
    with as_person(lead):
        with pytest.raises(NotInterviewed, match="Nothing is noted yet"):
            finish_interview(by=lead, interview=empty)
        with pytest.raises(NotInterviewed, match="Say why"):
            drop_interview(by=lead, interview=empty, because=" ")
        drop_interview(by=lead, interview=empty, because="Ill; nobody else has the post.")
    note = noted(lead, held)
    browser = signed_in(lead)
    address = reverse("interviews:finish", kwargs={"inspection": exercise.key, "interview": held.key})
    assert (browser.post(address).status_code, browser.post(address).status_code) == (302, 422)
    with as_person(lead):
        for row in (empty, held):
            with pytest.raises(NotInterviewed, match="do not change"):
                save_note(by=lead, interview=row, question=QUESTION, words="Later", seen=Seen(note.revision))
        with pytest.raises(Exception, match="never changes"):
            Interview.objects.filter(pk=held.pk).update(whom="Somebody else")


def test_an_interview_that_is_over_shows_what_was_noted_and_names_the_questions_without_a_note(
    lead: User, exercise: Exercise
) -> None:
    dropped, held = planned(lead, exercise), planned(lead, exercise)
    with as_person(lead):
        drop_interview(by=lead, interview=dropped, because="Ill; nobody else has the post.")
        save_note(by=lead, interview=held, question=QUESTION, words="Said so.", seen=Seen())
        finish_interview(by=lead, interview=held)
    shown = {}
    for row in (dropped, held):
        address = reverse("interviews:show", kwargs={"inspection": exercise.key, "interview": row.key})
        shown[row.pk] = signed_in(lead).get(address).content.decode()
    assert "Nothing was noted." in shown[dropped.pk]
    assert "Said so." in shown[held.pk] and "Nothing was noted to questions" in shown[held.pk]
    assert shown[held.pk].count('class="om-saves"') == 1


def test_a_note_saved_meanwhile_is_refused_by_the_service(lead: User, exercise: Exercise) -> None:
    interview = planned(lead, exercise)
    noted(lead, interview)
    with as_person(lead), pytest.raises(SavedMeanwhile):
        save_note(by=lead, interview=interview, question=QUESTION, words="Other", seen=Seen(0))


def test_words_are_quoted_under_a_theme_of_the_same_inspection(lead: User, exercise: Exercise) -> None:
    interview, theme = planned(lead, exercise), theme_on(lead, exercise)
    other = inspector()
    strange = theme_on(other, opened(other).exercise)
    with as_person(lead):
        for chosen in (None, strange):
            with pytest.raises(NotInterviewed) as refused:
                mark_quote(by=lead, interview=interview, question=QUESTION, theme=chosen, words=" ")
            assert sorted(refused.value.problems) == ["theme", "words"]
        with pytest.raises(NotInterviewed, match="already"):
            add_theme(by=lead, exercise=exercise, title=theme.title)
        with pytest.raises(NotInterviewed, match="few words"):
            add_theme(by=lead, exercise=exercise, title=" ")
    row = quoted(lead, interview, theme)
    with as_person(lead):
        take_quote_away(by=lead, quote=row)
        assert not Quote.objects.exists()
    verbs = ["plan interview", "add interview theme", "mark quote", "take quote away"]
    assert set(verbs) <= set(Event.objects.values_list("verb", flat=True))


def test_a_published_report_has_theme_and_quotes_and_never_who_said_what_is_not_attributable(
    lead: User, exercise: Exercise
) -> None:
    theme = theme_on(lead, exercise)
    for at in range(SMALLEST):
        interview = planned(lead, exercise)
        quoted(lead, interview, theme, words=f"Said {at}.", attributable=at == 0)
    quoted(lead, interview, theme, words=SECRET)
    with as_person(lead), pytest.raises(NotWritten) as refused:
        write_finding(by=lead, exercise=exercise, said=finding_said(themes=[str(uuid.uuid4())]))
    assert list(refused.value.problems) == ["themes"]
    agreed(lead, exercise, themes=[str(theme.key)])
    report = published(lead, exercise)
    text = json.dumps(report.content, ensure_ascii=False)
    assert (WHOM in text, SECRET in text, str(interview.key) in text) == (False, True, False)
    told = [
        each
        for chapter in report.content["chapters"]
        for criterion in chapter["criteria"]
        for finding in criterion["findings"]
        for each in finding["themes"]
    ]
    assert [(each["title"], each["heard"]) for each in told] == [("Word of mouth", "heard in 5 interviews")]
    assert {quote["words"]: quote["by"] for quote in told[0]["quotes"]} == {
        "Said 0.": "Police officer, Northshire",
        **{f"Said {at}.": "" for at in range(1, SMALLEST)},
        SECRET: "",
    }
    number = {"inspection": exercise.key, "number": 1}
    page = signed_in(lead).get(reverse("findings:published", kwargs=number)).content.decode()
    assert (SECRET in page, WHOM in page, "heard in 5 interviews" in page) == (True, False, True)
    assert signed_in(lead).get(reverse("findings:pdf", kwargs=number)).content[:5] == b"%PDF-"
    assert ReportVersion.objects.count() == 1


def test_of_few_interviews_no_number_leaves(lead: User, exercise: Exercise) -> None:
    theme = theme_on(lead, exercise)
    quoted(lead, planned(lead, exercise), theme)
    with as_person(lead):
        assert themes_leaving(exercise)[str(theme.key)].interviews == 1
    agreed(lead, exercise, themes=[str(theme.key)])
    assert "heard in" not in json.dumps(published(lead, exercise).content)


def test_the_pages_plan_note_quote_and_drop(lead: User, exercise: Exercise) -> None:
    browser, of = signed_in(lead), {"inspection": exercise.key}
    here = {name: reverse(f"interviews:{name}", kwargs=of) for name in ("list", "plan", "themes", "schedule")}
    assert "Appendix I" in browser.get(here["schedule"]).content.decode()
    assert browser.post(here["plan"], {}).status_code == 200
    sent = {"role": ROLE, "whom": WHOM, "area": make_area().pk, "place": "", "asked_by": lead.pk}
    days = {"on-day": "3", "on-month": "3", "on-year": "2025"}
    assert browser.post(here["plan"], sent | days).status_code == 302
    assert WHOM in browser.get(here["list"]).content.decode()
    assert browser.post(here["themes"], {"title": "Word of mouth"}).status_code == 302
    interview = Interview.objects.get()
    one = {name: reverse(f"interviews:{name}", kwargs=of | {"interview": interview.key}) for name in ("quote", "drop")}
    assert browser.post(one["quote"], {"words": ""}).status_code == 200
    theme = exercise.themes.get()
    quote = {"question": QUESTION, "words": SECRET, "theme": str(theme.key)}
    assert browser.post(one["quote"], quote).status_code == 302
    assert "Not attributable" in browser.get(here["themes"]).content.decode()
    away = reverse("interviews:take_away", kwargs=of | {"quote": Quote.objects.get().key})
    assert browser.post(away).status_code == 302
    assert browser.post(one["drop"], {"because": "Ill."}).status_code == 302
    assert "Dropped" in browser.get(here["list"]).content.decode()
