from django.db import migrations


class Migration(migrations.Migration):
    """Indexes that row-level security makes useless; ``cases_findkey`` does their work."""

    dependencies = [("cases", "0006_keys_to_find_by")]

    operations = [
        migrations.RemoveIndex(model_name="person", name="person_name_keys"),
        migrations.RemoveIndex(model_name="person", name="person_pnc_id_squeezed"),
        migrations.RemoveIndex(model_name="person", name="person_crn_squeezed"),
        migrations.RemoveIndex(model_name="case", name="case_reference_squeezed"),
    ]
