from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from openmappa.audit.protection import history, protect

HOLDERS = "area_id, police_unit_id, probation_unit_id, police_officer_id, case_manager_id"
BEGINS = f"""
CREATE FUNCTION cases_responsibility_begins() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    now timestamptz := clock_timestamp();
BEGIN
    PERFORM set_config('openmappa.job', 'responsibility', true);
    INSERT INTO cases_responsibility (case_id, number, {HOLDERS}, from_at, because, by_id)
        SELECT id, 1, {HOLDERS}, now, 'began', access_person() FROM added;
    PERFORM set_config('openmappa.job', job, true);
    RETURN NULL;
END $$
"""  # noqa: S608 - our own names  # nosec B608
# One instant ends what was and begins what is. It is later than the one before even where the machine's clock was put
# back, since otherwise the order of the chain would not be that of its instants.
PASSES = f"""
CREATE FUNCTION cases_responsibility_passes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    why text := coalesce(nullif(current_setting('openmappa.because', true), ''), 'changed');
    last cases_responsibility%ROWTYPE;
    instant timestamptz;
BEGIN
    PERFORM set_config('openmappa.job', 'responsibility', true);
    SELECT * INTO STRICT last FROM cases_responsibility WHERE case_id = NEW.id AND until_at IS NULL FOR UPDATE;
    instant := greatest(clock_timestamp(), last.from_at + interval '1 microsecond');
    UPDATE cases_responsibility SET until_at = instant WHERE id = last.id;
    INSERT INTO cases_responsibility (case_id, number, {HOLDERS}, from_at, because, by_id)
        VALUES (NEW.id, last.number + 1, NEW.area_id, NEW.police_unit_id, NEW.probation_unit_id,
            NEW.police_officer_id, NEW.case_manager_id, instant, why, access_person());
    PERFORM set_config('openmappa.job', job, true);
    RETURN NULL;
END $$
"""  # noqa: S608 - our own names  # nosec B608
STAYS = """
CREATE FUNCTION cases_responsibility_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF access_job() IS DISTINCT FROM 'disposal' THEN
            RAISE EXCEPTION 'Who was responsible for a case is never deleted.' USING ERRCODE = 'check_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.until_at IS NOT NULL OR NEW.until_at IS NULL
            OR to_jsonb(NEW) - 'until_at' IS DISTINCT FROM to_jsonb(OLD) - 'until_at' THEN
        RAISE EXCEPTION 'Who was responsible for a case is never changed.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""
# Checked when the transaction ends, for the whole chain of the case. The first row of a case alone is not checked by it
# (a million of them are imported at a time): its number and the two unique indexes say enough.
CHAINED = """
CREATE FUNCTION cases_responsibility_chained() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    of_case bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.case_id ELSE NEW.case_id END;
BEGIN
    PERFORM set_config('openmappa.job', 'responsibility', true);
    IF EXISTS (
        SELECT FROM (
            SELECT number, until_at, lead(from_at) OVER chain AS next_at, lag(number) OVER chain AS before
            FROM cases_responsibility WHERE case_id = of_case WINDOW chain AS (ORDER BY number)
        ) link WHERE until_at IS DISTINCT FROM next_at OR number <> coalesce(before, 0) + 1
    ) OR (
        EXISTS (SELECT FROM cases_case WHERE id = of_case)
        AND NOT EXISTS (SELECT FROM cases_responsibility WHERE case_id = of_case)
    ) THEN
        RAISE EXCEPTION 'Responsibility for case % would have a gap or an overlap.', of_case
            USING ERRCODE = 'check_violation', CONSTRAINT = 'responsibility_without_gap_or_overlap';
    END IF;
    PERFORM set_config('openmappa.job', job, true);
    RETURN NULL;
