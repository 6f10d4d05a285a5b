from django.db import migrations

from openmappa.audit.protection import history, protect

NO_DELETING = migrations.RunSQL(
    "REVOKE DELETE ON oasys_oasys, oasys_oasyssection FROM openmappa_app",
    "GRANT DELETE ON oasys_oasys, oasys_oasyssection TO openmappa_app",
)


class Migration(migrations.Migration):
    """An OASys is there for those who see the case; what it said before is kept; none is deleted."""

    dependencies = [("oasys", "0001_oasys"), ("cases", "0005_row_level_security"), ("audit", "0003_history")]

    operations = [
        protect("oasys_oasys", by_case="case_id"),
        protect("oasys_oasyssection", by_case="case_id"),
        history("oasys_oasys", case="case_id"),
        history("oasys_oasyssection", case="case_id"),
        NO_DELETING,
    ]
