"""Asking and reading what-if questions: who may, what is refused, what stays hidden, and what the pages say."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.core.access import PERMISSIONS, Permission, Role
from openmappa.workload.errors import NotAsked
from openmappa.workload.models import Question
from openmappa.workload.services.asking import MOST_WAITING, ask, take_away
from openmappa.workload.services.working_out import work_out_what_if
from tests.house.test_queries_constant import queries_of
from tests.house.who_opens import SEES_FIGURES
from tests.timeline.build import make_area, make_person, make_unit, signed_in
from tests.workload.build import MONTHLY, a_question_row, answers, asked, seen_case

pytestmark = pytest.mark.django_db

LIST, ASK = reverse("workload:list"), reverse("workload:ask")


def text(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def person(role: str, area: str = "northshire") -> User:
    return make_person(Role(role), area=make_area(area, "A" if area == "northshire" else "B"))


def of_every_area(role: str) -> User:
    found = person(role)
    found.area = found.unit = None
    found.save()
    return found


def address(question: Question, name: str = "show") -> str:
    return reverse(f"workload:{name}", kwargs={"question": question.key})


def worked_out(by: User, **changed: object) -> Question:
    question = asked(by, **changed)
    work_out_what_if()
    question.refresh_from_db()
    assert question.problem == ""
    return question


@pytest.fixture
def coordinator() -> User:
    return make_person(Role.MAPPA_COORDINATOR)


def test_every_role_reads_asks_and_saves_in_its_own_area_as_the_table_says(coordinator: User) -> None:
    question = worked_out(coordinator)
    found, expected = {}, {}
    for role in sorted(each.value for each in Role):
        for area in ("northshire", "eastmarch"):
            browser, reads = signed_in(person(role, area)), role in SEES_FIGURES
            there = (200 if area == "northshire" else 404) if reads else 403
            for name in ("show", "export"):
                found[role, area, name] = browser.get(address(question, name)).status_code
                expected[role, area, name] = there
            found[role, area, "delete"] = browser.post(address(question, "delete")).status_code
            expected[role, area, "delete"] = 403 if there == 200 else there
            page = browser.get(LIST)
            found[role, area, "list"] = (page.status_code, "Monthly" in page.content.decode())
            expected[role, area, "list"] = (200 if reads else 403, reads and area == "northshire")
    wrong = {key: (found[key], expected[key]) for key in found if found[key] != expected[key]}
    assert wrong == {}


def test_who_has_no_area_asks_about_one_or_all_and_others_do_not_see_the_question_about_all() -> None:
    inspector = of_every_area("inspector")
    make_area("eastmarch", "B")
    every = asked(inspector, area=None)
    assert every.area is None
    assert signed_in(of_every_area("auditor")).get(address(every)).status_code == 200
    assert signed_in(person("mappa_coordinator")).get(address(every)).status_code == 404
    with pytest.raises(PermissionDenied):
        ask(by=person("smb_member"), area=None, title="All", drafts=[MONTHLY], minutes={}, hours={})
    with pytest.raises(PermissionDenied):
        ask(by=person("smb_member"), area=make_area("eastmarch"), title="T", drafts=[MONTHLY], minutes={}, hours={})
    with pytest.raises(NotAllowed):
        ask(by=person("case_manager"), area=make_area(), title="T", drafts=[MONTHLY], minutes={}, hours={})


def test_the_database_gives_questions_to_those_who_see_figures_and_lets_who_asked_delete(coordinator: User) -> None:
    a_question_row(coordinator)
    for role in Role:
        for area in ("northshire", "eastmarch"):
            user = person(role.value, area)
            with as_person(user), connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM workload_question")
                reads = role in PERMISSIONS[Permission.VIEW_FIGURES] and area == "northshire"
                assert (role, area, cursor.fetchone()) == (role, area, (int(reads),))
    stranger = person("smb_member")
    with as_person(stranger):
        assert Question.objects.all().delete()[0] == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            a_question_row(coordinator, title="In another's name")
    with as_person(coordinator):
        assert Question.objects.all().delete()[0] == 1


def test_the_form_asks_with_changed_numbers_and_the_answer_says_what_they_change(coordinator: User) -> None:
    officer = make_person(Role.POLICE_OFFICER)
    seen_case(police_officer=officer)
    sent = answers(
        coordinator,
        **{
            "a-title": "High monthly",
            "a-visit-interval-A-high": "1",
            "b-plan-review": "12",
            "hours-police_officer": "2",
        },
    )
    answer = signed_in(coordinator).post(ASK, sent)
    question = Question.objects.get()
    assert answer["Location"] == address(question)
    assert (len(question.drafts), question.minutes, question.hours) == (2, {}, {"police_officer": 2})
    waiting = text(signed_in(coordinator).get(address(question)).content)
    assert "It waits for its turn" in waiting
    work_out_what_if()
    page = text(signed_in(coordinator).get(address(question)).content)
    for words in (
        "Draft A: High monthly",
        "Unannounced police home visit: force A, band high: 3 months → 1 month",
        "Supervision plan review: 16 weeks → 12 weeks",
        "150 minutes each",
        "10.0 hours 4 times",
        "25.0 hours (+15.0) 10 times",
        f"{officer.full_name}, police",
        "Over in 4 months",
        "What would have been late",
        "Nothing was written to any case.",
        "Police officer: 2 hours a month",
    ):
        assert words in page, words


def test_names_of_staff_stand_there_for_those_who_may_see_them_alone(coordinator: User) -> None:
    officer = make_person(Role.POLICE_OFFICER)
    seen_case(police_officer=officer)
    question = worked_out(coordinator)
    other_unit = make_unit(make_area(), "police", 2)
    readers = {
        "coordinator": (coordinator, True),
        "manager": (make_person(Role.LINE_MANAGER), True),
        "manager of another unit": (make_person(Role.LINE_MANAGER, unit=other_unit), False),
        "board": (person("smb_member"), False),
        "inspector": (of_every_area("inspector"), False),
        "auditor": (person("auditor"), False),
    }
    for who, (user, named) in readers.items():
        page = text(signed_in(user).get(address(question)).content)
        assert (who, officer.full_name in page) == (who, named)
        assert ("1 person is counted here and not named to you" in page) is not named, who
        for by in ("unit", "area"):
            assert officer.full_name not in text(signed_in(user).get(f"{address(question)}?by={by}").content)


def test_what_the_pack_refuses_stands_at_its_draft_in_full_and_nothing_is_kept(coordinator: User) -> None:
    wrong = 'extends = "england-wales-2005"\ntitle = "T"\nsource = "S"\nwithout = ["isp"]\n[[standard]]\nid = "visit"\n'
    page = text(signed_in(coordinator).post(ASK, answers(coordinator, **{"a-text": wrong})).content)
    assert "Draft A: `without` names &#39;isp&#39;" in page
    assert "Draft A: standard visit: the pack that this extends has none of this id" in page
    assert not Question.objects.exists()
    refused = {
        "Change at least one number of draft A": {},
        "Draft A: change numbers above or give a text, not both": {"a-text": MONTHLY, "a-plan-review": "12"},
        "enter months from 1 to 60, or “none”": {"a-visit-interval-A-high": "rare"},
        "must be 1 or more": {"a-plan-review": "0"},
        "“visit”: write a standard and its minutes": {"a-plan-review": "12", "added": "visit"},
        "Write draft A first: draft B stands beside it": {"b-plan-review": "12"},
        "Enter the name of the question": {"title": "", "a-plan-review": "12"},
    }
    for sentence, changed in refused.items():
        page = text(signed_in(coordinator).post(ASK, answers(coordinator, **changed)).content)
        assert sentence in page, (sentence, page[:2000])
    assert not Question.objects.exists()


ADDING = """extends = "england-wales-2005"
title = "Prison visits"
source = "Us"
[[standard]]
id = "prison-visit"
title = "Visit in prison"
of = "case_manager"
clock = "every"
while = { in_custody = true }
allowed = { weeks = 12 }
met_by = [{ fact = "plan_reviewed" }]
source = "Us"
"""


def test_a_draft_comes_as_a_file_and_a_standard_of_its_own_needs_its_time(coordinator: User) -> None:
    def send(content: bytes, **changed: str) -> str:
        file = SimpleUploadedFile("draft.toml", content)
        answer = signed_in(coordinator).post(ASK, {**answers(coordinator, **changed), "a-file": file})
        return text(answer.content)

    assert "The file must be text in UTF-8" in send(b"\xff\xfe")
    assert "The file must be 40 KB or less" in send(b"#" * 40_001)
    page = send(ADDING.encode())
    assert "no time is given for prison-visit" in page, page[:3000]
    assert "Visit in prison" in page
    send(ADDING.encode(), added="prison-visit = 90\n")
    question = Question.objects.get()
    assert (question.drafts, question.minutes) == ([ADDING], {"prison-visit": 90})
    work_out_what_if()
    question.refresh_from_db()
    assert question.problem == ""


def test_the_service_refuses_what_a_form_would(coordinator: User) -> None:
    for changed in ({"title": " "}, {"title": "x" * 101}, {"drafts": []}, {"drafts": [MONTHLY] * 3}, {"drafts": ["x"]}):
        with pytest.raises(NotAsked):
            asked(coordinator, **changed)
    with pytest.raises(NotAsked, match="no time for this"):
        asked(coordinator, minutes={"home-visit": 0})
    for _ in range(MOST_WAITING):
        asked(coordinator)
    with pytest.raises(NotAsked, match="are waiting already"):
        asked(coordinator)


def test_who_asked_takes_it_away_and_others_do_not(coordinator: User) -> None:
    question = asked(coordinator)
    with pytest.raises(PermissionDenied):
        take_away(by=person("smb_member"), question=question)
    answer = signed_in(coordinator).post(address(question, "delete"), follow=True)
    assert "The question was deleted" in text(answer.content)
    assert not Question.objects.exists()
    verbs = Event.objects.filter(about__question=str(question.key)).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["ask what if", "delete what if"]


def test_a_problem_stands_on_the_page_and_there_is_no_file_of_it(coordinator: User) -> None:
    now = timezone.now()
    row = a_question_row(coordinator, began_at=now, finished_at=now, problem="There are cases under force 'Z'.")
    page = text(signed_in(coordinator).get(address(row)).content)
    assert "This could not be worked out" in page
    assert signed_in(coordinator).get(address(row, "export")).status_code == 404
    began = a_question_row(coordinator, began_at=now, cases=10, done=4)
    assert "4 of 10 cases so far." in text(signed_in(coordinator).get(address(began)).content)
    listed = text(signed_in(coordinator).get(LIST).content)
    assert "Could not be worked out" in listed
    assert "4 of 10 cases" in listed


def test_the_file_has_no_name_and_no_small_count_and_is_logged(coordinator: User) -> None:
    officer = make_person(Role.POLICE_OFFICER)
    for _ in range(5):
        seen_case(police_officer=officer)
    question = worked_out(coordinator)
    answer = signed_in(coordinator).post(
        address(question, "export"), {"recipient": "The board", "purpose": "To decide"}
    )
    content = answer.content.decode()
    assert answer["Content-Type"].startswith("text/csv")
    assert officer.full_name not in content
    lines = [line.strip('"').split('","') for line in content.splitlines()]
    work = [line for line in lines if line[:1] == ["Work ahead by activity"]]
    visits = [(line[1], line[4], line[5]) for line in work if line[2].startswith("Unannounced")]
    assert visits == [("Now", "20", "50.0"), ("Draft A", "50", "125.0")]
    assert {int(line[4]) >= 5 for line in work if line[4] != "hidden"} == {True}
    months = [line for line in lines if line[:2] == ["Work ahead by month", "Draft A"]]
    assert len(months) == 12
    event = Event.objects.get(verb="export what if")
    assert (event.operation, event.recipient) == ("disclosure", "The board")


def test_as_many_queries_for_thirty_questions_and_people_as_for_one(coordinator: User) -> None:
    officer = make_person(Role.POLICE_OFFICER)
    seen_case(police_officer=officer)
    one = worked_out(coordinator)
    browser = signed_in(coordinator)
    few = [queries_of(lambda page=page: browser.get(page)) for page in (LIST, address(one))]  # type: ignore[misc]
    for _ in range(12):
        seen_case(police_officer=make_person(Role.POLICE_OFFICER))
        a_question_row(person("smb_member"), asked_at=timezone.now() - timedelta(days=2))
    Question.objects.filter(pk=one.pk).update(finished_at=None, answer=None)
    work_out_what_if()
    many = [queries_of(lambda page=page: browser.get(page)) for page in (LIST, address(one))]  # type: ignore[misc]
    assert few == many
