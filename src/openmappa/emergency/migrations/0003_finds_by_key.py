from django.db import migrations

# As before (0002), but from the keys that a case is found by: their equality leaks nothing, so that their index is used
# past a policy, and not every case is read. Keys find candidates; numbers and whole names are compared as before.
FIND = """
CREATE OR REPLACE FUNCTION emergency_find(typed text, parts text[], born date) RETURNS TABLE (id bigint, key uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
BEGIN
PERFORM set_config('openmappa.job', 'break glass', true);  -- so that this function, the owner's, reads every case
RETURN QUERY
WITH by_number AS (
    SELECT k.case_id FROM public.cases_findkey k WHERE typed <> '' AND k.key = '#' || typed
), by_name AS (
    SELECT k.case_id FROM public.cases_findkey k WHERE cardinality(parts) > 1 AND k.key = ANY (parts)
    GROUP BY k.case_id HAVING count(DISTINCT k.key) = (SELECT count(DISTINCT part) FROM unnest(parts) part)
)
SELECT c.id, c.key FROM public.cases_case c JOIN public.cases_person p ON p.id = c.person_id
WHERE public.access_role() IN
        ('police_officer', 'case_manager', 'line_manager', 'mappa_coordinator', 'victim_contact_officer')
    AND (c.id IN (SELECT case_id FROM by_number)
        OR (c.id IN (SELECT case_id FROM by_name) AND p.born_on = born AND (
            public.emergency_name_parts(p.given_names || ' ' || p.family_name) = parts
            OR EXISTS (SELECT 1 FROM public.cases_alias a WHERE a.person_id = p.id
                AND public.emergency_name_parts(a.given_names || ' ' || a.family_name) = parts))))
    AND c.id IN (SELECT case_id FROM by_number UNION ALL SELECT case_id FROM by_name)
ORDER BY c.id LIMIT 2;
PERFORM set_config('openmappa.job', job, true);
END $$
"""


class Migration(migrations.Migration):
    """Emergency access finds a case as quickly among 100,000 as among 100."""

    dependencies = [("emergency", "0002_row_level_security"), ("cases", "0006_keys_to_find_by")]

    operations = [migrations.RunSQL(FIND, migrations.RunSQL.noop)]
