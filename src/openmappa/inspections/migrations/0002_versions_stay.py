from django.db import migrations

from openmappa.audit.protection import history


class Migration(migrations.Migration):
    """A version of a framework is never changed; an inspection and its framework keep their history."""

    dependencies = [("inspections", "0001_record"), ("audit", "0003_history")]

    operations = [
        migrations.RunSQL(
            [
                "REVOKE UPDATE, DELETE ON inspections_frameworkversion FROM openmappa_app",
                "REVOKE DELETE ON inspections_inspection FROM openmappa_app",
                "REVOKE UPDATE ON inspections_inspection FROM openmappa_app",
                "GRANT UPDATE (published_by_id, published_at) ON inspections_inspection TO openmappa_app",
            ],
            [
                "GRANT UPDATE, DELETE ON inspections_frameworkversion TO openmappa_app",
                "GRANT UPDATE, DELETE ON inspections_inspection TO openmappa_app",
            ],
        ),
        history("inspections_inspection"),
        history("inspections_frameworkversion"),
    ]
