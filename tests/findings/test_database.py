"""The database itself, asked in SQL as each person: what was sent, remarked, recommended, said since, published."""

from collections.abc import Callable, Mapping

import pytest
from django.db import Error, connection, models, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.findings.models import Feedback, FollowUp, Outcome, Recommendation, Remark, ReportVersion
from openmappa.findings.services.publishing import follow_up
from openmappa.samples.models import Exercise
from tests.findings.build import (
    agreed,
    fed_back,
    feedback_row,
    follow_up_row,
    inspected,
    published,
    recommendation_row,
    recommended,
    remark_row,
    remarked,
    report_row,
)
from tests.findings.test_access import MEMBERS, READERS
from tests.samples.build import inspector
from tests.timeline.build import ago, make_area, signed_in

pytestmark = pytest.mark.django_db
OF_AREA = {"coordinator", "chief", "sergeant"}


def seen(people: Mapping[str, User], model: type[models.Model]) -> dict[str, set[int]]:
    """The rows of a table that each person is shown by the database; whoever is shown none is left out."""
    found = {}
    for name, person in people.items():
        with as_person(person), connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM {model._meta.db_table}")
            if rows := {number for (number,) in cursor.fetchall()}:
                found[name] = rows
    return found


def test_what_is_not_published_is_there_for_those_who_work_on_it_and_what_was_sent_for_its_area(
    people: dict[str, User], exercise: Exercise
) -> None:
    lead = people["lead"]
    finding = fed_back(lead, exercise, make_area())
    remark = remarked(people["coordinator"], finding)
    recommendation = recommended(lead, exercise, make_area())
    elsewhere = inspected(inspector(), make_area("southdale", "C"))
    feedback_row(lead, elsewhere, area=make_area("southdale", "C"))
    recommendation_row(lead, elsewhere)
    remark_row(lead)
    sent = Feedback.objects.get(exercise=exercise)
    away = Feedback.objects.get(exercise=elsewhere)
    shown = seen(people, Feedback)
    assert shown.pop("other coordinator") == {away.pk}
    assert shown == {key: {sent.pk} for key in MEMBERS | OF_AREA}
    assert {name: remark.pk in rows for name, rows in seen(people, Remark).items()} == dict.fromkeys(
        MEMBERS | OF_AREA, True
    )
    assert seen(people, Recommendation) == {key: {recommendation.pk} for key in MEMBERS}
    assert (seen(people, FollowUp), seen(people, ReportVersion)) == ({}, {})


def test_what_is_published_is_there_for_four_roles_of_every_area(people: dict[str, User], exercise: Exercise) -> None:
    lead = people["lead"]
    agreed(lead, exercise)
    recommendation = recommended(lead, exercise, make_area())
    report = published(lead, exercise)
    with as_person(people["coordinator"]):
        said = follow_up(
            by=people["coordinator"], recommendation=recommendation, on=ago(1), outcome=Outcome.DONE, words="Done."
        )
    for model, row in ((ReportVersion, report), (Recommendation, recommendation), (FollowUp, said)):
        assert seen(people, model) == {key: {row.pk} for key in READERS}, model


def test_the_database_lets_nobody_write_into_an_inspection_that_they_do_not_work_on(
    people: dict[str, User], exercise: Exercise
) -> None:
    rows: list[Callable[[User], models.Model]] = [
        lambda by: feedback_row(by, exercise),
        lambda by: recommendation_row(by, exercise),
        lambda by: report_row(by, exercise),
    ]
    for row in rows:
        for name in (READERS - MEMBERS) | {"officer", "auditor"}:
            with as_person(people[name]), pytest.raises(Error, match="row-level security"), transaction.atomic():
                row(people[name])
    finding = fed_back(people["lead"], exercise, make_area())
    recommendation = recommended(people["lead"], exercise, make_area())
    for name in (READERS - MEMBERS - OF_AREA) | {"officer"}:
        with as_person(people[name]):
            with pytest.raises(Error, match="row-level security"), transaction.atomic():
                remark_row(people[name], finding=finding)
            with pytest.raises(Error, match="row-level security"), transaction.atomic():
                follow_up_row(people[name], recommendation=recommendation)


@pytest.mark.parametrize("table", ["reportversion", "followup", "feedback"])
def test_what_was_sent_said_or_published_is_changed_by_nobody(people: dict[str, User], table: str) -> None:
    with as_person(people["lead"]), connection.cursor() as cursor:
        for statement in (f"UPDATE findings_{table} SET id = id", f"DELETE FROM findings_{table}"):
            with pytest.raises(Error, match="permission denied"), transaction.atomic():
                cursor.execute(statement)


def test_pages_of_findings_ask_the_database_as_often_for_1_row_as_for_30(
    people: dict[str, User], exercise: Exercise
) -> None:
    lead, area = people["lead"], make_area()
    of = {"inspection": exercise.key}
    readers = {
        **dict.fromkeys(["list", "feedback", "recommendations", "draft", "publish"], lead),
        "received": people["coordinator"],
    }

    def asked() -> dict[str, int]:
        found = {}
        for name, reader in readers.items():
            browser = signed_in(reader)
            browser.get(reverse(f"findings:{name}", kwargs=of))
            with CaptureQueriesContext(connection) as caught:
                assert browser.get(reverse(f"findings:{name}", kwargs=of)).status_code == 200
            found[name] = len(caught)
        return found

    remarked(people["coordinator"], fed_back(lead, exercise, area))
    recommended(lead, exercise, area)
    before = asked()
    for _ in range(29):
        remarked(people["coordinator"], agreed(lead, exercise, area))
        recommended(lead, exercise, area)
    assert asked() == before


def test_a_report_and_its_follow_up_ask_as_often_for_1_recommendation_as_for_30(
    people: dict[str, User], exercise: Exercise
) -> None:
    lead, area = people["lead"], make_area()
    counts = []
    for number in (1, 29):
        agreed(lead, exercise)
        for _ in range(number):
            row = recommended(lead, exercise, area)
        published(lead, exercise, "More of it." if number > 1 else "")
        for _ in range(number):
            with as_person(people["coordinator"]):
                follow_up(
                    by=people["coordinator"], recommendation=row, on=ago(1), outcome=Outcome.UNDER_WAY, words="So far."
                )
        pages = [
            reverse("findings:published", kwargs={"inspection": exercise.key, "number": len(counts) + 1}),
            reverse("findings:recommendation", kwargs={"recommendation": row.key}),
            reverse("findings:reports"),
        ]
        found = []
        for page in pages:
            browser = signed_in(people["board"])
            browser.get(page)
            with CaptureQueriesContext(connection) as caught:
                assert browser.get(page).status_code == 200
            found.append(len(caught))
        counts.append(found)
    assert counts[0] == counts[1]
