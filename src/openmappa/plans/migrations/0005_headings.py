from django.db import migrations, models


class Migration(migrations.Migration):
    """Under which heading of Table 2 an intervention is counted."""

    dependencies = [
        ("cases", "0010_samples_open_cases"),
        ("plans", "0004_history"),
    ]

    operations = [
        migrations.AddField(
            model_name="intervention",
            name="heading",
            field=models.CharField(
                blank=True,
                choices=[
                    ("approved_premises", "Living at approved premises"),
                    ("programme", "Accredited programme for sex offenders"),
                    ("office", "Supervision at the office"),
                    ("movements", "Monitoring of movements"),
                    ("associations", "Restrictions on associations"),
                    ("residence", "Restrictions on residence"),
                    ("prohibited_areas", "Areas that may not be entered"),
                    ("curfew", "Curfew"),
                    ("activities", "Restrictions on activities or possessions"),
                    ("tagging", "Electronic monitoring"),
                    ("surveillance", "Surveillance"),
                    ("other", "None of these"),
                ],
                default="",
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="intervention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "heading__in",
                        [
                            "",
                            "approved_premises",
                            "programme",
                            "office",
                            "movements",
                            "associations",
                            "residence",
                            "prohibited_areas",
                            "curfew",
                            "activities",
                            "tagging",
                            "surveillance",
                            "other",
                        ],
                    )
                ),
                name="intervention_heading_is_known",
            ),
        ),
    ]
