from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_senior_ranks"),
        ("cases", "0009_responsibility"),
        ("timeline", "0006_changes_told_are_protected"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("closed_on__isnull", True), ("met_on__isnull", True)),
                fields=["area", "standard", "due_on", "case"],
                name="duty_open_of_standard",
            ),
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                condition=models.Q(
                    ("kind__in", ("mappa_level_set", "mappa_meeting_held", "action_agreed", "case_closed")),
                    ("voided_at__isnull", True),
                ),
                fields=["case", "kind", "on"],
                name="fact_of_mappa",
            ),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                condition=models.Q(("closed", False), ("mappa_level__isnull", False)),
                fields=["mappa_level", "case"],
                name="standing_at_level",
            ),
        ),
    ]
