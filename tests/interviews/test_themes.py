"""Themes renamed, described anew, merged and removed, with what they were; and what a published report holds fast."""

from importlib import import_module
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.findings.errors import NotWritten
from openmappa.findings.models import Finding, ReportVersion
from openmappa.findings.services.publishing import publish_report, what_stands_in_the_way
from openmappa.findings.services.writing import change_finding
from openmappa.interviews.errors import ChangedMeanwhile, NotInterviewed
from openmappa.interviews.models import Quote, Theme, ThemeChange
from openmappa.interviews.queries import themes_leaving
from openmappa.interviews.services import add_theme, change_theme, mark_quote, merge_theme, remove_theme
from openmappa.samples.models import Exercise
from openmappa.samples.services.exercises import end_exercise
from tests.findings.build import agreed, published
from tests.findings.build import said as finding_said
from tests.inspections.build import opened
from tests.interviews.build import QUESTION, planned, quoted, theme_on
from tests.samples.build import inspector
from tests.timeline.build import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> User:
    return inspector()


@pytest.fixture
def exercise(lead: User) -> Exercise:
    return opened(lead).exercise


def changed(by: User, theme: Theme, seen: int = 0, **said: str) -> Theme:
    plain = {"title": theme.title, "words": theme.words, "because": "Clearer so"}
    with as_person(by):
        return change_theme(by=by, theme=theme, seen=seen, **(plain | said))


def titles(report: dict[str, Any]) -> list[str]:
    return [
        theme["title"]
        for chapter in report["chapters"]
        for criterion in chapter["criteria"]
        for finding in criterion["findings"]
        for theme in finding["themes"]
    ]


def test_a_theme_is_renamed_and_described_anew_and_what_it_was_is_kept(lead: User, exercise: Exercise) -> None:
    theme, other = theme_on(lead, exercise), theme_on(lead, exercise, "Minutes")
    row = changed(lead, theme, title=" Hearsay ", words="Of visits above all.")
    row = changed(lead, row, seen=1, words="")
    assert (row.title, row.words, row.version) == ("Hearsay", "", 2)
    kept = ThemeChange.objects.values_list("title", "words", "because", "changed_by")
    assert list(kept) == [
        ("Hearsay", "Of visits above all.", "Clearer so", lead.pk),
        ("Word of mouth", "", "Clearer so", lead.pk),
    ]
    for said, at in (
        ({"title": " "}, "title"),
        ({"because": " "}, "because"),
        ({"title": other.title}, "title"),
        ({}, ""),
    ):
        with pytest.raises(NotInterviewed) as refused:
            changed(lead, row, seen=2, **said)
        assert list(refused.value.problems) == [at]
    assert ThemeChange.objects.count() == 2


def test_of_two_who_change_a_theme_at_once_the_second_is_told_and_loses_nothing(lead: User, exercise: Exercise) -> None:
    theme = theme_on(lead, exercise)
    browser, of = signed_in(lead), {"inspection": exercise.key, "theme": theme.key}
    address = reverse("interviews:theme", kwargs=of)
    first = {"title": "Hearsay", "words": "", "because": "Clearer", "version": 0}
    assert browser.post(address, first).status_code == 302
    second = browser.post(address, first | {"title": "By chance"})
    page = second.content.decode()
    assert (second.status_code, "It says now: <strong>Hearsay</strong>" in page) == (200, True)
    assert ('value="By chance"' in page, 'name="version" value="1"' in page) == (True, True)
    assert Theme.objects.get().title == "Hearsay"
    assert browser.post(address, first | {"title": "By chance", "version": 1}).status_code == 302
    assert Theme.objects.get().title == "By chance"
    for name, more in (("merge_theme", {}), ("remove_theme", {})):
        late = browser.post(reverse(f"interviews:{name}", kwargs=of), {"because": "Twice", "version": 1} | more)
        assert (late.status_code, Theme.objects.get().ended_at) == (200, None)
    theme.refresh_from_db()
    other = theme_on(lead, exercise, "Minutes")
    with as_person(lead):
        for service in (
            lambda: merge_theme(by=lead, theme=theme, into=other, because="Twice", seen=1),
            lambda: remove_theme(by=lead, theme=theme, because="Twice", seen=None),
        ):
            with pytest.raises(ChangedMeanwhile):
                service()


