from django.db import migrations

# A part of a meeting belongs to the case of that meeting, and changes only while the meeting runs.
ENTRY_STAYS = """
CREATE FUNCTION minutes_entry_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    of_meeting meetings_meeting%ROWTYPE;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF access_job() IS NOT DISTINCT FROM 'disposal' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'What was written in meeting % is not deleted.', OLD.meeting_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT * INTO of_meeting FROM meetings_meeting WHERE id = NEW.meeting_id;
    IF of_meeting.id IS NULL OR of_meeting.case_id <> NEW.case_id
            OR (TG_OP = 'UPDATE' AND (OLD.meeting_id <> NEW.meeting_id OR OLD.case_id <> NEW.case_id)) THEN
        RAISE EXCEPTION 'Meeting % is not a meeting on case %.', NEW.meeting_id, NEW.case_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF of_meeting.closed_at IS NOT NULL THEN
        RAISE EXCEPTION 'Meeting % is closed: what was written in it does not change.', NEW.meeting_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""
LINE_STAYS = """
CREATE FUNCTION minutes_line_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    of_minutes minutes_minutes%ROWTYPE;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        IF TG_OP = 'DELETE' AND access_job() IS NOT DISTINCT FROM 'disposal' THEN
            RETURN OLD;
        END IF;
        SELECT * INTO of_minutes FROM minutes_minutes WHERE id = OLD.minutes_id;
        IF of_minutes.issued_at IS NOT NULL THEN
            RAISE EXCEPTION 'Minutes % were issued: they do not change.', OLD.minutes_id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    SELECT * INTO of_minutes FROM minutes_minutes WHERE id = NEW.minutes_id;
    IF of_minutes.id IS NULL OR of_minutes.case_id <> NEW.case_id THEN
        RAISE EXCEPTION 'Minutes % are not of case %.', NEW.minutes_id, NEW.case_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF of_minutes.issued_at IS NOT NULL THEN
        RAISE EXCEPTION 'Minutes % were issued: they do not change.', NEW.minutes_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""
MINUTES_STAY = """
CREATE FUNCTION minutes_minutes_stay() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF OLD.issued_at IS NOT NULL OR OLD.case_id <> NEW.case_id OR OLD.meeting_id <> NEW.meeting_id
            OR OLD.number <> NEW.number OR OLD.corrects_id IS DISTINCT FROM NEW.corrects_id THEN
        RAISE EXCEPTION 'Minutes % were issued, or are of another meeting: they do not change.', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""
COPY_STAYS = """
CREATE FUNCTION minutes_copy_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    later text[] := ARRAY['withdrawn_by_id', 'withdrawn_at', 'withdraw_reason'];
BEGIN
    IF OLD.withdrawn_at IS NOT NULL OR to_jsonb(OLD) - later <> to_jsonb(NEW) - later THEN
        RAISE EXCEPTION 'Copy % was made out: it is only ever withdrawn.', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""
TRIGGERS = (
    ("minutes_running", "minutes_entry_stays", "INSERT OR UPDATE OR DELETE"),
    ("minutes_chairing", "minutes_entry_stays", "INSERT OR UPDATE OR DELETE"),
    ("minutes_entry", "minutes_entry_stays", "INSERT OR UPDATE OR DELETE"),
    ("minutes_line", "minutes_line_stays", "INSERT OR UPDATE OR DELETE"),
    ("minutes_minutes", "minutes_minutes_stay", "UPDATE"),
    ("minutes_copy", "minutes_copy_stays", "UPDATE"),
)
FUNCTIONS = {
    "minutes_entry_stays": ENTRY_STAYS,
    "minutes_line_stays": LINE_STAYS,
    "minutes_minutes_stay": MINUTES_STAY,
    "minutes_copy_stays": COPY_STAYS,
}


def stays(table: str, function: str, verbs: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER what_stands_stays BEFORE {verbs} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
        f"DROP TRIGGER what_stands_stays ON {table}",
    )


class Migration(migrations.Migration):
    """What was written in a closed meeting, and minutes that were issued, never change."""

    dependencies = [
        ("minutes", "0002_row_level_security"),
        ("meetings", "0003_history"),
        ("audit", "0002_who_is_asking"),
    ]

    operations = [
        *[migrations.RunSQL(made, f"DROP FUNCTION {name}()") for name, made in FUNCTIONS.items()],
        *[stays(*each) for each in TRIGGERS],
    ]
