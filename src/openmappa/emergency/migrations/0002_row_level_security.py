from django.db import migrations

from openmappa.audit.protection import case_is_seen, history, protect

# What core.names.name_parts makes of a name, sorted; tests/emergency/test_finding.py compares the two.
NAME_PARTS = r"""
CREATE FUNCTION emergency_name_parts(name text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS $$
SELECT coalesce(array_agg(part ORDER BY part COLLATE "C"), '{}') FROM (
    SELECT left(word, 24) AS part FROM regexp_split_to_table(
        replace(replace(replace(replace(translate(
            lower(regexp_replace(normalize(translate(name, '''’‘`´ʼ.', ''), NFKD), '[\u0300-\u036fʼ]', '', 'g')),
            'øØđĐðÐłŁıÆŒÞ', 'ooddddlliæœþ'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'ß', 'ss'),
        '[[:space:][:punct:][:digit:]–—]+') AS word
    WHERE word <> ''
) AS words $$
"""
# The owner's, so that it finds a case which the person who asks does not see: exactly, for a role that has the right
# (core.access, BREAK_GLASS), and gives no more than is needed to open it. It stops at two: then nothing is opened.
FIND = """
CREATE FUNCTION emergency_find(typed text, parts text[], born date) RETURNS TABLE (id bigint, key uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
BEGIN
PERFORM set_config('openmappa.job', 'break glass', true);  -- so that this function, the owner's, reads every case
RETURN QUERY SELECT c.id, c.key FROM public.cases_case c JOIN public.cases_person p ON p.id = c.person_id
WHERE public.access_role() IN
        ('police_officer', 'case_manager', 'line_manager', 'mappa_coordinator', 'victim_contact_officer')
    AND ((typed <> '' AND typed IN (
            upper(regexp_replace(c.reference, '[^A-Za-z0-9]', '', 'g')),
            upper(regexp_replace(p.pnc_id, '[^A-Za-z0-9]', '', 'g')),
            upper(regexp_replace(p.crn, '[^A-Za-z0-9]', '', 'g'))))
        OR (cardinality(parts) > 1 AND p.born_on = born AND p.name_keys @> parts AND (
            public.emergency_name_parts(p.given_names || ' ' || p.family_name) = parts
            OR EXISTS (SELECT 1 FROM public.cases_alias a WHERE a.person_id = p.id
                AND public.emergency_name_parts(a.given_names || ' ' || a.family_name) = parts))))
ORDER BY c.id LIMIT 2;
PERFORM set_config('openmappa.job', job, true);
END $$
"""
# What the log has of one case while emergency access to it was open: for whoever may review that access.
LOOKED_AT = """
CREATE FUNCTION emergency_looked_at(access bigint) RETURNS SETOF audit_event LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
BEGIN
PERFORM set_config('openmappa.job', 'review of break glass', true);  -- so that this function, the owner's, reads the log
RETURN QUERY SELECT e.* FROM public.emergency_breakglass b
JOIN public.cases_case c ON c.id = b.case_id
JOIN public.cases_involvement i ON i.id = b.involvement_id
JOIN public.audit_event e ON e.by_id = b.by_id AND e.at >= b.from_at
    AND e.at <= least(b.until_at, coalesce(i.ended_at, b.until_at))
    AND (e.case_id = b.case_id OR e.case_ids @> ARRAY[b.case_id])
WHERE b.id = access AND b.by_id <> public.access_person()
    AND public.access_role() IN ('line_manager', 'mappa_coordinator')
    AND (NOT c.restricted OR c.id = ANY (public.access_ids('named')))
    AND public.access_involved(c.area_id, c.police_unit_id, c.probation_unit_id, NULL, NULL, NULL)
ORDER BY e.at, e.id LIMIT 500;
PERFORM set_config('openmappa.job', job, true);
END $$
"""
THEIRS = f"by_id = access_person() OR {case_is_seen('case_id', 'emergency_breakglass')}"


class Migration(migrations.Migration):
    """Emergency access is read by whoever has it and by those who see its case; a miss by whoever missed.

    And the one function that finds a case for somebody who does not see it.
    """

    dependencies = [
        ("emergency", "0001_record"),
        ("cases", "0005_row_level_security"),
        ("audit", "0004_events_by_month"),
    ]

    operations = [
        protect("emergency_breakglass", where=THEIRS),
        protect("emergency_miss", where="by_id = access_person()"),
        history("emergency_breakglass", case="case_id"),
        migrations.RunSQL(NAME_PARTS, "DROP FUNCTION emergency_name_parts(text)"),
        migrations.RunSQL(
            [
                FIND,
                "REVOKE ALL ON FUNCTION emergency_find(text, text[], date) FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION emergency_find(text, text[], date) TO openmappa_app",
            ],
            "DROP FUNCTION emergency_find(text, text[], date)",
        ),
        migrations.RunSQL(
            [
                LOOKED_AT,
                "REVOKE ALL ON FUNCTION emergency_looked_at(bigint) FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION emergency_looked_at(bigint) TO openmappa_app",
            ],
            "DROP FUNCTION emergency_looked_at(bigint)",
        ),
    ]
