from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

# One month of a table. A month that exists is left alone. Rows that came before their month was made stand in the table
# "…_other" and stay there: queries and seals find them, and nothing may delete them there. ATTACH waits for whoever reads
# the table of others (a backup, say); after two seconds the month is left for the next day instead.
MAKE_MONTH = """
CREATE FUNCTION audit_make_month(parent text, month date) RETURNS boolean LANGUAGE plpgsql
SET search_path = public, pg_temp SET timezone = 'UTC' SET lock_timeout = '2s' AS $$
DECLARE
    name text := parent || to_char(month, '_YYYY_MM');
BEGIN
    IF to_regclass('public.' || name) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name, parent);
    PERFORM audit_close_month(name);
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
        parent, name, month, month + interval '1 month');
    RETURN true;
EXCEPTION WHEN lock_not_available OR check_violation OR duplicate_table THEN
    RETURN false;
END $$
"""
# A month's table is reached through its parent only, and with the parent's rights and policies.
CLOSE_MONTH = """
CREATE FUNCTION audit_close_month(name text) RETURNS void LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    EXECUTE format('REVOKE ALL ON %I FROM PUBLIC, openmappa_app, openmappa_jobs', name);
    EXECUTE format('CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON %I FOR EACH STATEMENT
        EXECUTE FUNCTION audit_refuse()', name);
END $$
"""
MAKE_MONTHS = """
CREATE FUNCTION audit_make_months(ahead integer DEFAULT 3) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    this date := date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC')::date;
    made integer := 0;
    parent text;
    step integer;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('openmappa audit months')) THEN
        RETURN 0;
    END IF;
    FOREACH parent IN ARRAY ARRAY['audit_event', 'audit_change', 'audit_link'] LOOP
        CONTINUE WHEN NOT EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('public.' || parent) AND relkind = 'p');
        FOR step IN 0 .. least(greatest(ahead, 0), 24) LOOP
            made := made + audit_make_month(parent, (this + make_interval(months => step))::date)::integer;
        END LOOP;
    END LOOP;
    RETURN made;
END $$
"""
REFUSE = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of % are never changed or deleted.', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$
"""
# Whoever writes into the log holds the day for the length of the transaction; a day is sealed only when nobody does.
HOLD_DAY = """
CREATE FUNCTION audit_hold_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(20040405, (clock_timestamp() AT TIME ZONE 'UTC')::date - date '1970-01-01');
    RETURN NULL;
END $$
"""
CHANGE = """
CREATE SEQUENCE audit_change_id_seq;
CREATE TABLE audit_change (
    id bigint NOT NULL DEFAULT nextval('audit_change_id_seq'),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    by_id bigint DEFAULT access_person(),
    job text NOT NULL DEFAULT coalesce(access_job(), ''),
    login text NOT NULL DEFAULT session_user,
    acting text NOT NULL DEFAULT coalesce(access_acting(), ''),
    correlation uuid NOT NULL DEFAULT access_correlation(),
    in_table text NOT NULL,
    operation text NOT NULL CONSTRAINT change_operation_is_known CHECK (operation IN ('insert', 'update', 'delete')),
    row_id bigint,
    row_ids int8multirange,
    row_count integer NOT NULL DEFAULT 1,
    case_id bigint,
    person_id bigint,
    columns text[] NOT NULL DEFAULT '{}',
    before jsonb,
    CONSTRAINT change_is_of_a_row_or_of_inserted_rows
        CHECK ((row_id IS NULL) = (operation = 'insert') AND (row_ids IS NULL) = (operation <> 'insert')),
    CONSTRAINT change_keeps_the_row CHECK ((before IS NULL) = (operation = 'insert')),
    PRIMARY KEY (at, id)
) PARTITION BY RANGE (at);
ALTER SEQUENCE audit_change_id_seq OWNED BY audit_change.id;
CREATE INDEX audit_change_row ON audit_change (in_table, row_id, at) WHERE row_id IS NOT NULL;
CREATE INDEX audit_change_case ON audit_change (case_id, at) WHERE case_id IS NOT NULL;
CREATE TABLE audit_change_other PARTITION OF audit_change DEFAULT;
SELECT audit_close_month('audit_change_other');
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON audit_change FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER holds_day BEFORE INSERT ON audit_change FOR EACH STATEMENT EXECUTE FUNCTION audit_hold_day();
REVOKE ALL ON audit_change FROM PUBLIC, openmappa_app;
REVOKE ALL ON SEQUENCE audit_change_id_seq FROM PUBLIC, openmappa_app;
GRANT SELECT (id, at, by_id, job, login, acting, correlation, in_table, operation, row_id, row_ids, row_count, case_id,
    person_id, columns) ON audit_change TO openmappa_app;
GRANT SELECT ON audit_change TO openmappa_jobs;
ALTER TABLE audit_change ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_change FORCE ROW LEVEL SECURITY;
CREATE POLICY by_job ON audit_change FOR SELECT TO openmappa_jobs
    USING ((SELECT access_job() IS NOT NULL AND access_person() IS NULL));
