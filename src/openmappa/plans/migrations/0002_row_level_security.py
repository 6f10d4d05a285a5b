from django.db import migrations

from openmappa.audit.protection import case_is_seen, protect

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
    "planreview",
    "progress",
)
CONFIDENTIAL = "plans_confidentialpart"


class Migration(migrations.Migration):
    """A plan is there for those who see the case; its confidential part for those who read that compartment."""

    dependencies = [("plans", "0001_record"), ("cases", "0005_row_level_security")]

    operations = [
        *[protect(f"plans_{table}", by_case="case_id") for table in TABLES],
        protect(CONFIDENTIAL, where=f"{case_is_seen('case_id', CONFIDENTIAL)} AND access_opens(compartment, case_id)"),
    ]
