from django.db import migrations

UNITS = """
UPDATE cases_case SET
    police_unit_id = (SELECT unit_id FROM accounts_user WHERE id = police_officer_id),
    probation_unit_id = (SELECT unit_id FROM accounts_user WHERE id = case_manager_id)
"""


class Migration(migrations.Migration):
    """The unit of whoever held a case so far answers for it from now on."""

    dependencies = [("cases", "0003_involvement")]

    operations = [migrations.RunSQL(UNITS, migrations.RunSQL.noop)]
