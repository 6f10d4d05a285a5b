from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_senior_ranks"),
        ("cases", "0009_responsibility"),
        ("timeline", "0008_facts_of_actions_are_found"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                fields=["area", "standard", "due_on"],
                include=["opened_on", "met_on", "closed_on", "case", "of"],
                name="duty_judged",
            ),
        ),
    ]
