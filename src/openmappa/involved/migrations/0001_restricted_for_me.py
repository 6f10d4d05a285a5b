from django.db import migrations

# The owner's, since a restricted case is hidden from those who are kept from it. It gives no name of anybody but of the
# colleague to ring, and only to those who would see the case were it not restricted (cases 0005, access_involved).
RESTRICTED = """
CREATE FUNCTION restricted_for_me()
RETURNS TABLE (id bigint, key uuid, reference varchar, contact varchar, unit varchar, agency varchar)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
BEGIN
PERFORM set_config('openmappa.job', 'restricted cases', true);  -- so that this function, the owner's, reads every case
RETURN QUERY SELECT c.id, c.key, c.reference, u.full_name, coalesce(t.name, ''), a.name
FROM public.cases_case c
JOIN public.accounts_user u ON u.id = c.restricted_contact_id
JOIN public.accounts_agency a ON a.id = u.agency_id
LEFT JOIN public.accounts_unit t ON t.id = u.unit_id
WHERE c.restricted AND NOT c.id = ANY (public.access_ids('named')) AND public.access_involved(
    c.area_id, c.police_unit_id, c.probation_unit_id, c.police_officer_id, c.case_manager_id, c.id)
ORDER BY c.reference;
PERFORM set_config('openmappa.job', job, true);
END $$
"""


class Migration(migrations.Migration):
    """That there is a restricted case, and whom to ring: for those who would see it were it not restricted."""

    initial = True
    dependencies = [("cases", "0005_row_level_security")]

    operations = [
        migrations.RunSQL(
            [
                RESTRICTED,
                "REVOKE ALL ON FUNCTION restricted_for_me() FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION restricted_for_me() TO openmappa_app",
            ],
            "DROP FUNCTION restricted_for_me()",
        )
    ]
