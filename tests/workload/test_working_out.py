"""The job: its numbers are the command's, it may be stopped, one works at a time, and it writes to nothing else."""

import json
import os
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.caseload.services.exporting import export_caseload
from openmappa.caseload.services.importing import import_caseload
from openmappa.cli.main import main
from openmappa.core.access import Role
from openmappa.workload.models import Question
from openmappa.workload.services import counting, working_out
from openmappa.workload.services.working_out import ONE_AT_A_TIME, work_out_what_if
from tests.caseload.support import Quiet
from tests.timeline.build import ago, make_area, make_case, make_person, today, write
from tests.workload.build import MONTHLY, a_question_row, asked, seen_case

pytestmark = pytest.mark.django_db

REVIEWS = """extends = "england-wales-2005"
title = "Plans every twelve weeks"
source = "Us"
[[standard]]
id = "plan-review"
allowed = { weeks = 12 }
"""


@pytest.fixture
def inspector() -> User:
    found = make_person(Role.INSPECTOR)
    found.area = found.unit = None
    found.save()
    return found


@pytest.fixture
def caseload(tmp_path: Path) -> Path:
    """Two areas of generated people, in the record and in a file."""
    file = tmp_path / "made.jsonl"
    assert main(["sample", "--areas", "2", "--cases", "15", "--until", today().isoformat(), "--out", str(file)]) == 0
    import_caseload(file=BytesIO(file.read_bytes()), report=print, watcher=Quiet())
    out = BytesIO()
    export_caseload(out=out)
    file.write_bytes(out.getvalue())
    return file


def by_the_command(file: Path, by: str, tmp_path: Path) -> dict[str, Any]:
    drafts = []
    for name, text in (("a", MONTHLY), ("b", REVIEWS)):
        (tmp_path / f"{name}.toml").write_text(text)
        drafts += ["--draft", str(tmp_path / f"{name}.toml")]
    out = tmp_path / f"{by}.json"
    words = ["what-if", str(file), "--on", today().isoformat(), *drafts, "--by", by, "--format", "json"]
    assert main([*words, "--out", str(out)]) == 0
    found: dict[str, Any] = json.loads(out.read_text())
    return found


@pytest.mark.parametrize("several", [False, True])
def test_the_numbers_are_those_of_the_command_on_the_same_caseload(
    caseload: Path, inspector: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, several: bool
) -> None:
    if several:
        monkeypatch.setattr(counting, "SEVERAL_FROM", 1)
        monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
        monkeypatch.setattr(working_out, "AT_ONCE", 4)
    asked(inspector, drafts=[MONTHLY, REVIEWS])
    assert work_out_what_if() == 1
    row = Question.objects.get()
    assert (row.problem, row.done, row.cases) == ("", 30, 30)
    answer = row.answer
    assert answer is not None
    usernames = {str(user.pk): user.username for user in User.objects.all()}
    compared = 0
    for by in ("officer", "area", "unit"):
        command = by_the_command(caseload, by, tmp_path)
        assert answer["cases"] == command["cases"]
        for place, name in enumerate(("pack", "draft A", "draft B")):
            plan = answer["plans"][place]
            ahead = [one for one in command["ahead"] if one["standards"] == name]
            for standard, (number, late, minutes) in plan["activities"].items():
                mine = [one for one in ahead if one["standard"] == standard]
                assert (number, late) == (sum(one["number"] for one in mine), sum(one["late"] for one in mine))
                assert minutes / 60 == pytest.approx(sum(one["hours"] for one in mine), abs=0.01 * len(mine))
                compared += 1
            for standard, (number, late) in plan["past"].items():
                mine = [one for one in command["past"] if one["standards"] == name and one["standard"] == standard]
                assert (number, late) == (sum(one["number"] for one in mine), sum(one["late"] for one in mine))
            over = {
                (area, role, usernames.get(person, person)): sum(held > capacity for held in load)
                for area, role, person, capacity, _, _, load in plan["loads"][by]
                if capacity is not None and any(held > capacity for held in load)
            }
            assert over == {
                (one["area"], one["role"], one["name"]): one["months_over"]
                for one in command["over_capacity"]
                if one["standards"] == name
            }
    assert compared > 50
    assert [plan["changes"] for plan in answer["plans"]][2] == ["Supervision plan review: 16 weeks → 12 weeks"]


def test_an_area_has_its_own_cases_and_what_was_found_a_mistake_or_comes_later_does_not_count() -> None:
    coordinator = make_person(Role.MAPPA_COORDINATOR)
    seen_case()
    other = make_case(make_area("eastmarch", "B"))
    write(other, "registered", ago(100))
    asked(coordinator)
    work_out_what_if()
    answer = Question.objects.get().answer
    assert answer is not None
    assert answer["cases"] == 1
    now, draft = (plan["activities"]["home-visit"][0] for plan in answer["plans"])
    assert (now, draft) == (4, 10)  # the running cycle keeps its three months


