from django.db import migrations

from openmappa.audit.protection import protect

OF_A_FILE_READ = "EXISTS (SELECT 1 FROM notes_attachment a WHERE a.id = notes_attachmentcontent.attachment_id)"


class Migration(migrations.Migration):
    """A note or file is there for those who see the case and read its compartment; bytes for those who read the file."""

    dependencies = [("notes", "0001_record"), ("cases", "0005_row_level_security")]

    operations = [
        protect("notes_note", by_case="case_id", compartment="compartment"),
        protect("notes_attachment", by_case="case_id", compartment="compartment"),
        protect("notes_attachmentcontent", where=OF_A_FILE_READ),
    ]
