from django.db import migrations

from openmappa.audit.protection import history, protect

# Who works on an exercise reads its interviews and themes, and writes them while it goes on; themes and quotes also
# after it has ended, since its report is written then. Nobody else reads any of it, managers of its areas neither.
RUNS = (
    "samples_works_on(exercise_id) AND EXISTS "
    "(SELECT 1 FROM samples_exercise e WHERE e.id = exercise_id AND e.ended_at IS NULL)"
)
OF_INTERVIEW = "EXISTS (SELECT 1 FROM interviews_interview i WHERE i.id = interview_id)"
OPEN = (
    "EXISTS (SELECT 1 FROM interviews_interview i JOIN samples_exercise e ON e.id = i.exercise_id "
    "WHERE i.id = interview_id AND i.finished_at IS NULL AND i.dropped_at IS NULL AND e.ended_at IS NULL)"
)
OF_QUOTE = (
    "EXISTS (SELECT 1 FROM interviews_interview i JOIN interviews_theme t ON t.exercise_id = i.exercise_id "
    "WHERE i.id = interview_id AND t.id = theme_id)"
)
# What is finished never changes, and neither does whom it was with.
FINISHED = """
CREATE FUNCTION interviews_keep_finished() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.finished_at IS NOT NULL OR OLD.dropped_at IS NOT NULL
            OR (NEW.exercise_id, NEW.role, NEW.whom) IS DISTINCT FROM (OLD.exercise_id, OLD.role, OLD.whom) THEN
        RAISE EXCEPTION 'An interview that is finished or dropped never changes.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""
TRIGGER = (
    "CREATE TRIGGER keep_finished BEFORE UPDATE ON interviews_interview FOR EACH ROW "
    "EXECUTE FUNCTION interviews_keep_finished()"
)
KEPT = "REVOKE DELETE ON interviews_interview, interviews_interviewnote, interviews_theme FROM openmappa_app"
LET = "GRANT DELETE ON interviews_interview, interviews_interviewnote, interviews_theme TO openmappa_app"


class Migration(migrations.Migration):
    """Interviews are there for those who work on their inspection, and for nobody else."""

    dependencies = [
        ("interviews", "0001_record"),
        ("samples", "0002_protection"),
        ("audit", "0003_history"),
    ]

    operations = [
        protect("interviews_interview", where="samples_works_on(exercise_id)", check=RUNS),
        protect("interviews_interviewnote", where=OF_INTERVIEW, check=OPEN),
        protect("interviews_theme", where="samples_works_on(exercise_id)"),
        protect("interviews_quote", where=OF_INTERVIEW, check=OF_QUOTE),
        migrations.RunSQL([FINISHED, TRIGGER], "DROP FUNCTION interviews_keep_finished() CASCADE"),
        migrations.RunSQL(KEPT, LET),
        *(history(f"interviews_{name}") for name in ("interview", "interviewnote", "theme", "quote")),
    ]
