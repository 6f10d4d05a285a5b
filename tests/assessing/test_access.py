"""Who opens which page of assessing: each role and place, and what an inspector does there, in the pages themselves."""

import json
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.assessing.models import Assessment, ConfidentialRemark, GivenAnswer, Resolution
from openmappa.assessing.services.answering import Said
from openmappa.audit.models import Event
from openmappa.core.access import Rank, Role
from openmappa.core.inspection.scores import Answer
from openmappa.samples.models import DrawnSample, ExerciseMember
from openmappa.samples.services.exercises import end_exercise
from tests.assessing.build import Scene, answered, dealt_out
from tests.inspections.build import opened
from tests.samples.build import drawn, inspector, managed_cases
from tests.timeline.build import make_person, signed_in

pytestmark = pytest.mark.django_db
BY_SCRIPT = {"headers": {"X-Requested-With": "fetch"}}
POSTS = ("question", "remark", "agree")
MEMBER_OPENS = {"deal": 403, "give": 403, "question": 405, "remark": 405, "agree": 405, "sign": 403}


def addresses(scene: Scene, row: Assessment) -> dict[str, str]:
    """Every address, of one assessment."""
    inspection: dict[str, Any] = {"inspection": scene.exercise.key}
    case, one = inspection | {"case": row.case_key}, inspection | {"assessment": row.key}
    return {
        name: reverse(f"assessing:{name}", kwargs=kwargs)
        for name, kwargs in {
            "progress": inspection,
            "deal": inspection,
            "agreement": inspection,
            "give": case | {"place": 1},
            "differences": case,
            "agree": case | {"question": "smart_objectives"},
            "show": one,
            "remark": one,
            "sign": one,
            "criterion": one | {"criterion": "plans"},
            "question": one | {"question": "smart_objectives"},
        }.items()
    }


def statuses(browser: Client, pages: dict[str, str], method: str = "get") -> dict[str, int]:
    return {name: getattr(browser, method)(address).status_code for name, address in pages.items()}


def test_each_role_and_place_gets_exactly_what_is_its_own() -> None:
    scene = dealt_out(size=2, percent=50)
    row = next(each for each in scene.of(scene.lead) if each.blind)
    pages = addresses(scene, row)
    found: dict[str, object] = {}
    for role in Role:
        if role is not Role.INSPECTOR:
            found[role] = set(statuses(signed_in(make_person(role, rank=Rank.SERGEANT)), pages).values())
    gets_none = {Role.ADMINISTRATOR, Role.AUDITOR, Role.PARTNER_MEMBER}
    assert found == {role: {403, 405} if role in gets_none else {404, 405} for role in Role if role.value in found}
    assert set(statuses(signed_in(inspector()), pages).values()) == {404, 405}
    assert set(statuses(Client(), pages).values()) == {302}
    opens = dict.fromkeys(pages, 200)
    assert statuses(signed_in(scene.other), pages) == opens | MEMBER_OPENS
    assert statuses(signed_in(scene.lead), pages) == opens | dict.fromkeys(POSTS, 405) | {"deal": 302}
    lead, other = signed_in(scene.lead), signed_in(scene.other)
    assert statuses(
        lead, {name: pages[name] for name in ("deal", "give", "question", "remark", "agree", "sign")}, "post"
    ) == {**{"deal": 200, "give": 200, "question": 302, "remark": 302, "agree": 404, "sign": 422}}
    assert statuses(other, {name: pages[name] for name in ("deal", "give", "question", "remark", "sign")}, "post") == {
        **{"deal": 403, "give": 403, "question": 403, "remark": 403, "sign": 403}
    }
    looks = Event.objects.filter(by_id=scene.other.pk, verb="read list")
    assert looks.count() == 4  # progress, differences, show, criterion: what shows a case, and nothing else
    with as_person(scene.lead):
        end_exercise(by=scene.lead, exercise=scene.exercise)
    ended = statuses(lead, pages)
    assert {name for name, status in ended.items() if status == 200} == {"progress", "agreement"}


