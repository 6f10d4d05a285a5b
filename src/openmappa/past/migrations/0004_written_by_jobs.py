from django.db import migrations


class Migration(migrations.Migration):
    """Past days are written by a job: what was taken from the application's role is given to that of jobs."""

    dependencies = [("past", "0003_then_and_now")]

    operations = [
        migrations.RunSQL(
            "GRANT INSERT, UPDATE, DELETE ON past_pastcase, past_pastduty TO openmappa_jobs",
            "REVOKE INSERT, UPDATE, DELETE ON past_pastcase, past_pastduty FROM openmappa_jobs",
        ),
    ]
