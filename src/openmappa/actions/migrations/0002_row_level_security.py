from django.db import migrations

from openmappa.audit.protection import case_is_seen, protect

# By name: the owner, who covers for them, whoever it was offered to, who hands it over because the owner has left; and
# where it names no person, the members of a partner agency.
NAMED = """
(owner_id = (SELECT access_person())
OR offered_to_id = (SELECT access_person())
OR stand_in_id = (SELECT access_person())
OR owner_id IN (
    SELECT cover.absent_id FROM accounts_cover cover WHERE cover.covering_id = (SELECT access_person())
        AND cover.from_on <= (clock_timestamp() AT TIME ZONE 'Europe/London')::date
        AND cover.until_on >= (clock_timestamp() AT TIME ZONE 'Europe/London')::date
        AND (cover.ended_on IS NULL OR cover.ended_on > (clock_timestamp() AT TIME ZONE 'Europe/London')::date))
OR ((SELECT access_role()) = 'partner_member' AND (
    (owner_id IS NULL AND agency_id = (SELECT access_agency()))
    OR (offered_to_id IS NULL AND offered_agency_id = (SELECT access_agency())))))
"""
# Who sees the case and reads its record. A partner agency sees a case that it was invited to and reads none of it.
BY_CASE = f"""
((SELECT access_role()) <> 'partner_member' AND {case_is_seen("case_id", "actions_action")})
"""
STEP = """
EXISTS (
    SELECT 1 FROM actions_action a WHERE a.id = actions_actionstep.action_id AND a.case_id = actions_actionstep.case_id)
"""
# So that whoever does an action can record that it is done, its case is within their reach while that is written,
# although they may not see it: until they are stated again, or the savepoint is given up.
REACH = f"""
CREATE FUNCTION actions_reach_case(of_action bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    reached bigint;
BEGIN
    PERFORM set_config('openmappa.job', 'access', true);  -- so that this function, the owner's, reads the action
    SELECT case_id INTO reached FROM actions_action WHERE id = of_action AND {NAMED};
    PERFORM set_config('openmappa.job', job, true);
    IF reached IS NOT NULL THEN
        PERFORM set_config('openmappa.given', (access_ids('given') || reached)::text, true);
        PERFORM set_config('openmappa.named', (access_ids('named') || reached)::text, true);
    END IF;
    RETURN reached;
END $$
"""  # noqa: S608 - our own names  # nosec B608


class Migration(migrations.Migration):
    """An action is there for those who read the record of its case, and for those whom it names; its steps likewise.

    What stands in a step stays as it was written.
    """

    dependencies = [("actions", "0001_record"), ("cases", "0005_row_level_security")]

    operations = [
        protect("actions_action", where=f"{BY_CASE} OR {NAMED}"),
        protect("actions_actionstep", where=STEP),
        migrations.RunSQL(REACH, "DROP FUNCTION actions_reach_case(bigint)"),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE ON actions_actionstep FROM openmappa_app",
            "GRANT UPDATE, DELETE ON actions_actionstep TO openmappa_app",
        ),
    ]
