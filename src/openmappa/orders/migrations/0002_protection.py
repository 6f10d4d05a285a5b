from django.db import migrations

from openmappa.audit.protection import case_is_seen, history, protect

TABLES = ("orders_civilorder", "orders_orderstep", "orders_orderbreach", "orders_recall")
# Whoever is only invited to a meeting reads what they were invited to; the record is not open to them.
READS_THE_RECORD = "(SELECT access_role()) <> 'partner_member'"


class Migration(migrations.Migration):
    """Orders, their steps and breaches, and recalls are there for whoever reads the record of the case; every change is kept."""

    dependencies = [
        ("orders", "0001_record"),
        ("cases", "0005_row_level_security"),
        ("audit", "0003_history"),
    ]

    operations = [
        *[protect(table, where=f"{READS_THE_RECORD} AND {case_is_seen('case_id', table)}") for table in TABLES],
        *[history(table, case="case_id") for table in TABLES],
    ]
