from django.db import migrations

from openmappa.audit.protection import history, protect

# Readers and writers are those of Permission.SET_POSTS for the units whose people they manage: queries/establishment.py
# says the same; tests/people/test_establishment.py compares. Counts for a board go through the owner's functions.
THEIRS = (
    "EXISTS (SELECT 1 FROM accounts_unit u WHERE u.id = people_establishment.unit_id AND CASE (SELECT access_role()) "
    "WHEN 'administrator' THEN u.agency_id = (SELECT access_agency()) "
    "WHEN 'line_manager' THEN "
    "u.id = (SELECT p.unit_id FROM accounts_user p WHERE p.id = (SELECT access_person())) "
    "OR u.id IN (SELECT m.unit_id FROM accounts_managing m WHERE m.manager_id = (SELECT access_person())) "
    "ELSE false END)"
)


class Migration(migrations.Migration):
    """Posts are there for those who manage the unit's people; what was entered is voided, never changed or deleted."""

    dependencies = [("people", "0004_establishment"), ("audit", "0006_history_of_the_record")]

    operations = [
        protect("people_establishment", where=THEIRS),
        migrations.RunSQL(
            [
                "REVOKE UPDATE, DELETE ON people_establishment FROM openmappa_app",
                "GRANT UPDATE (voided_at, voided_by_id, void_reason) ON people_establishment TO openmappa_app",
            ],
            ["GRANT UPDATE, DELETE ON people_establishment TO openmappa_app"],
        ),
        history("people_establishment"),
    ]
