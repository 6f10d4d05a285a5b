from django.db import migrations

from openmappa.audit.protection import history

TABLES = (
    "plan",
    "planground",
    "objective",
    "objectiveground",
    "intervention",
    "planaction",
    "contingency",
    "liaison",
    "riskmanagement",
    "confidentialpart",
    "planreview",
    "progress",
)


class Migration(migrations.Migration):
    """What a plan and its parts said before each change is kept."""

    dependencies = [("plans", "0003_signed_plans_stay"), ("audit", "0003_history")]

    operations = [history(f"plans_{table}", case="case_id") for table in TABLES]
