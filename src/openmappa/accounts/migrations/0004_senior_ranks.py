import openmappa.core.access
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_mail"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="user",
            name="user_rank_is_known",
        ),
        migrations.AlterField(
            model_name="user",
            name="rank",
            field=models.CharField(
                choices=[
                    ("constable", "Constable"),
                    ("detective_constable", "Detective constable"),
                    ("sergeant", "Sergeant"),
                    ("detective_sergeant", "Detective sergeant"),
                    ("inspector", "Inspector"),
                    ("detective_inspector", "Detective inspector"),
                    ("chief_inspector", "Chief inspector"),
                    ("detective_chief_inspector", "Detective chief inspector"),
                    ("superintendent", "Superintendent"),
                    ("detective_superintendent", "Detective superintendent"),
                    ("assistant_chief_constable", "Assistant chief constable"),
                    ("probation_service_officer", "Probation service officer"),
                    ("probation_officer", "Probation officer"),
                    ("senior_probation_officer", "Senior probation officer"),
                    ("assistant_chief_officer", "Assistant chief officer"),
                    ("chief_officer", "Chief officer"),
                    ("none", "No rank"),
                ],
                default=openmappa.core.access.Rank["NONE"],
                max_length=40,
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "rank__in",
                        [
                            "constable",
                            "detective_constable",
                            "sergeant",
                            "detective_sergeant",
                            "inspector",
                            "detective_inspector",
                            "chief_inspector",
                            "detective_chief_inspector",
                            "superintendent",
                            "detective_superintendent",
                            "assistant_chief_constable",
                            "probation_service_officer",
                            "probation_officer",
                            "senior_probation_officer",
                            "assistant_chief_officer",
                            "chief_officer",
                            "none",
                        ],
                    )
                ),
                name="user_rank_is_known",
            ),
        ),
    ]
