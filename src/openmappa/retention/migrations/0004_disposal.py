from django.db import migrations

# Tables that name a case by its number, without a foreign key, and what becomes of their rows when it is disposed of.
# A table that is not here stops every disposal: whoever adds one decides, and replaces this function.
FATES = """
CREATE FUNCTION retention_fates() RETURNS TABLE (name text, fate text) LANGUAGE sql IMMUTABLE
BEGIN ATOMIC
    VALUES ('audit_event', 'emptied'), ('audit_change', 'emptied'), ('retention_certificate', 'kept'),
        ('notices_notice', 'erased');
END
"""
# Every table that leads to a case or its person by foreign keys, however many steps away, and which of its rows do.
# The farthest come first. Where a table must name its case, that is how its rows are found; a row of another case that
# pointed here would stop the disposal at its end, when every foreign key is checked.
REACHED = """
CREATE FUNCTION retention_reached(of_case bigint, of_person bigint) RETURNS TABLE (name text, rows_of text)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
    WITH RECURSIVE step AS (
        SELECT f.conrelid AS child, f.confrelid AS parent, c.attname::text AS points, p.attname::text AS key, c.attnotnull AS always
        FROM pg_constraint f
        JOIN pg_attribute c ON c.attrelid = f.conrelid AND c.attnum = f.conkey[1]
        JOIN pg_attribute p ON p.attrelid = f.confrelid AND p.attnum = f.confkey[1]
        WHERE f.contype = 'f' AND f.conparentid = 0 AND f.conrelid <> f.confrelid
            AND f.conrelid <> 'cases_case'::regclass
    ), path AS (
        SELECT start.place::oid AS place, start.rows_of COLLATE "C" AS rows_of, 0 AS far, true AS always, ARRAY[start.place::oid] AS passed
        FROM (VALUES ('cases_case'::regclass, format('id = %s', of_case)),
            ('cases_person'::regclass, format('id = %s', of_person))) AS start (place, rows_of)
        UNION ALL
        SELECT step.child, format('%I IN (SELECT %I FROM %s WHERE %s)',
                step.points, step.key, path.place::regclass, path.rows_of),
            path.far + 1, step.always, path.passed || step.child
        FROM path JOIN step ON step.parent = path.place AND step.child <> ALL (path.passed)
    )
    SELECT place::regclass::text,
        coalesce(min(path.rows_of) FILTER (WHERE far <= 1 AND always), string_agg(DISTINCT path.rows_of, ' OR '))
    FROM path GROUP BY place ORDER BY max(far) DESC, place::regclass::text;
END
"""
FORGOTTEN = """
CREATE FUNCTION retention_forgotten() RETURNS SETOF text LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
BEGIN ATOMIC
    SELECT t.relname::text
    FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND NOT a.attisdropped
    WHERE t.relnamespace = 'public'::regnamespace AND t.relkind IN ('r', 'p', 'm') AND NOT t.relispartition
        AND a.attname IN ('case_id', 'case_ids')
        AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conrelid = t.oid
            AND f.confrelid = 'cases_case'::regclass AND f.conkey = ARRAY[a.attnum])
        AND t.relname NOT IN (SELECT name FROM retention_fates())
    UNION
    SELECT f.conrelid::regclass::text FROM pg_constraint f
    WHERE f.contype = 'f' AND cardinality(f.conkey) > 1
        AND f.confrelid::regclass::text IN (SELECT name FROM retention_reached(0, 0));
END
"""
DISPOSE = """
CREATE FUNCTION retention_dispose(disposal bigint) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    decided retention_disposal%ROWTYPE;
    review retention_review%ROWTYPE;
    held cases_case%ROWTYPE;
    decider record;
    approver record;
    place record;
    erased jsonb := '{}';
    rows_erased bigint;
    emptied bigint;
    made timestamptz := clock_timestamp();
    bears text;
    statement text;
BEGIN
    PERFORM set_config('openmappa.job', 'disposal', true);  -- so that this function, the owner's, reaches every row
    SELECT * INTO decided FROM retention_disposal WHERE id = disposal FOR UPDATE;
    SELECT * INTO review FROM retention_review WHERE id = decided.review_id;
    SELECT * INTO held FROM cases_case WHERE id = decided.case_id FOR UPDATE;
    SELECT u.id, u.full_name, u.role, u.is_active, a.name AS agency INTO decider
        FROM accounts_user u JOIN accounts_agency a ON a.id = u.agency_id WHERE u.id = decided.decided_by_id;
    SELECT u.id, u.full_name, u.role, u.is_active, a.name AS agency INTO approver
        FROM accounts_user u JOIN accounts_agency a ON a.id = u.agency_id WHERE u.id = access_person();
    IF decided.outcome IS DISTINCT FROM 'approved' OR decided.judged_by_id IS DISTINCT FROM approver.id
            OR review.decision IS DISTINCT FROM 'dispose' THEN
        RAISE EXCEPTION 'No disposal of this case was approved by the person who asks for it.';
    END IF;
    IF NOT approver.is_active OR approver.role <> 'mappa_coordinator' OR decider.id = approver.id
            OR decider.role = approver.role THEN
        RAISE EXCEPTION 'Who approves a disposal must be a MAPPA coordinator, and not who decided it.';
    END IF;
    IF NOT EXISTS (SELECT FROM timeline_standing s WHERE s.case_id = held.id AND s.closed) THEN
        RAISE EXCEPTION 'The case is not closed.';
    END IF;
    IF EXISTS (SELECT FROM retention_hold h WHERE h.case_id = held.id AND h.lifted_at IS NULL) THEN
        RAISE EXCEPTION 'The case is under a hold.';
    END IF;
    IF EXISTS (SELECT FROM timeline_duty d
            WHERE d.case_id = held.id AND d.met_on IS NULL AND d.closed_on IS NULL) THEN
        RAISE EXCEPTION 'A duty on the case is still open.';
    END IF;
    IF EXISTS (SELECT FROM retention_forgotten()) THEN
        RAISE EXCEPTION 'Nobody has said what becomes of the rows of %.',
            (SELECT string_agg(name, ', ' ORDER BY name) FROM retention_forgotten() AS name);
    END IF;
    FOR place IN SELECT * FROM retention_reached(held.id, held.person_id)
            UNION ALL SELECT name, format('case_id = %s', held.id) FROM retention_fates() WHERE fate = 'erased' LOOP
        EXECUTE format('DELETE FROM %s WHERE %s', place.name, place.rows_of);
        GET DIAGNOSTICS rows_erased = ROW_COUNT;
        IF rows_erased > 0 THEN
            erased := erased || jsonb_build_object(place.name, rows_erased);
        END IF;
    END LOOP;
    SET CONSTRAINTS ALL IMMEDIATE;  -- a row that still points at what is gone stops it here, and nothing is erased
    emptied := audit_erase_content(held.id, held.person_id);
    bears := format('D%s-%s', to_char(made, 'YYYY'), lpad(nextval('retention_certificate_number')::text, 6, '0'));
    statement := jsonb_build_object(
        'number', bears,
        'made_at', to_char(made AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'case', held.id,
        'area', (SELECT name FROM accounts_area WHERE id = held.area_id),
        'group', review."group",
        'grounds', to_jsonb(review.grounds),
        'pack', review.pack,
        'decided_by', jsonb_build_object('name', decider.full_name, 'role', decider.role, 'agency', decider.agency),
        'decided_on', review."on",
        'approved_by', jsonb_build_object('name', approver.full_name, 'role', approver.role, 'agency', approver.agency),
        'erased', erased,
        'emptied', emptied
    )::text;
    INSERT INTO retention_certificate (number, made_at, area_id, case_id, statement, sha256)
    VALUES (bears, made, held.area_id, held.id, statement, encode(sha256(convert_to(statement, 'UTF8')), 'hex'));
    PERFORM set_config('openmappa.job', job, true);
    RETURN bears;
END $$
"""
RIGHTS = """
REVOKE ALL ON FUNCTION retention_dispose(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION retention_dispose(bigint) TO openmappa_app;
"""


class Migration(migrations.Migration):
    """Erasing one case, which only the owner's function does, and only when two people of two roles have decided it.

    It finds what there is to erase by walking the foreign keys, so that a table that is added later is erased too. A
    table that names a case without a foreign key, and of which nobody has said what becomes of it, stops it.
    """

    dependencies = [
        ("retention", "0003_log_without_content"),
        ("timeline", "0003_row_level_security"),
        ("notices", "0002_row_level_security"),
    ]

    operations = [
        migrations.RunSQL(FATES, "DROP FUNCTION retention_fates()"),
        migrations.RunSQL(REACHED, "DROP FUNCTION retention_reached(bigint, bigint)"),
        migrations.RunSQL(FORGOTTEN, "DROP FUNCTION retention_forgotten()"),
        migrations.RunSQL(DISPOSE, "DROP FUNCTION retention_dispose(bigint)"),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
