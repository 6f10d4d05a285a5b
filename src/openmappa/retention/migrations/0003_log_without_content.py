from django.db import migrations

# Only the owner has the right to update these tables at all; this is the one occasion on which it may.
REFUSE = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND access_job() = 'disposal' AND TG_TABLE_NAME IN ('audit_event', 'audit_change') THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'Rows of % are never changed or deleted.', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$
"""
REFUSE_ALL = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of % are never changed or deleted.', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$
"""
# By its case; then names that were removed before; then by the row, for what was deleted in this very transaction and
# says neither case nor person. Three statements, since one with OR would read the whole table.
ERASE = """
CREATE FUNCTION audit_erase_content(of_case bigint, of_person bigint) RETURNS bigint LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    emptied bigint := 0;
    step bigint;
BEGIN
    UPDATE audit_change c SET before = jsonb_build_object('erased content', audit_content(c.before))
    WHERE c.case_id = of_case AND NOT c.before ? 'erased content';
    GET DIAGNOSTICS step = ROW_COUNT;
    emptied := emptied + step;
    UPDATE audit_change c SET before = jsonb_build_object('erased content', audit_content(c.before))
    WHERE c.in_table = 'cases_alias' AND c.row_id IS NOT NULL AND c.person_id = of_person
        AND NOT c.before ? 'erased content';
    GET DIAGNOSTICS step = ROW_COUNT;
    emptied := emptied + step;
    UPDATE audit_change c SET before = jsonb_build_object('erased content', audit_content(c.before))
    FROM (SELECT DISTINCT in_table, row_id FROM audit_change WHERE operation = 'delete'
        AND correlation = access_correlation() AND at >= transaction_timestamp()) gone
    WHERE c.in_table = gone.in_table AND c.row_id = gone.row_id AND NOT c.before ? 'erased content';
    GET DIAGNOSTICS step = ROW_COUNT;
    emptied := emptied + step;
    UPDATE audit_event e SET about = jsonb_build_object('erased content', audit_content(e.about))
    WHERE e.case_id = of_case AND e.about <> '{}' AND NOT e.about ? 'erased content';
    GET DIAGNOSTICS step = ROW_COUNT;
    RETURN emptied + step;
END $$
"""


class Migration(migrations.Migration):
    """The log outlives what it says: the content of a case's rows goes, and who, when and that it was so stay proven.

    A row counts in the chain of its day by the digest of its content, which stands in the content's place afterwards.
    """

    dependencies = [("retention", "0002_protected"), ("audit", "0006_history_of_the_record")]

    operations = [
        migrations.RunSQL(REFUSE, REFUSE_ALL),
        migrations.RunSQL(
            "CREATE POLICY by_disposal ON audit_change FOR UPDATE TO CURRENT_USER USING (access_job() = 'disposal')",
            "DROP POLICY by_disposal ON audit_change",
        ),
        migrations.RunSQL(ERASE, "DROP FUNCTION audit_erase_content(bigint, bigint)"),
        migrations.RunSQL(
            "REVOKE ALL ON FUNCTION audit_erase_content(bigint, bigint) FROM PUBLIC", migrations.RunSQL.noop
        ),
    ]