def test_merged_a_theme_gives_its_quotes_and_its_findings_to_the_other(lead: User, exercise: Exercise) -> None:
    interview, first, second = planned(lead, exercise), theme_on(lead, exercise), theme_on(lead, exercise, "Hearsay")
    third = theme_on(lead, exercise, "Chance")
    quoted(lead, interview, first)
    quoted(lead, interview, second, words="In the canteen.")
    agreed(lead, exercise, themes=[str(first.key), str(second.key)])
    with as_person(lead):
        for into, because, at in ((None, "x", "into"), (first, "x", "into"), (second, " ", "because")):
            with pytest.raises(NotInterviewed) as refused:
                merge_theme(by=lead, theme=first, into=into, because=because, seen=0)
            assert list(refused.value.problems) == [at]
        merge_theme(by=lead, theme=first, into=second, because="The same", seen=0)
        with pytest.raises(NotInterviewed) as gone:
            merge_theme(by=lead, theme=third, into=first, because="The same", seen=0)
        assert list(gone.value.problems) == ["into"]
        merge_theme(by=lead, theme=second, into=third, because="The same", seen=0)
        leaving = themes_leaving(exercise)
    assert {leaving[str(each.key)].title for each in (first, second, third)} == {"Chance"}
    assert [each.words for each in leaving[str(first.key)].quotes] == ["By chance, in the corridor.", "In the canteen."]
    assert set(Quote.objects.values_list("theme", flat=True)) == {third.pk}
    assert titles(published(lead, exercise).content) == ["Chance"]
    third.refresh_from_db()
    assert third.published_at is not None


def test_removed_a_theme_stays_with_the_reason_and_no_report_has_it(lead: User, exercise: Exercise) -> None:
    interview, theme, other = planned(lead, exercise), theme_on(lead, exercise), theme_on(lead, exercise, "Minutes")
    quoted(lead, interview, theme)
    finding = agreed(lead, exercise, themes=[str(theme.key), str(other.key)])
    with as_person(lead):
        with pytest.raises(NotInterviewed, match="Say why"):
            remove_theme(by=lead, theme=theme, because=" ", seen=0)
        remove_theme(by=lead, theme=theme, because="One person alone said it.", seen=0)
        for service in (
            lambda: remove_theme(by=lead, theme=theme, because="Again", seen=1),
            lambda: change_theme(by=lead, theme=theme, title="x", words="", because="Again", seen=1),
        ):
            with pytest.raises(NotInterviewed, match="merged into another or removed"):
                service()
        with pytest.raises(NotInterviewed, match="merged into another or removed"):
            mark_quote(by=lead, interview=interview, question=QUESTION, theme=theme, words="More.")
        assert str(theme.key) not in themes_leaving(exercise)
        add_theme(by=lead, exercise=exercise, title=theme.title)
        stands = "A finding rests on the theme “Word of mouth”, which was removed. Change the finding."
        assert stands in what_stands_in_the_way(exercise)
        with pytest.raises(NotWritten, match="was removed"):
            publish_report(by=lead, exercise=exercise)
    browser = signed_in(lead)
    assert "was removed" in browser.get(reverse("findings:list", kwargs={"inspection": exercise.key})).content.decode()
    page = browser.get(reverse("interviews:themes", kwargs={"inspection": exercise.key})).content.decode()
    assert "One person alone said it." in page
    finding.refresh_from_db()
    with as_person(lead):
        with pytest.raises(NotWritten, match="Select themes"):
            change_finding(by=lead, finding=finding, said=finding_said(themes=finding.themes), seen=finding.version)
        change_finding(by=lead, finding=finding, said=finding_said(themes=[str(other.key)]), seen=finding.version)
        assert stands not in what_stands_in_the_way(exercise)
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert "remove interview theme" in verbs