END $$
"""
RULES = [
    "CREATE UNIQUE INDEX responsibility_number_once ON cases_responsibility (case_id, number)",
    "CREATE UNIQUE INDEX responsibility_one_at_a_time ON cases_responsibility (case_id) WHERE until_at IS NULL",
    "ALTER TABLE cases_responsibility ADD CONSTRAINT responsibility_ends_after_it_begins CHECK (until_at > from_at)",
    "ALTER TABLE cases_responsibility ADD CONSTRAINT responsibility_reason_is_known CHECK "
    "(because IN ('known', 'began', 'assigned', 'transferred', 'returned', 'changed'))",
]
OLD_HOLDERS = ", ".join(f"OLD.{column}" for column in HOLDERS.split(", "))
NEW_HOLDERS = OLD_HOLDERS.replace("OLD.", "NEW.")
FILL = [
    "SELECT set_config('openmappa.job', 'migrate', true)",
    f"INSERT INTO cases_responsibility (case_id, number, {HOLDERS}, from_at, because) "  # noqa: S608 - our own names  # nosec B608
    f"SELECT id, 1, {HOLDERS}, clock_timestamp(), 'known' FROM cases_case",
    "SELECT set_config('openmappa.job', '', true)",
]
TRIGGERS = [
    "CREATE TRIGGER responsibility_begins AFTER INSERT ON cases_case REFERENCING NEW TABLE AS added "
    "FOR EACH STATEMENT EXECUTE FUNCTION cases_responsibility_begins()",
    f"CREATE TRIGGER responsibility_passes AFTER UPDATE OF {HOLDERS} ON cases_case FOR EACH ROW "
    f"WHEN (({OLD_HOLDERS}) IS DISTINCT FROM ({NEW_HOLDERS})) EXECUTE FUNCTION cases_responsibility_passes()",
    "CREATE TRIGGER responsibility_stays BEFORE UPDATE OR DELETE ON cases_responsibility FOR EACH ROW "
    "EXECUTE FUNCTION cases_responsibility_stays()",
    "CREATE CONSTRAINT TRIGGER responsibility_chained_on AFTER INSERT ON cases_responsibility "
    "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.number <> 1 OR NEW.until_at IS NOT NULL) "
    "EXECUTE FUNCTION cases_responsibility_chained()",
    "CREATE CONSTRAINT TRIGGER responsibility_chained AFTER UPDATE OR DELETE ON cases_responsibility "
    "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cases_responsibility_chained()",
    "REVOKE INSERT, UPDATE, DELETE ON cases_responsibility FROM openmappa_app",
]


def points_at(to: str, *, related_name: str = "+", null: bool = False) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        to, on_delete=django.db.models.deletion.PROTECT, related_name=related_name, null=null, db_index=False
    )


class Migration(migrations.Migration):
    """Who was responsible for a case when: a chain without gap or overlap, which the database writes and guards."""

    dependencies = [
        ("cases", "0008_restricted_cases_are_few"),
        ("audit", "0003_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Responsibility",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(null=True)),
                (
                    "because",
                    models.CharField(
                        choices=[
                            ("known", "The record of who is responsible begins here"),
                            ("began", "The case came into the record"),
                            ("assigned", "Handed over within the area"),
                            ("transferred", "Transferred to another area"),
                            ("returned", "Given back after a transfer in error"),
                            ("changed", "Changed otherwise"),
                        ],
                        max_length=20,
                    ),
                ),
                ("case", points_at("cases.case", related_name="responsibilities")),
                ("area", points_at("accounts.area")),
                *((name, points_at("accounts.unit", null=True)) for name in ("police_unit", "probation_unit")),
                *(
                    (name, points_at(settings.AUTH_USER_MODEL, null=True))
                    for name in ("police_officer", "case_manager", "by")
                ),
            ],
            options={"ordering": ["case", "number"], "verbose_name_plural": "responsibilities"},
        ),
        migrations.RunSQL(RULES, migrations.RunSQL.noop),
        migrations.RunSQL(BEGINS, "DROP FUNCTION cases_responsibility_begins()"),
        migrations.RunSQL(PASSES, "DROP FUNCTION cases_responsibility_passes()"),
        migrations.RunSQL(STAYS, "DROP FUNCTION cases_responsibility_stays()"),
        migrations.RunSQL(CHAINED, "DROP FUNCTION cases_responsibility_chained()"),
        protect("cases_responsibility", by_case="case_id"),
        history("cases_responsibility", case="case_id"),
        migrations.RunSQL(
            TRIGGERS,
            [
                "DROP TRIGGER responsibility_begins ON cases_case",
                "DROP TRIGGER responsibility_passes ON cases_case",
            ],
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