def test_work_that_is_stopped_begins_anew_and_nothing_of_it_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    coordinator = make_person(Role.MAPPA_COORDINATOR)
    for _ in range(4):
        seen_case()
    asked(coordinator)
    monkeypatch.setattr(working_out, "AT_ONCE", 1)
    whole = counting.Counter.take
    taken: list[int] = []

    def stops(self: counting.Counter, cases: Any) -> None:
        taken.append(len(cases))
        if len(taken) == 3:
            raise KeyboardInterrupt
        whole(self, cases)

    monkeypatch.setattr(counting.Counter, "take", stops)
    with pytest.raises(KeyboardInterrupt):
        work_out_what_if()
    row = Question.objects.get()
    assert (row.done, row.cases, row.answer, row.is_ready) == (2, 4, None, False)
    assert work_out_what_if() == 1
    row.refresh_from_db()
    assert (row.done, row.answer is not None, row.is_ready) == (4, True, True)
    assert row.answer is not None
    assert row.answer["cases"] == 4


def test_of_two_jobs_at_once_one_does_nothing() -> None:
    asked(make_person(Role.MAPPA_COORDINATOR))
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        assert work_out_what_if() == 0
        other.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])
    assert work_out_what_if() == 1
    assert work_out_what_if() == 0


def test_a_question_that_is_taken_away_meanwhile_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    seen_case()
    asked(make_person(Role.MAPPA_COORDINATOR))
    whole = counting.Counter.take

    def takes_away(self: counting.Counter, cases: Any) -> None:
        Question.objects.all().delete()
        whole(self, cases)

    monkeypatch.setattr(counting.Counter, "take", takes_away)
    work_out_what_if()
    assert not Question.objects.exists()


def test_why_a_question_cannot_be_worked_out_is_kept_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    coordinator = make_person(Role.MAPPA_COORDINATOR)
    case = seen_case()
    case.force = "Z"
    case.save()
    asked(coordinator)
    a_question_row(coordinator, drafts=["title ="])
    monkeypatch.setattr(counting, "SEVERAL_FROM", 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    assert work_out_what_if() == 2
    forces, toml = Question.objects.order_by("asked_at")
    assert forces.problem.startswith("There are cases under force 'Z', and a draft has no visit policy for it.")
    assert toml.problem.startswith("Draft A: this is not TOML")
    assert forces.is_ready
    assert toml.answer is None


def test_a_fault_of_ours_ends_its_question_alone_and_a_lost_database_ends_none(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    seen_case()
    coordinator = make_person(Role.MAPPA_COORDINATOR)
    first, second = asked(coordinator), asked(coordinator)
    whole = counting.Counter.take
    faults: list[Exception] = [OperationalError("gone"), ZeroDivisionError()]

    def breaks(self: counting.Counter, cases: Any) -> None:
        if faults:
            raise faults.pop(0)
        whole(self, cases)

    monkeypatch.setattr(counting.Counter, "take", breaks)
    with pytest.raises(OperationalError):
        work_out_what_if()
    assert Question.objects.waiting().count() == 2
    assert work_out_what_if() == 2
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.problem, first.answer) == (working_out.FAULT, None)
    assert (second.problem, second.answer is not None) == ("", True)
    assert "ZeroDivisionError" in caplog.text


def test_a_process_that_was_stopped_is_a_problem_and_not_an_answer() -> None:
    question = working_out.read_question([MONTHLY], {}, {}, on=today(), months=12)
    counters = counting.Counters(question, 1)
    try:
        counters.take([])
        counters._all[0][0].kill()
        counters._all[0][0].join()
        with pytest.raises(counting.Uncounted, match="was stopped"):
            for _ in range(3):
                counters.take([])
            counters.answer()
    finally:
        counters.stop()


def test_questions_go_after_ninety_days_and_the_rest_of_the_record_stays_as_it_was() -> None:
    coordinator = make_person(Role.MAPPA_COORDINATOR)
    case = seen_case()
    case.refresh_from_db()
    a_question_row(coordinator, asked_at=timezone.now() - timedelta(days=91))
    kept = a_question_row(coordinator, asked_at=timezone.now() - timedelta(days=89))
    before = (case.version, Event.objects.filter(case_id=case.pk).count())
    call_command("work_out_what_if", verbosity=0)
    assert list(Question.objects.all()) == [kept]
    case.refresh_from_db()
    assert (case.version, Event.objects.filter(case_id=case.pk).count()) == before
    assert Event.objects.filter(verb="work out what if").count() == 1