def test_a_published_report_holds_its_themes_fast_and_the_pages_say_so(lead: User, exercise: Exercise) -> None:
    theme, other = theme_on(lead, exercise), theme_on(lead, exercise, "Minutes")
    agreed(lead, exercise, themes=[str(theme.key)])
    published(lead, exercise)
    theme.refresh_from_db()
    other.refresh_from_db()
    assert (theme.published_at is None, other.published_at) == (False, None)
    with as_person(lead):
        for service in (
            lambda: change_theme(by=lead, theme=theme, title="Hearsay", words="", because="Clearer", seen=0),
            lambda: merge_theme(by=lead, theme=theme, into=other, because="The same", seen=0),
            lambda: remove_theme(by=lead, theme=theme, because="Wrong", seen=0),
        ):
            with pytest.raises(NotInterviewed, match="A published report cites this theme as evidence"):
                service()
        change_theme(by=lead, theme=theme, title=theme.title, words="Heard often.", because="Fuller", seen=0)
        with pytest.raises(Error, match="keeps its name"), transaction.atomic():
            Theme.objects.filter(pk=theme.pk).update(title="Hearsay")
        with pytest.raises(Error, match="theme_published_goes_on"), transaction.atomic():
            Theme.objects.filter(pk=theme.pk).update(ended_at=theme.written_at, ended_by=lead, ended_because="x")
        merge_theme(by=lead, theme=other, into=theme, because="The same", seen=0)
        with pytest.raises(Error, match="never changes"), transaction.atomic():
            Theme.objects.filter(pk=other.pk).update(title="Hearsay")
    browser = signed_in(lead)
    for name in ("theme", "merge_theme", "remove_theme"):
        page = _page(browser, name, theme)
        assert "A published report cites this theme as evidence" in page
        assert ('name="title"' in page, 'name="because"' in page) == (False, name == "theme")
    assert "Merged into" in _page(browser, "theme", other)
    assert (
        "it keeps its name"
        in browser.get(reverse("interviews:themes", kwargs={"inspection": exercise.key})).content.decode()
    )


def test_the_database_merges_into_a_theme_of_the_same_inspection_that_is_in_use(lead: User, exercise: Exercise) -> None:
    theme = theme_on(lead, exercise)
    strange = theme_on(lead, opened(lead).exercise)
    with as_person(lead):
        for into in (theme, strange):
            with pytest.raises(Error, match="of its inspection"), transaction.atomic():
                Theme.objects.filter(pk=theme.pk).update(
                    merged_into=into, ended_at=theme.written_at, ended_by=lead, ended_because="x"
                )
        with pytest.raises(NotInterviewed):
            merge_theme(by=lead, theme=theme, into=strange, because="x", seen=0)


def test_the_pages_change_merge_and_remove_after_the_inspection_is_closed_too(lead: User, exercise: Exercise) -> None:
    first, second, third = (theme_on(lead, exercise, title) for title in ("A", "B", "C"))
    with as_person(lead):
        end_exercise(by=lead, exercise=exercise)
    browser = signed_in(lead)
    for name, theme, sent in (
        ("theme", first, {"title": "A1", "words": "", "because": "Clearer"}),
        ("merge_theme", second, {"into": str(third.key), "because": "The same"}),
        ("remove_theme", third, {"because": "Said once"}),
    ):
        address = reverse(f"interviews:{name}", kwargs={"inspection": exercise.key, "theme": theme.key})
        assert browser.post(address, {"version": 0}).status_code == 200
        assert browser.post(address, sent | {"version": 0}).status_code == 302
    assert list(Theme.objects.filter(ended_at=None).values_list("title", flat=True)) == ["A1"]
    assert Finding.objects.count() == 0


def _page(browser: Client, name: str, theme: Theme) -> str:
    address = reverse(f"interviews:{name}", kwargs={"inspection": theme.exercise.key, "theme": theme.key})
    return browser.get(address).content.decode()


def test_themes_that_were_published_before_are_marked_by_the_migration(lead: User, exercise: Exercise) -> None:
    cited, other = theme_on(lead, exercise), theme_on(lead, exercise, "Minutes")
    themes = [{"title": cited.title, "quotes": [], "heard": ""}]
    content = {"chapters": [{"criteria": [{"findings": [{"themes": themes}, {"themes": []}]}]}]}
    with as_person(lead):
        when = ReportVersion.objects.create(
            exercise=exercise, number=1, title="Old", content=content, published_by=lead, published_at=timezone.now()
        ).published_at
    module = import_module("openmappa.findings.migrations.0004_published_themes")
    with connection.cursor() as cursor:
        for statement in module.CITED:
            cursor.execute(statement)
    with as_person(lead):
        found = dict(Theme.objects.values_list("title", "published_at"))
    assert found == {cited.title: when, other.title: None}
