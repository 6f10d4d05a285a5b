from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_responsibility"),
        ("timeline", "0007_indexes_of_mappa"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                condition=models.Q(("kind", "action_completed"), ("voided_at__isnull", True)),
                fields=["case"],
                name="fact_action_done",
            ),
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                condition=models.Q(("kind__in", ("action_agreed", "action_completed")), ("voided_at__isnull", False)),
                fields=["id"],
                name="fact_action_voided",
            ),
        ),
    ]
