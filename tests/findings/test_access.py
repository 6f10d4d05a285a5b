"""Who reads and writes what of findings: each person at each page, and the same asked of the database in SQL."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.findings.models import Finding
from openmappa.samples.models import Exercise
from tests.findings.build import CRITERION, agreed, fed_back, finding_row, inspected, published, recommended
from tests.samples.build import inspector
from tests.timeline.build import make_area, signed_in

pytestmark = pytest.mark.django_db
MEMBERS = {"lead", "member"}
OF_THE_AREA = {"coordinator", "chief", "sergeant", "board"}
READERS = MEMBERS | OF_THE_AREA | {"other inspector", "other coordinator"}
WITHOUT = {"officer", "auditor", "partner"}


def statuses(people: Mapping[str, User], address: str, *, post: bool = False) -> dict[str, int]:
    found = {}
    for name, person in people.items():
        browser = signed_in(person)
        found[name] = (browser.post(address, {}) if post else browser.get(address)).status_code
    return found


def expected(may: set[str], *, knows: set[str] = MEMBERS | OF_THE_AREA, then: int = 200) -> dict[str, int]:
    """Who may; those who know of the inspection and may not are told so; readers of reports find nothing."""
    found = dict.fromkeys(READERS, 404) | dict.fromkeys(knows, 403) | dict.fromkeys(WITHOUT, 403)
    return found | dict.fromkeys(may, then)


def test_each_person_at_each_page_before_and_after_the_report_is_published(
    people: dict[str, User], exercise: Exercise
) -> None:
    area = make_area()
    finding = fed_back(people["lead"], exercise, area)
    recommendation = recommended(people["lead"], exercise, area)
    of: dict[str, Any] = {"inspection": exercise.key}
    one = of | {"finding": finding.key}
    speak, read = {"coordinator", "chief"}, {"coordinator", "chief", "sergeant"}
    pages: dict[str, tuple[dict[str, Any], set[str], int | None]] = {
        "results": (of, MEMBERS, None),
        "areas": (of, MEMBERS, None),
        "tables": (of, MEMBERS, None),
        "export": (of, MEMBERS, 200),
        "list": (of, MEMBERS, None),
        "add": (of | {"criterion": CRITERION}, MEMBERS, 200),
        "change": (one, MEMBERS, 200),
        "take_away": (one, MEMBERS, 200),
        "remark": (one, speak, 200),
        "answer": (one, MEMBERS, 200),
        "feedback": (of, MEMBERS, 200),
        "received": (of, read, None),
        "recommendations": (of, MEMBERS, 200),
        "draft": (of, MEMBERS, None),
        "publish": (of, {"lead"}, None),
    }
    wrong = {}
    for name, (parts, may, posted) in pages.items():
        address = reverse(f"findings:{name}", kwargs=parts)
        if (found := statuses(people, address)) != expected(may):
            wrong[name] = found
        if posted and (found := statuses(people, address, post=True)) != expected(may, then=posted):
            wrong[f"{name} (post)"] = found
    agreeing = reverse("findings:agree", kwargs=one)
    if (found := statuses(people, agreeing, post=True)) != expected({"lead"}, then=302):
        wrong["agree"] = found
    told = reverse("findings:recommendation", kwargs={"recommendation": recommendation.key})
    if (found := statuses(people, told)) != expected(MEMBERS, knows=MEMBERS) | dict.fromkeys(OF_THE_AREA, 404):
        wrong["recommendation before"] = found
    number = {"inspection": exercise.key, "number": 1}
    version = [reverse(f"findings:{name}", kwargs=number) for name in ("published", "pdf")]
    for address in version:
        if (found := statuses(people, address)) != dict.fromkeys(READERS, 404) | dict.fromkeys(WITHOUT, 403):
            wrong[f"{address} before"] = found
    assert wrong == {}


def test_published_it_is_for_four_roles_of_every_area_and_its_owner_says_what_became_of_it(
    people: dict[str, User], exercise: Exercise
) -> None:
    area = make_area()
    agreed(people["lead"], exercise)
    recommendation = recommended(people["lead"], exercise, area, "oasys-start")
    published(people["lead"], exercise)
    number = {"inspection": exercise.key, "number": 1}
    readers = dict.fromkeys(READERS, 200) | dict.fromkeys(WITHOUT, 403)
    for name in ("published", "pdf"):
        assert statuses(people, reverse(f"findings:{name}", kwargs=number)) == readers, name
    assert statuses(people, reverse("findings:reports")) == readers
    told = reverse("findings:recommendation", kwargs={"recommendation": recommendation.key})
    assert statuses(people, told) == readers
    sent = {"on": "today", "outcome": "under_way", "words": "Two more officers visit."}
    boxes = {"on-day": "1", "on-month": "3", "on-year": "2025"}
    found = {
        name: signed_in(person).post(told, sent | boxes | {"on": "another"}).status_code
        for name, person in people.items()
    }
    says = MEMBERS | OF_THE_AREA | {"other inspector"}
    assert found == dict.fromkeys(says, 302) | dict.fromkeys(WITHOUT | {"other coordinator"}, 403)


def test_the_database_shows_drafts_to_who_works_on_it_and_agreed_findings_to_an_area_that_was_told(
    people: dict[str, User], exercise: Exercise
) -> None:
    area, away = make_area(), make_area("southdale", "C")
    draft = finding_row(people["lead"], exercise=exercise, area=area)
    there = fed_back(people["lead"], exercise, area)
    whole = agreed(people["lead"], exercise)
    elsewhere = finding_row(people["lead"], exercise=inspected(inspector(), away), area=area)

    def seen(person: User) -> set[int]:
        with as_person(person), connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM {Finding._meta.db_table}")
            return {number for (number,) in cursor.fetchall()}

    mine = {draft.pk, there.pk, whole.pk}
    shown = {name: seen(person) for name, person in people.items()}
    assert elsewhere.pk not in set.union(*shown.values())
    area_s = {"coordinator", "chief", "sergeant"}
    assert {name: rows for name, rows in shown.items() if rows} == {
        name: {there.pk} if name in area_s else mine for name in MEMBERS | area_s
    }
