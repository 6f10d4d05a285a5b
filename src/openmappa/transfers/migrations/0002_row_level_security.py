from django.db import migrations

from openmappa.audit.protection import case_is_seen, protect

# transfers.models.TransferQuerySet.visible_to says the same in Python, with the pack's ranks and levels; a test
# compares the two. A chief officer reads the transfers from and to their area at Level 3. (`u.rank::text`: PostgreSQL
# writes a list beside a varchar out in another way than it reads it back, and a restored function is compared.)
SENIOR = """
CREATE FUNCTION transfers_chief_officer(from_area bigint, to_area bigint, level smallint) RETURNS boolean
LANGUAGE sql STABLE
RETURN coalesce(level = 3 AND access_role() = 'line_manager' AND access_area() IN (from_area, to_area) AND EXISTS (
    SELECT 1 FROM accounts_user u WHERE u.id = access_person() AND u.rank::text IN ('superintendent',
        'detective_superintendent', 'assistant_chief_constable', 'assistant_chief_officer', 'chief_officer')), false)
"""
WORKS_ON_CASES = "access_role() IN ('police_officer', 'case_manager', 'line_manager', 'mappa_coordinator')"
BROKERED = """
coalesce(t.from_area_id = ANY (access_ids('areas')), false) OR coalesce(t.to_area_id = ANY (access_ids('areas')), false)
OR transfers_chief_officer(t.from_area_id, t.to_area_id, t.level)
"""
TRANSFER = f"""
{WORKS_ON_CASES} AND (
    {case_is_seen("case_id", "transfers_transfer")}
    OR (NOT restricted AND ({BROKERED.replace("t.", "transfers_transfer.")}))
    OR (restricted AND sent_by_id = access_person())
)
"""
OF_A_TRANSFER_SEEN = "EXISTS (SELECT 1 FROM transfers_transfer seen WHERE seen.id = transfers_approval.transfer_id)"
READS = (
    "access_role() IN ('police_officer', 'case_manager', 'line_manager', 'mappa_coordinator', 'victim_contact_officer')"
)


class Migration(migrations.Migration):
    """A transfer is there for those who see the case and for those who broker or approve it, on both sides."""

    dependencies = [("transfers", "0001_record"), ("cases", "0009_responsibility")]

    operations = [
        migrations.RunSQL(SENIOR, "DROP FUNCTION transfers_chief_officer(bigint, bigint, smallint)"),
        protect("transfers_transfer", where=TRANSFER),
        protect("transfers_approval", where=OF_A_TRANSFER_SEEN),
        protect("transfers_contactdetails", where=READS, check="person_id = access_person()"),
    ]
