from django.db import migrations

# Once signed, an OASys is countersigned or returned, once, and nothing else about it changes. An abandoned one is done.
OASYS = """
CREATE FUNCTION oasys_stays_as_signed() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    judged text[] := ARRAY['countersigned_by_id', 'countersigned_at', 'countersign_comment',
        'returned_by_id', 'returned_at', 'return_comment'];
BEGIN
    IF OLD.signed_at IS NULL AND OLD.abandoned_at IS NULL THEN
        RETURN NEW;
    END IF;
    IF OLD.abandoned_at IS NOT NULL OR OLD.countersigned_at IS NOT NULL OR OLD.returned_at IS NOT NULL
        OR to_jsonb(NEW) - judged IS DISTINCT FROM to_jsonb(OLD) - judged THEN
        RAISE EXCEPTION 'A signed or abandoned OASys is never changed. Start a new version.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""
# Sections are written while the OASys is a draft. A command that loads a file brings signed ones with their sections.
SECTION = """
CREATE FUNCTION oasys_section_stays_as_signed() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' AND access_job() IS NOT NULL AND access_person() IS NULL
        AND pg_has_role('openmappa_jobs', 'MEMBER') THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.oasys_id, NEW.case_id, NEW.section) IS DISTINCT FROM
        (OLD.oasys_id, OLD.case_id, OLD.section) THEN
        RAISE EXCEPTION 'A section stays in its OASys.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM FROM oasys_oasys o
        WHERE o.id = NEW.oasys_id AND o.case_id = NEW.case_id AND o.signed_at IS NULL AND o.abandoned_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'The sections of a signed or abandoned OASys are never changed. Start a new version.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""
TRIGGERS = """
CREATE TRIGGER stays_as_signed BEFORE UPDATE ON oasys_oasys
    FOR EACH ROW EXECUTE FUNCTION oasys_stays_as_signed();
CREATE TRIGGER stays_as_signed BEFORE INSERT OR UPDATE ON oasys_oasyssection
    FOR EACH ROW EXECUTE FUNCTION oasys_section_stays_as_signed()
"""
NO_TRIGGERS = """
DROP TRIGGER stays_as_signed ON oasys_oasyssection;
DROP TRIGGER stays_as_signed ON oasys_oasys
"""


class Migration(migrations.Migration):
    """The database itself refuses to change what somebody has signed."""

    dependencies = [("oasys", "0002_protection")]

    operations = [
        migrations.RunSQL(OASYS, "DROP FUNCTION oasys_stays_as_signed()"),
        migrations.RunSQL(SECTION, "DROP FUNCTION oasys_section_stays_as_signed()"),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
    ]
