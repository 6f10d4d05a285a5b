from django.db import migrations

from openmappa.audit.protection import protect

# Whoever opens the open part of a case reads that minutes exist; a partner agency opens none, and reads through the
# copies made out to them alone.
OPEN = "access_opens('open', case_id)"
MINE = """EXISTS (SELECT 1 FROM minutes_copy mine WHERE mine.minutes_id = {of} AND mine.person_id = access_person()
    AND mine.withdrawn_at IS NULL{more})"""
MY_MINUTES = MINE.format(of="minutes_minutes.id", more="")
MY_LINES = MINE.format(of="minutes_line.minutes_id", more=" AND minutes_line.compartment = ANY (mine.compartments)")
MY_COPY = """EXISTS (SELECT 1 FROM minutes_copy mine WHERE mine.id = minutes_handout.copy_id
    AND mine.case_id = minutes_handout.case_id AND mine.person_id = access_person() AND mine.withdrawn_at IS NULL)"""
OPEN_LINE = "access_opens(compartment, case_id)"


class Migration(migrations.Migration):
    """Lines of a meeting and of its minutes are there for those who open their part, or have a copy that holds it."""

    dependencies = [("minutes", "0001_record"), ("cases", "0005_row_level_security")]

    operations = [
        *[protect(f"minutes_{table}", where=OPEN) for table in ("running", "chairing", "filing", "telling")],
        protect("minutes_entry", where=OPEN_LINE),
        protect("minutes_copy", where=f"{OPEN} OR person_id = access_person()", check=OPEN),
        protect("minutes_minutes", where=f"{OPEN} OR {MY_MINUTES}", check=OPEN),
        protect("minutes_line", where=f"{OPEN_LINE} OR {MY_LINES}", check=OPEN_LINE),
        protect(
            "minutes_handout",
            where=f"{OPEN} OR taken_by_id = access_person()",
            check=f"taken_by_id = access_person() AND ({OPEN} OR {MY_COPY})",
        ),
        migrations.RunSQL(
            [
                "REVOKE DELETE ON minutes_running, minutes_entry, minutes_minutes, minutes_copy FROM openmappa_app",
                "REVOKE UPDATE, DELETE ON minutes_chairing, minutes_handout, minutes_filing, minutes_telling "
                "FROM openmappa_app",
            ],
            [
                "GRANT DELETE ON minutes_running, minutes_entry, minutes_minutes, minutes_copy TO openmappa_app",
                "GRANT UPDATE, DELETE ON minutes_chairing, minutes_handout, minutes_filing, minutes_telling "
                "TO openmappa_app",
            ],
        ),
    ]
