from django.db import migrations

from openmappa.audit.protection import history


class Migration(migrations.Migration):
    """What reviews, holds and disposals said before is kept, until the case itself is disposed of."""

    dependencies = [("retention", "0004_disposal"), ("audit", "0003_history")]

    operations = [history(f"retention_{table}", case="case_id") for table in ("review", "hold", "disposal")]
