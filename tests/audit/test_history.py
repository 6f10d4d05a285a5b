"""The history of every row: kept by triggers, whoever writes and however many rows at once."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.audit.models import Change
from openmappa.cases.models import Alias, Case, Person
from openmappa.core.access import Role
from tests.audit.log import answer, as_application, run
from tests.timeline.build import make_area, make_case, make_person

pytestmark = pytest.mark.django_db

DERIVED = {"cases_findkey", "timeline_duty", "timeline_standing"}


@pytest.fixture
def case() -> Case:
    return make_case()


@pytest.fixture
def officer() -> User:
    return make_person(Role.POLICE_OFFICER)


def kept(table: str, operation: str) -> list[dict[str, object]]:
    rows = answer(
        "SELECT row_id, row_ids::text, row_count, case_id, person_id, columns, before FROM audit_change "
        "WHERE in_table = %s AND operation = %s ORDER BY at, id",
        [table, operation],
    )
    names = ("row_id", "row_ids", "row_count", "case_id", "person_id", "columns", "before")
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_rows_added_together_leave_one_row_with_their_numbers(case: Case) -> None:
    before = Alias.objects.count()
    made = Alias.objects.bulk_create(
        [Alias(person=case.person, given_names="Sample", family_name=f"Alias {number}") for number in range(30)]
    )
    first, last = made[0].pk, made[-1].pk
    assert before == 0
    assert kept("cases_alias", "insert") == [
        {
            "row_id": None,
            "row_ids": f"{{[{first},{last + 1})}}",
            "row_count": 30,
            "case_id": None,
            "person_id": case.person_id,
            "columns": [],
            "before": None,
        }
    ]


def test_rows_of_two_persons_added_together_name_neither(case: Case) -> None:
    people = (case.person, make_case().person)
    Alias.objects.bulk_create([Alias(person=person, given_names="A", family_name="B") for person in people])
    assert [row["person_id"] for row in kept("cases_alias", "insert")] == [None]


def test_a_changed_row_is_kept_as_it_was_with_the_names_of_what_changed(case: Case) -> None:
    person = case.person
    Person.objects.filter(pk=person.pk).update(family_name="Corrected", pnc_id="05/1S")
    (row,) = kept("cases_person", "update")
    assert (row["row_id"], row["person_id"], row["columns"]) == (person.pk, person.pk, ["family_name", "pnc_id"])
    assert isinstance(row["before"], str)
    assert '"family_name": "Testcase"' in row["before"]
    assert '"born_on": "1961-04-02"' in row["before"]


def test_many_rows_changed_by_raw_sql_leave_one_row_each(case: Case) -> None:
    Alias.objects.bulk_create([Alias(person=case.person, given_names="A", family_name=str(n)) for n in range(5)])
    run("UPDATE cases_alias SET family_name = family_name || '!' WHERE family_name < '3'")
    assert [(row["row_count"], row["columns"]) for row in kept("cases_alias", "update")] == [(1, ["family_name"])] * 3


def test_a_deleted_row_is_kept_whole(case: Case) -> None:
    alias = Alias.objects.create(person=case.person, given_names="Sample", family_name="Gone")
    number = alias.pk
    alias.delete()
    (row,) = kept("cases_alias", "delete")
    assert row["row_id"] == number
    assert row["before"] == (
        f'{{"id": {number}, "person_id": {case.person_id}, "family_name": "Gone", "given_names": "Sample"}}'
    )


def test_copying_rows_in_leaves_its_trace_too(case: Case) -> None:
    with transaction.atomic():
        run("CREATE TEMPORARY TABLE incoming (given text, family text) ON COMMIT DROP")
        run("INSERT INTO incoming VALUES ('A', 'B'), ('C', 'D')")
        run(
            "INSERT INTO cases_alias (person_id, given_names, family_name) SELECT %s, given, family FROM incoming",
            [case.person_id],
        )
    assert [row["row_count"] for row in kept("cases_alias", "insert")] == [2]


def test_what_changes_nothing_leaves_no_trace(case: Case) -> None:
    run("UPDATE cases_person SET family_name = family_name")
    run("UPDATE cases_person SET family_name = 'X' WHERE false")
    run("DELETE FROM cases_alias")
    assert (kept("cases_person", "update"), kept("cases_alias", "delete")) == ([], [])


def test_a_case_knows_its_case_and_its_counter_leaves_no_trace(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(version=4)
    assert kept("cases_case", "update") == []
    Case.objects.filter(pk=case.pk).update(version=5, force="B")
    (row,) = kept("cases_case", "update")
    assert (row["case_id"], row["person_id"], row["columns"]) == (case.pk, case.person_id, ["force"])
    assert "version" not in str(row["before"])


def test_no_password_is_kept_and_signing_in_is_no_change_of_a_person(officer: User) -> None:
    User.objects.filter(pk=officer.pk).update(last_login="2026-11-01T00:00Z")
    User.objects.filter(pk=officer.pk).update(password="secret one", full_name="Officer Changed")
    (row,) = kept("accounts_user", "update")
    assert row["columns"] == ["full_name"]
    assert not {"password", "last_login"} & set(str(row["before"]).replace('"', " ").split())


def test_a_change_says_who_by_which_request_and_which_login(officer: User, case: Case) -> None:
    with as_person(officer):
        number = answer("SELECT access_correlation()")[0][0]
        Alias.objects.create(person=case.person, given_names="A", family_name="B")
    change = Change.objects.get(in_table="cases_alias")
    login = answer("SELECT session_user")[0][0]
    assert (change.by_id, change.job, change.correlation, change.login) == (officer.pk, "", number, login)


def test_a_job_signs_with_its_name(case: Case) -> None:
    Alias.objects.create(person=case.person, given_names="A", family_name="B")
    assert Change.objects.filter(in_table="cases_alias").values_list("by_id", "job").get() == (None, "tests")


def test_what_is_undone_leaves_no_trace(case: Case) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Alias.objects.create(person=case.person, given_names="A", family_name="B")
        run("INSERT INTO cases_alias (given_names, family_name) VALUES ('A', 'B')")
    assert kept("cases_alias", "insert") == []


def test_the_auditor_reads_who_changed_what_but_never_what_stood_there(officer: User, case: Case) -> None:
    Person.objects.filter(pk=case.person_id).update(family_name="Corrected")
    with as_person(make_person(Role.AUDITOR)):
        assert Change.objects.filter(in_table="cases_person", operation="update").count() == 1
    with as_person(officer):
        assert Change.objects.count() == 0
    with as_application(), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        answer("SELECT before FROM audit_change")


def test_a_pretended_table_of_the_same_name_catches_nothing(case: Case) -> None:
    run("CREATE TEMPORARY TABLE audit_change (LIKE audit_change)")
    Alias.objects.create(person=case.person, given_names="A", family_name="B")
    assert answer("SELECT count(*) FROM pg_temp.audit_change") == [(0,)]
    assert answer("SELECT count(*) FROM public.audit_change WHERE in_table = 'cases_alias'") == [(1,)]
    run("DROP TABLE pg_temp.audit_change")


def test_history_is_kept_of_every_table_of_the_record_but_the_derived_ones() -> None:
    ours = ("accounts", "cases", "timeline", "visits", "assessments")
    triggers = answer("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'history_deleted'")
    found = answer("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
    kept_of = {name for (name,) in triggers}
    tables = {name for (name,) in found if name.split("_")[0] in ours}
    assert tables - kept_of == DERIVED


def test_an_areas_name_is_kept_without_a_case() -> None:
    area = make_area()
    area.name = "Renamed"
    area.save()
    assert [row["case_id"] for row in kept("accounts_area", "update")] == [None]
