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
# Under row-level security an index over arrays is of no use (what array operators say is not proof against leaks), so the
# months' tables are asked directly, newest first, until enough rows are found. Rows that have no month's table stand in
# "…_other", which is empty as a rule; where it is not, all tables are asked at once, so that the order stays right.
# OFFSET 0 keeps the planner from walking a whole month backwards in the hope of meeting the case soon.
STEPS = """
CREATE FUNCTION audit_case_steps() RETURNS SETOF text LANGUAGE plpgsql STABLE
SET search_path = public, pg_temp AS $$
DECLARE
    months text[];
    step text := '
        (SELECT * FROM %1$I WHERE case_id = $1 AND (at, id) < ($2, $3) ORDER BY at DESC, id DESC LIMIT $4)
        UNION ALL
        (SELECT * FROM (SELECT * FROM %1$I WHERE case_ids <> ''{}'' AND case_ids @> ARRAY[$1]
            AND case_id IS DISTINCT FROM $1 AND (at, id) < ($2, $3) OFFSET 0) s ORDER BY at DESC, id DESC LIMIT $4)';
BEGIN
    SELECT array_agg(c.relname ORDER BY c.relname DESC) INTO months
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'audit_event'::regclass AND c.relname <> 'audit_event_other';
    IF EXISTS (SELECT FROM audit_event_other) THEN
        RETURN QUERY SELECT string_agg(format(step, name), ' UNION ALL ')
            FROM unnest(months || 'audit_event_other'::text) name;
    ELSE
        RETURN QUERY SELECT format(step, name) FROM unnest(months) WITH ORDINALITY m(name, place) ORDER BY place;
    END IF;
END $$
"""
OF_CASE = """
CREATE FUNCTION audit_of_case(
    of_case bigint, before timestamptz DEFAULT NULL, before_id bigint DEFAULT NULL, at_most integer DEFAULT 50
) RETURNS SETOF audit_event LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    step text;
    left_over integer := at_most;
    found_now integer;
BEGIN
    IF NOT audit_may_see_who_looked(of_case) THEN
        RETURN;
    END IF;
    FOR step IN SELECT * FROM audit_case_steps() LOOP
        RETURN QUERY EXECUTE step || ' ORDER BY at DESC, id DESC LIMIT $4'
            USING of_case, coalesce(before, 'infinity'), coalesce(before_id, 0), left_over;
        GET DIAGNOSTICS found_now = ROW_COUNT;
        left_over := left_over - found_now;
        EXIT WHEN left_over <= 0;
    END LOOP;
END $$
"""
PEOPLE_OF_CASE = """
CREATE FUNCTION audit_people_of_case(
    of_case bigint, OUT by_id bigint, OUT by_name text, OUT agency text, OUT role text, OUT opened bigint,
    OUT shown bigint, OUT first_at timestamptz, OUT last_at timestamptz
) RETURNS SETOF record LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    IF NOT audit_may_see_who_looked(of_case) THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE (
        SELECT 'SELECT by_id, (array_agg(by_name ORDER BY at DESC))[1]::text, agency::text, role::text,
            count(*) FILTER (WHERE case_id = $1), count(*) FILTER (WHERE case_id IS DISTINCT FROM $1), min(at), max(at)
            FROM (' || string_agg(step, ' UNION ALL ') || ') e GROUP BY by_id, agency, role ORDER BY max(at) DESC'
        FROM audit_case_steps() step
    ) USING of_case, 'infinity'::timestamptz, 0::bigint, NULL::integer;
END $$
"""
FUNCTIONS = [
    (SEES_CASE, "access_sees_case(bigint)"),
    (MAY_SEE_WHO_LOOKED, "audit_may_see_who_looked(bigint)"),
    (STEPS, "audit_case_steps()"),
    (OF_CASE, "audit_of_case(bigint, timestamptz, bigint, integer)"),
    (PEOPLE_OF_CASE, "audit_people_of_case(bigint)"),
]


class Migration(migrations.Migration):
    """Who has seen this case: two questions about the log that the auditor and the case's line managers may ask."""

    dependencies = [("audit", "0006_history_of_the_record"), ("cases", "0005_row_level_security")]

    operations = [
        *[migrations.RunSQL(text, f"DROP FUNCTION {signature}") for text, signature in FUNCTIONS],
        migrations.RunSQL("REVOKE EXECUTE ON FUNCTION audit_case_steps() FROM PUBLIC", migrations.RunSQL.noop),
    ]
