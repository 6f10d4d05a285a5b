from django.db import migrations

from openmappa.audit.protection import history


class Migration(migrations.Migration):
    """The application may decide an entry that waits, never edit or delete one; what was there is kept besides."""

    dependencies = [("people", "0001_postings_and_codes"), ("audit", "0006_history_of_the_record")]

    operations = [
        migrations.RunSQL(
            [
                "REVOKE UPDATE, DELETE ON people_posting FROM openmappa_app",
                "GRANT UPDATE (state, decided_by_id, decided_at, decision_reason) ON people_posting TO openmappa_app",
            ],
            ["GRANT UPDATE, DELETE ON people_posting TO openmappa_app"],
        ),
        history("people_posting", person="person_id"),
        history("people_setupcode", person="person_id", without=("code_hash",)),
    ]
