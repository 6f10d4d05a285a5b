"""What pages of an inspection show and refuse; nothing typed is lost, and no name stands where it may not."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.audit.models import Event
from openmappa.cases.models import Person
from openmappa.core.access import Role
from openmappa.inspections.models import FrameworkVersion, Inspection
from openmappa.inspections.queries.frameworks import shipped
from openmappa.samples.queries import members_of, sample_of
from tests.inspections.build import drawn, inspector, joined, opened
from tests.samples.build import managed_case, managed_cases
from tests.timeline.build import ago, day_boxes, make_area, make_person, signed_in

pytestmark = pytest.mark.django_db


def page(browser: Client, name: str, row: Inspection, **more: object) -> str:
    answer = browser.get(reverse(f"inspections:{name}", kwargs={"inspection": row.key, **more}))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def send(browser: Client, name: str, row: Inspection, answers: dict[str, object], **more: object) -> str:
    address = reverse(f"inspections:{name}", kwargs={"inspection": row.key, **more})
    return browser.post(address, answers, follow=True).content.decode()


def test_an_inspector_opens_lists_looks_what_a_size_buys_and_draws() -> None:
    managed_cases(30)
    other = make_area("eastmarch", "B")
    for _ in range(25):
        managed_case(other)
    lead = inspector()
    browser = signed_in(lead)
    answers = {"title": "Two areas", "purpose": "To see", "areas": [make_area().pk, other.pk]}
    answers |= {"framework": f"{shipped().code}/1", **day_boxes("on", ago(2))}
    refused = browser.post(reverse("inspections:open"), answers | {"purpose": ""}).content.decode()
    assert "Say what the inspection is for" in refused and 'value="Two areas"' in refused
    assert Inspection.objects.count() == 0
    assert browser.post(reverse("inspections:open"), answers).status_code == 302
    row = Inspection.objects.get()
    assert "55" in send(browser, "cases", row, {"whom": "managed"})
    seen = page(browser, "draw", row)
    # 20 of 25, 20 of 30, and together: by hand, Wilson of 100 and of 60 cases gives 10 and 12 points at one half.
    points = [int(each) for each in re.findall(r"± ([0-9]+) points", seen)]
    assert (points, "where one has 50%, the other has to have" in seen) == ([10, 8, 5, 12, 10, 6, 8, 7, 4], True)
    smaller = browser.get(reverse("inspections:draw", kwargs={"inspection": row.key}), {"size": 10, "at_least": 5})
    assert "Enter the joint work" in smaller.content.decode()
    query = "?size=12&at_least=5&joint=6&represent=mappa&first=sex%3Dfemale&first_number=2"
    address = reverse("inspections:draw", kwargs={"inspection": row.key}) + query
    assert "Northshire, sex: female: 2 of 6" in browser.get(address).content.decode()
    refused = browser.post(address, {"seed": "", "seed_from": "A letter"}).content.decode()
    assert "Enter the seed" in refused and "A letter" in refused
    shown = browser.post(address, {"seed": "1 2 3", "seed_from": "A letter"}, follow=True).content.decode()
    assert "The sample is drawn" in shown and "Testcase" in shown
    with as_person(lead):
        sample = sample_of_row(row)
    assert len(sample) == 12
    assert "The same cases came out" in page(browser, "again", row)


def sample_of_row(row: Inspection) -> list[str]:
    found = sample_of(row.exercise.drawn)
    return list(found.members())


def test_the_area_sees_its_own_cases_by_name_and_others_by_key_alone() -> None:
    other = make_area("eastmarch", "B")
    here, there = managed_cases(4), [managed_case(other) for _ in range(4)]
    Person.objects.filter(case__in=here).update(family_name="Hereson")
    Person.objects.filter(case__in=there).update(family_name="Therefield")
    lead = inspector()
    row = opened(lead, make_area(), other)
    drawn(lead, row, size=8)
    shown = page(signed_in(make_person(Role.MAPPA_COORDINATOR)), "sample", row)
    assert shown.count("Hereson") == 4 and "Therefield" not in shown
    assert shown.count("Not open to you") == 4
    shown = page(signed_in(lead), "sample", row)
    assert (shown.count("Hereson"), shown.count("Therefield")) == (4, 4)
    look = Event.objects.filter(verb="read list", by_id=lead.pk).latest("id")
    assert len(look.case_ids) == 8


def test_the_file_has_keys_and_traits_and_neither_name_nor_reference() -> None:
    cases = managed_cases(5)
    lead = inspector()
    row = opened(lead)
    drawn(lead, row, size=2)
    browser = signed_in(lead)
    address = reverse("inspections:download", kwargs={"inspection": row.key})
    assert "Enter who will receive it" in browser.post(address, {}).content.decode()
    answer = browser.post(address, {"recipient": "Ann Example", "purpose": "To draw it again"})
    text = answer.content.decode()
    with as_person(lead):
        keys = sample_of_row(row)
    assert all(key in text for key in keys) and text.count("white_british") == 5
    assert "Testcase" not in text and not any(case.reference in text for case in cases)
    event = Event.objects.get(verb="export inspection list")
    assert (event.operation, event.recipient) == ("disclosure", "Ann Example")


def test_a_case_is_replaced_with_a_reason_and_a_restricted_one_is_said_to_be_closed() -> None:
    area = make_area()
    hidden = managed_case(restricted_contact=make_person(Role.LINE_MANAGER))
    managed_cases(3, area)
    lead = inspector()
    row = opened(lead)
    drawn(lead, row, size=4)
    browser = signed_in(lead)
    shown = page(browser, "sample", row)
    assert "1 case of the sample cannot be opened" in shown and hidden.reference not in shown
    with as_person(lead):
        [key, *_] = sorted(sample_of_row(row))
    assert "Answer the question “Why is this case replaced?”" in send(browser, "replace", row, {}, case=key)
    refused = send(browser, "replace", row, {"ground": "other", "words": ""}, case=key)
    assert "Say why the case is replaced" in refused
    assert "No reserve is left" in send(browser, "replace", row, {"ground": "no_files"}, case=key)
    assert browser.get(f"/inspections/{row.key}/sample/nothing/replace/").status_code == 404


def test_somebody_always_leads_and_who_takes_themselves_off_sees_it_no_more() -> None:
    lead = inspector()
    row = opened(lead)
    browser = signed_in(lead)
    own = members_of(row.exercise).get(person=lead).pk
    taken = {"inspection": row.key, "pk": own, "deed": "removed"}
    refused = browser.post(reverse("inspections:member", kwargs=taken))
    assert (refused.status_code, "Nobody would be left" in refused.content.decode()) == (409, True)
    other = joined(lead, row, inspector())
    pk = members_of(row.exercise).get(person=other).pk
    assert "They lead it too now" in send(browser, "member", row, {}, pk=pk, deed="lead")
    assert browser.post(reverse("inspections:member", kwargs=taken), follow=True).status_code == 200
    assert browser.get(reverse("inspections:show", kwargs={"inspection": row.key})).status_code == 404


def test_a_framework_is_changed_part_by_part_and_saved_as_a_version() -> None:
    lead = inspector()
    browser = signed_in(lead)
    version = {"code": shipped().code, "number": 1}
    answer = browser.post(reverse("inspections:framework", kwargs=version), follow=True)
    draft = answer.redirect_chain[-1][0]
    question = "joint_strategy"
    before = browser.get(f"{draft}questions/{question}/").content.decode()
    assert "Is there one strategy of police and probation" in before
    said = {
        "text": "Is there one strategy?",
        "guidance": "Look.",
        "applies_to": "relevant",
        "relevant": "",
        "choices": "",
    }
    said |= {"code": question, "source": "Us", "certainty": "ours", "version": "0"}
    refused = browser.post(f"{draft}questions/{question}/", said).content.decode()
    assert "question joint_strategy: `relevant`" in refused and "Is there one strategy?" in refused
    kept = browser.post(f"{draft}questions/{question}/", said | {"applies_to": "all"}, follow=True).content.decode()
    assert "Different so far: 1 question" in kept
    stale = browser.post(f"{draft}questions/{question}/", said | {"applies_to": "all"}).content.decode()
    assert "changed or saved in another window" in stale
    added = said | {"code": "one_more", "applies_to": "all", "choices": "yes: Yes\nno: No", "version": "1"}
    assert browser.post(f"{draft}questions/joint_direction/add/", added).status_code == 302
    assert browser.post(f"{draft}remove/question/board_plans_ahead/").status_code == 302
    criterion = {"title": "Joint", "statement": "Good", "asked_of": "area", "code": "joint_direction", "version": "3"}
    assert browser.post(f"{draft}criteria/joint_direction/", criterion).status_code == 302
    empty = browser.post(f"{draft}criteria/strategy/add/", criterion | {"code": "joint_direction", "version": "4"})
    assert "two of the criteria" in empty.content.decode()
    save = {"code": version["code"], "title": "The same", "note": ""}
    assert "Say what is different, and why" in browser.post(draft, save).content.decode()
    assert "is saved as a version" in browser.post(draft, save | {"note": "Plainer"}, follow=True).content.decode()
    assert FrameworkVersion.objects.get(number=2).title == "The same"
    changed = browser.get(reverse("inspections:changes", kwargs=version | {"number": 2})).content.decode()
    assert "3 questions different" in changed and "Taken out" in changed and "New question" in changed


def test_a_file_that_makes_no_sense_is_told_by_line_and_stays_in_the_box() -> None:
    browser = signed_in(make_person(Role.LINE_MANAGER))
    text = browser.get(
        reverse("inspections:framework_file", kwargs={"code": shipped().code, "number": 1})
    ).content.decode()
    broken = text.replace('applies_to = "all"', 'applies_to = "some"', 1)
    line = broken.splitlines().index('code = "joint_strategy"') + 1
    file = SimpleUploadedFile("mine.toml", broken.encode())
    shown = browser.post(reverse("inspections:bring"), {"file": file, "text": ""}).content.decode()
    assert f"Line {line}: The framework, question joint_strategy: `applies_to` is" in shown
    assert "The framework has 1 problem" in shown and "applies_to = &#34;some&#34;" in shown
    for sent, said in (
        ({"text": "code = ["}, "this is not TOML"),
        ({"file": SimpleUploadedFile("mine.toml", b"\xff\xfe")}, "not text in UTF-8"),
        ({}, "Choose a file, or put its text into the box"),
    ):
        assert said in browser.post(reverse("inspections:bring"), sent).content.decode(), said
    assert browser.post(reverse("inspections:bring"), {"text": text}).status_code == 302


def queries(send_it: Callable[[], object]) -> int:
    send_it()
    found = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as counted:
            send_it()
        found.append(len(counted))
    return min(found)


def test_a_sample_of_twenty_takes_as_many_queries_as_one_of_two() -> None:
    managed_cases(22)
    lead = inspector()
    few, many = opened(lead), opened(lead)
    drawn(lead, few, size=2)
    drawn(lead, many, size=20)
    browser = signed_in(lead)
    for name in ("sample", "cases", "show"):
        counts = [queries(lambda row=row, name=name: page(browser, name, row)) for row in (few, many)]  # type: ignore[misc]
        assert counts[0] == counts[1], name
    one = queries(lambda: browser.get(reverse("inspections:list")))
    for _ in range(5):
        opened(lead)
    assert queries(lambda: browser.get(reverse("inspections:list"))) == one
