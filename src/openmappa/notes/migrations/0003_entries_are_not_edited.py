from django.db import migrations

VOIDING = "voided_at, voided_by_id, void_reason"
PLACE = "compartment, basis, source_grade, information_grade, handling, agency_id"


def only_voided(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        [
            f"REVOKE UPDATE, DELETE ON {table} FROM openmappa_app",
            f"GRANT UPDATE ({VOIDING}, {PLACE}) ON {table} TO openmappa_app",
        ],
        [f"GRANT UPDATE, DELETE ON {table} TO openmappa_app"],
    )


class Migration(migrations.Migration):
    """The application may void a note or file, and move it where fewer people read it; never edit or delete one."""

    dependencies = [("notes", "0002_row_level_security")]

    operations = [
        only_voided("notes_note"),
        only_voided("notes_attachment"),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE ON notes_attachmentcontent FROM openmappa_app",
            "GRANT UPDATE, DELETE ON notes_attachmentcontent TO openmappa_app",
        ),
    ]
