"""What somebody signed stays as it was: the database itself refuses to change it, whoever asks."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.core.access import Role
from openmappa.oasys.models import Oasys, OasysSection
from tests.oasys.build import case_manager, draft_row, line_manager, section_row, signed_row
from tests.timeline.build import make_area, make_case, make_person

pytestmark = pytest.mark.django_db


def run(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE oasys_oasyssection SET answers = '{}'",
        "UPDATE oasys_oasyssection SET revision = 9",
        "UPDATE oasys_oasys SET harm_level = 'low'",
        "UPDATE oasys_oasys SET stage = 'review'",
        "UPDATE oasys_oasys SET signed_by_id = signed_by_id + 1",
        "UPDATE oasys_oasys SET signed_by_id = NULL, signed_at = NULL, fact_id = NULL, harm_level = ''",
        "UPDATE oasys_oasys SET needs_countersignature = false",
    ],
)
def test_nothing_of_a_signed_one_is_changed(statement: str) -> None:
    row = signed_row(make_case(), level="medium", needs_countersignature=True)
    with pytest.raises(DatabaseError, match="Start a new version"), as_person(row.signed_by):
        run(statement)


@pytest.mark.parametrize("table", ["oasys_oasys", "oasys_oasyssection"])
def test_nothing_is_deleted_not_even_of_a_draft(table: str) -> None:
    section_row(draft_row(make_case()))
    for statement in (f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        with pytest.raises(DatabaseError, match="permission denied"):
            run(statement)


def test_no_section_is_added_to_a_signed_one_by_a_person() -> None:
    row = signed_row(make_case())
    with pytest.raises(DatabaseError, match="Start a new version"), as_person(row.signed_by):
        section_row(row, "attitudes")
    assert OasysSection.objects.filter(oasys=row).count() == 1


def test_a_section_moves_neither_to_another_oasys_nor_to_another_case() -> None:
    by = case_manager()
    first, second = draft_row(make_case(), by), draft_row(make_case(), by)
    section_row(first)
    for column, value in (("oasys_id", second.pk), ("case_id", second.case_id), ("section", "attitudes")):
        with pytest.raises(DatabaseError, match="stays in its OASys"), as_person(by):
            run(f"UPDATE oasys_oasyssection SET {column} = %s", value)
    with pytest.raises(DatabaseError, match="Start a new version"), as_person(by):
        section_row(first, "attitudes", case=second.case)


def test_it_is_countersigned_once_and_then_nothing_is_left_to_change() -> None:
    row, manager = signed_row(make_case(), level="high"), line_manager()
    with as_person(manager):
        run("UPDATE oasys_oasys SET countersigned_by_id = %s, countersigned_at = now()", manager.pk)
    row.refresh_from_db()
    assert row.countersigned_by == manager
    with pytest.raises(DatabaseError, match="Start a new version"), as_person(manager):
        run("UPDATE oasys_oasys SET countersign_comment = 'Better.'")


def test_an_abandoned_draft_stays_abandoned() -> None:
    row = draft_row(make_case(), abandoned_by=case_manager(), abandoned_at=timezone.now(), abandon_reason="Wrong case")
    with pytest.raises(DatabaseError, match="Start a new version"), as_person(row.started_by):
        run("UPDATE oasys_oasys SET abandoned_by_id = NULL, abandoned_at = NULL, abandon_reason = ''")
    with pytest.raises(DatabaseError, match="Start a new version"), as_person(row.started_by):
        section_row(row)


@pytest.mark.parametrize(
    ("role", "area", "sees"),
    [
        (Role.CASE_MANAGER, "northshire", 1),
        (Role.MAPPA_COORDINATOR, "northshire", 1),
        (Role.CASE_MANAGER, "eastmarch", 0),
        (Role.PARTNER_MEMBER, "northshire", 0),
        (Role.SMB_MEMBER, "northshire", 0),
        (Role.ADMINISTRATOR, "northshire", 0),
    ],
)
def test_raw_sql_reaches_those_of_ones_own_cases_alone(role: Role, area: str, sees: int) -> None:
    signed_row(make_case())
    where = make_area(area, "B" if area == "eastmarch" else "A")
    with as_person(make_person(role, area=where)):
        assert (Oasys.objects.count(), OasysSection.objects.count()) == (sees, sees)
