from django.db import migrations, models


class Migration(migrations.Migration):
    """An index of the few restricted cases, which every worklist asks for."""

    dependencies = [("cases", "0007_indexes_no_policy_lets_through")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(("restricted", True)), fields=["id"], name="case_restricted"),
        )
    ]
