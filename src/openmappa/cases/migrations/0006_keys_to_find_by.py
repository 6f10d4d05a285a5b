from django.db import migrations, models

from openmappa.audit.protection import protect

# An index on an array, or on an expression, is no use under row-level security: its operators might leak what they
# compare, so PostgreSQL applies the policy to every row first. Equality of texts does not leak.
KEYS = """
CREATE FUNCTION cases_put_keys(cases bigint[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
BEGIN
    PERFORM set_config('openmappa.job', 'keys', true);
    DELETE FROM cases_findkey WHERE case_id = ANY (cases);
    INSERT INTO cases_findkey (case_id, key)
        SELECT c.id, unnest(p.name_keys) FROM cases_case c JOIN cases_person p ON p.id = c.person_id
            WHERE c.id = ANY (cases)
        UNION
        SELECT c.id, '#' || number FROM cases_case c JOIN cases_person p ON p.id = c.person_id
            CROSS JOIN LATERAL (SELECT upper(regexp_replace(n, '[^A-Za-z0-9]', '', 'g')) AS number
                FROM unnest(ARRAY[c.reference, p.pnc_id, p.crn]) n) numbers
            WHERE c.id = ANY (cases) AND number <> '';
    PERFORM set_config('openmappa.job', job, true);
END $$
"""
OF_CASES = """
CREATE FUNCTION cases_keys_of_cases() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM cases_put_keys((SELECT array_agg(id) FROM added));
    RETURN NULL;
END $$
"""
OF_PEOPLE = """
CREATE FUNCTION cases_keys_of_people() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    cases bigint[];
BEGIN
    PERFORM set_config('openmappa.job', 'keys', true);
    cases := (SELECT array_agg(c.id) FROM cases_case c JOIN changed ON changed.id = c.person_id
        JOIN before ON before.id = changed.id
        WHERE (before.name_keys, before.pnc_id, before.crn) IS DISTINCT FROM
            (changed.name_keys, changed.pnc_id, changed.crn));
    PERFORM set_config('openmappa.job', job, true);
    IF cases IS NOT NULL THEN
        PERFORM cases_put_keys(cases);
    END IF;
    RETURN NULL;
END $$
"""
RENAMED = """
CREATE FUNCTION cases_keys_of_one() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM cases_put_keys(ARRAY[NEW.id]);
    RETURN NULL;
END $$
"""
TRIGGERS = [
    "CREATE TRIGGER find_keys_renamed AFTER UPDATE OF reference ON cases_case FOR EACH ROW "
    "WHEN (OLD.reference IS DISTINCT FROM NEW.reference) EXECUTE FUNCTION cases_keys_of_one()",
    "CREATE TRIGGER find_keys_added AFTER INSERT ON cases_case REFERENCING NEW TABLE AS added "
    "FOR EACH STATEMENT EXECUTE FUNCTION cases_keys_of_cases()",
    "CREATE TRIGGER find_keys_changed AFTER UPDATE ON cases_person REFERENCING OLD TABLE AS before NEW TABLE AS changed "
    "FOR EACH STATEMENT EXECUTE FUNCTION cases_keys_of_people()",
    "REVOKE ALL ON FUNCTION cases_put_keys(bigint[]) FROM PUBLIC",
    "REVOKE INSERT, UPDATE, DELETE ON cases_findkey FROM openmappa_app",
]
FILL = "SELECT cases_put_keys((SELECT array_agg(id) FROM cases_case))"


class Migration(migrations.Migration):
    """What a case is found by, one key a row, so that finding is quick under row-level security too."""

    dependencies = [("cases", "0005_row_level_security")]

    operations = [
        migrations.CreateModel(
            name="FindKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.TextField()),
                (
                    "case",
                    models.ForeignKey(on_delete=models.deletion.CASCADE, related_name="find_keys", to="cases.case"),
                ),
            ],
            options={"indexes": [models.Index(fields=["key", "case"], name="find_key")]},
        ),
        protect("cases_findkey", by_case="case_id"),
        migrations.RunSQL(KEYS, "DROP FUNCTION cases_put_keys(bigint[])"),
        migrations.RunSQL(OF_CASES, "DROP FUNCTION cases_keys_of_cases()"),
        migrations.RunSQL(OF_PEOPLE, "DROP FUNCTION cases_keys_of_people()"),
        migrations.RunSQL(RENAMED, "DROP FUNCTION cases_keys_of_one()"),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
