from django.db import migrations

from openmappa.audit.protection import history


class Migration(migrations.Migration):
    """What a note or file was before it changed is kept. Bytes never change, so their history holds none."""

    dependencies = [("notes", "0003_entries_are_not_edited"), ("audit", "0003_history")]

    operations = [
        history("notes_note", case="case_id"),
        history("notes_attachment", case="case_id"),
        history("notes_attachmentcontent", key="attachment_id", without=("content",)),
    ]
