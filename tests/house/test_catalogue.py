"""Every table is behind forced row-level security or named here with why not; raw SQL sees what a person may see."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import psycopg
import pytest
from django.db import connection
from tests.emergency.scene import opened
from tests.retention.build import a_line_manager
from tests.retention.test_everything_goes import a_full_case
from tests.timeline.build import ago, give, make_area, make_case, make_person, make_unit, write

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.core.involvement import InvolvementKind

pytestmark = pytest.mark.django_db

NO_CASE_DATA = {
    "accounts_area": "areas, which everybody who signs in may know",
    "accounts_agency": "agencies",
    "accounts_unit": "units",
    "accounts_user": "the people who use the record; sign-in reads it before anybody is stated",
    "accounts_managing": "which line manager answers for which unit",
    "accounts_cover": "who stands in for whom",
    "django_content_type": "names of tables",
    "django_migrations": "which migrations ran",
    "django_session": "sessions, read before anybody is stated",
    "auth_group": "unused",
    "auth_group_permissions": "unused",
    "auth_permission": "unused",
    "account_emailaddress": "unused; allauth's",
    "account_emailconfirmation": "unused; allauth's",
    "inspections_frameworkdraft": "what an inspection will ask, while somebody changes it",
    "inspections_frameworkversion": "what inspections ask",
    "inspections_inspection": "inspections: what they are called, what for, and what they ask; no case",
    "meetings_directoryentry": "which posts are invited to meetings of an area, and who holds them",
    "meetings_sitting": "when and where agencies meet; the cases they meet about stand in meetings_meeting",
    "mfa_authenticator": "second factors; sign-in reads it before anybody is stated",
    "notices_mailing": "how sending messages to each person went; none of them says anything of a case",
    "people_posting": "changes of posts, some of which wait for a second person",
    "people_setupcode": "one-time codes of people who join, hashed",
    "samples_exercise": "inspections and audits: their day, who opened them; no case",
    "samples_exercisearea": "which areas an inspection or audit looks at",
    "samples_exercisemember": "who works on an inspection or audit",
    "signin_failedattempt": "failed sign-ins",
    "signin_outsideidentity": "whom an agency's own sign-in stands for",
    "signin_opensession": "open sessions",
}
"""Tables that hold nothing about any case or anybody whom a case is about, and what they hold."""

TABLES = """
SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity
    AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
"""
POINTS_AT_A_CASE = """
SELECT DISTINCT c.conrelid::regclass::text FROM pg_constraint c
WHERE c.contype = 'f' AND c.confrelid IN ('cases_case'::regclass, 'cases_person'::regclass)
UNION
SELECT a.attrelid::regclass::text FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE a.attname IN ('case_id', 'case_ids') AND NOT a.attisdropped
    AND c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
