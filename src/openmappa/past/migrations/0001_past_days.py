import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What the record says of past days, as somebody asked and a job worked out."""

    dependencies = [
        ("accounts", "0004_senior_ranks"),
        ("cases", "0010_samples_open_cases"),
        ("timeline", "0010_fact_of_mappa_holds_details"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PastDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("on", models.DateField()),
                ("known", models.BooleanField()),
                ("asked_at", models.DateTimeField()),
                ("began_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("cases", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
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
                    "asked_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PastCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("force", models.CharField(max_length=20)),
                ("band", models.CharField(blank=True, default="", max_length=10)),
                ("harm_level", models.CharField(blank=True, default="", max_length=10)),
                ("mappa_level", models.PositiveSmallIntegerField(null=True)),
                ("visit_months", models.PositiveSmallIntegerField(null=True)),
                ("supervised", models.BooleanField()),
                ("registered", models.BooleanField()),
                ("in_custody", models.BooleanField()),
                ("closed", models.BooleanField()),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
                ),
                (
                    "case_manager",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "police_officer",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "police_unit",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                    ),
                ),
                (
                    "probation_unit",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                    ),
                ),
                (
                    "day",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="past.pastday"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PastDuty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("standard", models.CharField(max_length=60)),
                ("of", models.CharField(max_length=40)),
                ("opened_on", models.DateField()),
                ("due_on", models.DateField()),
                ("met_on", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
                ),
                (
                    "day",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="past.pastday"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "past duties",
            },
        ),
        migrations.AddConstraint(
            model_name="pastday",
            constraint=models.UniqueConstraint(fields=("area", "on", "known"), name="past_day_once_an_area"),
        ),
        migrations.AddConstraint(
            model_name="pastday",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finished_at__isnull", True),
                    models.Q(("began_at__isnull", False), ("finished_at__gte", models.F("began_at"))),
                    _connector="OR",
                ),
                name="past_day_finishes_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="pastday",
            constraint=models.CheckConstraint(
                condition=models.Q(("done__lte", models.F("cases"))), name="past_day_does_no_more_than_there_is"
            ),
        ),
        migrations.AddConstraint(
            model_name="pastcase",
            constraint=models.UniqueConstraint(fields=("day", "case"), name="past_case_once_a_day"),
        ),
        migrations.AddIndex(
            model_name="pastduty",
            index=models.Index(fields=["day", "standard", "due_on"], name="past_duty_of_standard"),
        ),
        migrations.AddConstraint(
            model_name="pastduty",
            constraint=models.CheckConstraint(
                condition=models.Q(("met_on__isnull", True), ("closed_on__isnull", True), _connector="OR"),
                name="past_duty_is_not_both_met_and_closed",
            ),
        ),
    ]
