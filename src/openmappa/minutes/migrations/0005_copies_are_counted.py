from django.db import migrations, models


class Migration(migrations.Migration):
    """A copy says how many were made out, since its recipient sees no other."""

    dependencies = [("minutes", "0004_history")]

    operations = [
        migrations.AddField(
            model_name="copy",
            name="of",
            field=models.PositiveSmallIntegerField(default=1, help_text="How many copies were made out."),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="copy",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1), ("number__lte", models.F("of"))),
                name="copy_number_is_one_of_them",
            ),
        ),
    ]