def test_the_page_saves_each_answer_by_itself_and_loses_nothing_of_what_was_typed() -> None:
    scene = dealt_out(size=2, percent=0)
    (row,) = scene.of(scene.lead)
    pages, browser, page = addresses(scene, row), signed_in(scene.lead), str(uuid.uuid4())
    typed = {
        "answer": "sufficient",
        "records": "1",
        "passage": "The plan says so",
        "page": page,
        "turn": 1,
        "revision": 0,
    }
    said = json.loads(browser.post(pages["question"], typed, **BY_SCRIPT).content)  # type: ignore[arg-type]
    assert (said["revision"], said["problems"]) == (1, {})
    wrong = browser.post(pages["question"], typed | {"records": "1, 99", "turn": 2, "revision": 1}, **BY_SCRIPT)  # type: ignore[arg-type]
    assert json.loads(wrong.content)["problems"] == {"records": ["There is no record with the number 99 on this page"]}
    elsewhere = typed | {"passage": "Mine", "page": str(uuid.uuid4()), "answer": "poor"}
    conflict = browser.post(pages["question"], elsewhere, **BY_SCRIPT)  # type: ignore[arg-type]
    assert (conflict.status_code, json.loads(conflict.content)["says"]) == (409, ["Sufficient", "The plan says so"])
    shown = browser.post(pages["question"], elsewhere)
    assert (shown.status_code, "in another window" in shown.content.decode()) == (409, True)
    assert "Mine</textarea>" in shown.content.decode() and 'value="2"' in shown.content.decode()
    assert browser.post(pages["question"], elsewhere | {"revision": 2}).status_code == 302
    both = browser.post(pages["question"], elsewhere | {"revision": 3, "no_evidence": "on"})
    assert (both.status_code, "Take one of them out" in both.content.decode()) == (422, True)
    assert GivenAnswer.objects.get(assessment=row).answer == "poor"
    browser.post(pages["remark"], {"words": "Spoke to the sergeant"})
    assert ConfidentialRemark.objects.get().words == "Spoke to the sergeant"
    assert "Spoke to the sergeant" in browser.get(pages["show"]).content.decode()
    assert "Spoke to the sergeant" not in signed_in(scene.other).get(pages["show"]).content.decode()


def test_a_difference_is_settled_on_its_page_by_one_of_the_two_and_agreed_to_by_the_other() -> None:
    scene = dealt_out(size=1)
    (mine,), (theirs,) = scene.of(scene.lead), scene.of(scene.other)
    answered(scene.lead, mine)
    pages = addresses(scene, mine)
    lead, other = signed_in(scene.lead), signed_in(scene.other)
    assert "The plan of May says so." not in other.get(pages["criterion"]).content.decode()
    answered(scene.other, theirs, {"smart_objectives": Said(Answer.POOR, no_evidence=True)})
    shown = other.get(pages["differences"]).content.decode()
    assert ("The plan of May says so." in shown, "There was no evidence." in shown) == (True, True)
    settle = {"question": "smart_objectives", "answer": "poor"}
    empty = other.post(pages["differences"], settle)
    assert (empty.status_code, "Enter why" in empty.content.decode()) == (422, True)
    assert other.post(pages["differences"], settle | {"reason": "There is no plan of May"}).status_code == 302
    assert "1 difference to settle" in lead.get(pages["progress"]).content.decode()
    assert lead.post(pages["agree"]).status_code == 302
    row = Resolution.objects.get()
    assert (row.counts, row.by_lead, row.agreed_by) == (True, False, scene.lead)
    assert "to settle" not in lead.get(pages["progress"]).content.decode().replace("Differences to settle", "")
    agreement = lead.get(pages["agreement"]).content.decode()
    assert "The same answer in 0 of 1 cases" in agreement


def test_the_lead_deals_the_cases_out_and_gives_one_to_somebody_else_on_the_pages() -> None:
    managed_cases(3)
    lead, other = inspector(), inspector()
    exercise = opened(lead).exercise
    ExerciseMember.objects.create(exercise=exercise, person=other, added_by=lead, from_at=timezone.now())
    assert isinstance(drawn(lead, exercise, size=2), DrawnSample)
    browser = signed_in(lead)
    here: dict[str, Any] = {"inspection": exercise.key}
    assert "Deal the cases out" in browser.get(reverse("assessing:progress", kwargs=here)).content.decode()
    said = {"seed": "rain", "percent": 50, "people": [lead.pk, other.pk]}
    assert "need two people" in _deal(browser, here, said | {"people": [lead.pk]}).content.decode()
    assert _deal(browser, here, said).status_code == 302
    assert Assessment.objects.count() == 3
    again = browser.get(reverse("assessing:deal", kwargs=here), follow=True).content.decode()
    assert "The cases are dealt out already" in again
    row = Assessment.objects.filter(blind=False).get()
    address = reverse("assessing:give", kwargs=here | {"case": row.case_key, "place": 1})
    to = next(person for person in (lead, other) if person.pk != row.inspector_id)
    assert browser.post(address, {"person": to.pk}).status_code == 302
    assert Assessment.objects.standing().get(case_key=row.case_key).inspector == to


def _deal(browser: Client, here: dict[str, Any], said: dict[str, object]) -> Any:
    return browser.post(reverse("assessing:deal", kwargs=here), said)


def test_progress_asks_as_often_for_two_cases_as_for_six() -> None:
    counts = []
    for size in (2, 6):
        scene = dealt_out(size=size, percent=50, listed=8)
        browser: Client = signed_in(User.objects.get(pk=scene.lead.pk))
        address = reverse("assessing:progress", kwargs={"inspection": scene.exercise.key})
        browser.get(address)
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(address).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]
