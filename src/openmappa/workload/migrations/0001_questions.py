import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What-if questions and their answers."""

    initial = True

    dependencies = [
        ("accounts", "0004_senior_ranks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=100)),
                ("on", models.DateField()),
                ("months", models.PositiveSmallIntegerField(default=12)),
                ("drafts", models.JSONField()),
                ("minutes", models.JSONField(default=dict)),
                ("hours", models.JSONField(default=dict)),
                ("asked_at", models.DateTimeField()),
                ("began_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("cases", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("answer", models.JSONField(null=True)),
                ("problem", models.TextField(blank=True, default="")),
                (
                    "area",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.area"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="what_if_has_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("months__range", (1, 60))), name="what_if_looks_ahead_some_months"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_at__isnull", True),
                            models.Q(("began_at__isnull", False), ("finished_at__gte", models.F("began_at"))),
                            _connector="OR",
                        ),
                        name="what_if_finishes_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("done__lte", models.F("cases"))), name="what_if_does_no_more_than_there_is"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer__isnull", True), ("finished_at__isnull", True), ("problem", "")),
                            models.Q(("answer__isnull", False), ("finished_at__isnull", False), ("problem", "")),
                            models.Q(
                                ("answer__isnull", True),
                                ("finished_at__isnull", False),
                                models.Q(("problem", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="what_if_is_answered_or_says_why_not",
                    ),
                ],
            },
        ),
    ]
