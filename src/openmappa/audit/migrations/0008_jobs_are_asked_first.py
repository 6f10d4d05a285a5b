from django.db import migrations

RENAME = """
DO $$
DECLARE
    named record;
BEGIN
    FOR named IN SELECT c.oid::regclass AS of_table FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
            WHERE p.polname = '{before}' AND p.polcmd = '*' LOOP
        EXECUTE format('ALTER POLICY {before} ON %s RENAME TO {after}', named.of_table);
    END LOOP;
END $$
"""


class Migration(migrations.Migration):
    """The policy for jobs is asked before the readers', whose condition costs something for every row."""

    dependencies = [("audit", "0007_who_has_seen")]

    operations = [
        migrations.RunSQL(
            RENAME.format(before="by_job", after="for_jobs"), RENAME.format(before="for_jobs", after="by_job")
        )
    ]
