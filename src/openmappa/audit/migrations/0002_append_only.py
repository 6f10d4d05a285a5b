from django.db import migrations


class Migration(migrations.Migration):
    """The application may write and read the log, never change or delete it."""

    dependencies = [("audit", "0001_record")]

    operations = [
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE ON audit_event FROM openmappa_app",
            "GRANT UPDATE, DELETE ON audit_event TO openmappa_app",
        )
    ]
