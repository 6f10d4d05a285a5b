from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_entries_are_not_edited"),
    ]

    operations = [
        migrations.AlterField(
            model_name="posting",
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
                max_length=40,
            ),
        ),
        migrations.AlterField(
            model_name="posting",
            name="rank_before",
            field=models.CharField(
                blank=True,
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
                max_length=40,
            ),
        ),
    ]
