from django.db import migrations

from openmappa.audit.protection import history


class Migration(migrations.Migration):
    """The history of the tables that are there already; a newer app says it of its own tables itself.

    Not of timeline_duty and timeline_standing: they are worked out from the facts, and can be worked out again.
    """

    dependencies = [
        ("audit", "0003_history"),
        ("audit", "0005_seals"),
        ("accounts", "0002_cover_and_recertification"),
        ("cases", "0003_involvement"),
        ("timeline", "0001_record"),
        ("visits", "0001_record"),
        ("assessments", "0001_record"),
    ]

    operations = [
        history("accounts_area"),
        history("accounts_agency"),
        history("accounts_unit"),
        history("accounts_user", without=("password", "last_login")),
        history("accounts_managing"),
        history("accounts_cover"),
        history("cases_person", person="id"),
        history("cases_alias", person="person_id"),
        history("cases_case", case="id", person="person_id", without=("version",)),
        history("cases_involvement", case="case_id"),
        history("timeline_fact", case="case_id"),
        history("visits_homevisit", case="case_id"),
        history("assessments_rm2000score", case="case_id"),
        history("assessments_countersignature", case="case_id"),
    ]
