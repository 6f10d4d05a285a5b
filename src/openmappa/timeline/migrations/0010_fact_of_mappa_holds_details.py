from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Figures of MAPPA are counted from an index that holds all they need."""

    dependencies = [
        ("cases", "0010_samples_open_cases"),
        ("timeline", "0009_duty_judged"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="fact",
            name="fact_of_mappa",
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                condition=models.Q(
                    ("kind__in", ("mappa_level_set", "mappa_meeting_held", "action_agreed", "case_closed")),
                    ("voided_at__isnull", True),
                ),
                fields=["case", "kind", "on"],
                include=("id", "details", "recorded_at", "recorded_on"),
                name="fact_of_mappa",
            ),
        ),
    ]
