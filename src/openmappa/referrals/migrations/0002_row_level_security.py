from django.db import migrations

from openmappa.audit.protection import case_is_seen, protect

# Of a referral that is sent: who was asked to screen it; the coordinators of the area until it is matched to a case;
# from then on whoever opens the confidential compartment of the case. A draft is its writer's alone.
SCREENS = """
EXISTS (SELECT 1 FROM referrals_screener s
    WHERE s.referral_id = referrals_referral.id AND s.person_id = access_person() AND s.replaced_at IS NULL)
"""
IN_THE_AREA = "case_id IS NULL AND area_id = ANY ((SELECT access_ids('areas'))::bigint[])"
REFERRAL = f"""
referred_by_id = access_person() OR (sent_at IS NOT NULL AND (
    ({IN_THE_AREA}) OR (case_id IS NOT NULL AND access_opens('confidential', case_id)) OR {SCREENS}))
"""
# No policy here asks a table whose own policy asks this one.
SCREENER = "person_id = access_person() OR access_opens('confidential', case_id)"
OF_A_REFERRAL = "EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = {table}.referral_id{more})"
VICTIMS = """
 AND (r.referred_by_id = access_person() OR r.case_id IS NULL OR access_opens('victim', r.case_id)
    OR EXISTS (SELECT 1 FROM referrals_screener s
        WHERE s.referral_id = r.id AND s.person_id = access_person() AND s.replaced_at IS NULL))
"""
CONFIDENTIAL = ("othermeeting", "meetingquestion")
READ_WITH_THE_RECORD = ("leveldecision", "categoryconfirmation")


def in_compartment(table: str, compartment: str) -> migrations.RunSQL:
    return protect(table, where=f"{case_is_seen('case_id', table)} AND access_opens('{compartment}', case_id)")


class Migration(migrations.Migration):
    """A referral is its referrer's, its screeners' and the coordinator's, then the case's; levels are the case's."""

    dependencies = [("referrals", "0001_record"), ("cases", "0005_row_level_security")]

    operations = [
        protect("referrals_referral", where=REFERRAL),
        protect("referrals_screener", where=SCREENER),
        protect("referrals_moreasked", where=OF_A_REFERRAL.format(table="referrals_moreasked", more="")),
        protect("referrals_victimpart", where=OF_A_REFERRAL.format(table="referrals_victimpart", more=VICTIMS)),
        *[in_compartment(f"referrals_{table}", "confidential") for table in CONFIDENTIAL],
        *[in_compartment(f"referrals_{table}", "open") for table in READ_WITH_THE_RECORD],
    ]
