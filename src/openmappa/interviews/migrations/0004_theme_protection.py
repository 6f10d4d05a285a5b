from django.db import migrations

from openmappa.audit.protection import history, protect

OF_THEME = "EXISTS (SELECT 1 FROM interviews_theme t WHERE t.id = theme_id)"
# A theme that was merged or removed never changes; one that a published report cites keeps its name and goes on; and
# into what one is merged is of the same inspection.
KEEP = """
CREATE FUNCTION interviews_keep_theme() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL OR OLD.exercise_id <> NEW.exercise_id THEN
        RAISE EXCEPTION 'A theme that was merged or removed never changes.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.published_at IS NOT NULL AND (NEW.title, NEW.published_at) IS DISTINCT FROM (OLD.title, OLD.published_at)
    THEN
        RAISE EXCEPTION 'A theme that a published report cites keeps its name.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.merged_into_id IS NOT NULL AND (NEW.merged_into_id = NEW.id OR NOT EXISTS (
        SELECT 1 FROM interviews_theme t
        WHERE t.id = NEW.merged_into_id AND t.exercise_id = NEW.exercise_id AND t.ended_at IS NULL
    )) THEN
        RAISE EXCEPTION 'A theme is merged into another of its inspection that is in use.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""
TRIGGER = (
    "CREATE TRIGGER keep_theme BEFORE UPDATE ON interviews_theme FOR EACH ROW EXECUTE FUNCTION interviews_keep_theme()"
)


class Migration(migrations.Migration):
    """What a theme was before is read by those who read the theme, and never changes."""

    dependencies = [("interviews", "0003_theme_changes"), ("audit", "0003_history")]

    operations = [
        protect("interviews_themechange", where=OF_THEME),
        migrations.RunSQL([KEEP, TRIGGER], "DROP FUNCTION interviews_keep_theme() CASCADE"),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE ON interviews_themechange FROM openmappa_app",
            "GRANT UPDATE, DELETE ON interviews_themechange TO openmappa_app",
        ),
        history("interviews_themechange"),
    ]
