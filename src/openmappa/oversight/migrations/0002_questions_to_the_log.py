from django.db import migrations

# For the log alone: whose key it was that somebody was refused. The number of a case says nothing.
CASE_OF = """
CREATE FUNCTION oversight_case_of(asked uuid) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    found_case bigint;
BEGIN
    PERFORM set_config('openmappa.job', 'reading log', true);  -- so that this function, the owner's, reads the case
    SELECT c.id INTO found_case FROM cases_case c WHERE c.key = asked;
    PERFORM set_config('openmappa.job', job, true);
    RETURN found_case;
END $$
"""
# The auditor opens no case, and asks who has seen one: by its key, its reference, or its number in the log.
CASES = """
CREATE FUNCTION oversight_cases(asked_key uuid, asked_reference text, asked_ids bigint[])
RETURNS TABLE (id bigint, key uuid, reference text, source text) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
BEGIN
    IF access_role() IS DISTINCT FROM 'auditor' THEN
        RETURN;
    END IF;
    PERFORM set_config('openmappa.job', 'reading log', true);
    RETURN QUERY SELECT c.id, c.key, c.reference::text, c.source::text FROM cases_case c WHERE c.key = asked_key
        UNION SELECT c.id, c.key, c.reference::text, c.source::text FROM cases_case c WHERE asked_reference <> ''
            AND upper(regexp_replace(c.reference, '[^A-Za-z0-9]', '', 'g')) = asked_reference
        UNION SELECT c.id, c.key, c.reference::text, c.source::text FROM cases_case c WHERE c.id = ANY (asked_ids)
        ORDER BY 4, 3;
    PERFORM set_config('openmappa.job', job, true);
END $$
"""
# The months are asked directly, for the reason that audit/0007 gives: only those that lie in the span, newest first, until
# there are enough rows. What stands in "…_other" came before its month was made: where there is some, it is asked with all
# the others at once, so that the order stays right.
MONTHS = """
CREATE FUNCTION oversight_months(from_at timestamptz, until_at timestamptz) RETURNS SETOF text[] LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    months text[];
BEGIN
    SELECT array_agg(c.relname ORDER BY c.relname DESC) INTO months
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'audit_event'::regclass AND c.relname <> 'audit_event_other'
        AND to_date(right(c.relname, 7), 'YYYY_MM') < until_at
        AND to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month' > from_at;
    IF EXISTS (SELECT FROM audit_event_other) THEN
        RETURN QUERY SELECT months || 'audit_event_other'::text;
    ELSE
        RETURN QUERY SELECT ARRAY[name] FROM unnest(months) WITH ORDINALITY m(name, place) ORDER BY place;
    END IF;
END $$
"""
# OFFSET 0 keeps the planner from reading a whole month in order of time, in the hope of the few rows that are still wanted.
ROWS = """
CREATE FUNCTION oversight_rows(months text[]) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
RETURN (SELECT string_agg(format('
    (SELECT * FROM %1$I WHERE case_id = $1 AND at >= $2 AND (at, id) < ($3, $4)
        AND (operation = ANY ($5) OR $5 = ''{}'') AND (by_id = $6 OR $6 IS NULL) ORDER BY at DESC, id DESC LIMIT $7)
    UNION ALL
    (SELECT * FROM (SELECT * FROM %1$I WHERE case_ids <> ''{}'' AND case_ids @> ARRAY[$1] OFFSET 0) listed
        WHERE case_id IS DISTINCT FROM $1 AND at >= $2 AND (at, id) < ($3, $4)
        AND (operation = ANY ($5) OR $5 = ''{}'') AND (by_id = $6 OR $6 IS NULL) ORDER BY at DESC, id DESC LIMIT $7)',
    name), ' UNION ALL ') FROM unnest(months) name)
"""
OF_CASE = """
CREATE FUNCTION oversight_log_of_case(
    of_case bigint, from_at timestamptz, before_at timestamptz, before_id bigint, operations text[], reader bigint,
    at_most integer
) RETURNS SETOF audit_event LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    months text[];
    left_over integer := at_most;
    found_now integer;
BEGIN
    IF NOT audit_may_see_who_looked(of_case) THEN
        RETURN;
    END IF;
    FOR months IN SELECT * FROM oversight_months(from_at, before_at) LOOP
        RETURN QUERY EXECUTE oversight_rows(months) || ' ORDER BY at DESC, id DESC LIMIT $7'
            USING of_case, from_at, before_at, before_id, operations, reader, left_over;
        GET DIAGNOSTICS found_now = ROW_COUNT;
        left_over := left_over - found_now;
        EXIT WHEN left_over <= 0;
    END LOOP;
END $$
"""
READERS = """
CREATE FUNCTION oversight_readers_of_case(
    of_case bigint, from_at timestamptz, until_at timestamptz, OUT by_id bigint, OUT by_name text, OUT agency text,
    OUT role text, OUT opened bigint, OUT listed bigint, OUT disclosed bigint, OUT refused bigint, OUT classes text[],
    OUT first_at timestamptz, OUT last_at timestamptz
) RETURNS SETOF record LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    asked text;
BEGIN
    IF NOT audit_may_see_who_looked(of_case) THEN
        RETURN;
    END IF;
    SELECT string_agg(oversight_rows(months), ' UNION ALL ') INTO asked FROM oversight_months(from_at, until_at) months;
    IF asked IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE '
        SELECT by_id, max(by_name)::text, agency::text, role::text,
            count(*) FILTER (WHERE outcome = ''done'' AND operation = ''consultation'' AND case_id = $1),
            count(*) FILTER (WHERE outcome = ''done'' AND operation = ''consultation'' AND case_id IS DISTINCT FROM $1),
            count(*) FILTER (WHERE outcome = ''done'' AND operation = ''disclosure''),
            count(*) FILTER (WHERE outcome = ''refused''),
            (SELECT array_agg(DISTINCT class) FROM unnest(string_to_array(string_agg(DISTINCT
                nullif(array_to_string(classes, '',''), ''''), '',''), '','')) class),
            min(at), max(at)
        FROM (' || asked || ') e GROUP BY by_id, agency, role ORDER BY max(at) DESC'
        USING of_case, from_at, until_at, 0::bigint, ARRAY['consultation', 'disclosure', 'access'], NULL::bigint, NULL::integer;
END $$
"""
OF_PERSON = """
CREATE FUNCTION oversight_log_of_person(
    of_person bigint, from_at timestamptz, before_at timestamptz, before_id bigint, operations text[], at_most integer
) RETURNS SETOF audit_event LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
BEGIN
    IF NOT (coalesce(of_person = access_person(), false) OR coalesce(access_role() = 'auditor', false)
        OR (coalesce(access_role() = 'line_manager', false) AND EXISTS (
            SELECT FROM accounts_user u WHERE u.id = of_person AND u.unit_id = ANY (access_ids('units'))))) THEN
        RETURN;
    END IF;
    PERFORM set_config('openmappa.job', 'reading log', true);
    RETURN QUERY SELECT e.* FROM audit_event e
        WHERE e.by_id = of_person AND e.at >= from_at AND e.at <= before_at AND (e.at, e.id) < (before_at, before_id)
            AND (operations = '{}' OR e.operation = ANY (operations))
        ORDER BY e.at DESC, e.id DESC LIMIT at_most;
    PERFORM set_config('openmappa.job', job, true);
END $$
"""
FUNCTIONS = [
    (CASE_OF, "oversight_case_of(uuid)"),
    (CASES, "oversight_cases(uuid, text, bigint[])"),
    (MONTHS, "oversight_months(timestamptz, timestamptz)"),
    (ROWS, "oversight_rows(text[])"),
    (OF_CASE, "oversight_log_of_case(bigint, timestamptz, timestamptz, bigint, text[], bigint, integer)"),
    (READERS, "oversight_readers_of_case(bigint, timestamptz, timestamptz)"),
    (OF_PERSON, "oversight_log_of_person(bigint, timestamptz, timestamptz, bigint, text[], integer)"),
]


class Migration(migrations.Migration):
    """What the pages of oversight ask of the log and, for the auditor, of cases: each function checks who asks."""

    dependencies = [("oversight", "0001_unusual_reading"), ("audit", "0007_who_has_seen")]

    operations = [
        *[migrations.RunSQL(text, f"DROP FUNCTION {signature}") for text, signature in FUNCTIONS],
        migrations.RunSQL(
            "REVOKE EXECUTE ON FUNCTION oversight_months(timestamptz, timestamptz), oversight_rows(text[]) FROM PUBLIC",
            migrations.RunSQL.noop,
        ),
    ]
