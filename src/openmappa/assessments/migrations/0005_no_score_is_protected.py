from django.db import migrations

from openmappa.audit.protection import history, protect


class Migration(migrations.Migration):
    """Why no RM2000 is made is there for those who see the case, and what it was before is kept."""

    dependencies = [
        ("assessments", "0004_scales_v_and_c_and_no_score"),
        ("cases", "0005_row_level_security"),
        ("audit", "0003_history"),
    ]

    operations = [
        protect("assessments_norm2000", by_case="case_id"),
        history("assessments_norm2000", case="case_id"),
    ]
