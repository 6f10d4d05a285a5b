from django.db import migrations


class Migration(migrations.Migration):
    """The application may void a fact, never edit or delete one."""

    dependencies = [("timeline", "0001_record")]

    operations = [
        migrations.RunSQL(
            [
                "REVOKE UPDATE, DELETE ON timeline_fact FROM openmappa_app",
                "GRANT UPDATE (voided_at, voided_by_id, void_reason, voided_version) ON timeline_fact TO openmappa_app",
            ],
            ["GRANT UPDATE, DELETE ON timeline_fact TO openmappa_app"],
        )
    ]