"""
PARTITIONS = """
SELECT c.relname, has_table_privilege('openmappa_app', c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relispartition
"""


def rows(statement: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def unprotected() -> set[str]:
    """Tables without forced row-level security that are not named above."""
    return {name for name, protected in rows(TABLES) if not protected} - set(NO_CASE_DATA)


def test_every_table_is_protected_or_named_with_why_not() -> None:
    assert unprotected() == set()
    assert set(NO_CASE_DATA) <= {name for name, protected in rows(TABLES) if not protected}


def test_no_table_that_points_at_a_case_is_left_unprotected() -> None:
    pointing = {name for (name,) in rows(POINTS_AT_A_CASE)}
    assert {"timeline_fact", "notes_attachment", "audit_event", "notices_notice"} <= pointing
    assert pointing & set(NO_CASE_DATA) == set()


def test_the_application_reaches_no_month_of_the_log_by_itself() -> None:
    months = rows(PARTITIONS)
    assert len(months) > 2
    assert [name for name, reached in months if reached] == []


@pytest.mark.django_db(transaction=True)
def test_a_new_table_without_a_policy_is_found(
    as_owner: Callable[[], AbstractContextManager["psycopg.Connection[Any]"]],
) -> None:
    with as_owner() as owner:
        owner.execute("CREATE TABLE scratch_secret (case_id bigint REFERENCES cases_case)")
        try:
            assert unprotected() == {"scratch_secret"}
        finally:
            owner.execute("DROP TABLE scratch_secret")


# ---- raw SQL as the application, for each person

READS_EVENTS = {Role.AUDITOR}


def people() -> dict[str, User]:
    """One of each role in the first units, an officer of another unit and one of another area."""
    cast = {role.value: make_person(role) for role in Role}
    cast["other unit"] = make_person(Role.POLICE_OFFICER, unit=make_unit(make_area(), "police", 2))
    cast["other area"] = make_person(Role.LINE_MANAGER, area=make_area("eastmarch", "B"))
    cast["has left"] = make_person(Role.LINE_MANAGER)
    cast["has left"].is_active = False
    cast["has left"].save()
    return cast


def with_a_case() -> dict[str, str]:
    """Every protected table with a column that names the case, and that column."""
    found = rows(
        "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
        "WHERE c.relrowsecurity AND a.attname = 'case_id' AND NOT a.attisdropped"
    )
    return dict(found)


def cases_reached(table: str) -> set[int]:
    return {pk for (pk,) in rows(f"SELECT DISTINCT case_id FROM {table} WHERE case_id IS NOT NULL")}


def test_raw_sql_of_each_person_reaches_rows_of_their_own_cases_alone() -> None:
    """Two cases with something in every table: whoever sees one of them sees nothing of the other, in no table."""
    full = a_full_case(a_line_manager())
    elsewhere = make_case(make_area("eastmarch", "B"))
    write(elsewhere, "registered", ago(50), by=make_person(Role.LINE_MANAGER, area=elsewhere.area))
    sees = {
        "police_officer": {full.pk},
        "case_manager": {full.pk},
        "line_manager": {full.pk},
        "mappa_coordinator": {full.pk},
        "other area": {elsewhere.pk},
    }
    tables = with_a_case()
    assert len(tables) >= 14
    for name, person in people().items():
        with as_person(person):
            assert {pk for (pk,) in rows("SELECT id FROM cases_case")} == sees.get(name, set()), name
            for table in tables:
                if table.startswith(("audit_", "oversight_")) and person.role in READS_EVENTS:
                    continue  # the auditor reads the log, which names cases by number
                assert cases_reached(table) <= sees.get(name, set()), (name, table)
            persons = {pk for (pk,) in rows("SELECT id FROM cases_person")}
            assert persons == {case.person_id for case in (full, elsewhere) if case.pk in sees.get(name, set())}, name


@pytest.mark.parametrize("table", ["cases_case", "cases_person", "timeline_fact", "timeline_duty", "notes_note"])
def test_with_nobody_stated_nothing_is_there(table: str) -> None:
    a_full_case(a_line_manager())
    with as_person(None):
        assert rows(f"SELECT count(*) FROM {table}") == [(0,)]
    assert rows(f"SELECT count(*) > 0 FROM {table}") == [(True,)]


def test_a_job_that_the_application_itself_states_shows_it_nothing(
    as_application: Callable[[], AbstractContextManager["psycopg.Connection[Any]"]],
) -> None:
    with as_application() as application, application.transaction():
        application.execute("SELECT set_config('openmappa.job', 'import', true)")
        assert application.execute("SELECT count(*) FROM cases_case").fetchone() == (0,)


def test_losing_a_post_or_what_was_given_refuses_the_next_request() -> None:
    case = make_case()
    officer, partner = make_person(Role.POLICE_OFFICER), make_person(Role.PARTNER_MEMBER, kind="partner")
    given = give(case, InvolvementKind.INVITED, person=partner)
    visible = lambda person: person_sees(person, case)  # noqa: E731
    assert visible(officer) and visible(partner)
    officer.unit = make_unit(case.area, "police", 2)
    officer.save()
    given.ended_at, given.ended_by = given.from_at, officer
    given.save()
    assert not visible(officer) and not visible(partner)


def person_sees(person: User, case: Case) -> bool:
    with as_person(User.objects.get(pk=person.pk)):
        return rows("SELECT 1 FROM cases_case WHERE id = %s", case.pk) == [(1,)]


def test_emergency_access_shows_no_row_of_the_victim_or_intelligence_compartment() -> None:
    full = a_full_case(a_line_manager())
    stranger = make_person(Role.LINE_MANAGER, area=make_area("eastmarch", "B"))
    opened(stranger, full)
    with as_person(stranger):
        assert {wall for (wall,) in rows("SELECT DISTINCT compartment FROM notes_note")} == {"open", "confidential"}
    with as_person(make_person(Role.LINE_MANAGER)):
        assert {wall for (wall,) in rows("SELECT DISTINCT compartment FROM notes_note")} == {
            "open",
            "confidential",
            "victim",
        }
