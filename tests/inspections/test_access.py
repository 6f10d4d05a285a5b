"""Who opens which page of an inspection: members, managers and board of its areas, and everybody else."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.core.access import Role
from openmappa.core.inspection.framework import Framework
from openmappa.core.packs.load import IN_SERVICE, load_inspection_framework
from openmappa.inspections.models import FrameworkDraft, Inspection
from openmappa.inspections.queries.frameworks import shipped
from openmappa.inspections.services.frameworks import start_draft
from openmappa.samples.queries import members_of, sample_of
from tests.inspections.build import chief, drawn, inspector, joined, opened
from tests.samples.build import managed_cases
from tests.timeline.build import make_area, make_person, signed_in

pytestmark = pytest.mark.django_db

LEAD, MEMBER, STRANGER = "whoever leads", "a member", "an inspector who does not work on it"
CHIEF, COORDINATOR, MANAGER, BOARD = "a chief officer", "the coordinator", "a line manager", "a board member"
ELSEWHERE, OFFICER = "a coordinator of another area", "an officer of the area"
INSIDE, READERS = {LEAD, MEMBER}, {LEAD, MEMBER, CHIEF, COORDINATOR, MANAGER}
KNOW = READERS | {BOARD}
INVISIBLE, NO_ROLE = {STRANGER, ELSEWHERE}, {OFFICER}


def cast() -> dict[str, User]:
    return {
        LEAD: inspector(),
        MEMBER: inspector(),
        STRANGER: inspector(),
        CHIEF: chief(),
        COORDINATOR: make_person(Role.MAPPA_COORDINATOR),
        MANAGER: make_person(Role.LINE_MANAGER),
        BOARD: make_person(Role.SMB_MEMBER),
        ELSEWHERE: make_person(Role.MAPPA_COORDINATOR, area=make_area("eastmarch", "B")),
        OFFICER: make_person(Role.POLICE_OFFICER),
    }


def one_drawn(people: dict[str, User]) -> tuple[Inspection, str]:
    """An inspection with a sample, and the key of one of its cases."""
    managed_cases(9)
    row = opened(people[LEAD])
    joined(people[LEAD], row, people[MEMBER])
    sample = drawn(people[LEAD], row)
    with as_person(people[LEAD]):
        return row, min(sample_of(sample).members())


def status(browser: Client, address: str, method: str = "get") -> int:
    return getattr(browser, method)(address).status_code


def wanted(who: str, may: set[str], got: int) -> int:
    """What somebody gets: what those who may get, 403 for who knows of it or has no such role, else 404."""
    if who in may:
        return got
    return 404 if who in INVISIBLE else 403


def test_pages_of_an_inspection_give_everybody_exactly_what_is_theirs() -> None:
    people = cast()
    row, key = one_drawn(people)
    other = joined(people[LEAD], row, inspector())
    pk = members_of(row.exercise).get(person=other).pk
    ones = {
        "show": (KNOW, {}, 200, None),
        "cases": (READERS, {}, 200, None),
        "sample": (READERS, {}, 200, None),
        "again": (READERS, {}, 200, None),
        "download": (READERS, {}, 200, 200),
        "replace": (INSIDE, {"case": key}, 200, 200),
        "joint_work": ({CHIEF, COORDINATOR}, {}, 200, 302),
        "add": ({LEAD}, {}, 200, 200),
        "draw": ({LEAD}, {}, 404, 404),
        "close": ({LEAD}, {}, 200, 200),
        "member": ({LEAD}, {"pk": pk, "deed": "lead"}, 405, 302),
    }
    found, expected = {}, {}
    for who, person in people.items():
        browser = signed_in(person)
        for name, (may, more, get, post) in ones.items():
            address = reverse(f"inspections:{name}", kwargs={"inspection": row.key, **more})
            found[who, name, "get"] = status(browser, address)
            expected[who, name, "get"] = 405 if get == 405 else wanted(who, may, get)
            if post is not None:
                found[who, name, "post"] = status(browser, address, "post")
                expected[who, name, "post"] = wanted(who, may, post)
    assert {key: (found[key], expected[key]) for key in expected if found[key] != expected[key]} == {}
    unknown = reverse("inspections:show", kwargs={"inspection": uuid.uuid4()})
    assert {status(signed_in(person), unknown) for who, person in people.items() if who != OFFICER} == {404}


def test_frameworks_are_read_by_who_sees_inspections_and_drafts_by_their_owner() -> None:
    people = cast()
    framework = load_inspection_framework(IN_SERVICE[0])
    with as_person(people[CHIEF]):
        draft = start_draft(by=people[CHIEF], framework=framework, based_on=shipped())
    version = {"code": framework.code, "number": 1}
    found, expected = {}, {}
    for who, person in people.items():
        browser, reads = signed_in(person), who != OFFICER
        for name in ("framework", "changes", "framework_file"):
            found[who, name] = status(browser, reverse(f"inspections:{name}", kwargs=version))
            expected[who, name] = 200 if reads else 403
        found[who, "change"] = status(browser, reverse("inspections:framework", kwargs=version), "post")
        expected[who, "change"] = 302 if who not in (OFFICER, BOARD) else 403
        for name, kwargs in of_a_draft(draft, framework).items():
            may = {OFFICER: 403, BOARD: 403, CHIEF: 405 if name in ("discard", "remove") else 200}
            address = reverse(f"inspections:{name}", kwargs=kwargs)
            found[who, name] = status(browser, address)
            expected[who, name] = 405 if name in ("discard", "remove") else may.get(who, 404)
            if name in ("discard", "remove") and who != CHIEF:
                found[who, name, "post"] = status(browser, address, "post")
                expected[who, name, "post"] = may.get(who, 404)
    assert {key: (found[key], expected[key]) for key in expected if found[key] != expected[key]} == {}
    no_version = reverse("inspections:framework", kwargs={"code": framework.code, "number": 7})
    assert status(signed_in(people[LEAD]), no_version) == 404


def of_a_draft(draft: FrameworkDraft, framework: Framework) -> dict[str, dict[str, object]]:
    criterion = framework.criteria[0]
    return {
        "draft": {"draft": draft.key},
        "question": {"draft": draft.key, "question": criterion.questions[0].code},
        "add_question": {"draft": draft.key, "criterion": criterion.code},
        "criterion": {"draft": draft.key, "criterion": criterion.code},
        "add_criterion": {"draft": draft.key, "chapter": framework.chapters[0].code},
        "remove": {"draft": draft.key, "what": "question", "code": criterion.questions[0].code},
        "discard": {"draft": draft.key},
    }


def test_a_closed_inspection_is_read_and_not_changed() -> None:
    people = cast()
    row, key = one_drawn(people)
    lead = signed_in(people[LEAD])
    closed = lead.post(reverse("inspections:close", kwargs={"inspection": row.key}), {"sure": "on"})
    assert closed.status_code == 302
    for name, more, got in (
        ("show", {}, 200),
        ("sample", {}, 200),
        ("replace", {"case": key}, 403),
        ("add", {}, 403),
        ("close", {}, 403),
    ):
        assert status(lead, reverse(f"inspections:{name}", kwargs={"inspection": row.key, **more})) == got, name
    board = signed_in(people[COORDINATOR])
    assert status(board, reverse("inspections:joint_work", kwargs={"inspection": row.key})) == 403
