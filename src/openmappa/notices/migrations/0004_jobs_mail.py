from django.db import migrations


class Migration(migrations.Migration):
    """A job may say of a notice that a message about it went out; a person still only that they read it."""

    dependencies = [("notices", "0003_mail"), ("notices", "0002_row_level_security")]

    operations = [
        migrations.RunSQL(
            "GRANT UPDATE (mailed_at) ON notices_notice TO openmappa_jobs",
            "REVOKE UPDATE (mailed_at) ON notices_notice FROM openmappa_jobs",
        )
    ]
