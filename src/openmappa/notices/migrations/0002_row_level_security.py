from django.db import migrations

from openmappa.audit.protection import protect


class Migration(migrations.Migration):
    """Only the addressee reads a notice or marks it as read; anybody may tell anybody something.

    Of a notice that was written nothing can be changed but when it was read.
    """

    dependencies = [("notices", "0001_record"), ("audit", "0002_who_is_asking")]

    operations = [
        protect("notices_notice", where="to_id = access_person()", check="access_person() IS NOT NULL"),
        migrations.RunSQL(
            [
                "REVOKE UPDATE ON notices_notice FROM openmappa_app",
                "GRANT UPDATE (read_at) ON notices_notice TO openmappa_app",
            ],
            "GRANT UPDATE ON notices_notice TO openmappa_app",
        ),
    ]
