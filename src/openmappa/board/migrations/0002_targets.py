import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What an area means to reach, standard by standard, and since when."""

    dependencies = [
        ("accounts", "0004_senior_ranks"),
        ("board", "0001_on_time"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("standard", models.CharField(max_length=60)),
                ("percent", models.PositiveSmallIntegerField(null=True)),
                ("near_from", models.PositiveSmallIntegerField(null=True)),
                ("from_on", models.DateField()),
                ("reason", models.TextField()),
                ("set_at", models.DateTimeField()),
                (
                    "area",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.area",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-from_on", "-id"],
                "indexes": [models.Index(fields=["area", "standard", "-from_on"], name="target_in_force")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("near_from__isnull", True), ("percent__isnull", True)),
                            models.Q(
                                ("near_from__gte", 1),
                                ("near_from__lte", models.F("percent")),
                                ("percent__gte", 1),
                                ("percent__lte", 100),
                            ),
                            _connector="OR",
                        ),
                        name="target_is_a_percentage_with_a_lower_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("standard", ""), _negated=True), name="target_is_of_a_standard"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="target_has_a_reason"
                    ),
                ],
            },
        ),
    ]