CREATE POLICY by_owner ON audit_change FOR SELECT TO CURRENT_USER USING ((SELECT access_job() IS NOT NULL));
CREATE POLICY by_trigger ON audit_change FOR INSERT TO CURRENT_USER WITH CHECK (true);
CREATE POLICY by_auditor ON audit_change FOR SELECT TO openmappa_app USING ((SELECT access_role()) = 'auditor');
SELECT audit_make_months(3);
"""
# Arguments of the trigger: the key's column, the column with the case, the column with the person, columns left out.
INSERTED = """
CREATE FUNCTION audit_inserted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    of_case text := CASE TG_ARGV[1] WHEN '' THEN 'NULL::bigint' ELSE format('%I::bigint', TG_ARGV[1]) END;
    of_person text := CASE TG_ARGV[2] WHEN '' THEN 'NULL::bigint' ELSE format('%I::bigint', TG_ARGV[2]) END;
BEGIN
    EXECUTE format('
        INSERT INTO audit_change (in_table, operation, row_ids, row_count, case_id, person_id)
        SELECT %L, ''insert'', range_agg(int8range(%I, %I, ''[]'')), count(*),
            CASE WHEN min(%s) = max(%s) AND count(%s) = count(*) THEN min(%s) END,
            CASE WHEN min(%s) = max(%s) AND count(%s) = count(*) THEN min(%s) END
        FROM new_rows HAVING count(*) > 0',
        TG_TABLE_NAME, TG_ARGV[0], TG_ARGV[0],
        of_case, of_case, of_case, of_case, of_person, of_person, of_person, of_person);
    RETURN NULL;
END $$
"""
# A row whose key itself was changed has no partner among the new rows: every column counts as changed then.
UPDATED = """
CREATE FUNCTION audit_updated() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO audit_change (in_table, operation, row_id, case_id, person_id, columns, before)
    SELECT TG_TABLE_NAME, 'update', (o.row ->> TG_ARGV[0])::bigint, (o.row ->> TG_ARGV[1])::bigint,
        (o.row ->> TG_ARGV[2])::bigint, changed.columns, o.row
    FROM (SELECT to_jsonb(old_rows) - TG_ARGV[3]::text[] AS row FROM old_rows) o
    LEFT JOIN (SELECT to_jsonb(new_rows) - TG_ARGV[3]::text[] AS row FROM new_rows) n
        ON n.row ->> TG_ARGV[0] = o.row ->> TG_ARGV[0]
    CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(key ORDER BY key), '{}') AS columns FROM jsonb_each(o.row)
        WHERE n.row -> key IS DISTINCT FROM value
    ) changed
    WHERE changed.columns <> '{}';
    RETURN NULL;
END $$
"""
DELETED = """
CREATE FUNCTION audit_deleted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO audit_change (in_table, operation, row_id, case_id, person_id, before)
    SELECT TG_TABLE_NAME, 'delete', (o.row ->> TG_ARGV[0])::bigint, (o.row ->> TG_ARGV[1])::bigint,
        (o.row ->> TG_ARGV[2])::bigint, o.row
    FROM (SELECT to_jsonb(old_rows) - TG_ARGV[3]::text[] AS row FROM old_rows) o;
    RETURN NULL;
END $$
"""
FUNCTIONS = [
    (REFUSE, "audit_refuse()"),
    (HOLD_DAY, "audit_hold_day()"),
    (CLOSE_MONTH, "audit_close_month(text)"),
    (MAKE_MONTH, "audit_make_month(text, date)"),
    (MAKE_MONTHS, "audit_make_months(integer)"),
]
TRIGGERS = [(INSERTED, "audit_inserted()"), (UPDATED, "audit_updated()"), (DELETED, "audit_deleted()")]
FOR_THE_OWNER = """
REVOKE EXECUTE ON FUNCTION audit_close_month(text), audit_make_month(text, date), audit_inserted(), audit_updated(),
    audit_deleted() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    """The history of every row: what it was before each change, in one table by month that only triggers write."""

    dependencies = [("audit", "0002_who_is_asking")]

    operations = [
        *[migrations.RunSQL(text, f"DROP FUNCTION {signature}") for text, signature in FUNCTIONS],
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(CHANGE, "DROP TABLE audit_change")],
            state_operations=[
                migrations.CreateModel(
                    name="Change",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("by_id", models.BigIntegerField(null=True)),
                        ("job", models.TextField()),
                        (
                            "login",
                            models.TextField(
                                help_text="The database login, which tells who changed a row without the service."
                            ),
                        ),
                        ("acting", models.TextField()),
                        ("correlation", models.UUIDField()),
                        ("in_table", models.TextField()),
                        ("operation", models.TextField()),
                        ("row_id", models.BigIntegerField(null=True)),
                        ("row_count", models.IntegerField()),
                        ("case_id", models.BigIntegerField(null=True)),
                        ("person_id", models.BigIntegerField(null=True)),
                        ("columns", ArrayField(models.TextField(), default=list)),
                    ],
                )
            ],
        ),
        *[migrations.RunSQL(text, f"DROP FUNCTION {signature}") for text, signature in TRIGGERS],
        migrations.RunSQL(FOR_THE_OWNER, migrations.RunSQL.noop),
    ]
