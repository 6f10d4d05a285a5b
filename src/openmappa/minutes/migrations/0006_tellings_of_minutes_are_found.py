import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("minutes", "0005_copies_are_counted"),
    ]

    operations = [
        migrations.AlterField(
            model_name="telling",
            name="minutes",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="tellings", to="minutes.minutes"
            ),
        ),
    ]
