from django.db import migrations

# The same condition as the policy of cases_case, for the owner's functions to ask; tests/audit compares the two.
SEES_CASE = """
CREATE FUNCTION access_sees_case(of_case bigint) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    seen boolean;
BEGIN
    PERFORM set_config('openmappa.job', 'access', true);  -- so that this function, the owner's, reads the case
    SELECT (NOT c.restricted OR c.id = ANY (access_ids('named'))) AND access_involved(
        c.area_id, c.police_unit_id, c.probation_unit_id, c.police_officer_id, c.case_manager_id, c.id)
    INTO seen FROM cases_case c WHERE c.id = of_case;
    PERFORM set_config('openmappa.job', job, true);
    RETURN coalesce(seen, false);
END $$
"""
MAY_SEE_WHO_LOOKED = """
CREATE FUNCTION audit_may_see_who_looked(of_case bigint) RETURNS boolean LANGUAGE sql
RETURN coalesce(access_role() = 'auditor', false)
    OR (access_person() IS NULL AND access_job() IS NOT NULL AND pg_has_role(session_user, 'openmappa_jobs', 'MEMBER'))
    OR (coalesce(access_role() = 'line_manager', false) AND access_sees_case(of_case))
"""
FUNCTIONS = [
    (SEES_CASE, "access_sees_case(bigint)"),
    (MAY_SEE_WHO_LOOKED, "audit_may_see_who_looked(bigint)"),
]


class Migration(migrations.Migration):
    """Who may ask who has seen a case: the auditor, and the line managers who see it; and jobs."""

    dependencies = [("audit", "0006_history_of_the_record"), ("cases", "0005_row_level_security")]

    operations = [migrations.RunSQL(text, f"DROP FUNCTION {signature}") for text, signature in FUNCTIONS]
