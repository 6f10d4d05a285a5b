from django.db import migrations

from openmappa.audit.protection import history

TABLES = (
    "referral",
    "victimpart",
    "moreasked",
    "screener",
    "leveldecision",
    "categoryconfirmation",
    "othermeeting",
    "meetingquestion",
)


class Migration(migrations.Migration):
    """What each of them said before it was changed is kept; what was decided is not changed at all."""

    dependencies = [("referrals", "0002_row_level_security"), ("audit", "0003_history")]

    operations = [
        *[history(f"referrals_{table}", case="case_id") for table in TABLES],
        migrations.RunSQL(
            [
                f"REVOKE UPDATE, DELETE ON referrals_{table} FROM openmappa_app"
                for table in ("leveldecision", "categoryconfirmation", "othermeeting")
            ],
            [
                f"GRANT UPDATE, DELETE ON referrals_{table} TO openmappa_app"
                for table in ("leveldecision", "categoryconfirmation", "othermeeting")
            ],
        ),
    ]
