from django.db import migrations

from openmappa.audit.protection import case_is_seen, history, protect

WALLED = ("oasys_confidentialsection", "oasys_informationrequest", "oasys_informationchaser")
SEEN = ("oasys_selfassessment", "oasys_handover")
KEPT = ", ".join([*WALLED, *SEEN])

# What the offender may not know changes with its OASys: never once that is signed, and never to another OASys.
CONFIDENTIAL = """
CREATE FUNCTION oasys_confidential_stays_as_signed() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' AND access_job() IS NOT NULL AND access_person() IS NULL
        AND pg_has_role('openmappa_jobs', 'MEMBER') THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.oasys_id, NEW.case_id) IS DISTINCT FROM (OLD.oasys_id, OLD.case_id) THEN
        RAISE EXCEPTION 'A confidential section stays in its OASys.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM FROM oasys_oasys o
        WHERE o.id = NEW.oasys_id AND o.case_id = NEW.case_id AND o.signed_at IS NULL AND o.abandoned_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'The confidential section of a signed OASys is never changed. Start a new version.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""
TRIGGER = """
CREATE TRIGGER stays_as_signed BEFORE INSERT OR UPDATE ON oasys_confidentialsection
    FOR EACH ROW EXECUTE FUNCTION oasys_confidential_stays_as_signed()
"""


def walled(table: str) -> migrations.RunSQL:
    """Rows of a case that the person sees, for those to whom the row's compartment is open there."""
    return protect(table, where=f"{case_is_seen('case_id', table)} AND access_opens(compartment, case_id)")


class Migration(migrations.Migration):
    """What stands around an OASys is under the database's own protection; what it said before is kept."""

    dependencies = [("oasys", "0005_around")]

    operations = [
        *(walled(table) for table in WALLED),
        *(protect(table, by_case="case_id") for table in SEEN),
        *(history(table, case="case_id") for table in [*WALLED, *SEEN]),
        migrations.RunSQL(f"REVOKE DELETE ON {KEPT} FROM openmappa_app", f"GRANT DELETE ON {KEPT} TO openmappa_app"),
        migrations.RunSQL(CONFIDENTIAL, "DROP FUNCTION oasys_confidential_stays_as_signed()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER stays_as_signed ON oasys_confidentialsection"),
    ]
