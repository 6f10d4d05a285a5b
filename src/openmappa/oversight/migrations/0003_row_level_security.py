from django.db import migrations

from openmappa.audit.protection import history, protect

OWN_OR_ANSWERED_FOR = """
person_id = access_person() OR access_role() = 'auditor' OR (access_role() = 'line_manager' AND EXISTS (
    SELECT FROM accounts_user u WHERE u.id = person_id AND u.unit_id = ANY (access_ids('units'))))
"""


class Migration(migrations.Migration):
    """Unusual reading is seen by the reader, by auditors, and by the line managers of the reader's unit."""

    dependencies = [("oversight", "0002_questions_to_the_log")]

    operations = [
        protect("oversight_unusualreading", where=OWN_OR_ANSWERED_FOR),
        history("oversight_unusualreading"),
    ]
